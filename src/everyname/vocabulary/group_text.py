"""A text in a list of persons that speaks of several people without naming them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from everyname.vocabulary.cell import ascii_digits, tidy
from everyname.vocabulary.family_text import (
    JOINED,
    PARTICLE,
    counted,
    family,
    is_surname,
    like_a_name,
    noun_meaning,
    skip_beside,
    smallest,
    stated_quantity,
    states_number,
)
from everyname.vocabulary.group_word import (
    FAMILY_NAMED,
    FAMILY_WORDS,
    UNKNOWN_NUMBER,
    anybody,
    bare,
    more_alone,
    nouns,
    plural,
    relatives,
    relatives_alone,
    twins,
    unknown,
)
from everyname.vocabulary.number_word import digits_for_words, fold_words, number_in_words
from everyname.vocabulary.quantity import Quantity
from everyname.vocabulary.relation_word import (
    OF_OTHERS,
    joins_names,
    others_named,
    others_triggers,
)
from everyname.vocabulary.word_pattern import folded_pattern

LONGEST = 120
"""Characters beyond which a text is an account, not a group."""

FAMILY = "family, number not stated"
NOT_STATED = "number not stated"
_AND = re.compile(
    r"\s*,\s*(?:(?:and|и|et|y|ve|və|և)\s+)?|\s+(?:and|with|plus|и|та|et|y|ve|və|ile|ilə|և)\s+"
    r"|\s*[&+]\s*|\s+و\s*"
)
_POSSESSIVE = re.compile(
    r"^(?:his|her|their|the|a|an|one|1|sa|son|ses|leur|leurs|sus|su|la|el|une|un|una|его|ее|их"
    r"|йога|його|її) "
)
_OWN = re.compile(r"^(?:his|her|their|sa|son|ses|leur|leurs|sus|su|его|ее|их|його|її) ")
_OF_SOMEBODY = re.compile(r" (?:of|de) \S.*$")
_CYRILLIC = frozenset("абвгдежзиклмнопрстуфхцчшщэюяєії")
_WORD = re.compile(r"\w+")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_](?!\w)(?<=[A-ZА-ЯІ])\.?")
LONGEST_LINE = 300
"""Characters beyond which a text is not looked through for others."""

_LISTED = re.compile(
    r"(?P<noun>[^0-9()\[\]:–—]+?)\s*(?:[(\[]\s*(?P<n>[^()\[\]]+?)\s*[)\]]|[:–—-]\s*(?P<m>[0-9]+))"
)


@dataclass(frozen=True, slots=True)
class GroupText:
    """What a text says of several unnamed people.

    Parameters
    ----------
    low, best, high
        Bounds and best value; None where the text states none.
    unit
        Code of the counting unit.
    victim_class
        Who they are, such as "children"; empty where the text does not say.
    flags
        As in `Quantity`, "number not stated", where only a plural says that they are several, and
        "family, number not stated": a family is at least two persons.
    text
        The text as written.
    """

    low: int | None
    best: int | None
    high: int | None
    unit: str
    victim_class: str
    flags: tuple[str, ...]
    text: str


def parse_group(text: str) -> GroupText | None:
    """Recognise a text that speaks of several people without naming them.

    It is made to be right where it answers: a name, one person described ("unidentified man"),
    and any text that it does not understand to its end are None.

    Parameters
    ----------
    text
        A cell of the name column, such as ``family of seven``, ``5 unidentified men``,
        ``his wife and three children``.
    """
    shown = tidy(text)
    if not 3 <= len(shown) <= LONGEST or "\x00" in shown:
        return None
    folded = fold_words(ascii_digits(shown)).strip(" .;,*")
    if not _may_be_group(folded) or like_a_name(shown):
        return None
    found = _read(folded)
    if found is None and (shown == shown.lower() or folded.split()[-1] in bare()):
        found = _only_plural(folded)
    if found is None:
        return None
    quantity, unit, people = found
    stated = [n for n in (quantity.low, quantity.best, quantity.high) if n is not None]
    if max(stated) < 2:
        return None
    return GroupText(quantity.low, quantity.best, quantity.high, unit, people, quantity.flags, text)


@cache
def _triggers() -> frozenset[str]:
    phrases = [*nouns(), *plural(), *twins(), *relatives()[1], *relatives()[2]]
    phrases += [*unknown(), *more_alone()]
    last = {phrase.split()[-1] for phrase in phrases}
    return frozenset(last | set(FAMILY_WORDS.split()))


def _may_be_group(folded: str) -> bool:
    words = folded.replace(",", " ").replace("(", " ").replace(":", " ").split()
    return not _triggers().isdisjoint(words)


@lru_cache(maxsize=1 << 12)
def _read(folded: str) -> tuple[Quantity, str, str] | None:
    if folded in twins():
        return Quantity.exactly(twins()[folded]), "persons", ""
    plain = ascii_digits(digits_for_words(folded))
    for read in (family, counted, _listed, _brothers, _related, _unnumbered):
        for text in (folded, plain):
            if found := read(text):
                return found
    return None


def _listed(text: str) -> tuple[Quantity, str, str] | None:
    """Noun and number: ``unidentified bodies (12)``."""
    found = _LISTED.fullmatch(text)
    if found is None or (quantity := stated_quantity(found["n"] or found["m"])) is None:
        return None
    meaning = _plural(found["noun"].split())
    return (quantity, *meaning) if meaning and smallest(quantity) >= 2 else None


def _unnumbered(text: str) -> tuple[Quantity, str, str] | None:
    """Several people without a number: ``unidentified bodies``, ``family of ...``."""
    words = text.split()
    if words and " ".join(words[:-1]) in unknown() and (meaning := _plural(words)):
        return Quantity(low=2, flags=("vague",)), *meaning
    found = folded_pattern(FAMILY_NAMED).fullmatch(text)
    if found and (name := next(filter(None, found.groups()))) and len(name.split()) <= 5:
        if states_number(name) or JOINED.search(text):
            return None
        return Quantity(low=2, flags=("vague", FAMILY)), "persons", ""
    found = folded_pattern(UNKNOWN_NUMBER).match(text)
    if found and (
        meaning := noun_meaning(text[found.end() :].split()) or _only_noun(text[found.end() :])
    ):
        return Quantity(low=2, flags=("vague", NOT_STATED)), *meaning
    return None


def _only_plural(text: str) -> tuple[Quantity, str, str] | None:
    """A plural of people and nothing else: ``villagers``."""
    meaning = _only_noun(text)
    return meaning and (Quantity(low=2, flags=("vague", NOT_STATED)), *meaning)


def _only_noun(text: str) -> tuple[str, str] | None:
    words = text.split()
    place = skip_beside(words, 0)
    return next((plural()[p] for p in (text, " ".join(words[place:])) if p in plural()), None)


def _plural(words: Iterable[str]) -> tuple[str, str] | None:
    """Meaning of a plural noun that stands without a number behind words for "unidentified"."""
    known = list(words)
    place = skip_beside(known, 0)
    rest = known[place:]
    if len(rest) != 1 and known and known[0] in plural():
        rest = known[:1] if skip_beside(known, 1) == len(known) else []
    if len(rest) != 1 or rest[0] not in plural():
        return None
    return plural().get(rest[0])


def _related(text: str) -> tuple[Quantity, str, str] | None:
    """Relatives: ``his wife and 3 children``, ``2 brothers``."""
    plain = _OF_SOMEBODY.sub("", text)
    items = _AND.split(plain)
    if len(items) > 1 and not _of_several(plain, items):
        return None
    total, open_ended = 0, False
    for item in items:
        number, at_least = _relative(item.strip())
        if not number:
            return None
        total += number
        open_ended = open_ended or at_least
    alone = open_ended and len(items) == 1 and plain == text
    if total < 2 or (alone and not _POSSESSIVE.match(text)):
        return None
    if open_ended:
        return Quantity(low=total, flags=("at least",)), "persons", ""
    return Quantity.exactly(total), "persons", ""


def _of_several(plain: str, items: Iterable[str]) -> bool:
    """Whether items of a list are several persons, not one described twice: ``child, boy``."""
    joined = any(mark[0].strip(" ,") for mark in _AND.finditer(plain))
    if not (joined or _OWN.match(plain) or any(c.isdecimal() for c in plain)):
        return False
    return not all(_POSSESSIVE.sub("", item.strip()) in anybody() for item in items)


def _relative(item: str) -> tuple[int, bool]:
    """Number of relatives in one item of a list, and whether it is only a lower bound."""
    bare = _POSSESSIVE.sub("", item)
    bare = _POSSESSIVE.sub("", bare)
    if bare in relatives()[1]:
        return 1, False
    head, _, noun = bare.partition(" ")
    noun = _OWN.sub("", noun)
    if head.isdecimal() and int(head) >= 2:
        several = noun in relatives()[2] or nouns().get(noun, ("", ""))[0] == "persons"
        return (int(head), False) if several else (0, False)
    return (2, True) if bare in relatives_alone() else (0, False)


def _brothers(text: str) -> tuple[Quantity, str, str] | None:
    """Relatives with their family name: ``3 brothers Miller``."""
    head, _, rest = text.partition(" ")
    noun, _, name = rest.partition(" ")
    if not (name and head.isdecimal() and int(head) >= 2 and name.replace(" ", "").isalpha()):
        return None
    several = noun in relatives_alone() or (noun in relatives()[2] and noun[0] in _CYRILLIC)
    if not several or len(name.split()) > 2 or not is_surname(name) or states_number(name):
        return None
    return Quantity.exactly(int(head)), "persons", ""


def may_be_several(text: str) -> bool:
    """Whether a text that names a person may speak of others as well.

    Parameters
    ----------
    text
        A cell of the name column, such as ``John Miller and family``, ``John and Mary Miller``.
        Digits right behind one name (``Mary 12``) say nothing of others.
    """
    shown = tidy(text)
    if not 3 <= len(shown) <= LONGEST_LINE or shown.isalpha():
        return False
    if joins_names(shown):
        return True
    if not shown.isupper():
        # Letters that stand alone are initials: Ana Y Example.
        shown = shown[0] + _INITIAL.sub(" ", shown[1:])
    folded = fold_words(ascii_digits(shown))
    words = _WORD.findall(folded)
    numbered = any(w.isdecimal() for w in words) or "+" in folded
    first, _, rest = shown.partition(" ")
    if not numbered and rest and first.islower() and not PARTICLE.match(f" {shown}"):
        numbered = (number_in_words(first) or 0) >= 2
    if not numbered and others_triggers().isdisjoint(words):
        return any(w[0] == "و" and w[1:] in others_triggers() for w in words)
    plain = OF_OTHERS.sub("", ascii_digits(digits_for_words(folded)))
    return others_named().search(plain) is not None
