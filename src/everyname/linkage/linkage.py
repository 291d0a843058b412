"""Linkage: records of persons become persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pyarrow as pa

from everyname.errors import LinkageError
from everyname.ledger import Filed, Judgement
from everyname.linkage.clusters import Clustering, Thresholds, Ties, cluster, contradiction
from everyname.linkage.model import Model, score
from everyname.linkage.name_conflict import conflicting
from everyname.linkage.pairs import Pairs
from everyname.linkage.training import Progress
from everyname.linkage.traits import Traits, table_of, traits_of


@dataclass(frozen=True, slots=True)
class Linkage:
    """Person records, and who is who among them.

    Parameters
    ----------
    records
        The records; a record's position is its number below. Their order follows from what is
        compared, so that no result hangs on what sources are called.
    pairs
        Scored pairs.
    clustering
        Labels of each record, under three readings.
    model
        What was learnt.
    """

    records: tuple[Filed, ...]
    pairs: Pairs
    clustering: Clustering
    model: Model

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Positions of the records of each person (best reading), first record first."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for position, label in enumerate(self.clustering.best.tolist()):
            found[label].append(position)
        return tuple(tuple(positions) for positions in found.values())


def link(
    records: Sequence[Filed],
    judgements: Sequence[Judgement] = (),
    thresholds: Thresholds | None = None,
    progress: Progress = lambda _: None,
) -> Linkage:
    """Find out which person records are about the same person.

    Parameters
    ----------
    records
        Person records; other kinds are refused.
    judgements
        What people hold about pairs of records: they override the model. Where two reviewers
        disagree about a pair, it is undecided.
    thresholds
        Where decisions change.
    progress
        Told in a few words what is being done.

    Returns
    -------
    Linkage
        Independent of the order of the records.

    Raises
    ------
    LinkageError
        A record is not about a person, or judgements contradict each other.
    """
    for filed in records:
        if filed.record.kind != "person":
            raise LinkageError(
                f"a {filed.record.kind} record is not about a person",
                where=f"{filed.file}, {filed.record.locator}",
                do="Link person records only",
            )
    progress(f"preparing {len(records):,} records")
    by_traits = sorted(((traits_of(f.record), f) for f in records), key=_place_in_order)
    ordered = tuple(filed for _, filed in by_traits)
    table = table_of([traits for traits, _ in by_traits])
    pairs, model = score(table, [f.file for f in ordered], progress)
    progress("putting records together")
    ties = ties_of(ordered, judgements)
    against = contradiction(len(ordered), ties)
    if against is not None:
        one, other = (ordered[index].record.reference for index in against)
        raise LinkageError(
            f"judgements contradict each other: {one} and {other} are called different, and "
            "others call them the same by way of further records",
            do="Correct hand/judgements.csv",
        )
    pairs, clustering = _clustered(table, pairs, thresholds or Thresholds(), ties)
    return Linkage(ordered, pairs, clustering, model)


def _place_in_order(one: tuple[Traits, Filed]) -> tuple[str, str]:
    return repr(one[0]), one[1].id


def _clustered(
    table: pa.Table, pairs: Pairs, thresholds: Thresholds, ties: Ties
) -> tuple[Pairs, Clustering]:
    """Cluster, again and again until no two records of a cluster have names in conflict.

    Two records that were never compared can come into one cluster by way of a third; only then
    is it worth comparing their names.
    """
    known = set(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True))
    while True:
        clustering = cluster(table.num_rows, pairs, thresholds, ties)
        together: defaultdict[int, list[int]] = defaultdict(list)
        for position, label in enumerate(clustering.low.tolist()):
            together[label].append(position)
        new = [
            pair
            for positions in together.values()
            for pair in combinations(positions, 2)
            if pair not in known
        ]
        known.update(new)
        a, b = np.array(new, dtype=np.int64).reshape(-1, 2).T
        conflict = conflicting(table, a, b)
        if not conflict.any():
            return pairs, clustering
        pairs = pairs.and_conflicts(a[conflict], b[conflict])


def ties_of(records: Sequence[Filed], judgements: Sequence[Judgement]) -> Ties:
    """Turn judgements into ties between positions.

    Parameters
    ----------
    records
        The records, by position.
    judgements
        Judgements whose records are not among these are passed over.
    """
    position = {filed.record.reference: index for index, filed in enumerate(records)}
    decisions: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for judgement in judgements:
        a, b = position.get(judgement.record_a), position.get(judgement.record_b)
        if a is not None and b is not None and a != b:
            decisions[min(a, b), max(a, b)].add(judgement.decision)
    alone = {pair: next(iter(d)) if len(d) == 1 else "unsure" for pair, d in decisions.items()}
    return Ties(
        same=_those(alone, "same"),
        different=_those(alone, "different"),
        unsure=_those(alone, "unsure"),
    )


def _those(decisions: Mapping[tuple[int, int], str], wanted: str) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(pair for pair, decision in decisions.items() if decision == wanted))
