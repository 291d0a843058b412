"""Dependence sensitivity: how strongly lists must depend for the answer to halve or double."""

from __future__ import annotations

from html import escape
from itertools import combinations
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import BaseModel, ConfigDict

from everyname.estimation.kernels.dependence import (
    independent_unrecorded,
    odds_ratio_of_all,
    odds_ratio_of_pair,
)
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Refusal
from everyname.estimation.table_input import TableLike, as_table

_MODEL = "Sensitivity to dependence of lists"
_MOST_LISTS = 12
_REFERENCE = (
    "Gerritse, van der Heijden and Bakker (2015), Journal of Official Statistics 31, 357-379;"
    " Zhang and Small (2020), Epidemiology 31, e46."
)


class PairDependence(BaseModel):
    """How strongly two lists, or any two, would have to depend on each other.

    Attributes
    ----------
    lists
        The two lists; empty where every two lists are meant, all with the same odds ratio.
    halved, doubled
        Odds ratio between the lists at which half, or twice, as many persons are unrecorded as
        under independence; None where no odds ratio does that.
    halved_total, doubled_total
        The same for the total, recorded and unrecorded.
    seen
        Odds ratio between the two lists among the persons whom another list holds, with a half
        added to each of its four numbers; None for two lists, where nobody else can be asked, and
        where fewer than 20 persons are in another list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lists: tuple[str, ...]
    halved: float | None
    doubled: float | None
    halved_total: float | None
    doubled_total: float | None
    seen: float | None = None

    @property
    def name(self) -> str:
        """The two lists in words."""
        return " and ".join(self.lists) or "every two lists"


class DependenceSensitivity(BaseModel):
    """What dependence between lists would do to the number of the unrecorded.

    Attributes
    ----------
    observed
        Persons in at least one list.
    unrecorded
        Persons in no list if all lists were independent.
    pairs
        For each two lists, the others being independent.
    overall
        For the same dependence between every two lists; None for more than 12 lists.
    reference
        The papers the method is from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    observed: int
    unrecorded: float
    pairs: tuple[PairDependence, ...]
    overall: PairDependence | None
    reference: str = _REFERENCE

    @property
    def weakest(self) -> PairDependence:
        """The two lists whose dependence needs to be least for the unrecorded to double."""
        return min(self.pairs, key=lambda pair: pair.doubled or float("inf"))

    @property
    def words(self) -> str:
        """The result in sentences."""
        start = (
            f"If all lists were independent, about {round(self.unrecorded):,} persons would be"
            " unrecorded."
        )
        chosen = [self.weakest]
        if self.overall is not None and len(self.pairs) > 1:
            chosen.append(self.overall)
        return " ".join([start, *(_sentence(pair) for pair in chosen)])

    def _repr_html_(self) -> str:
        """Show the odds ratios as a table in a notebook."""
        rows = [*self.pairs, *([self.overall] if self.overall and len(self.pairs) > 1 else [])]
        heads = ("Lists", "halves", "doubles", "halves the total", "doubles the total", "seen")
        body = "".join(
            f"<tr><td>{escape(row.name)}</td>"
            + "".join(
                f"<td>{_ratio(value)}</td>"
                for value in (
                    row.halved, row.doubled, row.halved_total, row.doubled_total, row.seen
                )
            )
            + "</tr>"
            for row in rows
        )  # fmt: skip
        head = "".join(f"<th>{text}</th>" for text in heads)
        return (
            f"<div><p>{escape(self.words)}</p><table><tr>{head}</tr>{body}</table>"
            f"<p>{escape(self.reference)}</p></div>"
        )


