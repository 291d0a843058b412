"""Two lists of one population: the estimates of Lincoln and Petersen and of Chapman."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from numpy.typing import ArrayLike

from everyname.errors import EstimationError
from everyname.estimation.assumptions import MATCHED
from everyname.estimation.kernels.interval import log_normal
from everyname.estimation.kernels.two_list import chapman, lincoln_petersen
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, Refusal, checked_level
from everyname.estimation.table_input import TableLike, as_table

TwoListForm = Literal["chapman", "lincoln-petersen"]

_ENOUGH = 7
_FORMULAS = {"chapman": chapman, "lincoln-petersen": lincoln_petersen}
_NAMES = {"chapman": "Chapman's two-list estimate", "lincoln-petersen": "Lincoln-Petersen estimate"}
_REFERENCES = {
    "chapman": "Chapman (1951), University of California Publications in Statistics 1, 131-160;"
    " Seber (1970), Biometrics 26, 13-22; interval: Chao (1987), Biometrics 43, 783-791.",
    "lincoln-petersen": "Sekar and Deming (1949), Journal of the American Statistical Association"
    " 44, 101-115; interval: Chao (1987), Biometrics 43, 783-791.",
}
_ASSUMPTIONS = (
    "Both lists cover the same population, and no person joins or leaves it.",
    MATCHED,
    (
        "Being in one list makes a person neither more nor less likely to be in the other; lists"
        " that record the same easy cases make the number too low."
    ),
    "In at least one of the lists every person was as likely to be recorded as any other.",
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two lists of a table: sizes and overlap, and what the whole table holds."""

    first: str
    second: str
    n1: int
    n2: int
    both: int
    observed: int

    @property
    def recorded(self) -> int:
        return self.n1 + self.n2 - self.both


def two_list(
    data: TableLike,
    first: str | None = None,
    second: str | None = None,
    *,
    counts: ArrayLike | None = None,
    form: TwoListForm = "chapman",
    level: float = 0.95,
) -> Estimate | Refusal:
    """Estimate the number of persons from two lists taken as independent.

    The interval is log-normal in the persons whom neither list holds (Burnham's transformation,
    Chao 1987). Persons in other lists of the table are recorded too: no limit goes below them,
    and an estimate below them is refused, because the pair then contradicts the other lists.

    With no overlap the result is a refusal. With fewer than 7 persons in both lists the result
    carries a warning: 7 give 95% confidence that Chapman's estimate is biased by less than 2%
    (Robson and Regier 1964; Seber 1982, section 3.1).

    Parameters
    ----------
    data
        Capture patterns, as `as_table` takes them.
    first, second
        Names of the two lists; may be left out where the table has two.
    counts
        Persons with each pattern, by name only; as `as_table` takes them.
    form
        ``"chapman"``, or ``"lincoln-petersen"`` without its correction for small overlap.
    level
        Nominal coverage of the interval, between 0 and 1.

    Raises
    ------
    EstimationError
        Where the lists are not two different lists of the table, `level` is not between 0 and
        1, or `data` is no table.

    References
    ----------
    Chapman (1951), University of California Publications in Statistics 1, 131-160; Seber (1970),
    Biometrics 26, 13-22; Seber (1982), The Estimation of Animal Abundance; Robson and Regier
    (1964), Transactions of the American Fisheries Society 93, 215-226.
    """
    checked_level(level)
    pair = _pair(as_table(data, counts), first, second)
    model = f"{_NAMES[form]}, {pair.first} and {pair.second}"
    reason = _unsupported(pair)
    if reason:
        return Refusal(model=model, reason=reason)
    formula = _FORMULAS[form]
    missed, variance = formula(pair.n1, pair.n2, pair.both)
    point = pair.recorded + missed
    if point < pair.observed:
        return Refusal(
            model=model,
            reason=f"The two lists alone would give {round(point):,} persons, fewer than the"
            f" {pair.observed:,} recorded in all lists: they share more persons than independent"
            " lists would.",
        )
    low, high = log_normal(missed, variance, level)
    return Estimate(
        model=model,
        point=point,
        low=max(pair.recorded + low, float(pair.observed)),
        high=pair.recorded + high,
        level=level,
        observed=pair.observed,
        unrecorded=point - pair.observed,
        assumptions=_ASSUMPTIONS,
        reference=_REFERENCES[form],
        settings={
            "form": form,
            "interval": "log-normal",
            "first": pair.first,
            "second": pair.second,
            "in_first": pair.n1,
            "in_second": pair.n2,
            "in_both": pair.both,
            "standard_error": variance**0.5,
        },
        lower_bound=False,
        diagnostics=_diagnostics(pair, form),
    )


def estimate_pairs(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    form: TwoListForm = "chapman",
    level: float = 0.95,
) -> tuple[Estimate | Refusal, ...]:
    """Give the two-list estimate of every pair of lists, in the order of the lists.

    Pairs that differ by more than their intervals show that the lists are not independent.

    Parameters
    ----------
    data, counts
        Capture patterns, as `as_table` takes them.
    form, level
        As in `two_list`.

    Raises
    ------
    EstimationError
        Where `level` is not between 0 and 1, or `data` is no table.
    """
    table = as_table(data, counts)
    return tuple(
        two_list(table, first, second, form=form, level=level)
        for first, second in combinations(table.lists, 2)
    )


def _pair(table: PatternTable, first: str | None, second: str | None) -> _Pair:
    if first is None and second is None and len(table.lists) == 2:
        first, second = table.lists
    if not (isinstance(first, str) and isinstance(second, str)) or first == second:
        raise EstimationError(
            f"{first!r} and {second!r} as the two lists",
            do=f"Name two different lists of {', '.join(table.lists)}.",
        )
    sizes = table.sizes
    return _Pair(
        first=first,
        second=second,
        n1=int(sizes[table.column(first)]),
        n2=int(sizes[table.column(second)]),
        both=table.overlap(first, second),
        observed=table.observed,
    )


def _unsupported(pair: _Pair) -> str:
    """Say why the pair gives no estimate; an empty text where it does."""
    for name, size in ((pair.first, pair.n1), (pair.second, pair.n2)):
        if size == 0:
            return f"The list {name} holds nobody."
    if pair.both == 0:
        return (
            "No person is in both lists: without overlap two lists say nothing about whom both"
            " miss."
        )
    for name, size in ((pair.first, pair.n1), (pair.second, pair.n2)):
        if size == pair.both:
            return (
                f"Every person in {name} is in the other list too: the estimate would be that"
                " nobody is missed, with an interval of width zero."
            )
    return ""


def _diagnostics(pair: _Pair, form: TwoListForm) -> tuple[str, ...]:
    formula = _FORMULAS[form]
    # One match more or fewer: two records judged to be one person, or one person to be two.
    more, fewer = pair.both + 1, pair.both - 1
    above = pair.n1 + pair.n2 - more + formula(pair.n1, pair.n2, more)[0]
    notes = []
    if fewer > 0:
        below = pair.n1 + pair.n2 - fewer + formula(pair.n1, pair.n2, fewer)[0]
        notes.append(
            f"The estimate rests on {pair.both:,} persons in both lists; one match more would give"
            f" {round(above):,}, one fewer {round(below):,}."
        )
    else:
        notes.append(
            "The estimate rests on one person in both lists; one match more would give"
            f" {round(above):,}, one fewer none at all."
        )
    if pair.both < _ENOUGH:
        notes.append(
            f"Fewer than {_ENOUGH} persons are in both lists: the estimate may be biased"
            " (Robson and Regier 1964)."
        )
    return tuple(notes)
