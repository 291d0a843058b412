"""Account of linkage: how persons were found among the records of a case, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from everyname.case.case_file import LinkageSection
from everyname.linkage import Linkage
from everyname.linkage.conflict import Conflict
from everyname.linkage.pooled_levels import pooled_levels
from everyname.publication import LinkageAccount


def account_of(
    linkage: Linkage, found: Iterable[Conflict], judgements: int, settings: LinkageSection
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
    )
