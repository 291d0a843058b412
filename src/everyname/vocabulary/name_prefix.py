"""Prefixes that belong to the name behind them: Abu, Umm, Abd, and the Arabic article."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from everyname.vocabulary.name_words import NOT_ARTICLE
from everyname.vocabulary.word_set import word_set

_ABD = re.compile(r"abd(?:oul|[ueai]l|ar(?=r)|ou|[uei](?=[b-df-hj-np-tv-z]))(?!la)([a-z]{3,})")
_ABU = re.compile(r"ab(?:u|ou|o|w)(?=[a-z]{3})")
_DOUBLED_START = re.compile(r"([rsnzdt])\1")
_PREFIXES = MappingProxyType(
    {
        **dict.fromkeys(word_set("abu abou abo abw aboo ebu ebou"), "abu"),
        **dict.fromkeys(word_set("umm um oum omm"), "umm"),
        **dict.fromkeys(
            word_set("abd abdul abdel abdal abdoul abdu abdur abdou abdol abdor"), "abd"
        ),
    }
)


def with_prefixes(words: list[str]) -> list[str]:
    """Join "abu", "umm" and "abd" to the word that they need; other words get their joined form.

    Parameters
    ----------
    words
        Latin words of a name, in order.
    """
    joined: list[str] = []
    waiting = ""
    for word in words:
        prefix = _PREFIXES.get(word)
        if prefix is None:
            joined.append(waiting + joined_form(word))
            waiting = ""
        else:
            waiting += prefix
    return [*joined, waiting] if waiting else joined


@lru_cache(maxsize=1 << 17)
def joined_form(word: str) -> str:
    """Spell a prefix written into the word in one way, and drop an article written into it."""
    if word.startswith("abd") and (found := _ABD.fullmatch(word)):
        return "abd" + _DOUBLED_START.sub(r"\1", found[1], count=1)
    word = _ABU.sub("abu", word, count=1) if _ABU.match(word) else word
    if len(word) >= 6 and word.startswith("al") and word[2] not in "aeiouyl":
        return word if word in NOT_ARTICLE else word[2:]
    return word
