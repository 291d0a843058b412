"""Conversion: a table and its mapping become records, every cell accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from everyname.errors import MappingError
from everyname.intake.accounting import CellAccount
from everyname.intake.mapping import ColumnSection, Mapping
from everyname.intake.sourcing import Sourcing
from everyname.intake.table import Table
from everyname.intake.tally import Tally
from everyname.ledger import Locator, Record, Source, Statement, digest
from everyname.vocabulary import FIELDS, Reading, ReadOptions


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a list became.

    Parameters
    ----------
    sources
        The sources that speak in it, by key.
    records
        Its records, in the order of its rows.
    account
        Where every cell went.
    """

    sources: dict[str, Source]
    records: tuple[Record, ...]
    account: CellAccount


class _ColumnReader:
    """Reads the cells of one column, each distinct text once."""

    def __init__(self, name: str, section: ColumnSection) -> None:
        self.name = name
        self.fields = section.fields
        self._options = ReadOptions(date_order=section.order, codes=section.codes)
        self._known: dict[str, tuple[tuple[str, Reading], ...]] = {}

    def read(self, text: str) -> tuple[tuple[str, Reading], ...]:
        readings = self._known.get(text)
        if readings is None:
            readings = tuple((name, FIELDS[name].read(text, self._options)) for name in self.fields)
            self._known[text] = readings
        return readings


def convert(table: Table, mapping: Mapping, document: str, where: str) -> Conversion:
    """Make records of a table.

    A row in which no mapped column holds anything (a footer, a remark) becomes no record: it is
    noted, and its cells count as kept. A partner's number that occurs twice gets a suffix.

    Parameters
    ----------
    table
        The list's cells.
    mapping
        Which column is which field.
    document
        SHA-256 of the list's file.
    where
        Name of the mapping file, for messages.

    Returns
    -------
    Conversion
        Sources, records and the account of all cells.

    Raises
    ------
    MappingError
        The mapping does not fit the table, or gives a constant that its field cannot hold.
    """
    mapping.fit(table, where)
    constants = _constants(mapping, where)
    readers = [_ColumnReader(name, section) for name, section in mapping.columns.items()]
    sourcing = Sourcing(mapping)
    used = {reader.name for reader in readers} | sourcing.columns
    position = {name: index for index, name in enumerate(table.columns)}
    tally = Tally(table)
    keys: Counter[str] = Counter()
    records: list[Record] = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        filled = any(row[position[name]].strip() for name in used)
        if not filled:
            _keep_row(tally, table, number, row)
            continue
        statements, refused = _statements(tally, readers, position, number, row)
        source = sourcing.source(row, position)
        for name, text in zip(table.columns, row, strict=True):
            _keep_cell(tally, name, text, number, mapped=name in mapping.columns,
                       sourced=name in sourcing.columns)  # fmt: skip
        own = row[position[mapping.records.key]].strip() if mapping.records.key else ""
        wanted = f"{source.key}/{sourcing.prefix(source)}{own or _of_content(row)}"
        reference = _distinct(wanted, keys)
        if own and reference != wanted:
            reason = "this number stands in an earlier row too: both rows are kept"
            tally.note(number, mapping.records.key, own, "flagged", reason)
        records.append(
            Record(
                source=source.key,
                kind=mapping.records.kind,
                key=reference.removeprefix(f"{source.key}/"),
                document=document,
                locator=Locator(table.sheet, number),
                statements=_merged(statements, constants, refused),
                cells=tuple(zip(table.columns, row, strict=True)),
            )
        )
    account = CellAccount(
        file=table.file,
        dialect=table.dialect,
        rows=len(table.rows),
        records=len(records),
        cells=table.cells,
        parsed=tally.parsed,
        headers=table.above + len(table.columns),
        empty=tally.empty,
        unmapped=tally.unmapped,
        rejected=tally.rejected,
        notes=tally.all_notes(),
    )
    return Conversion(sourcing.sources, tuple(records), account)


def _of_content(row: Sequence[str]) -> str:
    """Make a key of a row's cells where no column numbers the rows.

    The row's position would give the key to another row as soon as one is inserted above.
    """
    return f"~{digest(*row)[:12]}"


def _constants(mapping: Mapping, where: str) -> tuple[Statement, ...]:
    said = []
    for name, text in mapping.constants.items():
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


def _merged(
    statements: Sequence[Statement], constants: Sequence[Statement], refused: Collection[str]
) -> tuple[Statement, ...]:
    """Add the constants of fields on which the row itself says nothing.

    A cell that was not understood says something too: no constant speaks over it.
    """
    said = {*refused, *(statement.field for statement in statements)}
    return tuple(dict.fromkeys((*statements, *(c for c in constants if c.field not in said))))


def _statements(
    tally: Tally,
    readers: Sequence[_ColumnReader],
    position: dict[str, int],
    number: int,
    row: Sequence[str],
) -> tuple[list[Statement], set[str]]:
    """Read the mapped cells of a row: what they say, and the fields that were refused."""
    said: list[Statement] = []
    refused: set[str] = set()
    for reader in readers:
        text = row[position[reader.name]]
        readings = reader.read(text)
        understood = [(name, r) for name, r in readings if r.value is not None]
        said.extend(Statement(name, r.value or "", r.stance) for name, r in understood)
        rejected = [r.reason for _, r in readings if r.reason]
        if understood:
            tally.parsed += 1
        elif rejected:
            tally.rejected += 1
        else:
            tally.empty += 1
        refused.update(name for name, r in readings if r.reason)
        for _, reading in readings:
            for flag in reading.flags:
                tally.doubt(number, reader.name, text, flag)
        for reason in rejected:
            # Understood as one field and not as another: the cell counts as parsed, with a doubt.
            tally.note(number, reader.name, text, "flagged" if understood else "rejected", reason)
    return said, refused


def _keep_cell(
    tally: Tally, name: str, text: str, number: int, *, mapped: bool, sourced: bool
) -> None:
    """Count a cell that no field takes."""
    if mapped:
        return
    if not text.strip():
        tally.empty += 1
    elif sourced:
        tally.parsed += 1
    else:
        tally.unmapped += 1
        _note_formula(tally, number, name, text)


def _keep_row(tally: Tally, table: Table, number: int, row: Sequence[str]) -> None:
    filled = [(n, t) for n, t in zip(table.columns, row, strict=True) if t.strip()]
    tally.unmapped += len(filled)
    tally.empty += len(row) - len(filled)
    for name, text in filled:
        _note_formula(tally, number, name, text)
    if filled:
        tally.note(
            number,
            "",
            " | ".join(text for _, text in filled),
            "flagged",
            "no mapped column holds anything in this row: it makes no record",
        )


def _note_formula(tally: Tally, number: int, name: str, text: str) -> None:
    if text.startswith("="):
        tally.note(number, name, text, "flagged", "starts with '=': kept as text, not evaluated")


def _distinct(key: str, taken: Counter[str]) -> str:
    """Give a key that occurred before a suffix that no other key has."""
    candidate = key
    while taken[candidate]:
        taken[key] += 1
        candidate = f"{key}#{taken[key]}"
    taken[candidate] += 1
    return candidate
