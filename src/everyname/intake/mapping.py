"""Mapping: which column of a list is which field."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from everyname.errors import MappingError
from everyname.intake.column_section import ColumnSection, JoinedSection, require_field
from everyname.intake.source_section import SourceSection
from everyname.intake.strict import Strict, describe
from everyname.intake.table import Table, TableOptions
from everyname.vocabulary import FIELDS, KINDS

MOST_NAMED = 40
"""Columns that a message names at most."""


class TableSection(Strict):
    """``[table]``: how to read the file."""

    sheet: str = ""
    header_row: int = Field(default=1, ge=1)
    header_rows: int = Field(default=1, ge=1, le=10)
    encoding: str = ""
    delimiter: str = Field(default="", max_length=8)
    quote: str = Field(default="", max_length=4)
    format: str = ""

    def options(self) -> TableOptions:
        """Return the options for reading the table."""
        return TableOptions(**self.model_dump(exclude={"format"}))


class RecordsSection(Strict):
    """``[records]``: what each row is about."""

    kind: str = "person"
    key: str = ""

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        return _kind(kind)


class PartSection(Strict):
    """A record that a row makes: its constants, and the columns that feed it."""

    constants: dict[str, str] = Field(default_factory=dict)
    columns: dict[str, ColumnSection] = Field(default_factory=dict)
    joined: tuple[JoinedSection, ...] = ()

    @field_validator("constants")
    @classmethod
    def _constants_known(cls, constants: dict[str, str]) -> dict[str, str]:
        for name in constants:
            require_field(name)
        return constants

    @property
    def used(self) -> tuple[str, ...]:
        """Names of the columns that it reads, each once."""
        joined = (name for section in self.joined for name in section.columns)
        return tuple(dict.fromkeys((*self.columns, *joined)))

    def refuse_foreign(self, kind: str) -> None:
        """Refuse fields that a kind of record does not have.

        Raises
        ------
        ValueError
            Naming the first, and the fields that there are.
        """
        used = {name for column in self.columns.values() for name in column.fields}
        used |= {section.field for section in self.joined}
        for name in sorted(used | set(self.constants)):
            if kind not in FIELDS[name].kinds:
                allowed = ", ".join(n for n, f in FIELDS.items() if kind in f.kinds)
                raise ValueError(f"a {kind} record has no field {name!r}; it has {allowed}")


class AlsoSection(PartSection):
    """``[[also]]``: a further record of each row in which one of its columns is filled.

    Where ``needs`` names columns, one of those must be filled.
    """

    name: str
    kind: str
    needs: tuple[str, ...] = ()

    @field_validator("name")
    @classmethod
    def _plain(cls, name: str) -> str:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
            raise ValueError(f"{name!r} is not a plain name: use small letters, digits, - and _")
        return name

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        return _kind(kind)

    @model_validator(mode="after")
    def _of_the_kind(self) -> Self:
        self.refuse_foreign(self.kind)
        return self


class SourceColumnsSection(Strict):
    """``[source_columns]``: columns that name the source of each row."""

    name: str
    kind: str = ""
    derived_from: str = ""

    def named(self) -> dict[str, str]:
        """Return the columns in use, by what they say of the source."""
        return {what: column for what, column in self.model_dump().items() if column}


class Mapping(PartSection):
    """A mapping file.

    Read it with `Mapping.load`, and see ``docs`` for what each section means.
    """

    source: SourceSection
    table: TableSection = TableSection()
    records: RecordsSection = RecordsSection()
    columns: dict[str, ColumnSection]
    source_columns: SourceColumnsSection | None = None
    also: tuple[AlsoSection, ...] = ()

    @model_validator(mode="after")
    def _of_the_kind(self) -> Self:
        self.refuse_foreign(self.records.kind)
        names = [section.name for section in self.also]
        if len(set(names)) < len(names):
            raise ValueError("two sections [[also]] have the same name")
        return self

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a mapping file.

        Parameters
        ----------
        path
            The TOML file beside a list.

        Raises
        ------
        MappingError
            The file is missing, is not TOML, or says something that cannot be.
        """
        try:
            # Some editors begin a file with a mark that TOML does not know.
            content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise MappingError(
                "there is no mapping file beside this list",
                where=path.name,
                do=f"Write one with: everyname map {path.with_suffix('')}.csv (or .xlsx)",
            ) from None
        except OSError as error:
            raise MappingError(
                f"this cannot be read ({error.strerror})", where=str(path), do="Name a TOML file"
            ) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise MappingError(
                f"this is not TOML ({error})", where=path.name, do="Correct the line it names"
            ) from None
        return cls.from_content(content, path.name)

    @classmethod
    def from_content(cls, content: dict[str, Any], where: str) -> Self:
        """Make a mapping from parsed TOML.

        Raises
        ------
        MappingError
            Naming every place that is wrong.
        """
        try:
            return cls.model_validate(content)
        except ValidationError as error:
            raise MappingError(
                describe(error), where=where, do="Correct the mapping file"
            ) from None

    def fit(self, table: Table, where: str) -> None:
        """Check that every column the mapping names is in the table.

        Raises
        ------
        MappingError
            Naming the missing columns and the nearest that are there.
        """
        named = [
            *self.used,
            *(name for section in self.also for name in (*section.used, *section.needs)),
        ]
        if self.records.key:
            named.append(self.records.key)
        if self.source_columns:
            named.extend(self.source_columns.named().values())
        there = frozenset(table.columns)
        for name in named:
            if name not in there:
                near = difflib.get_close_matches(name, table.columns, n=3, cutoff=0.5)
                some = near or list(table.columns[:MOST_NAMED])
                has = ", ".join(map(repr, some))
                raise MappingError(
                    f"the mapping names a column {name!r} that {table.where()} does not have",
                    where=where,
                    do=f"{'Near it are' if near else 'The file has'} {has}. Correct the name, or "
                    f"set header_row under [table]",
                )


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not a kind of record; there are {', '.join(KINDS)}")
    return kind
