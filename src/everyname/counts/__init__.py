"""Documented counts, figures that others state, and which lists hold whom."""

from everyname.counts.classes import COUNTABLE, classes_of
from everyname.counts.count import (
    DISAGREE,
    EVERYONE,
    UNKNOWN,
    Breakdown,
    CapturePatterns,
    Count,
    Where,
    where,
)
from everyname.counts.evidence import Evidence, Labels, gather
from everyname.counts.figure import Figure, interval, interval_words
from everyname.counts.figure_records import figures
from everyname.counts.group import Group, Groups, Remainder, Stray, with_groups
from everyname.counts.group_records import groups
from everyname.counts.person import Person, persons
from everyname.counts.placing import Placing, Unplaced, placing
from everyname.counts.ruled import RULED_FIELDS, contradiction
from everyname.counts.scope import ConflictRule, Scope
from everyname.counts.spelling import LEVELS
from everyname.counts.tally import Tally

__all__ = [
    "COUNTABLE",
    "DISAGREE",
    "EVERYONE",
    "LEVELS",
    "RULED_FIELDS",
    "UNKNOWN",
    "Breakdown",
    "CapturePatterns",
    "ConflictRule",
    "Count",
    "Evidence",
    "Figure",
    "Group",
    "Groups",
    "Labels",
    "Person",
    "Placing",
    "Remainder",
    "Scope",
    "Stray",
    "Tally",
    "Unplaced",
    "Where",
    "classes_of",
    "contradiction",
    "figures",
    "gather",
    "groups",
    "interval",
    "interval_words",
    "persons",
    "placing",
    "where",
    "with_groups",
]
