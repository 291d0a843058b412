"""The fictional valley: its villages, its communities and what happened there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Village:
    """A fictional village: how it is spelt, how many live there, how far it lies from any list."""

    latin: str
    cyrillic: str
    weight: float
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """A fictional incident: when, where, the share of all persons killed in it, and how.

    ``cold`` is the share of its persons who died of conditions. An incident without a month is
    no single one: its dates are spread over the year and its places over the villages.
    """

    month: int
    day: int
    village: str
    weight: float
    cold: float = 0.0


@dataclass(frozen=True, slots=True)
class Community:
    """A group of names: the locale they are drawn from and its share of the valley."""

    locale: str
    weight: float


VILLAGES = (
    Village("Tamrud", "Тамруд", 0.22),
    Village("Oskelan", "Оскелан", 0.17),
    Village("Karadun", "Карадун", 0.15),
    Village("Belogrin", "Белогрин", 0.12),
    Village("Mzikara", "Мзикара", 0.10),
    Village("Lefkory", "Лефкоры", 0.08),
    Village("Sudalin", "Судалин", 0.09, remote=True),
    Village("Zarbek", "Зарбек", 0.07, remote=True),
)

INCIDENTS = (
    Incident(1, 19, "Sudalin", 0.10, cold=0.45),
    Incident(2, 27, "Tamrud", 0.20, cold=0.08),
    Incident(4, 6, "Oskelan", 0.12),
    Incident(5, 23, "Karadun", 0.09),
    Incident(7, 11, "Zarbek", 0.11),
    Incident(9, 2, "Belogrin", 0.08),
    Incident(10, 30, "Mzikara", 0.06),
    Incident(12, 14, "Lefkory", 0.05, cold=0.2),
    Incident(0, 0, "", 0.19),
)

# Every community lives in every village and is drawn alike for every status and fate: nothing in
# the simulation depends on whose name somebody bears.
COMMUNITIES = (
    Community("ru_RU", 0.22),
    Community("hy_AM", 0.18),
    Community("az_AZ", 0.18),
    Community("ka_GE", 0.14),
    Community("el_GR", 0.10),
    Community("tr_TR", 0.08),
    Community("ar_AA", 0.06),
    Community("uk_UA", 0.04),
)


def village(latin: str) -> Village:
    """Return the village of a Latin name.

    Raises
    ------
    KeyError
        If the valley has no such village.
    """
    return {each.latin: each for each in VILLAGES}[latin]
