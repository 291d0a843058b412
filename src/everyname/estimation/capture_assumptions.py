"""Capture assumptions: what the models M0, Mt, Mh and Mth take for granted, and their papers."""

from __future__ import annotations

from everyname.estimation.assumptions import CLOSED, MATCHED
from everyname.estimation.kernels.capture_designs import Heterogeneity

OTIS = "Otis, Burnham, White and Anderson (1978), Wildlife Monographs 62"
RIVEST = (
    "Rivest and Baillargeon (2007), Biometrics 63, 999-1006; Baillargeon and Rivest (2007), Journal"
    " of Statistical Software 19(5)"
)
PROFILE = "interval: Cormack (1992), Biometrics 48, 567-576"
_SAME_LISTS = "Every list reaches a person equally well."
_OTHER_LISTS = "Lists may differ in how many they reach."
_SAME_PERSONS = (
    "Every person is as likely to be in a given list as any other, and being in one list makes"
    " nobody more or less likely to be in another; lists that record the same easy cases make the"
    " number too low."
)
_HARD = (
    "Persons differ in how easily they are recorded, and a person hard to record is so for every"
    " list; beyond that no list depends on another."
)
SHAPES: dict[str, str] = {
    "chao": (
        "How persons differ is left open, so the number says what the total is at least; lists that"
        " avoid each other's persons can push it above the total."
    ),
    "poisson": (
        "The differences follow a Poisson shape, with few persons very hard to record; the lists"
        " cannot confirm the shape for those in none."
    ),
    "darroch": (
        "The log odds of being recorded spread normally over the persons in each pattern; the lists"
        " cannot confirm the shape for those in none."
    ),
    "gamma": (
        "The differences follow a Gamma shape, with many persons very hard to record; the lists"
        " cannot confirm the shape for those in none."
    ),
}


def assumptions(*, differ: bool, heterogeneity: Heterogeneity | None) -> tuple[str, ...]:
    """Give the assumptions of a model, a sentence each.

    Parameters
    ----------
    differ
        Whether lists may differ in how many they reach.
    heterogeneity
        How persons differ; None where they do not.
    """
    lists = _OTHER_LISTS if differ else _SAME_LISTS
    if heterogeneity is None:
        return (CLOSED, MATCHED, lists, _SAME_PERSONS)
    return (CLOSED, MATCHED, lists, _HARD, SHAPES[heterogeneity])
