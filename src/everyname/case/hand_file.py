"""Hand files: CSV files under ``hand/``, in which people write down what they decided."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from everyname.case.folder import CaseFolder
from everyname.errors import CaseError
from everyname.ledger import LedgerReader
from everyname.vocabulary import FIELDS, Reading, ReadOptions

SIGNED = ("reviewer", "time", "reason")
"""Columns that every hand file ends with; the last two may be missing."""


def hand_file(folder: CaseFolder, kind: str) -> Path:
    """Where decisions of a kind are written down, such as ``hand/corrections.csv``."""
    return folder.path / "hand" / f"{kind}s.csv"


@dataclass(frozen=True, slots=True)
class HandLine:
    """One line of a hand file.

    Parameters
    ----------
    cells
        Text by column, without white space around it; empty where the line has none.
    where
        File and row, for messages.
    """

    cells: Mapping[str, str]
    where: str

    def at(self, column: str) -> str:
        """File, row and column, for messages."""
        return f"{self.where}, column {column!r}"

    def reviewer(self) -> str:
        """Who decided.

        Raises
        ------
        CaseError
            Nobody is named.
        """
        if not self.cells["reviewer"]:
            raise CaseError(
                "nobody is named as the reviewer", where=self.at("reviewer"), do="Say who judged"
            )
        return self.cells["reviewer"]

    def value(self, field: str) -> Reading:
        """Read the column ``value`` as a field.

        Raises
        ------
        CaseError
            It is not understood.
        """
        reading = FIELDS[field].read(self.cells["value"], ReadOptions())
        if reading.rejected:
            raise CaseError(
                f"this is not understood as {field} ({reading.reason})",
                where=self.at("value"),
                do="Write a date as 2031-02-03, a code as docs/case.md lists it",
            )
        return reading


def read_lines(path: Path, columns: tuple[str, ...]) -> Iterator[HandLine]:
    """Read a hand file line by line; lines without any text are passed over.

    Parameters
    ----------
    path
        The file; where there is none, there are no lines.
    columns
        Its columns, `SIGNED` being the last.

    Raises
    ------
    CaseError
        It cannot be read, or a column is missing.
    """
    if not path.exists():
        return
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    missing = [name for name in columns[:-2] if name not in (reader.fieldnames or ())]
    if missing:
        raise CaseError(
            f"the column {missing[0]!r} is missing", where=str(path), do=f"Use {','.join(columns)}"
        )
    for row in reader:
        if any(row.values()):
            cells = {name: (row.get(name) or "").strip() for name in columns}
            yield HandLine(cells, f"{path.name}, row {reader.line_num}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CaseError(
            f"this cannot be read ({error.strerror})", where=str(path), do="Make it a CSV file"
        ) from None
    except UnicodeDecodeError as error:
        raise CaseError(
            f"byte {error.start} is not UTF-8 text", where=str(path), do="Save the file as UTF-8"
        ) from None


class References:
    """Finds records by what people write: a reference, or the first digits of an id.

    Parameters
    ----------
    ledger
        Knows every record that was ever entered: what is decided on one that is withdrawn, or no
        longer listed, waits for its return.
    """

    def __init__(self, ledger: LedgerReader) -> None:
        self._ledger = ledger

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return self._ledger.kinds()

    def find(self, line: HandLine, column: str) -> str:
        """Reference of the record that a line names.

        Raises
        ------
        CaseError
            There is no such record, or there are several.
        """
        text, where = line.cells[column], line.at(column)
        if text in self._kinds:
            return text
        found = self._ledger.named(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise CaseError(
                f"{len(found)} records begin with {text[:60]!r}", where=where, do="Write more of it"
            )
        if self._ledger.was_erased(text):
            raise CaseError("this record was erased", where=where, do="Remove the line")
        raise CaseError(
            f"there is no record {text[:60]!r} in force, nor was there",
            where=where,
            do="Take the reference (source/key) from out/records.csv",
        )

    def field(self, line: HandLine, reference: str) -> str:
        """Name of the field that a line names, which a record of this kind has.

        Raises
        ------
        CaseError
            It has no such field.
        """
        name, kind = line.cells["field"], self._kinds[reference]
        if name not in FIELDS or kind not in FIELDS[name].kinds:
            allowed = ", ".join(n for n, f in FIELDS.items() if kind in f.kinds)
            raise CaseError(
                f"a {kind} record has no field {name[:60]!r}",
                where=line.at("field"),
                do=f"It has {allowed}",
            )
        return name

    def kind(self, reference: str) -> str:
        """Kind of the record of a reference."""
        return self._kinds[reference]
