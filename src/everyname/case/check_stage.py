"""The check stage: claims are put beside the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from everyname.case.case_file import CaseFile
from everyname.case.counts_stage import CountsOfCase
from everyname.case.folder import CaseFolder
from everyname.case.list_releases import counted_records
from everyname.case.stage import Progress, write_text
from everyname.claims import Claim, Finding, check
from everyname.counts import Count, Figure, figures
from everyname.disclosure import PROTECTED
from everyname.ledger import LedgerReader
from everyname.vocabulary import PartialDate

_RESULTS: TypeAdapter[tuple[Finding, ...]] = TypeAdapter(tuple[Finding, ...])


@dataclass(frozen=True, slots=True)
class ChecksOfCase:
    """Checks the claims of a case.

    Parameters
    ----------
    folder
        The case.
    file
        What ``case.toml`` says.
    """

    folder: CaseFolder
    file: CaseFile

    @property
    def result_file(self) -> Path:
        """The findings."""
        return self.folder.work / "findings.json"

    def inputs(self) -> Mapping[str, Any]:
        """The claims, the counts they can be put beside, and the figures."""
        counted = CountsOfCase(self.folder, self.file).result()
        return {
            "claims": [claim.model_dump() for claim in self.file.claims],
            "counts": {id_: c.model_dump() if c else None
                       for id_, c in counted.claim_counts.items()},
            "figures": [figure.model_dump() for figure in self.figures()],
            "scope": self.file.scope.model_dump(),
            "profile": self.file.publish.model_dump(),
        }  # fmt: skip

    def work(self, progress: Progress) -> tuple[Path, ...]:
        """Check every claim."""
        progress(f"checking {len(self.file.claims)} claims")
        counts = CountsOfCase(self.folder, self.file).result().claim_counts
        stated = self.figures()
        scope = self.file.scope
        findings = []
        for claim in self.file.claims:
            count = counts.get(claim.id)
            why = self._not_beside(claim, count) if count is not None else ""
            finding = check(
                claim,
                None if why else count,
                stated,
                own_places=scope.places,
                own_dates=(scope.date,) if scope.date else (),
            )
            if why:
                words = f"{finding.explanation} {why}"
                finding = finding.model_copy(update={"explanation": words})
            findings.append(finding)
        write_text(self.result_file, _RESULTS.dump_json(tuple(findings), indent=1).decode() + "\n")
        return (self.result_file,)

    def _not_beside(self, claim: Claim, count: Count) -> str:
        """Say why a count may not stand beside a claim; nothing where it may."""
        if not self._published(count):
            return "The publication profile withholds the count."
        if claim.said_on and not claim.as_of and self.file.scope.date:
            said = PartialDate.from_edtf(claim.said_on)
            if said.high < PartialDate.from_edtf(self.file.scope.date).high:
                return (
                    "The documented count is not put beside it: the claim was made before the "
                    "period that the case counts was over."
                )
        return ""

    def _published(self, count: Count) -> bool:
        """Whether a count may stand beside a claim, as far as the profile says."""
        fates = self.file.scope.fates
        # That all in scope were killed is said by the scope, not about a person.
        said = {("fate", fates[0])} - {("fate", PROTECTED)} if len(fates) == 1 else set()
        return self.file.publish.allows_where(tuple(c for c in count.where if c not in said))

    def figures(self) -> tuple[Figure, ...]:
        """Figures that the case's lists hold."""
        with LedgerReader(self.folder.ledger) as ledger:
            return figures(counted_records(self.folder, self.file, ledger), ledger.sources())

    def result(self) -> tuple[Finding, ...]:
        """Read the findings."""
        return _RESULTS.validate_json(self.result_file.read_text(encoding="utf-8"))