def dependence_sensitivity(
    data: TableLike, counts: ArrayLike | None = None
) -> DependenceSensitivity | Refusal:
    """Find the dependence between lists that would halve or double the number of the unrecorded.

    The odds ratio between two lists is how many times larger the odds of being in the one are for
    a person who is in the other than for a person who is not. Independent lists have 1; lists
    that record the same easy cases more than 1, which leaves more persons unrecorded; lists that
    divide the work less than 1. Two lists alone do not tell their odds ratio.

    Each odds ratio is that of the log-linear model of independent lists with the odds ratio as a
    fixed offset, fitted by maximum likelihood.

    Parameters
    ----------
    data, counts
        As in `as_table`.

    Raises
    ------
    EstimationError
        Where the input is not a table of capture patterns.

    References
    ----------
    Gerritse, van der Heijden and Bakker (2015), Journal of Official Statistics 31, 357-379; Zhang
    and Small (2020), Epidemiology 31, e46.
    """
    table = as_table(data, counts)
    held = np.flatnonzero(table.sizes > 0)
    if len(held) < 2:
        return Refusal(
            model=_MODEL,
            reason="Fewer than two lists hold anybody: there is no dependence to speak of.",
        )
    sizes, observed = table.sizes[held], table.observed
    unrecorded = independent_unrecorded(sizes, observed)
    if not isfinite(unrecorded):
        return Refusal(
            model=_MODEL,
            reason="No person is in two lists: under independence the number has no end.",
        )
    if unrecorded < 0.5:
        return Refusal(
            model=_MODEL,
            reason="Independent lists would leave nobody unrecorded: there is no number to halve"
            " or double.",
        )
    targets = _targets(observed, unrecorded)
    pairs = []
    for first, second in combinations(range(len(held)), 2):
        ratios = [_odds_ratio(sizes, observed, (first, second), target) for target in targets]
        places = (int(held[first]), int(held[second]))
        pairs.append(
            PairDependence(
                lists=tuple(table.lists[place] for place in places),
                halved=ratios[0],
                doubled=ratios[1],
                halved_total=ratios[2],
                doubled_total=ratios[3],
                seen=_seen(table, places),
            )
        )
    return DependenceSensitivity(
        observed=observed,
        unrecorded=unrecorded,
        pairs=tuple(pairs),
        overall=_overall(sizes, observed, targets),
    )


def _targets(observed: int, unrecorded: float) -> tuple[float, float, float, float]:
    """Give the unrecorded for which it, and then the total, is halved and doubled."""
    total = observed + unrecorded
    return unrecorded / 2, unrecorded * 2, total / 2 - observed, total * 2 - observed


def _odds_ratio(
    sizes: NDArray[np.int64],
    observed: int,
    pair: tuple[int, int] | None,
    unrecorded: float,
) -> float | None:
    if unrecorded <= 0:
        return None
    found = (
        odds_ratio_of_all(sizes, observed, unrecorded)
        if pair is None
        else odds_ratio_of_pair(sizes, observed, pair, unrecorded)
    )
    return found if isfinite(found) else None


def _overall(
    sizes: NDArray[np.int64],
    observed: int,
    targets: tuple[float, float, float, float],
) -> PairDependence | None:
    if len(sizes) > _MOST_LISTS:
        return None
    ratios = [_odds_ratio(sizes, observed, None, target) for target in targets]
    return PairDependence(
        lists=(),
        halved=ratios[0],
        doubled=ratios[1],
        halved_total=ratios[2],
        doubled_total=ratios[3],
    )


def _seen(table: PatternTable, pair: tuple[int, int]) -> float | None:
    others = np.delete(table.histories, pair, axis=1).any(axis=1)
    if table.counts[others].sum() < 20:
        return None
    cells = np.zeros((2, 2))
    first, second = (table.histories[others, place] for place in pair)
    np.add.at(cells, (first, second), table.counts[others])
    cells += 0.5
    return float(cells[1, 1] * cells[0, 0] / (cells[1, 0] * cells[0, 1]))


def _sentence(pair: PairDependence) -> str:
    twice = (
        f"twice as many if being in one multiplied the odds of being in the other by"
        f" {_ratio(pair.doubled)}"
        if pair.doubled is not None
        else "never twice as many, however strongly they depended"
    )
    half = (
        f"half as many if it multiplied them by {_ratio(pair.halved)}"
        if pair.halved is not None
        else "never half as many, however much they avoided each other's cases"
    )
    seen = (
        f" Among persons in another list that factor is {_ratio(pair.seen)}."
        if pair.seen is not None
        else ""
    )
    return f"For {pair.name} it would be {twice}, and {half}.{seen}"


def _ratio(value: float | None) -> str:
    return "none" if value is None else f"{value:.3g}"
