"""Dialect: the few words that DuckDB and Spark spell differently in SQL."""

from __future__ import annotations

from dataclasses import dataclass

from everyname.linkage.rarity import PACKED_MODULUS, packed_bits_sql


@dataclass(frozen=True, slots=True)
class Dialect:
    """Words of one engine's SQL.

    Parameters
    ----------
    name
        ``duckdb`` or ``spark``.
    """

    name: str

    def alike(self, a: str, b: str) -> str:
        """Jaro-Winkler likeness of two texts in Latin letters: DuckDB compares bytes."""
        function = "jaro_winkler_similarity" if self.name == "duckdb" else "jaro_winkler"
        return f"{function}({a}, {b})"

    def common(self, a: str, b: str) -> str:
        """Elements that two arrays share."""
        return f"{self._array('intersect')}({a}, {b})"

    def overlap(self, a: str, b: str) -> str:
        """Whether two arrays share an element."""
        return f"list_has_any({a}, {b})" if self.name == "duckdb" else f"arrays_overlap({a}, {b})"

    def size(self, array: str) -> str:
        """Count the elements of an array."""
        return f"len({array})" if self.name == "duckdb" else f"size({array})"

    def bits(self, array: str) -> str:
        """Sum of the bits of packed tokens; 0 where there are none."""
        if self.name == "duckdb":
            return f"packed_bits({array})"
        return packed_bits_sql(f"aggregate({array}, 0L, (sum, x) -> sum + x % {PACKED_MODULUS})")

    def left(self, sounded: str, sounds: str) -> str:
        """Parts of a name whose sound is not among others, as one text."""
        if self.name == "duckdb":
            return f"parts_left({sounded}, {sounds})"
        return (
            f"array_join(transform(filter({sounded}, x -> NOT"
            f" array_contains({sounds}, split_part(x, '/', 1))), x -> split_part(x, '/', 2)), ' ')"
        )

    def starts(self, text: str, beginning: str) -> str:
        """Whether a text starts with another."""
        function = "starts_with" if self.name == "duckdb" else "startswith"
        return f"{function}({text}, {beginning})"

    def _array(self, word: str) -> str:
        return f"list_{word}" if self.name == "duckdb" else f"array_{word}"


_TOTAL = f"coalesce(list_sum(list_transform(tokens, lambda x: x % {PACKED_MODULUS})), 0)"
DUCKDB_MACROS = (
    f"CREATE TEMP MACRO packed_bits(tokens) AS {packed_bits_sql(_TOTAL)}",
    "CREATE TEMP MACRO parts_left(sounded, sounds) AS array_to_string(list_transform("
    "list_filter(sounded, lambda x: NOT list_contains(sounds, split_part(x, '/', 1))),"
    " lambda x: split_part(x, '/', 2)), ' ')",
)
"""What DuckDB must be told first: Splink does not find the columns that a lambda speaks of."""

DUCKDB = Dialect("duckdb")
SPARK = Dialect("spark")
