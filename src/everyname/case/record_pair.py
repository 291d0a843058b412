"""Record pair: what two records say, field by field, with what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from everyname.errors import ValueNotUnderstood
from everyname.ledger import Record
from everyname.vocabulary import FIELDS, PartialDate, PersonName, latin, script, skeleton

Mark = Literal["same", "close", "differs", "one side"]

ALIKE = 0.8
"""Share of letters in common from which two spellings are close."""

_NAMES = ("name", "given_name", "father_name", "family_name", "name_other")
_OWN = frozenset(("listed_id", "note"))  # every source has its own: nothing follows if they differ
_DATES = frozenset(("birth_date", "date", "date_of_death", "date_reported"))


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A piece of text, and how it stands to the other record.

    Parameters
    ----------
    text
        As the record has it.
    mark
        same, close, differs; "one side" where the other record says nothing.
    """

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class ComparedField:
    """What two records say of one field.

    Parameters
    ----------
    label
        Name of the field, as reports print it.
    left, right
        What each says, in pieces: the parts of a name one by one, other values as a whole.
    latin_left, latin_right
        A name in Latin letters where it is written in others; otherwise empty.
    mark
        How the two stand to each other as a whole.
    """

    label: str
    left: tuple[MarkedText, ...]
    right: tuple[MarkedText, ...]
    mark: Mark
    latin_left: str = ""
    latin_right: str = ""


def compared_fields(left: Record, right: Record) -> tuple[ComparedField, ...]:
    """Put what two records state side by side.

    Parameters
    ----------
    left, right
        Two person records.

    Returns
    -------
    tuple of ComparedField
        One for each field that either states, in the order of the vocabulary. A name that one
        record gives whole and the other in parts is compared as a whole too.
    """
    return tuple(_compared(left, right))


def _compared(left: Record, right: Record) -> Iterator[ComparedField]:
    for name, field in FIELDS.items():
        texts = [_said(record, name) for record in (left, right)]
        if name == "name":
            texts = [
                [_whole_name(record)] if _whole_name(record) else [] for record in (left, right)
            ]
        if not any(texts):
            continue
        one, other = ("; ".join(those) for those in texts)
        if name in _NAMES:
            yield _names(field.label, one, other)
        else:
            mark = _mark(name, texts[0], texts[1])
            yield ComparedField(field.label, _piece(one, mark), _piece(other, mark), mark)


def _said(record: Record, name: str) -> list[str]:
    """What a record says of a field, and what it says that it is not, or does not know."""
    before = {"asserted": "", "denied": "not ", "unknown": "said not to be known "}
    found = (s for s in record.statements if s.field == name)
    return [f"{before.get(s.stance, '')}{s.value}".strip() for s in found]


def _whole_name(record: Record) -> str:
    whole = "; ".join(_said(record, "name"))
    parts = (record.value(name) for name in ("given_name", "father_name", "family_name"))
    return whole or " ".join(filter(None, parts))


def _piece(text: str, mark: Mark) -> tuple[MarkedText, ...]:
    return (MarkedText(text, mark),) if text else ()


def _names(label: str, left: str, right: str) -> ComparedField:
    parts = PersonName(left).parts, PersonName(right).parts
    one, other = _parts(*parts), _parts(*reversed(parts))
    marks = {piece.mark for piece in (*one, *other)}
    whole: Mark = "close"
    if "one side" in marks or not marks:
        whole = "one side"
    elif marks == {"same"}:
        whole = "same"
    elif marks == {"differs"}:
        whole = "differs"
    return ComparedField(label, one, other, whole, _in_latin(left), _in_latin(right))


def _parts(parts: Sequence[str], others: Sequence[str]) -> tuple[MarkedText, ...]:
    return tuple(MarkedText(part, _part_mark(part, others)) for part in parts)


def _part_mark(part: str, others: Sequence[str]) -> Mark:
    if not others:
        return "one side"
    own = latin(part)
    if any(latin(other) == own for other in others):
        return "same"
    return "close" if any(_alike(own, latin(other)) for other in others) else "differs"


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[:1] == other[:1]
    if skeleton(one) and skeleton(one) == skeleton(other):
        return True
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _in_latin(text: str) -> str:
    return latin(text) if text and script(text) != "Latin" else ""


def _mark(name: str, left: Sequence[str], right: Sequence[str]) -> Mark:
    if not left or not right:
        return "one side"
    if name in _OWN and set(left) != set(right):
        return "one side"
    if set(left) == set(right) or {*map(latin, left)} == {*map(latin, right)}:
        return "same"
    near = _dates_meet if name in _DATES else _spellings_alike
    return "close" if any(near(one, other) for one in left for other in right) else "differs"


def _dates_meet(one: str, other: str) -> bool:
    try:
        first, second = PartialDate.from_edtf(one), PartialDate.from_edtf(other)
    except ValueNotUnderstood:
        return False
    return first.low <= second.high and second.low <= first.high


def _spellings_alike(one: str, other: str) -> bool:
    # Two numbers or dates that look alike are not: 34 is not close to 84.
    if any(c.isdigit() for c in one + other):
        return one in other or other in one
    return SequenceMatcher(None, latin(one), latin(other)).ratio() >= ALIKE
