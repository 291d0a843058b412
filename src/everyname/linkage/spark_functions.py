"""Spark functions: SQL functions that give on Spark what DuckDB gives, to the last digit."""

from __future__ import annotations

# Splink's own function does not round half a transposition down, and so stays up to 1/18 behind
# DuckDB's on one pair in five. Below this likeness DuckDB's stays under .7, where no prefix is
# rewarded and no threshold lies: such texts count as unlike, without a closer look.
SURELY_UNLIKE = 0.64


def _let(name: str, value: str, body: str) -> str:
    """SQL of a body that speaks of a value by name, computed once."""
    return f"element_at(transform(array({value}), {name} -> {body}), 1)"


def _jaro_winkler() -> str:
    """SQL of the Jaro-Winkler likeness of ``a`` and ``b``; as the rapidfuzz library computes it.

    Letters of ``a`` are looked for, in turn, in reach in ``b``; found ones are struck out there
    with a sign that no name in Latin letters has. The floating-point operations come in the same
    order as in rapidfuzz, so that both engines agree at thresholds.
    """
    reach = "greatest(CAST(greatest(length(a), length(b)) div 2 AS INT) - 1, 0)"
    letter = "substr(a, i, 1)"
    at = f"locate({letter}, s.free, greatest(1, i - {reach}))"
    step = (
        f"CASE WHEN {at} BETWEEN 1 AND i + {reach} THEN named_struct("
        f"'free', overlay(s.free PLACING '\\u0001' FROM {at} FOR 1),"
        f" 'found', concat(s.found, {letter})) ELSE s END"
    )
    met = (
        f"aggregate(sequence(1, length(a)), named_struct('free', b, 'found', ''), (s, i) -> {step})"
    )
    struck = (
        "array_join(transform(sequence(1, length(b)),"
        " i -> CASE WHEN substr(s.free, i, 1) = '\\u0001' THEN substr(b, i, 1) ELSE '' END), '')"
    )
    count = "CAST(length(s.found) AS DOUBLE)"
    moved = (
        "CAST(size(filter(sequence(1, length(s.found)),"
        " i -> substr(s.found, i, 1) <> substr(t, i, 1))) div 2 AS DOUBLE)"
    )
    jaro = f"({count} / length(a) + {count} / length(b) + ({count} - {moved}) / {count}) / 3.0D"
    prefix = " ".join(
        f"WHEN length(a) >= {n} AND left(a, {n}) = left(b, {n}) THEN {n}" for n in (4, 3, 2, 1)
    )
    rewarded = (
        f"CASE WHEN j > 0.7D THEN j + (CASE {prefix} ELSE 0 END) * 0.1D * (1.0D - j) ELSE j END"
    )
    some = _let("t", struck, _let("j", jaro, rewarded))
    body = f"CASE WHEN s.found = '' THEN 0.0D ELSE {some} END"
    return f"CASE WHEN a = '' OR b = '' THEN 0.0D ELSE {_let('s', met, body)} END"


LETTERS_ALIKE = (
    "CREATE OR REPLACE TEMPORARY FUNCTION letters_alike(a STRING, b STRING) RETURNS DOUBLE"
    " RETURN CASE WHEN a IS NULL OR b IS NULL THEN NULL"
    f" WHEN jaro_winkler(a, b) < {SURELY_UNLIKE}D THEN 0.0D"
    f" ELSE {_jaro_winkler()} END"
)
"""What Spark must be told first; ``jaro_winkler`` comes from the archive bundled with Splink."""
