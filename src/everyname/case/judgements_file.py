"""``hand/judgements.csv``: what people hold about pairs of records."""

from __future__ import annotations

from pathlib import Path
from typing import cast, get_args

from everyname.case.hand_file import SIGNED, HandLine, References, read_lines
from everyname.errors import CaseError
from everyname.ledger import Decision, Judgement

COLUMNS = ("record_a", "record_b", "decision", *SIGNED)


def read_judgements(path: Path, references: References) -> tuple[Judgement, ...]:
    """Read judgements and find the records they speak of.

    Parameters
    ----------
    path
        The file; none at all holds no judgements.
    references
        Finds the records.

    Returns
    -------
    tuple of Judgement
        In the file's order, their records named by reference.

    Raises
    ------
    CaseError
        A column is missing, a decision is not same, different or unsure, the reviewer is
        missing, or a record is not found.
    """
    return tuple(_judgement(line, references) for line in read_lines(path, COLUMNS))


def _judgement(line: HandLine, references: References) -> Judgement:
    decision = line.cells["decision"]
    if decision not in get_args(Decision):
        raise CaseError(
            f"{decision!r} is not a decision",
            where=line.at("decision"),
            do="Write same, different or unsure",
        )
    reviewer = line.reviewer()
    a, b = (references.find(line, name) for name in ("record_a", "record_b"))
    if a == b:
        raise CaseError("both records are the same one", where=line.where, do="Name two records")
    return Judgement(
        record_a=a,
        record_b=b,
        decision=cast("Decision", decision),
        reviewer=reviewer,
        time=line.cells["time"],
        reason=line.cells["reason"],
    )
