"""Whole numbers spelled out in words, in the languages of `number_words.tsv`.

The table beside this file is made from the spell-out rules of the Unicode CLDR by
``tests/vocabulary/spelled_numbers.py``: each line is a form, its value and its languages. A value
behind ``*`` multiplies what stands before it (thousand), a ``+`` joins two numbers (and). The
table is read when the first spelled-out number is looked up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from everyname.vocabulary.cell import tidy
from everyname.vocabulary.script import latin

LONGEST = 200
"""Characters beyond which a text is not taken for a number."""

_TABLE = Path(__file__).with_name("number_words.tsv")
_LONGEST_FORM = 48
# Marks that writers leave out; the vowel signs of Indic and South-East Asian scripts are letters.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670\u0640\u00ad\u200b-\u200f]+")
_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "־": "-"})
_DASHES = str.maketrans({"-": " ", "–": " ", "—": " "})
_FOLDED = str.maketrans({"ı": "i", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"})
_APOSTROPHES = re.compile("['’ʼ](?![0-9])|(?<![0-9])['’ʼ]")
# Numbers in one language (to: Danish, en: Swedish) that are common words in others.
_COMMON = frozenset({"to", "en", "du", "et", "ene", "sex"})
_SPELLED_IN_LATIN = ("CYRILLIC", "ARMENIAN", "GREEK", "GEORGIAN")
_WITHOUT_SPACES = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


class _Form(NamedTuple):
    value: int
    kind: str
    languages: frozenset[str]
    glued: frozenset[str]


class _State(NamedTuple):
    """A number read so far, and the multipliers used in it, largest first."""

    value: int
    steps: tuple[int, ...]
    languages: frozenset[str]
    started: bool = False
    joined: bool = False
    bare: bool = False


def fold_words(text: str) -> str:
    """Spell a text without case, accents, apostrophes and vowel signs of Semitic scripts.

    An apostrophe between digits stays: it groups them.
    """
    if text.isascii():
        return " ".join(_APOSTROPHES.sub("", text.lower()).split())
    # Not NFKD, which would make digits of footnote marks.
    plain = unicodedata.normalize("NFD", text.casefold().translate(_FOLDED))
    plain = unicodedata.normalize("NFC", _MARKS.sub("", plain)).translate(_FOLDED)
    plain = _APOSTROPHES.sub("", plain)
    return " ".join(plain.replace("ماي", "مي").translate(_HYPHENS).split())


def fold_number(text: str) -> str:
    """Spell a text as the forms of the table are spelled: `fold_words` without hyphens."""
    return " ".join(fold_words(text).translate(_DASHES).split())


def number_in_words(text: str, language: str = "") -> int | None:
    """Read a whole number spelled out in words, such as ``thirty-four``.

    Parameters
    ----------
    text
        Only the number. Cyrillic, Greek, Armenian and Georgian words are also read in Latin
        letters.
    language
        Code of CLDR, such as ``ru``; empty for any language.

    Returns
    -------
    int or None
        None where the text is no such number, or means different numbers in different languages.
    """
    plain = fold_number(tidy(text)) if len(text) <= LONGEST else ""
    if not plain or any(c.isdecimal() for c in plain):
        return None
    return _number(plain, language)


@lru_cache(maxsize=1 << 14)
def _number(plain: str, language: str) -> int | None:
    for forms, spelled in _tables(plain):
        values = {
            value for end, value in _readings(forms, spelled, 0, language) if end == len(spelled)
        }
        if values:
            return values.pop() if len(values) == 1 else None
    return None


def factor(word: str) -> int | None:
    """Number that a word multiplies digits by, such as 1,000 for "thousand" and "тысячи"."""
    plain = fold_number(word)
    found = {form.value for form in _forms().get(plain, ()) if form.kind == "*"}
    return found.pop() if len(found) == 1 and min(found) >= 1000 else None


def _tables(plain: str) -> Iterator[tuple[Mapping[str, tuple[_Form, ...]], str]]:
    yield _forms(), plain
    if plain.isascii():
        yield _latin_forms(), plain.replace("'", "")


@lru_cache(maxsize=1 << 14)
def digits_for_words(text: str, language: str = "") -> str:
    """Write each number spelled out in a text in digits, and the rest as `fold_words` does.

    Words that mean different numbers in different languages stay.
    """
    shown = fold_words(tidy(text)) if len(text) <= LONGEST else ""
    plain = shown.translate(_DASHES)
    pieces: list[str] = []
    place, last = 0, -1
    while place < len(plain):
        # A syllable right behind a number is its unit, whatever else it means: 삼십사세.
        if place == last or not _begins_word(plain, place):
            end, value = place, None
        else:
            end, value = _longest(plain, place, language)
        pieces.append(shown[place] if value is None else f"{value}")
        place, last = (place + 1, -1) if value is None else (end, end)
    return "".join(pieces)


def _longest(plain: str, place: int, language: str) -> tuple[int, int | None]:
    for forms, spelled in _tables(plain):
        if len(spelled) != len(plain):
            continue
        found: dict[int, set[int]] = {}
        for end, value in _readings(forms, spelled, place, language):
            if _ends_word(plain, end):
                found.setdefault(end, set()).add(value)
        if found:
            end = max(found)
            if not language and plain[place:end] in _COMMON:
                return place, None
            return end, next(iter(found[end])) if len(found[end]) == 1 else None
    return place, None


def _begins_word(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum() or _spaceless(text[place - 1])


def _ends_word(text: str, end: int) -> bool:
    return end == len(text) or not text[end].isalnum() or _spaceless(text[end - 1])


@lru_cache(maxsize=1 << 12)
def _spaceless(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_WITHOUT_SPACES)


def _readings(
    forms: Mapping[str, tuple[_Form, ...]], text: str, place: int, language: str
) -> Iterator[tuple[int, int]]:
    """Every number that begins at a place: where it ends, and its value."""
    todo = [(place, _State(0, (), frozenset({language} if language else ())))]
    first = True
    while todo:
        at, state = todo.pop()
        if not (first or state.joined or state.bare):
            yield at, state.value
        skip = at < len(text) and text[at] == " " and not first
        for length in range(min(_LONGEST_FORM, len(text) - at - skip), 0, -1):
            start = at + skip
            for form in forms.get(text[start : start + length], ()):
                glued = not (skip or first or (state.joined and text[at - 2 : at - 1] in {"", " "}))
                after = _next(state, form, glued=glued)
                if after is not None:
                    todo.append((start + length, after))
        first = False


def _next(state: _State, form: _Form, *, glued: bool) -> _State | None:
    languages = form.glued if glued else form.languages
    if state.languages:
        languages = languages & state.languages
    if not languages:
        return None
    if form.kind == "+":
        if not state.started or state.joined or state.value == 0:
            return None
        return _State(state.value, state.steps, languages, started=True, joined=True)
    if form.kind == "*":
        found, bare = _times(state, form.value), False
    else:
        found, bare = _plus(state, form.value), _skips(state, form.value)
    return found and _State(*found, languages, started=True, bare=bare)


def _skips(state: _State, value: int) -> bool:
    """Whether a number leaves out a place without saying so: 一百二 is 120 to a Chinese reader."""
    if not state.started or state.joined or state.languages.isdisjoint({"zh", "yue"}):
        return False
    return bool(state.value % 10 ** (len(str(value)) + 1) == 0)


def _plus(state: _State, value: int) -> tuple[int, tuple[int, ...]] | None:
    if state.started:
        size = 10 ** len(str(value))
        if value == 0 or state.value == 0 or state.value % size:
            return None
    magnitude = 10 ** (len(str(value)) - 1)
    steps = (*state.steps, magnitude) if value >= 100 else state.steps
    return state.value + value, steps


def _times(state: _State, factor: int) -> tuple[int, tuple[int, ...]] | None:
    if not state.started or state.joined:
        return None
    if state.bare and state.value % 10 == 0:
        return None
    above = min((step for step in state.steps if step > factor), default=0)
    low = state.value % above if above else state.value
    if not low or factor in state.steps or (above and low * factor >= above):
        return None
    if factor == 100 and low > 99:
        return None
    larger = tuple(step for step in state.steps if step > factor)
    return state.value - low + low * factor, (*larger, factor)


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, tuple[_Form, ...]]:
    forms: dict[str, tuple[_Form, ...]] = {}
    glues: frozenset[str] = frozenset()
    known: dict[str, frozenset[str]] = {}
    with _TABLE.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            text, value, names = line.rstrip("\n").split("\t")
            languages = known.setdefault(names, frozenset(names.split()))
            if value == "glued":
                glues = languages
                continue
            kind = value[0] if value[0] in "*+" else ""
            form = _Form(int(value.lstrip("*+") or 0), kind, languages, languages & glues)
            forms[text] = (*forms.get(text, ()), form)
    return forms


@lru_cache(maxsize=1)
def _latin_forms() -> Mapping[str, tuple[_Form, ...]]:
    forms: dict[str, tuple[_Form, ...]] = {}
    for text, found in _forms().items():
        if unicodedata.name(text[0], "").startswith(_SPELLED_IN_LATIN):
            spelled = latin(text)
            forms[spelled] = (*forms.get(spelled, ()), *found)
    return forms
