"""A large simulated case: lists of a million records, with the truth, written in columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import tomlkit

from everyname.simulation.record_frame import SimulatedRecords, simulated_records
from everyname.simulation.simulate import refuse_occupied

HEADERS = {
    "name": "Full name",
    "given_name": "Given name",
    "family_name": "Family name",
    "father_name": "Father's name",
    "sex": "Sex",
    "age": "Age",
    "birth_date": "Born",
    "date": "Died",
    "place": "Place",
}
NUMBER = "No"
FIRST_ROW = 2


def simulate_large(
    folder: Path,
    *,
    records: int = 1_000_000,
    errors: float | None = None,
    no_birth: float = 0.5,
    shared_events: bool = True,
    lists: int = 4,
    seed: int = 1,
    title: str = "River Valley",
    year: int = 2031,
) -> None:
    """Write a case of many records about a fictional conflict whose truth is known.

    Beside the lists, their mappings and ``case.toml`` there is ``truth.csv``, which tells for
    each row (`file`, `source`, `row`) the number of the person that it is about.

    Parameters
    ----------
    folder
        Where to write; made if it does not exist.
    records, errors, no_birth, shared_events, lists, seed, year
        As for `simulated_records`. Equal ones give equal files.
    title
        Title of the case.

    Raises
    ------
    CaseError
        If the folder exists and is not empty, or an option is out of bounds.
    """
    refuse_occupied(folder)
    made = simulated_records(
        records=records,
        errors=errors,
        no_birth=no_birth,
        shared_events=shared_events,
        lists=lists,
        seed=seed,
        year=year,
    )
    (folder / "lists").mkdir(parents=True, exist_ok=True)
    (folder / "hand").mkdir()
    names = made.lists.unique(maintain_order=True).to_list()
    truth = [_write_list(folder / "lists", made, name) for name in names]
    pl.concat(truth).write_csv(folder / "truth.csv")
    (folder / "case.toml").write_text(_case_text(title, year, names, made), encoding="utf-8")


def _write_list(folder: Path, made: SimulatedRecords, name: str) -> pl.DataFrame:
    """Write one list with its mapping; return its rows of the truth."""
    of_list = made.lists == name
    values = made.values.filter(of_list)
    stated = [field for field in values.columns if values[field].null_count() < values.height]
    stem = name.replace("_", "-")
    number = pl.int_range(1, values.height + 1).alias(NUMBER)
    table = values.select(number, *(pl.col(field).alias(HEADERS[field]) for field in stated))
    table.write_csv(folder / f"{stem}.csv")
    (folder / f"{stem}.toml").write_text(_mapping_text(name, stated), encoding="utf-8")
    rows = np.arange(values.height) + FIRST_ROW
    return pl.DataFrame({"row": rows, "person": made.persons[of_list.to_numpy()]}).select(
        file=pl.lit(f"{stem}.csv"), source=pl.lit(stem), row="row", person="person"
    )


def _mapping_text(name: str, stated: list[str]) -> str:
    columns: dict[str, dict[str, str]] = {NUMBER: {"field": "listed_id"}}
    for field in stated:
        columns[HEADERS[field]] = {"field": field}
        if field in {"birth_date", "date"}:
            columns[HEADERS[field]]["order"] = "ymd"
    return tomlkit.dumps(
        {
            # Its key then is what the file is called.
            "source": {"name": name.replace("_", " ").capitalize(), "kind": "list"},
            "records": {"kind": "person", "key": NUMBER},
            "constants": {"fate": "killed"},
            "columns": columns,
        }
    )


def _case_text(title: str, year: int, names: list[str], made: SimulatedRecords) -> str:
    persons = int(made.persons.max()) + 1
    return tomlkit.dumps(
        {
            "case": {
                "title": title,
                "summary": f"A simulated case: every person and place of {title} is invented, "
                "and the truth is known.",
                "codebook": "1.0",
            },
            "scope": {"what": f"Persons killed in {title} from {year} on", "fates": ["killed"]},
            "lists": {name: [f"{name.replace('_', '-')}.csv"] for name in names},
            "truth": {"file": "truth.csv", "persons": persons},
        }
    )
