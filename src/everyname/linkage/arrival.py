"""Arrival: a new list linked to persons already found, without linking everything again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from everyname.errors import LinkageError
from everyname.linkage.blocking import PER_RECORD, largest_blocks, most_pairs
from everyname.linkage.calibration import Calibration
from everyname.linkage.clusters import Clustering, Thresholds, Ties, cluster, contradiction
from everyname.linkage.comparing import compared
from everyname.linkage.comparisons import comparisons_named
from everyname.linkage.components import components
from everyname.linkage.dialect import DUCKDB
from everyname.linkage.evidence import IN_CONFLICT, log_odds
from everyname.linkage.expectation import in_conflict, posterior
from everyname.linkage.keys import families
from everyname.linkage.linkage import FLOOR, Linkage, no_placeholders
from everyname.linkage.model import Model
from everyname.linkage.new_traits import new_traits
from everyname.linkage.pairs import Pairs
from everyname.linkage.traits import Traits

# Candidates of each new record, in the mean: as many as blocking gives each record at first.
PER_NEW_RECORD = 2 * PER_RECORD
# Rounds in which the prior of a second list settles.
_ROUNDS = 20


class Known(NamedTuple):
    """What a former linkage left.

    Parameters
    ----------
    linkage
        The known records and who is who among them. Of its traits only the frame is read.
    lists
        The list that each of them stands on.
    """

    linkage: Linkage
    lists: Sequence[str] | pl.Series


def link_new(
    values: pl.DataFrame,
    lists: Sequence[str] | pl.Series,
    known: Known,
    *,
    ties: Ties | None = None,
    thresholds: Thresholds | None = None,
) -> Linkage:
    """Link new records to those already linked, by what was learnt from these.

    Only pairs with a new record are compared, and only persons that such a pair or a judgement
    can change are put together anew: all others stay as they are. What agreement is worth, how
    rare names and values are, how judgements correct probabilities, and how often a list repeats
    a person, is taken from the former linkage; of one whose records all stand on one list the
    prior for two lists is settled on the new pairs. A field that no known record states, and a
    second form of a name, count for nothing here. A list that is to be counted is linked with all
    others in the end.

    Parameters
    ----------
    values
        The new records, as for `link_values`.
    lists
        The list that each new record stands on: a new one, or one of the known.
    known
        What the former linkage left.
    ties
        All that people hold about pairs of records, by position in what is returned: those that
        the former linkage knew, and later ones.
    thresholds
        Where decisions change; those of the former linkage.

    Returns
    -------
    Linkage
        Of all records: the known ones in their order, then the new ones.

    Raises
    ------
    LinkageError
        Judgements contradict each other, or the known records teach nothing.
    """
    ties = ties or Ties()
    former = known.linkage
    first = former.traits.frame.height
    size = first + values.height
    if contradiction(size, ties) is not None:
        raise LinkageError(
            "judgements contradict each other",
            do="Take one of those back that call the same records the same and different",
        )
    traits, model, pairs = former.traits, former.model, former.pairs
    if values.height:
        if not model.comparisons:
            raise LinkageError(
                f"nothing was learnt from the {first} known records",
                do="Link all records together",
            )
        below = new_traits(values, traits.frame)
        traits = Traits(pl.concat([traits.frame, below], how="vertical_relaxed"), traits.chance)
        found, model = _scored(traits, first, _numbers(known.lists, lists), model)
        pairs = _with(pairs, found)
    clustering = _again(
        first, size, pairs, former.clustering, former.calibration, ties, thresholds or Thresholds()
    )
    return Linkage(traits, pairs, clustering, model, former.calibration)


def _numbers(known: Sequence[str] | pl.Series, new: Sequence[str] | pl.Series) -> NDArray[np.int64]:
    """Number of the list of each record, the known ones first."""
    both = pl.concat([pl.Series("list", each, pl.String) for each in (known, new)])
    return both.rank("dense").to_numpy().astype(np.int64)


def _scored(
    traits: Traits, first: int, lists: NDArray[np.int64], model: Model
) -> tuple[Pairs, Model]:
    """Pairs with a new record, as the model gives them."""
    a, b = _candidates(traits, first)
    levels = compared(traits.frame, a, b, model)
    within = lists[a] == lists[b]
    if len(np.unique(lists[:first])) == 1:
        model = replace(model, prior=_prior(levels.log_odds[~within & (a < first)], first, lists))
    probability = model.probability(levels.log_odds, within)
    comparisons = comparisons_named({each.name for each in model.comparisons}, DUCKDB)
    conflict = in_conflict(levels.levels, comparisons) & (probability < FLOOR)
    conflict &= no_placeholders(traits, a, b)
    kept = (probability >= FLOOR) | conflict
    return Pairs(a, b, probability, conflict).where(kept), model


def _prior(evidence: NDArray[np.float64], first: int, lists: NDArray[np.int64]) -> float:
    """Prior probability of a match for a new record and a known one, which are of two lists."""
    everything = float(first * (lists[first:] != lists[0]).sum())
    prior = 1 / max(first, 2)
    for _ in range(_ROUNDS if everything else 0):
        prior = min(0.5, max(float(posterior(evidence, prior).sum()), 0.5) / everything)
    return prior


def _candidates(traits: Traits, first: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs with a new record that share a key; each family keeps its keys from the rarest on."""
    made = [
        counted
        for _, keys in families(traits, first)
        if (counted := keys.with_columns(n=pl.len().over("key")).filter(pl.col("n") > 1)).height
    ]
    sizes = [_pairs_by_size(keys.filter(pl.col("id") >= first)["n"]) for keys in made]
    bound = min(float(PER_NEW_RECORD * (len(traits) - first)), most_pairs(len(traits)))
    pairs = [pl.DataFrame(schema={"id": pl.Int64, "new": pl.Int64})]
    for keys, most in zip(made, largest_blocks(sizes, bound), strict=True):
        kept = keys.filter(pl.col("n") <= most).select("key", pl.col("id").cast(pl.Int64))
        new = kept.filter(pl.col("id") >= first).rename({"id": "new"})
        met = kept.join(new, on="key").filter(pl.col("id") < pl.col("new"))
        pairs.append(met.select("id", "new"))
    both = pl.concat(pairs).unique().sort("id", "new")
    return both["id"].to_numpy(), both["new"].to_numpy()


