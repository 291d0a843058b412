"""``hand/rulings.csv``: which value holds of a person on whom sources disagree."""

from __future__ import annotations

from pathlib import Path

from everyname.case.hand_file import SIGNED, HandLine, References, read_lines
from everyname.counts import RULED_FIELDS
from everyname.errors import CaseError
from everyname.ledger import Ruling

COLUMNS = ("record", "field", "value", *SIGNED)


def read_rulings(path: Path, references: References) -> tuple[Ruling, ...]:
    """Read rulings and find the records whose persons they are about.

    Parameters
    ----------
    path
        The file; none at all holds no rulings.
    references
        Finds the records.

    Returns
    -------
    tuple of Ruling
        In the file's order.

    Raises
    ------
    CaseError
        A column is missing, a record is not found or is not about a person, nothing is ruled on
        the field, a value is missing or not understood, or the reviewer is missing.
    """
    return tuple(_ruling(line, references) for line in read_lines(path, COLUMNS))


def _ruling(line: HandLine, references: References) -> Ruling:
    record = references.find(line, "record")
    if references.kind(record) != "person":
        raise CaseError(
            f"a {references.kind(record)} record is not about a person",
            where=line.at("record"),
            do="Correct what it says in hand/corrections.csv",
        )
    field = line.cells["field"]
    if field not in RULED_FIELDS:
        raise CaseError(
            f"nothing is ruled on the field {field[:60]!r}",
            where=line.at("field"),
            do=f"Rule on {', '.join(RULED_FIELDS)}; correct others in hand/corrections.csv",
        )
    reading = line.value(field)
    if reading.value is None:
        raise CaseError("no value is given", where=line.at("value"), do="Write one, or: unknown")
    return Ruling(
        record=record,
        field=field,
        value=reading.value,
        reviewer=line.reviewer(),
        time=line.cells["time"],
        reason=line.cells["reason"],
        stance=reading.stance,
    )
