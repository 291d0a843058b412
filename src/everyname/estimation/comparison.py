"""Comparison: several models of one table side by side, with what would change their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from numpy.typing import ArrayLike

from everyname.errors import EstimationError
from everyname.estimation.account import account
from everyname.estimation.cautions import cautions
from everyname.estimation.cell_influence import CellInfluence, cell_influence
from everyname.estimation.comparison_result import Comparison
from everyname.estimation.dependence_sensitivity import dependence_sensitivity
from everyname.estimation.leave_one_out import Estimator, LeaveOneOut, leave_one_out
from everyname.estimation.models import PAIRS, Model, chosen_models
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.reported_interval import reported
from everyname.estimation.result import Estimate, Refusal, checked_level
from everyname.estimation.strata_comparison import IMPUTATIONS, with_strata
from everyname.estimation.stratified_rows import stratified_rows
from everyname.estimation.table_input import TableLike, as_table
from everyname.estimation.two_list import two_list

Progress = Callable[[str], None]


def estimate(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    lists: Sequence[str] | None = None,
    level: float = 0.95,
    models: Iterable[str] | None = None,
    seed: int = 1,
    by: str | Sequence[str] | None = None,
    imputations: int = IMPUTATIONS,
    progress: Progress | None = None,
) -> Comparison:
    """Estimate how many persons no list holds, by several models side by side.

    Parameters
    ----------
    data, counts, lists
        As in `as_table`.
    level
        Nominal coverage of the intervals, between 0 and 1.
    models
        Short names of models, see `models.MODELS`; None for the usual ones.
    seed
        Where random numbers start; the same seed gives the same answer.
    by
        Column, or columns, whose values are strata to be estimated apart; in a data frame or file.
    imputations
        How often the stratum is imputed where it is missing: where the cell is empty or says
        unknown. With 0 these persons are a stratum of their own.
    progress
        Told in a few words what is being done.

    Returns
    -------
    Comparison
        Where the table supports no model, every result is a refusal with its reason.

    Raises
    ------
    EstimationError
        Where the input is not a table of capture patterns, or an argument cannot be used.

    Examples
    --------
    >>> found = estimate([[1, 1], [1, 0], [0, 1]], [20, 40, 70], models=["chapman"])
    >>> found.results[0].words
    'About 263 persons (95% interval 204 to 368; 130 recorded).'
    """
    checked_level(level)
    told = progress or _quietly

    def compared(
        table: PatternTable, progress: Progress, given: Estimate | Refusal | None = None
    ) -> Comparison:
        chosen = chosen_models(models, table)
        return _compared(table, chosen, level, seed, progress, given)

    if by is None:
        return compared(as_table(data, counts, lists=lists), told)
    rows = stratified_rows(data, counts, by=by, lists=lists)
    if not rows.table.observed:
        raise EstimationError("a table of nobody has no strata", do="Leave out the strata.")
    return with_strata(
        compared(rows.table, told),
        rows,
        lambda stratum, table, given: compared(table, _of_stratum(stratum, told), given),
        imputations=imputations,
        progress=told,
    )


def _compared(
    table: PatternTable,
    chosen: Sequence[Model],
    level: float,
    seed: int,
    progress: Progress,
    given: Estimate | Refusal | None,
) -> Comparison:
    found: list[tuple[Model, Estimate | Refusal]] = []
    influences: list[CellInfluence] = []
    left: list[LeaveOneOut] = []
    for model in chosen:
        progress(model.name)
        results = model.run(table, level=level, seed=seed)
        if model.checks == "persons":
            results, moved = _judged(table, model, results, level, seed)
            influences += moved
        if model.checks != "none":
            left += _without_each(table, model, results, level, seed)
        found += [(model, result) for result in results]
    progress("dependence of lists")
    sensitivity = dependence_sensitivity(table)
    results = tuple(result for _, result in found)
    progress("reported interval")
    answer = reported(table, level=level, seed=seed) if given is None else given
    return Comparison(
        lists=table.lists,
        observed=table.observed,
        rows=tuple(
            (tuple(pattern), count)
            for pattern, count in zip(table.histories.tolist(), table.counts.tolist(), strict=True)
        ),
        level=level,
        seed=seed,
        names=tuple(model.name for model, _ in found),
        results=results,
        reported=answer,
        sensitivity=sensitivity,
        leave_one_out=tuple(left),
        influences=tuple(influences),
        warnings=tuple(cautions(table, found, left, influences)),
        paragraph=account(
            table,
            [(model.family, result) for model, result in found],
            reported=answer,
            sensitivity=sensitivity,
            leave_one_out=left,
        ),
    )


def _judged(
    table: PatternTable,
    model: Model,
    results: tuple[Estimate | Refusal, ...],
    level: float,
    seed: int,
) -> tuple[tuple[Estimate | Refusal, ...], list[CellInfluence]]:
    """Refuse what one person more or fewer would throw out of its own interval."""
    kept: list[Estimate | Refusal] = []
    influences = []
    for place, result in enumerate(results):
        influence = (
            result
            if isinstance(result, Refusal)
            else cell_influence(
                table, estimator=_estimator(model, table, (place, result), level, seed)
            )
        )
        if isinstance(influence, Refusal):
            kept.append(result)
        elif influence.driven and influence.outside:
            kept.append(
                Refusal(model=result.model, reason=f"It hangs on one person. {influence.words}")
            )
        else:
            kept.append(result)
            influences.append(influence)
    return tuple(kept), influences


def _without_each(
    table: PatternTable,
    model: Model,
    results: tuple[Estimate | Refusal, ...],
    level: float,
    seed: int,
) -> Iterator[LeaveOneOut]:
    if len(results) == 1 and isinstance(results[0], Estimate) and len(table.lists) > 2:
        found = leave_one_out(
            table, estimator=_estimator(model, table, (0, results[0]), level, seed)
        )
        if isinstance(found, LeaveOneOut):
            yield found


def _estimator(
    model: Model,
    table: PatternTable,
    known: tuple[int, Estimate | Refusal],
    level: float,
    seed: int,
) -> Estimator:
    """Give what makes one of the results of a model, of a table changed a little.

    `known` is the place of the result among those of the model, and the result itself.
    """
    place, whole = known
    pairs = list(combinations(table.lists, 2))

    def found(changed: PatternTable) -> Estimate | Refusal:
        if changed is table:
            return whole
        if model.family == PAIRS:
            return two_list(changed, *pairs[place], level=level, **dict(model.settings))
        return model.run(changed, level=level, seed=seed, again=True)[place]

    return found


def _of_stratum(stratum: str, progress: Progress) -> Progress:
    return lambda words: progress(f"{stratum}: {words}")


def _quietly(_words: str) -> None:
    """Say nothing."""
