import re
from itertools import product

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.counts import CapturePatterns
from everyname.errors import EstimationError
from everyname.estimation import PatternTable, as_table, tables_by

LISTS = ("hospital", "press")
TABLE = PatternTable.from_rows(LISTS, [((1, 1), 4), ((1, 0), 9), ((0, 1), 7)])
HISTORIES = [[1, 1], [1, 0], [0, 1]]
COUNTS = [4, 9, 7]
COLUMNS = {"hospital": [1, 1, 0], "press": [1, 0, 1], "count": [4, 9, 7]}


@pytest.fixture
def written(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "lists.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def refused(message, data, *arguments, **options):
    with pytest.raises(EstimationError) as caught:
        as_table(data, *arguments, **options)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "data",
    [
        TABLE,
        COLUMNS,
        pd.DataFrame(COLUMNS),
        pd.DataFrame(COLUMNS).astype({"hospital": bool, "press": float, "count": "Int64"}),
        pl.DataFrame(COLUMNS),
        pl.LazyFrame(COLUMNS),
        pl.DataFrame(COLUMNS).with_columns(pl.col("press").cast(pl.Boolean)),
        {**COLUMNS, "press": ["1", "0", "true"], "hospital": ["TRUE", " 1 ", "False"]},
        CapturePatterns(lists=LISTS, rows=(((1, 1), 4), ((1, 0), 9), ((0, 1), 7))),
    ],
)
def test_every_kind_of_input_gives_the_same_table(data):
    assert as_table(data) == TABLE


def test_arrays_take_names_and_counts():
    assert as_table(HISTORIES, COUNTS, lists=LISTS) == TABLE
    assert as_table((np.array(HISTORIES), np.array(COUNTS)), lists=LISTS) == TABLE
    assert as_table(np.array(HISTORIES, dtype=bool), np.array(COUNTS, dtype=float)).lists == (
        "list 1",
        "list 2",
    )
    assert as_table(np.repeat(HISTORIES, COUNTS, axis=0), lists=LISTS) == TABLE


@pytest.mark.parametrize(
    "text",
    [
        "hospital,press,count\n1,1,4\n1,0,9\n0,1,7\n",
        "\ufeffhospital;press;Count\r\n1;1;4\r\n\r\n1;0;9\r\n0;1;7",
        "hospital\tCOUNT\tpress\n1\t4.0\t1\n1\t9\t0\nfalse\t7\ttrue\n",
        '"hospital"|" press "|"count"\n"1"|"1"|"4"\n1|0|9\n0|1|7\n0|0|0\n',
    ],
)
def test_a_file_is_read_however_it_is_separated(written, text):
    path = written(text)
    assert as_table(path) == TABLE
    assert as_table(str(path)) == TABLE


def test_a_file_without_counts_has_a_row_for_each_person(written):
    path = written("hospital,press\n" + "1,1\n" * 4 + "1,0\n" * 9 + "0,1\n" * 7)
    assert as_table(path) == TABLE


def test_one_list_is_a_table_and_no_error(written):
    assert as_table(written("hospital,count\n1,4\n")).observed == 4


