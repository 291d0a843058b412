"""Linkage: records of persons become persons."""

from __future__ import annotations

import logging
import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked import FIVE_SCRIPTS, linked, partition, readings, together, two_lists, values

from everyname.errors import LinkageError
from everyname.ledger import Judgement
from everyname.linkage import Model, Ties, link_values, ties_of
from everyname.linkage.linkage import FLOOR, MOST_NAMESAKES

PEOPLE = together(*((2 * n, 2 * n + 1) for n in range(len(FIVE_SCRIPTS))))
DAY = {"date": "2031-02-03", "place": "Olvea"}


@pytest.fixture(scope="module")
def five():
    return linked(*two_lists())


def best(*how, **more):
    return readings(linked(*how, **more))[1]


def alone(count):
    """Everybody is somebody else."""
    return together(*([n] for n in range(count)))


def test_five_people_on_two_lists_in_five_scripts(five):
    assert readings(five) == (PEOPLE, PEOPLE, PEOPLE)
    assert five.groups() == ((0, 1), (2, 3), (4, 5), (6, 7), (8, 9))
    assert five.clustering.undecided == 0
    matches = five.pairs.where(five.pairs.probability > 0.99)
    assert sorted(zip(matches.a.tolist(), matches.b.tolist(), strict=True)) == list(five.groups())


def test_the_order_of_records_changes_nothing_but_labels(five):
    rows, lists = two_lists()
    order = list(range(len(rows)))
    random.Random(3).shuffle(order)  # noqa: S311 - no secret
    again = linked([rows[n] for n in order], [lists[n] for n in order])
    assert readings(again, order) == readings(five)

    def scored(linkage, names):
        pairs = linkage.pairs
        ends = ((names[a], names[b]) for a, b in zip(pairs.a, pairs.b, strict=True))
        return dict(zip(map(frozenset, ends), pairs.probability.tolist(), strict=True))

    assert scored(again, order) == pytest.approx(scored(five, list(range(10))), abs=1e-12)


def test_the_names_of_lists_change_nothing(five):
    rows, lists = two_lists()
    again = linked(rows, [{"north": "z", "south": "a"}[name] for name in lists])
    assert readings(again) == readings(five)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"name": "Ivan Tomarov"}],
        [{}, {}],
        [{"name": "Ivan Tomarov"}, {}],
        [{"name": "N.N."}, {"name": "N.N."}],
        [{"sex": "male"}] * 30,
        [{"age": "34"}] * 3,
    ],
    ids=["none", "one", "all null", "one trait once", "placeholders", "only sex",
         "only age"],
)  # fmt: skip
def test_nothing_to_compare(rows):
    linkage = linked(rows)
    assert readings(linkage) == (alone(len(rows)),) * 3
    assert len(linkage.pairs) == 0
    assert linkage.model == Model(trained=False, prior=0.0, prior_within=0.0, comparisons=())


@pytest.mark.parametrize("row", [DAY, {"place": "Olvea"}, {"date": "2031-02-03"}], ids=len)
def test_people_who_share_a_day_or_a_place_and_no_more_are_not_put_together(row):
    assert readings(linked([row] * 30)) == (alone(30),) * 3


def test_two_records():
    rows, lists = two_lists()
    linkage = linked(rows[:2], lists[:2])
    assert readings(linkage) == (together([0, 1]),) * 3
    assert linkage.pairs.probability[0] > 0.99
    assert not linkage.model.trained


def test_two_people():
    rows, lists = two_lists()
    assert readings(linked([rows[0], rows[9]], lists[:2])) == (alone(2),) * 3


def test_one_person_on_many_lists():
    person = {"name": "Ivan Tomarov", "age": "34", "date": "2031-01-02"}
    assert best([person] * 6, list("abcdef")) == together(range(6))


