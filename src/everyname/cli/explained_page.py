"""An explanation on a terminal: bars of text, then sentences."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from everyname.case import PairExplained, PersonExplained
from everyname.cli.screen import plain, shown
from everyname.linkage.explanation import Step
from everyname.linkage.natural_frequency import from_bits, of_many
from everyname.publication import conflict_kind, signed

BARS = 30
"""Characters between the ends of the scale."""
_FULL, _ZERO = "█", "│"
_FOR, _AGAINST, _WHOLE = "blue", "dark_orange", "bold"


def pair_page(explained: PairExplained) -> RenderableType:
    """Lay out a pair.

    Parameters
    ----------
    explained
        Two records, explained.
    """
    records = _records()
    for record in (explained.a, explained.b):
        records.add_row(
            shown(record.reference),
            shown(f"{record.source}; {record.where}"),
            shown(record.person),
        )
    return Group(
        records, Text(), _bars(explained.explanation.steps), Text(), *_told(explained.words)
    )


def person_page(explained: PersonExplained) -> RenderableType:
    """Lay out a person.

    Parameters
    ----------
    explained
        A person, explained.
    """
    records = _records()
    for record in explained.records:
        said = "; ".join(text for field, text in record.values.items() if field in _NAMING)
        records.add_row(shown(record.reference), shown(said), shown(record.where))
    parts: list[RenderableType] = [records, Text(), *_told(explained.words)]
    if explained.differences:
        parts.append(Text("What its records say against each other:", style="bold"))
        for each in explained.differences:
            more = f" ({each.pairs} pairs of records in all)" if each.pairs > 1 else ""
            words = f"{each.words}, {each.a} and {each.b}{more}"
            parts.append(Padding(shown(words), (0, 0, 0, 2)))
        parts.append(Text())
    if explained.contradictions:
        parts.append(Text("What cannot both be true of one person:", style="bold"))
        for told in explained.contradictions:
            words = f"{conflict_kind(told.kind)} ({told.words}): {told.a} and {told.b}"
            parts.append(Padding(shown(words), (0, 0, 0, 2)))
        parts.append(Text())
    if explained.weakest is not None:
        parts += [Text("The weakest place:", style="bold"), pair_page(explained.weakest)]
    return Group(*parts)


def _records() -> Table:
    """Begin a table of records; what others have to find again is never cut off."""
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold", style="bold")
    table.add_column(overflow="fold", ratio=1)
    table.add_column(overflow="fold")
    return table


_NAMING = ("name", "given_name", "father_name", "family_name")


def _told(words: Iterable[str]) -> list[RenderableType]:
    return [Padding(shown(sentence), (0, 0, 1, 0)) for sentence in words]


def _bars(steps: tuple[Step, ...]) -> Table:
    smallest = min(0.0, *(min(step.start, step.end) for step in steps))
    largest = max(0.0, *(max(step.start, step.end) for step in steps))
    table = Table.grid(padding=(0, 1))
    table.add_column(ratio=1)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", max_width=12)
    for step in steps:
        label = Text(plain(step.label))
        if step.kind in {"begin", "total"}:
            label.stylize(_WHOLE)
        detail = Padding(Text(plain(step.detail), style="dim"), (0, 0, 0, 2))
        value = "0" if step.kind == "silent" else signed(step.weight)
        if step.kind in {"begin", "total"}:
            value += f"\n{of_many(from_bits(step.weight))}"
        table.add_row(
            Group(label, detail) if step.detail else label, _bar(step, smallest, largest), value
        )
    return table


def _bar(step: Step, smallest: float, largest: float) -> Text:
    """One bar between the ends of the scale; the upright stroke is even odds."""
    scale = BARS / ((largest - smallest) or 1.0)

    def place(weight: float) -> int:
        return round((weight - smallest) * scale)

    left, right = sorted((place(step.start), place(step.end)))
    zero = place(0.0)
    style = _FOR if step.weight >= 0 else _AGAINST
    bar = Text()
    for at in range(BARS + 1):
        if left <= at < right:
            bar.append(_FULL, style="" if step.kind in {"begin", "total"} else style)
        elif at == zero:
            bar.append(_ZERO, style="dim")
        elif at == left == right:
            bar.append("·")
        else:
            bar.append(" ")
    return bar
