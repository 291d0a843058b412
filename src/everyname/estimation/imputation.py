"""Missing sex, age, date or place of recorded persons, drawn many times from what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.kernels.product_mixture import complete, sweep
from everyname.estimation.result import checked_seed

_BURN_IN = 500
_PILOT = 1000
_LEAST_THIN, _MOST_THIN = 50, 800
_CLOSE = 0.1
_MOST_PATTERNS = 32
_MOST_VALUES = 10_000
_OFTEN = 0.1
_MOST_PRIOR_WEIGHT = 10.0
REFERENCE = (
    "Dunson and Xing (2009), Journal of the American Statistical Association 104, 1042-1051; Si and"
    " Reiter (2013), Journal of Educational and Behavioral Statistics 38, 499-521."
)
ASSUMPTION = (
    "Whether a field is missing depends only on the fields that are known of the person and on the"
    " lists that hold the person, not on the missing value itself."
)


@dataclass(frozen=True, slots=True, eq=False)
class Imputations:
    """The same persons, completed several times.

    Attributes
    ----------
    completed
        For each replicate the codes without gaps, shape (n, p); known codes are as they were.
    missing
        Share of the persons whose value is missing, of each column, shape (p,).
    autocorrelation
        The largest correlation, in absolute value, between one replicate and the next, of the
        model's log-likelihood and of the share of each value; near 0 where replicates are as good
        as independent.
    occupied
        Classes of the mixture in use, the median over the sweeps.
    settings
        All numbers in use.
    diagnostics
        What a reader should know, a sentence each.
    """

    completed: tuple[NDArray[np.int64], ...]
    missing: tuple[float, ...]
    autocorrelation: float
    occupied: int
    settings: dict[str, str | int | float]
    diagnostics: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Distinct rows, who has them, and where the values of each column begin."""

    rows: NDArray[np.int64]
    counts: NDArray[np.int64]
    person_row: NDArray[np.int64]
    offsets: NDArray[np.int64]
    prior: NDArray[np.float64]


def impute(
    columns: ArrayLike,
    histories: ArrayLike | None = None,
    *,
    replicates: int = 10,
    seed: int = 1,
    classes: int = 30,
    names: Sequence[str] | None = None,
) -> Imputations:
    """Draw the missing fields of recorded persons from what is known of them.

    The fields and the lists that hold a person are a Dirichlet-process mixture of products of
    multinomials, fitted to the recorded persons. The capture history is one of its variables, so
    that what the lists tell of a field is used and kept: women whom one list misses stay so. Where
    there are up to 32 distinct histories they are the values of one variable, which gives the
    history of nobody recorded no probability; else each list is a variable.

    Replicates are taken far enough apart in the chain that the log-likelihood and the share of
    each value are hardly correlated between them; the distance is found in a trial run.

    Parameters
    ----------
    columns
        Codes from 0 of each field, -1 where missing, shape (n, p).
    histories
        1 where a list holds the person and 0 where not, shape (n, L); None for fields alone.
    replicates
        Replicates to draw.
    seed
        Seed; the same seed gives the same replicates.
    classes
        The most classes the mixture may use.
    names
        Names of the fields, for messages.

    Raises
    ------
    EstimationError
        Where a field is missing for everybody, an array is not of that kind, or numbers are not
        positive.

    References
    ----------
    Dunson and Xing (2009), Journal of the American Statistical Association 104, 1042-1051; Si and
    Reiter (2013), Journal of Educational and Behavioral Statistics 38, 499-521.
    """
    checked_seed(seed)
    codes = _codes(columns, names)
    if not isinstance(replicates, int) or min(replicates, classes) < 1:
        raise EstimationError(
            f"{replicates} replicates of {classes} classes", do="Ask for one or more of each."
        )
    marks = _history_columns(histories, len(codes))
    rows = _distinct(np.concatenate([codes, marks], axis=1))
    missing = tuple(float(share) for share in (codes < 0).mean(axis=0))
    chain = _Chain.start(rows, classes, seed)
    thin, _ = _distance(chain)
    weights, chances, trace, used = chain.run(thin * replicates, thin)
    occupied = int(np.median(used))
    full = float((used == classes).mean())
    completed = tuple(
        complete(
            rows.rows,
            rows.person_row,
            rows.offsets,
            weights[r],
            chances[r],
            columns=codes.shape[1],
            rng=chain.rng,
        )
        for r in range(replicates)
    )
    return Imputations(
        completed=completed,
        missing=missing,
        autocorrelation=_autocorrelation(trace, thin),
        occupied=occupied,
        settings={
            "replicates": replicates,
            "seed": seed,
            "classes": classes,
            "classes_in_use": occupied,
            "share_of_sweeps_with_all_classes": full,
            "distinct_rows": len(rows.counts),
            "burn_in": _BURN_IN + _PILOT,
            "sweeps_between_replicates": thin,
            "prior_weight_of_values": f"the number of values, at most {_MOST_PRIOR_WEIGHT:g}",
            "prior_of_concentration": "Gamma(1/4, 1/4)",
        },
        diagnostics=_diagnostics(full, classes, thin),
    )


