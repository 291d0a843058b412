"""Linkage: records of persons become persons, with the uncertainty kept."""

from everyname.linkage.clusters import Clustering, Thresholds, Ties, cluster, contradiction
from everyname.linkage.identity import identify
from everyname.linkage.linkage import Linkage, link, ties_of
from everyname.linkage.model import Model
from everyname.linkage.pairs import Pairs
from everyname.linkage.traits import Traits, full_name, traits_of

__all__ = [
    "Clustering",
    "Linkage",
    "Model",
    "Pairs",
    "Thresholds",
    "Ties",
    "Traits",
    "cluster",
    "contradiction",
    "full_name",
    "identify",
    "link",
    "ties_of",
    "traits_of",
]
