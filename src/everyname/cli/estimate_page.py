"""What `everyname estimate` prints: the reported interval, the overlap, the models, the words."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from everyname.cli.reported_words import reported_words, shares_words
from everyname.cli.screen import plain, shown
from everyname.estimation import (
    Comparison,
    DependenceSensitivity,
    Estimate,
    Refusal,
    StratumComparison,
)
from everyname.estimation.combined_estimate import CombinedEstimate

_MOST_ROWS = 40


def estimate_page(found: Comparison) -> RenderableType:
    """Put a comparison of models into words and tables.

    Parameters
    ----------
    found
        The models side by side.
    """
    parts = list(_parts(found))
    if found.total is not None:
        parts += [Text(), *_strata(found, found.total)]
    for stratum in found.strata:
        parts += [Text(), Text(plain(stratum.stratum), style="bold")]
        parts += list(_parts(stratum.comparison))
    return Group(*parts)


def _parts(found: Comparison) -> Iterator[RenderableType]:
    if found.reported is not None:
        yield Text(plain(_first(found.reported)), style="bold")
        yield from map(shown, reported_words(found.reported))
        if words := shares_words(found.reported):
            yield shown(words)
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


def _strata(found: Comparison, total: Estimate | Refusal) -> Iterator[RenderableType]:
    """Show the reported interval of each stratum, and their sum."""
    table = _result_table("stratum", found.level, "recorded")
    results = {part.stratum: part.reported for part in found.strata}
    for part in found.strata:
        _add_result(table, part.stratum, part.reported, _recorded(part))
    _add_result(table, "sum", total, f"{found.observed:,}")
    yield table
    refused: dict[str, list[str]] = {}
    for name, result in (*results.items(), ("the sum", total)):
        if isinstance(result, Refusal):
            refused.setdefault(result.reason, []).append(name)
    for reason, names in refused.items():
        yield shown(f"No interval for {', '.join(names)}: {reason}")
    for words in (shares_words(total) and f"Sum: {shares_words(total)}", found.consistency):
        if words:
            yield shown(words)


def _recorded(part: StratumComparison) -> str:
    """Give the recorded of a stratum; where some are imputed, the fewest and the most."""
    if isinstance(part.reported, CombinedEstimate):
        most = int(part.reported.settings["recorded_most"])
        return f"{part.reported.observed:,} to {most:,}"
    return f"{part.comparison.observed:,}"


def _result_table(what: str, level: float, last: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(what)
    for name in ("persons", f"{level * 100:g}% interval", last):
        table.add_column(name, justify="right")
    return table


def _add_result(table: Table, name: str, result: Estimate | Refusal, last: str) -> None:
    if isinstance(result, Refusal):
        table.add_row(shown(name), "refused", "", last)
    else:
        table.add_row(
            shown(name),
            f"{'at least ' if result.lower_bound else ''}{round(result.point):,}",
            f"{floor(result.low):,} to {ceil(result.high):,}",
            last,
        )


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
    table = _result_table("model", found.level, "unrecorded")
    for result in found.results:
        last = "" if isinstance(result, Refusal) else f"{round(result.unrecorded):,}"
        _add_result(table, result.model, result, last)
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
