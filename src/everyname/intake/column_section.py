"""What a mapping says of a column, or of several that make one field together."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from everyname.errors import EverynameError
from everyname.intake.strict import Strict
from everyname.intake.template import Template
from everyname.vocabulary import ReadOptions, field


class ReadingSection(Strict):
    """How the texts of a column are read."""

    order: Literal["ymd", "dmy", "mdy"] | None = None
    calendar: Literal["gregorian", "julian", "solar_hijri", "hijri", "thai_buddhist"] | None = None
    year: int | None = Field(default=None, ge=1, le=9999)
    century: int | None = Field(default=None, ge=1, le=9900)
    codes: dict[str, str] = Field(default_factory=dict)

    def options(self) -> ReadOptions:
        """Return them as the readers take them."""
        return ReadOptions(
            date_order=self.order,
            calendar=self.calendar,
            year=self.year,
            century=self.century,
            codes=self.codes,
        )


class ColumnSection(ReadingSection):
    """``[columns."..."]``: what one column holds.

    Either ``field``, whose every name reads the whole cell, or ``split``: templates that divide
    the cell among fields, of which the first that fits is taken.
    """

    field: str | tuple[str, ...] = ()
    split: str | tuple[str, ...] = ()

    @field_validator("field")
    @classmethod
    def _known(cls, names: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if not names:
            raise ValueError("names no field; leave the column out to keep it as written")
        for name in (names,) if isinstance(names, str) else names:
            require_field(name)
        return names

    @field_validator("split")
    @classmethod
    def _divides(cls, templates: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if not templates:
            raise ValueError("has no template; write it like {sex}/{age}")
        for text in (templates,) if isinstance(templates, str) else templates:
            for name in Template(text).fields:
                require_field(name)
        return templates

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.field) == bool(self.split):
            raise ValueError("give either field or split")
        return self

    @property
    def templates(self) -> tuple[Template, ...]:
        """Templates that divide the cell; none where each field reads it whole."""
        texts = (self.split,) if isinstance(self.split, str) else self.split
        return tuple(map(Template, texts))

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that the column feeds."""
        if self.split:
            return tuple(dict.fromkeys(n for t in self.templates for n in t.fields))
        return (self.field,) if isinstance(self.field, str) else self.field


class JoinedSection(ReadingSection):
    """``[[joined]]``: several columns that make one field together.

    Their texts are joined by ``with``, blank ones left out.
    """

    columns: tuple[str, ...] = Field(min_length=2)
    with_: str = Field(default=" ", alias="with")
    field: str

    @field_validator("field")
    @classmethod
    def _known(cls, name: str) -> str:
        require_field(name)
        return name


def require_field(name: str) -> None:
    """Refuse a name that no field has, as pydantic wants it.

    Raises
    ------
    ValueError
        Naming the nearest fields.
    """
    try:
        field(name)
    except EverynameError as error:
        raise ValueError(str(error)) from None
