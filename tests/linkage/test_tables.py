"""Tables of records, in whatever library's form, read as linkage compares them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.errors import LinkageError, MappingError
from everyname.linkage import FIELDS
from everyname.linkage.tables import SCHEMA, Problem, read_tables
from everyname.vocabulary import FIELDS as VOCABULARY
from everyname.vocabulary import ReadOptions

PEOPLE = {
    "Full name": ["Ivan Tomarov", "Aylin Demirhan", "unknown"],
    "age": [34, 7, None],
    "date": ["25/02/2031", "03/02/2031", "29/02/2031"],
    "remarks": ["", "x", "y"],
}
NAMED = {"Full name": "name"}


class PandasFrame:
    """Fake: what a pandas frame offers, with whole numbers as floats where one is missing."""

    def __init__(self, **columns):
        self._table = pa.table(columns)

    def __arrow_c_stream__(self, requested_schema=None):
        return self._table.__arrow_c_stream__(requested_schema)


class OlderFrame:
    """Fake: a frame of a library that speaks the interchange protocol only."""

    def __init__(self, **columns):
        self._frame = pl.DataFrame(columns)

    def __dataframe__(self, *, nan_as_null=False, allow_copy=True):
        return self._frame.to_arrow().__dataframe__(nan_as_null, allow_copy)


class MixedFrame:
    """Fake: a pandas frame with a column of texts and numbers, which Arrow refuses."""

    def __arrow_c_stream__(self, requested_schema=None):
        raise TypeError("Expected bytes, got a 'int' object")


def stated(frame):
    """What each record states, without the fields that nobody states."""
    return [{k: v for k, v in row.items() if v is not None} for row in frame.to_dicts()]


def test_a_table_is_read_field_by_field_and_what_is_not_understood_is_told():
    read = read_tables({"clinic": pl.DataFrame(PEOPLE)}, NAMED)
    assert dict(read.frame.schema) == dict(SCHEMA)
    assert stated(read.frame) == [
        {
            "source": "clinic",
            "row": 0,
            "name": "Ivan Tomarov",
            "age": "34",
            "date": "2031-02-25",
        },
        {
            "source": "clinic",
            "row": 1,
            "name": "Aylin Demirhan",
            "age": "7",
            # The first date shows that the day stands first.
            "date": "2031-02-03",
        },
        {"source": "clinic", "row": 2},
    ]
    (problem,) = read.problems
    assert (problem.table, problem.row, problem.column) == ("clinic", 2, "date")
    assert (problem.text, problem.rows) == ("29/02/2031", 1)
    assert str(problem) == f"clinic, row 2, column 'date': {problem.reason}"


def test_a_text_that_stands_in_many_rows_is_one_problem():
    read = read_tables(pl.DataFrame({"sex": ["x!", "m", "x!"]}))
    (problem,) = read.problems
    assert problem == Problem("table", 0, "sex", "x!", problem.reason, 2)
    assert str(problem).startswith("table, row 0, column 'sex' (and 1 more): 'x!' is not a sex")


@pytest.mark.parametrize(
    "table",
    [
        pl.DataFrame(PEOPLE),
        pl.LazyFrame(PEOPLE),
        pa.table(PEOPLE),
        pa.RecordBatch.from_pydict(PEOPLE),
        PandasFrame(**{**PEOPLE, "age": [34.0, 7.0, float("nan")]}),
        OlderFrame(**PEOPLE),
    ],
    ids=["polars", "polars lazy", "arrow", "arrow batch", "pandas", "interchange"],
)
def test_tables_of_any_library_are_read_alike(table):
    expected = read_tables({"t": pl.DataFrame(PEOPLE)}, NAMED)
    read = read_tables({"t": table}, NAMED)
    assert stated(read.frame) == stated(expected.frame)
    assert read.problems == expected.problems


def test_tables_are_named_or_numbered():
    one, two = pl.DataFrame({"name": ["Ivan"]}), pl.DataFrame({"name": ["Aylin", "Aram"]})
    for tables, names in (
        (one, ["table"]),
        ([one, two], ["1", "2", "2"]),
        ([("a", one), ("b", two)], ["a", "b", "b"]),
        ({"a": one, "b": two}, ["a", "b", "b"]),
        ({}, []),
    ):
        assert read_tables(tables).frame["source"].to_list() == names


def test_values_that_are_no_texts_are_read_as_they_would_be_written():
    frame = pl.DataFrame(
        {
            "name": pl.Series(["Ivan", "Aylin"], dtype=pl.Categorical),
            "age": [0.5, float("inf")],
            "birth_date": [dt.date(1997, 3, 4), None],
            "date": [dt.datetime(2031, 2, 3, 4, 5), dt.datetime(2031, 2, 4)],  # noqa: DTZ001
            "latitude": [Decimal("40.10"), Decimal("-3.5")],
        }
    )
    assert [list(row.values())[2:] for row in stated(read_tables(frame).frame)] == [
        ["Ivan", "0.5", "1997-03-04", "2031-02-03", "40.1"],
        ["Aylin", "2031-02-04", "-3.5"],
    ]


ONE = pl.DataFrame({"name": ["Ivan"]})


@pytest.mark.parametrize(
    ("tables", "columns", "said"),
    [
        (7, None, "tables is a int. Give Polars or pandas frames or Arrow tables"),
        ("list.csv", None, "tables is a str. Give Polars"),
        ({"a": "list.csv"}, None, "the table 'a' is a str. Give Polars"),
        ([("a", ONE), ("a", ONE)], None, "two tables are called 'a'. Name each otherwise"),
        (
            {"a": pl.DataFrame({"Naam": ["Ivan"]})},
            None,
            "a: no column is called like a field that is compared; the columns are 'Naam'. Say whi",
        ),
        ({"a": ONE}, {"nane": "name"}, "columns: no table has a column 'nane'. There are 'name'"),
        (
            {"a": pl.DataFrame({"name": ["Ivan"], "Full name": ["I"]})},
            NAMED,
            "a: the columns 'name' and 'Full name' are both name. Leave one of them out",
        ),
        (
            {"a": pl.DataFrame({"name": [["Ivan"]]})},
            None,
            "a: the column 'name' holds list values. Make texts of them",
        ),
        (
            {"a": MixedFrame()},
            None,
            "a: the table cannot be read (Expected bytes, got a 'int' object). Make each of its c",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(tables, columns, said):
    with pytest.raises(LinkageError) as caught:
        read_tables(tables, columns)
    assert said in str(caught.value)


def test_a_field_that_does_not_exist_is_answered_with_the_nearest():
    with pytest.raises(MappingError, match=r"no field 'nam'\. Did you mean name"):
        read_tables(ONE, {"name": "nam"})


texts = st.none() | st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
cells = texts | st.sampled_from(["03/04/2031", "25.12.1999", "34", "m", "unknown", "=1+1"])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(*(cells for _ in FIELDS)), max_size=8),
    st.lists(st.tuples(*(cells for _ in FIELDS)), max_size=3),
)
def test_every_cell_is_stated_silent_or_told_of(first, second):
    schema = dict.fromkeys(FIELDS, pl.String)
    tables = {
        name: pl.DataFrame(rows, schema=schema, orient="row")
        for name, rows in (("a", first), ("b", second))
    }
    read = read_tables(tables)
    assert read.frame.height == len(first) + len(second)
    told = {(p.table, p.column, p.text) for p in read.problems}
    assert len(told) == len(read.problems)
    for row in read.frame.iter_rows(named=True):
        given_ = tables[row["source"]].row(row["row"], named=True)
        for field in FIELDS:
            text, value = given_[field], row[field]
            if value is None:
                continue
            # What is stated was written, was not told of, and is read again as itself.
            assert text is not None
            assert (row["source"], field, text) not in told
            assert VOCABULARY[field].read(value, ReadOptions()).value == value
    for problem in read.problems:
        at = tables[problem.table].row(problem.row, named=True)
        assert at[problem.column] == problem.text