@dataclass(slots=True, eq=False)
class _Chain:
    """The sampler and where it stands; the one thing here that changes."""

    rows: _Rows
    state: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
    rng: np.random.Generator

    @classmethod
    def start(cls, rows: _Rows, classes: int, seed: int) -> _Chain:
        rng = np.random.default_rng(seed)
        chances = rng.gamma(np.repeat(rows.prior[:, np.newaxis] + 1, classes, axis=1))
        for begin, end in zip(rows.offsets[:-1], rows.offsets[1:], strict=True):
            chances[begin:end] /= chances[begin:end].sum(axis=0)
        # Few large classes at first: more come where they are needed, but classes that share alike
        # at first take very long to empty.
        weights = 0.5 ** np.arange(1.0, classes + 1)
        return cls(rows, (weights / weights.sum(), chances, np.ones(1)), rng)

    def run(
        self, sweeps: int, every: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
        rows = self.rows
        return sweep(
            rows.rows,
            rows.counts,
            rows.offsets,
            rows.prior,
            self.state,
            sweeps=sweeps,
            every=every,
            rng=self.rng,
        )


def _distance(chain: _Chain) -> tuple[int, float]:
    """Find how many sweeps apart replicates are hardly correlated, in a trial run."""
    chain.run(_BURN_IN, 0)
    trace = chain.run(_PILOT, 0)[2]
    thin = _LEAST_THIN
    while thin < _MOST_THIN and _autocorrelation(trace, thin) > _CLOSE + 2 / _PILOT**0.5:
        thin = min(thin * 2, _MOST_THIN)
    return thin, _autocorrelation(trace, thin)


def _autocorrelation(trace: NDArray[np.float64], lag: int) -> float:
    if len(trace) < 2 * lag:
        return 0.0
    centred = trace - trace.mean(axis=0)
    scale = (centred**2).mean(axis=0)
    moving = scale > 1e-20
    both = (centred[lag:] * centred[:-lag]).mean(axis=0)[moving] / scale[moving]
    return float(np.abs(both).max(initial=0.0))


def _diagnostics(full: float, classes: int, thin: int) -> tuple[str, ...]:
    notes = []
    if full > _OFTEN and classes > 1:
        notes.append(
            f"In {full:.0%} of the sweeps all {classes} classes of the mixture were in use: allow"
            " more of them."
        )
    if thin >= _MOST_THIN:
        notes.append(
            f"Replicates {thin} sweeps apart may still be alike: use more of them, or fewer fields."
        )
    return tuple(notes)


def _codes(columns: ArrayLike, names: Sequence[str] | None) -> NDArray[np.int64]:
    try:
        codes = np.asarray(columns)
    except ValueError:
        codes = np.zeros(0)
    if codes.ndim != 2 or 0 in codes.shape or codes.dtype.kind not in "iu":
        raise EstimationError(
            f"columns of shape {codes.shape} and type {codes.dtype}",
            do="Give whole numbers from 0, -1 where missing, one row a person.",
        )
    if names and len(names) != codes.shape[1]:
        raise EstimationError(
            f"{len(names)} names for {codes.shape[1]} columns", do="Name every column."
        )
    for j in range(codes.shape[1]):
        name = f"column {names[j] if names else j + 1}"
        if codes[:, j].min() < -1:
            raise EstimationError(
                f"the code {codes[:, j].min()}", where=name, do="Use -1 where it is missing."
            )
        if codes[:, j].max() >= _MOST_VALUES:
            raise EstimationError(
                f"the code {codes[:, j].max()}",
                where=name,
                do=f"Number the values that occur from 0; {_MOST_VALUES:,} are allowed.",
            )
        if codes[:, j].max() < 0:
            raise EstimationError(
                "a field that nobody has a value for", where=name, do="Leave the field out."
            )
    return codes.astype(np.int64)


def _history_columns(histories: ArrayLike | None, persons: int) -> NDArray[np.int64]:
    if histories is None:
        return np.zeros((persons, 0), np.int64)
    marks = np.asarray(histories)
    if marks.ndim != 2 or len(marks) != persons or not np.isin(marks, (0, 1)).all():
        raise EstimationError(
            f"histories of shape {marks.shape} for {persons} persons",
            do="Give 0 or 1 for each list, one row a person.",
        )
    whole = marks.astype(np.int64)
    patterns, place = np.unique(whole, axis=0, return_inverse=True)
    if len(patterns) <= _MOST_PATTERNS:
        return place.reshape(-1, 1).astype(np.int64)
    return whole


def _distinct(codes: NDArray[np.int64]) -> _Rows:
    rows, person_row, counts = np.unique(codes, axis=0, return_inverse=True, return_counts=True)
    levels = codes.max(axis=0) + 1
    offsets = np.concatenate([[0], np.cumsum(levels)]).astype(np.int64)
    prior = np.empty(offsets[-1])
    for j, column in enumerate(codes.T):
        # One person's weight a value, as Si and Reiter; but centred on the known values, and of
        # bounded weight: else a class of few persons would spread over places hardly ever seen.
        weight = min(float(levels[j]), _MOST_PRIOR_WEIGHT)
        shares = np.bincount(column[column >= 0], minlength=levels[j]) + 1 / levels[j]
        prior[offsets[j] : offsets[j + 1]] = weight * shares / shares.sum()
    return _Rows(
        rows.astype(np.int64),
        counts.astype(np.int64),
        person_row.reshape(-1).astype(np.int64),
        offsets,
        prior,
    )
