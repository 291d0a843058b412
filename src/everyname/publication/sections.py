"""Sections: what each part of the report shows, made ready for its template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from everyname.claims import Evidence, Finding
from everyname.counts import Breakdown, Count
from everyname.publication.bars import MOST as MOST_BARS
from everyname.publication.bars import bars, in_order, says_nothing
from everyname.publication.drawing import Drawing
from everyname.publication.edition import Edition
from everyname.publication.quantity import Quantity, quantities
from everyname.publication.ranges import MOST as MOST_RANGES
from everyname.publication.ranges import ranges
from everyname.publication.sentences import persons_withheld_words
from everyname.publication.timeline import beside_words, timeline
from everyname.publication.upset import MOST as MOST_PATTERNS
from everyname.publication.upset import Pattern, by_size, list_sizes, upset
from everyname.publication.words import (
    Words,
    date_words,
    field_words,
    listing,
    number,
    plural,
)

CHUNK = 1_000

_OUTCOMES = {
    "consistent": "Consistent with the record",
    "inconsistent": "Inconsistent with the record",
    "outside the range": "Outside the range of the record",
    "not comparable": "Not comparable with the record",
    "cannot be checked": "Cannot be checked against the record",
}

TableRow = tuple[tuple[str, ...], Count, bool]


@dataclass(frozen=True, slots=True)
class ShownBreakdown:
    """A breakdown with its chart and its table."""

    breakdown: Breakdown
    by: str
    fields: tuple[str, ...]
    rows: tuple[TableRow, ...]
    chart: Drawing | None
    caption: str


@dataclass(frozen=True, slots=True)
class ShownTimeline:
    """Persons by month or day."""

    by: str
    rows: tuple[TableRow, ...]
    chart: Drawing | None
    beside: str


@dataclass(frozen=True, slots=True)
class ShownOverlaps:
    """Capture patterns."""

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    rows: tuple[Pattern, ...]
    total: int
    chart: Drawing | None
    caption: str


@dataclass(frozen=True, slots=True)
class ShownQuantity:
    """Figures of one quantity."""

    quantity: Quantity
    chart: Drawing | None
    more: str


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A finding, with its words."""

    finding: Finding
    label: str
    checked_as: str
    summary: str
    evidence: tuple[tuple[str, tuple[Evidence, ...]], ...]


@dataclass(frozen=True, slots=True)
class PersonChunk:
    """Some rows of the table of persons, each with its anchor."""

    first: int
    last: int
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ShownPersons:
    """The table of persons."""

    heads: tuple[str, ...]
    id_place: int
    chunks: tuple[PersonChunk, ...]
    count: int
    words: str
    withheld: str


def split_timeline(edition: Edition) -> tuple[Breakdown | None, tuple[Breakdown, ...]]:
    """Take the first breakdown by month or day alone out of the others."""
    first = next((b for b in edition.breakdowns if b.by in {("month",), ("day",)}), None)
    return first, tuple(b for b in edition.breakdowns if b is not first and b.rows)


def shown_breakdown(breakdown: Breakdown, words: Words) -> ShownBreakdown:
    """Make a breakdown ready."""
    rows = _table(breakdown, words)
    ranged = any(row.low < row.high for _, row, _ in rows)
    caption = "Bars are the best count" + ("; lines go from low to high." if ranged else ".")
    if len(rows) > MOST_BARS:
        caption += f" {plural(len(rows) - MOST_BARS, 'more row')} only in the table."
    return ShownBreakdown(
        breakdown=breakdown,
        by=listing([field_words(field).lower() for field in breakdown.by]),
        fields=tuple(field_words(field) for field in breakdown.by),
        rows=rows,
        chart=bars(breakdown, words),
        caption=caption,
    )


def shown_timeline(breakdown: Breakdown, words: Words) -> ShownTimeline:
    """Make the timeline ready."""
    return ShownTimeline(
        by=breakdown.by[0],
        rows=_table(breakdown, words),
        chart=timeline(breakdown),
        beside=beside_words(breakdown),
    )


def _table(breakdown: Breakdown, words: Words) -> tuple[TableRow, ...]:
    return tuple(
        (words.classes(breakdown.by, row.where), row, says_nothing(row))
        for row in in_order(breakdown)
    )


