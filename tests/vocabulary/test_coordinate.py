import pytest

from everyname.vocabulary import FIELDS, Reading, ReadOptions

LATITUDE, LONGITUDE = FIELDS["latitude"].read, FIELDS["longitude"].read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("39.9113", "39.9113"),
        ("39,9113", "39.9113"),
        ("-39.9113", "-39.9113"),
        ("39.9113 S", "-39.9113"),
        ("39°54'40\"N", "39.911111"),
        ("39° 30' S", "-39.5"),
        ("-0.0", "0"),
        ("90", "90"),
    ],
)
def test_latitudes(text, value):
    assert LATITUDE(text, ReadOptions()) == Reading(value)


@pytest.mark.parametrize("text", ["91", "39.9 E", "-39.9 S", "39°61'N", "north", "39.9.1", "1e2"])
def test_what_is_no_latitude_is_refused(text):
    assert LATITUDE(text, ReadOptions()).rejected


def test_longitudes_reach_further():
    assert LONGITUDE("46.79 E", ReadOptions()) == Reading("46.79")
    assert LONGITUDE("179.5 W", ReadOptions()) == Reading("-179.5")
    assert "are two columns exchanged?" in LONGITUDE("181", ReadOptions()).reason
