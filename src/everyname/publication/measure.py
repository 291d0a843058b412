"""Measure: how wide letters are, and how far apart the numbers of a scale may stand."""

from __future__ import annotations

import unicodedata
from math import ceil, floor, log10

# Widths in heights of a letter, of a wide sans-serif: no font is known where a report is read.
_NARROW, _SPACE, _WIDE, _CAPITAL, _DIGIT, _LATIN, _OTHER = 0.38, 0.33, 0.95, 0.72, 0.64, 0.61, 0.7
_NARROW_LETTERS = frozenset("fijlrtI.,;:'’|!()[]/-")
_WIDE_LETTERS = frozenset("mwMW…жмфшщыюЖМФШЩЫЮ")
_LATIN_ENDS = 0x370  # first code point after the Latin blocks and their marks
_FACTORS = ((50**0.5, 10), (10**0.5, 5), (2**0.5, 2))


def text_width(text: str, letters: int) -> float:
    """Width of a text in pixels, reckoned from its letters.

    Parameters
    ----------
    text
        In any script.
    letters
        Height of letters in pixels.

    Returns
    -------
    float
        About what a wide sans-serif takes; more for scripts other than Latin.
    """
    return sum(_letter_width(letter) for letter in text) * letters


def shortened(text: str, room: float, letters: int) -> str:
    """Cut a text off with three dots where it is wider than a room in pixels."""
    if text_width(text, letters) <= room:
        return text
    kept = ""
    left = room - text_width("…", letters)
    for letter in text:
        left -= text_width(letter, letters)
        if left < 0:
            break
        kept += letter
    return f"{kept.rstrip()}…"


def middle_shortened(text: str, room: float, letters: int) -> str:
    """Cut three dots into the middle of a text that is wider than a room in pixels.

    What tells names apart often stands at their end.
    """
    if text_width(text, letters) <= room:
        return text
    end = ""
    left = 0.45 * room
    for letter in reversed(text):
        left -= text_width(letter, letters)
        if left < 0:
            break
        end = letter + end
    _, space, after = end.partition(" ")
    if space and len(after) > len(end) / 2:
        end = f" {after}"
    start = shortened(text, room - text_width(end, letters), letters)
    return f"{start}{end}"


def in_lines(text: str, room: float, letters: int, most: int) -> tuple[str, ...]:
    """Break a text between words into lines no wider than a room in pixels.

    Parameters
    ----------
    text
        Words with spaces between them.
    room
        In pixels.
    letters
        Height of letters in pixels.
    most
        Lines at most; the last is cut off with three dots where more is left.
    """
    words = text.split()
    lines: list[str] = []
    while words and len(lines) < most - 1:
        fitting = 1
        while fitting < len(words) and (
            text_width(" ".join(words[: fitting + 1]), letters) <= room
        ):
            fitting += 1
        lines.append(shortened(" ".join(words[:fitting]), room, letters))
        words = words[fitting:]
    if words:
        lines.append(shortened(" ".join(words), room, letters))
    return tuple(lines)


def tick_step(span: float, ticks: int) -> float:
    """Distance between the numbers of a scale, as d3 chooses it: 1, 2 or 5 times a power of ten.

    Parameters
    ----------
    span
        Length of the scale, above 0.
    ticks
        About how many numbers are wanted.

    Returns
    -------
    float
        At least 1: persons are whole.
    """
    raw = span / ticks
    power = 10.0 ** floor(log10(raw))
    factor = next((f for least, f in _FACTORS if raw / power >= least), 1)
    return max(1.0, factor * power)


def tick_count(begin: float, end: float, pixels: float, letters: int, most: int) -> int:
    """How many numbers can be written along a scale without touching each other.

    Parameters
    ----------
    begin, end
        Numbers at the ends of the scale.
    pixels
        Its length.
    letters
        Height of letters in pixels.
    most
        Never more than so many.
    """
    # The outer numbers are moved inwards by half their width.
    need = 1.5 * text_width(f"{round(end):,}", letters) + 8
    span = max(end - begin, 1.0)
    fitting = (n for n in range(most, 1, -1) if tick_step(span, n) / span * pixels >= need)
    return next(fitting, 1)


def scale_top(largest: float, ticks: int) -> float:
    """End of a scale from 0 that has a number above the largest value, with some room.

    Parameters
    ----------
    largest
        Above 0.
    ticks
        About how many numbers are written.
    """
    top = largest * 1.04
    while top % (step := tick_step(top, ticks)):
        top = ceil(top / step) * step
    return top


def _letter_width(letter: str) -> float:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1
    for letters, width in ((_NARROW_LETTERS, _NARROW), (_WIDE_LETTERS, _WIDE)):
        if letter in letters:
            return width
    if letter.isspace():
        return _SPACE
    if ord(letter) >= _LATIN_ENDS:
        return _OTHER
    if letter.isdigit():
        return _DIGIT
    return _CAPITAL if letter.isupper() else _LATIN