def shown_overlaps(edition: Edition, words: Words) -> ShownOverlaps | None:
    """Make the overlaps of lists ready; None where there is only one list or nobody in any."""
    patterns = edition.patterns
    if patterns is None or len(patterns.lists) < 2 or not by_size(patterns):
        return None
    rows = by_size(patterns)
    several = sum(n for pattern, n in rows if sum(pattern) > 1)
    total = sum(n for _, n in rows)
    caption = f"{number(several)} of {plural(total, 'person')} are in more than one list."
    if len(rows) > MOST_PATTERNS:
        caption += f" {plural(len(rows) - MOST_PATTERNS, 'smaller pattern')} only in the table."
    return ShownOverlaps(
        names=tuple(words.label("list", name) for name in patterns.lists),
        sizes=tuple(list_sizes(patterns)),
        rows=tuple(rows),
        total=total,
        chart=upset(patterns, words),
        caption=caption,
    )


def shown_quantities(edition: Edition, words: Words) -> tuple[ShownQuantity, ...]:
    """Make the figures ready, quantity by quantity."""
    return tuple(
        ShownQuantity(quantity, ranges(quantity), _undrawn(quantity))
        for quantity in quantities(edition.figures, words)
    )


def _undrawn(quantity: Quantity) -> str:
    drawable = sum(figure.interval() is not None for figure in quantity.figures)
    missing = len(quantity.figures) - min(drawable, MOST_RANGES)
    return f"{plural(missing, 'more figure')} only in the table." if missing else ""


def only_repeats(finding: Finding) -> bool:
    """Whether a claim is consistent with nothing but what goes back to its own sources."""
    return (
        finding.outcome == "consistent"
        and bool(finding.supports)
        and all(piece.repeats for piece in finding.supports)
    )


def outcome_words(finding: Finding) -> str:
    """Say the outcome in plain words, and whether only the claim's own sources agree with it."""
    alone = ", but only with what it repeats" if only_repeats(finding) else ""
    return f"{_OUTCOMES[finding.outcome]}{alone}"


def shown_claim(finding: Finding, words: Words) -> ShownClaim:
    """Make a finding ready."""
    claim = finding.claim
    scope = [
        f"{claim.range} {words.label('unit', claim.unit)}",
        words.label("fate", claim.fate),
        *([] if claim.victim_class == "all" else [words.label("victim_class", claim.victim_class)]),
        *([claim.place] if claim.place else []),
        *([f"as of {date_words(claim.as_of)}"] if claim.as_of else []),
    ]
    groups = (
        ("Agrees with the claim", "for", finding.supports),
        ("Does not agree with the claim", "against", finding.contradicts),
        ("Compared, and neither agrees nor excludes it", "undecided", finding.undecided),
        ("Not compared, because it counts something else", "not compared", finding.not_compared),
    )
    return ShownClaim(
        finding=finding,
        label=outcome_words(finding),
        checked_as=f"{', '.join(scope)}.",
        summary="Evidence: "
        + ", ".join(f"{len(found)} {name}" for _, name, found in groups if found),
        evidence=tuple((title, found) for title, _, found in groups if found),
    )


def shown_persons(edition: Edition, words: Words) -> ShownPersons:
    """Make the table of persons ready, in pieces of a thousand."""
    # A name comes first, and the number we gave it last.
    columns = sorted(edition.columns, key=lambda name: (name != "name") + (name == "person"))
    rows = [
        (
            anchor(str(row.get("person", place))),
            tuple(words.value(column, row.get(column, "")) for column in columns),
        )
        for place, row in enumerate(edition.persons, start=1)
    ]
    chunks = tuple(
        PersonChunk(first + 1, first + len(piece), tuple(piece))
        for first, piece in _pieces(rows, CHUNK)
    )
    told = (
        "Everyone who may be listed, with what the publication profile allows."
        if rows
        else "The publication profile of this case lists nobody one by one."
    )
    return ShownPersons(
        heads=tuple(field_words(column) for column in columns),
        id_place=columns.index("person") if "person" in columns else -1,
        chunks=chunks,
        count=len(rows),
        words=told,
        withheld=persons_withheld_words(edition.persons_withheld),
    )


def anchor(person: str) -> str:
    """Id of a person's row in the page."""
    return "person-" + re.sub(r"[^A-Za-z0-9_.-]", "_", person)


def _pieces(
    rows: Sequence[tuple[str, tuple[str, ...]]], size: int
) -> Iterable[tuple[int, Sequence[tuple[str, tuple[str, ...]]]]]:
    return ((first, rows[first : first + size]) for first in range(0, len(rows), size))
