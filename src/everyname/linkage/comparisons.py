"""Comparisons: how each trait of two records is compared, level by level."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from everyname.linkage.dialect import Dialect
from everyname.linkage.rarity import CLASSES, NAME_CLASSES

# Jaro-Winkler likeness from which two texts may be one name misspelt; of two different given
# names, few are as alike as `LEAST_SPELLING`; of two spellings of one, most are.
LEAST_SPELLING, LEAST_ALIKE, ALIKE, SLIGHT = 0.8, 0.75, 0.88, 0.92
NEAR_KM = 10.0


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison.

    Parameters
    ----------
    label
        What agrees, in words.
    sql
        When the level holds, if none above does.
    m
        Share of pairs of one person at this level, until records teach better.
    rare
        Whether the level is divided by how rare the shared value is.
    exact
        Column whose chance of agreement (`Traits.chance`) is that of this level; empty where
        pairs drawn at random tell it.
    """

    label: str
    sql: str
    m: float
    rare: bool = False
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one trait is compared.

    Parameters
    ----------
    name, label
        Name in settings, and in words.
    unstated
        SQL: when one of the two says nothing. Then the comparison says nothing.
    levels
        From the most agreement to the least; the last one holds whatever is left.
    classes
        SQL of the class of rarity, 0 the commonest, for levels that are rare; empty if none is.
    edges
        Bits at which classes begin.
    limits
        Groups of positions of levels, with the largest share of pairs of one person that they are
        believed to hold: so many mistakes no list makes.
    prepared
        Columns of a pair and their SQL, each computed once, in this order, before the conditions
        of `levels` and `classes`, which speak of them.
    """

    name: str
    label: str
    unstated: str
    levels: tuple[Level, ...]
    classes: str = ""
    edges: tuple[float, ...] = ()
    limits: tuple[tuple[tuple[int, ...], float], ...] = ()
    prepared: tuple[tuple[str, str], ...] = ()

    @property
    def width(self) -> int:
        """Number of classes that a level is divided into."""
        return len(self.edges) + 1

    @property
    def sublevels(self) -> int:
        """Number of levels, each as often as it is divided."""
        return len(self.levels) * self.width

    def labels(self) -> tuple[str, ...]:
        """Sublevels in words."""
        return tuple(
            level.label + (self._rarity(at) if level.rare and self.edges else "")
            for level in self.levels
            for at in range(self.width)
        )

    def _rarity(self, at: int) -> str:
        if at == 0:
            return f", common (more than 1 in {2 ** self.edges[0]:,.0f})"
        return f", 1 in {2 ** self.edges[at - 1]:,.0f} or rarer"


def comparisons_of(stated: Callable[[str], int], dialect: Dialect) -> tuple[Comparison, ...]:
    """Choose the comparisons for what records state.

    Parameters
    ----------
    stated
        Tells how many records state something in a column of `Traits`.
    dialect
        The engine's SQL.
    """
    from everyname.linkage.traits import FURTHER

    needs: Mapping[str, Sequence[Comparison]] = {
        "name": (_name(dialect),),
        "born_low": (_birth(),),
        "age_low": (_age(),),
        "sex": (_sex(),),
        "date_low": (_date(),),
        "place": (_place(dialect),),
        **{each: (_text(each, dialect),) for each in FURTHER},
    }
    return tuple(c for column, those in needs.items() if stated(column) >= 2 for c in those)


def comparisons_named(names: Collection[str], dialect: Dialect) -> tuple[Comparison, ...]:
    """Comparisons of these names, in their usual order.

    Parameters
    ----------
    names
        Names of comparisons.
    dialect
        The engine's SQL.
    """
    return tuple(c for c in comparisons_of(lambda _: 2, dialect) if c.name in names)


def _classes(column: str, count: int) -> str:
    return f"greatest(least({column}, {count - 1}), 0)"


NAME_CONFLICT = "nothing in common"
"""Label of the level of two known names that decides against a match."""


def _name(dialect: Dialect) -> Comparison:
    """Names: Latin parts in any order, then what they sound like, then likeness of letters."""
    left_l = dialect.left("parts_l", "sounds_l", "sounds_r")
    left_r = dialect.left("parts_r", "sounds_r", "sounds_l")
    prepared = (
        ("common", dialect.common("tokens_l", "tokens_r")),
        ("shared", dialect.size("common")),
        # What follows costs more, and is asked only where it can matter.
        ("within_l", f"shared > 0 AND {dialect.within('sounds_l', 'sounds_r')}"),
        ("within_r", f"shared > 0 AND {dialect.within('sounds_r', 'sounds_l')}"),
        ("open", ("shared > 0 AND name_l <> name_r AND NOT within_l AND NOT within_r"
         " AND NOT (digits_l <> '' AND digits_r <> '' AND digits_l <> digits_r)")),
        ("left_l", f"CASE WHEN open THEN {left_l} END"),
        ("left_r", f"CASE WHEN open THEN {left_r} END"),
        ("rest", f"CASE WHEN open THEN {dialect.alike('left_l', 'left_r')} END"),
        ("spelling", (f"open AND (rest >= {LEAST_SPELLING}"
         f" OR {dialect.starts('left_l', 'left_r')} OR {dialect.starts('left_r', 'left_l')})")),
        ("likeness", f"CASE WHEN shared = 0 THEN {dialect.alike('name_l', 'name_r')} END"),
        ("bits", f"CASE WHEN shared > 0 THEN {dialect.bits('common')} ELSE 0 END"),
    )  # fmt: skip
    classes = (
        "CASE "
        + " ".join(f"WHEN bits < {edge} THEN {at}" for at, edge in enumerate(NAME_CLASSES))
        + f" ELSE {len(NAME_CLASSES)} END"
    )
    classes = f"CASE WHEN name_l = name_r THEN greatest(name_class_l, {classes}) ELSE {classes} END"
    return Comparison(
        "name",
        "Name",
        "name_l IS NULL OR name_r IS NULL",
        (
            Level("same parts", "name_l = name_r", 0.45, rare=True),
            Level("same sounds", "bones_l = bones_r AND (within_l OR spelling)", 0.12, rare=True),
            Level("one within the other", "within_l OR within_r", 0.15, rare=True),
            Level("a part slightly misspelt", f"rest >= {SLIGHT}", 0.08, rare=True),
            Level("a part misspelt", "spelling", 0.04, rare=True),
            Level("alike", f"likeness >= {ALIKE}", 0.05),
            Level("somewhat alike", f"likeness >= {LEAST_ALIKE}", 0.04),
            Level("three or more parts in common, another differs", "shared > 2", 0.01, rare=True),
            Level("two parts in common, another differs", "shared > 1", 0.01, rare=True),
            Level("one part in common, another differs", "shared = 1", 0.02, rare=True),
            Level(NAME_CONFLICT, "", 0.04),
        ),
        classes,
        NAME_CLASSES,
        (((7,), 0.2), ((8, 9), 0.15), ((10,), 0.04)),
        prepared,
    )  # fmt: skip


def _gap(column: str) -> str:
    """SQL for the smallest distance between two closed intervals; 0 when they overlap."""
    return f"greatest({column}_low_l - {column}_high_r, {column}_low_r - {column}_high_l, 0)"


def _precise(column: str) -> str:
    return f"{column}_low_l = {column}_high_l AND {column}_low_r = {column}_high_r"


def _birth() -> Comparison:
    """Birth dates as intervals; typing slips in one part are told from other dates."""
    exact = _precise("born")
    year, month, day = (f"born_{p}_l = born_{p}_r" for p in ("year", "month", "day"))
    swapped = "born_day_l = born_month_r AND born_month_l = born_day_r"
    slip = (
        f"({year} AND {month}) OR ({year} AND {day}) OR ({month} AND {day}) OR"
        f" ({year} AND {swapped})"
    )
    return Comparison(
        "birth",
        "Birth date",
        "born_low_l IS NULL OR born_low_r IS NULL",
        (
            Level(
                "same day", f"{exact} AND born_low_l = born_low_r", 0.7, rare=True, exact="birth"
            ),
            Level("one digit differs", "levenshtein(born_digits_l, born_digits_r) <= 1", 0.05),
            Level("differs in one part", f"{exact} AND ({slip})", 0.03),
            Level("may be the same", f"NOT ({exact}) AND {_gap('born')} = 0", 0.12),
            Level("same year", "born_year_l = born_year_r", 0.03),
            Level("within two years", f"{_gap('born')} <= 731", 0.03),
            Level("different", "", 0.04),
        ),
        _classes("birth_class_l", len(CLASSES) + 1),
        CLASSES,
        (((5, 6), 0.08), ((6,), 0.05)),
    )


def _age() -> Comparison:
    """Ages at the incident as intervals, where not both birth dates are known."""
    gap = _gap("age")
    return Comparison(
        "age",
        "Age",
        "age_low_l IS NULL OR age_low_r IS NULL"
        " OR (born_low_l IS NOT NULL AND born_low_r IS NOT NULL)",
        (
            Level("same", f"{gap} = 0", 0.6),
            Level("one year apart", f"{gap} <= 1", 0.15),
            Level("up to three years apart", f"{gap} <= 3", 0.1),
            Level("up to ten years apart", f"{gap} <= 10", 0.08),
            Level("further apart", "", 0.07),
        ),
        limits=(((4,), 0.05),),
    )


def _sex() -> Comparison:
    return Comparison(
        "sex",
        "Sex",
        "sex_l IS NULL OR sex_r IS NULL",
        (Level("same", "sex_l = sex_r", 0.97), Level("different", "", 0.03)),
        limits=(((1,), 0.08),),
    )


def _date() -> Comparison:
    """Dates of the incident as intervals."""
    gap = _gap("date")
    return Comparison(
        "date",
        "Date",
        "date_low_l IS NULL OR date_low_r IS NULL",
        (
            Level("same day", f"{_precise('date')} AND {gap} = 0", 0.75, rare=True, exact="date"),
            Level("one day apart", f"{_precise('date')} AND {gap} = 1", 0.1),
            Level("may be the same", f"{gap} = 0", 0.07),
            Level("within a week", f"{gap} <= 7", 0.04),
            Level("within a month", f"{gap} <= 31", 0.02),
            Level("further apart", "", 0.02),
        ),
        _classes("date_class_l", len(CLASSES) + 1),
        CLASSES,
        (((5,), 0.15),),
    )


def _place(dialect: Dialect) -> Comparison:
    """Places by name, by what lies within what, and by distance."""
    km = (
        "sqrt(power((latitude_l - latitude_r) * 111.2, 2) + power((longitude_l - longitude_r)"
        " * 111.2 * cos(radians((latitude_l + latitude_r) / 2)), 2))"
    )
    either = "place_l IS NOT NULL AND place_r IS NOT NULL"
    points = " AND ".join(
        f"{degrees}_{side} IS NOT NULL" for side in "lr" for degrees in ("latitude", "longitude")
    )
    first = (
        "place_parts_l[1] = place_parts_r[1]"
        if dialect.name == "duckdb"
        else "get(place_parts_l, 0) = get(place_parts_r, 0)"
    )
    return Comparison(
        "place",
        "Place",
        f"NOT ({either}) AND NOT ({points})",
        (
            Level("same place", "place_l = place_r", 0.65, rare=True, exact="place"),
            Level("spelt alike, or one within the other",
                  f"{dialect.alike('place_l', 'place_r')} >= {ALIKE} OR ({first})", 0.1),
            Level("near each other", f"{points} AND {km} <= {NEAR_KM}", 0.05),
            Level("one in the area of the other",
                  dialect.overlap("place_parts_l", "place_parts_r"), 0.1),
            Level("different", "", 0.1),
        ),
        _classes("place_class_l", len(CLASSES) + 1),
        CLASSES,
    )  # fmt: skip


_LABELS = {
    "place_origin": "Place of origin",
    "residence_address": "Address",
    "residence_place": "Place of residence",
    "residence_code": "Postal code",
    "occupation": "Occupation",
}


def _text(column: str, dialect: Dialect) -> Comparison:
    return Comparison(
        column,
        _LABELS[column],
        f"{column}_l IS NULL OR {column}_r IS NULL",
        (
            Level("same", f"{column}_l = {column}_r", 0.7, rare=True, exact=column),
            Level("spelt alike", f"{dialect.alike(f'{column}_l', f'{column}_r')} >= {ALIKE}", 0.12),
            Level("different", "", 0.18),
        ),
        _classes(f"{column}_class_l", len(CLASSES) + 1),
        CLASSES,
    )
