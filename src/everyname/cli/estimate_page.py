"""What `everyname estimate` prints: the reported interval, the overlap, the models, the words."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from everyname.cli.screen import plain, shown
from everyname.estimation import Comparison, DependenceSensitivity, Estimate, Refusal

_MOST_ROWS = 40


def estimate_page(found: Comparison) -> RenderableType:
    """Put a comparison of models into words and tables.

    Parameters
    ----------
    found
        The models side by side.
    """
    parts = list(_parts(found))
    for stratum in found.strata:
        parts += [Text(), Text(plain(stratum.stratum), style="bold")]
        parts += list(_parts(stratum.comparison))
    return Group(*parts)


def _parts(found: Comparison) -> Iterator[RenderableType]:
    if found.reported is not None:
        yield Text(plain(_first(found.reported)), style="bold")
        yield Text()
    yield _overlap(found)
    yield Text()
    yield _models(found)
    if isinstance(found.sensitivity, DependenceSensitivity):
        yield Text()
        yield _sensitivity(found.sensitivity)
    if found.warnings:
        yield Text()
        yield from (shown(f"Note: {words}") for words in found.warnings)
    yield Text()
    yield shown(found.paragraph)


def _first(reported: Estimate | Refusal) -> str:
    if isinstance(reported, Refusal):
        return f"No interval is reported: {reported.reason}"
    return f"{reported.model}: {reported.words}"


def _overlap(found: Comparison) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in found.lists:
        table.add_column(shown(name), justify="center")
    table.add_column("persons", justify="right")
    for pattern, persons in found.rows[:_MOST_ROWS]:
        table.add_row(*("x" if mark else "." for mark in pattern), f"{persons:,}")
    if len(found.rows) > _MOST_ROWS:
        left = found.rows[_MOST_ROWS:]
        table.add_row(
            *("" for _ in found.lists[1:]),
            f"{len(left)} more",
            f"{sum(persons for _, persons in left):,}",
        )
    table.add_row(*("" for _ in found.lists), f"{found.observed:,}", style="bold")
    return table


def _models(found: Comparison) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("model")
    table.add_column("persons", justify="right")
    table.add_column(f"{found.level * 100:g}% interval", justify="right")
    table.add_column("unrecorded", justify="right")
    for result in found.results:
        if isinstance(result, Refusal):
            table.add_row(shown(result.model), "refused")
        else:
            least = "at least " if result.lower_bound else ""
            table.add_row(
                shown(result.model),
                f"{least}{round(result.point):,}",
                f"{floor(result.low):,} to {ceil(result.high):,}",
                f"{round(result.unrecorded):,}",
            )
    if not found.refusals:
        return table
    whole = Table.grid()
    whole.add_row(table)
    for refusal in found.refusals:
        whole.add_row(shown(f"{refusal.model} is refused: {refusal.reason}"))
    return whole


def _sensitivity(found: DependenceSensitivity) -> Table:
    """Show which odds ratio between lists halves and doubles the unrecorded, and the total."""
    table = Table(box=None, pad_edge=False)
    table.add_column("odds ratio between")
    for name in ("halves", "doubles", "halves total", "doubles total", "seen"):
        table.add_column(name, justify="right")
    rows = [*found.pairs, *([found.overall] if found.overall and len(found.pairs) > 1 else [])]
    for row in rows:
        ratios = (row.halved, row.doubled, row.halved_total, row.doubled_total, row.seen)
        table.add_row(shown(row.name), *("-" if r is None else f"{r:.3g}" for r in ratios))
    return table
