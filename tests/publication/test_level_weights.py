import xml.etree.ElementTree as ET

import synthetic_editions

from everyname.publication import render
from everyname.publication.drawing import WIDE
from everyname.publication.level_weights import factor_words, level_weights

LEVELS = (
    ("Name", "same parts", 0.4, 0.0001),
    ("Name", "nothing in common", 0.01, 0.85),
    ("Sex", "same", 0.5, 0.5),
    ("Family status", "different", 0.0, 0.5),
)


def test_every_level_says_what_it_does_to_the_odds():
    drawing = level_weights(LEVELS)
    assert drawing.text == (
        "Factor by which the odds of one person change. Name: same parts: × 4,000; Name: nothing in"
        " common: ÷ 85; Sex: same: × 1; Family status: different: ÷ 500,000,000."
    )
    wide, narrow = ET.fromstring(f"<p>{drawing.svg('levels')}</p>")  # noqa: S314 - drawn here
    for picture in (wide, narrow):
        texts = {element.text for element in picture.iter("text")}
        assert {"Name: same parts", "× 4,000", "÷ 85", "× 1"} <= texts


def test_comparisons_stand_apart_and_none_has_no_chart():
    assert level_weights(()) is None
    placed = {
        row["label"]: row["y"]
        for data in level_weights(LEVELS).specs[WIDE]["datasets"].values()
        for row in data
        if "label" in row
    }
    assert list(placed.values()) == [0, 1, 2.5, 4]


def test_factors_are_words_for_weights():
    assert [factor_words(w) for w in (11.85, 0.3, 0.0, -0.01, -4.6)] == [
        "× 3,700",
        "× 1.2",
        "× 1",
        "× 1",
        "÷ 24",
    ]


def test_the_report_shows_the_weights_of_the_model_and_no_pair():
    edition = synthetic_editions.rich()
    page = render(edition)
    assert page.count("How telling each agreement or difference of two records is") == 2
    assert "× 8 makes them eight times as high" in page
    assert "Name: the same: × 390" in page
    without = edition.linkage.model_copy(update={"levels": ()})
    assert "level-weights" not in render(edition.model_copy(update={"linkage": without}))
