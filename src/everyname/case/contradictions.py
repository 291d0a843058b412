"""Contradictions: records of one person that state what cannot both be true."""

from __future__ import annotations

from itertools import combinations

import polars as pl

from everyname.linkage.question import Contradiction

_STATED_ONCE = {"birth_date": "dates of birth", "date_of_death": "dates of death", "sex": "sexes"}
"""Fields of which a person has one value, and what two of them are called."""
_WHOLE = {
    "birth_date": r"^\d{4}-\d{2}-\d{2}$",
    "date_of_death": r"^\d{4}-\d{2}-\d{2}$",
    "sex": "^(male|female|other)$",
}
"""What a value looks like that is neither partial nor approximate."""

FIELDS = tuple(_STATED_ONCE)


def contradictions(values: pl.DataFrame) -> tuple[Contradiction, ...]:
    """Find, person by person, a pair of records for each field that is stated in two ways.

    Parameters
    ----------
    values
        One row a record: `position`, `label` (of its person), and the columns of `FIELDS`, null
        where nothing is stated.

    Returns
    -------
    tuple of Contradiction
        By field; only whole dates count, without "about" or "perhaps".
    """
    found = []
    for field, called in _STATED_ONCE.items():
        certain = values.filter(pl.col(field).str.contains(_WHOLE[field])).select(
            "label", "position", field
        )
        first = certain.group_by("label", field).agg(pl.col("position").min())
        persons = (
            first.sort("label", "position")
            .group_by("label", maintain_order=True)
            .agg(pl.col("position", field))
        )
        for positions, texts in (
            persons.filter(pl.col(field).list.len() > 1).select("position", field).iter_rows()
        ):
            for (a, one), (b, other) in combinations(zip(positions, texts, strict=True), 2):
                found.append(Contradiction(a, b, f"two {called}: {one} and {other}"))
    return tuple(found)
