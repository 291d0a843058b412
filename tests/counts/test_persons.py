"""Person: what the records of one person say together; and figures, out of records."""

from __future__ import annotations

from counted import filed, sources, tally

from everyname.counts import COUNTABLE, Figure, Person, Scope, figures, persons
from everyname.ledger import Filed, Locator, Record, Source, Statement


def test_persons():
    records = [
        filed("a", 1, sex="male", age="34", fate="killed", date="2031-01-02"),
        filed("b", 1, sex="female", age="34", date="2031-01"),
        filed("a", 2, fate="held", birth_date="2001", listed_id="77"),
    ]
    counted = tally(records, [0, 0, 2], Scope(fates=("killed",)))
    names = {0: "Ivan Tomarov", 1: "I. Tomarov", 2: ""}
    unknown = dict.fromkeys(COUNTABLE, "unknown")
    assert persons(records, [[0, 1], [2]], ["P-2", "P-1"], counted, names) == (
        Person(
            id="P-1",
            names=(),
            classes=unknown | {"fate": "held"},
            lists=("a",),
            records=(records[2].id,),
            included=False,
            values={"age": (), "birth_date": ("2001",), "date": (), "listed_id": ("77",)},
        ),
        Person(
            id="P-2",
            names=("Ivan Tomarov", "I. Tomarov"),
            classes=unknown
            | {
                "sex": "sources disagree",
                "age_band": "adult",
                "age_group": "adult",
                "fate": "killed",
                "year": "2031",
                "month": "2031-01",
                "day": "2031-01-02",
            },
            lists=("a", "b"),
            records=(records[0].id, records[1].id),
            included=True,
            values={
                "age": ("34",),
                "birth_date": (),
                "date": ("2031-01-02", "2031-01"),
                "listed_id": (),
            },
        ),
    )


def test_the_most_frequent_value_comes_first():
    records = [filed("a", 1), filed("b", 1), filed("c", 1)]
    names = {0: "I. Tomarov", 1: "Ivan Tomarov", 2: "I. Tomarov"}
    (person,) = persons(records, [[0, 1, 2]], ["P-1"], tally(records, [0, 0, 0]), names)
    assert person.names == ("I. Tomarov", "Ivan Tomarov")


def test_the_date_of_death_stands_in_where_a_record_states_no_date():
    records = [
        filed("a", 1, date_of_death="2031-02-03"),
        filed("b", 1, date="2031-02-01", date_of_death="2031-02-04"),
        filed("c", 1, date_of_death="2031-02-03"),
    ]
    counted = tally(records, [0, 0, 0])
    (person,) = persons(records, [[0, 1, 2]], ["P-1"], counted, {})
    assert person.values == {
        "age": (),
        "birth_date": (),
        "date": ("2031-02-03", "2031-02-01"),
        "listed_id": (),
    }


def test_nobody():
    assert persons([], [], [], tally([], []), {}) == ()


def _stated(kind: str, **fields: str) -> Filed:
    said = tuple(Statement(field, value) for field, value in fields.items())
    record = Record("paper", kind, "1", "d" * 64, Locator("", 2), said, ())
    return Filed(record.id, "paper.csv", record)


def test_figures():
    known = sources("agency", paper=["agency"])
    stated = _stated(
        "figure", low="485", best="613", high="636", fate="killed", victim_class="women"
    )
    records = [stated, _stated("group", high="40", unit="families"), filed("a", 1)]
    assert figures(records, known) == (
        Figure(
            record_id=stated.id,
            source_id="paper",
            said_by="paper",
            roots=("agency",),
            low=485,
            best=613,
            high=636,
            unit="persons",
            fate="killed",
            victim_class="women",
            source_kind="list",
        ),
    )
    (group,) = figures(records, known, kind="group")
    assert (group.low, group.best, group.high, group.unit) == (None, None, 40, "families")
    assert group.victim_class == "all"


def test_a_figure_said_by_somebody_else():
    paper = {"paper": Source("paper", "The Paper", kind="article", published="2031-05-01")}
    (figure,) = figures([_stated("figure", best="7", said_by="a witness")], paper)
    assert (figure.said_by, figure.said_on, figure.source_kind) == (
        "a witness", "2031-05-01", "article",
    )  # fmt: skip