FAMILY = (
    ("Ahmed Hassan Ali", "male", "34"),
    ("Fatima Hassan Ali", "female", "9"),
    ("Omar Hassan Ali", "male", "7"),
    ("Amr Hassan Ali", "male", "6"),
)
TWINS = (("Hussein Hassan", "male", "1"), ("Hassan Hassan", "male", "1"))
CHILDREN = (("Child 1 of Ahmed Ali", "", ""), ("Child 2 of Ahmed Ali", "", ""))


def one_village(people):
    """People killed on one day in one village."""
    return [{"name": name, "sex": sex, "age": age, **DAY} for name, sex, age in people]


@pytest.mark.parametrize(
    "people", [FAMILY, TWINS, CHILDREN, FAMILY + TWINS + CHILDREN], ids=["4", "twins", "2", "all"]
)
def test_a_family_in_one_list_is_as_many_persons(people):
    _, middle, high = readings(linked(one_village(people)))
    assert middle == high == alone(len(people))


def test_a_family_on_two_lists_is_matched_each_to_its_own():
    rows = one_village(FAMILY) + one_village(FAMILY[::-1])
    assert best(rows, ["a"] * 4 + ["b"] * 4) == together((0, 7), (1, 6), (2, 5), (3, 4))


def test_siblings_on_two_lists_are_not_one_person():
    rows = [
        {"name": f"{name} Tomaridze", **DAY}
        for name in ("Ivan", "Marta", "Sergo", "Ketevan", "Olga", "Boris")
    ]
    assert best(rows, ["a", "b"] * 3) == alone(6)


def test_people_of_one_day_and_village_are_not_one_person():
    names = ["Ivan Tomarov", "Boris Kelin", "Marta Zelinko", "Danila Morev", "Olga Sarvina"]
    rows = [{"name": name, "age": str(20 + 9 * n), **DAY} for n, name in enumerate(names)]
    linkage = linked(rows, list("abcde"))
    assert readings(linkage) == (alone(5),) * 3
    assert linkage.pairs.conflict.all()


TWICE = {"name": "Karim Mansour Saleh", "birth_date": "1996-05-17", "date": "2031-02-03"}


def test_a_person_twice_on_one_list_is_found():
    assert best([*one_village(FAMILY), TWICE, TWICE]) == together([0], [1], [2], [3], [4, 5])


def test_the_same_evidence_says_less_within_a_list_than_across():
    rows = [*one_village(FAMILY), TWICE, {**TWICE, "name": "Karim Mansor", "birth_date": "1996"}]

    def probability(lists):
        pairs = linked(rows, lists).pairs
        return float(pairs.probability[(pairs.a == 4) & (pairs.b == 5)].sum())

    assert probability(list("aaaaaa")) < probability(list("aaabab"))


def test_records_without_names_meet_in_day_place_and_age():
    rows = [
        {"date": "2031-01-02", "place": "Tamrud", "age": "34", "sex": "male"},
        {"date": "2031-01-02", "place": "Tamrud", "age": "34", "sex": "male"},
        {"date": "2031-01-09", "place": "Oskelan", "age": "70", "sex": "male"},
        {"date": "2031-02-09", "place": "Mzikara", "age": "12", "sex": "female"},
    ]
    assert best(rows, list("abbb")) == together([0, 1], [2], [3])


