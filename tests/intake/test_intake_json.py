import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.errors import TableError
from everyname.intake import json_file
from everyname.intake.list_file import read_grid
from everyname.intake.table import TableOptions


def write(folder, content, name="list.json"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder, content, name="list.json", **options):
    return read_grid(write(folder, content, name), TableOptions(**options))


def rows(*arguments, **options):
    return list(read(*arguments, **options).cells.rows())


def notes(grid):
    return [(n.row, n.column, n.reason) for n in grid.all_notes]


TWICE = "a key stands twice in the object: the second is kept in a column of its own"
CONSTANT = "NaN or Infinity, which JSON does not have, is kept as text"
OTHER = "this is no object as the others are: it is kept as it is, in one cell"
LINE = "the line is no JSON: it is kept as it is"


@pytest.mark.parametrize("small", [json_file.SMALL, 0])
def test_objects_become_rows_and_lose_nothing(tmp_path, monkeypatch, small):
    monkeypatch.setattr(json_file, "SMALL", small)
    grid = read(
        tmp_path,
        '[{"a":1.10,"b":{"c":1e400,"d":{"e":[1,2.50,"é",{"x":null}]}},"a":2},'
        '{"f":12345678901234567890,"a":NaN,"g":true,"h":null,"i":{},"j":[]},'
        '{"a":" x\\u0000\\ud800 ","b":7}]',
    )
    assert grid.headed
    assert list(grid.cells.rows()) == [
        ["a", "b.c", "b.d.e", "a (2)", "f", "g", "h", "i", "j", "b"],
        ["1.10", "1e400", '[1,2.50,"é",{"x":null}]', "2", "", "", "", "", "", ""],
        ["NaN", "", "", "", "12345678901234567890", "true", "", "{}", "[]", ""],
        [" x\0\\ud800 ", "", "", "", "", "", "", "", "", "7"],
    ]
    assert notes(grid) == [
        (2, 4, TWICE),
        (3, 1, CONSTANT),
        (4, 1, "half a character (a lone surrogate) stands in the cell: written as its escape"),
    ]


def test_arrays_of_arrays_are_rows_as_they_are(tmp_path):
    grid = read(tmp_path, '[["name","age"],["Ada",34.0],[null],"odd",{"a":1}]')
    assert list(grid.cells.rows()) == [["name", "age"], ["Ada", "34.0"], [""], ["odd"], ['{"a":1}']]
    assert notes(grid) == [(4, 1, OTHER), (5, 1, OTHER)]
    assert not grid.headed


def test_the_largest_array_of_objects_is_found(tmp_path):
    text = '{"meta":{"n":2},"small":[{"x":1}],"data":{"dead":[{"name":"Ada"},{"name":"Ben"}]}}'
    grid = read(tmp_path, text)
    assert (grid.sheet, grid.sheets) == ("data.dead", ("small", "data.dead"))
    assert list(grid.cells.rows()) == [["name"], ["Ada"], ["Ben"]]
    assert notes(grid) == [
        (0, 0, "the rows are 'data.dead'; what stands beside it is not read: 'meta', 'small'")
    ]
    assert rows(tmp_path, text, sheet="small") == [["x"], ["1"]]
    with pytest.raises(TableError, match=r"there is no array 'x'; there are 'small', 'data.dead'"):
        read(tmp_path, text, sheet="x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"v1":{"name":"Ada"},"v2":{"name":"Ben","age":3}}',
            [["(key)", "name", "age"], ["v1", "Ada", ""], ["v2", "Ben", "3"]],
        ),
        (
            '{"all":{"v1":{"t":[{"x":1}]},"v2":{"t":[]}}}',
            [["(key)", "t"], ["v1", '[{"x":1}]'], ["v2", "[]"]],
        ),
        ('{"name":"Ada","p":{"x":1}}', [["name", "p.x"], ["Ada", "1"]]),
        ('[1,{"a":2},[3]]', [["(value)", "a"], ["1", ""], ["", "2"], ["[3]", ""]]),
    ],
)
def test_other_forms_of_a_table(tmp_path, text, expected):
    assert rows(tmp_path, text) == expected


def test_features_of_a_map(tmp_path):
    line = '{"type":"LineString","coordinates":[[1,2],[3,4]]}'
    point = '{"type":"Point","coordinates":[46.70,39.9]}'
    grid = read(
        tmp_path,
        '{"type":"FeatureCollection","name":"x","features":['
        f'{{"type":"Feature","id":1,"properties":{{"name":"Ada"}},"geometry":{point}}},'
        f'{{"type":"Feature","properties":null,"geometry":{line}}}]}}',
        "list.geojson",
    )
    assert list(grid.cells.rows()) == [
        ["id", "name", "longitude", "latitude", "geometry"],
        ["1", "Ada", "46.70", "39.9", ""],
        ["", "", "", "", line],
    ]
    assert notes(grid) == [
        (0, 0, "the rows are 'features'; what stands beside it is not read: 'name'")
    ]


