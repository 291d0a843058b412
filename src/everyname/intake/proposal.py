"""Proposal: a first mapping, from a list's headers and values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import tomlkit
from tomlkit.items import AoT, Comment
from tomlkit.items import Table as TomlTable

from everyname.intake.column_proposal import (
    BY_VALUES,
    ColumnProposal,
    propose_column,
    settle_column,
)
from everyname.intake.header import field_for_header
from everyname.intake.table import Table
from everyname.vocabulary import FIELDS, ReadOptions
from everyname.vocabulary.word_set import word_set

SAMPLE = 2_000
_ABOUT_PERSONS = frozenset({"name", "given_name", "family_name", "age", "sex", "birth_date"})
_NUMBERS = frozenset({"low", "best", "high"})
_PARTS = {
    "year": word_set("year год рік yıl il année año ano jahr سنة السنة سال 年"),
    "month": word_set("month месяц місяць ay mois mes mês monat شهر الشهر ماه 月"),
    "day": word_set("day день число gün jour día dia tag يوم اليوم روز 日"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A first mapping of a list.

    Parameters
    ----------
    table
        The list.
    columns
        One proposal a column.
    key
        Column that numbers the rows; empty when none does.
    kind
        Kind of record that a row seems to be: person, or figure.
    joined
        Columns that make the date together, in the order year, month, day; empty when none do.
    """

    table: Table
    columns: tuple[ColumnProposal, ...]
    key: str
    kind: str = "person"
    joined: tuple[str, ...] = ()

    @property
    def unsure(self) -> tuple[ColumnProposal, ...]:
        """Columns that a person should look at."""
        return tuple(column for column in self.columns if column.unsure)

    def settled(self, column: str, field: str, order: str = "") -> Proposal:
        """Take a person's word for what a column holds.

        Parameters
        ----------
        column
            Its name.
        field
            Name of the field; empty to keep the column as written.
        order
            Date order, for dates that need one.
        """
        values = _samples(self.table)[self.table.columns.index(column)]
        told = settle_column(column, values, field, order)
        columns = (told if each.column == column else each for each in self.columns)
        return replace(self, columns=tuple(columns))

    def toml(self, source_name: str) -> str:
        """Write the mapping file.

        Parameters
        ----------
        source_name
            Name of the source, as far as it is known.

        Returns
        -------
        str
            TOML, with a remark on everything that is unsure.
        """
        document = tomlkit.document()
        document.add(remark(f"How everyname reads {self.table.file}. Look it through:"))
        document.add(remark("lines marked LOOK are guesses."))
        document["source"] = source_section(source_name)
        document["table"] = table_section(self.table)
        records = tomlkit.table()
        records["kind"] = self.kind
        if self.key:
            records["key"] = self.key
        document["records"] = records
        document["constants"] = self._constants_section()
        understood = any(proposal.fields for proposal in self.columns)
        columns = tomlkit.table(is_super_table=understood)
        if not understood:
            columns.add(remark("LOOK: no header was understood. Name the columns and fields here"))
        for proposal in self.columns:
            if proposal.fields:
                columns[proposal.column] = _column_section(proposal)
        document["columns"] = columns
        if self.joined:
            document["joined"] = self._joined_section()
        kept = [p.column for p in self.columns if not p.fields and p.column not in self.joined]
        if kept:
            document.add(tomlkit.nl())
            document.add(remark("Kept as written, in no field:"))
            for column in kept:
                document.add(remark(f"  {column}"))
        return tomlkit.dumps(document)

    def _joined_section(self) -> AoT:
        section = tomlkit.table()
        section["columns"] = list(self.joined)
        section["with"] = "-"
        section["field"] = "date"
        whole = tomlkit.aot()
        whole.append(section)
        return whole

    def _constants_section(self) -> TomlTable:
        section = tomlkit.table()
        if not any("fate" in proposal.fields for proposal in self.columns):
            section.add(remark('LOOK: does every row mean the same fate? fate = "killed"'))
        return section


