"""Conversion: a table and its mapping become records, every cell accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from everyname.intake.accounting import CellAccount
from everyname.intake.cells import BATCH
from everyname.intake.column_reading import EMPTY, PARSED, REJECTED
from everyname.intake.mapping import AlsoSection, Mapping
from everyname.intake.row_part import RowPart
from everyname.intake.silent_row import HEADER, OF_SOMEBODY, TOTAL, repeated_headers, total_rows
from everyname.intake.sourcing import Sourcing
from everyname.intake.table import Table
from everyname.intake.tally import Tally
from everyname.ledger import Locator, Record, Source, digest

NOTHING = "no mapped column says anything of anybody in this row: it makes no record"

NOT_READ = -1
"""Outcome of a cell that no reading of its row takes."""


@dataclass(frozen=True, slots=True)
class RecordsOfTable:
    """The records of a list, made as they are asked for: never all in memory.

    Parameters
    ----------
    table
        The list.
    document
        SHA-256 of its file.
    parts
        The records that a row makes, the main one first.
    filled
        For each part, the rows that make one; each of shape (rows,), bool.
    keys
        Key of each row that makes a record, with the source before it: ``source/key``.
    """

    table: Table
    document: str
    parts: tuple[RowPart, ...]
    filled: tuple[np.ndarray, ...]
    keys: tuple[str, ...]

    def __len__(self) -> int:
        return int(sum(rows.sum() for rows in self.filled))

    def __iter__(self) -> Iterator[Record]:
        rows, keys = self.table.rows(), iter(self.keys)
        any_filled = np.logical_or.reduce(self.filled)
        for start in range(0, len(self.table), BATCH):
            span = slice(start, start + BATCH)
            codes = [part.codes(span) for part in self.parts]
            makes = [filled[span].tolist() for filled in self.filled]
            for at, some in enumerate(any_filled[span].tolist()):
                row = next(rows)
                if not some:
                    continue
                source, _, key = next(keys).partition("/")
                cells = tuple(zip(self.table.columns, row, strict=False))
                locator = Locator(self.table.sheet, self.table.numbers[start + at])
                for part, of_part, made in zip(self.parts, codes, makes, strict=True):
                    if made[at]:
                        kind, statements = part.says(of_part[at])
                        yield Record(
                            source=source,
                            kind=kind,
                            key=f"{key}/{part.name}" if part.name else key,
                            document=self.document,
                            locator=locator,
                            statements=statements,
                            cells=cells,
                        )


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
    records: RecordsOfTable
    account: CellAccount


def convert(
    table: Table,
    mapping: Mapping,
    document: str,
    where: str,
    progress: Callable[[str], None] = lambda _: None,
) -> Conversion:
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
    progress
        Told in a few words what is being read.

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
    main = RowPart.of(table, mapping, "", mapping.records.kind, where, progress)
    also = (RowPart.of(table, each, each.name, each.kind, where, progress) for each in mapping.also)
    parts = (main, *also)
    sourcing = Sourcing(mapping)
    filled = [part.filled(len(table)) for part in parts]
    for at, each in enumerate(mapping.also, start=1):
        if each.needs:
            filled[at] &= _filled_columns(table, each.needs)
    tally = Tally(table)
    tally.grid()
    silent = _without_silent(table, mapping, parts, filled, tally)
    progress(f"naming the rows of {table.file}")
    keys = _keys(table, mapping, sourcing, np.logical_or.reduce(filled), tally)
    records = RecordsOfTable(table, document, parts, tuple(filled), keys)
    account = _account(records, sourcing.columns, tally, silent)
    return Conversion(sourcing.sources, records, account)


def _without_silent(
    table: Table,
    mapping: Mapping,
    parts: Sequence[RowPart],
    filled: list[np.ndarray],
    tally: Tally,
) -> np.ndarray:
    """Take out rows that only add up the others, or repeat the header, and note them."""
    any_filled = np.logical_or.reduce(filled)
    headers = repeated_headers(table, tuple(mapping.columns)) & any_filled
    silent = [(headers, HEADER)]
    if mapping.records.kind == "person" and table.columns:
        names = (name for name, section in mapping.columns.items() if "name" in section.fields)
        key = (mapping.records.key,) if mapping.records.key else ()
        totals = total_rows(table, (*key, *names)) & any_filled & ~headers
        silent.append((totals & ~parts[0].stating(OF_SOMEBODY, len(table)), TOTAL))
    for rows, reason in silent:
        _note_rows(table, rows, reason, tally)
    out: np.ndarray = np.logical_or.reduce([rows for rows, _ in silent])
    filled[:] = [rows & ~out for rows in filled]
    return out


def _filled_columns(table: Table, names: Sequence[str]) -> np.ndarray:
    filled = np.zeros(len(table), dtype=bool)
    for name in names:
        filled |= (table.column(name).str.strip_chars() != "").to_numpy()
    return filled


def _keys(
    table: Table, mapping: Mapping, sourcing: Sourcing, filled: np.ndarray, tally: Tally
) -> tuple[str, ...]:
    """Name each row that makes a record; note numbers that stand in an earlier row too."""
    position = {name: at for at, name in enumerate(table.columns)}
    own_at = position.get(mapping.records.key)
    taken: Counter[str] = Counter()
    keys = []
    for number, row, makes in zip(table.numbers, table.rows(), filled.tolist(), strict=True):
        if not makes:
            continue
        source = sourcing.source(row, position)
        own = row[own_at].strip() if own_at is not None and own_at < len(row) else ""
        wanted = f"{source.key}/{sourcing.prefix(source)}{own or _of_content(row)}"
        key = _distinct(wanted, taken, mapping.also)
        if own and key != wanted:
            reason = "this number stands in an earlier row too: both rows are kept"
            tally.note(number, mapping.records.key, own, "flagged", reason)
        keys.append(key)
    return tuple(keys)


def _of_content(row: Sequence[str]) -> str:
    """Make a key of a row's cells where no column numbers the rows.

    The row's position would give the key to another row as soon as one is inserted above.
    """
    return f"~{digest(*row)[:12]}"


def _distinct(key: str, taken: Counter[str], also: Sequence[AlsoSection]) -> str:
    """Give a key that occurred before a suffix, so that neither it nor one made of it is taken."""

    def all_of(candidate: str) -> list[str]:
        return [candidate, *(f"{candidate}/{part.name}" for part in also)]

    candidate = key
    while any(taken[each] for each in all_of(candidate)):
        taken[key] += 1
        candidate = f"{key}#{taken[key]}"
    taken.update(all_of(candidate))
    return candidate


def _account(
    records: RecordsOfTable, sourced: frozenset[str], tally: Tally, silent: np.ndarray
) -> CellAccount:
    table = records.table
    outcomes: dict[str, np.ndarray] = {}
    making: np.ndarray = np.logical_or.reduce(records.filled)
    for part, rows in zip(records.parts, records.filled, strict=True):
        for reading in part.readings:
            tally.column(reading, ~rows)
            outcome = np.where(rows, reading.outcomes, NOT_READ)
            for name in reading.columns:
                outcomes[name] = np.maximum(outcomes.get(name, outcome), outcome)
    for name in sourced - outcomes.keys():
        outcomes[name] = np.where(making, PARSED, NOT_READ)
    holding = table.holding()
    parsed = rejected = silent_cells = read = 0
    for name, outcome in outcomes.items():
        holds = _filled_columns(table, (name,))
        parsed += int((outcome[holds] == PARSED).sum())
        rejected += int((outcome[holds] == REJECTED).sum())
        silent_cells += int((outcome[holds] == EMPTY).sum())
        # What stands in a row that makes no record is kept, whatever it could be read as.
        read += int((outcome[holds] != NOT_READ).sum())
    filled = int(holding.sum())
    for part in records.parts:
        for at in np.flatnonzero(part.disordered(len(table))).tolist():
            reason = "a lower bound of the number stands above a higher one: look at the source"
            tally.note(table.numbers[at], "", part.name, "flagged", reason)
    _note_rows(table, ~making & ~silent & (holding > 0), NOTHING, tally)
    _note_formulas(table, frozenset(outcomes), tally)
    return CellAccount(
        file=table.file,
        dialect=table.dialect,
        rows=len(table),
        records=len(records),
        cells=table.count,
        parsed=parsed,
        headers=table.headers,
        # Cells that hold nothing, and those of mapped columns whose text says nothing ("-").
        empty=int(table.widths.sum()) - filled + silent_cells,
        unmapped=filled - read,
        rejected=rejected,
        notes=tally.notes(),
        understood=tuple(
            dict.fromkeys(
                f"{reading.name}: {reading.understood}"
                for part in records.parts
                for reading in part.readings
                if reading.understood
            )
        ),
    )


def _note_rows(table: Table, rows: np.ndarray, reason: str, tally: Tally) -> None:
    for at in np.flatnonzero(rows).tolist():
        text = " | ".join(cell for cell in table.row(at) if cell.strip())
        tally.note(table.numbers[at], "", text, "flagged", reason)


def _note_formulas(table: Table, read: frozenset[str], tally: Tally) -> None:
    """Note what would be a formula in a spreadsheet, in columns that no field takes."""
    for at, column in table.starting_with("="):
        name = table.columns[column]
        if name not in read:
            reason = "starts with '=': kept as text, not evaluated"
            tally.note(table.numbers[at], name, table.row(at)[column], "flagged", reason)
