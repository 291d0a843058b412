"""Accounting: where every cell of a list went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict

from everyname.vocabulary import CODE_LISTS, FIELDS, DateOrder, latin
from everyname.vocabulary.reading import Calendar

Outcome = Literal["rejected", "flagged"]


class CellNote(BaseModel):
    """Something about one cell that a person should look at.

    Parameters
    ----------
    file, sheet
        Where the cell stands.
    row
        Row as the spreadsheet shows it; 0 for the whole file.
    column
        Name of the column; empty for the whole row.
    text
        The cell, as written. Not for publication.
    outcome
        rejected: not understood, and kept as written; flagged: understood, with a doubt.
    reason
        Why, and what to do.
    times
        In how many cells of the column the same text stands with the same doubt, this being the
        first. A rejected cell has a note of its own, up to the thousandth of its column.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    sheet: str
    row: int
    column: str
    text: str
    outcome: Outcome
    reason: str
    times: int = 1


class CellAccount(BaseModel):
    """Cells of one file, by what became of them.

    Each cell is counted once: ``parsed + kept + rejected == cells``.

    Parameters
    ----------
    file
        Name of the file.
    dialect
        How it was read.
    rows
        Rows below the header.
    records
        Records made of them.
    cells
        All cells, the header's and those above it included.
    parsed
        Understood as a value of a field.
    headers, empty, unmapped
        Kept as written: the header and what stands above it; cells with nothing in them; cells
        of columns (or of rows) that no field takes.
    rejected
        Mapped to a field and not understood; kept as written.
    notes
        The rejected and flagged cells, one by one.
    understood
        What the columns' own evidence decided, such as the order of day and month.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    dialect: str
    rows: int
    records: int
    cells: int
    parsed: int
    headers: int
    empty: int
    unmapped: int
    rejected: int
    notes: tuple[CellNote, ...] = ()
    understood: tuple[str, ...] = ()

    @property
    def kept(self) -> int:
        """Cells kept as written without being a value of a field."""
        return self.headers + self.empty + self.unmapped

    @property
    def adds_up(self) -> bool:
        """Whether every cell is accounted for exactly once."""
        return self.parsed + self.kept + self.rejected == self.cells

    def reasons(self, *, publishable: bool = True) -> tuple[tuple[str, str, str, int, int], ...]:
        """Gather the notes: outcome, column, reason, how many, and the first row.

        Parameters
        ----------
        publishable
            Whether reasons that share words with their cell are left unsaid.
        """
        said = _publishable if publishable else _without_quotes
        groups: Counter[tuple[str, str, str]] = Counter()
        first: dict[tuple[str, str, str], int] = {}
        for note in self.notes:
            group = (note.outcome, note.column, said(note.reason, note.text))
            groups[group] += note.times
            first.setdefault(group, note.row)
        return tuple((*group, n, first[group]) for group, n in sorted(groups.items()))

    def without_notes(self) -> Self:
        """Return the account without the single cells."""
        return self.model_copy(update={"notes": ()})


_RUN = 4


def _publishable(reason: str, text: str) -> str:
    """Say a reason without anything of the cell, which may name or describe a person.

    What a reason quotes is taken out, but for words of our own, and numbers that the cell has too.
    Whatever then still shares a run of four letters with the cell, in whatever script and spelling
    (or, with a shorter cell, the cell as a word), is not said at all.
    """
    numbers = set(_NUMBER.findall(text))
    plain = _QUOTED.sub(lambda q: q[0] if (q[1] or q[2]) in _OURS else "the value", reason)
    plain = _NUMBER.sub(lambda n: "…" if n[0] in numbers else n[0], plain)
    told, own = latin(plain), latin(text)
    if len(own) < _RUN:
        shared = bool(own) and f" {own} " in f" {told} "
    else:
        runs = {own[i : i + _RUN] for i in range(len(own) - _RUN + 1)}
        shared = any(run in told for run in runs)
    return "not said here: the team's notes hold it" if shared else plain


_NUMBER = re.compile(r"[0-9]+")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_OURS = frozenset(
    {"=", *FIELDS, *get_args(DateOrder), *get_args(Calendar)}
    | {code for codes in CODE_LISTS.values() for code in codes.codes}
)
"""What a reason may quote: names of fields, codes and settings."""
_LONG_ENOUGH = 20


def _without_quotes(reason: str, text: str) -> str:
    """Take the cell's own text out of a reason, so that equal reasons gather."""
    own = " ".join(text.split()).casefold()

    def name(quoted: re.Match[str]) -> str:
        said = " ".join((quoted[1] or quoted[2]).split()).casefold()
        # Reasons cut long texts short.
        cut = len(said) >= _LONG_ENOUGH and own.startswith(said)
        return "the value" if said == own or cut else quoted[0]

    return _QUOTED.sub(name, reason)


def total(accounts: Iterable[CellAccount]) -> CellAccount:
    """Add up the accounts of several files.

    Parameters
    ----------
    accounts
        One a file.
    """
    accounts = tuple(accounts)
    numbers = {
        name: sum(getattr(account, name) for account in accounts)
        for name in (
            "rows", "records", "cells", "parsed", "headers", "empty", "unmapped", "rejected",
        )
    }  # fmt: skip
    return CellAccount(file="all files", dialect="", **numbers)
