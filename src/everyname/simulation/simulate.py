"""A whole simulated case, written into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from everyname.errors import CaseError
from everyname.simulation.case_files import (
    JUDGEMENTS,
    case_text,
    list_bytes,
    mapping_text,
    persons_text,
    truth_text,
)
from everyname.simulation.coverage import draw_coverage
from everyname.simulation.lists import draw_entries
from everyname.simulation.partners import LISTS
from everyname.simulation.population import draw_population
from everyname.simulation.scenario import Scenario


def case_files(scenario: Scenario) -> Mapping[str, bytes]:
    """Return the files of a simulated case by their paths in the case folder.

    All chance comes from one generator seeded with ``scenario.seed``, so equal scenarios give
    equal bytes (under one version of Faker, whose names are drawn from).

    Parameters
    ----------
    scenario
        What to simulate.

    Returns
    -------
    Mapping of str to bytes
        Paths with forward slashes, in the order they are written.
    """
    by_person, by_list, *by_entries = np.random.default_rng(scenario.seed).spawn(2 + len(LISTS))
    people = draw_population(scenario, by_person)
    held = draw_coverage(people, [design.reach for design in LISTS], by_list)
    entries = [
        draw_entries(design, people, held[:, at], by_entries[at]) for at, design in enumerate(LISTS)
    ]
    on_lists = {
        person.id: [design.name for design, on in zip(LISTS, row, strict=True) if on]
        for person, row in zip(people, held, strict=True)
    }
    texts = {
        "case.toml": case_text(scenario, LISTS, people),
        "accounts/.gitkeep": "",
        "hand/judgements.csv": JUDGEMENTS,
        "truth.csv": truth_text(LISTS, entries),
        "truth-persons.csv": persons_text(people, on_lists),
    }
    files = {path: text.encode() for path, text in texts.items()}
    for design, listed in zip(LISTS, entries, strict=True):
        mapping = mapping_text(design, published=f"{scenario.year + 1}-02")
        files[f"lists/{design.file}"] = list_bytes(design, listed)
        files[f"lists/{Path(design.file).stem}.toml"] = mapping.encode()
    return files


def simulate(
    folder: Path,
    *,
    persons: int = 2000,
    seed: int = 1,
    title: str = "River Valley",
    year: int = 2031,
) -> None:
    """Write a case about a fictional conflict whose truth is known.

    Parameters
    ----------
    folder
        Where to write; made if it does not exist.
    persons
        Persons killed or died of conditions; a few missing persons come on top.
    seed
        Seed of all chance: equal seeds give equal files.
    title
        Title of the case.
    year
        The fictional year.

    Raises
    ------
    CaseError
        If the folder exists and is not empty, or an option is out of bounds.
    """
    scenario = Scenario(persons=persons, seed=seed, title=title, year=year)
    refuse_occupied(folder)
    for path, content in case_files(scenario).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def refuse_occupied(folder: Path) -> None:
    """Refuse to write over what is there.

    Raises
    ------
    CaseError
        The folder is a file, or holds something.
    """
    if folder.exists() and not folder.is_dir():
        raise CaseError("This is a file", where=str(folder), do="Name a new folder.")
    if folder.is_dir() and any(folder.iterdir()):
        raise CaseError(
            "The folder is not empty",
            where=str(folder),
            do="Name a new folder: nothing is written over what is there.",
        )
