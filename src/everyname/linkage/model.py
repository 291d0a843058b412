"""Model: Splink on DuckDB, trained on the records themselves, without labels."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from everyname.linkage import comparisons
from everyname.linkage.comparisons import for_few
from everyname.linkage.name_conflict import conflicting
from everyname.linkage.pairs import Pairs
from everyname.linkage.prior import settled
from everyname.linkage.training import FEWEST_TO_TRAIN, Progress, train

# Pairs below this probability are not kept: no threshold goes so low.
FLOOR = 0.01
MEMORY = "6GB"
# Pairs between this and the floor are kept until the prior is settled.
FAINT = 0.001
# At most this probable is one person of two sexes and two given names: a brother and a sister.
RELATIVES = 0.4
# A trait stated by fewer records than this compares nothing.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt, for the account of how persons were found.

    Parameters
    ----------
    trained
        Whether the m probabilities were learnt from the data; else they are starting values.
    prior
        Probability that two records drawn at random are the same person.
    prior_within
        The same for two records of one list.
    levels
        Comparison, level, m probability, u probability.
    candidates
        Number of pairs that blocking brought to be compared and that reached `FLOOR`.
    """

    trained: bool
    prior: float
    levels: tuple[tuple[str, str, float, float], ...]
    candidates: int
    prior_within: float = 0.0


_BLOCKING: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    # Columns that agree, and of these the arrays of which one element agrees.
    (("name",), ()),
    (("bones",), ()),
    (("keys",), ("keys",)),
    (("date_low", "place", "age_low"), ()),
    (("date_low", "place", "born_low"), ()),
)

_NEEDS = {
    "name": ("name",),
    "birth": ("born_low", "age_low"),
    "date": ("date_low",),
    "sex": ("sex",),
    "place": ("place",),
}
_MAKERS = {
    "name": comparisons.name_comparison,
    "birth": comparisons.birth_comparison,
    "date": comparisons.date_comparison,
    "sex": comparisons.sex_comparison,
    "place": comparisons.place_comparison,
}


def score(table: pa.Table, files: Sequence[str], progress: Progress) -> tuple[Pairs, Model]:
    """Score the pairs of records that blocking finds.

    Parameters
    ----------
    table
        Traits in columns, as `traits.table_of` gives them.
    files
        The list of each record, by position. Only whether two records share one counts.
    progress
        Told in a few words what is being done.

    Returns
    -------
    tuple of Pairs and Model
        Pairs of a match probability of at least `FLOOR`, and what was learnt.

    References
    ----------
    Fellegi, I. P., Sunter, A. B. (1969). A theory for record linkage. JASA 64, 1183-1210.
    Linacre, R. et al. (2022). Splink. International Journal of Population Data Science 7(3).
    """
    stated = {name for name in table.column_names if _stated(table, name) >= FEWEST}
    compared = [c for c, needs in _NEEDS.items() if any(need in stated for need in needs)]
    rules = [_rule(*rule) for rule in _BLOCKING if all(c in stated for c in rule[0])]
    if not rules or table.num_rows < 2:
        return Pairs.none(), Model(trained=False, prior=0.0, levels=(), candidates=0)
    with _splink() as (make_linker, connection):
        linker = make_linker(table, _settings(compared, rules, table.num_rows))
        trained = train(linker, connection, table, stated, progress)
        progress("comparing pairs")
        predicted = linker.inference.predict(threshold_match_probability=FAINT)
        scored = predicted.as_pyarrow_table()
        model = _learnt(linker, trained=trained)
    pairs = _pairs(scored)
    probability, priors = settled(pairs, model.prior, files)
    relatives = _relatives(scored, model.levels)
    probability[relatives] = np.minimum(probability[relatives], RELATIVES)
    pairs = replace(pairs, probability=probability).where(probability >= FLOOR)
    pairs = replace(pairs, conflict=conflicting(table, pairs.a, pairs.b))
    return pairs, replace(
        model, prior=priors.overall, prior_within=priors.within, candidates=len(pairs)
    )


def _stated(table: pa.Table, name: str) -> int:
    column = table.column(name)
    if pa.types.is_list(column.type):
        return int(pc.sum(pc.greater(pc.list_value_length(column), 0)).as_py() or 0)
    return int(table.num_rows - column.null_count)


def _rule(columns: tuple[str, ...], arrays: tuple[str, ...]) -> dict[str, Any]:
    rule: dict[str, Any] = {"blocking_rule": " AND ".join(f"l.{c} = r.{c}" for c in columns)}
    if arrays:
        rule["arrays_to_explode"] = list(arrays)
    return rule


def _settings(compared: list[str], rules: list[dict[str, Any]], size: int) -> dict[str, Any]:
    made = [_MAKERS[name]() for name in compared]
    return {
        "link_type": "dedupe_only",
        "comparisons": made if size >= FEWEST_TO_TRAIN else list(map(for_few, made)),
        "blocking_rules_to_generate_predictions": rules,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "max_iterations": 25,
        "em_convergence": 0.001,
    }


@contextmanager
def _splink() -> Iterator[tuple[Callable[..., Any], duckdb.DuckDBPyConnection]]:
    """Open Splink on a database in memory, silent, with its memory limited."""
    from splink import DuckDBAPI, Linker

    connection = duckdb.connect(":memory:", config={"memory_limit": MEMORY, "threads": 2})
    connection.execute(comparisons.MACROS)
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL)

    def make(table: pa.Table, settings: dict[str, Any]) -> Any:  # noqa: ANN401 - untyped library
        database = DuckDBAPI(connection=connection)
        return Linker(database.register(table), settings, log_level=None)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield make, connection
    finally:
        logger.setLevel(before)
        connection.close()


def _relatives(
    scored: pa.Table, levels: Sequence[tuple[str, str, float, float]]
) -> NDArray[np.bool_]:
    """Find the pairs of two sexes and two given names, whose names share a part."""
    if not {"gamma_name", "gamma_sex"}.issubset(scored.column_names):
        return np.zeros(scored.num_rows, dtype=np.bool_)
    labels = [label for comparison, label, *_ in levels if comparison == "name"]
    # Splink numbers levels from the last.
    numbers = [len(labels) - 1 - labels.index(label) for label in comparisons.SHARE_AND_DIFFER]
    found: NDArray[np.bool_] = np.isin(scored.column("gamma_name").to_numpy(), numbers) & (
        scored.column("gamma_sex").to_numpy() == 0
    )
    return found


def _pairs(table: pa.Table) -> Pairs:
    left = table.column("unique_id_l").to_numpy().astype(np.int64)
    right = table.column("unique_id_r").to_numpy().astype(np.int64)
    return Pairs(
        a=np.minimum(left, right),
        b=np.maximum(left, right),
        probability=table.column("match_probability").to_numpy().astype(np.float64),
        conflict=np.zeros(table.num_rows, dtype=np.bool_),
    )


def _learnt(linker: Any, *, trained: bool) -> Model:  # noqa: ANN401 - untyped library
    settings = linker._settings_obj  # noqa: SLF001 - Splink has no public reader of its settings
    levels = tuple(
        (
            comparison.output_column_name,
            level.label_for_charts,
            float(level.m_probability or 0.0),
            float(level.u_probability or 0.0),
        )
        for comparison in settings.comparisons
        for level in comparison.comparison_levels
        if not level.is_null_level
    )
    prior = float(settings._probability_two_random_records_match)  # noqa: SLF001
    return Model(trained=trained, prior=prior, levels=levels, candidates=0)
