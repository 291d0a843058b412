"""Tables become persons, without a case."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from linked import FIVE_SCRIPTS

from everyname.errors import LinkageError
from everyname.linkage import Clusters, Pairs, Ties, link
from everyname.linkage.belonging import belonging

COLUMNS = ("name", "name", "age", "date", "place", "sex")


def tables():
    """Five people, each in two tables; the second calls the name otherwise and adds a stranger."""
    rows = [dict(zip(COLUMNS[1:], (a, *rest), strict=True)) for a, _, *rest in FIVE_SCRIPTS]
    others = [
        {"Full name": b, **dict(zip(COLUMNS[2:], rest, strict=True))}
        for _, b, *rest in FIVE_SCRIPTS
    ]
    stranger = {"Full name": "Piotr Zawada", "age": "51", "date": "2030-07-09", "place": "Lubno"}
    return {"north": pl.DataFrame(rows), "south": pl.DataFrame([*others, stranger])}


def linked(**options):
    return link(tables(), columns={"Full name": "name"}, **options)


@pytest.fixture(scope="module")
def five() -> Clusters:
    return linked()


def test_five_people_and_a_stranger(five):
    assert five.frame.select("source", "row", "person").rows() == [
        *(("north", at, f"P{at + 1}") for at in range(5)),
        *(("south", at, f"P{at + 1}") for at in range(6)),
    ]
    assert five.frame.columns == ["source", "row", "person", "probability"]
    assert five.frame["probability"].min() > 0.9
    assert five.count == (6, 6, 6)
    assert five.problems == ()
    assert five.conflicts == ()
    assert len(five) == 11


def test_the_interval_holds_the_count_and_is_drawn_alike_again(five):
    drawn = five.interval()
    assert drawn.low <= 6 <= drawn.high
    assert five.interval() == drawn
    assert five.interval(level=0.5).high <= drawn.high
    with pytest.raises(LinkageError, match="give a level between 0 and 1"):
        five.interval(level=1.0)


def test_two_records_are_explained(five):
    words = five.explain(("south", 0), ("north", 0)).words
    assert words[0].startswith("Before anything is compared: ")
    assert any("Томаров Иван" in sentence for sentence in words)
    assert words[-1] == "They count as one person."
    apart = five.explain(("north", 0), ("south", 5))
    assert apart.words[-1] == "They count as two persons."
    assert not apart.within


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (("north", 9), ("north", 0), "there is no record of 'north', row 9"),
        (("west", 0), ("north", 0), "there is no record of 'west', row 0"),
        (("north", 0), ("north", 0), "both are the same record"),
    ],
)
def test_only_two_records_that_are_there_are_explained(five, a, b, said):
    with pytest.raises(LinkageError, match=said):
        five.explain(a, b)


def test_judgements_override_the_model():
    judged = linked(
        judgements=[
            (("north", 0), ("south", 0), "different"),
            (("north", 1), ("south", 5), "same"),
            (("north", 2), ("south", 2), "unsure"),
        ]
    )
    person = dict(
        zip(judged.frame.select("source", "row").rows(), judged.frame["person"], strict=True)
    )
    assert person["north", 0] != person["south", 0]
    assert person["north", 1] == person["south", 5]
    assert person["north", 2] != person["south", 2]
    assert judged.count.low < judged.count.high
    said = judged.explain(("north", 0), ("south", 0)).words
    assert "It was judged that the two are two persons." in said


@pytest.mark.parametrize(
    ("judgements", "said"),
    [
        ([(("north", 77), ("south", 0), "same")], "a judgement names 'north', row 77"),
        ([(("north", 0), ("north", 0), "same")], "Judge two different records"),
        ([(("north", 0), ("south", 0), "yes")], "'yes' is judged of"),
        (
            [
                (("north", 0), ("north", 1), "same"),
                (("north", 1), ("north", 2), "same"),
                (("north", 0), ("north", 2), "different"),
            ],
            "judgements contradict each other",
        ),
    ],
)
def test_judgements_that_cannot_be_are_refused(judgements, said):
    with pytest.raises(LinkageError, match=said):
        linked(judgements=judgements)


def test_no_rows_make_no_persons():
    empty = link(pl.DataFrame({"name": []}, schema={"name": pl.String}))
    assert empty.count == (0, 0, 0)
    assert empty.frame.shape == (0, 4)
    assert tuple(empty.interval(draws=3).__getattribute__(x) for x in ("low", "high")) == (0, 0)


def scored(*rows):
    a, b, probability, conflict = zip(*rows, strict=True)
    return Pairs(
        np.array(a, dtype=np.int64),
        np.array(b, dtype=np.int64),
        np.array(probability, dtype=np.float64),
        np.array(conflict, dtype=np.bool_),
    )


def test_how_probably_a_record_belongs_with_its_person():
    # 0, 1 and 2 are a person, 3 is nearly one of them, 4 is alone, and so is 5 by its name.
    pairs = scored((0, 1, 0.9, False), (1, 2, 0.8, False), (0, 3, 0.4, False), (2, 5, 0.9, True))
    labels = np.array([0, 0, 0, 3, 4, 5])
    log = np.log
    third = (log(0.9 / 0.1) - 2.5) / 2, (log(9.0) + log(4.0)) / 2, (log(4.0) - 2.5) / 2
    near = (log(0.4 / 0.6) - 5) / 3
    expected = [*(1 / (1 + np.exp(-x)) for x in third), 1 / (1 + np.exp(near)), 1.0, 1.0]
    np.testing.assert_allclose(belonging(labels, pairs, Ties()), expected)


def test_a_pair_belongs_together_as_probably_as_it_matches():
    pairs = scored((0, 1, 0.83, False))
    np.testing.assert_allclose(belonging(np.array([0, 0]), pairs, Ties()), [0.83, 0.83])
    np.testing.assert_allclose(belonging(np.array([0, 1]), pairs, Ties()), [0.17, 0.17])


def test_what_judgements_alone_put_together_is_certain():
    ties = Ties(same=((0, 1),))
    np.testing.assert_allclose(belonging(np.array([0, 0, 2]), Pairs.none(), ties), [1, 1, 1])
    # A third record stands to both as to one.
    pairs = scored((0, 2, 0.6, False), (1, 2, 0.6, False))
    np.testing.assert_allclose(belonging(np.array([0, 0, 0]), pairs, ties), [0.6, 0.6, 0.6])
