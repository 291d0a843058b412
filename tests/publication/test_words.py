import pytest

from everyname.publication.words import (
    Words,
    date_words,
    figure_words,
    listing,
    number,
    range_words,
    setting_words,
    share_words,
    time_words,
    web_address,
)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1992-02-26", "26 February 1992"),
        ("1992-03~", "about March 1992"),
        ("1992", "1992"),
        ("1992?", "1992 (uncertain)"),
        ("1992%", "about 1992 (uncertain)"),
        ("1992-02-25/1992-02-26", "25–26 February 1992"),
        ("1992-02-26/1992-03-02", "26 February to 2 March 1992"),
        ("1991-12-30/1992-01-02", "30 December 1991 to 2 January 1992"),
        ("2031-09/2031-10", "September to October 2031"),
        ("1991/1993", "1991–1993"),
        ("199X", "1990–1999"),
        ("in the spring", "in the spring"),
        ("", ""),
    ],
)
def test_dates_are_shown_as_a_reader_writes_them(edtf, words):
    assert date_words(edtf) == words


def test_numbers_have_separators_and_never_decimals():
    assert number(1234567) == "1,234,567"
    assert number(2461.8) == "2,462"
    assert range_words(1958, 2095) == "1,958 to 2,095"
    assert range_words(7, 7) == "7"
    assert share_words(0.00213) == "0.213%"
    assert [setting_words(v) for v in (4, 1200, 23.326511, "log-normal")] == [
        "4",
        "1,200",
        "23.33",
        "log-normal",
    ]


def test_a_time_is_shown_in_utc():
    assert time_words("2032-11-22T20:43:00+02:00") == "22 November 2032, 18:43 UTC"
    assert time_words("lately") == "lately"


def test_stated_numbers_keep_their_openness():
    assert figure_words(1000, None, None) == "at least 1,000"
    assert figure_words(None, None, 40) == "up to 40"
    assert figure_words(None, 613, None) == "613"
    assert figure_words(None, None, None) == "no number"
    assert figure_words(700, None, 600) == "700, 600 (contradictory)"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://a.example/ onmouseover=alert(1)",
        'https://a.example/"onmouseover="alert(1)',
        "file:///etc/passwd",
        "archive, box 4",
        "",
    ],
)
def test_what_is_no_web_address_is_no_link(address):
    assert web_address(address) == ""


def test_a_web_address_is_a_link():
    assert web_address("https://a.example/x?page=67#y") == "https://a.example/x?page=67#y"


def test_values_are_put_into_words_by_their_field():
    words = Words([("fate", "killed", "killed"), ("sex", "male", "man/boy"), ("sex", "male", "x")])
    assert words.value("sex", "male") == "man/boy"
    assert words.value("date", "2031-03-05 / 2031-03~") == "5 March 2031 / about March 2031"
    assert words.value("lists", "rights_group; press") == "rights group, press"
    assert words.value("sex", "unknown") == "unknown"
    assert words.classes(("sex", "month"), (("month", "2031-03"), ("sex", "male"))) == (
        "man/boy",
        "March 2031",
    )
    assert listing(["a", "b", "c"]) == "a, b and c"
