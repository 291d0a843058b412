"""Traits: what of records is compared when they are linked, in columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from everyname.errors import EverynameError
from everyname.ledger import Record
from everyname.linkage.name_columns import name_columns
from everyname.linkage.place_columns import place_columns
from everyname.linkage.rarity import CLASSES, NAME_CLASSES, rarity
from everyname.vocabulary import Age, PartialDate
from everyname.vocabulary.script import latin

FURTHER = ("place_origin", "residence_address", "residence_place", "residence_code", "occupation")
"""Fields compared as texts, beside names, dates, ages, sex and places."""

FIELDS = (
    "name", "name_other", "given_name", "father_name", "family_name", "sex", "age", "birth_date",
    "date", "date_of_death", "place", "latitude", "longitude", *FURTHER,
)  # fmt: skip
"""Fields of a person record that linkage compares. Figures never."""

NAMING = ("given_name", "father_name", "family_name")
DAY = dt.date(1970, 1, 1)
# Comparing letters takes as long as the square of their number: a cell that holds a whole document
# would hold up everything. No name, date or place is so long.
MOST_LETTERS = 500
SEXES = ("male", "female", "other")
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Traits:
    """What of records is compared.

    Parameters
    ----------
    frame
        One row a record, in the order of the values: ``unique_id`` and, beside the columns of
        `name_columns` and `place_columns`, ``sex``; ``born_low``, ``born_high``, ``date_low``,
        ``date_high``: days since 1970-01-01, closed intervals; ``born_year``, ``born_month``,
        ``born_day``, ``born_digits`` where a birth date is known to the day; ``age_low``,
        ``age_high``: completed years; the fields of `FURTHER` in Latin letters; and for a column X
        ``X_class``, the class of rarity of its value, -1 where not stated. ``event_class`` is that
        of date and place
        together.
    chance
        For each column that has a class: the chance that two records share a value, by class.
    """

    frame: pl.DataFrame
    chance: Mapping[str, NDArray[np.float64]]

    @property
    def table(self) -> pa.Table:
        """The frame as an Arrow table."""
        return self.frame.to_arrow()

    def __len__(self) -> int:
        return self.frame.height

    def at(self, positions: NDArray[np.int64]) -> Traits:
        """Give the records other positions.

        Parameters
        ----------
        positions
            The new position of each record.
        """
        frame = self.frame.with_columns(unique_id=pl.Series(positions)).sort("unique_id")
        return Traits(frame, self.chance)

    def stated(self, column: str) -> int:
        """Count the records that state something in a column."""
        return self.frame.height - self.frame[column].null_count()


def traits_of(values: pl.DataFrame) -> Traits:
    """Take from the values of records what linkage compares.

    Parameters
    ----------
    values
        One row a record; columns named by `FIELDS`, canonical texts, null or empty where not
        stated. Missing columns state nothing; others are passed over.
    """
    given = values.select(
        (pl.col(f) if f in values.columns else pl.lit(None))
        .cast(pl.String)
        .str.head(MOST_LETTERS)
        .alias(f)
        for f in FIELDS
    ).with_columns(pl.when(pl.all() != "").then(pl.all()))
    names = name_columns(_full_names(given), given["name_other"])
    born, incident = _dates(given, "birth_date"), _dates(given, "date", "date_of_death")
    frame = pl.concat(
        [
            pl.DataFrame({"unique_id": np.arange(given.height)}),
            names.frame,
            given.select(sex=pl.when(pl.col("sex").is_in(SEXES)).then("sex")),
            born.select(pl.all().name.prefix("born_")).with_columns(_parts_of_birth()),
            incident.select(pl.all().name.prefix("date_")),
            place_columns(given["place"], given["latitude"], given["longitude"]),
            _texts(given),
        ],
        how="horizontal",
    )
    frame = pl.concat([frame, _ages(given["age"], frame)], how="horizontal")
    classes, chance = _classes(frame)
    return Traits(
        pl.concat([frame, classes], how="horizontal"),
        {**chance, "whole_name": names.whole, "part_of_name": names.part},
    )


def _full_names(given: pl.DataFrame) -> pl.Series:
    put_together = pl.concat_str(NAMING, separator=" ", ignore_nulls=True)
    return given.select(
        name=pl.coalesce("name", pl.when(put_together != "").then(put_together), "name_other")
    )["name"]


def full_name(record: Record) -> str:
    """Name of a record's subject: as one text, or put together from its parts.

    Parameters
    ----------
    record
        A person record.

    Returns
    -------
    str
        Empty when the record gives no name.
    """
    whole = record.value("name")
    if whole:
        return whole
    parts = (record.value(field) for field in NAMING)
    return " ".join(part for part in parts if part)


def _looked_up(texts: pl.Series, read: Callable[[str], dict[str, float | int] | None],
               schema: Mapping[str, pl.DataType]) -> pl.DataFrame:  # fmt: skip
    """Read each distinct text once; what cannot be read states nothing."""
    distinct = texts.drop_nulls().unique().sort()
    rows = [{"text": text, **(_tolerant(read, text) or {})} for text in distinct]
    table = pl.DataFrame(rows, schema={"text": pl.String, **schema})
    found = pl.DataFrame({"text": texts}).join(table, on="text", how="left", maintain_order="left")
    return found.drop("text")


def _tolerant(
    read: Callable[[str], dict[str, float | int] | None], text: str
) -> dict[str, float | int] | None:
    try:
        return read(text)
    except EverynameError:
        return None


_DAYS = {"low": pl.Int32(), "high": pl.Int32()}


def _dates(given: pl.DataFrame, *fields: str) -> pl.DataFrame:
    return _looked_up(given.select(d=pl.coalesce(*fields))["d"], _interval, _DAYS)


def _interval(text: str) -> dict[str, float | int] | None:
    date = PartialDate.from_edtf(text)
    return {"low": (date.low - DAY).days, "high": (date.high - DAY).days}


def _parts_of_birth() -> list[pl.Expr]:
    day = pl.when(pl.col("born_low") == pl.col("born_high")).then(pl.col("born_low").cast(pl.Date))
    return [
        day.dt.year().cast(pl.Int32).alias("born_year"),
        day.dt.month().cast(pl.Int32).alias("born_month"),
        day.dt.day().cast(pl.Int32).alias("born_day"),
        day.dt.strftime("%Y%m%d").alias("born_digits"),
    ]


def _ages(texts: pl.Series, frame: pl.DataFrame) -> pl.DataFrame:
    """Ages at the incident, stated, or following from the birth and the incident."""
    stated = _looked_up(texts, _age, {"low": pl.Float64(), "high": pl.Float64()})
    following = frame.select(
        low=((pl.col("date_low") - pl.col("born_high")) / _YEAR).floor(),
        high=((pl.col("date_high") - pl.col("born_low")) / _YEAR).floor(),
    ).with_columns(known=(pl.col("low") >= -1) & (pl.col("high") <= 120) & (pl.col("high") >= 0))
    return pl.concat(
        [stated, following.select(pl.all().name.prefix("f_"))], how="horizontal"
    ).select(
        age_low=pl.coalesce("low", pl.when("f_known").then(pl.max_horizontal("f_low", 0.0))),
        age_high=pl.coalesce("high", pl.when("f_known").then("f_high")),
    )


def _age(text: str) -> dict[str, float | int] | None:
    age = Age.from_text(text)
    return {"low": age.low, "high": age.high}


def _texts(given: pl.DataFrame) -> pl.DataFrame:
    columns = []
    for field in FURTHER:
        distinct = given[field].drop_nulls().unique().sort()
        read = pl.DataFrame(
            {"text": distinct, field: [latin(text) or None for text in distinct]},
            schema={"text": pl.String, field: pl.String},
        )
        found = given.select(text=field).join(read, on="text", how="left", maintain_order="left")
        columns.append(found.select(field))
    return pl.concat(columns, how="horizontal")


def keyed() -> list[pl.Expr]:
    """Values that have a class of rarity, each under its name, from a frame of `Traits`."""
    on_a_day = pl.col("date_low") == pl.col("date_high")
    birth = pl.when(pl.col("born_low") == pl.col("born_high")).then("born_low")
    event = pl.concat_str("date_low", "place", separator=" ")
    return [
        *map(pl.col, ("name", "bones", "place", *FURTHER)),
        birth.alias("birth"),
        pl.when(on_a_day).then("date_low").alias("date"),
        pl.when(on_a_day).then(event).alias("event"),
    ]


def _classes(frame: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, NDArray[np.float64]]]:
    valued = frame.select(keyed())
    classes, chance = {}, {}
    for column in valued.columns:
        edges = NAME_CLASSES if column in {"name", "bones"} else CLASSES
        found = rarity(valued[column], edges)
        classes[f"{column}_class"] = found.classes
        chance[column] = found.chance
    return pl.DataFrame(classes), chance
