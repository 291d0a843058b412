"""ListToLink: a list that is linked without a case, read as its mapping or its columns say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from pydantic import BaseModel, ConfigDict

from everyname.case.stage import Progress, file_digest
from everyname.errors import LinkageError, MappingError, TableError
from everyname.intake import (
    Conversion,
    Mapping,
    Table,
    TableOptions,
    convert,
    found_table,
    known_content,
    mapped_table,
    propose,
)
from everyname.ledger.values import ValueColumns
from everyname.linkage import FIELDS


class ListRead(BaseModel):
    """What became of a list.

    Parameters
    ----------
    name
        What its records are called by in the result.
    how
        What says which column is which field.
    took
        Field by column, for every column; empty where the column is in no field.
    unsure
        Column, and why a person should look at what it was taken for.
    rows, persons, others
        Rows below the header; records of persons made of them; and records of something else,
        such as groups of unnamed people, which are not linked.
    rejected
        Cells of mapped columns that were not understood.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    how: str
    took: tuple[tuple[str, str], ...]
    unsure: tuple[tuple[str, str], ...]
    rows: int
    persons: int
    others: int
    rejected: int


@dataclass(frozen=True, slots=True)
class ListToLink:
    """A list, before it is read.

    Parameters
    ----------
    path
        The file.
    name
        What its records are called by in the result.
    mapping_file
        What says how it is read; None to recognise its format, or go by its columns.
    """

    path: Path
    name: str
    mapping_file: Path | None

    @property
    def digests(self) -> tuple[str, str, str]:
        """Everything that its values depend on.

        Raises
        ------
        TableError, MappingError
            There is no such file.
        """
        if not self.path.is_file():
            raise TableError("there is no such file", where=str(self.path), do="Name a list")
        if self.mapping_file and not self.mapping_file.is_file():
            where = str(self.mapping_file)
            raise MappingError("there is no such file", where=where, do="Name a mapping file")
        said = file_digest(self.mapping_file) if self.mapping_file else ""
        return self.name, file_digest(self.path), said

    def read(self, progress: Progress) -> tuple[pl.DataFrame, ListRead]:
        """Read its records of persons.

        Returns
        -------
        polars.DataFrame and ListRead
            One row a record: ``source``, ``row`` (as the spreadsheet shows it), ``reference``, and
            the canonical texts of the fields that linkage compares, null where not stated; and
            what became of the list.

        Raises
        ------
        TableError, MappingError
            It cannot be read, or its mapping does not fit, or it holds no persons.
        """
        progress(f"reading {self.name}")
        table, mapping, how, unsure = self._mapped()
        where = self.mapping_file.name if self.mapping_file else self.name
        fed = {field for part in (mapping, *mapping.also) for field in _fields(part)}
        if not fed & set(FIELDS):
            raise MappingError(
                "no column is taken for anything that linkage compares",
                where=str(self.path),
                do=f"Say which column is which: everyname map {self.path}",
            )
        conversion = convert(table, mapping, "", where, progress)
        values, others = self._values(conversion)
        if not values.height:
            raise MappingError(
                f"none of its {len(table):,} rows makes a record of a person",
                where=str(self.path),
                do=f"Say which column is which: everyname map {self.path}",
            )
        return values, ListRead(
            name=self.name,
            how=how,
            took=tuple(_took(table, mapping)),
            unsure=unsure,
            rows=len(table),
            persons=values.height,
            others=others,
            rejected=conversion.account.rejected,
        )

    def _mapped(self) -> tuple[Table, Mapping, str, tuple[tuple[str, str], ...]]:
        if self.mapping_file is not None:
            mapping = Mapping.load(self.mapping_file)
            table = mapped_table(self.path, mapping.table)
            return table, mapping, f"as {self.mapping_file.name} says", ()
        table, known = found_table(self.path, TableOptions())
        stem = self.path.stem or "list"
        if known is not None:
            mapping = Mapping.from_content(known_content(known, table, stem), self.name)
            return table, mapping, f"as {known.title}", ()
        proposal = propose(table)
        mapping = Mapping.from_content(tomllib.loads(proposal.toml(stem)), self.name)
        unsure = tuple((each.column, each.unsure) for each in proposal.unsure)
        return table, mapping, "by its columns' names and values", unsure

    def _values(self, conversion: Conversion) -> tuple[pl.DataFrame, int]:
        columns = ValueColumns(FIELDS)
        rows: list[int] = []
        others = 0
        for record in conversion.records:
            if record.kind != "person":
                others += 1
                continue
            columns.add("", record.reference, self.name, record.statements)
            rows.append(record.locator.row)
        frame = columns.frame()
        values = frame.select(
            pl.col("file").alias("source"),
            pl.Series("row", rows, dtype=pl.Int64),
            "reference",
            *FIELDS,
        )
        return values, others


def _fields(part: object) -> Iterable[str]:
    for column in getattr(part, "columns", {}).values():
        yield from column.fields
    for joined in getattr(part, "joined", ()):
        yield joined.field


def _took(table: Table, mapping: Mapping) -> Iterable[tuple[str, str]]:
    """Field by column."""
    for name in table.columns:
        found: list[str] = []
        for part in (mapping, *mapping.also):
            if name in part.columns:
                found.extend(part.columns[name].fields)
            found.extend(each.field for each in part.joined if name in each.columns)
        yield name, ", ".join(dict.fromkeys(found))


def lists_to_link(paths: Sequence[Path], maps: Sequence[Path]) -> tuple[ListToLink, ...]:
    """Find for each list the mapping that it is read by.

    Parameters
    ----------
    paths
        The lists.
    maps
        Mapping files, each for the list of the same name before the ending. One whose name is
        that of no list is for all lists that have none of their own. A list for which none is
        given is read by the mapping beside it, if there is one.

    Returns
    -------
    tuple of ListToLink
        Named by their files, or by their paths where two files have one name.

    Raises
    ------
    LinkageError
        A list is named twice, or several mapping files are for no list.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.resolve() in seen:
            raise LinkageError("this list is named twice", where=str(path), do="Name it once")
        seen.add(path.resolve())
    stems = {path.stem for path in paths}
    own = {path.stem: path for path in maps if path.stem in stems}
    rest = [path for path in maps if path.stem not in stems]
    if len(rest) > 1:
        raise LinkageError(
            f"the mappings {rest[0].name} and {rest[1].name} are called like no list",
            where="--map",
            do="Call each mapping like its list, with .toml; one may be called otherwise",
        )
    names = [path.name for path in paths]
    found = []
    for path in paths:
        beside = path.with_suffix(".toml")
        said = own.get(path.stem) or (rest[0] if rest else None)
        said = said or (beside if beside.is_file() else None)
        name = path.name if names.count(path.name) == 1 else str(path)
        found.append(ListToLink(path, name, said))
    return tuple(found)
