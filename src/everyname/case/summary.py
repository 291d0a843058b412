"""Summary: a case on one page, as values; the doors put it into words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from everyname.case.case_file import CaseFile
from everyname.case.check_stage import ChecksOfCase
from everyname.case.counts_stage import CountsOfCase
from everyname.case.estimate_stage import EstimatesOfCase
from everyname.case.folder import CaseFolder
from everyname.case.intake_stage import IntakeOfFile
from everyname.case.linkage_stage import LinkageOfCase
from everyname.case.list_releases import former_records
from everyname.claims import Finding
from everyname.counts import Count, Groups, Placing
from everyname.estimation import Estimate, Refusal
from everyname.intake import CellAccount, ListRelease, total
from everyname.ledger import LedgerReader
from everyname.publication import LinkageAccount, Truth


@dataclass(frozen=True, slots=True)
class Summary:
    """A case on one page.

    Parameters
    ----------
    title, what
        Of the case, and whom it counts.
    cells
        Where every cell of every list went.
    linkage
        How persons were found.
    count
        Documented persons in scope; None where the case holds no person records.
    figures
        Number of figures that sources state.
    estimates
        Beside the count.
    reported
        The interval that is shown before the estimates, or why there is none; None where the case
        has no such result.
    with_linkage
        The reported interval with the uncertainty of linkage carried in; None where none was
        drawn.
    strata, total, consistency
        Reported intervals of strata, by name, and their sum; empty and None without strata.
    paragraph
        What the estimates assume and what came of them, in plain words.
    findings
        On the claims.
    truth
        For a simulated case.
    report
        Where the report is.
    groups
        Groups of unnamed people, beside the count.
    placing
        Which places are in the gazetteer of the case.
    releases
        Lists that were replaced by a newer release, and what it changed.
    former
        Number of records that no longer stand in the list that once held them.
    former_counted
        Whether they are counted.
    """

    title: str
    what: str
    cells: CellAccount
    linkage: LinkageAccount
    count: Count | None
    figures: int
    estimates: tuple[Estimate | Refusal, ...]
    reported: Estimate | Refusal | None
    with_linkage: Estimate | Refusal | None
    strata: tuple[tuple[str, Estimate | Refusal], ...]
    total: Estimate | Refusal | None
    consistency: str
    paragraph: str
    findings: tuple[Finding, ...]
    truth: Truth | None
    report: Path
    groups: Groups
    placing: Placing
    releases: tuple[tuple[str, ListRelease], ...]
    former: int
    former_counted: bool


def summarise(folder: CaseFolder, file: CaseFile) -> Summary:
    """Read a case's results.

    Parameters
    ----------
    folder
        A case that was run.
    file
        What its ``case.toml`` says.
    """
    counted = CountsOfCase(folder, file).result()
    checks = ChecksOfCase(folder, file)
    compared = EstimatesOfCase(folder, file).comparison()
    return Summary(
        title=file.case.title,
        what=file.scope.what,
        cells=total(IntakeOfFile(folder, name).account() for name in file.files),
        linkage=LinkageOfCase(folder, file).account(),
        count=counted.total,
        figures=len(checks.figures()),
        estimates=compared.results if compared else (),
        reported=compared.reported if compared else None,
        with_linkage=compared.with_linkage if compared else None,
        strata=tuple((part.stratum, part.reported) for part in compared.strata) if compared else (),
        total=compared.total if compared else None,
        consistency=compared.consistency if compared else "",
        paragraph=compared.paragraph if compared else "",
        findings=checks.result(),
        truth=counted.truth,
        report=folder.report,
        groups=counted.groups,
        placing=counted.placing,
        releases=tuple(
            (name, release)
            for name in file.files
            if (release := IntakeOfFile(folder, name).release()) is not None
        ),
        former=_former(folder, file),
        former_counted=file.scope.no_longer_listed == "include",
    )


def _former(folder: CaseFolder, file: CaseFile) -> int:
    with LedgerReader(folder.ledger) as ledger:
        return len(former_records(folder, file, ledger))
