import re
import xml.etree.ElementTree as ET

import pytest
import synthetic_editions
from hypothesis import given
from hypothesis import strategies as st

from everyname.counts import Breakdown, CapturePatterns, Count
from everyname.estimation import Estimate
from everyname.publication.bars import bars, in_order
from everyname.publication.drawing import NARROW, WIDE, Drawing
from everyname.publication.forest import forest
from everyname.publication.measure import (
    scale_top,
    shortened,
    text_width,
    tick_count,
    tick_step,
)
from everyname.publication.quantity import quantities
from everyname.publication.ranges import ranges
from everyname.publication.timeline import timeline
from everyname.publication.upset import upset
from everyname.publication.words import Words

WORDS = Words(synthetic_editions.LABELS)


def count(low, best, high, **classes):
    return Count(where=tuple(sorted(classes.items())), low=low, best=best, high=high)


def pictures(drawing: Drawing, key: str = "chart") -> list[ET.Element]:
    return list(ET.fromstring(f"<p>{drawing.svg(key)}</p>"))  # noqa: S314 - drawn here


def texts(picture: ET.Element) -> list[str]:
    return [element.text or "" for element in picture.iter("text")]


def test_bars_put_unknown_and_disputed_last_and_say_the_range():
    breakdown = Breakdown(
        by=("sex",),
        rows=(
            count(2, 2, 2, sex="sources disagree"),
            count(9, 10, 12, sex="unknown"),
            count(3, 4, 4, sex="female"),
            count(20, 21, 30, sex="male"),
        ),
    )
    drawing = bars(breakdown, WORDS)
    assert drawing.text == (
        "Best count, with low to high where they differ. man/boy: 21 (20 to 30);"
        " woman/girl: 4 (3 to 4); unknown: 10 (9 to 12); sources disagree: 2."
    )
    wide, narrow = pictures(drawing)
    expected = ["man/boy", "woman/girl", "unknown", "sources disagree"]
    expected += ["21 (20 to 30)", "4 (3 to 4)", "10 (9 to 12)", "2"]
    assert texts(wide) == expected
    assert texts(narrow) == expected


def test_bars_draw_at_most_25_rows():
    rows = tuple(count(n, n, n, place=f"place {n}") for n in range(1, 41))
    drawing = bars(Breakdown(by=("place",), rows=rows), WORDS)
    shown = [text for text in texts(pictures(drawing)[0]) if text.startswith("place")]
    assert shown == [f"place {n}" for n in range(40, 15, -1)]


def test_bands_keep_their_own_order_and_an_empty_breakdown_has_no_chart():
    rows = tuple(
        count(n, n, n, age_band=b) for n, b in ((9, "elderly"), (5, "child"), (7, "adult"))
    )
    ordered = in_order(Breakdown(by=("age_band",), rows=rows))
    assert [row.where[0][1] for row in ordered] == ["child", "adult", "elderly"]
    assert bars(Breakdown(by=("sex",), rows=()), WORDS) is None


def test_the_timeline_shows_quiet_months_and_tells_of_unknown_ones():
    breakdown = Breakdown(
        by=("month",),
        rows=(
            count(1, 2, 3, month="2031-01"),
            count(4, 4, 4, month="2031-04"),
            count(6, 6, 6, month="unknown"),
        ),
    )
    drawing = timeline(breakdown)
    assert drawing.text == (
        "Best count. January 2031: 2; April 2031: 4. Not drawn: of 6 persons the month is unknown."
    )
    assert [text for text in texts(pictures(drawing)[0]) if text.isalpha()] == [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
    ]
    assert timeline(Breakdown(by=("month",), rows=breakdown.rows[2:])) is None


def test_the_overlaps_show_every_pattern_and_every_list():
    patterns = CapturePatterns(
        lists=("hospital", "press"), rows=(((1, 1), 5), ((1, 0), 30), ((0, 1), 8))
    )
    drawing = upset(patterns, WORDS)
    assert drawing.text == (
        "Persons in each list: hospital: 35; press: 13."
        " Persons by pattern: only in hospital: 30; only in press: 8; in all 2 lists: 5."
    )
    assert {"35", "13", "30", "8", "5"} <= set(texts(pictures(drawing)[0]))
    assert upset(CapturePatterns(lists=("a",), rows=()), WORDS) is None


