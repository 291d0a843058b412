"""ColumnProposal: what one column of a list seems to hold, by its header and its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from typing import get_args

from everyname.intake.column_reading import divided
from everyname.intake.header import field_for_header
from everyname.intake.header_words import HEADER_WORDS
from everyname.intake.template import Template
from everyname.vocabulary import FIELDS, DateOrder, Reading, ReadOptions
from everyname.vocabulary.date_order import date_order

SINGLE = frozenset(HEADER_WORDS) - {"name_other", "note", "address"}
ENOUGH = 0.5
"""Share of understood values below which a header's word is not believed."""
BY_VALUES = 0.9
"""Share of understood values from which values are believed against or without a header."""
MOST = 0.7
"""Share of values divided in one way from which a column is believed to hold two fields."""
TRIED = 50
"""Distinct values that templates are tried on first."""
SURE = 0.98
FEW = 40
"""Distinct values that a column of codes has at most."""

_Read = Callable[[str], list[tuple[str, Reading]]]
_DATES = frozenset(n for n, field in FIELDS.items() if field.read is FIELDS["date"].read)
_CODED = ("sex", "fate", "status", "cause", "age_band")
_PAIRS = tuple(
    f"{{{one}}}{between}{{{other}}}"
    for one, other in (("sex", "age"), ("age", "sex"))
    for between in ("/", ", ", " ", "-", ";", "|")
)
_NAMED = (
    "{name}, son of {father_name}, {age}, {note}",
    "{name}, daughter of {father_name}, {age}, {note}",
    "{name}, son of {father_name}, {age}",
    "{name}, daughter of {father_name}, {age}",
    "{name}, {age}, {note}",
    "{name}, {age}",
    "{name} ({age})",
)


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """What one column seems to hold.

    Parameters
    ----------
    column
        Its name.
    field
        The field proposed; empty to keep the column raw, or where it is split.
    order
        Date order, for dates that need one.
    understood
        Share of its filled cells (of the first 2,000 rows) that are understood so.
    sample
        A few of its values, for the screen only.
    unsure
        Why a person should look; empty when nothing speaks against the proposal.
    split
        Templates that divide its cells among several fields.
    """

    column: str
    field: str
    order: str
    understood: float
    sample: tuple[str, ...]
    unsure: str
    split: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that the column would feed."""
        if self.split:
            return tuple(dict.fromkeys(f for t in self.split for f in Template(t).fields))
        return (self.field,) if self.field else ()


def propose_column(
    name: str, values: list[str], taken: Collection[str], kind: str
) -> ColumnProposal:
    """Propose what a column holds.

    Parameters
    ----------
    name
        Its header.
    values
        Its filled cells, or some of them.
    taken
        Fields that earlier columns feed.
    kind
        Kind of record that the rows seem to be.
    """
    times = Counter(values)
    sample = tuple(value for value, _ in times.most_common(3))
    found = field_for_header(name)
    if sum(n for text, n in times.items() if text.startswith(("[", "{"))) > len(values) / 2:
        doubt = "its cells are arrays or objects: kept as written" if found else ""
        return ColumnProposal(name, "", "", 0.0, sample, doubt)
    split, share = _split(found, times, kind)
    if split and not {f for t in split for f in Template(t).fields} & (set(taken) & SINGLE):
        doubt = "its cells seem to hold several fields" if share < SURE else ""
        return ColumnProposal(name, "", "", share, sample, doubt, split)
    unsure = ""
    if found in taken and found in SINGLE:
        unsure = f"{found} is taken by an earlier column; this one is kept as written"
        found = ""
    if found and kind not in FIELDS[found].kinds:
        unsure = f"the header says {found}, which a {kind} record does not have"
        found = ""
    if not found:
        by_values = "" if unsure else _by_values(times, taken, kind)
        if not by_values:
            return ColumnProposal(name, "", "", 0.0, sample, unsure)
        order, share, _ = _best_order(by_values, times)
        doubt = f"its values look like {by_values}, its header says nothing"
        return ColumnProposal(name, by_values, order, share, sample, doubt)
    order, understood, order_doubt = _best_order(found, times)
    if not values:
        unsure = "the column is empty"
    elif understood < ENOUGH and not order_doubt:
        unsure = f"the header says {found}, but only {understood:.0%} of its cells read as such"
        if why := _commonest(found, times):
            unsure += f": {why}"
    else:
        unsure = order_doubt
        if understood < SURE:
            unsure = unsure or f"{1 - understood:.0%} of its cells do not read as {found}"
    return ColumnProposal(name, found, order, understood, sample, unsure)


def settle_column(name: str, values: list[str], field: str, order: str) -> ColumnProposal:
    """Take a person's word for what a column holds, and say how much of it is understood so.

    Parameters
    ----------
    name, values
        As for `propose_column`.
    field
        Name of the field; empty to keep the column as written.
    order
        Date order, for dates that need one; empty to go by the column's own dates.
    """
    times = Counter(values)
    sample = tuple(value for value, _ in times.most_common(3))
    if not field:
        return ColumnProposal(name, "", "", 0.0, sample, "")
    by_values, share, doubt = _best_order(field, times)
    if order in get_args(DateOrder):
        by_values, share, doubt = order, _understood(field, times, order), ""  # type: ignore[arg-type]
    if values and share < ENOUGH:
        doubt = f"only {share:.0%} of its cells read as {field}"
    return ColumnProposal(name, field, by_values, share, sample, doubt)


def _split(found: str, times: Counter[str], kind: str) -> tuple[tuple[str, ...], float]:
    """Choose templates, where the values hold several fields; say which share they divide."""
    if kind != "person" or not times or found not in {"", "name", "sex", "age"}:
        return (), 0.0
    if found == "name":
        if _share(times, _dividing(*_NAMED)) < ENOUGH:
            return (), 0.0
        used = [text for text in _NAMED if _share(times, _dividing(text))]
        return (*used, "{name}"), 1.0
    some = Counter(dict(times.most_common(TRIED)))
    scores = {text: _share(some, _dividing(text)) for text in _PAIRS}
    best = max(scores, key=lambda text: scores[text])
    if scores[best] < MOST:
        return (), 0.0
    scores[best] = _share(times, _dividing(best))
    whole = _understood(found, times, None) if found else 0.0
    # Some cells of such a column have one half only.
    good = scores[best] >= MOST and scores[best] > whole + 0.2
    return ((best,), scores[best]) if good else ((), 0.0)


@cache
def _dividing(*texts: str) -> _Read:
    templates = tuple(map(Template, texts))
    return lambda text: divided(text, templates, ReadOptions())


def _reading(name: str, order: DateOrder | None = None) -> _Read:
    read, options = FIELDS[name].read, ReadOptions(date_order=order)
    return lambda text: [(name, read(text, options))]


def _by_values(times: Counter[str], taken: Collection[str], kind: str) -> str:
    """Name the field that nearly all values read as, where it says something that they do."""
    total = sum(times.values())
    if total < 3:
        return ""
    for name in (*_CODED, "date"):
        if name in taken or kind not in FIELDS[name].kinds:
            continue
        coded = name in _CODED
        if coded and (len(times) > FEW or len(times) < 2):
            continue
        if not coded and sum(n for text, n in times.items() if len(text.strip()) >= 8) < total / 2:
            continue
        _, share, _ = _best_order(name, times)
        if share >= BY_VALUES:
            return name
    return ""


def _best_order(name: str, times: Counter[str]) -> tuple[str, float, str]:
    """Choose the date order under which most values read; say so when nothing decides."""
    plain = _understood(name, times, None)
    if name not in _DATES or plain >= SURE or not times:
        return "", plain, ""
    evidence = date_order(times)
    if evidence.order is not None:
        share = _understood(name, times, evidence.order)
        return (evidence.order, share, "") if share > plain else ("", plain, "")
    # Nothing decides: the dates stay as they are until somebody says the order.
    return "", plain, evidence.sentence if evidence.either else ""


def _commonest(name: str, times: Counter[str]) -> str:
    """Reason for which most of a column's dates are rejected; a reason quotes no whole cell."""
    if name not in _DATES:
        return ""
    read = FIELDS[name].read
    reasons: Counter[str] = Counter()
    for text, n in times.items():
        if reason := read(text, ReadOptions()).reason:
            reasons[reason] += n
    return reasons.most_common(1)[0][0] if reasons else ""


def _understood(name: str, times: Counter[str], order: DateOrder | None) -> float:
    return _share(times, _reading(name, order))


def _share(times: Counter[str], read: _Read) -> float:
    """Share of the values of which something, and every part, is understood."""
    if not times:
        return 0.0
    good = 0
    for text, n in times.items():
        readings = read(text)
        if readings and not any(reading.rejected for _, reading in readings):
            good += n
    return good / sum(times.values())
