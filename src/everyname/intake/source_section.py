"""SourceSection: who says what a list says, how its file came, and what it was made from."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from everyname.errors import EverynameError
from everyname.intake.strict import Strict
from everyname.ledger import Source, slug
from everyname.vocabulary import PartialDate


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


class SourceSection(Strict):
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