def test_mistakes_in_a_letter_and_the_day_are_looked_past():
    rows = [
        {"name": "Ivan Petr Tomarov", "date": "2031-01-02", "age": "34"},
        {"name": "Ivan Tomarev", "date": "2031-01-03", "age": "34"},
    ]
    assert best(rows, ["a", "b"]) == together([0, 1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"date": "2031-02-03"}, {"date": "2031-02"}),
        ({"birth_date": "1996-05-17", "date": "2031-02-03"}, {"age": "34", "date": "2031-02-03"}),
        ({"birth_date": "1996-05-17"}, {"birth_date": "1996"}),
        ({"place": "Alder Mill, Southern district"}, {"place": "Alder Mill"}),
        ({"place": "Alder Mill, Southern district"}, {"place": "Southern district"}),
        ({"latitude": "41.50", "longitude": "44.25"}, {"latitude": "41.51", "longitude": "44.26"}),
        ({"age": "34"}, {"age": "30/39"}),
    ],
    ids=[
        "month",
        "age and birth",
        "birth year",
        "place within",
        "area",
        "coordinates",
        "age range",
    ],
)
def test_what_one_list_says_more_roughly_agrees_all_the_same(one, other):
    name = {"name": "Ivan Petr Tomarov"}
    strangers = [{"name": other_name, **one} for other_name in ("Boris Kelin", "Olga Sarvina")]
    rows = [{**name, **one}, {**name, **other}, *strangers]
    assert best(rows, list("abab")) == together([0, 1], [2], [3])


def test_what_speaks_against_a_match_keeps_namesakes_apart():
    one = {"name": "Ivan Tomarov", "age": "7", "sex": "male", "date": "2031-01-02",
           "place": "Tamrud"}  # fmt: skip
    other = {"name": "Ivan Tomarov", "age": "81", "sex": "female", "date": "2029-06-30",
             "place": "Oskelan"}  # fmt: skip
    middle = {"name": "Boris Kelin", "age": "30"}
    assert best([one, other, middle], list("aba")) == alone(3)


def test_names_in_conflict_do_not_meet_by_way_of_a_nameless_record():
    fact = {"age": "34", "date": "2031-02-03", "place": "Olvea", "sex": "male"}
    rows = [{"name": "Ivan Tomarov", **fact}, fact, {"name": "Giorgi Beridze", **fact}]
    linkage = linked(rows, list("abc"))
    for reading in readings(linkage):
        assert not any({0, 2} <= group for group in reading)
    conflict = linkage.pairs.where(linkage.pairs.conflict)
    assert (conflict.a.tolist(), conflict.b.tolist()) == ([0], [2])


def test_a_text_in_place_of_a_name_that_nobody_recognised_is_not_in_conflict():
    rows = [{"name": "Zurückgehalten Amtlich", "date": f"20{n:02d}-05-17", "age": "34"}
            for n in range(30, 30 + MOST_NAMESAKES + 1)]  # fmt: skip
    named = {"name": "Ivan Tomarov", "date": "2030-05-17", "age": "34"}
    many = linked([*rows, named], ["a"] * len(rows) + ["b"])
    assert not many.pairs.conflict.any()
    few = linked([*rows[:3], named], ["a"] * 3 + ["b"])
    assert few.pairs.conflict.any()


def test_a_judgement_joins_different_names_and_moves_no_probability(five):
    joined = linked(*two_lists(), ties=Ties(same=((0, 4),)))
    low, middle, high = readings(joined)
    assert low == middle == together([0, 1, 4, 5], [2, 3], [6, 7], [8, 9])
    assert any({0, 4} <= group for group in high)

    def scored(linkage):
        pairs = linkage.pairs
        ends = zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)
        return dict(zip(ends, pairs.probability.tolist(), strict=True))

    assert scored(joined) == pytest.approx(scored(five), abs=1e-12)


def test_a_judgement_parts_what_agrees():
    for reading in readings(linked(*two_lists(), ties=Ties(different=((0, 1),)))):
        assert {0} in reading
        assert {1} in reading


def test_a_judgement_of_unsure_leaves_a_pair_undecided():
    linkage = linked(*two_lists(), ties=Ties(unsure=((0, 1),)))
    low, middle, high = readings(linkage)
    assert low == PEOPLE
    assert middle == high == PEOPLE - {frozenset({0, 1})} | {frozenset({0}), frozenset({1})}
    assert linkage.clustering.undecided == 1


