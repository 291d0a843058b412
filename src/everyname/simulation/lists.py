"""A list as a partner keeps it, and the entries that are drawn for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from everyname.simulation.columns import Column
from everyname.simulation.coverage import Reach
from everyname.simulation.mistakes import Entry, Habits, Render, note_person
from everyname.simulation.population import Person


@dataclass(frozen=True, slots=True)
class ListDesign:
    """A list as a partner keeps it.

    Attributes
    ----------
    name
        Name of the list in ``case.toml``.
    file
        File under ``lists/``.
    source
        What the mapping says about who keeps the list.
    number
        Header of the running number of the rows.
    columns
        The columns after the running number.
    reach, habits, render
        Whom the list holds, how it goes wrong, how it spells names.
    faults
        Single faults of this list, put into its entries in the order of the rows.
    titles
        Rows above the header.
    sheet, encoding, delimiter
        How the file is written.
    """

    name: str
    file: str
    source: Mapping[str, object]
    number: str
    columns: tuple[Column, ...]
    reach: Reach
    habits: Habits
    render: Render
    faults: Callable[[list[Entry]], list[Entry]] = list
    titles: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def header_row(self) -> int:
        """The sheet row of the header, counted from 1."""
        return len(self.titles) + 1


def draw_entries(
    design: ListDesign,
    people: Sequence[Person],
    held: npt.NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[Entry, ...]:
    """Draw the entries of a list in the order of its rows.

    Parameters
    ----------
    design
        The list.
    people
        All persons.
    held
        Whether the list holds each person, shape (persons,).
    rng
        The source of chance.
    """
    entries: list[Entry] = []
    for person in (each for each, on in zip(people, held, strict=True) if on):
        for _ in range(2 if rng.random() < design.habits.twice else 1):
            entry = note_person(person, design.render, design.habits, rng)
            entries.append(entry)
    return tuple(design.faults([entries[at] for at in rng.permutation(len(entries))]))
