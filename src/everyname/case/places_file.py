"""``hand/places.csv``: the places that a case knows, and what they are called."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from everyname.case.hand_file import HandLine, read_lines
from everyname.errors import CaseError
from everyname.vocabulary import PLACE_PRECISION, Reading
from everyname.vocabulary.cell import tidy
from everyname.vocabulary.coordinate import parse_latitude, parse_longitude
from everyname.vocabulary.gazetteer import Gazetteer
from everyname.vocabulary.gazetteer_place import GazetteerPlace
from everyname.vocabulary.gazetteer_problems import problems

COLUMNS = ("name", "other names", "precision", "latitude", "longitude", "within", "note")

_COLUMN = {"names": "other names"}
_BETWEEN = re.compile("[;؛]")


def read_places(path: Path) -> Gazetteer:
    """Read the places of a case.

    Parameters
    ----------
    path
        The file; none at all lists no places.

    Raises
    ------
    CaseError
        A column is missing or has another name, a name is missing, a precision or a coordinate is
        not understood, a place lies within one that is not listed or that several names fit, two
        lines are of the same place, or places lie within each other.
    """
    lines = list(read_lines(path, COLUMNS))
    if path.exists():
        _refuse_other_columns(path)
    places = tuple(map(_place, lines))
    for problem in problems(places):
        raise CaseError(
            problem.found,
            where=lines[problem.position].at(_COLUMN.get(problem.part, problem.part)),
            do=problem.do,
        )
    return Gazetteer(places)


def _refuse_other_columns(path: Path) -> None:
    """Refuse a column of another name, such as "whithin", whose cells would be passed over."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    for name in header:
        if name and name not in COLUMNS:
            raise CaseError(
                f"there is no column {name[:60]!r}", where=str(path), do=f"Use {','.join(COLUMNS)}"
            )


def _place(line: HandLine) -> GazetteerPlace:
    name = tidy(line.cells["name"])
    if not name:
        raise CaseError("there is no name", where=line.at("name"), do="Write the place's name")
    others = map(tidy, _BETWEEN.split(line.cells["other names"]))
    precision = _read(line, "precision", PLACE_PRECISION.read)
    latitude, longitude = (
        _read(line, column, parse)
        for column, parse in (("latitude", parse_latitude), ("longitude", parse_longitude))
    )
    return GazetteerPlace(
        name=name,
        precision=precision or "unknown",
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        within=tidy(line.cells["within"]),
        names=tuple(dict.fromkeys(other for other in others if other)),
    )


def _read(line: HandLine, column: str, read: Callable[[str], Reading]) -> str | None:
    reading = read(line.cells[column])
    if reading.rejected:
        raise CaseError(
            f"this is not understood ({reading.reason})",
            where=line.at(column),
            do="Correct it, or leave it empty",
        )
    return reading.value
