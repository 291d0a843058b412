"""``hand/corrections.csv``: what records say wrongly, and what holds instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from everyname.case.hand_file import SIGNED, HandLine, References, read_lines
from everyname.ledger import Correction

COLUMNS = ("record", "field", "value", *SIGNED)


def read_corrections(path: Path, references: References) -> tuple[Correction, ...]:
    """Read corrections and find the records they are made in.

    Parameters
    ----------
    path
        The file; none at all holds no corrections.
    references
        Finds the records.

    Returns
    -------
    tuple of Correction
        In the file's order; the last one on a field of a record holds.

    Raises
    ------
    CaseError
        A column is missing, a record is not found or has no such field, a value is not
        understood, or the reviewer is missing.
    """
    return tuple(_correction(line, references) for line in read_lines(path, COLUMNS))


def _correction(line: HandLine, references: References) -> Correction:
    record = references.find(line, "record")
    field = references.field(line, record)
    reading = line.value(field)
    return Correction(
        record=record,
        field=field,
        value=reading.value or "",
        reviewer=line.reviewer(),
        time=line.cells["time"],
        reason=line.cells["reason"],
        stance=reading.stance,
    )


def in_another_order(held: Iterable[Correction], wanted: Iterable[Correction]) -> set[str]:
    """Find what has to be entered anew for the last line of the file to be the last in force.

    Parameters
    ----------
    held
        Corrections in force, in the order in which they were made.
    wanted
        Those of the file, in its order.

    Returns
    -------
    set of str
        Ids of corrections among both: taken back and made again, they come in the file's order.
    """
    ids = {correction.id for correction in wanted}
    standing = _by_field(correction for correction in held if correction.id in ids)
    anew: set[str] = set()
    for field, file_order in _by_field(wanted).items():
        order = standing.get(field, [])
        same = 0
        while same < len(order) and order[same] == file_order[same]:
            same += 1
        anew.update(order[same:])
    return anew


def _by_field(corrections: Iterable[Correction]) -> dict[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for correction in corrections:
        found[correction.record, correction.field][correction.id] = None
    return {field: list(ids) for field, ids in found.items()}
