"""Proposal: a first mapping, from a list's headers and values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import tomlkit
from tomlkit.items import Comment
from tomlkit.items import Table as TomlTable

from everyname.intake.header import field_for_header
from everyname.intake.header_words import HEADER_WORDS
from everyname.intake.table import Table
from everyname.vocabulary import FIELDS, ReadOptions, field

SAMPLE = 2_000
SINGLE = frozenset(HEADER_WORDS) - {"name_other", "note", "address"}
_DATES = frozenset({"date", "birth_date", "date_reported", "date_of_death", "said_on"})
_ORDERS = ("ymd", "dmy", "mdy")
# Below this share of understood values, a header's word is not believed.
ENOUGH = 0.5
_ABOUT_PERSONS = frozenset({"name", "given_name", "family_name", "age", "sex", "birth_date"})
_NUMBERS = frozenset({"low", "best", "high"})


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """What one column seems to hold.

    Parameters
    ----------
    column
        Its name.
    field
        The field proposed; empty to keep the column raw.
    order
        Date order, for dates that need one.
    understood
        Share of its filled cells (of the first 2,000 rows) that the field understands.
    sample
        A few of its values, for the screen only.
    unsure
        Why a person should look; empty when nothing speaks against the proposal.
    """

    column: str
    field: str
    order: str
    understood: float
    sample: tuple[str, ...]
    unsure: str


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
    """

    table: Table
    columns: tuple[ColumnProposal, ...]
    key: str
    kind: str = "person"

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
        document.add(_remark(f"How everyname reads {self.table.file}. Look it through:"))
        document.add(_remark("lines marked LOOK are guesses."))
        document["source"] = _source_section(source_name)
        document["table"] = self._table_section()
        records = tomlkit.table()
        records["kind"] = self.kind
        if self.key:
            records["key"] = self.key
        document["records"] = records
        document["constants"] = self._constants_section()
        understood = any(proposal.field for proposal in self.columns)
        columns = tomlkit.table(is_super_table=understood)
        if not understood:
            columns.add(_remark("LOOK: no header was understood. Name the columns and fields here"))
        for proposal in self.columns:
            if proposal.field:
                columns[proposal.column] = _column_section(proposal)
        document["columns"] = columns
        kept = [proposal.column for proposal in self.columns if not proposal.field]
        if kept:
            document.add(tomlkit.nl())
            document.add(_remark("Kept as written, in no field:"))
            for column in kept:
                document.add(_remark(f"  {column}"))
        return tomlkit.dumps(document)

    def _table_section(self) -> TomlTable:
        section = tomlkit.table()
        if self.table.sheet:
            section["sheet"] = self.table.sheet
        section["header_row"] = self.table.header_row
        if self.table.guessed:
            section["encoding"] = self.table.guessed
            section.add(_remark("LOOK: the encoding is a guess. Are the names written rightly?"))
        return section

    def _constants_section(self) -> TomlTable:
        section = tomlkit.table()
        if not any(proposal.field == "fate" for proposal in self.columns):
            section.add(_remark('LOOK: does every row mean the same fate? fate = "killed"'))
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
    for name in table.columns:
        values = [text for text in islice(table.column(name), SAMPLE) if text.strip()]
        proposal = _propose_column(name, values, taken, kind)
        taken.add(proposal.field)
        columns.append(proposal)
    key = next((p.column for p in columns if p.field == "listed_id" and _numbers(table, p)), "")
    return Proposal(table, tuple(columns), key, kind)


def _numbers(table: Table, proposal: ColumnProposal) -> bool:
    """Tell whether a column numbers the rows: filled and without repetition."""
    cells = [text.strip() for text in table.column(proposal.column)]
    return all(cells) and len(set(cells)) == len(cells)


def _kind(columns: Sequence[str]) -> str:
    """Tell a list of persons from a table of figures."""
    found = {field_for_header(name) for name in columns}
    return "figure" if found & _NUMBERS and not found & _ABOUT_PERSONS else "person"


def _propose_column(name: str, values: list[str], taken: set[str], kind: str) -> ColumnProposal:
    sample = tuple(value for value, _ in Counter(values).most_common(3))
    found = field_for_header(name)
    unsure = ""
    if found in taken and found in SINGLE:
        unsure = f"{found} is taken by an earlier column; this one is kept as written"
        found = ""
    if found and kind not in FIELDS[found].kinds:
        unsure = f"the header says {found}, which a {kind} record does not have"
        found = ""
    if not found:
        return ColumnProposal(name, "", "", 0.0, sample, unsure)
    order, understood, order_doubt = _best_order(found, values)
    if not values:
        unsure = "the column is empty"
    elif understood < ENOUGH:
        unsure = f"the header says {found}, but only {understood:.0%} of its cells read as such"
    else:
        unsure = order_doubt
        if understood < 0.98:
            unsure = unsure or f"{1 - understood:.0%} of its cells do not read as {found}"
    return ColumnProposal(name, found, order, understood, sample, unsure)


def _best_order(name: str, values: list[str]) -> tuple[str, float, str]:
    """Choose the date order under which most values read; say so when two do equally well."""
    if name not in _DATES:
        return "", _share(name, values, None), ""
    plain = _share(name, values, None)
    if plain >= 0.98 or not values:
        return "", plain, ""
    shares = {order: _share(name, values, order) for order in _ORDERS}
    best = max(shares.values())
    orders = [order for order, share in shares.items() if share == best]
    if best <= plain:
        return "", plain, ""
    doubt = ""
    if len(orders) > 1:
        doubt = f"the dates read equally well as {' and as '.join(orders)}: set order"
    return orders[0], best, doubt


def _share(name: str, values: list[str], order: str | None) -> float:
    if not values:
        return 0.0
    options = ReadOptions(date_order=order)  # type: ignore[arg-type]
    distinct = Counter(values)
    read = field(name).read
    good = sum(n for text, n in distinct.items() if not read(text, options).rejected)
    return good / len(values)


def _remark(text: str) -> Comment:
    """Make a TOML comment; a header can hold characters that a comment must not."""
    return tomlkit.comment(re.sub(r"[\x00-\x1f\x7f]", lambda found: repr(found[0])[1:-1], text))


def _source_section(source_name: str) -> TomlTable:
    section = tomlkit.table()
    section["name"] = source_name
    section["publisher"] = ""
    section["kind"] = "list"
    section["published"] = ""
    section["language"] = ""
    section["reliability"] = "F"
    section["party"] = False
    return section


def _column_section(proposal: ColumnProposal) -> TomlTable:
    section = tomlkit.table()
    section["field"] = proposal.field
    if proposal.order:
        section["order"] = proposal.order
    if proposal.unsure:
        section.add(_remark(f"LOOK: {proposal.unsure}"))
    if FIELDS[proposal.field].name in {"sex", "status", "fate", "cause"} and proposal.unsure:
        section.add(_remark('codes = { "their word" = "our code" }'))
    return section
