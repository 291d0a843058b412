import numpy as np

from everyname.ledger import Locator, Record, Statement
from everyname.linkage.comparisons import birth_comparison, name_comparison
from everyname.linkage.pair_levels import compared
from everyname.linkage.traits import table_of, traits_of


def record(**values):
    statements = tuple(Statement(field, value) for field, value in values.items())
    return Record("clinic", "person", "1", "0" * 64, Locator("", 2), statements, ())


RECORDS = (
    record(name="Arman Beloru", birth_date="1996-05-01", sex="male", date="2031-02-03"),
    record(name="Beloru, Arman", age="34", sex="male", date="2031-02-04", place="Tamrud"),
    record(name="Tovi Karsen", birth_date="1996-01-05", sex="female", place="Tamrud"),
    record(age="9"),
)


def levels(maker):
    return [
        level["label_for_charts"]
        for level in maker()["comparison_levels"]
        if not level.get("is_null_level")
    ]


def test_the_level_that_holds_is_found_for_each_comparison():
    table = table_of([traits_of(one) for one in RECORDS])
    names = ["name", "birth", "date", "sex", "place"]
    found = compared(table, np.array([0, 1, 0, 0]), np.array([1, 2, 2, 3]), names)
    assert found.dtype == np.int8
    name, birth = levels(name_comparison), levels(birth_comparison)
    assert found.tolist() == [
        [name.index("same parts"), birth.index("same age"), 1, 0, -1],
        [name.index("nothing in common"), -1, -1, 1, 0],
        [name.index("nothing in common"), birth.index("birth date differs in one part"), -1, 1, -1],
        [-1, birth.index("different ages"), -1, -1, -1],
    ]


def test_no_pairs_and_no_comparisons_are_no_fault():
    table = table_of([traits_of(one) for one in RECORDS])
    none = np.array([], dtype=np.int64)
    assert compared(table, none, none, ["name"]).shape == (0, 1)
    assert compared(table, np.array([0]), np.array([1]), []).shape == (1, 0)
