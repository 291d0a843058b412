import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spelled_numbers import TABLE, languages, spelled

from everyname.vocabulary import number_in_words
from everyname.vocabulary.number_word import digits_for_words, factor

# The rules themselves spell different numbers alike: 2,000 and 3,000 in Slovene, 100 and 100,000
# in Lithuanian, 20 and 20,000 in Irish.
SPELLED_ALIKE = {"sl", "lt", "ga"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("seven", 7),
        ("Thirty-four", 34),
        ("one hundred and twenty", 120),
        ("two thousand three hundred and one", 2301),
        ("a hundred", 100),
        ("тридцать четыре", 34),
        ("тридцати четырёх", 34),
        ("пятеро", 5),
        ("tridtsat' chetyre", 34),
        ("сорока", 40),
        ("أربعة وثلاثون", 34),
        ("أربعين", 40),
        ("otuz dört", 34),
        ("otuzdört", 34),
        ("bin iki yüz", 1200),
        ("iki yüz otuz dörd", 234),
        ("երեսունչորս", 34),
        ("quatre-vingt-douze", 92),
        ("ciento dos", 102),
        ("п'ятдесят", 50),
        ("سی و چهار", 34),
        ("einundzwanzig", 21),
        ("שלושים וארבע", 34),
        ("一百二十", 120),
        ("삼십사", 34),
        ("चौंतीस", 34),
    ],
)
def test_numbers_spelled_out_in_many_languages(text, number):
    assert number_in_words(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "thousand",
        "twenty thirty",
        "nineteen ninety-two",
        "two four",
        "and six",
        "six and",
        "hundred hundred",
        "34",
        "thirty 4",
        "Aram Example",
        "x" * 500,
    ],
)
def test_what_is_no_number_is_none(text):
    assert number_in_words(text) is None


def test_a_form_with_two_meanings_is_refused_unless_the_language_is_given():
    assert number_in_words("elf") is None
    assert number_in_words("elf", "de") == 11
    assert number_in_words("elf", "mt") == 1000
    # 120 to a Chinese reader, 102 by the place of its digits.
    assert number_in_words("一百二") is None
    assert number_in_words("thirty", "fr") is None


def test_more_than_sixty_languages_are_read():
    read = {
        name
        for name in languages()
        if any(number_in_words(form, name) == 34 for form in spelled(name, 34))
    }

    assert len(read) >= 75
    assert {"en", "ru", "uk", "ar", "fa", "tr", "az", "hy", "ka", "he", "fr", "es", "pt"} <= read
    assert {"de", "bs", "hr", "sr", "zh", "id"} <= read


@pytest.mark.parametrize("language", sorted(languages()))
def test_the_parser_inverts_the_rules_of_the_language(language):
    numbers = [*range(0, 200, 7), 200, 234, 305, 999, 1000, 1002, 1992, 2310, 4048, 9999, 10_000]
    pairs = [(form, n) for n in numbers for form in spelled(language, n)]
    found = [(form, number, number_in_words(form, language)) for form, number in pairs]
    right = sum(number == read for _, number, read in found)
    wrong = [row for row in found if row[2] not in {row[1], None}]

    assert right / len(found) >= 0.85
    assert not wrong or language in SPELLED_ALIKE


def test_the_table_names_its_source_and_gives_no_form_two_values():
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    entries = [line.split("\t") for line in lines if not line.startswith("#")]
    values: dict[tuple[str, str, str], set[str]] = {}
    for form, value, names in entries:
        for name in names.split():
            values.setdefault((form, name, value[:1] * (value[0] in "*+")), set()).add(value)

    assert "Unicode" in lines[1]
    assert [key for key, found in values.items() if len(found) > 1] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("family of seven", "family of 7"),
        ("about forty villagers", "about 40 villagers"),
        ("ten-fifteen", "10-15"),
        ("between twenty and thirty", "between 20 and 30"),
        ("beş nəfər", "5 nəfər"),
        ("삼십사세", "34세"),
        ("no numbers here", "no numbers here"),
    ],
)
def test_number_words_in_a_text_become_digits(text, expected):
    assert digits_for_words(text) == expected


def test_words_that_multiply_digits():
    assert [factor(word) for word in ("thousand", "тысячи", "milyon", "hundred", "men")] == [
        1000,
        1000,
        1_000_000,
        None,
        None,
    ]


@given(st.integers(0, 999_999))
def test_every_english_and_russian_number_is_read_as_itself(number):
    for language in ("en", "ru"):
        for form in spelled(language, number):
            assert number_in_words(form, language) == number


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_none(text):
    found = number_in_words(text)

    assert found is None or found >= 0
    assert isinstance(digits_for_words(text), str)


def test_hostile_texts_take_no_time():
    start = time.perf_counter()
    for text in ("one " * 50, "bir" * 66, "一" * 200, "two hundred " * 16, "en en en " * 22):
        number_in_words(text)
        digits_for_words(text)

    assert time.perf_counter() - start < 2
