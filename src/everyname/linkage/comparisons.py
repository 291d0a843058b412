"""Comparisons: how each trait of two records is compared, level by level."""

from __future__ import annotations

from typing import Any

# Each level carries the m and u probabilities (the shares of matches, and of pairs of different
# people, that fall in it) that hold until training has learnt better ones from the data.
Level = dict[str, Any]

# Jaro-Winkler in DuckDB compares bytes, so it sees only Latin text here.
_ALIKE = "jaro_winkler_similarity(name_l, name_r)"
_COMMON = "len(list_intersect(bone_parts_l, bone_parts_r))"
LEAST_ALIKE = 0.75
# Of two different given names, few are as alike as this; of two spellings of one, most are.
LEAST_SPELLING = 0.8


MACROS = f"""
CREATE TEMP MACRO parts_left(sounded, sounds) AS array_to_string(
    list_transform(
        list_filter(sounded, lambda x: NOT list_contains(sounds, split_part(x, '/', 1))),
        lambda x: split_part(x, '/', 2)
    ), ' '
);
CREATE TEMP MACRO number_in(text) AS regexp_replace(text, '[^0-9]', '', 'g');
CREATE TEMP MACRO texts_differ(a, b) AS a <> '' AND b <> '' AND (
    number_in(a) <> '' AND number_in(b) <> '' AND number_in(a) <> number_in(b)
    OR jaro_winkler_similarity(a, b) < {LEAST_SPELLING}
    AND NOT starts_with(a, b) AND NOT starts_with(b, a)
);
CREATE TEMP MACRO names_differ(sounded_a, sounds_a, sounded_b, sounds_b) AS texts_differ(
    parts_left(sounded_a, sounds_b), parts_left(sounded_b, sounds_a)
);
"""
"""SQL that the database must know. Two names differ where each has parts that the other does not
share and these are neither spellings of one name, nor one cut short, or differ in their numbers
("Child 1", "Child 2")."""

_NAMES_DIFFER = "names_differ(sounded_l, sounds_l, sounded_r, sounds_r)"


def _unless_differing(agreement: str) -> str:
    """SQL for names that agree so far and do not differ; CASE spares most pairs the second test."""
    return f"CASE WHEN {agreement} THEN NOT {_NAMES_DIFFER} ELSE FALSE END"


NOTHING_IN_COMMON = f"({_COMMON} = 0 AND {_ALIKE} < {LEAST_ALIKE})"
"""SQL for two names without anything in common; NULL where one is not known."""

SHARE_AND_DIFFER = (
    "three parts in common, another differs",
    "two parts in common, another differs",
    "one part in common, another differs",
)
"""Levels of brothers and sisters, fathers and sons: a family's name, and another of one's own."""


PERSONAL = ("name", "birth")
"""Comparisons of what a person carries from case to case."""

RARE = 0.005
"""Agreement by chance so rare that among a few records only matches show it."""

SCALES = {"birth": (4,)}
"""Where a comparison has more than one scale, how many levels come before the next begins: birth
dates before ages. Within a scale, a level agrees more than the next."""


def _level(sql: str, label: str, m: float, u: float, **more: object) -> Level:
    return {
        "sql_condition": sql,
        "label_for_charts": label,
        "m_probability": m,
        "u_probability": u,
        **more,
    }


def for_few(comparison: dict[str, Any]) -> dict[str, Any]:
    """Adapt a comparison to a few records, which cannot tell how common a name is.

    Where every name occurs twice among twenty, each would look as common as one in ten: how often
    different people bear one name or share a birth date is taken from the starting values. What is
    more common is still learnt, for there are cases of one day, one village or one family; but not
    how often names share a part and differ in another, which always speaks against a match.
    """
    personal = comparison["output_column_name"] in PERSONAL
    levels = []
    for level in comparison["comparison_levels"]:
        kept = {k: v for k, v in level.items() if not k.startswith(("tf_", "disable_tf"))}
        rare = level.get("u_probability", 1.0) <= RARE
        if personal and (rare or level.get("label_for_charts") in SHARE_AND_DIFFER):
            kept["fix_u_probability"] = True
        levels.append(kept)
    return {**comparison, "comparison_levels": levels}


def _frequency(column: str, least: float) -> dict[str, object]:
    """Weigh an agreement on a rare value more than one on a common value."""
    return {
        "tf_adjustment_column": column,
        "tf_minimum_u_value": least,
        "disable_tf_exact_match_detection": True,
    }


def _null(sql: str) -> Level:
    return {"sql_condition": sql, "label_for_charts": "not stated", "is_null_level": True}


def _comparison(name: str, levels: list[Level]) -> dict[str, Any]:
    return {"output_column_name": name, "comparison_levels": levels}


def _gap(column: str) -> str:
    """SQL for the smallest distance between two closed intervals; 0 when they overlap."""
    return f"greatest({column}_low_l - {column}_high_r, {column}_low_r - {column}_high_l, 0)"


def _precise(column: str) -> str:
    return f"{column}_low_l = {column}_high_l AND {column}_low_r = {column}_high_r"


def _part(part: str, column: str, side: str) -> str:
    return f"date_part('{part}', DATE '1970-01-01' + {column}_low_{side})"


def _same(part: str, column: str) -> str:
    return f"{_part(part, column, 'l')} = {_part(part, column, 'r')}"


