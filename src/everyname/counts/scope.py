"""Scope: whom a case counts, and by which rules."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from everyname.ledger import Record
from everyname.vocabulary import PartialDate

ConflictRule = Literal["majority", "range", "source_order"]
Answer = Literal["in", "out", "not yet", "unknown"]

CRITERIA = ("(fate in scope)", "(date in scope)")
"""Fields that say whether a subject is in scope: in or out."""

DEATHS = ("killed", "died_of_conditions", "identified_remains")
BEFORE_DEATH = ("missing", "held", "unidentified_remains")
"""Fates from which a person can move on to one of `DEATHS`."""
NOT_YET: Answer = "not yet"


class Scope(BaseModel):
    """Inclusion criteria, published with every count.

    Parameters
    ----------
    what
        In words.
    fates
        Codes of the fates counted; empty for any.
    date
        Period of the incident, as EDTF; empty for any.
    unknown
        Whether a person whose fate or date no source states is counted.
    elderly_from
        Age from which a person counts as elderly; without it there is no such band.
    conflict
        How a conflict between sources about a field is resolved: by the majority of independent
        roots, not at all (range), or in favour of the list named first (source_order).
    codebook
        Version of these rules.
    """

    model_config = ConfigDict(frozen=True)

    what: str = ""
    fates: tuple[str, ...] = ()
    date: str = ""
    unknown: Literal["include", "exclude"] = "include"
    elderly_from: int | None = None
    conflict: ConflictRule = "majority"
    codebook: str = ""

    def answers(self, record: Record) -> tuple[Answer, Answer]:
        """Say whether a record is in scope by its fate, and by its date.

        The two are kept apart because one source may state the one and another the other.

        Parameters
        ----------
        record
            A person record.

        Returns
        -------
        tuple of str
            in, out, not yet (missing or held where deaths are counted: the person may move on), or
            unknown where the record does not say enough.
        """
        return self._fate(record), self._date(record)

    def _fate(self, record: Record) -> Answer:
        if not self.fates:
            return "in"
        fates = [fate for fate in record.values("fate") if fate != "unknown"]
        if not fates:
            return "unknown"
        if any(fate in self.fates for fate in fates):
            return "in"
        return NOT_YET if all(fate in BEFORE_DEATH for fate in fates) else "out"

    def _date(self, record: Record) -> Answer:
        if not self.date:
            return "in"
        stated = record.value("date") or record.value("date_of_death")
        if not stated:
            return "unknown"
        period, date = PartialDate.from_edtf(self.date), PartialDate.from_edtf(stated)
        if date.within(period):
            return "in"
        return "unknown" if date.overlaps(period) else "out"
