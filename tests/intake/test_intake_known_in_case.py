"""Which lists of a case are read as a published format where no mapping file says how."""

import pytest

from everyname.case import CaseFolder
from everyname.case.list_mapping import ListMapping
from everyname.errors import MappingError

KILLED = "id,name,en_name,dob,sex,age,source"
ACLED = "event_id_cnty,event_date,event_type,sub_event_type,actor1,civilian_targeting,fatalities"


def mapping_of(folder, header):
    (folder / "lists").mkdir(exist_ok=True)
    text = f"{header}\n{','.join('1' for _ in header.split(','))}\n"
    (folder / "lists" / "list.csv").write_text(text, encoding="utf-8")
    return ListMapping.of(CaseFolder(folder), "list.csv").mapping


@pytest.mark.parametrize(
    ("header", "constant"),
    [
        (KILLED, ("fate", "killed")),
        (ACLED, ("unit", "persons")),
        (f"{KILLED},notes", ("fate", "killed")),
    ],
)
def test_a_published_format_needs_no_mapping_file(tmp_path, header, constant):
    for _ in range(2):  # the second time from what was found before
        assert constant in mapping_of(tmp_path, header).constants.items()


@pytest.mark.parametrize(
    ("header", "column"),
    [
        (f"{KILLED},المصير", "المصير"),
        (f"{KILLED},what happened", "what happened"),
        (f"{ACLED},Status", "Status"),
    ],
)
def test_a_further_column_of_fate_or_status_asks_for_a_mapping_file(tmp_path, header, column):
    for _ in range(2):
        with pytest.raises(MappingError) as refused:
            mapping_of(tmp_path, header)
        assert f"has no column {column!r}, which seems to say what happened" in str(refused.value)
        assert "Write one with: everyname map" in str(refused.value)


def test_a_list_of_detainees_is_not_one_of_the_killed(tmp_path):
    with pytest.raises(MappingError, match="it is in no published format that is known"):
        mapping_of(tmp_path, "id,name,en_name,dob,sex,prison,status")


def test_what_older_rules_found_is_not_used(tmp_path):
    header = "id,name,en_name,dob,sex,prison,status"
    with pytest.raises(MappingError):
        mapping_of(tmp_path, header)
    (kept,) = CaseFolder(tmp_path).work.rglob("*.format.json")
    older = '{"list": "LIST", "content": {"source": {"name": "A list"}}}'
    digest = kept.read_text(encoding="utf-8").split('"list": "')[1][:64]
    kept.write_text(older.replace("LIST", digest), encoding="utf-8")
    with pytest.raises(MappingError, match="it is in no published format"):
        mapping_of(tmp_path, header)
