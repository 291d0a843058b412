"""KnownFormat: a published format, the columns that give it away, and how it is mapped."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from everyname.errors import MappingError
from everyname.intake.known.apart import set_apart
from everyname.intake.known.column_name import folded
from everyname.intake.known.ftm_statements import one_row_an_entity
from everyname.intake.table import Grid

_LISTED = files("everyname.intake.known")
NAMES = tuple(
    sorted(entry.name[: -len(".toml")] for entry in _LISTED.iterdir() if entry.name[-5:] == ".toml")
)
"""Names of the formats; each has a template of the same name in this folder."""
FEWEST_NUMBERED = 6
"""Columns that a table has at least whose columns go by a format's numbers."""


@dataclass(frozen=True, slots=True)
class KnownFormat:
    """A published format of lists.

    Parameters
    ----------
    name
        Short name, such as ``ucdp_ged``.
    title
        What people call it.
    publisher
        Who publishes in it; empty where anybody does.
    signature
        Columns that a table in this format has, each with the other names it goes by. A table
        that lacks one is in another format. A name that is a number counts only in a table whose
        columns are numbered: see `fits`.
    alternates
        Column of the template -> other names that it goes by.
    content
        Mapping without its ``[source]``, for the columns that any release has.
    apart
        Column and the texts in it whose rows the mapping means; all other rows are set apart.
        The column is empty where it means all rows.
    pivot
        Whether the file has a row for each value, so that rows are brought together first.
    absent
        Words, folded, that head no column of this format. A table with one in a column's name is
        in another format.
    own
        Names, folded, of the columns that the format is known to have.
    """

    name: str
    title: str
    publisher: str
    signature: tuple[tuple[str, ...], ...]
    alternates: Mapping[str, tuple[str, ...]]
    content: Mapping[str, Any]
    apart: tuple[str, frozenset[str]] = ("", frozenset())
    pivot: bool = False
    absent: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    def fits(self, columns: Iterable[str]) -> bool:
        """Whether a table with these columns is in this format.

        Where the format goes by numbers, `101` and `102` alone could be anything, rooms or
        questions: they count in a table of six columns or more, nine in ten of which have
        numbers of the same hundred.
        """
        there = {folded(column) for column in columns}
        if not self.absent.isdisjoint(word for column in there for word in column.split()):
            return False
        return all(any(_stands(name, there) for name in names) for names in self.signature)

    def others(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Columns, of those given, that the format is not known to have."""
        return tuple(column for column in columns if folded(column) not in self.own)

    def mapping(self, source_name: str, columns: Sequence[str]) -> dict[str, Any]:
        """Make the mapping of a table, as `Mapping.from_content` takes it.

        Parameters
        ----------
        source_name
            Name of the source.
        columns
            The table's columns, after `reshape`. What the template says of others is left out,
            so that older and newer releases fit.

        Returns
        -------
        dict
            Parsed TOML.
        """
        named = _Names(self.alternates, columns)
        source: dict[str, Any] = {"name": source_name, **self.content.get("source", {})}
        if self.publisher:
            source.setdefault("publisher", self.publisher)
        records = dict(self.content.get("records", {}))
        if key := named.of(records.pop("key", "")):
            records["key"] = key
        found: dict[str, Any] = {"source": source, "records": records, **_part(self.content, named)}
        also = []
        for part in self.content.get("also", ()):
            needs = [each for column in part["needs"] if (each := named.of(column))]
            if needs:
                begun = {"name": part["name"], "kind": part["kind"], "needs": needs}
                also.append({**begun, **_part(part, named)})
        if also:
            found["also"] = also
        said = {w: named.of(column) for w, column in self.content.get("source_columns", {}).items()}
        if said.get("name"):
            found["source_columns"] = {what: column for what, column in said.items() if column}
        return found

    @property
    def reshapes(self) -> bool:
        """Whether `reshape` can change anything, so that the first row must name the columns."""
        return self.pivot or bool(self.apart[0])

    def reshape(self, grid: Grid) -> Grid:
        """Bring the file's rows into the form that the mapping means.

        No cell is lost: see `set_apart` and `one_row_an_entity`. Most formats need nothing of it
        and give back the grid itself.

        Parameters
        ----------
        grid
            The file's cells, the first row naming the columns.
        """
        if self.pivot:
            return one_row_an_entity(grid)
        column, meant = self.apart
        return set_apart(grid, self._also_named(column), meant) if column else grid

    def _also_named(self, column: str) -> frozenset[str]:
        return frozenset(map(folded, (column, *self.alternates.get(column, ()))))


def _stands(name: str, there: Collection[str]) -> bool:
    """Whether a column of a signature is among a table's, which are folded."""
    if folded(name) not in there:
        return False
    if not name.isdecimal():
        return True
    hundred = [each for each in there if each.isdecimal() and int(each) // 100 == int(name) // 100]
    return len(there) >= FEWEST_NUMBERED and len(hundred) * 10 >= len(there) * 9


class _Names:
    """Finds a template's columns in a table."""

    def __init__(self, alternates: Mapping[str, tuple[str, ...]], columns: Sequence[str]) -> None:
        self._alternates = alternates
        self._exact = frozenset(columns)
        self._folded: dict[str, str] = {}
        for column in columns:
            self._folded.setdefault(folded(column), column)

    def of(self, name: str) -> str:
        """Name of a template's column in the table; empty where the table has it not."""
        for each in (name, *self._alternates.get(name, ())):
            if each in self._exact:
                return each
            if each and (found := self._folded.get(folded(each))):
                return found
        return ""


def _part(content: Mapping[str, Any], named: _Names) -> dict[str, Any]:
    """Take what a section says of the columns that are there."""
    columns: dict[str, Any] = {}
    for name, section in content.get("columns", {}).items():
        if found := named.of(name):
            columns.setdefault(found, dict(section))
    joined = []
    for section in content.get("joined", ()):
        there = [found for name in section["columns"] if (found := named.of(name))]
        if len(there) > 1:
            joined.append({**section, "columns": there})
        elif there:
            kept = {k: v for k, v in section.items() if k not in {"columns", "with"}}
            columns.setdefault(there[0], kept)
    part: dict[str, Any] = {"constants": dict(content.get("constants", {})), "columns": columns}
    if joined:
        part["joined"] = joined
    return part


def _within(context: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """Give a further record what all further records of the row have: when, where, who says so."""
    return {
        **part,
        "constants": {**context.get("constants", {}), **part.get("constants", {})},
        "columns": {**part.get("columns", {}), **context.get("columns", {})},
        "joined": [*part.get("joined", ()), *context.get("joined", ())],
    }


@cache
def known_format(name: str) -> KnownFormat:
    """Read the template of a format.

    Raises
    ------
    MappingError
        There is no such format.
    """
    if name not in NAMES:
        raise MappingError(f"{name!r} is not a known format", do=f"Name one of {', '.join(NAMES)}")
    content = tomllib.loads((_LISTED / f"{name}.toml").read_text(encoding="utf-8"))
    about = content.pop("format")
    context = content.pop("context", {})
    content["also"] = [_within(context, part) for part in content.get("also", ())]
    apart = about.get("apart", {})
    signature = [(each,) if isinstance(each, str) else tuple(each) for each in about["signature"]]
    alternates = {column: tuple(names) for column, names in content.pop("names", {}).items()}
    own = {*about.get("own", ()), *chain(*signature), *alternates, *chain(*alternates.values())}
    return KnownFormat(
        name=name,
        title=about["title"],
        publisher=about.get("publisher", ""),
        signature=tuple(signature),
        alternates=alternates,
        content=content,
        apart=(apart.get("column", ""), frozenset(apart.get("meant", ()))),
        pivot=about.get("pivot", False),
        absent=frozenset(map(folded, about.get("absent", ()))),
        own=frozenset(map(folded, own.union(*map(_columns, (content, *content["also"]))))),
    )


def _columns(part: Mapping[str, Any]) -> Iterator[str]:
    """Names of the columns that a section speaks of."""
    yield from part.get("columns", ())
    yield from part.get("source_columns", {}).values()
    for section in part.get("joined", ()):
        yield from section["columns"]


def recognise(columns: Sequence[str]) -> KnownFormat | None:
    """Tell the format of a table by its columns.

    Parameters
    ----------
    columns
        Names of the columns, in any case and with any punctuation.

    Returns
    -------
    KnownFormat or None
        Of several that fit, the one with the longest signature; None where none fits, as with
        an ordinary list.
    """
    fitting = [each for each in map(known_format, NAMES) if each.fits(columns)]
    return max(fitting, key=lambda each: len(each.signature), default=None)
