"""``[source]`` of a mapping: how a file came, and what it was made from."""

from __future__ import annotations

import tomllib

import pytest

from everyname.errors import MappingError
from everyname.intake import Mapping


def source(text):
    content = tomllib.loads(f'[source]\nname = "Clinic"\n{text}\n[columns.Name]\nfield = "name"\n')
    return Mapping.from_content(content, "clinic.toml").source


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"2031-08-01"', "2031-08-01"),
        ('"2031-08"', "2031-08"),
        ('"2031~"', "2031~"),
        ('"2031-08-01T10:00:00Z"', "2031-08-01T10:00:00Z"),
        ("2031-08-01", "2031-08-01"),
        ("2031-08-01T10:00:00Z", "2031-08-01T10:00:00+00:00"),
        ('""', ""),
    ],
)
def test_a_day_or_a_time_is_taken_as_text_and_as_toml_writes_it(written, meant):
    assert source(f"received = {written}\ncaptured = {written}").received == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('received = "last week"', "source.received 'last week' is neither a date"),
        ("captured = 7", "source.captured Input should be a valid string"),
        ('address = "example.org"', "'example.org' is not a web address"),
        ('parts = ["sound"]', "source.parts.0 Input should be 'html' or 'image'"),
        ('made_from = "scan.pdf"', "say under how by what means"),
        ('how = "typed"', "how and made_by explain made_from"),
        ('made_by = "R"', "how and made_by explain made_from"),
    ],
)
def test_what_cannot_be_is_named(text, said):
    with pytest.raises(MappingError) as caught:
        source(text)
    assert said in str(caught.value)
