"""A simulated table of capture patterns as a file, with its truth in a file beside it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from everyname.errors import TableError
from everyname.simulation.capture_designs import capture_design
from everyname.simulation.case_files import csv_text


def simulate_table(target: Path, design: str, *, persons: int = 3000, seed: int = 1) -> Path:
    """Write a table of capture patterns whose truth is known.

    The table has a column of 0 and 1 for each list and a column ``count``. The truth goes to a
    JSON file of the same name: how many persons there are, and what made the table.

    Parameters
    ----------
    target
        The CSV file to write.
    design
        A name of `everyname.simulation.capture_designs.NINE`.
    persons
        Persons in truth, recorded and unrecorded.
    seed
        Seed of all chance: equal seeds give equal files.

    Returns
    -------
    The file of the truth.

    Raises
    ------
    EstimationError
        Where there is no such design, or no person.
    TableError
        Where a file is there already, or cannot be written.
    """
    chosen = capture_design(design)
    drawn = chosen.draw(persons, np.random.default_rng(seed))
    truth = target.with_suffix(".truth.json")
    for path in (target, truth):
        if path.exists():
            raise TableError(
                "This is there already",
                where=str(path),
                do="Name a new file: nothing is written over what is there.",
            )
    rows = [
        (*pattern, count)
        for pattern, count in zip(drawn.histories.tolist(), drawn.counts.tolist(), strict=True)
    ]
    known = {
        "design": chosen.name,
        "says": chosen.says,
        "persons": drawn.n,
        "recorded": drawn.recorded,
        "unrecorded": drawn.n - drawn.recorded,
        "expected_recorded_share": round(chosen.population.recorded_share, 4),
        "seed": seed,
    }
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(csv_text([(*drawn.lists, "count"), *rows]), encoding="utf-8")
        truth.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise TableError(
            f"The file cannot be written ({error.strerror})",
            where=str(target),
            do="Name a file in a folder that you may write to.",
        ) from error
    return truth
