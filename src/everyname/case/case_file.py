"""CaseFile: what ``case.toml`` says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from everyname.claims import Claim
from everyname.counts import COUNTABLE, ConflictRule, Scope
from everyname.disclosure import Profile
from everyname.errors import CaseError, EverynameError
from everyname.estimation import MODELS
from everyname.intake import Strict, describe
from everyname.linkage import Settings, Thresholds
from everyname.vocabulary import COUNTING_UNIT, FATE, PartialDate


class CaseSection(Strict):
    """``[case]``: what it is called."""

    title: str = Field(min_length=1)
    summary: str = ""
    codebook: str = "1"


class ScopeSection(Strict):
    """``[scope]``: whom the case counts."""

    what: str = ""
    fates: tuple[str, ...] = ()
    date: str = ""
    unknown: Literal["include", "exclude"] = "include"
    elderly_from: int | None = Field(default=None, ge=19, le=120)
    places: tuple[str, ...] = ()
    no_longer_listed: Literal["leave_out", "include"] = "leave_out"

    @field_validator("fates")
    @classmethod
    def _known(cls, fates: tuple[str, ...]) -> tuple[str, ...]:
        for fate in fates:
            if fate not in FATE.codes:
                raise ValueError(f"{fate!r} is not a fate; there are {', '.join(FATE.codes)}")
        return fates

    @field_validator("date")
    @classmethod
    def _date(cls, text: str) -> str:
        if text:
            try:
                PartialDate.from_edtf(text)
            except EverynameError as error:
                raise ValueError(str(error)) from None
        return text


class RulesSection(Strict):
    """``[rules]``: how conflicts between sources are resolved."""

    conflict: ConflictRule = "majority"


class LinkageSection(Strict):
    """``[linkage]``: at which match probabilities decisions change."""

    threshold: float = Field(default=0.5, gt=0, lt=1)
    undecided: tuple[float, float] = (0.05, 0.95)
    engine: Literal["duckdb", "spark"] = "duckdb"
    memory: str = Field(default="2GB", pattern=r"^[1-9][0-9]*(MB|GB)$")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low, high = self.undecided
        if not 0 < low <= self.threshold <= high < 1:
            raise ValueError("undecided = [from, to] must hold the threshold, within 0 and 1")
        return self

    def thresholds(self) -> Thresholds:
        """Return the thresholds."""
        return Thresholds(self.threshold, *self.undecided)

    def settings(self) -> Settings:
        """Return how linkage runs."""
        return Settings(self.engine, self.memory)


class BreakdownSection(Strict):
    """``[[breakdowns]]``: one table."""

    by: tuple[str, ...] = Field(min_length=1)

    @field_validator("by")
    @classmethod
    def _countable(cls, by: tuple[str, ...]) -> tuple[str, ...]:
        allowed = (*COUNTABLE, "list")
        for name in by:
            if name not in allowed:
                raise ValueError(
                    f"persons are not counted by {name!r}; choose {', '.join(allowed)}"
                )
        if len(set(by)) < len(by):
            raise ValueError("a field stands twice")
        return by


class LedgerSection(Strict):
    """``[ledger]``: where the ledger lies."""

    address: str = ""


class EstimateSection(Strict):
    """``[estimate]``: from which lists (empty: all), by which models (empty: the usual ones)."""

    lists: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    level: float = Field(default=0.95, gt=0, lt=1)
    seed: int = Field(default=1, ge=0, lt=2**32)
    by: tuple[str, ...] = ()
    replicates: int | None = Field(default=None, ge=0, le=500)
    imputations: int = Field(default=10, ge=0, le=200)

    @field_validator("replicates", "imputations")
    @classmethod
    def _several(cls, number: int | None) -> int | None:
        if number == 1:
            raise ValueError("one replicate shows nothing of how much they differ: 0, or 2 or more")
        return number

    @field_validator("models")
    @classmethod
    def _modelled(cls, models: tuple[str, ...]) -> tuple[str, ...]:
        for name in models:
            if name not in MODELS:
                raise ValueError(f"there is no model {name!r}; choose from {', '.join(MODELS)}")
        return models

    @field_validator("by")
    @classmethod
    def _countable(cls, by: tuple[str, ...]) -> tuple[str, ...]:
        for name in by:
            if name not in COUNTABLE:
                raise ValueError(
                    f"strata cannot be made by {name!r}; choose {', '.join(COUNTABLE)}"
                )
        if len(set(by)) < len(by):
            raise ValueError("a field stands twice")
        return by


class TruthSection(Strict):
    """``[truth]``: what is known about a simulated case."""

    file: str
    persons: int = Field(ge=0)
    people: str = ""


class CaseFile(Strict):
    """What ``case.toml`` says; read it with `CaseFile.load`."""

    case: CaseSection
    scope: ScopeSection = ScopeSection()
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ledger: LedgerSection = LedgerSection()
    rules: RulesSection = RulesSection()
    linkage: LinkageSection = LinkageSection()
    breakdowns: tuple[BreakdownSection, ...] = ()
    estimate: EstimateSection = EstimateSection()
    claims: tuple[Claim, ...] = ()
    publish: Profile = Profile()
    truth: TruthSection | None = None

    @model_validator(mode="after")
    def _claims_use_known_codes(self) -> Self:
        for claim in self.claims:
            for name, codes in (("fate", FATE), ("unit", COUNTING_UNIT)):
                if getattr(claim, name) not in codes:
                    raise ValueError(
                        f"claim {claim.id!r}: {getattr(claim, name)!r} is not a {name}; there are "
                        f"{', '.join(codes.codes)}"
                    )
            for name in ("said_on", "as_of"):
                text = getattr(claim, name)
                if text:
                    try:
                        PartialDate.from_edtf(text)
                    except EverynameError:
                        raise ValueError(
                            f"claim {claim.id!r}: {name} = {text!r} is not a date such as "
                            '"2031", "2031-02" or "2031-02-03"'
                        ) from None
            if not claim.id:
                raise ValueError(f"the claim {claim.text!r} has an empty id")
        return self

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        files = [file for those in self.lists.values() for file in those]
        stems: dict[str, str] = {}
        for file in dict.fromkeys(files):
            other = stems.setdefault(str(Path(file).with_suffix("")), file)
            if other != file:
                raise ValueError(
                    f"lists: {other!r} and {file!r} would share the mapping file "
                    f"{Path(file).with_suffix('.toml').name!r}: rename one of them"
                )
        if not all(name.strip() for name in self.lists):
            raise ValueError("lists: a list without a name")
        twice = sorted({file for file in files if files.count(file) > 1})
        if twice:
            raise ValueError(f"lists: the file {twice[0]!r} stands in two lists")
        for name in self.estimate.lists:
            if name not in self.lists:
                raise ValueError(f"estimate.lists: there is no list {name!r} under [lists]")
        ids = [claim.id for claim in self.claims]
        again = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if again:
            raise ValueError(f"claims: two claims have the id {again[0]!r}")
        return self

    @property
    def files(self) -> tuple[str, ...]:
        """Every file under ``lists/`` that the case reads."""
        return tuple(file for those in self.lists.values() for file in those)

    def counting(self) -> Scope:
        """Return the inclusion criteria with the rules that counts follow."""
        return Scope(
            **self.scope.model_dump(exclude={"places"}),
            conflict=self.rules.conflict,
            codebook=self.case.codebook,
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read ``case.toml``.

        Parameters
        ----------
        path
            The file.

        Raises
        ------
        CaseError
            It is missing, is not TOML, or says something that cannot be.
        """
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise CaseError(
                "there is no case.toml: this is not a case folder",
                where=str(path.parent),
                do="Make one with: everyname new DIR",
            ) from None
        except OSError as error:
            raise CaseError(
                f"this cannot be read ({error.strerror})", where=str(path), do="Check the path"
            ) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CaseError(
                f"this is not TOML ({error})", where=str(path), do="Correct the line it names"
            ) from None
        try:
            found = cls.model_validate(content)
        except ValidationError as error:
            raise CaseError(describe(error), where=str(path), do="Correct case.toml") from None
        found.publish.check()
        return found
