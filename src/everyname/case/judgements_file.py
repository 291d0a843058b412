"""``hand/judgements.csv``: what people hold about pairs of records."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import cast, get_args

from everyname.errors import CaseError
from everyname.ledger import Decision, Filed, Judgement

COLUMNS = ("record_a", "record_b", "decision", "reviewer", "time", "reason")
SHORTEST_ID = 8


def read_judgements(
    path: Path, records: Sequence[Filed], withdrawn: Collection[str] = ()
) -> tuple[Judgement, ...]:
    """Read judgements and find the records they speak of.

    A record is named by its reference (``source/key``, as in ``out/records.csv``) or by
    the first eight or more digits of its id.

    Parameters
    ----------
    path
        The file; none at all holds no judgements.
    records
        Records in force.
    withdrawn
        References of records that were in force once: judgements on them wait for their return.

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
    if not path.exists():
        return ()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CaseError(
            f"this cannot be read ({error.strerror})", where=str(path), do="Make it a CSV file"
        ) from None
    except UnicodeDecodeError as error:
        raise CaseError(
            f"byte {error.start} is not UTF-8 text", where=str(path), do="Save the file as UTF-8"
        ) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS[:4] if name not in (reader.fieldnames or ())]
    if missing:
        raise CaseError(
            f"the column {missing[0]!r} is missing", where=str(path), do=f"Use {','.join(COLUMNS)}"
        )
    references = _References(records, withdrawn)
    return tuple(
        _judgement(row, references, f"{path.name}, row {reader.line_num}")
        for row in reader
        if any(row.values())
    )


def _judgement(row: Mapping[str, str | None], references: _References, where: str) -> Judgement:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if cells["decision"] not in get_args(Decision):
        raise CaseError(
            f"{cells['decision']!r} is not a decision",
            where=f"{where}, column 'decision'",
            do="Write same, different or unsure",
        )
    if not cells["reviewer"]:
        raise CaseError(
            "nobody is named as the reviewer",
            where=f"{where}, column 'reviewer'",
            do="Say who judged",
        )
    a, b = (references.find(cells[n], f"{where}, column {n!r}") for n in ("record_a", "record_b"))
    if a == b:
        raise CaseError("both records are the same one", where=where, do="Name two records")
    return Judgement(
        record_a=a,
        record_b=b,
        decision=cast("Decision", cells["decision"]),
        reviewer=cells["reviewer"],
        time=cells["time"],
        reason=cells["reason"],
    )


class _References:
    """Finds records by what people write."""

    def __init__(self, records: Sequence[Filed], withdrawn: Collection[str]) -> None:
        self._references = {*withdrawn, *(filed.record.reference for filed in records)}
        self._ids = {filed.id: filed.record.reference for filed in records}
        self._sorted = sorted(self._ids)

    def find(self, text: str, where: str) -> str:
        if text in self._references:
            return text
        if len(text) >= SHORTEST_ID:
            start = bisect_left(self._sorted, text.lower())
            stop = bisect_left(self._sorted, text.lower() + "g")
            found = self._sorted[start:stop]
            if len(found) == 1:
                return self._ids[found[0]]
            if found:
                raise CaseError(
                    f"{len(found)} records begin with {text!r}", where=where, do="Write more of it"
                )
        raise CaseError(
            f"there is no record {text!r} in force",
            where=where,
            do="Take the reference (source/key) from out/records.csv",
        )
