"""Exporting: a list that was taken in, given back as the table that it was."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path

from everyname.case.folder import CaseFolder
from everyname.case.list_mapping import ListMapping
from everyname.errors import CaseError, LedgerAltered
from everyname.intake import Table, mapped_table
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


def export_list(path: Path, file: str, out: Path) -> Exported:
    """Write the table behind a list's latest delivery as CSV.

    The table is read from the preserved original, and held against the ledger: every record's
    cells must stand in the row that the record names. The file has the cells of the original,
    character for character, as UTF-8 with commas.

    Parameters
    ----------
    path
        The case folder.
    file
        Name under ``lists/``.
    out
        CSV file to be written.

    Returns
    -------
    Exported
        What was written and compared.

    Raises
    ------
    CaseError
        The list was never taken in, or its mapping changed since.
    LedgerAltered
        A record is not what the original says.
    TableError, LedgerError
        The original cannot be read.
    """
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
            table = mapped_table(original, listed.mapping.table)
        records = _compared(ledger, delivery, table)
    with out.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows(table.grid.cells.rows())
    return Exported(len(table.grid.cells), table.count, records)


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
