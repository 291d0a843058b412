"""The script of a text, and its spelling in the basic Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from anyascii import anyascii

from everyname.vocabulary.letters import HINTS, LETTERS

_NOT_LATIN = re.compile(r"[^a-z0-9]+")
_ARMENIAN_VO = re.compile(r"(?<!\w)ո(?=[^ւ\W])")
_ARMENIAN_YE = re.compile(r"(?<!\w)ե(?=\w)")
_CACHE = 1 << 17


@lru_cache(maxsize=1 << 14)
def _letter_script(letter: str) -> str:
    if not letter.isalpha():
        return ""
    first = unicodedata.name(letter, "").split(" ", 1)[0]
    return "Han" if first in {"CJK", "KANGXI"} else first.title()


def script(text: str) -> str:
    """Script that most letters of a text belong to, such as "Latin" or "Arabic".

    Returns
    -------
    str
        The first word of the letters' names in Unicode ("Han" for Chinese characters); empty
        where the text has no letter. Of two scripts with as many letters the first one wins.
    """
    if text.isascii():
        return "Latin" if any(c.isalpha() for c in text) else ""
    letters = Counter(found for c in text if (found := _letter_script(c)))
    return letters.most_common(1)[0][0] if letters else ""


@lru_cache(maxsize=_CACHE)
def latin(text: str) -> str:
    """Spell a text in lower-case ASCII letters and digits, words joined by one space.

    The same name in Latin letters with and without accents, and in Cyrillic, Armenian or
    Georgian, comes out close to its usual English spelling. Arabic script leaves short vowels
    out; the consonants alone can then be compared (see `skeleton`).
    """
    if text.isascii():
        return " ".join(_NOT_LATIN.split(text.lower().replace("'", ""))).strip()
    lower = unicodedata.normalize("NFC", text.replace("İ", "i").lower())
    lower = _ARMENIAN_YE.sub("ye", _ARMENIAN_VO.sub("vo", lower)).replace("ու", "u")
    nothing: Mapping[str, str] = {}
    hint = next((read for only, read in HINTS if not only.isdisjoint(lower)), nothing)
    spelled = "".join(_letter(c, hint) for c in lower)
    return " ".join(_NOT_LATIN.split(spelled)).strip()


def _letter(letter: str, hint: Mapping[str, str]) -> str:
    spelled = hint.get(letter, LETTERS.get(letter))
    return _ascii(letter) if spelled is None else spelled


@lru_cache(maxsize=1 << 14)
def _ascii(letter: str) -> str:
    if unicodedata.category(letter) in {"Mn", "Lm"}:
        return ""
    spelled: str = anyascii(letter)
    # Chinese characters are words of their own; signs such as ayn are not letters.
    word = f" {spelled} " if _letter_script(letter) == "Han" else spelled
    return re.sub("['`’]", "", word).lower()
