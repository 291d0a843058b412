"""Latitude and longitude in decimal degrees."""

from __future__ import annotations

import re

from everyname.vocabulary.cell import ascii_digits, tidy
from everyname.vocabulary.reading import Reading, refuse

_DECIMAL = re.compile(
    r"([+\-−]?)([0-9]{1,3})(?:[.,]([0-9]{1,20}))?\s*°?\s*([nsew]?)", re.IGNORECASE
)
_SEXAGESIMAL = re.compile(
    r"([0-9]{1,3})\s*°\s*([0-9]{1,2})\s*['′’]\s*(?:([0-9]{1,2}(?:\.[0-9]{1,9})?)\s*(?:\"|″|''|”)\s*)?([nsew])",
    re.IGNORECASE,
)


def parse_latitude(text: str) -> Reading:
    """Read a latitude, -90 to 90 degrees, south negative; six decimals are kept."""
    return _parse(text, 90, "NS", "latitude")


def parse_longitude(text: str) -> Reading:
    """Read a longitude, -180 to 180 degrees, west negative; six decimals are kept."""
    return _parse(text, 180, "EW", "longitude")


def _parse(text: str, limit: int, sides: str, name: str) -> Reading:
    plain = ascii_digits(tidy(text))
    if not plain:
        return Reading()
    if found := _DECIMAL.fullmatch(plain):
        degrees, side = float(f"{found[2]}.{found[3] or 0}"), found[4].upper()
        negative = bool(found[1].strip("+"))
    elif found := _SEXAGESIMAL.fullmatch(plain):
        minutes, seconds = int(found[2]), float(found[3] or 0)
        if minutes >= 60 or seconds >= 60:
            return refuse(f"{plain!r} has 60 minutes or seconds or more: correct it")
        degrees, side = int(found[1]) + minutes / 60 + seconds / 3600, found[4].upper()
        negative = False
    else:
        return refuse(f"{plain[:40]!r} is not a {name}: write decimal degrees, such as 39.911")
    if side and (side not in sides or negative):
        return refuse(f"{plain!r} is not a {name}: the letter must be {' or '.join(sides)}")
    if degrees > limit:
        return refuse(f"{plain!r} is beyond {limit} degrees: are two columns exchanged?")
    shown = f"{degrees:.6f}".rstrip("0").rstrip(".")
    below_zero = (negative or side in {"S", "W"}) and shown != "0"
    return Reading(f"-{shown}" if below_zero else shown)
