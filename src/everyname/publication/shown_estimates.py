"""Shown estimates: what a page shows of models side by side, made ready for its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from everyname.counts import CapturePatterns, Count
from everyname.estimation import (
    Comparison,
    DependenceSensitivity,
    Estimate,
    LeaveOneOut,
    PairDependence,
    Refusal,
)
from everyname.estimation.combined_estimate import CombinedEstimate
from everyname.estimation.sensitivity_estimate import SensitivityEstimate
from everyname.publication.drawing import Drawing
from everyname.publication.forest import forest
from everyname.publication.overlap_table import OverlapTable, overlap_table
from everyname.publication.posterior_plot import posterior_plot
from everyname.publication.sensitivity_plot import sensitivity_plot
from everyname.publication.words import Words


@dataclass(frozen=True, slots=True)
class ShownModel:
    """A result, and the assumptions that it does not share with all others."""

    result: Estimate | Refusal
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownStratum:
    """One stratum with what is reported of it."""

    stratum: str
    observed: int
    answer: str
    chart: Drawing | None


@dataclass(frozen=True, slots=True)
class ShownEstimates:
    """Models side by side.

    Parameters
    ----------
    answer
        The reported interval in a sentence, or why none is reported; empty where neither was made.
    reported
        The reported result.
    with_linkage, total
        The same with the uncertainty of linkage, and the sum of the strata, each in sentences;
        empty where there is none.
    chart, posterior, curves
        Drawings; None or empty where there is nothing to draw.
    overlap
        Persons in each two lists.
    models
        Results that are estimates; `shared` are the assumptions of all of them.
    refusals
        Results that are refusals.
    paragraph, warnings
        What was assumed and what came of it.
    dependence
        Rows of the table of dependence between lists, `dependence_words` its sentence.
    left_out
        Quick models without each of the lists.
    strata
        By stratum.
    """

    answer: str
    reported: Estimate | Refusal | None
    with_linkage: str
    total: str
    chart: Drawing | None
    posterior: Drawing | None
    curves: tuple[Drawing, ...]
    overlap: OverlapTable | None
    models: tuple[ShownModel, ...]
    shared: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    paragraph: str
    warnings: tuple[str, ...]
    dependence: tuple[PairDependence, ...]
    dependence_words: str
    left_out: tuple[LeaveOneOut, ...]
    strata: tuple[ShownStratum, ...]


def shown_results(
    results: Sequence[Estimate | Refusal], total: Count | None = None
) -> ShownEstimates:
    """Make results ready that stand by themselves, without a comparison."""
    models, shared = _models(results)
    return ShownEstimates(
        answer="",
        reported=None,
        with_linkage="",
        total="",
        chart=forest(results, total),
        posterior=posterior_plot(results),
        curves=_curves(results),
        overlap=None,
        models=models,
        shared=shared,
        refusals=tuple(found for found in results if isinstance(found, Refusal)),
        paragraph="",
        warnings=(),
        dependence=(),
        dependence_words="",
        left_out=(),
        strata=(),
    )


def shown_comparison(found: Comparison, words: Words, total: Count | None = None) -> ShownEstimates:
    """Make a comparison ready.

    Parameters
    ----------
    found
        Models side by side.
    words
        For the names of lists.
    total
        The documented count; None for the persons in at least one list.
    """
    models, shared = _models(found.results)
    dependence, told = _dependence(found.sensitivity)
    return ShownEstimates(
        answer=answer_words(found.reported),
        reported=found.reported,
        with_linkage=_combined_words(found.with_linkage),
        total=f"{_combined_words(found.total)} {found.consistency}".strip(),
        chart=forest(found.results, total, reported=found.reported),
        posterior=posterior_plot(found.results),
        curves=_curves(found.results),
        overlap=overlap_table(patterns_of(found), words) if len(found.lists) > 1 else None,
        models=models,
        shared=shared,
        refusals=found.refusals,
        paragraph=found.paragraph,
        warnings=found.warnings,
        dependence=dependence,
        dependence_words=told,
        left_out=found.leave_one_out,
        strata=tuple(
            ShownStratum(
                stratum=one.stratum,
                observed=one.comparison.observed,
                answer=answer_words(one.comparison.reported),
                chart=forest(one.comparison.results, None, reported=one.comparison.reported),
            )
            for one in found.strata
        ),
    )


def answer_words(reported: Estimate | Refusal | None) -> str:
    """Say what is reported, or why nothing is; an empty text where neither was made."""
    if reported is None:
        return ""
    if isinstance(reported, Refusal):
        return f"No interval is reported: {reported.reason}"
    return reported.words


def _combined_words(found: Estimate | Refusal | None) -> str:
    if found is None:
        return ""
    if isinstance(found, Refusal):
        return f"No estimate. {found.reason}"
    shares = f" {found.shares_in_words}" if isinstance(found, CombinedEstimate) else ""
    return found.words + shares


def patterns_of(found: Comparison) -> CapturePatterns:
    """Which lists hold whom, of a comparison."""
    return CapturePatterns(lists=found.lists, rows=found.rows)


def _models(
    results: Sequence[Estimate | Refusal],
) -> tuple[tuple[ShownModel, ...], tuple[str, ...]]:
    estimates = [found for found in results if isinstance(found, Estimate)]
    shared = tuple(
        text
        for text in (estimates[0].assumptions if len(estimates) > 1 else ())
        if all(text in found.assumptions for found in estimates)
    )
    models = (
        ShownModel(found, tuple(text for text in found.assumptions if text not in shared))
        for found in estimates
    )
    return tuple(models), shared


def _curves(results: Sequence[Estimate | Refusal]) -> tuple[Drawing, ...]:
    drawn = (sensitivity_plot(one) for one in results if isinstance(one, SensitivityEstimate))
    return tuple(drawing for drawing in drawn if drawing is not None)


def _dependence(
    found: DependenceSensitivity | Refusal,
) -> tuple[tuple[PairDependence, ...], str]:
    if isinstance(found, Refusal):
        return (), found.reason
    # Of two lists every two are the one pair.
    overall = (found.overall,) if len(found.pairs) > 1 and found.overall is not None else ()
    return (*found.pairs, *overall), found.words