def test_judgements_that_contradict_each_other_are_refused():
    with pytest.raises(LinkageError) as caught:
        linked(*two_lists(), ties=Ties(same=((0, 1), (1, 2)), different=((0, 2),)))
    assert "judgements contradict each other" in str(caught.value)
    assert "Take one of those back" in str(caught.value)


REFERENCES = ["north/1", "south/1", "north/2"]


def judged(a, b, decision, reviewer="first"):
    return Judgement(a, b, decision, reviewer)


def test_ties_pass_over_other_records_and_records_with_themselves():
    judgements = [
        judged("south/1", "north/1", "same"),
        judged("south/1", "north/2", "unsure"),
        judged("north/1", "north/1", "different"),
        judged("north/1", "elsewhere/9", "same"),
    ]
    assert ties_of(REFERENCES, judgements) == Ties(same=((0, 1),), different=(), unsure=((1, 2),))


@pytest.mark.parametrize(
    ("second", "expected"),
    [("different", Ties(different=((0, 1),))), ("same", Ties(unsure=((0, 1),)))],
)
def test_two_reviewers(second, expected):
    one = judged("north/1", "south/1", "different")
    other = judged("south/1", "north/1", second, "second")
    assert ties_of(REFERENCES, [one, other]) == ties_of(REFERENCES, [other, one]) == expected


def test_progress_is_told():
    told = []
    linked(*two_lists(), progress=told.append)
    assert told[0] == "preparing 10 records"
    assert told[-1] == "putting records together"


def test_splink_is_silent(caplog, capsys):
    before = logging.getLogger("splink").level
    with caplog.at_level(logging.DEBUG):
        linked(*two_lists())
    assert capsys.readouterr() == ("", "")
    assert logging.getLogger("splink").level == before


GIVEN = ["Ivan", "Boris", "Marta", "Danila", "Olga", "Sergo", "Levan", "Nika", "Petra", "Yusuf"]
SYLLABLES = ["ko", "ra", "mel", "du", "vin", "tash", "bo", "ler", "zim", "ga", "fen", "hul"]


