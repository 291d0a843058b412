"""Linkage: records of persons become persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from everyname.errors import LinkageError
from everyname.ledger import Judgement
from everyname.linkage.blocking import Blocking, blocking_of, candidates_sql, random_pairs
from everyname.linkage.calibration import Calibration
from everyname.linkage.chance import Kinds
from everyname.linkage.clusters import Clustering, Thresholds, Ties, cluster, contradiction
from everyname.linkage.comparisons import Comparison, comparisons_of
from everyname.linkage.dialect import DUCKDB
from everyname.linkage.engine import Engine, opened
from everyname.linkage.evidence import ties_between
from everyname.linkage.expectation import FEW, ListPairs, in_conflict, learn
from everyname.linkage.levels import CANDIDATE, Levels, levels_of
from everyname.linkage.model import Model
from everyname.linkage.pairs import Pairs
from everyname.linkage.recall import estimated_recall
from everyname.linkage.refinement import refined
from everyname.linkage.repeats import Repeats
from everyname.linkage.settings import Settings
from everyname.linkage.traits import FIELDS, Traits, traits_of

Progress = Callable[[str], None]

# Pairs below this probability are not kept: no threshold goes so low.
FLOOR = 0.01
# Splink draws random pairs of records to learn how often different people agree by chance.
SEED = 613
# One text that stands as the name of more records than both of these, the second as a share of
# all, may be a placeholder nobody has recognised, such as "withheld": it conflicts with no name.
MOST_NAMESAKES = 20
MOST_NAMESAKES_SHARE = 0.002


@dataclass(frozen=True, slots=True)
class Linkage:
    """Who is who among records; a record's position is its row in the values.

    Parameters
    ----------
    traits
        What was compared.
    pairs
        Scored pairs, as the model gives them.
    clustering
        Labels of each record, under three readings, made of the pairs as judgements correct them.
    model
        What was learnt.
    calibration
        How judgements correct the match probabilities.
    """

    traits: Traits
    pairs: Pairs
    clustering: Clustering
    model: Model
    calibration: Calibration = field(default_factory=Calibration)

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Positions of the records of each person (best reading), first record first."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for position, label in enumerate(self.clustering.best.tolist()):
            found[label].append(position)
        return tuple(tuple(positions) for positions in found.values())


def link_values(
    values: pl.DataFrame,
    lists: Sequence[str] | pl.Series,
    *,
    ties: Ties | None = None,
    keys: NDArray[np.uint64] | None = None,
    thresholds: Thresholds | None = None,
    settings: Settings | None = None,
    progress: Progress = lambda _: None,
) -> Linkage:
    """Find out which records are about the same person.

    Parameters
    ----------
    values
        One row a record; columns named by fields, canonical texts, null or empty where not stated.
    lists
        The list that each record stands on; only whether two records share one counts.
    ties
        What people hold about pairs of records, by position: they override the model.
    keys
        A number of each record that stays the same from run to run, by which `questions` drew
        pairs at random; positions if left out.
    thresholds
        Where decisions change.
    settings
        How it runs.
    progress
        Told in a few words what is being done.

    Returns
    -------
    Linkage
        Independent of the order of the records, but for which of equal evidence comes first.

    Raises
    ------
    LinkageError
        Judgements contradict each other, or the engine is not there or runs out of memory.
    """
    settings = settings or Settings()
    ties = ties or Ties()
    if contradiction(values.height, ties) is not None:
        raise LinkageError(
            "judgements contradict each other",
            do="Take one of those back that call the same records the same and different",
        )
    progress(f"preparing {values.height:,} records")
    order = _order(values)
    numbers = np.unique(np.asarray(lists, dtype=np.str_), return_inverse=True)[1]
    traits = traits_of(values[order] if order is not None else values)
    pairs, model = _scored(
        traits, numbers[order] if order is not None else numbers, settings, progress
    )
    if order is not None:
        pairs = pairs.at(order)
        traits = traits.at(order)
    progress("putting records together")
    corrected, calibration = refined(pairs, ties, keys, thresholds)
    clustering = cluster(values.height, corrected, thresholds or Thresholds(), ties)
    pairs = replace(pairs, least_share=corrected.least_share)
    return Linkage(traits, pairs, clustering, model, calibration)


def _order(values: pl.DataFrame) -> NDArray[np.int64] | None:
    """Rows in the order of what they state, so that what is learnt does not hang on their own.

    None where they stand in it already.
    """
    stated = [field for field in FIELDS if field in values.columns]
    if not stated:
        return None
    by_text = (pl.col(field).cast(pl.String).fill_null("") for field in stated)
    rows = values.select(pl.arg_sort_by(*by_text, maintain_order=True)).to_series()
    order = rows.to_numpy().astype(np.int64)
    return None if np.array_equal(order, np.arange(len(order))) else order


def _scored(
    traits: Traits, lists: NDArray[np.int64], settings: Settings, progress: Progress
) -> tuple[Pairs, Model]:
    comparisons = comparisons_of(traits.stated, DUCKDB)
    progress("looking for candidates")
    blocking = blocking_of(traits)
    if not comparisons or not blocking.keys.height:
        return Pairs.none(), Model(trained=False, prior=0.0, prior_within=0.0, comparisons=())
    with opened(settings.engine, settings.memory) as engine:
        levels, comparisons = _compared(engine, traits, blocking, settings, progress)
    progress("learning how often records agree")
    found = levels.of(CANDIDATE)
    learnt = learn(
        Kinds.of(levels), comparisons, traits.chance, _list_pairs(found, lists), len(traits)
    )
    model = Model.of(
        learnt,
        comparisons,
        trained=len(traits) >= FEW,
        candidates=len(found.a),
        families=tuple(tuple(family) for family in blocking.families),
    )
    within = lists[found.a] == lists[found.b]
    probability = model.probability(learnt.log_odds[found.pattern], within)
    recall = estimated_recall(
        blocking.keys, [family.name for family in blocking.families], found.a, found.b, probability
    )
    conflict = in_conflict(found.patterns, comparisons)[found.pattern] & (probability < FLOOR)
    conflict &= no_placeholders(traits, found.a, found.b)
    kept = (probability >= FLOOR) | conflict
    repeats = _repeats(model.prior_within, lists)
    pairs = Pairs(found.a, found.b, probability, conflict, repeats).where(kept).in_order()
    return pairs, replace(model, blocking_recall=recall)


def _compared(
    engine: Engine, traits: Traits, blocking: Blocking, settings: Settings, progress: Progress
) -> tuple[Levels, tuple[Comparison, ...]]:
    comparisons = comparisons_of(traits.stated, engine.dialect)
    engine.put("records", traits.table)
    engine.put("keys", blocking.keys.select("id", "key").to_arrow())
    engine.put("drawn", random_pairs(traits, settings.sample, SEED))
    engine.make("pairs", f"{candidates_sql('keys')} UNION ALL SELECT * FROM drawn")  # noqa: S608 - own names
    engine.drop("keys")
    engine.drop("drawn")
    progress("comparing pairs")
    event = traits.stated("date_low") > 0 and traits.stated("place") > 0
    return levels_of(engine, "records", "pairs", comparisons, event=event), comparisons


def _repeats(prior_within: float, lists: NDArray[np.int64]) -> float:
    """How many further records of a person its list holds, in the mean, as far as is believed."""
    sizes = np.bincount(lists).astype(np.float64)
    return Repeats.believed(prior_within * float((sizes * (sizes - 1)).sum()) / len(lists)).mean


def _list_pairs(found: Levels, lists: NDArray[np.int64]) -> ListPairs:
    size = len(found.patterns)
    within = lists[found.a] == lists[found.b]
    inside = float(sum(n * (n - 1) / 2 for n in np.bincount(lists).tolist()))
    everything = len(lists) * (len(lists) - 1) / 2
    return ListPairs(
        inside,
        everything - inside,
        np.bincount(found.pattern[within], minlength=size).astype(np.float64),
        np.bincount(found.pattern[~within], minlength=size).astype(np.float64),
    )


def no_placeholders(
    traits: Traits, a: NDArray[np.int64], b: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Pairs whose names are too rare to be placeholders that nobody has recognised.

    Parameters
    ----------
    traits
        The records.
    a, b
        Positions of the two records of each pair; shape (n,).
    """
    most = max(MOST_NAMESAKES, int(MOST_NAMESAKES_SHARE * len(traits)))
    names = traits.frame["name"]
    alone = traits.frame.select(n=pl.len().over("name"))["n"].to_numpy() <= most
    known: NDArray[np.bool_] = alone & names.is_not_null().to_numpy()
    both: NDArray[np.bool_] = known[a] & known[b]
    return both


def ties_of(references: Sequence[str], judgements: Sequence[Judgement]) -> Ties:
    """Turn judgements into ties between positions.

    Parameters
    ----------
    references
        References of the records, by position.
    judgements
        Judgements whose records are not among these are passed over. Where two reviewers disagree
        about a pair, it is undecided.
    """
    wanted = {r for j in judgements for r in (j.record_a, j.record_b)}
    position = {reference: at for at, reference in enumerate(references) if reference in wanted}
    return ties_at(judgements, position)


def ties_at(judgements: Sequence[Judgement], position: Mapping[str, int]) -> Ties:
    """Turn judgements into ties between positions that are known by reference.

    Parameters
    ----------
    judgements
        As for `ties_of`.
    position
        Position of a record by its reference.
    """
    placed = ((position.get(j.record_a), position.get(j.record_b), j.decision) for j in judgements)
    return ties_between(
        (a, b, decision) for a, b, decision in placed if a is not None and b is not None and a != b
    )
