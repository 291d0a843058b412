"""Readers of the fields: each takes any text and never raises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.age_text import parse_age
from everyname.vocabulary.cell import BLANKS, NAME_BLANKS, NUMBER_BLANKS, read_cell
from everyname.vocabulary.code_list import CodeList
from everyname.vocabulary.coordinate import parse_latitude, parse_longitude
from everyname.vocabulary.date_text import parse_date
from everyname.vocabulary.person_name import PersonName
from everyname.vocabulary.quantity import parse_quantity
from everyname.vocabulary.reading import Reading, ReadOptions, refuse
from everyname.vocabulary.victim_class import victim_class

Reader = Callable[[str, ReadOptions], Reading]
Bound = Literal["low", "best", "high"]

LONGEST_TEXT = 1_000_000
"""Characters allowed in a note; about the longest testimony."""


def read_name(text: str, options: ReadOptions) -> Reading:
    """Read a person's name; a text that stands in place of a name has the stance "unknown"."""
    return read_cell(text, options, _name, blanks=NAME_BLANKS, unknown_words=False)


def _name(text: str, _options: ReadOptions) -> Reading:
    if PersonName(text).unknown:
        return Reading(text, "unknown", ("not a name",))
    if not any(c.isalpha() for c in text):
        return refuse("no letters in a name: check the column")
    digits = any(c.isdigit() for c in text)
    return Reading(text, flags=("digits in a name",) if digits else ())


def read_text(text: str, options: ReadOptions) -> Reading:
    """Read a free text; only white space is tidied."""
    return read_cell(text, options, _text, longest=LONGEST_TEXT)


def read_place(text: str, options: ReadOptions) -> Reading:
    """Read a place; places can be called Na, Nil and None."""
    return read_cell(text, options, _text, blanks=NAME_BLANKS)


def _text(text: str, _options: ReadOptions) -> Reading:
    return Reading(text)


def read_address(text: str, options: ReadOptions) -> Reading:
    """Read a web address; a text without a scheme is flagged."""
    return read_cell(text, options, _address)


def _address(text: str, _options: ReadOptions) -> Reading:
    web = text.casefold().startswith(("http://", "https://"))
    return Reading(text, flags=() if web else ("not a web address",))


def read_date(text: str, options: ReadOptions) -> Reading:
    """Read a date as EDTF text (see `parse_date`)."""
    return read_cell(text, options, parse_date)


def read_age(text: str, options: ReadOptions) -> Reading:
    """Read an age in years (see `parse_age`)."""
    return read_cell(text, options, lambda t, _: parse_age(t))


def read_latitude(text: str, options: ReadOptions) -> Reading:
    """Read a latitude in decimal degrees."""
    return read_cell(text, options, lambda t, _: parse_latitude(t))


def read_longitude(text: str, options: ReadOptions) -> Reading:
    """Read a longitude in decimal degrees."""
    return read_cell(text, options, lambda t, _: parse_longitude(t))


def read_victim_class(text: str, options: ReadOptions) -> Reading:
    """Read whom a figure counts; classes without a meaning of their own are kept as text."""
    return read_cell(text, options, lambda t, _: Reading(victim_class(t)))


def read_bound(bound: Bound) -> Reader:
    """Build the reader of one bound of a number.

    A range, "at least" or "about" gives the bound that it states; the others are rejected, so
    that no bound is invented.
    """

    def quantity(text: str, _options: ReadOptions) -> Reading:
        try:
            found = parse_quantity(text)
        except ValueNotUnderstood as error:
            return refuse(str(error))
        number = {"low": found.low, "best": found.best, "high": found.high}[bound]
        if number is None:
            stated = [name for name in ("low", "best", "high") if getattr(found, name) is not None]
            return refuse(
                f"{text[:60]!r} states no {bound} number: map the column to {' or '.join(stated)}"
            )
        return Reading(str(number), flags=found.flags)

    def read(text: str, options: ReadOptions) -> Reading:
        return read_cell(text, options, quantity, blanks=NUMBER_BLANKS)

    return read


def read_code(codes: CodeList) -> Reader:
    """Build the reader of a code list."""
    return codes.read


def read_identifier(text: str, options: ReadOptions) -> Reading:
    """Read a partner's own number; it is a text, so leading zeros stay."""
    return read_cell(text, options, _text, blanks=BLANKS)