def crowd(seed, families=70, size=5, listed=0.6):
    """Families who died together, each on one day in one place, on two lists; and who is who."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    rows, lists, true = [], [], []
    for family in range(families):
        surname = "".join(rng.choices(SYLLABLES, k=3)).capitalize()
        event = {"date": f"2031-{1 + family % 12:02d}-{1 + family % 28:02d}",
                 "place": f"Village {family % 17}"}  # fmt: skip
        for member, given_name in enumerate(rng.sample(GIVEN, size)):
            age = rng.randrange(80)
            for source in ("a", "b"):
                if rng.random() < listed:
                    stated = max(0, age + rng.choice([0, 0, 0, 1, -1]))
                    row = {"name": f"{given_name} {surname}", "age": str(stated), **event}
                    rows.append(row)
                    lists.append(source)
                    true.append((family, member))
    return rows, lists, true


@pytest.mark.parametrize("seed", [1, 2])
def test_families_and_events_are_not_taken_for_persons(seed):
    rows, lists, true = crowd(seed)
    linkage = linked(rows, lists)
    assert linkage.model.trained
    found, truth = (
        readings(linkage, range(len(rows)))[1],
        partition(map(hash, true), range(len(rows))),
    )
    assert len(found & truth) / len(truth) > 0.95
    matches = sum(len(group) == 2 for group in truth)
    expected = linkage.pairs.probability[~linkage.pairs.conflict].sum()
    assert expected == pytest.approx(matches, rel=0.08)


def test_a_record_of_a_stranger_changes_nobody_else():
    rows, lists, _ = crowd(3, families=30)
    stranger = {"name": "Xerxes Quillanov", "age": "51", "date": "2027-06-30", "place": "Nowhere"}
    before, after = best(rows, lists), best([*rows, stranger], [*lists, "a"])
    assert after == before | {frozenset({len(rows)})}


@pytest.mark.parametrize("seed", [4, 5])
def test_permuting_records_permutes_persons(seed):
    rows, lists, _ = crowd(seed, families=45)
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)  # noqa: S311 - no secret
    mixed = linked([rows[n] for n in order], [lists[n] for n in order])
    assert readings(mixed, order) == readings(linked(rows, lists))


TEXT = st.one_of(
    st.sampled_from(["", "34", "30/39", "2031-01-02", "1992-03~", "Ivan Tomarov", "Томаров", "N.N.",
                     "male", "Tamrud, South", "41.5", "nan", "inf", "1e308"]),
    st.text(max_size=12),
)  # fmt: skip
FIELD = st.sampled_from(["name", "given_name", "sex", "age", "birth_date", "date", "place",
                         "latitude", "longitude", "residence_code", "occupation"])  # fmt: skip


@given(st.lists(st.tuples(st.dictionaries(FIELD, TEXT), st.sampled_from("abc")), max_size=6))
@settings(deadline=None, max_examples=15)
def test_whatever_stands_in_fields_persons_come_of_it(records):
    linkage = linked([row for row, _ in records], [source for _, source in records])
    found = linkage.clustering
    for finer, coarser in ((found.high, found.best), (found.best, found.low)):
        assert len(set(zip(finer.tolist(), coarser.tolist(), strict=True))) == len(
            set(finer.tolist())
        )
    assert ((linkage.pairs.probability >= 0) & (linkage.pairs.probability <= 1)).all()
    assert (linkage.pairs.a < linkage.pairs.b).all()
    assert ((linkage.pairs.probability >= FLOOR) | linkage.pairs.conflict).all()
    repeated = linked([row for row, _ in records], [source for _, source in records])
    assert np.array_equal(repeated.clustering.best, found.best)


HOSTILE = {
    "300 letters": "Иванов" * 50, "NUL": "Ivan\0Tomarov", "emoji": "👩‍👩‍👧 Ivan",
    "right to left": "\u202eIvan\u202c \u200fعلي", "lone accent": "\u0301",
    "a million digits": "9" * 10**6,
    "quotes": "'; DROP TABLE records; --", "braces": '{"a": [1]}', "lines": "Ivan\nTomarov\r\t",
    "replacement": "\ufffd\ufeff", "a million letters": "a" * 10**6, "many words": "Ali " * 3_000,
    "not a number": "nan", "infinite": "inf", "far year": "99999-01-01", "year 1": "0001-01-01",
    "last year": "9999-12-31", "minus": "-1", "open": "2031/..",
    "backwards": "2031-02-05/2031-02-01",
    "slash": "/", "percent": "%s%d%", "wide digits": "３４", "zero width": "\u200b\u200d",
}  # fmt: skip


@pytest.mark.parametrize("field", ["name", "age", "birth_date", "date", "place", "latitude", "all"])
def test_hostile_values_break_nothing(field):
    names = ["name", "sex", "age", "birth_date", "date", "place", "place_origin", "latitude",
             "longitude", "residence_address", "residence_code", "occupation"]  # fmt: skip
    fields = names if field == "all" else [field]
    rows = [dict.fromkeys(fields, text) for text in HOSTILE.values()]
    rest = {"name": "Ivan Tomarov", "age": "34", "date": "2031-01-02", "place": "Tamrud"}
    rows = [{**rest, **row} for row in rows for _ in range(2)]
    linkage = link_values(values(rows), ["a", "b"] * len(HOSTILE))
    assert len(linkage.clustering.best) == len(rows)
    assert np.isfinite(linkage.pairs.probability).all()


def test_values_that_are_no_texts_are_read_as_texts():
    frame = pl.DataFrame({"name": ["Ivan Tomarov"] * 2, "age": [34, 34], "latitude": [41.5, 41.5]})
    linkage = link_values(frame, pl.Series(["a", "b"]))
    assert readings(linkage)[1] == together([0, 1])
