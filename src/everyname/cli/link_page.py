"""What linking lists came to, in words and tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from everyname.case import ListRead
from everyname.cli.screen import shown
from everyname.errors import LinkageError
from everyname.linkage import Clusters

MOST = 10
"""Conflicts shown on the screen."""
MOST_NAMED = 20
"""Columns taken for nothing that are named on the screen."""
GO_ON = (
    "To go on: name pairs that you know about in a table (source_a, row_a, source_b, row_b and"
    " decision: same, different or unsure) and give it with --judgements. In a case, `everyname"
    " review` asks about the pairs that matter most, and `everyname explain` says why: see"
    " `everyname new`."
)


def list_page(read: ListRead) -> RenderableType:
    """Say what became of a list, and what each column was taken for.

    Parameters
    ----------
    read
        What became of it.
    """
    rows = _many(read.rows, "row")
    told = f"{read.name}: {_many(read.persons, 'record')} of persons in {rows}, {read.how}"
    parts: list[RenderableType] = [shown(told)]
    unsure = dict(read.unsure)
    lines = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    for title in ("column", "taken for", "unsure"):
        lines.add_column(title, overflow="fold")
    for column, fields in read.took:
        if fields or column in unsure:
            lines.add_row(shown(column), shown(fields or "-"), shown(unsure.get(column, "")))
    parts.append(Padding(lines, (0, 0, 0, 2)))
    kept = [column for column, fields in read.took if not fields and column not in unsure]
    if kept:
        more = f" and {len(kept) - MOST_NAMED:,} more" if len(kept) > MOST_NAMED else ""
        named = ", ".join(kept[:MOST_NAMED])
        parts.append(shown(f"  Taken for nothing: {named}{more}"))
    if read.others:
        others = _many(read.others, "further record")
        parts.append(shown(f"  {others}, such as of groups of unnamed people: not linked"))
    if read.rejected:
        parts.append(
            shown(f"  {_many(read.rejected, 'cell')} not understood: see `everyname read`")
        )
    return Group(*parts)


def link_page(clusters: Clusters) -> RenderableType:
    """Say what linking came to, and how to go on.

    Parameters
    ----------
    clusters
        Who is who.
    """
    lists = clusters.values["source"].n_unique()
    count, model = clusters.count, clusters.model
    lines = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    lines.add_column(no_wrap=True)
    lines.add_column(overflow="fold")
    rows = [
        ("Records", f"{len(clusters):,} of persons, on {_many(lists, 'list')}"),
        ("Persons", f"{count.best:,} (low {count.low:,}, high {count.high:,})"),
        ("Interval", _interval(clusters)),
        ("Undecided", _many(clusters.clustering.undecided, "pair")),
        ("Compared", f"{_many(model.candidates, 'pair')}: {_recall(clusters)}"),
        ("Conflicts", f"{_many(len(clusters.conflicts), 'pair')} within persons"),
    ]
    if not model.trained:
        rows.append(("Learnt", "nothing, since the records are too few"))
    for name, words in rows:
        lines.add_row(shown(name), shown(words))
    return Group(lines, *_conflicts(clusters), shown(GO_ON))


def _interval(clusters: Clusters) -> str:
    try:
        drawn = clusters.interval()
    except LinkageError as error:
        return error.found
    return f"{drawn.low:,} to {drawn.high:,} in {drawn.level:.0%} of whole clusterings, drawn"


def _conflicts(clusters: Clusters) -> Iterator[RenderableType]:
    found = clusters.conflicts
    for each in found[:MOST]:
        one, other = (_record(clusters, at) for at in (each.a, each.b))
        person = clusters.frame["person"][each.a]
        yield shown(f"  {person}, {each.kind}: {one} and {other}: {each.words}")
    if len(found) > MOST:
        yield shown(f"  ... and {len(found) - MOST:,} more")


def _recall(clusters: Clusters) -> str:
    return f"an estimated {clusters.model.blocking_recall:.1%} of those of one person"


def _record(clusters: Clusters, at: int) -> str:
    return f"{clusters.values['source'][at]}, row {clusters.values['row'][at]}"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
