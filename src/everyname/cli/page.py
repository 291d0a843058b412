"""The one-page summary of a run, in words."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from everyname.case import Summary
from everyname.claims import Finding
from everyname.cli.reported_words import answer, reported_words, with_linkage_words
from everyname.cli.screen import plain, shown
from everyname.counts import Placing, with_groups
from everyname.estimation import Estimate, Refusal
from everyname.publication import Truth, beside_words


def page(summary: Summary) -> RenderableType:
    """Put a summary into words.

    Parameters
    ----------
    summary
        The case on one page.
    """
    parts: list[RenderableType] = [Text(), Text(plain(summary.title), style="bold")]
    if summary.what:
        parts.append(shown(summary.what))
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    for name, words in (
        *_cells(summary),
        *_releases(summary),
        *_count(summary),
        *_beside(summary),
    ):
        facts.add_row(name, shown(words))
    return Group(*parts, Text(), facts, Text())


def _cells(summary: Summary) -> list[tuple[str, str]]:
    cells = summary.cells
    return [
        (
            "Cells",
            (
                f"{cells.cells:,} = {cells.parsed:,} parsed + {cells.kept:,} kept as written + "
                f"{cells.rejected:,} rejected"
            ),
        )
    ]


def _releases(summary: Summary) -> list[tuple[str, str]]:
    rows = [("Release", f"{name}: {release.sentence()}") for name, release in summary.releases]
    if summary.former:
        counted = "counted as before" if summary.former_counted else "kept, and outside the count"
        many = "1 record" if summary.former == 1 else f"{summary.former:,} records"
        rows.append(("Gone", f"{many} no longer listed: {counted}"))
    return rows


def _count(summary: Summary) -> list[tuple[str, str]]:
    linkage, count = summary.linkage, summary.count
    if count is None:
        return [("Count", "no person records, so nothing is counted")]
    rows = [
        (
            "Records",
            f"{linkage.records:,} of persons; {linkage.undecided:,} pairs undecided",
        ),
        (
            "Count",
            f"{count.best:,} documented persons (low {count.low:,}, high {count.high:,})",
        ),
    ]
    if summary.truth:
        rows.append(("Truth", _truth(summary.truth)))
    return rows


def _truth(truth: Truth) -> str:
    persons = f"{truth.recorded:,} persons stand on the lists, in or out of scope"
    if truth.in_scope is not None:
        persons = (
            f"{truth.recorded_in_scope:,} persons in scope stand on the lists, of "
            f"{truth.in_scope:,} there were"
        )
    return (
        f"simulated: {persons}; of the pairs put together {truth.precision:.1%} belong together, "
        f"and {truth.recall:.1%} of those that belong together were put together"
    )


def _outcome(finding: Finding) -> str:
    if finding.outcome == "consistent" and finding.against_count != "consistent":
        roots = finding.independent_roots
        if not roots:
            return "consistent, but only with its own source"
        return f"consistent with {roots} independent source{'s' if roots > 1 else ''}"
    return finding.outcome


def _places(placing: Placing) -> str:
    texts = placing.unplaced
    records = sum(each.records for each in texts)
    return (
        f"{len(texts):,} spelling{'s' if len(texts) > 1 else ''} in {records:,} "
        f"record{'s' if records > 1 else ''} not wholly in hand/places.csv: see out/places.csv"
    )


def _estimates(summary: Summary) -> list[tuple[str, str]]:
    """Give the reported interval first, then the models, then what they rest on."""
    rows = []
    if summary.with_linkage is not None:
        rows.append(("With linkage", with_linkage_words(summary.with_linkage)))
    if summary.reported is not None:
        rows.append(("Estimate", _result(summary.reported)))
        rows += [("", words) for words in reported_words(summary.reported)]
    if summary.total is not None:
        rows += [("Stratum", f"{name}: {answer(found)}") for name, found in summary.strata]
        rows.append(("Sum", f"{answer(summary.total)} {summary.consistency}"))
    rows += [
        ("Estimate" if summary.reported is None else "Model", _result(result))
        for result in summary.estimates
    ]
    if summary.paragraph:
        rows.append(("Assumed", summary.paragraph))
    return rows


def _result(result: Estimate | Refusal) -> str:
    if isinstance(result, Refusal):
        return f"{result.model}: refused. {result.reason}"
    return f"{result.model}: {result.words}"


def _beside(summary: Summary) -> list[tuple[str, str]]:
    rows = []
    if words := beside_words(summary.count, summary.groups):
        rows.append(("Groups", words))
        if summary.count is not None:
            both = with_groups(summary.count, summary.groups).words
            rows.append(("With groups", f"{both} documented incl. unnamed groups"))
    if strays := summary.groups.strays:
        words = f"{len(strays):,} records name a group that is not there: see out/groups.csv"
        rows.append(("Groups", words))
    if summary.placing.places and summary.placing.unplaced:
        rows.append(("Places", _places(summary.placing)))
    if summary.figures:
        rows.append(("Figures", f"{summary.figures:,} stated by sources"))
    rows += _estimates(summary)
    for finding in summary.findings:
        claim = finding.claim
        rows.append(("Claim", f"{claim.text} ({claim.said_by}): {_outcome(finding)}"))
    return rows