def name_comparison() -> dict[str, Any]:
    """Names: Latin parts in any order, then consonant skeletons, then likeness of letters.

    The lowest level, two known names without anything in common, also decides: see `name_conflict`.
    """
    alike, common = _ALIKE, _COMMON
    fewer = "least(len(bone_parts_l), len(bone_parts_r))"
    three_differ, two_differ, one_differs = SHARE_AND_DIFFER
    return _comparison(
        "name",
        [
            _null("name_l IS NULL OR name_r IS NULL"),
            _level("name_l = name_r", "same parts", 0.45, 1e-4, **_frequency("name", 1e-5)),
            _level(_unless_differing("bones_l = bones_r"), "same skeleton",
                   0.2, 1e-4, **_frequency("bones", 1e-5)),
            _level(_unless_differing(f"{common} = {fewer} AND {fewer} >= 2"),
                   "one within the other", 0.12, 2e-4),
            _level(_unless_differing(f"{common} >= 2 OR {alike} >= 0.94"),
                   "two parts in common", 0.12, 2e-4),
            _level(_unless_differing(f"{alike} >= 0.88"), "alike", 0.03, 5e-4),
            # Families die together: a surname in common says nothing until training knows better.
            _level(_unless_differing(f"{common} >= 1"), "one part in common", 0.02, 0.02),
            _level(f"{alike} >= {LEAST_ALIKE} AND {common} = 0", "somewhat alike", 0.02, 0.02),
            # Of four parts, three shared are also how one name is misspelt: training tells.
            _level(f"{common} >= 3 AND {fewer} >= 4", three_differ, 0.015, 0.02),
            _level(f"{common} >= 2", two_differ, 0.015, 0.04, fix_m_probability=True),
            _level(f"{common} = 1", one_differs, 0.015, 0.05, fix_m_probability=True),
            _level("ELSE", "nothing in common", 0.01, 0.849, fix_m_probability=True),
        ],
    )  # fmt: skip


def birth_comparison() -> dict[str, Any]:
    """Birth dates where both are known to the day, else ages at the incident as intervals."""
    exact = _precise("born")
    two_of_three = (
        f"(({_same('year', 'born')} AND {_same('month', 'born')})"
        f" OR ({_same('year', 'born')} AND {_same('day', 'born')})"
        f" OR ({_same('month', 'born')} AND {_same('day', 'born')})"
        f" OR ({_same('year', 'born')}"
        f" AND {_part('day', 'born', 'l')} = {_part('month', 'born', 'r')}"
        f" AND {_part('month', 'born', 'l')} = {_part('day', 'born', 'r')}))"
    )
    return _comparison(
        "birth",
        [
            _null(
                "(born_low_l IS NULL OR born_low_r IS NULL OR NOT "
                f"({exact})) AND (age_low_l IS NULL OR age_low_r IS NULL)"
            ),
            _level(f"{exact} AND born_low_l = born_low_r", "same birth date", 0.3, 1e-4,
                   **_frequency("born_low", 1e-5)),
            _level(f"{exact} AND {two_of_three}", "birth date differs in one part", 0.05, 0.003),
            _level(f"{exact} AND abs(born_low_l - born_low_r) <= 731", "born within two years",
                   0.03, 0.04),
            _level(exact, "different birth dates", 0.02, 0.95),
            _level(f"{_gap('age')} = 0", "same age", 0.4, 0.02),
            _level(f"{_gap('age')} <= 1", "ages differ by one year", 0.1, 0.04),
            _level(f"{_gap('age')} <= 3", "ages differ by up to three years", 0.05, 0.07),
            _level(f"{_gap('age')} <= 10", "ages differ by up to ten years", 0.03, 0.2),
            _level("ELSE", "different ages", 0.02, 0.67),
        ],
    )  # fmt: skip


def date_comparison() -> dict[str, Any]:
    """Dates of the incident as intervals."""
    gap = _gap("date")
    return _comparison(
        "date",
        [
            _null("date_low_l IS NULL OR date_low_r IS NULL"),
            _level(f"{_precise('date')} AND {gap} = 0", "same day", 0.75, 0.01,
                   **_frequency("date_low", 1e-4)),
            _level(f"{_precise('date')} AND {gap} = 1", "one day apart", 0.1, 0.01),
            _level(f"{gap} = 0", "overlapping", 0.07, 0.01),
            _level(f"{gap} <= 7", "within a week", 0.04, 0.05),
            _level(f"{gap} <= 31", "within a month", 0.02, 0.1),
            _level("ELSE", "further apart", 0.02, 0.82),
        ],
    )  # fmt: skip


def sex_comparison() -> dict[str, Any]:
    """Sex, as stated."""
    return _comparison(
        "sex",
        [
            _null("sex_l IS NULL OR sex_r IS NULL"),
            _level("sex_l = sex_r", "same", 0.98, 0.5),
            _level("ELSE", "different", 0.02, 0.5),
        ],
    )


def place_comparison() -> dict[str, Any]:
    """Places by their Latin names."""
    return _comparison(
        "place",
        [
            _null("place_l IS NULL OR place_r IS NULL"),
            _level("place_l = place_r", "same place", 0.75, 0.05, **_frequency("place", 1e-4)),
            _level("jaro_winkler_similarity(place_l, place_r) >= 0.88", "place alike", 0.1, 0.01),
            _level("ELSE", "different places", 0.15, 0.94),
        ],
    )  # fmt: skip