def test_a_lower_bound_has_no_interval_in_the_picture():
    def result(model, *, bound):
        return Estimate(
            model=model, point=240.4, low=220.2, high=299.7, level=0.95, observed=200,
            unrecorded=40.4, assumptions=(), reference="", settings={}, lower_bound=bound,
        )  # fmt: skip

    drawing = forest((result("bound", bound=True), result("two lists", bound=False)), None)
    shown = texts(pictures(drawing)[0])
    assert "at least 240" in shown
    assert "lower bound" in shown
    assert "interval 220 to 300" in shown
    assert "documented: 200" in shown
    assert forest((), None) is None


def test_figures_of_one_quantity_stand_together_whatever_their_order():
    figures = synthetic_editions.figures_only().figures
    found = quantities(figures, WORDS)
    assert found == quantities(tuple(reversed(figures)), WORDS)
    assert [(q.title, q.counted_in, len(q.figures)) for q in found[:3]] == [
        ("Killed", "persons", 14),
        ("Killed: civilians", "persons", 4),
        ("Killed, in bodies examined", "bodies examined", 3),
    ]
    assert found[0].summary == "14 figures by 14 speakers, from 2 to 1,000 or more."
    drawing = ranges(found[0])
    assert "at least 1,000" in texts(pictures(drawing)[0])
    assert "Interior Ministry of Ostmark, June 1993: 2, read second-hand" in drawing.text
    alone = next(q for q in found if len(q.figures) == 1)
    assert ranges(alone) is None


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_picture_has_a_name_a_text_and_no_address(size):
    drawing = bars(Breakdown(by=("sex",), rows=(count(1, 1, 1, sex="male"),)), WORDS)
    svg = next(p for p in pictures(drawing, "sex") if size.name in p.get("class").split())
    title, text = svg.get("aria-labelledby").split()
    assert svg.get("role") == "img"
    assert svg.find(f"*[@id='{title}']").text == "Documented persons by sex"
    assert svg.find(f"*[@id='{text}']").text.startswith("Best count")
    assert f"{float(svg.get('width')):g}" == str(size.width)
    assert not re.search(r"https?://", drawing.svg("sex"))


def test_pictures_beside_each_other_share_no_id():
    drawing = Drawing("t", "x", {WIDE: CLIPPED, NARROW: CLIPPED})
    page = drawing.svg("one") + drawing.svg("two")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert any("clip" in name for name in ids)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)


CLIPPED = {
    "data": {"values": [{"a": 1, "b": 2}]},
    "mark": {"type": "bar", "clip": True},
    "encoding": {
        "x": {"field": "a", "type": "quantitative"},
        "y": {"field": "b", "type": "quantitative"},
    },
}


def test_a_chart_opens_no_address():
    spec = {**CLIPPED, "data": {"url": "https://data.example/rows.json"}}
    with pytest.raises(ValueError, match="not allowed"):
        Drawing("t", "x", {WIDE: spec}).svg("one")


def test_hostile_names_stay_text_in_a_picture():
    name = "<script>alert(1)</script>\"'&\u202e\u200b"
    drawing = bars(Breakdown(by=("place",), rows=(count(1, 1, 1, place=name),)), WORDS)
    wide = pictures(drawing)[0]
    assert name in texts(wide)
    assert not list(wide.iter("script"))


def test_long_labels_are_cut_off_and_wide_letters_reckoned():
    assert shortened("short", 100, 12) == "short"
    assert shortened("a" * 100, 72, 12) == "a" * 8 + "…"
    assert shortened("e\u0301" * 9, 72, 12) == "e\u0301" * 9
    assert shortened("字" * 100, 72, 12) == "字" * 5 + "…"


def test_letters_of_other_scripts_are_reckoned_wider():
    assert text_width("Лефкоры", 13) > text_width("Lefkory", 13)
    assert text_width("Белогрин", 10) >= 50


def test_numbers_of_a_scale_leave_each_other_room():
    assert tick_count(0, 1_000_000, 383, 12, 6) == 3
    assert tick_count(0, 40, 600, 12, 6) == 6


@given(st.integers(1, 10_000_000))
def test_a_scale_ends_at_a_number_above_the_largest(largest):
    top = scale_top(largest, 4)
    assert largest < top
    assert top % tick_step(top, 4) == 0


def test_the_fates_stand_in_the_order_of_their_code_list():
    some = synthetic_editions.figures_only().figures[0]
    displaced = [
        some.model_copy(update={"record_id": str(i), "fate": "displaced"}) for i in range(3)
    ]
    found = quantities([*displaced, some.model_copy(update={"fate": "killed"})], WORDS)
    assert [q.figures[0].fate for q in found] == ["killed", "displaced"]
