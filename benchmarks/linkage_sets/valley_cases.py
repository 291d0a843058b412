"""Simulated cases: the example of the project, and others of the same kind with other seeds."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from everyname import simulation
from linkage_sets import listed
from linkage_sets.data_set import DataSet, Records, frame, kept

_EXAMPLE = Path(__file__).parents[2] / "examples" / "river-valley"
_FIELDS = (
    *("name", "given_name", "family_name", "father_name", "name_other", "sex", "age"),
    *("birth_date", "date", "date_of_death", "place", "place_origin", "latitude", "longitude"),
)


def river_valley() -> DataSet:
    """The project's example: 3,906 records of four lists in Latin and Cyrillic letters."""
    files = sorted(path for path in _EXAMPLE.glob("**/*") if path.is_file())
    return kept(
        "river_valley", _river_valley, one_to_one=False, score="pairs", data=files, made_by=[listed]
    )


def _river_valley() -> Records:
    return _case(_EXAMPLE)


def valley_seed_7() -> DataSet:
    """A simulated case of 2,000 persons: another seed than any that the project was tuned on."""
    return kept("valley_seed_7", _seed_7, one_to_one=False, score="pairs", made_by=[listed])


def valley_seed_8() -> DataSet:
    """A simulated case of 10,000 persons in as many villages: more of them share their names."""
    return kept("valley_seed_8", _seed_8, one_to_one=False, score="pairs", made_by=[listed])


def _seed_7() -> Records:
    return _simulated(2000, seed=7)


def _seed_8() -> Records:
    return _simulated(10_000, seed=8)


def _simulated(persons: int, seed: int) -> Records:
    with tempfile.TemporaryDirectory() as folder:
        simulation.simulate(Path(folder), persons=persons, seed=seed)
        return _case(Path(folder))


def _case(folder: Path) -> Records:
    """Person records of a case whose truth is known."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        persons = {(row["file"], int(row["row"])): row["person"] for row in csv.DictReader(file)}
    lists, values, truth = [], [], []
    for mapping in sorted((folder / "lists").glob("*.toml")):
        (path,) = {*mapping.parent.glob(f"{mapping.stem}.*")} - {mapping}
        for record in listed.records(mapping, path):
            lists.append(mapping.stem)
            values.append(listed.stated(record, *_FIELDS))
            truth.append(persons[path.name, record.locator.row])
    return Records(frame(values), lists, truth)
