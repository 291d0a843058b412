"""Training: how often levels of agreement occur among matches and among others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, pairwise
from typing import Any

import duckdb
import pyarrow as pa

from everyname.linkage.comparisons import SCALES

MAX_PAIRS = 2_000_000
# Splink draws random pairs of records to learn how often different people agree by chance.
SEED = 613
# Below this many records there is too little to learn from: the stated starting values hold.
FEWEST_TO_TRAIN = 200
# Thousands killed on one day in one place agree on both: a block of more pairs than this teaches
# little that the others do not, and takes all the memory.
MOST_TO_TRAIN = 5_000_000
# Lists hold mistakes of every kind: no disagreement is so rare among records of one person that
# it excludes a match by itself, even where training met none.
LEAST_M = 0.001

Progress = Callable[[str], None]

# What each training block leaves free to be learnt, most useful first.
_TRAINING = (("bones",), ("date_low", "place"), ("date_low", "age_low"), ("born_low",))
# Agreements so particular that nearly all such pairs are one person: they set the prior.
_CERTAIN = (
    ("bones", "date_low"),
    ("bones", "born_low"),
    ("bones", "age_low", "place"),
    ("name", "place", "sex"),
)
_CERTAIN_RECALL = 0.7
_IN_WORDS = {"bones": "name", "date_low": "date", "age_low": "age", "born_low": "birth date"}


def train(
    linker: Any,  # noqa: ANN401 - untyped library
    connection: duckdb.DuckDBPyConnection,
    table: pa.Table,
    stated: set[str],
    progress: Progress,
) -> bool:
    """Learn the parameters of a Splink model from the records themselves.

    Parameters
    ----------
    linker
        Splink's linker; its settings are changed.
    connection
        The database that the linker works in.
    table
        Traits in columns.
    stated
        Columns that enough records fill.
    progress
        Told in a few words what is being done.

    Returns
    -------
    bool
        Whether the m probabilities were learnt; else starting values hold.
    """
    settings = linker._settings_obj  # noqa: SLF001 - Splink has no public way to set parameters
    prior = _prior(connection, table, stated)
    settings._probability_two_random_records_match = prior  # noqa: SLF001
    progress("learning how often different people agree by chance")
    linker.training.estimate_u_using_random_sampling(max_pairs=MAX_PAIRS, seed=SEED)
    trained = False
    for columns in _TRAINING if table.num_rows >= FEWEST_TO_TRAIN else ():
        if len(settings.comparisons) < 2 or not stated.issuperset(columns):
            continue
        if not FEWEST_TO_TRAIN <= _agreeing(connection, table, columns) <= MOST_TO_TRAIN:
            continue
        progress(
            "learning from records that agree on "
            + " and ".join(_IN_WORDS.get(column, column) for column in columns)
        )
        _raise_to_least(settings)
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                " AND ".join(f"l.{c} = r.{c}" for c in columns),
                estimate_without_term_frequencies=True,
            )
        except ValueError:
            # Two levels that only the same pairs meet make each other vanish, and Splink refuses
            # what underflows: from these records nothing is learnt.
            continue
        trained = True
    for comparison in settings.comparisons:
        levels = [level for level in comparison.comparison_levels if not level.is_null_level]
        for scale in _scales(levels, SCALES.get(comparison.output_column_name, ())):
            found = [max(level.m_probability or 0.0, LEAST_M) for level in scale]
            chance = [max(level.u_probability or 0.0, 1e-9) for level in scale]
            for level, m in zip(scale, in_order(found, chance), strict=True):
                level.m_probability = m
    return trained


def _raise_to_least(settings: Any) -> None:  # noqa: ANN401 - untyped library
    """Let no level begin a round of training as good as excluded by the round before."""
    for comparison in settings.comparisons:
        for level in comparison.comparison_levels:
            if not level.is_null_level and (level.m_probability or 0.0) < LEAST_M:
                level.m_probability = LEAST_M


def _scales(levels: Sequence[Any], ends: Iterable[int]) -> list[Sequence[Any]]:
    """Cut the levels of a comparison into scales, each from more to less agreement."""
    bounds = [0, *ends, len(levels)]
    return [levels[a:b] for a, b in pairwise(bounds)]


def in_order(m: Sequence[float], u: Sequence[float]) -> list[float]:
    """Make agreement never weigh less than less agreement.

    Records that training met because they agree elsewhere are not a fair sample: where duplicates
    hold exactly one mistake, those with one birth date all differ in the name. Neighbouring levels
    out of order are pooled to one ratio of m to u, which leaves the sum of m as it was.

    Parameters
    ----------
    m, u
        Probabilities of the levels, from the most agreement to the least.

    Returns
    -------
    list of float
        m, so that m / u never rises.

    References
    ----------
    Ayer, M. et al. (1955). An empirical distribution function for sampling with incomplete
    information (pool adjacent violators). Annals of Mathematical Statistics 26, 641-647.
    """
    pools: list[tuple[float, float, int]] = []
    for one, other in zip(m, u, strict=True):
        pool = (one, other, 1)
        while pools and pools[-1][0] * pool[1] < pool[0] * pools[-1][1]:
            above = pools.pop()
            pool = (above[0] + pool[0], above[1] + pool[1], above[2] + pool[2])
        pools.append(pool)
    ratios = [mass / chance for mass, chance, number in pools for _ in range(number)]
    return [ratio * chance for ratio, chance in zip(ratios, u, strict=True)]


def _agreeing(
    connection: duckdb.DuckDBPyConnection, table: pa.Table, columns: tuple[str, ...]
) -> int:
    """Count the pairs of records that agree on all these columns."""
    connection.register("agreeing", table)
    listed = ", ".join(columns)
    filled = " AND ".join(f"{c} IS NOT NULL" for c in columns)
    pairs = connection.execute(
        f"SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM agreeing"  # noqa: S608
        f" WHERE {filled} GROUP BY {listed})"
    ).fetchall()
    connection.unregister("agreeing")
    return int(pairs[0][0] or 0)


def _prior(connection: duckdb.DuckDBPyConnection, table: pa.Table, stated: set[str]) -> float:
    """Probability that two random records match, from agreements that are nearly certain."""
    rules = [rule for rule in _CERTAIN if stated.issuperset(rule)]
    n: int = table.num_rows
    all_pairs = n * (n - 1) / 2
    if not rules:
        return min(0.5, 1 / n)
    # Inclusion and exclusion over the rules would need the pairs themselves; the largest
    # pairwise union is enough for a prior.
    counts = {rule: _agreeing(connection, table, rule) for rule in rules}
    union: int = max(counts.values())
    for one, other in combinations(rules, 2):
        both = _agreeing(connection, table, tuple(dict.fromkeys((*one, *other))))
        union = max(union, counts[one] + counts[other] - both)
    return min(0.5, max(union, 1) / _CERTAIN_RECALL / all_pairs)
