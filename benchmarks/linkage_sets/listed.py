"""Real lists as the project's own intake reads them, with the cells beside the statements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from everyname.intake import Mapping, convert, read_table
from everyname.ledger import Record

CASES = Path(__file__).parents[1] / "real_cases"


def records(mapping_file: Path, file: Path) -> Iterator[Record]:
    """Person records of a list, read without a ledger."""
    mapping = Mapping.load(mapping_file)
    table = read_table(file, mapping.table.options())
    for record in convert(table, mapping, "0" * 64, mapping_file.name).records:
        if record.kind == "person":
            yield record


def stated(record: Record, *fields: str) -> dict[str, str | None]:
    """What a record asserts of these fields."""
    return {field: record.value(field) or None for field in fields}