def propose(table: Table) -> Proposal:
    """Propose a mapping from the headers and the values of a list.

    Parameters
    ----------
    table
        The list.

    Returns
    -------
    Proposal
        Every column with its field, or kept raw; what is doubtful says why.
    """
    taken: set[str] = set()
    columns = []
    kind = _kind(table.columns)
    joined = _joined(table)
    if joined:
        taken.add("date")
    for name, values in zip(table.columns, _samples(table), strict=True):
        if name in joined:
            sample = tuple(value for value, _ in Counter(values).most_common(3))
            proposal = ColumnProposal(name, "", "", 1.0, sample, "")
        else:
            proposal = propose_column(name, values, taken, kind)
        taken.update(proposal.fields)
        columns.append(proposal)
    key = next((p.column for p in columns if p.field == "listed_id" and _numbers(table, p)), "")
    return Proposal(table, tuple(columns), key, kind, joined)


def _samples(table: Table) -> list[list[str]]:
    """Filled cells of each column among the first rows."""
    samples: list[list[str]] = [[] for _ in table.columns]
    for row in islice(table.rows(), SAMPLE):
        for values, text in zip(samples, row, strict=False):
            if text.strip():
                values.append(text)
    return samples


def _numbers(table: Table, proposal: ColumnProposal) -> bool:
    """Tell whether a column numbers the rows: filled and without repetition."""
    cells = table.column(proposal.column).str.strip_chars().filter(table.holding() > 0)
    return bool((cells != "").all()) and cells.n_unique() == len(cells)


def _kind(columns: Sequence[str]) -> str:
    """Tell a list of persons from a table of figures."""
    found = {field_for_header(name) for name in columns}
    return "figure" if found & _NUMBERS and not found & _ABOUT_PERSONS else "person"


def _joined(table: Table) -> tuple[str, ...]:
    """Find columns of year, month and day that read as dates together."""
    found = {}
    for part, words in _PARTS.items():
        named = [name for name in table.columns if name.strip().casefold() in words]
        if len(named) != 1:
            return ()
        found[part] = named[0]
    columns = [table.column(name, SAMPLE).to_list() for name in found.values()]
    texts = ["-".join(map(str.strip, row)) for row in zip(*columns, strict=True) if all(row)]
    read = FIELDS["date"].read
    good = sum(not read(text, ReadOptions()).rejected for text in texts)
    return tuple(found.values()) if texts and good >= BY_VALUES * len(texts) else ()


def remark(text: str) -> Comment:
    """Make a TOML comment; a header can hold characters that a comment must not."""
    return tomlkit.comment(re.sub(r"[\x00-\x1f\x7f]", lambda found: repr(found[0])[1:-1], text))


def source_section(source_name: str) -> TomlTable:
    """Begin ``[source]``, for a person to fill in."""
    section = tomlkit.table()
    section["name"] = source_name
    section["publisher"] = ""
    section["kind"] = "list"
    section["published"] = ""
    section["language"] = ""
    section["reliability"] = "F"
    section["party"] = False
    return section


def table_section(table: Table) -> TomlTable:
    """Write ``[table]``: how the file was read."""
    section = tomlkit.table()
    if table.sheet:
        section["sheet"] = table.sheet
    section["header_row"] = table.header_row
    if table.header_rows > 1:
        section["header_rows"] = table.header_rows
    if table.grid.guessed:
        section["encoding"] = table.grid.guessed
        section.add(remark("LOOK: the encoding is a guess. Are the names written rightly?"))
    return section


def _column_section(proposal: ColumnProposal) -> TomlTable:
    section = tomlkit.table()
    if proposal.split:
        split = proposal.split
        section["split"] = split[0] if len(split) == 1 else list(split)
    else:
        section["field"] = proposal.field
    if proposal.order:
        section["order"] = proposal.order
    if proposal.unsure:
        section.add(remark(f"LOOK: {proposal.unsure}"))
    if {"sex", "status", "fate", "cause"}.intersection(proposal.fields) and proposal.unsure:
        section.add(remark('codes = { "their word" = "our code" }'))
    return section
