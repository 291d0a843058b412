"""Exporting: a list that was taken in, given back as the table that it was."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path

from everyname.case.folder import CaseFolder
from everyname.case.list_mapping import ListMapping
from everyname.errors import CaseError, LedgerAltered
from everyname.intake import Table, mapped_table, read_grid
from everyname.ledger import Delivery, LedgerReader


@dataclass(frozen=True, slots=True)
class Exported:
    """A table that was given back.

    Parameters
    ----------
    rows, cells
        Of the table, the header and what stands above it included.
    records
        Records of the ledger whose cells were found in it, cell by cell.
    """

    rows: int
    cells: int
    records: int


def export_list(path: Path, file: str, out: Path, *, force: bool = False) -> Exported:
    """Write the table behind a list's latest delivery as CSV.

    The table is read from the preserved original, and held against the ledger: every record's
    cells must stand in the row that the record names, of the original or, where its format brings
    rows into another form, of that form. The file has the cells of the original, character for
    character, as UTF-8 with commas.

    Parameters
    ----------
    path
        The case folder.
    file
        Name under ``lists/``.
    out
        CSV file to be written.
    force
        Whether it may replace a file, or lie inside the case folder.

    Returns
    -------
    Exported
        What was written and compared.

    Raises
    ------
    CaseError
        The list was never taken in, or its mapping changed since; or `out` is there already or
        lies inside the case folder.
    LedgerAltered
        A record is not what the original says.
    TableError, LedgerError
        The original cannot be read.
    """
    _refuse(path, out, force=force)
    folder = CaseFolder(path)
    with LedgerReader(folder.ledger) as ledger:
        delivery = ledger.deliveries().get(file)
        if delivery is None:
            raise CaseError(
                f"no list {file!r} was taken in", where=str(path), do="Run the case first"
            )
        listed = ListMapping.of(folder, file)
        if listed.digest != delivery.mapping:
            raise CaseError(
                f"the mapping of {file} changed since it was taken in",
                where=str(path),
                do="Run the case first",
            )
        with tempfile.TemporaryDirectory() as temporary:
            original = Path(temporary) / Path(file).name
            original.write_bytes(folder.originals.read(delivery.document))
            section = listed.mapping.table
            table = mapped_table(original, section)
            cells = (read_grid(original, section.options()) if section.format else table.grid).cells
        records = _compared(ledger, delivery, table)
    with out.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows(cells.rows())
    return Exported(len(cells), cells.count, records)


def _refuse(path: Path, out: Path, *, force: bool) -> None:
    """Refuse to write into the case folder, or over a file unless told to."""
    if out.resolve().is_relative_to(path.resolve()):
        raise CaseError(
            "the file to be written lies inside the case folder",
            where=str(out),
            do="Name a file elsewhere",
        )
    if not force and (out.exists() or out.is_symlink()):
        raise CaseError(
            "the file to be written is there already",
            where=str(out),
            do="Name another file, or use --force",
        )


def _compared(ledger: LedgerReader, delivery: Delivery, table: Table) -> int:
    """Hold the records of a delivery against the rows that they name."""
    compared = 0
    rows = zip(table.numbers, table.rows(), strict=True)
    number, row = 0, [""]
    for filed in ledger.delivered(delivery):
        while number < filed.record.locator.row:
            number, row = next(rows, (filed.record.locator.row, []))
        if [text for _, text in filed.record.cells] != row:
            raise LedgerAltered(
                f"record {filed.record.reference} does not say what its row says",
                where=table.where(filed.record.locator.row),
                do="Run: everyname verify",
            )
        compared += 1
    return compared
