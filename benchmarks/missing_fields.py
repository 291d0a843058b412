"""Coverage of stratum estimates where sex and place of recorded persons are missing.

    python benchmarks/missing_fields.py [POPULATIONS]

Each population has 8,000 persons in eight strata of sex and place. Three lists are independent
within each stratum, and reach the strata differently; so the model of independent lists (Mt) is
right and only the missing fields are tested. Of the recorded, 30% of sex and 20% of place are
missing, more often in one list than in another and in one age band than in another: at random
given what is known. Printed, as JSON: the share of strata, and of sums over them, whose 95%
interval holds the truth, with all fields known (a check of the estimator), with the missing
imputed and combined by Rubin's rules (by the other rules in every fourth population), and with
persons left out whose field is missing; the median width; and the share of the variance that the
missing fields make.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.combined_estimate import CombinedEstimate
from everyname.estimation.imputed_strata import stratum_estimates
from everyname.estimation.kernels.interval import log_normal
from everyname.estimation.linkage_replicates import RecordedPersons
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, Refusal
from everyname.estimation.strata import by_stratum, tables_by_stratum
from everyname.estimation.stratified_estimate import StratifiedEstimate

PERSONS = 8000
LISTS = ("hospital", "press", "survey")
PLACES = (0.4, 0.3, 0.2, 0.1)
RULES = ("rubin", "verdata", "pooled")
EVERY = {"rubin": 1, "verdata": 4, "pooled": 4}


def independent_lists(table: PatternTable) -> Estimate | Refusal:
    """Estimate with independent lists, each with a probability of its own (Darroch 1958)."""
    sizes, observed = table.sizes.astype(float), table.observed
    if sizes.sum() <= observed or (sizes == 0).any():
        return Refusal(model="Mt", reason="No overlap.")
    low, high = observed + 1e-9, 1e9
    for _ in range(200):
        middle = (low + high) / 2
        expected = middle * (1 - np.prod(1 - sizes / middle))
        low, high = (middle, high) if expected < observed else (low, middle)
    total = (low + high) / 2
    unrecorded = total - observed
    information = 1 / unrecorded + (len(sizes) - 1) / total - (1 / (total - sizes)).sum()
    if unrecorded < 1e-6 or information <= 0:
        return Refusal(model="Mt", reason="Nothing is missed.")
    variance = 1 / information
    below, above = log_normal(unrecorded, variance, 0.95)
    return Estimate(
        model="Mt",
        point=total,
        low=observed + below,
        high=observed + above,
        level=0.95,
        observed=observed,
        unrecorded=unrecorded,
        assumptions=("The lists are independent.",),
        reference="Darroch (1958), Biometrika 45, 343-359.",
        settings={"standard_error": variance**0.5},
        lower_bound=False,
    )


def population(
    rng: np.random.Generator,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int8], NDArray[np.int64]]:
    """Draw codes and codes with gaps of the recorded, their histories, and the stratum sizes."""
    place = rng.choice(4, PERSONS, p=PLACES)
    sex = (rng.random(PERSONS) < np.array([0.3, 0.4, 0.5, 0.4])[place]).astype(np.int64)
    age = rng.binomial(2, np.where(sex == 1, 0.6, 0.4))
    reach = np.array([[0.40, 0.30, 0.25, 0.35], [0.25, 0.35, 0.40, 0.20], [0.3, 0.2, 0.35, 0.4]])
    chance = reach[:, place].T * np.where(sex == 1, 0.75, 1.1)[:, np.newaxis]
    chance[:, 1] *= np.where(sex == 1, 1.5, 0.9)
    histories = (rng.random((PERSONS, 3)) < chance).astype(np.int8)
    seen = histories.any(axis=1)
    sizes = np.bincount(sex * 4 + place, minlength=8)
    full = np.stack([sex, place, age], axis=1)[seen]
    marks, gaps = histories[seen], full.copy()
    no_sex = rng.random(len(full)) < 0.3 * np.array([0.7, 1.0, 1.3])[full[:, 2]] * np.where(
        marks[:, 0] == 1, 0.8, 1.2
    )
    no_place = rng.random(len(full)) < 0.2 * np.where(marks[:, 1] == 1, 1.4, 0.7)
    gaps[no_sex, 0] = -1
    gaps[no_place, 1] = -1
    return full, gaps, marks, sizes


def known(codes: NDArray[np.int64], marks: NDArray[np.int8]) -> StratifiedEstimate:
    """Estimate the strata of persons whose sex and place are known."""
    both = (codes[:, :2] >= 0).all(axis=1)
    names = [f"{sex}, {place}" for sex, place in codes[both, :2]]
    return by_stratum(tables_by_stratum(marks[both], names, lists=LISTS), independent_lists)


def held_so_far(held: dict[str, list[bool]]) -> str:
    return ", ".join(f"{key} {np.mean(each):.3f}" for key, each in held.items() if "rub" in key)


def main(populations: int) -> None:
    held: dict[str, list[bool]] = defaultdict(list)
    widths: dict[str, list[float]] = defaultdict(list)
    shares, seconds, runs = [], 0.0, 0
    for number in range(populations):
        full, gaps, marks, sizes = population(np.random.default_rng(number))
        truth = {f"{k // 4}, {k % 4}": int(size) for k, size in enumerate(sizes)}
        results = {"all known": known(full, marks), "left out": known(gaps, marks)}
        for rule in RULES:
            if number % EVERY[rule]:
                continue
            start = time.perf_counter()
            results[rule] = stratum_estimates(
                RecordedPersons(marks, gaps),
                independent_lists,
                by=(0, 1),
                lists=LISTS,
                rule=rule,
                seed=number,
            )
            seconds += time.perf_counter() - start
            runs += 1
        for name, result in results.items():
            for stratum, each in (*result.strata.items(), ("sum", result.total)):
                true = PERSONS if stratum == "sum" else truth[stratum]
                key = f"{name}, {'sum' if stratum == 'sum' else 'strata'}"
                good = isinstance(each, Estimate)
                held[key].append(good and each.low <= true <= each.high)
                if good:
                    widths[key].append((each.high - each.low) / true)
                if name == "rubin" and isinstance(each, CombinedEstimate):
                    shares.append(each.shares["imputation"])
        if number % 10 == 9:
            print(number + 1, held_so_far(held), file=sys.stderr)
    print(
        json.dumps(
            {
                "populations": populations,
                "results": {key: len(each) for key, each in held.items()},
                "covered": {key: round(float(np.mean(each)), 4) for key, each in held.items()},
                "width": {key: round(float(np.median(each)), 4) for key, each in widths.items()},
                "variance_from_missing_fields": round(float(np.median(shares)), 3),
                "seconds_a_run": round(seconds / runs, 2),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
