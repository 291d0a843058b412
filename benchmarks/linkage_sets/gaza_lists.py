"""Two releases of one official list, 5 January and 29 March 2024: Arabic names, birth dates."""

from __future__ import annotations

import re

from everyname.ledger import Record
from linkage_sets import listed
from linkage_sets.data_set import SHARED, DataSet, Records, frame, kept

_DATA = SHARED / "data" / "lists" / "gaza-moh"
_FILES = (_DATA / "fatalities_20240105.csv", _DATA / "fatalities_20240329.csv")
_FIELDS = ("name", "sex", "age", "birth_date")


def gaza() -> DataSet:
    """Both releases; who holds a national id with a valid check digit is known, nobody else.

    The id itself is not among the values.
    """
    return kept("gaza", _gaza, one_to_one=False, score="bcubed", data=_FILES, made_by=[listed])


def _gaza() -> Records:
    lists, values, truth = [], [], []
    for file in _FILES:
        for record in listed.records(listed.CASES / "gaza" / f"{file.stem}.toml", file):
            lists.append(file.stem.removeprefix("fatalities_"))
            values.append(listed.stated(record, *_FIELDS))
            truth.append(valid_id(record))
    return Records(frame(values), lists, truth)


def valid_id(record: Record) -> str | None:
    """National id of nine digits: every second doubled, its digits added, the sum ends in 0."""
    number = dict(record.cells).get("gov_id", "")
    if not re.fullmatch(r"[0-9]{9}", number) or number == "0" * 9:
        return None
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(number))
    return None if sum(n if n < 10 else n - 9 for n in doubled) % 10 else number
