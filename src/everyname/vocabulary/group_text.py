"""A text in a list of persons that speaks of several people without naming them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.cell import ascii_digits, tidy
from everyname.vocabulary.group_word import (
    FAMILIES,
    FAMILY_BEHIND,
    FAMILY_NAMED,
    FAMILY_OF,
    FAMILY_WORDS,
    GROUP_OF,
    MORE_BEFORE,
    ONE,
    UNKNOWN_NUMBER,
    bare,
    beside,
    more_alone,
    nouns,
    plural,
    relatives,
    relatives_alone,
    tails,
    twins,
    unknown,
)
from everyname.vocabulary.number_word import digits_for_words, fold_words, number_in_words
from everyname.vocabulary.quantity import Quantity, parse_quantity
from everyname.vocabulary.relation_word import (
    OF_OTHERS,
    joins_names,
    others_named,
    others_triggers,
)
from everyname.vocabulary.word_pattern import folded_pattern
from everyname.vocabulary.word_set import word_set

LONGEST = 120
"""Characters beyond which a text is an account, not a group."""

FAMILY = "family, number not stated"
NOT_STATED = "number not stated"
LARGEST_FAMILY = 200
"""Number above which a number beside a family is a year or an address, not its members."""

_MOST_QUANTITY_WORDS = 6
_AND = re.compile(
    r"\s*,\s*(?:(?:and|и|et|y|ve|və|և)\s+)?|\s+(?:and|with|plus|и|та|et|y|ve|və|ile|ilə|և)\s+"
    r"|\s*[&+]\s*|\s+و\s*"
)
_POSSESSIVE = re.compile(
    r"^(?:his|her|their|the|a|an|one|1|sa|son|ses|leur|leurs|sus|su|la|el|une|un|una|его|ее|их"
    r"|йога|його|її) "
)
_OF_SOMEBODY = re.compile(r" (?:of|de) \S.*$")
_CUT = re.compile(r"\s*[,:;(\[–—]\s*|\s+-\s+|\s+")
_NO_SURNAME = word_set("and member members survivor survivors all head rest part none no another")
_PARTICLE = re.compile(r" (?:dos|das|ten|ter|san|on) (?=[^\W0-9])")
# "Ali ve ailesi" is Ali, and then his family.
_JOINED = re.compile(r" (?:ve|və|և|ու|ile|ilə) (?:ailesi|ailəsi|ընտանիքը)")
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
    if not _may_be_group(folded) or _like_a_name(shown):
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


def _like_a_name(shown: str) -> bool:
    """Whether a number in words and a noun are both capitalised, as a name is: Kırk Adam."""
    first, _, last = shown.partition(" ")
    return (
        last.isalpha() and first.istitle() and last.istitle() and number_in_words(first) is not None
    )


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
    for read in (_family, _counted, _listed, _brothers, _related, _unnumbered):
        for text in (folded, plain):
            if found := read(text):
                return found
    return None


def _family(text: str) -> tuple[Quantity, str, str] | None:
    """Family and number, with a name or a place beside them: ``family of 7 (Miller)``."""
    if found := _family_of(text):
        return found
    for cut in _CUT.finditer(text):
        head, rest = text[: cut.start()], text[cut.end() :].strip(" )].")
        mark = cut[0].strip()
        if _is_family_named(head) and (found := _members(rest, alone=bool(mark))):
            return found
        aside = mark or rest.split(" ", 1)[0] in tails()
        if aside and not _states_number(rest) and (found := _family_of(head)):
            return found
    return None


def _family_of(text: str) -> tuple[Quantity, str, str] | None:
    for source in FAMILIES:
        found = folded_pattern(source.replace("{n}", "(.+?)").replace("{one}", ONE)).fullmatch(text)
        if found and (members := _members(found[1])):
            return members
    found = folded_pattern(FAMILY_OF).fullmatch(text)
    return _members(found[2]) if found and _is_surname(found[1]) else None


def _members(text: str, *, alone: bool = True) -> tuple[Quantity, str, str] | None:
    """Number of a family's members; ``alone`` where it needs no noun."""
    text = text.strip(" .")
    if alone and (quantity := _quantity(text)):
        found = quantity, "persons", ""
    elif (counted := _counted(text)) and counted[1] == "persons":
        found = counted
    else:
        return None
    return found if _smallest(found[0]) <= LARGEST_FAMILY else None


def _is_family_named(text: str) -> bool:
    if text.endswith(" family") and (found := folded_pattern(FAMILY_BEHIND).fullmatch(text)):
        return _is_surname(found[1])
    found = folded_pattern(FAMILY_NAMED).fullmatch(text)
    return found is not None and not _states_number(text) and _JOINED.search(text) is None


def _is_surname(text: str) -> bool:
    """Whether a text before "family" is only its name, so that nobody else is spoken of."""
    words = text.split()
    known = tails() | relatives()[1] | relatives()[2] | _NO_SURNAME
    return len(words) <= 4 and known.isdisjoint(words) and all(c not in text for c in ",(&+:")


def _states_number(text: str) -> bool:
    """Whether a number of two or more stands in a text, "dos" of a surname aside."""
    if any(c.isdecimal() for c in text):
        return True
    words = ascii_digits(digits_for_words(_PARTICLE.sub(" ", text))).replace(",", " ").split()
    return any(w.strip("()[].;:").isdecimal() and int(w.strip("()[].;:")) >= 2 for w in words)


