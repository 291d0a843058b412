"""Classes: what a record says of a field, as counted in breakdowns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from everyname.counts.count import UNKNOWN
from everyname.counts.spelling import LEVELS
from everyname.errors import ValueNotUnderstood
from everyname.ledger import Record
from everyname.vocabulary import Age, PartialDate, age_at, band

Classifier = Callable[[Record, int | None], tuple[str, ...]]


def classes_of(record: Record, field: str, elderly_from: int | None) -> tuple[str, ...]:
    """Classes in which a record puts its subject.

    Parameters
    ----------
    record
        A person record.
    field
        A field that can be counted by: see `COUNTABLE`.
    elderly_from
        Age from which a person is elderly; None where the case declares none.

    Returns
    -------
    tuple of str
        Empty when the record does not say.
    """
    return COUNTABLE[field](record, elderly_from)


def _stated(field: str) -> Classifier:
    return lambda record, _: tuple(v for v in record.values(field) if v != UNKNOWN)


def _age_band(record: Record, elderly_from: int | None) -> tuple[str, ...]:
    age = _age(record)
    found = band(age, elderly_from) if age else UNKNOWN
    if found != UNKNOWN:
        return (found,)
    # A band that the source states: "adult" says nothing on elderly where that band exists.
    stated = record.value("age_band")
    known = {"child", "elderly"} if elderly_from else {"child", "adult"}
    return (stated,) if stated in known else ()


def _adult(record: Record) -> tuple[str, ...]:
    """Read a stated band as child or adult: who is elderly is an adult."""
    return {"adult": ("adult",), "elderly": ("adult",)}.get(record.value("age_band"), ())


def _age(record: Record) -> Age | None:
    if text := record.value("age"):
        return Age.from_text(text)
    born, incident = record.value("birth_date"), _incident(record)
    if not born or incident is None:
        return None
    try:
        return age_at(PartialDate.from_edtf(born), incident)
    except ValueNotUnderstood:
        # Dates that no life spans: intake keeps both as the source has them.
        return None


def _incident(record: Record) -> PartialDate | None:
    text = record.value("date") or record.value("date_of_death")
    return PartialDate.from_edtf(text) if text else None


def _period(letters: int) -> Classifier:
    def classify(record: Record, _: int | None) -> tuple[str, ...]:
        incident = _incident(record)
        if incident is None:
            return ()
        low, high = incident.low.isoformat()[:letters], incident.high.isoformat()[:letters]
        return (low,) if low == high else ()

    return classify


def _silent(_record: Record, _elderly_from: int | None) -> tuple[str, ...]:
    return ()


COUNTABLE: Mapping[str, Classifier] = {
    "sex": _stated("sex"),
    "age_band": _age_band,
    "age_group": lambda record, _: _age_band(record, None) or _adult(record),
    "status": _stated("status"),
    "fate": _stated("fate"),
    "cause": _stated("cause"),
    "place": _stated("place"),
    "place_origin": _stated("place_origin"),
    # No record states these: they follow from its place, by the gazetteer of the case.
    **dict.fromkeys(LEVELS, _silent),
    "year": _period(4),
    "month": _period(7),
    "day": _period(10),
}
"""Fields that persons can be counted by, besides ``list``."""
