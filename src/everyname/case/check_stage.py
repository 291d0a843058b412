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
from everyname.case.stage import Progress, write_text
from everyname.claims import Finding, check
from everyname.counts import Figure, figures
from everyname.ledger import LedgerReader

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
        }  # fmt: skip

    def work(self, progress: Progress) -> tuple[Path, ...]:
        """Check every claim."""
        progress(f"checking {len(self.file.claims)} claims")
        counts = CountsOfCase(self.folder, self.file).result().claim_counts
        stated = self.figures()
        scope = self.file.scope
        findings = tuple(
            check(
                claim,
                counts.get(claim.id),
                stated,
                own_places=scope.places,
                own_dates=(scope.date,) if scope.date else (),
            )
            for claim in self.file.claims
        )
        write_text(self.result_file, _RESULTS.dump_json(findings, indent=1).decode() + "\n")
        return (self.result_file,)

    def figures(self) -> tuple[Figure, ...]:
        """Figures that the case's lists hold."""
        with LedgerReader(self.folder.ledger) as ledger:
            return figures(ledger.records(self.file.files), ledger.sources())

    def result(self) -> tuple[Finding, ...]:
        """Read the findings."""
        return _RESULTS.validate_json(self.result_file.read_text(encoding="utf-8"))
