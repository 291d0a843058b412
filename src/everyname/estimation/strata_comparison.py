"""Strata of a comparison: models of each stratum, and the reported intervals added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from everyname.errors import EstimationError
from everyname.estimation.comparison_result import Comparison, StratumComparison
from everyname.estimation.imputed_strata import completed_tables, estimates_of_completed
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.reported_interval import reported
from everyname.estimation.result import Estimate, Refusal
from everyname.estimation.strata import sum_of_strata
from everyname.estimation.stratified_estimate import consistency, disagree
from everyname.estimation.stratified_rows import StratifiedRows

Result = Estimate | Refusal
Compare = Callable[[str, PatternTable, Result | None], Comparison]
"""Compares models of the table of a stratum; where a reported result is given it is used."""

IMPUTATIONS = 10
QUICK_PARTICLES = 200
"""Particles of the reported interval of one of many replicates; it has five times as many."""

_MOST_IMPUTED = 5_000_000


def quick_estimator(level: float, seed: int) -> Callable[[PatternTable], Result]:
    """Give the reported interval as it is made of one of many replicates, with fewer particles.

    Parameters
    ----------
    level
        Nominal coverage.
    seed
        Where random numbers start.
    """
    return partial(_quick, level=level, seed=seed)


def with_strata(
    whole: Comparison,
    rows: StratifiedRows,
    compare: Compare,
    *,
    imputations: int = IMPUTATIONS,
    progress: Callable[[str], None],
) -> Comparison:
    """Add the strata, their sum, and how the sum and the whole compare, to a comparison.

    Parameters
    ----------
    whole
        Of everybody together.
    rows
        The rows with their strata. Where a stratum is missing it is imputed, and the reported
        intervals, and their sum, are combined over the imputations.
    compare
        Compares the models of a stratum.
    imputations
        How often; with 0, and where a field is missing for everybody, missing is a stratum.
    progress
        Told in a few words what is being done.

    Raises
    ------
    EstimationError
        Where `imputations` is 1 or negative.
    """
    if imputations < 0 or imputations == 1:
        raise EstimationError(
            f"{imputations} imputations",
            do="Impute at least twice, or give 0 to leave missing as a stratum of its own.",
        )
    notes: tuple[str, ...] = ()
    if rows.missing and rows.imputable and imputations and whole.observed <= _MOST_IMPUTED:
        progress("imputing missing strata")
        tables, given, total = _imputed(whole, rows, imputations)
        notes = (_imputed_words(whole, rows, imputations),)
        results = {name: compare(name, table, given[name]) for name, table in tables.items()}
    else:
        tables = rows.tables()
        results = {name: compare(name, table, None) for name, table in tables.items()}
        strata = tuple(StratumComparison(stratum=n, comparison=c) for n, c in results.items())
        total = sum_of_strata(
            {part.stratum: part.reported for part in strata},
            {name: table.observed for name, table in tables.items()},
            level=whole.level,
            seed=whole.seed,
        )
    words = consistency(total, whole.reported)
    if disagree(total, whole.reported):
        notes = (*notes, words)
    return whole.model_copy(
        update={
            "strata": tuple(
                StratumComparison(stratum=name, comparison=found) for name, found in results.items()
            ),
            "total": total,
            "consistency": words,
            "warnings": (*whole.warnings, *notes),
        }
    )


def _imputed(
    whole: Comparison, rows: StratifiedRows, imputations: int
) -> tuple[Mapping[str, PatternTable], Mapping[str, Result], Result]:
    """Give the tables of the first imputation, the result of each stratum, and of their sum."""
    persons, labels = rows.persons()
    completed = completed_tables(
        persons,
        by=range(len(rows.fields)),
        lists=whole.lists,
        replicates=imputations,
        seed=whole.seed,
    )
    found = estimates_of_completed(
        completed,
        quick_estimator(whole.level, whole.seed),
        labels=labels,
        level=whole.level,
        seed=whole.seed,
        compare=False,
    )
    first = {labels[stratum]: table for stratum, table in completed.tables[0].items()}
    nobody = PatternTable.from_rows(whole.lists, [])
    tables = {name: first.get(name, nobody) for name in found.strata}
    return tables, found.strata, found.total


def _imputed_words(whole: Comparison, rows: StratifiedRows, imputations: int) -> str:
    share = rows.missing / whole.observed
    return (
        f"{' or '.join(rows.fields)} is missing for {rows.missing:,} of {whole.observed:,} persons"
        f" ({share:.0%}) and imputed {imputations} times, from the lists that hold them and what"
        " else is known of them. Intervals of strata are of all imputations, what single models"
        " say of a stratum of the first. Persons with a missing value are taken to be like others"
        " on the same lists."
    )


def _quick(table: PatternTable, *, level: float, seed: int) -> Result:
    return reported(table, level=level, seed=seed, particles=QUICK_PARTICLES)
