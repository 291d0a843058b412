"""Capture models: M0, Mt, Mh, Mth, Mb and Mbh, by what makes persons more or less recorded."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.capture_assumptions import OTIS, PROFILE, RIVEST, SHAPES, assumptions
from everyname.estimation.kernels.capture_designs import (
    Heterogeneity,
    capture_design,
    chao_interval,
    fit_without_negative,
)
from everyname.estimation.kernels.hierarchical_models import cell_counts
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.poisson_estimate import NO_MAXIMUM, PoissonModel, poisson_estimate
from everyname.estimation.removal_estimate import removal_estimate
from everyname.estimation.result import LikelihoodEstimate, Refusal, checked_level
from everyname.estimation.table_input import TableLike, as_table

CaptureModel = Literal["M0", "Mt", "Mh", "Mth", "Mb", "Mbh"]

_MOST_LISTS = 12
_PARAMETERS = {"poisson": 2.0, "gamma": 3.5}
_ALL: tuple[tuple[CaptureModel, Heterogeneity | None], ...] = (
    ("M0", None),
    ("Mt", None),
    ("Mh", "chao"),
    ("Mh", "poisson"),
    ("Mh", "darroch"),
    ("Mh", "gamma"),
    ("Mth", "chao"),
    ("Mth", "poisson"),
    ("Mth", "darroch"),
    ("Mth", "gamma"),
    ("Mb", None),
    ("Mbh", None),
)


def capture_model(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    model: CaptureModel = "Mt",
    heterogeneity: Heterogeneity | None = None,
    parameter: float | None = None,
    level: float = 0.95,
) -> LikelihoodEstimate | Refusal:
    """Estimate the total under one of the classic capture-recapture models.

    The letters say what chances of being recorded depend on: t the list, h the person, b whether
    the person was recorded before, 0 nothing. M0, Mt, Mh and Mth are Poisson log-linear models of
    the capture patterns; Mb and Mbh use only whom each list is the first to record.

    The point and the interval are of the multinomial profile likelihood of the total; the settings
    hold the Poisson estimate and its standard error.

    Parameters
    ----------
    data, counts
        Capture patterns of at most 12 lists, as for `as_table`; lists that hold nobody are left
        out.
    model
        The model.
    heterogeneity
        For Mh and Mth: ``"chao"`` (a lower bound), ``"poisson"``, ``"darroch"`` or ``"gamma"``;
        ``"darroch"`` where absent.
    parameter
        Base of the Poisson shape (2 where absent) or a of the Gamma shape (3.5).
    level
        Nominal coverage of the interval, between 0 and 1.

    Raises
    ------
    EstimationError
        Where `data` is no table, or an argument does not fit the model.

    References
    ----------
    Otis, Burnham, White and Anderson (1978), Wildlife Monographs 62; Rivest and Baillargeon (2007),
    Biometrics 63, 999-1006; Cormack (1992), Biometrics 48, 567-576.
    """
    checked_level(level)
    known = {"M0", "Mt", "Mh", "Mth", "Mb", "Mbh"}
    if model not in known:
        raise EstimationError(
            f"a model called {model!r}", do=f"Use one of {', '.join(sorted(known))}."
        )
    if model in ("Mh", "Mth"):
        heterogeneity = heterogeneity or "darroch"
    elif heterogeneity is not None:
        raise EstimationError(
            f"heterogeneity {heterogeneity!r} in {model}", do="Give it with Mh or Mth only."
        )
    if heterogeneity is not None and heterogeneity not in SHAPES:
        raise EstimationError(
            f"heterogeneity {heterogeneity!r}", do=f"Use one of {', '.join(SHAPES)}."
        )
    if parameter is not None and (heterogeneity not in _PARAMETERS or parameter <= 0):
        raise EstimationError(
            f"the parameter {parameter} for {heterogeneity or model}",
            do="Give a number above 0, and with the Poisson or Gamma shape only.",
        )
    table = as_table(data, counts)
    held = table.sizes > 0
    name = _name(model, heterogeneity)
    reason = _unsupported(table, int(held.sum()), model, heterogeneity)
    if reason:
        return Refusal(model=name, reason=reason)
    histories = table.histories[:, held]
    if model in ("Mb", "Mbh"):
        return removal_estimate(table, histories, first_differs=model == "Mbh", level=level)
    shape = _PARAMETERS.get(heterogeneity or "", 0.0) if parameter is None else parameter
    return _log_linear(table, held, model, heterogeneity, shape, level)


def m0(
    data: TableLike, counts: ArrayLike | None = None, *, level: float = 0.95
) -> LikelihoodEstimate | Refusal:
    """Estimate the total under M0: every list and every person alike.

    Parameters, errors and references are those of `capture_model`.
    """
    return capture_model(data, counts, model="M0", level=level)


def mt(
    data: TableLike, counts: ArrayLike | None = None, *, level: float = 0.95
) -> LikelihoodEstimate | Refusal:
    """Estimate the total under Mt: lists that differ in how many they reach.

    Parameters, errors and references are those of `capture_model`.
    """
    return capture_model(data, counts, model="Mt", level=level)


def mb(
    data: TableLike, counts: ArrayLike | None = None, *, level: float = 0.95
) -> LikelihoodEstimate | Refusal:
    """Estimate the total under Mb: being recorded changes later chances.

    Parameters, errors and references are those of `capture_model`.
    """
    return capture_model(data, counts, model="Mb", level=level)


def mbh(
    data: TableLike, counts: ArrayLike | None = None, *, level: float = 0.95
) -> LikelihoodEstimate | Refusal:
    """Estimate the total under Mbh: as Mb, with a first list that stands apart.

    Parameters, errors and references are those of `capture_model`.
    """
    return capture_model(data, counts, model="Mbh", level=level)


def mh(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    heterogeneity: Heterogeneity = "darroch",
    parameter: float | None = None,
    level: float = 0.95,
) -> LikelihoodEstimate | Refusal:
    """Estimate the total under Mh: persons that differ, lists that do not.

    Parameters, errors and references are those of `capture_model`.
    """
    return capture_model(
        data, counts, model="Mh", heterogeneity=heterogeneity, parameter=parameter, level=level
    )


def mth(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    heterogeneity: Heterogeneity = "darroch",
    parameter: float | None = None,
    level: float = 0.95,
) -> LikelihoodEstimate | Refusal:
    """Estimate the total under Mth: persons and lists that differ.

    Parameters, errors and references are those of `capture_model`.
    """
    return capture_model(
        data, counts, model="Mth", heterogeneity=heterogeneity, parameter=parameter, level=level
    )


def capture_models(
    data: TableLike, counts: ArrayLike | None = None, *, level: float = 0.95
) -> tuple[LikelihoodEstimate | Refusal, ...]:
    """Estimate the total under all twelve models, side by side.

    In order: M0, Mt; Mh and Mth, each as Chao's lower bound and with a Poisson, Darroch and Gamma
    shape; Mb, Mbh.

    Parameters
    ----------
    data, counts, level
        As for `capture_model`.

    Raises
    ------
    EstimationError
        Where `data` is no table or `level` not between 0 and 1.
    """
    table = as_table(data, counts)
    return tuple(
        capture_model(table, model=model, heterogeneity=heterogeneity, level=level)
        for model, heterogeneity in _ALL
    )


def _name(model: CaptureModel, heterogeneity: Heterogeneity | None) -> str:
    if heterogeneity is None:
        return model
    shape = {"chao": "Chao's lower bound", "poisson": "Poisson", "darroch": "Darroch"}
    return f"{model}, {shape.get(heterogeneity, 'Gamma')}"


def _unsupported(
    table: PatternTable, n_lists: int, model: CaptureModel, heterogeneity: Heterogeneity | None
) -> str:
    """Say why the table cannot support the model; an empty text where it can."""
    if n_lists < 2:
        return "Fewer than two lists hold anybody: nothing shows how much one list alone misses."
    if n_lists > _MOST_LISTS:
        return (
            f"{n_lists} lists have {2**n_lists:,} patterns; the model is fitted to at most"
            f" {_MOST_LISTS} lists."
        )
    if model in ("Mb", "Mbh"):
        needed = 2 if model == "Mb" else 3
        return "" if n_lists >= needed else f"{model} needs at least {needed} lists."
    if table.frequencies[2:].sum() == 0:
        return "No person is in two lists: without overlap nothing shows how many all lists miss."
    if n_lists < 3 and heterogeneity not in (None, "chao"):
        return (
            "With two lists the overlap cannot show both how many are missed and how persons"
            " differ."
        )
    return ""


def _log_linear(
    table: PatternTable,
    held: NDArray[np.bool_],
    model: CaptureModel,
    heterogeneity: Heterogeneity | None,
    parameter: float,
    level: float,
) -> LikelihoodEstimate | Refusal:
    names = [name for name, some in zip(table.lists, held, strict=True) if some]
    differ, n_lists = model in ("Mt", "Mth"), len(names)
    design = capture_design(
        n_lists, differ=differ, heterogeneity=heterogeneity, parameter=parameter
    )
    spread = cell_counts(table.histories[:, held], table.counts)
    plain = 1 + (n_lists if differ else 1)
    # Chao's terms alone must not be negative; the others may, and then say so.
    fixed = plain if heterogeneity == "chao" else design.shape[1]
    found = fit_without_negative(design, spread, fixed)
    name = _name(model, heterogeneity)
    if found is None:
        return Refusal(model=name, reason=NO_MAXIMUM)
    interval = None
    if heterogeneity == "chao":
        start = float(np.exp(found[1].coefficients[0]))
        interval = chao_interval(design, spread, level, fixed=plain, start=start)
    design, fit = found
    notes = []
    if heterogeneity not in (None, "chao") and fit.coefficients[-1] < 0:
        notes.append(
            "The term for differences between persons is negative: the lists overlap more evenly"
            " than persons of equal chances would make them, which contradicts the model."
        )
    shape = [f"heterogeneity ({heterogeneity})"] * (design.shape[1] - plain)
    settings: dict[str, str | int | float] = {"lists": n_lists}
    if parameter:
        settings["heterogeneity_parameter"] = parameter
    described = PoissonModel(
        name=name,
        terms=(*(names if differ else ["number of lists"]), *shape),
        assumptions=assumptions(differ=differ, heterogeneity=heterogeneity),
        reference=f"{RIVEST if heterogeneity else OTIS}; {PROFILE}.",
        design=design,
        counts=spread,
        lower_bound=heterogeneity == "chao",
    )
    return poisson_estimate(
        table,
        described,
        fit,
        level=level,
        settings=settings,
        diagnostics=tuple(notes),
        interval=interval,
    )