def _pairs_by_size(blocks: pl.Series) -> NDArray[np.float64]:
    """Pairs with a new record that keys of each size bring, by size; at most."""
    n = blocks.to_numpy().astype(np.int64)
    pairs: NDArray[np.float64] = np.bincount(n, n - 1.0).astype(np.float64)
    return pairs


def _with(old: Pairs, new: Pairs) -> Pairs:
    return replace(
        old,
        a=np.concatenate([old.a, new.a]),
        b=np.concatenate([old.b, new.b]),
        probability=np.concatenate([old.probability, new.probability]),
        conflict=np.concatenate([old.conflict, new.conflict]),
    )


def _again(
    first: int,
    size: int,
    pairs: Pairs,
    former: Clustering,
    calibration: Calibration,
    ties: Ties,
    thresholds: Thresholds,
) -> Clustering:
    """Put together anew what new records and judgements reach; the rest stays as it was."""
    if calibration.number:
        pairs = replace(pairs, probability=calibration.apply(pairs.probability))
    at = np.flatnonzero(_reached(first, size, pairs, ties, thresholds))
    place = np.full(size, -1, np.int64)
    place[at] = np.arange(len(at))
    a, b = place[pairs.a], place[pairs.b]
    touched = (a >= 0) & (b >= 0)
    inside = replace(pairs.where(touched), a=a[touched], b=b[touched])
    part = cluster(len(at), inside, thresholds, _moved(ties, place))

    def put_in(old: NDArray[np.int64], again: NDArray[np.int64]) -> NDArray[np.int64]:
        labels = np.concatenate([old, np.arange(first, size)])
        labels[at] = at[again]
        return labels

    lower, upper = log_odds(np.array([thresholds.low, thresholds.high])).tolist()
    evidence = log_odds(pairs.probability)
    unsure = (evidence >= lower) & (evidence < upper) & ~pairs.conflict & ~touched
    return Clustering(
        put_in(former.low, part.low),
        put_in(former.best, part.best),
        put_in(former.high, part.high),
        part.undecided + int(unsure.sum()),
    )


def _reached(
    first: int, size: int, pairs: Pairs, ties: Ties, thresholds: Thresholds
) -> NDArray[np.bool_]:
    """Records in whose component of pairs that could join them is a new or a judged one.

    What `cluster` decides in one such component says nothing of any other.
    """
    lower = float(log_odds(np.array([min(thresholds.low, thresholds.best)]))[0])
    evidence = np.where(pairs.conflict, IN_CONFLICT, log_odds(pairs.probability))
    # That a record which stands alone is improbable is added to each pair, at most so much.
    evidence = evidence + pairs.expected.against_alone(np.ones(1))
    joining = pairs.where(evidence >= lower)
    joined = np.array([*ties.same, *ties.unsure], np.int64).reshape(-1, 2)
    group = components(
        size,
        np.concatenate([joining.a, joined[:, 0]]),
        np.concatenate([joining.b, joined[:, 1]]),
    )
    apart = np.array(ties.different, np.int64).reshape(-1)
    changed = np.concatenate([np.arange(first, size), joined.ravel(), apart])
    reached: NDArray[np.bool_] = np.isin(group, np.unique(group[changed]))
    return reached


def _moved(ties: Ties, place: NDArray[np.int64]) -> Ties:
    def moved(those: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((int(place[a]), int(place[b])) for a, b in those)

    return Ties(moved(ties.same), moved(ties.different), moved(ties.unsure))
