"""RowPart: one of the records that each row of a list makes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from everyname.errors import MappingError
from everyname.intake.column_reading import (
    ColumnReading,
    TextReading,
    read_column,
    read_joined,
)
from everyname.intake.mapping import PartSection
from everyname.intake.table import Table
from everyname.ledger import Statement
from everyname.vocabulary import FIELDS, ReadOptions

OF_ONE_PERSON = frozenset({"age", "birth_date", "given_name", "family_name", "father_name"})
"""Fields that a row states of one person only."""

BESIDES = frozenset({"listed_id", "member_of"})
"""Fields that say which row it is, and nothing of anybody."""


@dataclass(frozen=True, slots=True)
class RowPart:
    """A record that each row makes in which one of its columns is filled.

    Parameters
    ----------
    name
        What stands behind the row's key; empty for the row's main record.
    kind
        Kind of the record.
    constants
        Statements that hold where the row says nothing on their field.
    readings
        The columns that feed it.
    """

    name: str
    kind: str
    constants: tuple[Statement, ...]
    readings: tuple[ColumnReading, ...]

    @classmethod
    def of(
        cls,
        table: Table,
        section: PartSection,
        name: str,
        kind: str,
        where: str,
        progress: Callable[[str], None],
    ) -> RowPart:
        """Read the columns that a section of the mapping names, telling which.

        Raises
        ------
        MappingError
            A constant is nothing that its field can hold.
        """
        constants = _constants(section, where)
        readings = []
        for column, how in section.columns.items():
            progress(f"reading {column} of {table.file}")
            readings.append(read_column(table, column, how))
        readings.extend(read_joined(table, each) for each in section.joined)
        return cls(name, kind, constants, tuple(readings))

    def filled(self, rows: int) -> np.ndarray:
        """Rows in which one of its columns says anything of anybody; shape (rows,), bool."""
        filled = np.zeros(rows, dtype=bool)
        for reading in self.readings:
            if reading.fields <= BESIDES:
                continue
            holds = np.array([bool(text.strip()) for text in reading.texts], dtype=bool)
            filled |= holds[reading.codes]
        return filled

    def stating(self, fields: frozenset[str], rows: int) -> np.ndarray:
        """Rows that state one of some fields; shape (rows,), bool."""
        found = np.zeros(rows, dtype=bool)
        for reading in self.readings:
            by_code = [any(s.field in fields for s in each.statements) for each in reading.readings]
            found |= np.array(by_code, dtype=bool)[reading.codes]
        return found

    def disordered(self, rows: int) -> np.ndarray:
        """Rows that state a low, best or high number above a higher one; shape (rows,), bool."""
        found = np.zeros(rows, dtype=bool)
        so_far = np.full(rows, -np.inf)
        for field in ("low", "best", "high"):
            for reading in self.readings:
                by_code = [_number(each, field) for each in reading.readings]
                stated = np.array(by_code, dtype=float)[reading.codes]
                found |= stated < so_far
                so_far = np.fmax(so_far, stated)
        return found

    def codes(self, span: slice) -> list[tuple[int, ...]]:
        """Codes of the texts of each row of a span, one for each of the readings."""
        if not self.readings:
            return [()] * (span.stop - span.start)
        columns = (reading.codes[span].tolist() for reading in self.readings)
        return list(zip(*columns, strict=True))

    def says(self, codes: tuple[int, ...]) -> tuple[str, tuple[Statement, ...]]:
        """What a row says, given the code of its text in each of the readings.

        A cell that was not understood says something too: no constant speaks over it. Where the
        name is no name but speaks of several people, the record is of a group, unless the row
        states what only one person has.

        Returns
        -------
        kind, statements
            Of the record.
        """
        read = [r.readings[code] for r, code in zip(self.readings, codes, strict=True)]
        group = next((each.group for each in read if each.group), ())
        said = {s.field for each in read for s in each.statements if s.stance == "asserted"}
        if group and not said & OF_ONE_PERSON:
            return "group", self._merged(read, group)
        return self.kind, self._merged(read, ())

    def _merged(
        self, read: list[TextReading], group: tuple[Statement, ...]
    ) -> tuple[Statement, ...]:
        said = [*group, *(statement for each in read for statement in each.statements)]
        taken = {statement.field for statement in said}
        taken.update(name for each in read for name in each.refused)
        said.extend(constant for constant in self.constants if constant.field not in taken)
        if group:
            said = [each for each in said if "group" in FIELDS[each.field].kinds]
        return tuple(dict.fromkeys(said))


def _number(read: TextReading, field: str) -> float:
    """Number that a text states for a bound; NaN where it states none."""
    said = (statement for statement in read.statements if statement.field == field)
    return next((float(s.value) for s in said if s.value.isdecimal()), math.nan)


def _constants(section: PartSection, where: str) -> tuple[Statement, ...]:
    said = []
    for name, text in section.constants.items():
        reading = FIELDS[name].read(text, ReadOptions())
        if reading.value is None:
            why = (reading.reason or "empty").rstrip(".")
            raise MappingError(
                f"the constant {name} = {text!r} is not understood: {why}",
                where=where,
                do="Correct it under [constants]",
            )
        said.append(Statement(name, reading.value, reading.stance))
    return tuple(said)
