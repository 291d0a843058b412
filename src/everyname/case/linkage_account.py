"""Account of linkage: how persons were found among the records of a case, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from everyname.case.case_file import LinkageSection
from everyname.linkage import Linkage, Ties
from everyname.linkage.conflict import Conflict
from everyname.linkage.count_interval import count_interval
from everyname.linkage.pooled_levels import pooled_levels
from everyname.publication import LinkageAccount

# Of more records, whole clusterings are drawn on demand alone (`everyname link`).
MOST_DRAWN = 20_000
DRAWS = 100


def account_of(
    linkage: Linkage,
    found: Iterable[Conflict],
    judgements: int,
    settings: LinkageSection,
    lists: Sequence[str],
    ties: Ties,
) -> LinkageAccount:
    """Give an account of a linkage.

    Parameters
    ----------
    linkage
        Who is who.
    found
        What cannot both be true of one person.
    judgements
        Number of judgements in force.
    settings
        Where decisions change.
    lists
        The list of each record.
    ties
        What judgements hold.
    """
    clustering = linkage.clustering
    persons = Counter(kind for kind, _ in {(c.kind, c.person) for c in found})
    low, best, high = (
        len(np.unique(labels)) for labels in (clustering.low, clustering.best, clustering.high)
    )
    return LinkageAccount(
        records=len(linkage.traits),
        low=low,
        best=best,
        high=high,
        undecided=clustering.undecided,
        compared=linkage.model.candidates,
        judgements=judgements,
        thresholds=(settings.undecided[0], settings.threshold, settings.undecided[1]),
        trained=linkage.model.trained,
        levels=pooled_levels(linkage.model),
        prior=linkage.model.prior,
        prior_within=linkage.model.prior_within,
        blocking_recall=linkage.model.blocking_recall if linkage.model.candidates else None,
        families=linkage.model.families,
        conflicts=tuple(sorted(persons.items())),
        interval=_interval(linkage, lists, ties),
    )


def _interval(linkage: Linkage, lists: Sequence[str], ties: Ties) -> tuple[int, int] | None:
    if linkage.pairs.expected.many or not 0 < len(lists) <= MOST_DRAWN:
        return None
    found = count_interval(
        lists, linkage.pairs, ties, linkage.model, linkage.calibration, draws=DRAWS
    )
    return int(found.low), int(found.high)
