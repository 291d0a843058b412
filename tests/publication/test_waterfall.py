import re
import struct
import xml.etree.ElementTree as ET

import pytest

from everyname.errors import CaseError
from everyname.linkage.explanation import Remark, explain
from everyname.linkage.model import ComparisonModel, LevelModel, Model
from everyname.publication import chart_file, signed, waterfall
from everyname.publication.drawing import NARROW, WIDE
from everyname.publication.waterfall import AGAINST, FOR

MODEL = Model(
    trained=True,
    prior=1 / 2300,
    prior_within=0.0,
    comparisons=tuple(
        ComparisonModel(name, label, (LevelModel(level, m, u),))
        for name, label, level, m, u in (
            ("name", "Name", "two parts in common", 0.12, 0.0002),
            ("age", "Age", "same", 0.4, 0.02),
            ("date", "Date", "further apart", 0.02, 0.82),
            ("sex", "Sex", "same", 0.98, 0.5),
        )
    ),
)
ONE = {"name": "Arman Beloru", "age": "34", "date": "2031-02-03"}
OTHER = {"name": "Арман Белору <b>", "age": "34", "date": "2031-04-01", "sex": "male"}


def drawn(remarks=()):
    explanation = explain(MODEL, [0, 0, 0, -1], ONE, OTHER, remarks=remarks)
    return waterfall(explanation, "clinic/1", "parish-book/b1")


def test_the_waterfall_shows_every_step_with_its_words_and_its_weight():
    drawing = drawn()
    assert drawing.title == "How the evidence adds up: clinic/1 and parish-book/b1"
    assert drawing.text == (
        "Match weights in bits; each bit doubles the odds of one person. Before comparing: −11.2: 1"
        " of 2,300; Name: two parts in common: +9.2; Age: same: +4.3; Date:"
        " further apart: −5.4; Sex: not stated; All together: −3.0: 11 of 100."
    )
    root = ET.fromstring(f"<p>{drawing.svg('pair')}</p>")  # noqa: S314 - drawn here
    wide, narrow = root
    for picture in (wide, narrow):
        texts = [element.text for element in picture.iter("text")]
        assert {
            "Name: two parts in common",
            "Arman Beloru; Арман Белору <b>",
            "+9.2",
            "Sex: not stated",
            "−3.0: 11 of 100",
            "clinic/1 and parish-book/b1",
        } <= set(texts)
    assert {"← rather two persons", "rather one person →"} <= {e.text for e in wide.iter("text")}


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_bars_hang_together_and_their_colours_say_the_side(size):
    spec = drawn().specs[size]
    rows = {row["label"]: row for data in spec["datasets"].values() for row in data
            if "label" in row and "top" in row}  # fmt: skip
    labels = list(dict.fromkeys(row for row in rows))
    assert len(labels) == 6
    steps = [rows[label] for label in rows if rows[label]["kind"] in {"begin", "step", "silent"}]
    ordered = sorted(steps, key=lambda row: row["y"])
    assert [row["from"] for row in ordered[1:]] == [row["to"] for row in ordered[:-1]]
    fills = {
        row["label"]: layer["mark"]["fill"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rect"
        for row in spec["datasets"][layer["data"]["name"]]
    }
    assert fills["Name: two parts in common"] == FOR
    assert fills["Date: further apart"] == AGAINST
    assert fills["All together"] not in {FOR, AGAINST}


def test_a_judgement_is_named_where_it_decides():
    judged = Remark("judgement", "Somebody judged.")
    assert "but a judgement decides" in drawn([judged]).svg("pair")


def test_weights_have_their_sign():
    assert [signed(w) for w in (7.06, -3.0, 0.0, -0.04)] == ["+7.1", "−3.0", "0", "0"]


def test_a_chart_is_a_file_that_stands_by_itself():
    drawing = drawn()
    png = chart_file(drawing, "why.PNG")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert width == 2 * WIDE.width
    assert height > 300
    svg = ET.fromstring(chart_file(drawing, "why.svg"))  # noqa: S314 - drawn here
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg[0].text == drawing.title
    assert svg[1].text == drawing.text
    page = chart_file(drawing, "why.html", ["A < B.", "Second."]).decode()
    assert page.count("<svg ") == 2
    assert "<p>A &lt; B.</p>\n<p>Second.</p>" in page
    assert "<b>" not in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


@pytest.mark.parametrize("name", ["why.gif", "why"])
def test_another_ending_is_refused(name):
    with pytest.raises(CaseError, match=r"Name a file that ends in \.svg, \.png, \.html"):
        chart_file(drawn(), name)
