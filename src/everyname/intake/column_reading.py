"""ColumnReading: what the texts of a column mean, each distinct text read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from everyname.intake.column_section import ColumnSection, JoinedSection
from everyname.intake.name_reading import SEVERAL, group_statements, name_statements
from everyname.intake.table import Table
from everyname.intake.template import Template
from everyname.ledger import Statement
from everyname.vocabulary import FIELDS, Reading, ReadOptions
from everyname.vocabulary.date_order import date_order

EMPTY, REJECTED, PARSED = 0, 1, 2
"""What becomes of a cell; where several readings read it, the highest holds."""

_DATES = frozenset(name for name, field in FIELDS.items() if field.read is FIELDS["date"].read)


@dataclass(frozen=True, slots=True)
class TextReading:
    """What one text of a column says.

    Parameters
    ----------
    statements
        What was understood.
    refused
        Fields as which it was not understood.
    reasons
        Why not.
    flags
        Doubts about what was understood.
    group
        What a name says of several unnamed people, as statements of a group record.
    """

    statements: tuple[Statement, ...]
    refused: frozenset[str]
    reasons: tuple[str, ...]
    flags: tuple[str, ...]
    group: tuple[Statement, ...] = ()

    @property
    def outcome(self) -> int:
        """`PARSED`, `REJECTED` or `EMPTY`."""
        if self.statements:
            return PARSED
        return REJECTED if self.reasons else EMPTY


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What the texts of a column, or of several joined, mean.

    Parameters
    ----------
    columns
        Names of the columns.
    fields
        Fields that they feed.
    texts
        The distinct texts, in the order in which they first occur.
    codes
        For each row, the position of its text among `texts`; shape (rows,), int64.
    readings
        What each text says.
    understood
        What the column's own evidence decided, in a sentence; empty when there was nothing.
    """

    columns: tuple[str, ...]
    fields: frozenset[str]
    texts: tuple[str, ...]
    codes: np.ndarray
    readings: tuple[TextReading, ...]
    understood: str = ""

    @property
    def name(self) -> str:
        """Name for messages."""
        return " + ".join(self.columns)

    @property
    def outcomes(self) -> np.ndarray:
        """Outcome of each row's text; shape (rows,), int8."""
        by_code = np.array([r.outcome for r in self.readings], dtype=np.int8)
        outcomes: np.ndarray = by_code[self.codes]
        return outcomes


def read_column(table: Table, name: str, section: ColumnSection) -> ColumnReading:
    """Read a column.

    Parameters
    ----------
    table
        The list.
    name
        Name of the column.
    section
        What the mapping says of it.
    """
    dated = not section.templates and bool(_DATES.intersection(section.fields))
    templates, fields = section.templates, section.fields

    def read(text: str, options: ReadOptions) -> Iterable[tuple[str, Reading]]:
        if templates:
            return divided(text, templates, options)
        return [(field, FIELDS[field].read(text, options)) for field in fields]

    return _reading(
        (name,), frozenset(fields), table.column(name), section.options(), read, dated=dated
    )


def read_joined(table: Table, section: JoinedSection) -> ColumnReading:
    """Read several columns as one field.

    Parameters
    ----------
    table
        The list.
    section
        Which columns, and what stands between their texts.
    """
    columns = [table.column(name).str.strip_chars() for name in section.columns]
    filled = [pl.when(c != "").then(c) for c in columns]
    texts = pl.select(pl.concat_str(filled, separator=section.with_, ignore_nulls=True)).to_series()

    def read(text: str, options: ReadOptions) -> Iterable[tuple[str, Reading]]:
        return [(section.field, FIELDS[section.field].read(text, options))]

    dated = section.field in _DATES
    fields = frozenset({section.field})
    return _reading(section.columns, fields, texts, section.options(), read, dated=dated)


def _reading(
    columns: tuple[str, ...],
    fields: frozenset[str],
    series: pl.Series,
    options: ReadOptions,
    read: Callable[[str, ReadOptions], Iterable[tuple[str, Reading]]],
    *,
    dated: bool,
) -> ColumnReading:
    distinct = series.unique(maintain_order=True)
    texts: tuple[str, ...] = tuple(distinct.to_list())
    places = pl.Series(range(len(texts)), dtype=pl.Int64)
    codes = series.replace_strict(distinct, places, return_dtype=pl.Int64).to_numpy()
    codes = codes.astype(np.int64)
    understood = ""
    if dated and options.date_order is None and options.calendar is None:
        times = np.bincount(codes, minlength=len(texts)).tolist()
        evidence = date_order(dict(zip(texts, times, strict=True)))
        options, understood = replace(options, date_order=evidence.order), evidence.sentence
    readings = tuple(_said(read(text, options)) for text in texts)
    return ColumnReading(columns, fields, texts, codes, readings, understood)


def _said(readings: Iterable[tuple[str, Reading]]) -> TextReading:
    all_read = tuple(readings)
    said: list[Statement] = []
    flags = [flag for _, r in all_read for flag in r.flags]
    group: tuple[Statement, ...] = ()
    for name, reading in all_read:
        if reading.value is None:
            continue
        statement = Statement(name, reading.value, reading.stance)
        if name != "name":
            said.append(statement)
            continue
        group, stated = group_statements(reading.value)
        more, doubts = ((statement,), (SEVERAL, *stated)) if group else name_statements(statement)
        said.extend(more)
        flags.extend(doubts)
    return TextReading(
        statements=tuple(said),
        refused=frozenset(name for name, r in all_read if r.reason),
        reasons=tuple(r.reason for _, r in all_read if r.reason),
        flags=tuple(flags),
        group=group,
    )


def divided(
    text: str, templates: Sequence[Template], options: ReadOptions
) -> list[tuple[str, Reading]]:
    """Read a text by the first template of which every part is understood, or else that fits.

    Parameters
    ----------
    text
        A cell.
    templates
        Tried in order.
    options
        For the readers of the fields.

    Returns
    -------
    list of (field, Reading)
        A single rejected reading of no field where none fits; nothing for a blank cell.
    """
    first: list[tuple[str, Reading]] = []
    for template in templates:
        for parts in template.divide(text):
            read = [(name, FIELDS[name].read(part, options)) for name, part in parts.items()]
            if not any(r.rejected for _, r in read):
                return read
            first = first or read
    if first or not text.strip():
        return first
    forms = " or ".join(template.text for template in templates)
    return [("", Reading(reason=f"is not of the form {forms}"))]
