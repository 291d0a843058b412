"""Reliability of a source and credibility of a piece of information (Admiralty code).

The two are rated apart. F and 6 mean *cannot be judged*, not worst.
"""

from __future__ import annotations

from everyname.vocabulary.reading import UNKNOWN, Reading, ReadOptions, refuse

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}


def read_reliability(text: str, _options: ReadOptions = ReadOptions()) -> Reading:
    """Read a grade A-F."""
    return _grade(text, RELIABILITY, "reliability is a letter A-F")


def read_credibility(text: str, _options: ReadOptions = ReadOptions()) -> Reading:
    """Read a grade 1-6."""
    return _grade(text, CREDIBILITY, "credibility is a digit 1-6")


def _grade(text: str, grades: dict[str, str], rule: str) -> Reading:
    grade = text.strip().upper()
    if not grade:
        return Reading()
    if grade == UNKNOWN.upper():
        return Reading(UNKNOWN, "unknown")
    if grade not in grades:
        return refuse(f"{text.strip()[:20]!r} is not a grade: {rule}")
    return Reading(grade)