def test_persons_in_none_of_the_lists_used_are_left_out(written):
    path = written("a,b,c,region\n1,1,0,x\n0,0,1,y\n0,1,1,z\n")
    expected = PatternTable.from_rows(("a", "b"), [((1, 1), 1), ((0, 1), 1)])
    assert as_table(path, lists=("a", "b")) == expected
    three = PatternTable.from_rows(("a", "b", "c"), [((1, 1, 0), 1), ((0, 0, 1), 1)])
    assert as_table(three, lists=("b", "a")) == PatternTable.from_rows(("b", "a"), [((1, 1), 1)])


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("", "", "the file is empty. Give a table with a column of 0 and 1 for each list."),
        (
            "a,region\n1,north\n",
            ", row 2, column 'region'",
            (
                "north is neither 0 nor 1. Put 1 where the list holds the person and 0 where not;"
                " if 'region' is no list, name the lists with lists= (--lists), or strata with by="
                " (--by)."
            ),
        ),
        (
            "a,b\n1,0\n\n1,2\n",
            ", row 4, column 'b'",
            (
                "2 is neither 0 nor 1. Put 1 where the list holds the person and 0 where not; if"
                " 'b' is no list, name the lists with lists= (--lists), or strata with by= (--by),"
                " or call it 'count' if it says how many persons have the pattern."
            ),
        ),
        (
            "a,b\n1,\n",
            ", row 2, column 'b'",
            "no mark. Put 1 where the list holds the person and 0 where it does not.",
        ),
        (
            "a,count\n1,-3\n",
            ", row 2, column 'count'",
            "the count -3. A number of persons is never negative: correct the count.",
        ),
        (
            "a,Count\n1,3\n1,2.5\n",
            ", row 3, column 'Count'",
            "the count 2.5. Give a whole number of persons, in digits.",
        ),
        (
            "a,count\n1,\n",
            ", row 2, column 'count'",
            "the count is empty. Give a whole number of persons, in digits.",
        ),
        (
            "a,b,count\n1,1,3\n0,0,7\n",
            ", row 3",
            (
                "7 persons in no list. Persons in no list are what is estimated and cannot be"
                " observed: drop the row, or mark the list that holds them."
            ),
        ),
        (
            "a,b,a\n1,1,1\n",
            ", column 3",
            "two columns are called 'a'. Give each column a name of its own.",
        ),
        (
            '"","a"\n"1",1\n',
            ", column 1",
            (
                "a column without a name. Name it or leave it out; R writes one unless told"
                " row.names = FALSE."
            ),
        ),
        (
            "a,b\n1,1\n1\n",
            ", row 3",
            "1 cells, where the first row names 2 columns. Give every row one cell a column.",
        ),
        (
            "1,0,12\n0,1,4\n",
            "",
            "the first row holds numbers, not names. Put the names of the lists in the first row.",
        ),
        ("count\n4\n", "", "no column is a list. Give a column of 0 and 1 for each list."),
        (
            'a,b\n1,"1\n',
            "",
            (
                "this is not CSV (unexpected end of data). Save the table as CSV with quotation"
                " marks in pairs."
            ),
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place(written, text, where, message):
    path = written(text)
    refused(f"{path}{where}: {message}", path)


def test_a_file_that_is_no_text_or_is_not_there_is_refused(written, tmp_path):
    path = written("hôpital,press\n1,1\n", encoding="latin-1")
    message = (
        f"{path}: this is not text in UTF-8. Save the table as CSV in UTF-8; in a spreadsheet: Save"
        " as, CSV UTF-8."
    )
    refused(message, path)
    refused(message, written("hospital,press\n1,1\n", encoding="utf-16"))
    refused(f"{tmp_path / 'no.csv'}: there is no such file. Check the path.", tmp_path / "no.csv")
    refused(f"{tmp_path}: this cannot be read (Is a directory). Check the path.", tmp_path)


@pytest.mark.parametrize(
    ("data", "arguments", "message"),
    [
        (TABLE, ([1],), "counts beside a table that has its own. Give the table alone."),
        (COLUMNS, ([1, 2, 3],), "counts beside the column 'count'. Give one of them."),
        (
            {"a": [1, 1], "b": [1, 0]},
            ([1, 2, 3],),
            "counts of shape (3,) for 2 patterns. Give one count a pattern.",
        ),
        (
            {"a": [1, 1], "b": [1]},
            (),
            "columns of different lengths. Give one cell a row in each.",
        ),
        (
            pd.DataFrame([[1, 1]], columns=["a", "a"]),
            (),
            "column 2: two columns are called 'a'. Give each column a name of its own.",
        ),
        (
            pl.DataFrame({"a": [1, None]}),
            (),
            (
                "row 2, column 'a': no mark. Put 1 where the list holds the person and 0 where it"
                " does not."
            ),
        ),
        (
            [1, 0],
            (),
            (
                "an array of shape (2,). Give capture histories of shape (rows, lists), a data"
                " frame, or a path."
            ),
        ),
        (
            [[1, 0], [1]],
            (),
            "rows of different lengths. Give as many marks in every row as there are lists.",
        ),
        (
            [[1, 0]],
            ([2.5],),
            "row 1, column 'count': the count 2.5. Give a whole number of persons, in digits.",
        ),
        (
            [[1, 0]],
            ([float("inf")],),
            "row 1, column 'count': the count inf. Give a whole number of persons, in digits.",
        ),
    ],
)
def test_what_is_wrong_in_arrays_and_frames_is_said(data, arguments, message):
    refused(message, data, *arguments)


def test_a_column_that_is_not_there_is_named_with_those_there_are():
    refused("there is no column 'radio'. Use one of hospital, press, count.", COLUMNS,
            lists=("hospital", "radio"))  # fmt: skip


def test_strata_are_tables_by_the_values_of_columns(written):
    path = written(
        "a,b,region,sex,count\n1,1,south,f,4\n1,0,north,f,9\n0,1,north,m,7\n1,0,,m,2\n1,0,x,m,0\n"
    )
    by_region = tables_by(path, by="region", lists=("a", "b"))
    assert {name: table.counts.tolist() for name, table in by_region.items()} == {
        "north": [9, 7],
        "south": [4],
        "unknown": [2],
    }
    assert list(tables_by(path, by=("sex", "region"))) == [
        "f, north",
        "f, south",
        "m, north",
        "m, unknown",
    ]
    with pytest.raises(EstimationError, match=r"there is no column 'place'\. Use one of a, b, reg"):
        tables_by(path, by="place")
    with pytest.raises(EstimationError, match=re.escape("row 2, column 'sex': f is neither")):
        tables_by(path, by="region")
    with pytest.raises(EstimationError, match="an array has no column to make strata of"):
        tables_by(HISTORIES, by="region")


patterns = st.lists(
    st.tuples(
        st.sampled_from([p for p in product((0, 1), repeat=3) if any(p)]), st.integers(0, 10**6)
    ),
    min_size=1,
    max_size=12,
)
names = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1)
    .filter(lambda name: name.lower() != "count" and not name.startswith("\ufeff")),
    min_size=3,
    max_size=3,
    unique=True,
)  # fmt: skip


@given(patterns, names, st.sampled_from(",;\t|"))
def test_a_table_written_as_csv_is_read_back(tmp_path_factory, rows, lists, delimiter):
    table = PatternTable.from_rows(lists, rows)
    path = tmp_path_factory.mktemp("table") / "table.csv"
    quoted = ['"' + name.replace('"', '""') + '"' for name in lists]
    lines = [delimiter.join([*quoted, "count"])]
    lines += [delimiter.join(map(str, (*pattern, count))) for pattern, count in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert as_table(path) == table
