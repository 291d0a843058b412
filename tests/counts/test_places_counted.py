"""Places in a count: a gazetteer puts spellings together and tells which place holds which."""

from __future__ import annotations

import numpy as np
from counted import filed, rows, sources

from everyname.counts import (
    Labels,
    Placing,
    Scope,
    Tally,
    Unplaced,
    contradiction,
    gather,
    placing,
    where,
)
from everyname.ledger import Filed, Locator, Record, Ruling, Statement
from everyname.vocabulary.gazetteer import Gazetteer
from everyname.vocabulary.gazetteer_place import GazetteerPlace

VALLEY = Gazetteer(
    (
        GazetteerPlace("North", "district", names=("Шимал",)),
        GazetteerPlace("South", "district"),
        GazetteerPlace("Tarn", "settlement", within="North", names=("Тарн", "تارن")),
        GazetteerPlace("Mill", "settlement", within="North"),
        GazetteerPlace("Mill", "settlement", within="South"),
    )
)


def counted(records, best, gazetteer=VALLEY, rulings=(), **scope):
    names = sorted({f.record.source for f in records})
    lists = {name: [f"{name}.csv"] for name in names}
    rules = Scope(**scope)
    evidence = gather(records, sources(*names), lists, rules, rulings, gazetteer)
    labels = np.array(best, dtype=np.int64)
    return Tally(evidence, Labels(labels, labels, labels), rules)


def test_spellings_in_several_scripts_are_one_class():
    records = [
        filed("a", 1, place="Tarn"),
        filed("b", 1, place="تارن"),
        filed("b", 2, place="Тарн"),
        filed("b", 3, place="Tarn town, North"),
        filed("b", 4, place="Mill"),
        filed("b", 5, place="Mill, South"),
        filed("b", 6, place="MILL"),
        filed("b", 7, place="Ford"),
    ]
    people = [0, 0, 2, 3, 4, 5, 6, 7]
    assert rows(counted(records, people).breakdown(["place"])) == {
        "Ford": (1, 1, 1),
        # Which of the two mills it is cannot be told: the source's text stays.
        "MILL": (2, 2, 2),
        "Mill, South": (1, 1, 1),
        "Tarn": (3, 3, 3),
    }
    without = counted(records, people, Gazetteer()).breakdown(["place"])
    assert rows(without)["Tarn"] == (2, 2, 2)


def test_the_levels_follow_from_the_gazetteer():
    records = [
        filed("a", 1, place="Тарн"),
        filed("a", 2, place="Шимал"),
        filed("a", 3, place="Mill, South"),
        filed("a", 4, place="Ford"),
        filed("a", 5),
    ]
    tally = counted(records, range(5))
    assert rows(tally.breakdown(["district"])) == {
        "North": (2, 2, 2), "South": (1, 1, 1), "unknown": (2, 2, 2),
    }  # fmt: skip
    assert rows(tally.breakdown(["settlement"])) == {
        "Mill, South": (1, 1, 1), "Tarn": (1, 1, 1), "unknown": (3, 3, 3),
    }  # fmt: skip
    assert tally.count(where({"place": "تارن"})).best == 1


def test_who_names_the_district_does_not_contradict_who_names_the_village():
    records = [
        filed("a", 1, place="North"),
        filed("b", 1, place="North"),
        filed("c", 1, place="Tarn"),
        filed("a", 2, place="South"),
        filed("b", 2, place="Tarn"),
    ]
    tally = counted(records, [0, 0, 0, 3, 3])
    assert rows(tally.breakdown(["place"])) == {
        "South": (0, 0, 1), "Tarn": (1, 1, 2), "sources disagree": (1, 1, 1),
    }  # fmt: skip
    assert rows(tally.breakdown(["district"])) == {
        "North": (1, 1, 2), "South": (0, 0, 1), "sources disagree": (1, 1, 1),
    }  # fmt: skip


def test_a_ruling_on_the_place_decides_the_district_too():
    records = [filed("a", 1, place="Tarn"), filed("b", 1, place="South")]
    ruling = Ruling("a/1", "place", "Тарн", "The panel")
    tally = counted(records, [0, 0], rulings=[ruling])
    assert rows(tally.breakdown(["place"])) == {"South": (0, 0, 1), "Tarn": (0, 1, 1)}
    assert rows(tally.breakdown(["district"])) == {"North": (0, 1, 1), "South": (0, 0, 1)}
    unlisted = Ruling("a/1", "place", "Ford", "The panel")
    tally = counted(records, [0, 0], rulings=[unlisted])
    assert rows(tally.breakdown(["district"]))["unknown"] == (0, 1, 1)
    assert contradiction([(0, ruling), (1, ruling)], [0, 0], Scope()) is None


def _group(key, place):
    record = Record("a", "group", key, "d" * 64, Locator("", 2), (Statement("place", place),), ())
    return Filed(record.id, "a.csv", record)


def test_what_is_not_in_the_gazetteer_is_told_with_the_number_of_records():
    records = [
        filed("a", 1, place="Ford", place_origin="Ford"),
        filed("a", 2, place="Tarn", place_origin="Mill"),
        filed("b", 3, place="Ford"),
        filed("b", 4, place="Lane 4, Tarn"),
        _group("g", "Mill"),
    ]
    assert placing(records, VALLEY) == Placing(
        places=5,
        found=2,
        unplaced=(
            Unplaced(text="Ford", records=2, place="", reason="it is not in the gazetteer"),
            Unplaced(
                text="Mill", records=2, place="", reason="it may be Mill, North or Mill, South"
            ),
            Unplaced(
                text="Lane 4, Tarn", records=1, place="Tarn", reason="not in the gazetteer: Lane 4"
            ),
        ),
    )
    assert [each.text for each in placing(records, VALLEY).missing] == ["Ford", "Mill"]
