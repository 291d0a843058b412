"""A person's name as a source writes it, and the forms in which names are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from everyname.vocabulary.cell import is_unknown, tidy
from everyname.vocabulary.code_list import folded
from everyname.vocabulary.name_words import (
    ARTICLES,
    CHILD_OF,
    FILLERS,
    GENERIC,
    NOT_ARTICLE,
    NOT_ARTICLE_ARABIC,
    OF_PARENT,
    RELATIVES,
    SUN_ARTICLES,
    TITLES,
    UNKNOWN_NAMES,
    UNKNOWN_PHRASE,
)
from everyname.vocabulary.script import latin, script
from everyname.vocabulary.skeleton import skeleton

_BETWEEN = re.compile(r"[\s,;./()\[\]{}\"«»“”„*_+|\\،؛:!?#&=<>~^%@$·•]+")
_HYPHENS = re.compile("[-‐‑–—־]+")
_CHILD_OF = re.compile(r"\b(?:son|daughter) of\b|\b[sdw]/o\b", re.IGNORECASE)
_ABD = re.compile(r"abd(?:ul|el|al|il|oul|ur|er|ar|ou|u)(?!la)([a-z]{3,})")
_ABU = re.compile(r"ab(?:u|ou|o|w)(?=[a-z]{3})")
_DOUBLED_START = re.compile(r"([rsnzdt])\1")
_CACHE = 1 << 17


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name as a source writes it.

    Parameters
    ----------
    text
        The name in any script. It is kept as it is.
    """

    text: str

    @property
    def unknown(self) -> bool:
        """Whether the text stands in place of a name: "unidentified man", "N.N.", "wife of X"."""
        return _is_placeholder(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """Words of the name as written, without titles and punctuation."""
        return _parts(self.text)

    @property
    def script(self) -> str:
        """Script of the name, such as "Latin", "Cyrillic" or "Arabic"."""
        return script(self.text)

    @property
    def latin(self) -> str:
        """Name in lower-case ASCII letters, in the order written."""
        return " ".join(filter(None, map(latin, self.parts)))

    @property
    def key(self) -> str:
        """Latin parts in alphabetical order, without titles, articles and "son of".

        "Abu Zaid" and "Abuzaid", "al-Masri" and "Masri" have one key.
        """
        return " ".join(sorted(_compared(self.text)))

    @property
    def skeleton(self) -> str:
        """Consonant skeletons of the parts of the key, in alphabetical order."""
        return " ".join(sorted(map(skeleton, _compared(self.text))))


@lru_cache(maxsize=_CACHE)
def _parts(text: str) -> tuple[str, ...]:
    # Lists fill a missing part with 0.
    words = [
        word
        for word in _BETWEEN.split(tidy(text))
        if any(c.isalnum() for c in word) and word.strip("0٠")
    ]
    named = [word for word in words if latin(word) not in TITLES]
    return tuple(named or words)


@lru_cache(maxsize=_CACHE)
def _compared(text: str) -> tuple[str, ...]:
    words: list[str] = []
    for part in _parts(_CHILD_OF.sub(" ibn ", text)):
        words.extend(_unhyphenated(part))
    kept = [w for i, w in enumerate(words) if not _is_glue(words, i)] or words
    return tuple(filter(None, map(_joined_form, _with_prefixes(kept))))


@lru_cache(maxsize=_CACHE)
def _unhyphenated(part: str) -> tuple[str, ...]:
    pieces = [latin(_without_arabic_article(piece)) for piece in _HYPHENS.split(part)]
    words = [word for piece in pieces for word in piece.split()]
    if len(words) > 1 and _is_article(words[0], words[1]):
        words = words[1:]
    # The middle article of Abd al-Rahman written with hyphens throughout.
    return tuple(w for i, w in enumerate(words) if not (0 < i < len(words) - 1 and w in ARTICLES))


def _is_article(word: str, after: str) -> bool:
    return word in ARTICLES or (word in SUN_ARTICLES and after[:1] == word[1:2])


def _without_arabic_article(word: str) -> str:
    if word.startswith("ال") and len(word) >= 5 and word not in NOT_ARTICLE_ARABIC:
        return word[2:]
    if word.startswith("عبدال") and len(word) >= 8:
        return f"عبد{word[5:]}"
    return word


def _is_glue(words: list[str], place: int) -> bool:
    """Whether a word only binds others: an article, or "son of" between two names."""
    word, last = words[place], len(words) - 1
    if word in OF_PARENT:
        return place > 0
    if place == last:
        return False
    if word in CHILD_OF:
        return place > 0
    # "Al" can be a given name of two words: Al Example.
    return word in ARTICLES and (place > 0 or last > 1)


def _with_prefixes(words: list[str]) -> list[str]:
    """Join "abu" and "abd" to the word that they need."""
    joined: list[str] = []
    waiting = ""
    for word in words:
        if word in {"abu", "abou", "abo", "abw", "aboo"}:
            waiting += "abu"
        elif word in {"abd", "abdul", "abdel", "abdal", "abdoul", "abdu", "abdur", "abdou"}:
            waiting += "abd"
        else:
            joined.append(waiting + word)
            waiting = ""
    return [*joined, waiting] if waiting else joined


@lru_cache(maxsize=_CACHE)
def _joined_form(word: str) -> str:
    """Spell a prefix written into the word in one way, and drop an article written into it."""
    if found := _ABD.fullmatch(word):
        return "abd" + _DOUBLED_START.sub(r"\1", found[1], count=1)
    word = _ABU.sub("abu", word, count=1) if _ABU.match(word) else word
    if len(word) >= 6 and word.startswith("al") and word[2] not in "aeiouyl":
        return word if word in NOT_ARTICLE else word[2:]
    return word


@lru_cache(maxsize=_CACHE)
def _is_placeholder(text: str) -> bool:
    plain = folded(text)
    if not plain or is_unknown(tidy(text)) or plain in {"n n", "n k"}:
        return True
    if f"{plain} ".startswith(RELATIVES) or plain.endswith((" wife", " husband")):
        return True
    described = UNKNOWN_PHRASE.sub("unknown", plain)
    words = {w for w in described.split() if w not in FILLERS and not w.isdecimal()}
    return bool(words) and words <= UNKNOWN_NAMES | GENERIC
