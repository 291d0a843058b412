"""A large simulated case in columns: as many records as asked for, wrong as often as asked for."""

import re

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal, assert_frame_not_equal

from everyname.errors import CaseError
from everyname.simulation import people_frame, simulated_records
from everyname.vocabulary import FIELDS
from everyname.vocabulary.reading import ReadOptions

RECORDS = 4000
NAMES = ["name", "given_name", "family_name", "father_name"]


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    return people_frame(records=RECORDS)


@pytest.fixture(scope="module")
def without_errors() -> pl.DataFrame:
    return people_frame(records=RECORDS, errors=0.0, no_birth=0.0)


def test_columns_are_fields_with_the_list_and_the_person(frame):
    made = simulated_records(records=RECORDS)
    assert frame.columns == [*made.values.columns, "list", "person"]
    assert set(made.values.columns) <= set(FIELDS)
    assert made.values.columns == [*NAMES, "sex", "age", "birth_date", "date", "place"]
    assert len(frame) == len(made.lists) == len(made.persons) == RECORDS
    assert frame["list"].unique(maintain_order=True).to_list() == [
        "hospital", "burials", "rights_group", "press",
    ]  # fmt: skip
    assert frame["list"].to_list() == made.lists.to_list()
    assert frame["person"].to_list() == made.persons.tolist()


@pytest.mark.parametrize("field", ["name", "sex", "age", "birth_date", "date", "place"])
def test_values_are_canonical(frame, field):
    for text in frame[field].drop_nulls().unique().head(500):
        assert FIELDS[field].read(text, ReadOptions()).value == text


def test_equal_seeds_give_equal_records_and_others_do_not(frame):
    assert_frame_equal(people_frame(records=RECORDS), frame)
    assert_frame_not_equal(people_frame(records=RECORDS, seed=2), frame)


def test_no_name_is_stated_whole_and_in_parts(frame):
    whole = frame["name"].is_not_null()
    in_parts = frame["given_name"].is_not_null() & frame["family_name"].is_not_null()
    assert (whole ^ in_parts).all()
    assert set(frame.filter(in_parts)["list"]) == {"burials"}
    assert not frame["name"].str.contains("  |^ | $").any()


@pytest.mark.parametrize(("field", "share"), [("birth_date", 0.1), ("date", 0.1), ("place", 0.1)])
def test_so_many_values_are_wrong(frame, without_errors, field, share):
    both = pl.DataFrame({"one": frame[field], "other": without_errors[field]}).drop_nulls()
    wrong = (both["one"] != both["other"]).mean()
    assert wrong == pytest.approx(share, abs=0.02)


def test_one_name_in_ten_is_wrong(frame, without_errors):
    written = [f.select(pl.concat_str(NAMES, separator="|", ignore_nulls=True)).to_series()
               for f in (frame, without_errors)]  # fmt: skip
    assert (written[0] != written[1]).mean() == pytest.approx(0.1, abs=0.03)


def test_errors_change_neither_persons_nor_lists(frame, without_errors):
    assert_frame_equal(frame.select("list", "person"), without_errors.select("list", "person"))


def test_half_of_the_birth_dates_are_missing(frame, without_errors):
    assert frame["birth_date"].null_count() / RECORDS == pytest.approx(0.5, abs=0.03)
    assert without_errors["birth_date"].null_count() == 0


def test_without_errors_a_person_has_one_birth_date_and_sex(without_errors):
    each = without_errors.group_by("person").agg(
        pl.col("birth_date", "sex").drop_nulls().n_unique()
    )
    assert set(each["birth_date"]) == {1}
    assert set(each["sex"]) <= {0, 1}


