"""Linkage: records of persons become persons, with the uncertainty kept."""

from everyname.linkage.arrival import Known, link_new
from everyname.linkage.clusters import Clustering, Thresholds, Ties, cluster, contradiction
from everyname.linkage.identity import identify, identify_columns
from everyname.linkage.linkage import Linkage, link_values, ties_of
from everyname.linkage.linking import link
from everyname.linkage.model import Model
from everyname.linkage.pairs import Pairs
from everyname.linkage.person_clusters import Clusters, PersonCount
from everyname.linkage.settings import Settings
from everyname.linkage.tables import Problem
from everyname.linkage.traits import FIELDS, Traits, full_name, traits_of

__all__ = [
    "FIELDS",
    "Clustering",
    "Clusters",
    "Known",
    "Linkage",
    "Model",
    "Pairs",
    "PersonCount",
    "Problem",
    "Settings",
    "Thresholds",
    "Ties",
    "Traits",
    "cluster",
    "contradiction",
    "full_name",
    "identify",
    "identify_columns",
    "link",
    "link_new",
    "link_values",
    "ties_of",
    "traits_of",
]
