"""Which further list of which size would narrow the interval most, and how large one must become.

The answer is what is to be expected, not what will be: the table is taken to come from a model
fitted to it, and the same model is taken to be fitted again once the list is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from everyname.errors import EstimationError
from everyname.estimation.further_list import FurtherList, FurtherLists, NeededSize, Option
from everyname.estimation.kernels.expected_precision import (
    Classes,
    all_cells,
    fitted_classes,
    means_and_slopes,
    shift_for_size,
    total_variance,
)
from everyname.estimation.kernels.interval import log_normal
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Refusal, checked_level, checked_seed
from everyname.estimation.table_input import TableLike, as_table

__all__ = ["FurtherList", "FurtherLists", "NeededSize", "Option", "further_lists", "needed_size"]

Behaviour = Literal["independent", "latent classes"]

_NAME = "expected interval with a further list"
_MOST_LISTS = 10
_NEARLY_ALL = 0.99
_HALVINGS = 40
_CLOSED = (
    "Every list, the further one too, covers the same population and is matched without error."
)
_EXPECTED = (
    "The numbers are expectations under the model fitted to the table; if that model is wrong, so"
    " are they, and no further list of the same kind shows it."
)
_BIAS = (
    "They say how narrow the interval would be, not how right: lists that miss the same persons"
    " give a narrow interval around a number that is too low."
)
_INDEPENDENT = "Being in one list makes no person more or less likely to be in another."
_CLASSES = (
    "Persons fall into {k} classes, unseen in the table, which the lists reach unequally; within a"
    " class the lists are independent."
)


def further_lists(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    lists: Sequence[FurtherList],
    model: Behaviour = "independent",
    classes: int = 2,
    level: float = 0.95,
    seed: int = 1,
) -> FurtherLists | Refusal:
    """Rank further lists by the interval that they would give.

    The model is fitted to the table by maximum likelihood. For each list the expected table with
    it follows, and from the information in its cells the variance that the same model would have
    (the delta method); the interval is log-normal in the unrecorded.

    For two independent lists the variance is N (1 - p1)(1 - p2) / (p1 p2), p the shares that they
    reach (Seber 1982): what counts is how much of the population the lists reach together, and a
    small list beside two large ones changes little.

    Parameters
    ----------
    data, counts
        What `as_table` takes.
    lists
        The lists to compare.
    model
        ``"independent"``, or ``"latent classes"``, which needs four lists or more.
    classes
        Number of latent classes, 2 to 4.
    level
        Nominal coverage of the intervals.
    seed
        Of the starts of the fit of latent classes.

    Raises
    ------
    EstimationError
        Where an argument is not usable: a list unknown to the table, a size that is no number of
        persons, a list grown to less than it holds.

    References
    ----------
    Darroch (1958), Biometrika 45, 343-359; Sandland and Cormack (1984), Biometrika 71, 27-33;
    Seber (1982), The Estimation of Animal Abundance.
    """
    checked_level(level)
    checked_seed(seed)
    table = as_table(data, counts)
    if not lists:
        raise EstimationError("no further lists", do="Give one or more to compare.")
    for asked in lists:
        _check(asked, table)
    start = _fit(table, model, classes, seed)
    if isinstance(start, Refusal):
        return start
    low, high = _interval(start, level) or (np.nan, np.nan)
    found = [_option(table, start, asked, high - low, level) for asked in lists]
    return FurtherLists(
        model=_called(model, classes),
        total=start.total,
        low=low,
        high=high,
        width=high - low,
        level=level,
        options=tuple(
            sorted(
                (option for option in found if isinstance(option, Option)),
                key=lambda option: option.expected_width,
            )
        ),
        refused=tuple(option for option in found if isinstance(option, Refusal)),
        assumptions=_assumptions(model, classes),
        settings={
            "model": model,
            "classes": classes if model == "latent classes" else 1,
            "seed": seed,
            "recorded": table.observed,
            "interval": "log-normal",
        },
    )


def needed_size(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    name: str,
    width: float,
    like: str = "",
    model: Behaviour = "independent",
    classes: int = 2,
    level: float = 0.95,
    seed: int = 1,
) -> NeededSize | Refusal:
    """Find how large a list must become for an interval of a given width.

    Parameters
    ----------
    data, counts
        What `as_table` takes.
    name
        A list of the table, which grows, or a new name, for a further list.
    width
        Width of the interval asked for (persons).
    like
        For a further list, the list of the table whose persons it favours.
    model, classes, level, seed
        As in `further_lists`.

    Raises
    ------
    EstimationError
        Where an argument is not usable.
    """
    checked_level(level)
    checked_seed(seed)
    table = as_table(data, counts)
    if not width > 0:
        raise EstimationError(f"a width of {width}", do="Give a number of persons above 0.")
    size_now = int(table.sizes[table.column(name)]) if name in table.lists else 0
    _check(FurtherList(name=name, size=max(size_now, 1), like=like), table)
    start = _fit(table, model, classes, seed)
    if isinstance(start, Refusal):
        return start
    low, high = _interval(start, level) or (np.nan, np.nan)

    def option(size: int) -> Option | Refusal:
        asked = FurtherList(name=name, size=size, like=like)
        return _option(table, start, asked, high - low, level)

    least, most = max(size_now, 1), int(_NEARLY_ALL * start.total)
    best = option(most)
    if isinstance(best, Refusal):
        return best
    if best.expected_width > width:
        return Refusal(
            model=_NAME,
            reason=f"Even with {most:,} persons, nearly all there are under the model, {name} would"
            f" leave an interval about {best.expected_width:,.0f} wide.",
        )
    for _ in range(_HALVINGS):
        middle = (least + most) // 2
        tried = option(middle)
        if isinstance(tried, Option) and tried.expected_width <= width:
            most, best = middle, tried
        else:
            least = middle
        if most - least <= 1:
            break
    return NeededSize(
        list=best.list,
        size_now=size_now,
        width_now=high - low,
        width_asked=width,
        option=best,
        assumptions=_assumptions(model, classes),
    )


def _called(model: Behaviour, classes: int) -> str:
    return "independent lists" if model == "independent" else f"{classes} latent classes"


def _assumptions(model: Behaviour, classes: int) -> tuple[str, ...]:
    held = _INDEPENDENT if model == "independent" else _CLASSES.format(k=classes)
    return (held, _CLOSED, _EXPECTED, _BIAS)


def _check(asked: FurtherList, table: PatternTable) -> None:
    """Refuse a further list that cannot be added to the table."""
    if not isinstance(asked, FurtherList):
        raise EstimationError(
            f"{asked!r} as a further list", do='Give FurtherList("name", size) for each.'
        )
    for name in filter(None, (asked.like, asked.tied_to)):
        table.column(name)
        if name == asked.name or asked.name in table.lists:
            raise EstimationError(
                f"the list {asked.name} of the table, like or tied to {name}",
                do="A list that grows keeps its behaviour: leave `like` and `tied_to` empty.",
            )
    if asked.size < 1:
        raise EstimationError(f"{asked.name} with {asked.size} persons", do="Give 1 or more.")
    if not 0 < asked.odds_ratio < np.inf or (asked.odds_ratio != 1 and not asked.tied_to):
        raise EstimationError(
            f"an odds ratio of {asked.odds_ratio} for {asked.name}",
            do="Give one above 0, and say in `tied_to` with which list.",
        )
    if asked.name in table.lists and asked.size < table.sizes[table.column(asked.name)]:
        raise EstimationError(
            f"{asked.name} with {asked.size} persons, fewer than it holds",
            do=f"Give {int(table.sizes[table.column(asked.name)]):,} or more.",
        )


def _fit(table: PatternTable, model: Behaviour, classes: int, seed: int) -> Classes | Refusal:
    """Fit the model that is taken to hold, or say why the table gives none."""
    if model not in ("independent", "latent classes"):
        raise EstimationError(f"a model {model!r}", do="Use 'independent' or 'latent classes'.")
    if not 2 <= classes <= 4:
        raise EstimationError(f"{classes} latent classes", do="Give 2 to 4.")
    number = classes if model == "latent classes" else 1
    n_lists = len(table.lists)
    reason = ""
    if not 2 <= n_lists <= _MOST_LISTS:
        reason = f"The table has {n_lists} lists; the expectation is worked out for 2 to 10."
    elif (table.sizes == 0).any():
        empty = table.lists[int(np.argmin(table.sizes))]
        reason = f"The list {empty} holds nobody."
    elif table.frequencies[2:].sum() == 0:
        reason = "No person is in two lists: nothing shows how many the lists miss."
    elif (number > 1 and n_lists < 4) or number * (n_lists + 1) > 2**n_lists - 1:
        reason = (
            f"{n_lists} lists do not determine {number} latent classes: there are more unknowns"
            " than patterns, or several answers."
        )
    if reason:
        return Refusal(model=_NAME, reason=reason)
    found = fitted_classes(table.histories, table.counts, number, seed)
    if found is None or total_variance(found[0]) is None:
        return Refusal(
            model=_NAME,
            reason="The fit lies at the edge of what is possible (a list that holds all or none of"
            " a class, or an empty class), so that it has no interval to compare with.",
        )
    return found[0]


def _interval(classes: Classes, level: float) -> tuple[float, float] | None:
    """Interval that the model would give on average, None where the table determines none."""
    variance = total_variance(classes)
    unrecorded = float(means_and_slopes(classes)[0][0])
    if variance is None:
        return None
    low, high = log_normal(unrecorded, variance, level)
    recorded = classes.total - unrecorded
    return recorded + low, recorded + high


def _option(
    table: PatternTable, start: Classes, asked: FurtherList, width: float, level: float
) -> Option | Refusal:
    """Expected interval with the list."""
    if asked.size >= start.total:
        return Refusal(
            model=asked.name,
            reason=f"{asked.size:,} persons are more than the {start.total:,.0f} there are under"
            " the model.",
        )
    if asked.name not in table.lists and len(table.lists) >= _MOST_LISTS:
        return Refusal(model=asked.name, reason=f"More than {_MOST_LISTS} lists with this one.")
    after = _with_list(table, start, asked)
    limits = _interval(after, level)
    if limits is None:
        return Refusal(
            model=asked.name, reason="The table with this list would not determine the total."
        )
    low, high = limits
    return Option(
        list=asked,
        recorded=after.total - float(means_and_slopes(after)[0][0]),
        expected_low=low,
        expected_high=high,
        expected_width=high - low,
        narrowing=1 - (high - low) / width,
    )


def _with_list(table: PatternTable, start: Classes, asked: FurtherList) -> Classes:
    """The parameters with a further or a grown list, at the size asked."""
    if asked.name in table.lists:
        at = table.column(asked.name)
        base, ties = start.logits, start.ties
    else:
        at = len(table.lists)
        favoured = (
            start.logits[:, [table.column(asked.like)]]
            if asked.like
            else np.zeros((len(start.weights), 1))
        )
        base = np.concatenate((start.logits, favoured), axis=1)
        ties = start.ties
        if asked.tied_to:
            strength = float(np.log(asked.odds_ratio))
            ties = (*ties, (at, table.column(asked.tied_to), strength))
    column = all_cells(base.shape[1])[:, at]

    def shifted(by: float) -> Classes:
        logits = base.copy()
        logits[:, at] += by
        return Classes(start.total, start.weights, logits, ties)

    def size_at(by: float) -> float:
        return float(means_and_slopes(shifted(by))[0] @ column)

    return shifted(shift_for_size(size_at, asked.size))