def _counted(text: str) -> tuple[Quantity, str, str] | None:
    """Number and noun: ``about 40 villagers``, ``5 unidentified men``, ``+ 3 more``."""
    more = folded_pattern(MORE_BEFORE).match(text)
    words = text[more.end() if more else 0 :].split()
    if group := folded_pattern(GROUP_OF).match(" ".join(words)):
        words = " ".join(words)[group.end() :].split()
    for count in range(min(_MOST_QUANTITY_WORDS, len(words)), 0, -1):
        quantity = _quantity(" ".join(words[:count]))
        if quantity is None or _smallest(quantity) < 2:
            continue
        rest = words[count:]
        if rest and rest[0] == "of" and quantity.best != quantity.low:
            rest = rest[1:]
        if meaning := _noun(rest):
            return quantity, *meaning
        if more and more.end() and rest and rest[0] in more_alone() and len(rest) == 1:
            return quantity, "persons", ""
    return None


def _noun(words: list[str]) -> tuple[str, str] | None:
    """Meaning of a noun with what may stand beside it, read to the end."""
    place = _skip(words, 0)
    for begin in range(place, -1, -1):
        for length in (3, 2, 1):
            meaning = nouns().get(" ".join(words[begin : begin + length]))
            end = begin + length
            if meaning and end <= len(words):
                after = _skip(words, end)
                rest = words[end:] if after < len(words) else []
                if not rest or {rest[0], words[after]} & tails():
                    return meaning
    return None


def _skip(words: list[str], place: int) -> int:
    while place < len(words):
        step = next(
            (n for n in (2, 1) if " ".join(words[place : place + n]).strip("(),") in beside()), 0
        )
        if not step:
            break
        place += step
    return min(place, len(words))


def _listed(text: str) -> tuple[Quantity, str, str] | None:
    """Noun and number: ``unidentified bodies (12)``."""
    found = _LISTED.fullmatch(text)
    if found is None or (quantity := _quantity(found["n"] or found["m"])) is None:
        return None
    meaning = _plural(found["noun"].split())
    return (quantity, *meaning) if meaning and _smallest(quantity) >= 2 else None


def _unnumbered(text: str) -> tuple[Quantity, str, str] | None:
    """Several people without a number: ``unidentified bodies``, ``family of ...``."""
    words = text.split()
    if words and " ".join(words[:-1]) in unknown() and (meaning := _plural(words)):
        return Quantity(low=2, flags=("vague",)), *meaning
    found = folded_pattern(FAMILY_NAMED).fullmatch(text)
    if found and (name := next(filter(None, found.groups()))) and len(name.split()) <= 5:
        if _states_number(name) or _JOINED.search(text):
            return None
        return Quantity(low=2, flags=("vague", FAMILY)), "persons", ""
    found = folded_pattern(UNKNOWN_NUMBER).match(text)
    if found and (meaning := _noun(text[found.end() :].split()) or _only_noun(text[found.end() :])):
        return Quantity(low=2, flags=("vague", NOT_STATED)), *meaning
    return None


def _only_plural(text: str) -> tuple[Quantity, str, str] | None:
    """A plural of people and nothing else: ``villagers``."""
    meaning = _only_noun(text)
    return meaning and (Quantity(low=2, flags=("vague", NOT_STATED)), *meaning)


def _only_noun(text: str) -> tuple[str, str] | None:
    words = text.split()
    place = _skip(words, 0)
    return next((plural()[p] for p in (text, " ".join(words[place:])) if p in plural()), None)


def _plural(words: Iterable[str]) -> tuple[str, str] | None:
    """Meaning of a plural noun that stands without a number behind words for "unidentified"."""
    known = list(words)
    place = _skip(known, 0)
    rest = known[place:]
    if len(rest) != 1 and known and known[0] in plural():
        rest = known[:1] if _skip(known, 1) == len(known) else []
    if len(rest) != 1 or rest[0] not in plural():
        return None
    return plural().get(rest[0])


def _related(text: str) -> tuple[Quantity, str, str] | None:
    """Relatives: ``his wife and 3 children``, ``2 brothers``."""
    plain = _OF_SOMEBODY.sub("", text)
    items = _AND.split(plain)
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


def _relative(item: str) -> tuple[int, bool]:
    """Number of relatives in one item of a list, and whether it is only a lower bound."""
    bare = _POSSESSIVE.sub("", item)
    bare = _POSSESSIVE.sub("", bare)
    if bare in relatives()[1]:
        return 1, False
    head, _, noun = bare.partition(" ")
    noun = _POSSESSIVE.sub("", noun)
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
    if not several or len(name.split()) > 2 or not _is_surname(name) or _states_number(name):
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
    if not numbered and rest and first.islower() and not _PARTICLE.match(f" {shown}"):
        numbered = (number_in_words(first) or 0) >= 2
    if not numbered and others_triggers().isdisjoint(words):
        return any(w[0] == "و" and w[1:] in others_triggers() for w in words)
    plain = OF_OTHERS.sub("", ascii_digits(digits_for_words(folded)))
    return others_named().search(plain) is not None


def _smallest(quantity: Quantity) -> int:
    return min(n for n in (quantity.low, quantity.best, quantity.high) if n is not None)


def _quantity(text: str) -> Quantity | None:
    try:
        return parse_quantity(text)
    except ValueNotUnderstood:
        return None
