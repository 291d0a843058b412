import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.linkage.bonds import Bond, bonds
from everyname.linkage.pairs import Pairs
from everyname.linkage.person_words import person_words

REFERENCES = ("clinic/1", "clinic/7", "parish/b1", "press/4")


def scored(*rows):
    a, b, p, c = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Pairs(
        np.array(a, dtype=np.int64),
        np.array(b, dtype=np.int64),
        np.array(p, dtype=np.float64),
        np.array(c, dtype=np.bool_),
    )


CHAIN = scored(
    (0, 1, 0.99, False),
    (1, 2, 0.6, False),
    (2, 3, 0.98, False),
    (0, 2, 0.3, False),
    (1, 3, 0.9, True),
    (0, 9, 0.99, False),
)


def test_a_person_is_held_by_its_strongest_bonds_and_falls_apart_at_the_weakest():
    found = bonds(range(4), CHAIN)
    assert found.tree == (Bond(0, 1, 0.99), Bond(2, 3, 0.98), Bond(1, 2, 0.6))
    assert found.weakest == Bond(1, 2, 0.6)
    assert found.sides == ((0, 1), (2, 3))
    assert found.across == (3, 4)
    assert found.against == (Bond(1, 3, 0.9, conflict=True), Bond(0, 2, 0.3))
    assert (found.unscored, found.loose) == (1, ())
    assert person_words("P-x", REFERENCES, found) == (
        "P-x has 4 records.",
        "clinic/1 and clinic/7: 99 of 100 pairs like this are of one person.",
        "parish/b1 and press/4: 98 of 100 pairs like this are of one person.",
        "clinic/7 and parish/b1: 6 of 10 pairs like this are of one person.",
        (
            "It would fall apart first between clinic/7 and parish/b1 (6 of 10 such pairs):"
            " clinic/1, clinic/7 on one side, parish/b1, press/4 on the other. Of the 4 pairs"
            " between the two sides, 3 were scored."
        ),
        "Against it: the names of clinic/7 and press/4 have nothing in common.",
        "Against it: of pairs like clinic/1 and parish/b1, only 3 of 10 are of one person.",
        (
            "1 pair of these records was not scored, or held too improbable to keep: others hold"
            " them together."
        ),
    )


def test_what_is_judged_holds_before_what_is_probable():
    found = bonds(range(4), CHAIN, {(1, 2), (1, 3)})
    assert [(b.a, b.b, b.judged) for b in found.tree] == [
        (1, 3, True),
        (1, 2, True),
        (0, 1, False),
    ]
    assert found.weakest == Bond(0, 1, 0.99)
    assert found.against == (Bond(0, 2, 0.3),)
    unscored = bonds([0, 3], scored(), {(0, 3)})
    assert unscored.tree == (Bond(0, 3, 0.0, judged=True),)
    assert (unscored.weakest, unscored.sides, unscored.unscored) == (None, (), 1)
    assert person_words("P-x", REFERENCES, unscored)[1] == (
        "clinic/1 and press/4: judged to be one person."
    )
    three = bonds([0, 2, 3], scored(), {(0, 3), (0, 2)})
    assert "Judgements alone hold these records together." in person_words("P-x", REFERENCES, three)


def test_parts_that_nothing_connects_are_told():
    found = bonds([0, 1, 2], scored((0, 1, 0.8, False)))
    assert found.loose == ((0, 1), (2,))
    assert (
        "No single pair connects these parts with each other: clinic/1, clinic/7; parish/b1."
        in person_words("P-x", REFERENCES, found)
    )


def test_one_record_has_nothing_to_explain():
    found = bonds([2], CHAIN)
    assert (found.tree, found.weakest, found.against, found.unscored) == ((), None, (), 0)
    assert person_words("P-x", ("parish/b1",), found) == (
        "P-x has one record, parish/b1: nothing was put together.",
    )


@given(st.lists(st.floats(0.01, 1), min_size=15, max_size=15))
def test_the_weakest_bond_is_where_a_rising_threshold_first_parts_the_records(probabilities):
    ends = [(a, b) for b in range(6) for a in range(b)]
    pairs = scored(*((a, b, p, False) for (a, b), p in zip(ends, probabilities, strict=True)))
    found = bonds(range(6), pairs)
    assert len(found.tree) == 5
    assert sorted(place for side in found.sides for place in side) == list(range(6))
    between = [
        p
        for (a, b), p in zip(ends, probabilities, strict=True)
        if (a in found.sides[0]) != (b in found.sides[0])
    ]
    assert max(between) == pytest.approx(found.weakest.probability)
    assert all(bond.probability >= found.weakest.probability for bond in found.tree)
