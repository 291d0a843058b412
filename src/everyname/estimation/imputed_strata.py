"""Estimates by stratum where the strata of some persons are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from everyname.errors import EstimationError
from everyname.estimation.combined_estimate import CombinedEstimate, Rule
from everyname.estimation.imputation import ASSUMPTION, REFERENCE, Imputations, impute
from everyname.estimation.linkage_replicates import RecordedPersons
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.replicates import combine
from everyname.estimation.result import Estimate, Refusal, checked_level
from everyname.estimation.strata import Estimator, sum_of_strata
from everyname.estimation.stratified_estimate import StratifiedEstimate, consistency

Stratum = tuple[int, ...]
_Replicate = tuple[dict[Stratum, Estimate | Refusal], Estimate | Refusal]


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
    single = isinstance(persons, RecordedPersons)
    linkages = [persons] if isinstance(persons, RecordedPersons) else list(persons)
    width = min((each.columns.shape[1] for each in linkages), default=0)
    if not by or not all(0 <= column < width for column in by):
        raise EstimationError(
            f"strata by the columns {list(by)} of {width}", do="Number the columns from 0."
        )
    nests, notes = [], []
    for number, linkage in enumerate(linkages):
        filled = impute(
            linkage.columns,
            linkage.histories,
            replicates=replicates,
            seed=seed + number,
            classes=classes,
        )
        notes.append(_words(filled))
        nests.append(
            [
                _estimated(each[:, list(by)], linkage, estimator, lists, level)
                for each in filled.completed
            ]
        )
    names = sorted({stratum for nest in nests for parts, _ in nest for stratum in parts})
    sources = ("imputation",) if single else ("linkage", "imputation")

    def joined(results: list[list[Estimate | Refusal]]) -> CombinedEstimate | Refusal:
        flat = results[0] if single else results
        made = combine(flat, rule=rule, sources=sources, level=level, seed=seed)
        return _with_imputation(made, notes[0])

    nobody = Refusal(model="", reason="Nobody is in this stratum.")
    strata = {
        _name(stratum, labels): joined(
            [[parts.get(stratum, nobody) for parts, _ in nest] for nest in nests]
        )
        for stratum in names
    }
    total = joined([[each for _, each in nest] for nest in nests])
    wholes = [estimator(PatternTable.from_histories(lists, each.histories)) for each in linkages]
    whole = wholes[0] if single else combine(wholes, rule=rule, sources=sources[:1], level=level)
    return StratifiedEstimate(
        strata=strata, total=total, whole=whole, consistency=consistency(total, whole)
    )


def _estimated(
    codes: NDArray[np.int64],
    persons: RecordedPersons,
    estimator: Estimator,
    lists: Sequence[str],
    level: float,
) -> _Replicate:
    strata, place = np.unique(codes, axis=0, return_inverse=True)
    place = place.reshape(-1)
    tables = {
        tuple(int(code) for code in stratum): PatternTable.from_histories(
            lists, persons.histories[place == number]
        )
        for number, stratum in enumerate(strata)
    }
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
