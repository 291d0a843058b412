"""Result of a comparison: several models of one table, with what would change their answers."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    SerializationInfo,
    ValidationError,
)

from everyname.estimation.cell_influence import CellInfluence
from everyname.estimation.combined_estimate import CombinedEstimate
from everyname.estimation.dependence_sensitivity import DependenceSensitivity
from everyname.estimation.doubly_robust import DoublyRobustEstimate
from everyname.estimation.graphical_estimate import GraphicalEstimate
from everyname.estimation.latent_class_estimate import LatentClassEstimate
from everyname.estimation.latent_class_refusals import CapDecides, SeveralModes
from everyname.estimation.leave_one_out import LeaveOneOut
from everyname.estimation.log_linear import SelectedEstimate
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.reported_interval import ReportedEstimate
from everyname.estimation.result import (
    AveragedEstimate,
    Estimate,
    LikelihoodEstimate,
    PosteriorEstimate,
    Refusal,
)
from everyname.estimation.sensitivity_estimate import SensitivityEstimate
from everyname.estimation.sparse_estimate import SparseEstimate
from everyname.estimation.stratified_estimate import stratum_rows

_KINDS = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            Estimate,
            AveragedEstimate,
            CombinedEstimate,
            DoublyRobustEstimate,
            LikelihoodEstimate,
            SelectedEstimate,
            SparseEstimate,
            PosteriorEstimate,
            GraphicalEstimate,
            LatentClassEstimate,
            SensitivityEstimate,
            ReportedEstimate,
            Refusal,
            CapDecides,
            SeveralModes,
        )
    }
)


def _kept(value: object) -> object:
    """Read a result back from JSON as the kind it was."""
    if not isinstance(value, Mapping):
        return value
    fields = {name: given for name, given in value.items() if name != "kind"}
    named = _KINDS.get(str(value.get("kind")))
    return _by_fields(fields) if named is None else named.model_validate(fields)


def _by_fields(fields: Mapping[str, object]) -> object:
    """Read a result that does not name its kind, as the kind that keeps most of its fields."""
    parts = [
        (kind, {name: given for name, given in fields.items() if name in kind.model_fields})
        for kind in _KINDS.values()
    ]
    for kind, part in sorted(parts, key=lambda each: -len(each[1])):
        try:
            return kind.model_validate(part)
        except ValidationError:
            # What another kind calls by the same name may be something else.
            continue
    return fields


def _written(value: Estimate | Refusal, info: SerializationInfo) -> dict[str, Any]:
    """Write all that the kind of a result holds, and the kind's name."""
    # A posterior without its draws has the fields of any estimate: only the name tells them apart.
    return {"kind": type(value).__name__, **value.model_dump(mode=info.mode)}


Result = Annotated[Estimate | Refusal, BeforeValidator(_kept), PlainSerializer(_written)]
"""An estimate or a refusal of any kind; in JSON with the kind's name and all that it holds."""


class Comparison(BaseModel):
    """Several models of one table of capture patterns, side by side.

    The models differ in what they take for granted. They are not averaged: `reported` is what is
    shown first, and says how it came about.

    Attributes
    ----------
    lists
        Names of the lists.
    observed
        Persons in at least one list.
    rows
        Capture patterns and the persons with each: ``((1, 0, 1), 17)``.
    level, seed
        Nominal coverage of the intervals; where random numbers start.
    names
        Short name of the model of each result, see `models.MODELS`.
    results
        An estimate or a refusal for each.
    reported
        The interval shown first, or a refusal; None where none was made.
    sensitivity
        Dependence between lists that would halve or double the unrecorded.
    leave_one_out
        Quick models without each of the lists.
    influences
        For quick models, the one person who moves the estimate most.
    warnings
        What a reader should know about the table and the results, a sentence each.
    paragraph
        What was assumed and what came of it, in plain words.
    with_linkage
        The reported interval with the uncertainty of linkage carried in, or why there is none;
        None where no other linkages were drawn.
    strata
        Comparisons by stratum; empty where none were asked for.
    total
        The reported intervals of the strata added up, with a joint interval; None without strata.
    consistency
        How that sum and the reported interval of the whole compare, in a sentence.
    """

    # Without it JSON holds null for an infinite number, which no kind takes back.
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")

    lists: tuple[str, ...]
    observed: int
    rows: tuple[tuple[tuple[int, ...], int], ...]
    level: float
    seed: int
    names: tuple[str, ...]
    results: tuple[Result, ...]
    reported: Result | None
    sensitivity: DependenceSensitivity | Refusal
    leave_one_out: tuple[LeaveOneOut, ...]
    influences: tuple[CellInfluence, ...]
    warnings: tuple[str, ...]
    paragraph: str
    with_linkage: Result | None = None
    strata: tuple[StratumComparison, ...] = ()
    total: Result | None = None
    consistency: str = ""

    @property
    def table(self) -> PatternTable:
        """The table of capture patterns."""
        return PatternTable.from_rows(self.lists, self.rows)

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """The results that are estimates."""
        return tuple(result for result in self.results if isinstance(result, Estimate))

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The results that are refusals."""
        return tuple(result for result in self.results if isinstance(result, Refusal))

    def _repr_html_(self) -> str:
        """Show the comparison in a notebook."""
        first = self.reported._repr_html_() if self.reported is not None else ""
        rows = "".join(
            f"<tr><td>{escape(result.model)}</td><td>{escape(_answer(result))}</td></tr>"
            for result in self.results
        )
        notes = "".join(f"<li>{escape(text)}</li>" for text in self.warnings)
        return (
            f"<div>{first}<p>{escape(self.paragraph)}</p>"
            f"<table><tr><th>Model</th><th>Answer</th></tr>{rows}</table><ul>{notes}</ul>"
            f"{self._strata_html()}</div>"
        )

    def _strata_html(self) -> str:
        if self.total is None:
            return ""
        results = {part.stratum: part.reported for part in self.strata} | {"Total": self.total}
        return f"{stratum_rows(results)}<p>{escape(self.consistency)}</p>"


class StratumComparison(BaseModel):
    """The comparison of one stratum.

    Attributes
    ----------
    stratum
        Its value, as ``"female"``.
    comparison
        The models of its table. Where some persons' stratum is missing, `Comparison.reported` is
        of many tables in which it is imputed, and all else of the first of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    stratum: str
    comparison: Comparison

    @property
    def reported(self) -> Estimate | Refusal:
        """The reported interval of the stratum."""
        found = self.comparison.reported
        return found or Refusal(model="Reported interval", reason="None was made.")


Comparison.model_rebuild()


def _answer(result: Estimate | Refusal) -> str:
    return f"no estimate. {result.reason}" if isinstance(result, Refusal) else result.words
