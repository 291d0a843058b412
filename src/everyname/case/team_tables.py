"""Tables for the team that works on a case; not for publication."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from everyname.case.stage import write_text
from everyname.intake import CellAccount
from everyname.ledger import Filed


def write_notes(accounts: Iterable[CellAccount], path: Path) -> None:
    """Write every rejected or flagged cell.

    Parameters
    ----------
    accounts
        One a file.
    path
        The CSV file.
    """
    rows = [
        (n.file, n.sheet, n.row or "", n.column, n.outcome, n.times, n.reason, inert(n.text))
        for account in accounts
        for n in account.notes
    ]
    header = ("file", "sheet", "row", "column", "outcome", "times", "reason", "text")
    _write(path, header, rows)


def write_records(filed: Iterable[Filed], persons: dict[str, str], path: Path) -> None:
    """Write which record is where, and whom it is about.

    Parameters
    ----------
    filed
        Records in force.
    persons
        Person id by record id.
    path
        The CSV file.
    """
    rows = [
        (
            inert(f.record.reference), f.id, f.record.kind, f.file, f.record.locator.sheet,
            f.record.locator.row, persons.get(f.id, ""),
        )
        for f in filed
    ]  # fmt: skip
    _write(path, ("reference", "record", "kind", "file", "sheet", "row", "person"), rows)


def inert(text: str) -> str:
    """Keep a spreadsheet program from taking a text for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write_text(path, text.getvalue())
