"""A person's name as a source writes it, and the forms in which names are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from everyname.vocabulary.canonical_part import canonical_part
from everyname.vocabulary.cell import is_unknown, tidy
from everyname.vocabulary.code_list import folded
from everyname.vocabulary.name_letters import joined_latin, name_latin
from everyname.vocabulary.name_prefix import with_prefixes
from everyname.vocabulary.name_words import (
    ARABIC_ABBREVIATIONS,
    ARTICLES,
    CHILD_OF,
    FILLERS,
    GENERIC,
    NOT_ARTICLE_ARABIC,
    OF_PARENT,
    RELATIVES,
    SUN_ARTICLES,
    TITLES,
    TITLES_BEFORE,
    UNKNOWN_NAMES,
    UNKNOWN_PHRASE,
)
from everyname.vocabulary.script import script
from everyname.vocabulary.skeleton import skeleton

_BETWEEN = re.compile(
    r"[\s,;./()\[\]{}\"«»“”„*_+|\\،؛:!?#&=<>~^%@$•]+|(?<![㐀-鿿])[·・]|[·・](?![㐀-鿿])"
)
_HYPHENS = re.compile("[-‐‑–—־]+")
_CHILD_OF = re.compile(r"\b(?:son|daughter) of\b|\b[sdw]/o\b", re.IGNORECASE)
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
        return " ".join(filter(None, map(name_latin, self.parts)))

    @property
    def key(self) -> str:
        """Latin parts in alphabetical order, without titles, articles and "son of".

        "Abu Zaid" and "Abuzaid", "al-Masri" and "Masri" have one key.
        """
        return " ".join(sorted(_compared(self.text)))

    @property
    def canonical(self) -> str:
        """Canonical forms of the parts of the key (see `canonical_part`), in alphabetical order.

        "Bob Example" and "Robert Example" have one, and so have "Ivanova, Olha" and "Ольга Иванов".
        """
        return " ".join(sorted(map(canonical_part, _compared(self.text))))

    @property
    def in_order(self) -> tuple[str, ...]:
        """Parts of the key in the order written."""
        return _compared(self.text)

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
    named = [word for word in words if not _is_title(word)] or words
    while len(named) > 2 and name_latin(named[0]) in TITLES_BEFORE:
        named = named[1:]
    return tuple(named)


@lru_cache(maxsize=_CACHE)
def _is_title(word: str) -> bool:
    return name_latin(word) in TITLES or word in ARABIC_ABBREVIATIONS


@lru_cache(maxsize=_CACHE)
def _compared(text: str) -> tuple[str, ...]:
    words: list[str] = []
    for part in _parts(_CHILD_OF.sub(" ibn ", text)):
        words.extend(_unhyphenated(part))
    kept = [w for i, w in enumerate(words) if not _is_glue(words, i)] or words
    return tuple(filter(None, with_prefixes(kept)))


@lru_cache(maxsize=_CACHE)
def _unhyphenated(part: str) -> tuple[str, ...]:
    pieces = [_spelled(_without_arabic_article(piece)) for piece in _HYPHENS.split(part)]
    words = [word for piece in pieces for word in piece.split()]
    if len(words) > 1 and _is_article(words[0], words[1]):
        words = words[1:]
    # The middle article of Abd al-Rahman written with hyphens throughout.
    return tuple(w for i, w in enumerate(words) if not (0 < i < len(words) - 1 and w in ARTICLES))


def _spelled(piece: str) -> str:
    if "·" in piece or "・" in piece:
        return " ".join(map(joined_latin, re.split("[·・]", piece)))
    return name_latin(piece)


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
