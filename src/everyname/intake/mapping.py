"""Mapping: which column of a list is which field."""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from everyname.errors import EverynameError, MappingError
from everyname.intake.table import Table, TableOptions
from everyname.ledger import Source, slug
from everyname.vocabulary import FIELDS, KINDS, PartialDate, field

MOST_NAMED = 40
"""Columns that a message names at most."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _moment(value: object) -> object:
    """Check that a text is a date or a time; TOML's own dates and times are put into text."""
    text = value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
    if not isinstance(text, str) or not text:
        return text
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        try:
            PartialDate.from_edtf(text)
        except EverynameError:
            raise ValueError(
                f'{text!r} is neither a date such as "2031-08-01" or "2031-08" nor a time such as '
                '"2031-08-01T14:30:00Z"'
            ) from None
    return text


Moment = Annotated[str, BeforeValidator(_moment)]
"""A date as EDTF, or an ISO 8601 time."""


class SourceSection(_Strict):
    """``[source]``: who says so, how the file came, and what it was made from."""

    name: str = Field(min_length=1)
    publisher: str = ""
    author: str = ""
    kind: str = "list"
    published: str = ""
    language: str = ""
    reliability: Literal["A", "B", "C", "D", "E", "F"] = "F"
    party: bool = False
    derived_from: tuple[str, ...] = ()
    received_from: str = ""
    received_by: str = ""
    received: Moment = ""
    address: str = ""
    captured: Moment = ""
    parts: tuple[Literal["html", "image"], ...] = ()
    made_from: str = ""
    made_by: str = ""
    how: str = ""

    @field_validator("address")
    @classmethod
    def _web(cls, address: str) -> str:
        if address and not address.casefold().startswith(("http://", "https://")):
            raise ValueError(f"{address!r} is not a web address: it begins with https://")
        return address

    @model_validator(mode="after")
    def _copy_is_explained(self) -> Self:
        if self.made_from and not self.how:
            raise ValueError("made_from names an original: say under how by what means it was read")
        if not self.made_from and (self.how or self.made_by):
            raise ValueError("how and made_by explain made_from, which is not given")
        return self

    def source(self) -> Source:
        """Return the source that this section describes."""
        return Source(
            key=slug(self.name),
            name=self.name,
            kind=self.kind,
            publisher=self.publisher,
            author=self.author,
            published=self.published,
            language=self.language,
            reliability=self.reliability,
            party=self.party,
            derived_from=tuple(slug(name) for name in self.derived_from),
        )


class TableSection(_Strict):
    """``[table]``: how to read the file."""

    sheet: str = ""
    header_row: int = Field(default=1, ge=1)
    encoding: str = ""
    delimiter: str = Field(default="", max_length=1)

    def options(self) -> TableOptions:
        """Return the options for reading the table."""
        return TableOptions(self.sheet, self.header_row, self.encoding, self.delimiter)


class RecordsSection(_Strict):
    """``[records]``: what each row is about."""

    kind: str = "person"
    key: str = ""

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is not a kind of record; there are {', '.join(KINDS)}")
        return kind


class ColumnSection(_Strict):
    """``[columns."..."]``: what one column holds."""

    field: str | tuple[str, ...]
    order: Literal["ymd", "dmy", "mdy"] | None = None
    codes: dict[str, str] = Field(default_factory=dict)

    @field_validator("field")
    @classmethod
    def _known(cls, names: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if not names:
            raise ValueError("names no field; leave the column out to keep it as written")
        for name in (names,) if isinstance(names, str) else names:
            _require_field(name)
        return names

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that the column feeds."""
        return (self.field,) if isinstance(self.field, str) else self.field


class SourceColumnsSection(_Strict):
    """``[source_columns]``: columns that name the source of each row."""

    name: str
    kind: str = ""
    derived_from: str = ""

    def named(self) -> dict[str, str]:
        """Return the columns in use, by what they say of the source."""
        return {what: column for what, column in self.model_dump().items() if column}


class Mapping(_Strict):
    """A mapping file.

    Read it with `Mapping.load`, and see ``docs`` for what each section means.
    """

    source: SourceSection
    table: TableSection = TableSection()
    records: RecordsSection = RecordsSection()
    constants: dict[str, str] = Field(default_factory=dict)
    columns: dict[str, ColumnSection]
    source_columns: SourceColumnsSection | None = None

    @field_validator("constants")
    @classmethod
    def _constants_known(cls, constants: dict[str, str]) -> dict[str, str]:
        for name in constants:
            _require_field(name)
        return constants

    @model_validator(mode="after")
    def _of_the_kind(self) -> Self:
        kind = self.records.kind
        used = {name for column in self.columns.values() for name in column.fields}
        for name in sorted(used | set(self.constants)):
            if kind not in FIELDS[name].kinds:
                allowed = ", ".join(n for n, f in FIELDS.items() if kind in f.kinds)
                raise ValueError(f"a {kind} record has no field {name!r}; it has {allowed}")
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
        named = [*self.columns]
        if self.records.key:
            named.append(self.records.key)
        if self.source_columns:
            named.extend(self.source_columns.named().values())
        for name in named:
            if name not in table.columns:
                near = difflib.get_close_matches(name, table.columns, n=3, cutoff=0.5)
                some = near or list(table.columns[:MOST_NAMED])
                has = ", ".join(map(repr, some))
                raise MappingError(
                    f"the mapping names a column {name!r} that {table.where()} does not have",
                    where=where,
                    do=f"{'Near it are' if near else 'The file has'} {has}. Correct the name, or "
                    f"set header_row under [table]",
                )


def _require_field(name: str) -> None:
    try:
        field(name)
    except EverynameError as error:
        raise ValueError(str(error)) from None


def describe(error: ValidationError) -> str:
    """Say what a validation found, place by place, in one sentence.

    Parameters
    ----------
    error
        What pydantic raised.
    """
    said = []
    for problem in error.errors():
        # pydantic names the types that a setting may have as if they were settings.
        parts = [str(part) for part in problem["loc"]]
        if parts[-2:-1] == ["field"] and parts[-1] in {"str", "tuple[str, ...]"}:
            parts.pop()
        place = ".".join(parts)
        what = {
            "missing": "is missing",
            "extra_forbidden": "is not a known setting",
            "tuple_type": "should be a list, in square brackets",
            "list_type": "should be a list, in square brackets",
            "too_short": "is empty",
        }.get(problem["type"], problem["msg"].removeprefix("Value error, "))
        said.append(f"{place} {what}" if place else what)
    return "; ".join(said)
