"""Estimates by stratum where the strata of some persons are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from everyname.errors import EstimationError
from everyname.estimation.combined_estimate import CombinedEstimate, Rule
from everyname.estimation.imputation import ASSUMPTION, REFERENCE, Imputations, impute
from everyname.estimation.linkage_replicates import RecordedPersons
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.replicates import combine
from everyname.estimation.result import Estimate, Refusal, checked_level
from everyname.estimation.strata import Estimator, merged, sum_of_strata
from everyname.estimation.stratified_estimate import StratifiedEstimate, consistency

Stratum = tuple[int, ...]
_Replicate = tuple[dict[Stratum, Estimate | Refusal], Estimate | Refusal]


@dataclass(frozen=True, slots=True, eq=False)
class CompletedTables:
    """Tables of strata, with the persons whose stratum is missing put into one at random.

    Attributes
    ----------
    tables
        For each replicate the table of each stratum.
    notes
        How much was missing, and what a reader should know, a sentence each.
    """

    tables: tuple[dict[Stratum, PatternTable], ...]
    notes: tuple[str, ...]


def completed_tables(
    persons: RecordedPersons,
    *,
    by: Sequence[int],
    lists: Sequence[str],
    replicates: int = 10,
    seed: int = 1,
    classes: int = 30,
) -> CompletedTables:
    """Impute the missing fields of persons, and make the tables of strata of each replicate.

    Parameters
    ----------
    persons
        The recorded persons.
    by
        Columns of the persons whose values make the strata.
    lists
        Names of the lists.
    replicates, seed, classes
        As in `impute`.

    Raises
    ------
    EstimationError
        Where columns are named that are not there, or the arrays cannot be imputed.
    """
    width = persons.columns.shape[1]
    if not by or not all(0 <= column < width for column in by):
        raise EstimationError(
            f"strata by the columns {list(by)} of {width}", do="Number the columns from 0."
        )
    filled = impute(
        persons.columns, persons.histories, replicates=replicates, seed=seed, classes=classes
    )
    return CompletedTables(
        tuple(_tables(each[:, list(by)], persons.histories, lists) for each in filled.completed),
        _words(filled),
    )


def stratum_estimates(
    persons: RecordedPersons | Iterable[RecordedPersons],
    estimator: Estimator,
    *,
    by: Sequence[int],
    lists: Sequence[str],
    labels: Mapping[Stratum, str] | None = None,
    replicates: int = 10,
    rule: Rule = "rubin",
    level: float = 0.95,
    seed: int = 1,
    classes: int = 30,
) -> StratifiedEstimate:
    """Estimate strata where the field that makes the strata is missing for some persons.

    Missing fields are imputed several times; in each replicate every stratum and their sum are
    estimated; each is then combined over the replicates. The sum is combined by itself, because a
    person whom one replicate puts into one stratum is missing from another there.

    Parameters
    ----------
    persons
        The recorded persons; or, where linkage is uncertain too, the persons of each linkage (see
        `persons_of`), which are imputed one by one and combined as replicates inside replicates.
    estimator
        Takes a table and returns an estimate or a refusal.
    by
        Columns of the persons whose values make the strata.
    lists
        Names of the lists.
    labels
        Names of strata, by the codes of the columns in `by`; others are named by their codes.
    replicates
        Imputations, of each linkage.
    rule
        How replicates are combined; see `combine`.
    level
        Nominal coverage of the intervals.
    seed, classes
        As in `impute`.

    Raises
    ------
    EstimationError
        Where columns are named that are not there, or the arrays cannot be imputed.

    References
    ----------
    Si and Reiter (2013), Journal of Educational and Behavioral Statistics 38, 499-521, for the
    imputation; see `combine` for the rest.
    """
    checked_level(level)
    linkages = [persons] if isinstance(persons, RecordedPersons) else list(persons)
    completed = [
        completed_tables(
            linkage, by=by, lists=lists, replicates=replicates, seed=seed + number, classes=classes
        )
        for number, linkage in enumerate(linkages)
    ]
    return estimates_of_completed(
        completed[0] if isinstance(persons, RecordedPersons) else completed,
        estimator,
        labels=labels,
        rule=rule,
        level=level,
        seed=seed,
    )


def estimates_of_completed(
    completed: CompletedTables | Sequence[CompletedTables],
    estimator: Estimator,
    *,
    labels: Mapping[Stratum, str] | None = None,
    rule: Rule = "rubin",
    level: float = 0.95,
    seed: int = 1,
    compare: bool = True,
) -> StratifiedEstimate:
    """Estimate strata and their sum in each replicate, and combine each over the replicates.

    Parameters
    ----------
    completed
        The tables; or, where linkage is uncertain too, those of each linkage.
    estimator, labels, rule, level, seed
        As in `stratum_estimates`.
    compare
        Whether to run the estimator on everybody together too.

    Raises
    ------
    EstimationError
        Where there are no tables.
    """
    single = isinstance(completed, CompletedTables)
    linkages = [completed] if isinstance(completed, CompletedTables) else list(completed)
    nests = [[_estimated(tables, estimator, level) for tables in each.tables] for each in linkages]
    names = sorted({stratum for nest in nests for parts, _ in nest for stratum in parts})
    sources = ("imputation",) if single else ("linkage", "imputation")

    def joined(results: list[list[Estimate | Refusal]]) -> CombinedEstimate | Refusal:
        flat = results[0] if single else results
        made = combine(flat, rule=rule, sources=sources, level=level, seed=seed)
        return _with_imputation(made, linkages[0].notes)

    nobody = Refusal(model="", reason="Nobody is in this stratum.")
    strata = {
        _name(stratum, labels): joined(
            [[parts.get(stratum, nobody) for parts, _ in nest] for nest in nests]
        )
        for stratum in names
    }
    total = joined([[each for _, each in nest] for nest in nests])
    whole = None
    if compare:
        wholes = [estimator(merged(list(each.tables[0].values()))) for each in linkages]
        whole = (
            wholes[0] if single else combine(wholes, rule=rule, sources=sources[:1], level=level)
        )
    return StratifiedEstimate(
        strata=strata, total=total, whole=whole, consistency=consistency(total, whole)
    )


def _tables(
    codes: NDArray[np.int64], histories: NDArray[np.int8], lists: Sequence[str]
) -> dict[Stratum, PatternTable]:
    strata, place = np.unique(codes, axis=0, return_inverse=True)
    place = place.reshape(-1)
    return {
        tuple(int(code) for code in stratum): PatternTable.from_histories(
            lists, histories[place == number]
        )
        for number, stratum in enumerate(strata)
    }


def _estimated(
    tables: Mapping[Stratum, PatternTable], estimator: Estimator, level: float
) -> _Replicate:
    results = {stratum: estimator(table) for stratum, table in tables.items()}
    total = sum_of_strata(
        {str(stratum): result for stratum, result in results.items()},
        {str(stratum): table.observed for stratum, table in tables.items()},
        level=level,
    )
    return results, total


def _name(stratum: Stratum, labels: Mapping[Stratum, str] | None) -> str:
    named = (labels or {}).get(stratum)
    return named or ", ".join(str(code) for code in stratum)


def _words(filled: Imputations) -> tuple[str, ...]:
    shares = ", ".join(f"{share:.0%}" for share in filled.missing)
    return (
        (
            f"Missing for {shares} of the recorded persons, by field; imputed"
            f" {len(filled.completed)} times."
        ),
        *filled.diagnostics,
    )


def _with_imputation(
    made: CombinedEstimate | Refusal, notes: Sequence[str]
) -> CombinedEstimate | Refusal:
    if isinstance(made, Refusal):
        return made
    return made.model_copy(
        update={
            "assumptions": (*made.assumptions, ASSUMPTION),
            "reference": f"{made.reference} Imputation: {REFERENCE}",
            "diagnostics": (*made.diagnostics, *notes),
        }
    )
