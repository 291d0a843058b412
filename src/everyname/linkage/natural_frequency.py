"""Natural frequency: a share told as so many of so many, which people follow better than a p."""

from __future__ import annotations

from math import log2

_LEAST = 1e-6
_MOST = 0.9995
_SMALLEST = 1e-9


def of_many(share: float) -> str:
    """Tell a share between 0 and 1 as so many of so many.

    Parameters
    ----------
    share
        For example 0.00025 or 0.9.

    Returns
    -------
    str
        For example ``1 of 4,000`` or ``9 of 10``. Two significant digits; what lies beyond one in
        a million, or beyond 999 of 1,000, is told as such, never as none or all.

    References
    ----------
    Gigerenzer, G., Hoffrage, U. (1995). How to improve Bayesian reasoning without instruction:
    frequency formats. Psychological Review 102, 684-704.
    """
    if share < _LEAST:
        return "fewer than 1 of 1,000,000"
    if share >= _MOST:
        return "more than 999 of 1,000"
    if share >= 0.995:
        return f"{round(share * 1000)} of 1,000"
    hundred = round(share * 100)
    if hundred < 10:
        return f"1 of {two_digits(1 / share)}"
    if hundred == 50:
        return "1 of 2"
    return f"{hundred} of 100" if hundred % 10 else f"{hundred // 10} of 10"


def are(many: str) -> str:
    """Verb after what `of_many` told: 1 of 4,000 is, 9 of 10 are."""
    return "is" if many.removeprefix("fewer than ").startswith("1 of ") else "are"


def two_digits(value: float) -> str:
    """Write a number of at least 1 with two significant digits: 4,000 or 1.3 or 21."""
    if value < 9.95:
        return f"{value:.1f}".removesuffix(".0")
    digits = len(str(round(value))) - 2
    return f"{round(round(value), -digits):,}"


def bits(m: float, u: float) -> float:
    """Match weight: how many times the odds of a match double, log2(m / u).

    Parameters
    ----------
    m, u
        Share among pairs of one person, and among pairs of two.
    """
    return log2(max(m, _SMALLEST) / max(u, _SMALLEST))


def odds_bits(probability: float) -> float:
    """Log2 of the odds of a probability, which is kept a little off 0 and 1."""
    p = min(max(probability, _SMALLEST), 1 - _SMALLEST)
    return log2(p / (1 - p))


def from_bits(weight: float) -> float:
    """Probability of log2 odds."""
    if weight > 60:
        return 1.0
    odds: float = 2.0**weight
    return odds / (1 + odds)
