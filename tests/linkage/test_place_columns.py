"""Place columns: what of places is compared."""

from __future__ import annotations

import polars as pl
import pytest

from everyname.linkage.place_columns import place_columns


def columns(*places):
    """Columns of places, each given as place, latitude, longitude."""
    series = (pl.Series(column, dtype=pl.String) for column in ([], [], []))
    if places:
        series = (pl.Series(list(column), dtype=pl.String) for column in zip(*places, strict=True))
    return place_columns(*series).rows()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("Тамруд", None, None), ("tamrud", ["tamrud"], None, None)),
        (
            ("Alder Mill, Southern district", "41.5", "44.25"),
            ("alder mill southern district", ["alder mill", "southern district"], 41.5, 44.25),
        ),
        (("Tamrud, Tamrud", None, None), ("tamrud tamrud", ["tamrud"], None, None)),
        ((None, "41.5", "forty-four"), (None, None, 41.5, None)),
        (("Tamrud", "nan", "inf"), ("tamrud", ["tamrud"], None, None)),
        (("Tamrud", "90.5", "-180"), ("tamrud", ["tamrud"], None, -180.0)),
        (("—", None, None), (None, [], None, None)),
    ],
)
def test_a_place(place, expected):
    assert columns(place) == [expected]


def test_no_places():
    assert columns() == []
