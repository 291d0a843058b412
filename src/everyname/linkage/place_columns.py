"""Place columns: what of places is compared, prepared once for each distinct place."""

from __future__ import annotations

import polars as pl

from everyname.vocabulary import Place
from everyname.vocabulary.place_index import name_parts
from everyname.vocabulary.script import latin


def place_columns(places: pl.Series, latitudes: pl.Series, longitudes: pl.Series) -> pl.DataFrame:
    """Prepare places for comparison.

    Parameters
    ----------
    places
        Places as texts, one a record; null where not stated. A place within others is written
        with what holds it behind it: "Alder Mill, Southern district".
    latitudes, longitudes
        Degrees as texts; null where not stated.

    Returns
    -------
    polars.DataFrame
        ``place``: Latin key; ``place_parts``: Latin keys of the place and of what holds it, each
        once; ``latitude``, ``longitude``: degrees.
    """
    distinct = places.drop_nulls().unique().sort()
    table = pl.DataFrame(
        {
            "text": distinct,
            "place": [Place(text).key or None for text in distinct],
            "place_parts": [_parts(text) for text in distinct],
        },
        schema={"text": pl.String, "place": pl.String, "place_parts": pl.List(pl.String)},
    )
    found = pl.DataFrame({"text": places}).join(table, on="text", how="left", maintain_order="left")
    degrees = pl.DataFrame(
        {
            "latitude": _degrees(latitudes, 90.0),
            "longitude": _degrees(longitudes, 180.0),
        }
    )
    return pl.concat([found.drop("text"), degrees], how="horizontal")


def _degrees(texts: pl.Series, most: float) -> pl.Series:
    """Numbers that are degrees: not "nan", not "inf", not beyond the pole."""
    numbers = texts.cast(pl.Float64, strict=False)
    return numbers.set(~numbers.is_between(-most, most).fill_null(value=False), None)


def _parts(text: str) -> list[str]:
    keys = (latin(part) for part in name_parts(text))
    return [*dict.fromkeys(key for key in keys if key)]
