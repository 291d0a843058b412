"""A list in Arabic and one in English of the same persons, half of it made for the benchmark.

No list that is kept here gives names in both scripts. The Arabic one is the release of 29 March
2024 as it is. The English one is *made*: from the release of 5 January, whose names are spelt in
English by `arabic_spelling`, as no real list does in full:

- names: all parts in 55% of the entries, without the grandfather's in 30%, first and last in 15%;
  one letter wrong in 4% of the names; nicknames are not known;
- birth date in 35% (one in ten of them the year alone), else an age in 85%, off by one year in a
  tenth of them; sex in 80%;
- persons who are on the January release alone, and on the March release alone, so that most
  entries of either list have no partner.

Scores on it say how well the scripts are bridged, not how good real newspapers are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from linkage_sets import arabic_spelling, gaza_lists
from linkage_sets.arabic_spelling import spelt_name
from linkage_sets.data_set import DataSet, Records, frame, kept
from linkage_sets.invented import Rng, Texts, typed

_ARABIC, _BOTH, _ENGLISH_ALONE = 7000, 3500, 1500
_AS_OF = dt.date(2023, 11, 22)


def cross_script() -> DataSet:
    """7,000 records in Arabic, real, and 5,000 in English, made: 3,500 persons on both."""
    return kept(
        "cross_script",
        _cross_script,
        one_to_one=False,
        score="pairs",
        made_by=[gaza_lists, arabic_spelling],
    )


def _cross_script() -> Records:
    releases = gaza_lists.gaza()
    rng = np.random.default_rng(4104)
    january = min(releases.lists)
    first: dict[str, Texts] = {}
    second: dict[str, Texts] = {}
    rows = releases.values.iter_rows(named=True)
    for row, which, person in zip(rows, releases.lists, releases.truth, strict=True):
        if person is not None:
            (first if which == january else second).setdefault(person, row)
    clean = [person for person, row in first.items() if _clean(row["name"])]
    both = _some([p for p in clean if p in second], _BOTH, rng)
    of_both = set(both)
    english_alone = _some([p for p in clean if p not in of_both], _ENGLISH_ALONE, rng)
    taken = of_both | set(english_alone)
    others = [p for p in second if p not in taken]
    arabic = _some([*both, *_some(others, _ARABIC - len(both), rng)], _ARABIC, rng)
    english = _some([*both, *english_alone], _BOTH + _ENGLISH_ALONE, rng)
    values = [second[person] for person in arabic]
    values += [_english(first[person], rng) for person in english]
    lists = ["arabic"] * len(arabic) + ["english"] * len(english)
    return Records(frame(values), lists, [*arabic, *english])


def _clean(name: str | None) -> bool:
    """Whether a name is whole: the release has names whose letters came apart in a PDF file."""
    parts = (name or "").split()
    return len(parts) == 4 and all(len(part) > 2 for part in parts)


def _some(those: Sequence[str], size: int, rng: Rng) -> list[str]:
    """Draw some, in an order of chance."""
    return [those[at] for at in rng.permutation(len(those))[:size].tolist()]


def _english(row: Texts, rng: Rng) -> Texts:
    parts = (row["name"] or "").split()
    chance = rng.random(5)
    if chance[0] < 0.15:
        parts = [parts[0], parts[-1]]
    elif chance[0] < 0.45:
        parts = [*parts[:2], parts[-1]]
    born = row["birth_date"]
    entry: Texts = {
        "name": typed(spelt_name(parts, rng), rng, share=0.04),
        "sex": row["sex"] if chance[1] < 0.8 else None,
    }
    if born and chance[2] < 0.35:
        return entry | {"birth_date": born[:4] if chance[3] < 0.1 else born}
    if born and chance[4] < 0.85:
        years = int((_AS_OF - _first_day(born)).days / 365.25)
        off = int(rng.choice((-1, 1))) if chance[3] < 0.1 else 0
        return entry | {"age": str(max(0, years + off))}
    return entry


def _first_day(date: str) -> dt.date:
    return dt.date.fromisoformat(date) if len(date) == 10 else dt.date(int(date[:4]), 7, 1)
