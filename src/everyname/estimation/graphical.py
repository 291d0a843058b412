"""Decomposable graphical models, averaged by their posterior probability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.assumptions import CLOSED, MATCHED
from everyname.estimation.graphical_estimate import Graph, GraphicalEstimate
from everyname.estimation.kernels.blocks import BlockDistribution
from everyname.estimation.kernels.decomposable_graphs import decomposable_graphs
from everyname.estimation.kernels.graph_posterior import GraphPosterior, graph_posterior
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Refusal, checked_level, checked_seed
from everyname.estimation.table_input import TableLike, as_table

_MODEL = "Decomposable graphs"
_REFERENCE = (
    "Madigan and York (1997), Biometrika 84, 19-31; Dawid and Lauritzen (1993), Annals of"
    " Statistics 21, 1272-1317."
)
_FEWEST, _MOST_LISTS = 3, 5
_MOST_PERSONS = 10**10
_SHOWN = 10
_CHAINS, _DRAWS = 4, 1000
# The range of the unrecorded, in persons for each recorded one.
_RANGE, _RANGE_WITH_COMPLETE = 10_000, 30
_NEAR_CAP = 1e-6
_MOVES = 0.1
_SPREAD = 1.5
_LIKELY = 0.05

_ASSUMPTIONS = (
    CLOSED,
    MATCHED,
    (
        "Lists may depend on each other, but at least two of them are independent among the"
        " persons who are alike in the other lists; which two, the lists themselves decide."
    ),
    (
        "Persons differ in how easily they are recorded only as far as links between lists can"
        " show; where the persons hard to find are hard to find for every list, the number is too"
        " low."
    ),
)
_WITH_COMPLETE = (
    "Part of the number comes from the complete graph, under which the lists say nothing about"
    " the unrecorded: that part is set by the prior and the range alone."
)


@dataclass(frozen=True, slots=True)
class _Averaged:
    """A posterior with the weights of the graphs that are averaged."""

    posterior: GraphPosterior
    weights: NDArray[np.float64]
    mixture: BlockDistribution
    complete: float


def decomposable(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    level: float = 0.95,
    delta: float | None = None,
    complete: bool = False,
    max_n0: int | None = None,
    seed: int = 1,
) -> GraphicalEstimate | Refusal:
    """Estimate the number of persons by averaging over all decomposable graphs of the lists.

    Every decomposable graph has the same prior weight, the probabilities of its cliques a
    hyper-Dirichlet prior with `delta` persons in each cell of the full table, and the number of
    persons N a prior proportional to 1 / N. The sum over the unrecorded is exact: no grid is
    chosen. The complete graph, under which N is not identified, is left out and its probability
    reported; R's dga averages it in, which `complete` does for comparison.

    Parameters
    ----------
    data, counts
        Capture patterns of three to five lists, as `as_table` takes them. A list that holds
        nobody is left out.
    level
        Nominal coverage of the equal-tailed interval, between 0 and 1.
    delta
        Prior persons in each cell, above 0; 2^-L where absent, for L lists.
    complete
        Whether to average the complete graph in.
    max_n0
        The largest number of the unrecorded considered. Where absent 10,000 for each recorded
        person, and 30 with `complete`, whose number has no end but this one.
    seed
        Of the 4 x 1,000 independent draws.

    Returns
    -------
    The median and interval of the posterior, or a refusal: with fewer than three lists or more
    than five, without overlap, and where the range would decide the upper limit.

    Raises
    ------
    EstimationError
        Where `level`, `delta` or `max_n0` cannot be used, or `data` is no table.

    References
    ----------
    Madigan and York (1997), Biometrika 84, 19-31; Dawid and Lauritzen (1993), Annals of
    Statistics 21, 1272-1317.
    """
    checked_level(level)
    checked_seed(seed)
    table = as_table(data, counts)
    held = table.sizes > 0
    lists = tuple(name for name, holds in zip(table.lists, held, strict=True) if holds)
    reason = _unsupported(table, len(lists))
    if reason:
        return Refusal(model=_MODEL, reason=reason)
    delta = 2.0 ** -len(lists) if delta is None else delta
    per_person = _RANGE_WITH_COMPLETE if complete else _RANGE
    most = per_person * table.observed if max_n0 is None else max_n0
    if delta <= 0 or most < 1:
        raise EstimationError(
            f"delta {delta} and max_n0 {most}", do="Give delta above 0 and max_n0 of 1 or more."
        )
    places = 1 << np.arange(len(lists))
    cells = np.zeros(2 ** len(lists), dtype=np.int64)
    np.add.at(cells, table.histories[:, held].astype(np.int64) @ places, table.counts)
    found = _averaged(cells, delta, most, complete=complete)
    near_cap = found.mixture.above(most / 2)
    if near_cap > (1 - level) / 2 and not complete and max_n0 is None:
        return Refusal(model=_MODEL, reason=_endless(near_cap, most))
    halved, doubled = (
        table.observed + _averaged(cells, other, most, complete=complete).mixture.median
        for other in (delta / 2, delta * 2)
    )
    shares = np.array([0.5, (1 - level) / 2, (1 + level) / 2])
    point, low, high = (float(table.observed + one) for one in found.mixture.quantile(shares))
    graphs = _graphs(found, lists, table.observed, shares)
    uniform = np.random.default_rng(seed).random((_CHAINS, _DRAWS))
    return GraphicalEstimate(
        model=f"{_MODEL}, the complete one too" if complete else _MODEL,
        point=point,
        low=low,
        high=high,
        level=level,
        observed=table.observed,
        unrecorded=point - table.observed,
        assumptions=(*_ASSUMPTIONS, _WITH_COMPLETE) if complete else _ASSUMPTIONS,
        reference=_REFERENCE,
        settings={
            "lists": len(lists),
            "graphs": len(found.posterior.log_evidence) - (not complete),
            "complete_graph": "averaged" if complete else "left out",
            "delta": delta,
            "prior": "1/N",
            "max_n0": most,
            "mass_near_cap": near_cap,
            "point_at_half_delta": halved,
            "point_at_twice_delta": doubled,
            "seed": seed,
        },
        lower_bound=False,
        diagnostics=(
            *_graph_notes(found, graphs, near_cap, most),
            *_delta_notes(point, halved, doubled),
            *_list_notes(table, lists),
        ),
        draws=table.observed + found.mixture.quantile(uniform),
        graphs=graphs,
        complete_probability=found.complete,
        mass_near_cap=near_cap,
        support=table.observed + found.mixture.places,
        probability=found.mixture.probability,
    )


def _unsupported(table: PatternTable, n_lists: int) -> str:
    if n_lists < _FEWEST:
        return (
            f"Graphs need at least three lists that hold somebody, and there are {n_lists}: with"
            " fewer nothing shows whether lists depend on each other."
        )
    if n_lists > _MOST_LISTS:
        return (
            f"{n_lists} lists have too many decomposable graphs (18,154 for six) to average them"
            " all: join lists that work alike, or leave small ones out, until there are five."
        )
    if table.observed > _MOST_PERSONS:
        return (
            f"{table.observed:,} recorded persons are more than {_MOST_PERSONS:,}, beyond which the"
            " probabilities of graphs are lost in rounding."
        )
    if table.frequencies[2:].sum() == 0:
        return (
            "No person is in two lists: without overlap the lists say nothing about whom all of"
            " them miss."
        )
    return ""


def _endless(near_cap: float, most: int) -> str:
    return (
        f"The lists set no upper limit: {near_cap:.1%} of the posterior lies above"
        f" {most // 2:,} unrecorded persons, so that the range considered would decide. The"
        " overlaps are too small."
    )


def _averaged(cells: NDArray[np.int64], delta: float, most: int, *, complete: bool) -> _Averaged:
    posterior = graph_posterior(cells, delta, most)
    weights = np.exp(posterior.log_evidence - posterior.log_evidence.max())
    last = len(weights) - 1
    share = float(weights[last] / weights.sum())
    averaged = posterior.log_evidence.copy()
    if not complete:
        averaged[last] = -np.inf
    weights = np.exp(averaged - averaged.max())
    weights /= weights.sum()
    return _Averaged(posterior, weights, posterior.mixture(weights[posterior.kept]), share)


def _graphs(
    found: _Averaged, lists: tuple[str, ...], observed: int, shares: NDArray[np.float64]
) -> tuple[Graph, ...]:
    kept = found.posterior.kept
    graphs = decomposable_graphs(len(lists))
    best = np.argsort(-found.weights[kept], kind="stable")[:_SHOWN]
    result = []
    for place in best[found.weights[kept[best]] > 0]:
        alone = (np.arange(len(kept)) == place).astype(np.float64)
        point, low, high = found.posterior.mixture(alone).quantile(shares)
        cliques = graphs[kept[place]]
        result.append(
            Graph(
                cliques=tuple(tuple(lists[one] for one in clique) for clique in cliques),
                probability=float(found.weights[kept[place]]),
                point=float(observed + point),
                low=float(observed + low),
                high=float(observed + high),
            )
        )
    return tuple(result)


def _graph_notes(
    found: _Averaged, graphs: tuple[Graph, ...], near_cap: float, most: int
) -> list[str]:
    best = graphs[0]
    notes = [
        (
            f"The most probable graph is {best.words}, with probability {best.probability:.2f} and"
            f" a median of {best.point:,.0f}."
        )
    ]
    likely = [graph.point for graph in graphs if graph.probability >= _LIKELY]
    if likely and max(likely) > _SPREAD * min(likely):
        notes.append(
            f"Graphs with a probability of 5% and more give medians from {min(likely):,.0f} to"
            f" {max(likely):,.0f}: which lists depend on each other decides the number."
        )
    if found.complete > _LIKELY:
        notes.append(
            f"The complete graph, under which the number is not identified, would have a"
            f" probability of {found.complete:.2f}: the lists speak for a dependence of all of"
            " them that the other graphs do not have."
        )
    if near_cap > _NEAR_CAP:
        notes.append(
            f"{near_cap:.2g} of the posterior lies in the upper half of the range considered (to"
            f" {most:,} unrecorded): the upper limit depends on the range as far as that goes."
        )
    return notes


def _delta_notes(point: float, halved: int, doubled: int) -> list[str]:
    if max(abs(halved - point), abs(doubled - point)) <= _MOVES * point:
        return []
    return [
        (
            f"The prior decides part of the number: with half of delta the median is {halved:,},"
            f" with twice delta {doubled:,}."
        )
    ]


def _list_notes(table: PatternTable, lists: tuple[str, ...]) -> list[str]:
    notes = []
    for name in table.lists:
        if name not in lists:
            notes.append(f"The list {name} holds nobody and is left out.")
        elif not any(table.overlap(name, other) for other in lists if other != name):
            notes.append(
                f"The list {name} shares nobody with another list: its part of the number comes"
                " from the prior."
            )
    return notes
