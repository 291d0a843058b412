"""Two publishers' lists of persons killed by police, 1 January 2015 to 15 April 2021.

The Washington Post's list holds fatal shootings, Mapping Police Violence's (MPV) all killings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache

import polars as pl

from everyname.ledger import Record
from everyname.vocabulary import Age
from linkage_sets import listed, police_truth
from linkage_sets.data_set import SHARED, DataSet, Records, frame, kept, read
from linkage_sets.police_truth import Corrected, Killing, corrected, parts_of

_DATA = SHARED / "data" / "lists" / "police"
_FILES = (_DATA / "mpv-2021.xlsx", _DATA / "wapo-2021.csv")
_FIRST, _LAST = "2015-01-01", "2021-04-15"
_ID_IN_MPV = "WaPo ID (If included in WaPo database)"
_FIELDS = ("name", "sex", "age", "date", "cause", "latitude", "longitude")


def police() -> DataSet:
    """Both lists, with the published ids as truth, wrong ones among them.

    A record of MPV without an id is a person of its own, as is one whose id is not in the period.
    """
    return _kept("police", _published)


def police_corrected() -> DataSet:
    """Both lists, with the truth that `police_truth` corrects."""
    return _kept("police_corrected", _corrected)


def police_nameless() -> DataSet:
    """Both lists without names, with the corrected truth, which was made with them."""
    return _kept("police_nameless", _nameless)


def _kept(name: str, make: Callable[[], Records]) -> DataSet:
    return kept(
        name,
        make,
        one_to_one=True,
        score="across",
        data=_FILES,
        made_by=[police_truth, listed],
    )


def _published() -> Records:
    pairs = _both()
    truth = [f"mpv {k.key}" if not k.wapo else k.wapo for _, k in pairs]
    return Records(_values(), _lists(), truth)


def _corrected() -> Records:
    persons = correction().person
    return Records(_values(), _lists(), [persons[k.key] for _, k in _both()])


def _nameless() -> Records:
    records = _corrected()
    return Records(records.values.drop("name"), records.lists, records.truth)


@cache
def correction() -> Corrected:
    """The corrected truth, and how much of it was changed."""
    lists: dict[str, list[Killing]] = {"mpv": [], "wapo": []}
    for record, killing in _both():
        lists[_list_of(record)].append(killing)
    return corrected(lists["mpv"], lists["wapo"])


@cache
def _both() -> tuple[tuple[Record, Killing], ...]:
    return tuple((r, _killing(r)) for r in _in_period())


def _in_period() -> Iterator[Record]:
    for file in _FILES:
        for record in listed.records(listed.CASES / "police" / f"{file.stem}.toml", file):
            if _FIRST <= record.value("date") <= _LAST:
                yield record


def _list_of(record: Record) -> str:
    return "wapo" if "id" in dict(record.cells) else "mpv"


def _lists() -> list[str]:
    return [_list_of(record) for record, _ in _both()]


def _values() -> pl.DataFrame:
    return frame([listed.stated(r, *_FIELDS) | {"place": _place(r)} for r, _ in _both()])


def _place(record: Record) -> str | None:
    state = _state(record)
    city = record.value("place")
    return read("place", ", ".join(part for part in (city, state) if part))


def _state(record: Record) -> str:
    cells = dict(record.cells)
    return (cells.get("State") or cells.get("state") or "").strip()


def _killing(record: Record) -> Killing:
    cells = dict(record.cells)
    given = cells.get("id") or cells.get(_ID_IN_MPV, "")
    age = record.value("age")
    return Killing(
        key=f"{_list_of(record)} {record.locator.row}",
        wapo=given.strip() if given.strip().isdigit() else "",
        name=parts_of(record.value("name")),
        date=dt.date.fromisoformat(record.value("date")),
        age=Age.from_text(age) if age else None,
        sex=record.value("sex") or None,
        city=record.value("place").casefold(),
        county=cells.get("County", "").strip().casefold(),
        state=_state(record),
    )