@pytest.mark.parametrize("name", ["list.jsonl", "list.json", "list.ndjson"])
def test_a_bad_line_is_kept_and_noted(tmp_path, name):
    grid = read(tmp_path, '\ufeff{"a":1}\r\n{"a":2,\n\n{"b":"x\u2028y"}\n[1]\n{"a"', name)
    assert list(grid.cells.rows()) == [
        ["a", "(line)", "b", "(value)"],
        ["1", "", "", ""],
        ["", '{"a":2,', "", ""],
        ["", "", "x\u2028y", ""],
        ["", "", "", "[1]"],
        ["", '{"a"', "", ""],
    ]
    assert notes(grid) == [(3, 2, LINE), (5, 4, OTHER), (6, 2, LINE)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32-le"])
def test_encodings_of_json(tmp_path, encoding):
    content = '[{"имя":"Ада 😀"}]'.encode(encoding)
    assert rows(tmp_path, content) == [["имя"], ["Ада 😀"]]


def test_another_encoding_has_to_be_named(tmp_path):
    content = '[\n{"a":"Ада"}]'.encode("cp1251")
    with pytest.raises(TableError, match=r"list.json, line 2: the text is not utf-8"):
        read(tmp_path, content)
    assert rows(tmp_path, content, encoding="cp1251") == [["a"], ["Ада"]]
    with pytest.raises(TableError, match="there is no encoding 'cp99'"):
        read(tmp_path, content, encoding="cp99")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"a":1},\n{"a":', "list.json, line 2, column 6: this is not JSON (Expecting value)"),
        ('[{"a":1}] x', "list.json, line 1, column 11: this is not JSON (Extra data)"),
        ('[{"a":1} {"a":2}]', "line 1, column 10: this is not JSON (Expecting ',' delimiter)"),
        ("Name,Age\n", "this is not JSON"),
        ("[" * 1_000_000, "nested more deeply"),
        ('{"a":' * 100_000, "nested more deeply"),
        ("[1,2]", "is not a table"),
        ("[]", "is not a table"),
        ("{}", "is not a table"),
        ("[{}]", "is not a table"),
        ('"text"', "is not a table"),
        ("7", "is not a table"),
    ],
)
def test_what_is_no_table_is_said(tmp_path, text, said):
    with pytest.raises(TableError) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)


def test_objects_that_share_nothing_are_no_table(tmp_path):
    text = json.dumps([{f"k{n}": 1} for n in range(16_385)])
    with pytest.raises(TableError, match="more than 16,384 different keys"):
        read(tmp_path, text)


def test_a_long_cell_is_kept(tmp_path):
    assert rows(tmp_path, json.dumps([{"a": "x" * 10_000_000}]))[1] == ["x" * 10_000_000]


def test_json_that_is_called_csv_is_read_as_what_it_is(tmp_path):
    grid = read(tmp_path, '[{"a":1}]', "list.csv")
    assert list(grid.cells.rows()) == [["a"], ["1"]]
    assert notes(grid) == [(0, 0, "the file ends in .csv and is JSON: read as what it is")]
    assert rows(tmp_path, '[{"a":1};x\n', "list.csv") == [['[{"a":1}', "x"]]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
RECORDS = st.lists(
    st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans() | st.none(), min_size=1),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(RECORDS)
def test_every_value_is_in_its_column(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("json")
    header, *found = rows(folder, json.dumps(records))
    assert header == list(dict.fromkeys(key for record in records for key in record))
    words = {True: "true", False: "false", None: ""}
    for record, row in zip(records, found, strict=True):
        values = (record.get(name) for name in header)
        assert row == [words[v] if v is None or isinstance(v, bool) else str(v) for v in values]


@pytest.mark.shared
def test_the_public_corpus_of_json(shared):
    paths = sorted((shared / "data" / "corpora" / "JSONTestSuite").rglob("*.json"))
    assert len(paths) > 300
    refused = {}
    for path in paths:
        try:
            found = read_grid(path, TableOptions())
        except TableError as error:
            refused[path.name] = str(error)
        else:
            assert not path.name.startswith("n_") or found.all_notes, path.name
    for name, said in refused.items():
        assert not name.startswith("y_") or "not a table" in said, name