def test_ages_are_completed_years_at_death(without_errors):
    stated = without_errors.drop_nulls(["age", "date"])
    right = people_frame(records=RECORDS, errors=0.0, no_birth=0.0, shared_events=False)
    for table in (stated, right.drop_nulls(["age", "date"])):
        born, died = (table[name].str.to_date() for name in ("birth_date", "date"))
        after = pl.DataFrame({"born": born, "died": died}).select(
            pl.col("died").dt.year() - pl.col("born").dt.year()
            - (pl.col("died").dt.strftime("%m%d") < pl.col("born").dt.strftime("%m%d")).cast(int)
        ).to_series()  # fmt: skip
        assert (after == table["age"].cast(pl.Int32)).all()


def test_many_die_together_unless_asked_otherwise(without_errors):
    def largest(frame: pl.DataFrame) -> int:
        persons = frame.filter(pl.col("list") == "hospital").unique("person").drop_nulls("date")
        return persons.group_by("date", "place").len()["len"].max()

    assert largest(without_errors) > 20
    alone = people_frame(records=RECORDS, errors=0.0, shared_events=False)
    assert largest(alone) < 5


def test_families_die_together(without_errors):
    burials = without_errors.filter(pl.col("list") == "burials").unique("person")
    families = burials.group_by("date", "place", "family_name").len()
    assert families["len"].max() >= 3


def test_persons_stand_on_two_lists_and_some_twice_on_one(frame):
    lists = frame.unique(["person", "list"]).group_by("person").len()["len"]
    assert lists.mean() == pytest.approx(2.1, abs=0.3)
    twice = frame.group_by("person", "list").len()["len"]
    assert (twice == 2).mean() == pytest.approx(0.03, abs=0.01)
    assert twice.max() == 2


def test_names_are_many_and_few_are_common():
    burials = people_frame(records=20_000).filter(pl.col("list") == "burials").unique("person")
    whole = burials.select(pl.struct("given_name", "family_name").n_unique()).item()
    assert whole > 0.9 * len(burials)
    for part in ("given_name", "family_name"):
        borne_by = burials[part].value_counts()["count"]
        assert borne_by.max() > 10 * borne_by.median()
        assert (borne_by == 1).mean() > 0.25


def test_scripts(frame):
    def letters(listed: str) -> str:
        rows = frame.filter(pl.col("list") == listed)
        return " ".join(rows.select(pl.concat_str(NAMES, ignore_nulls=True)).to_series())

    for script in ("а-я", "ա-ֆ", "ა-ჰ", "α-ω", "ء-ي", "a-z"):
        assert re.search(f"[{script}]", letters("burials"))
    assert re.search("[а-я]", letters("rights_group"))
    latin = people_frame(records=RECORDS, scripts=False)
    for field in (*NAMES, "place"):
        assert not latin[field].drop_nulls().str.contains(r"[^a-zA-Z ,ʼ'’-]").any(), field


@pytest.mark.parametrize("lists", [1, 2, 6])
def test_as_many_lists_as_asked_for(lists):
    made = simulated_records(records=500, lists=lists)
    assert made.lists.n_unique() == lists
    assert len(made.values) == 500


def test_the_habits_of_the_small_case():
    made = simulated_records(records=RECORDS, errors=None, no_birth=0.1)
    assert made.values["birth_date"].null_count() / RECORDS == pytest.approx(0.1, abs=0.02)
    frame = made.values.with_columns(person=pl.Series(made.persons))
    births = frame.drop_nulls("birth_date").group_by("person").agg(pl.col("birth_date").n_unique())
    assert births["birth_date"].max() == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"records": 0}, "records: 0 is out of bounds. Ask for at least one."),
        ({"errors": 2}, "errors: 2 is no share. Give 0 to 1."),
        ({"no_birth": -1}, "no_birth: -1 is out of bounds. Give 0 to 1."),
        ({"lists": 0}, "lists: 0 is out of bounds. Ask for 1 to 100."),
        ({"seed": -1}, "seed: -1 is out of bounds. Give a whole number from 0 on."),
    ],
)
def test_refuses_options_out_of_bounds(options, message):
    with pytest.raises(CaseError, match=re.escape(message)):
        simulated_records(**options)


def test_one_record():
    made = simulated_records(records=1)
    assert made.values.height == 1
    assert made.persons.dtype == np.int64
