"""A number with its noun in a text about several people, and a family with its number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.cell import ascii_digits
from everyname.vocabulary.group_word import (
    FAMILIES,
    FAMILY_BEHIND,
    FAMILY_NAMED,
    FAMILY_OF,
    GROUP_OF,
    MORE_BEFORE,
    ONE,
    beside,
    more_alone,
    nouns,
    relatives,
    tails,
)
from everyname.vocabulary.number_word import digits_for_words, fold_words, number_in_words
from everyname.vocabulary.quantity import Quantity, parse_quantity
from everyname.vocabulary.word_pattern import folded_pattern
from everyname.vocabulary.word_set import word_set

LARGEST_FAMILY = 200
"""Number above which a number beside a family is a year or an address, not its members."""


_MOST_QUANTITY_WORDS = 6
_CUT = re.compile(r"\s*[,:;(\[–—]\s*|\s+-\s+|\s+")
_NO_SURNAME = word_set("and member members survivor survivors all head rest part none no another")
PARTICLE = re.compile(r" (?:dos|das|ten|ter|san|on) (?=[^\W0-9])")
"""A word for a number that is a part of a surname: dos Santos."""
# "Ali ve ailesi" is Ali, and then his family.
JOINED = re.compile(r" (?:ve|və|և|ու|ile|ilə) (?:ailesi|ailəsi|ընտանիքը)")
"""A family that stands beside somebody."""
_GIVEN_NAMES = word_set("kirk saba otto sita dua lima mia kumi sept on elli")
_NAMES_TOO = frozenset(
    map(fold_words, word_set("adam kurban qurban sakin insan yolcu erkek asker sivil köylü girov"))
)
_OTHER_SCRIPT = re.compile("[\u0370-\u1cff]")
_LANGUAGES = {
    "tr": """
kişi kişiden insan köylü sakin kurban yolcu rehine adam sivil çocuk bebek kadın erkek yaşlı asker
ceset kalıntı kardeş kardeşi çocuğu oğlu kızı daha ölü
""",
    "az": """
nəfər adam sakin sakini şəxs girov qurban əsir uşaq uşağı körpə qadın kişi əsgər hərbçi ahıl yaşlı
cəsəd meyit qardaş qardaşı bacı bacısı oğlu qızı daha
""",
    "fr": """
personnes victimes inconnus inconnues prisonniers villageois habitants autres membres otages
réfugiés individus civils enfants bébés nourrissons mineurs femmes hommes filles fillettes garçons
vieillards soldats combattants familles corps cadavres frères sœurs soeurs fils parents
""",
    "es": """
desconocidos desconocidas prisioneros personas víctimas aldeanos vecinos habitantes otros otras más
miembros rehenes campesinos pobladores civiles niños menores bebés mujeres hombres niñas ancianos
soldados combatientes familias cuerpos cadáveres restos hijos hijas hermanos hermanas nietos padres
""",
    "en": "parents",
}


@cache
def _noun_languages() -> Mapping[str, tuple[str, ...]]:
    """Folded noun in Latin letters -> its languages; the others are English."""
    found: dict[str, tuple[str, ...]] = {}
    for language, lines in _LANGUAGES.items():
        for noun in sorted(map(fold_words, word_set(lines))):
            found[noun] = (*found.get(noun, ()), language)
    return found


def like_a_name(shown: str) -> bool:
    """Whether a number in words and a noun can as well be a given name and a surname.

    They are a number where both are of one language, and not both capitalised (Kırk Adam).
    """
    first, _, last = shown.partition(" ")
    if not (first.isalpha() and last.isalpha()) or number_in_words(first) is None:
        return False
    if first.istitle() and last.istitle():
        return True
    word, noun = fold_words(first), fold_words(last)
    if noun in _NAMES_TOO and (word in _GIVEN_NAMES or shown.isupper()):
        return True
    if not noun.isascii() and _OTHER_SCRIPT.search(noun):
        return word.isascii()
    languages = _noun_languages().get(noun, ("en",))
    return all(number_in_words(first, language) is None for language in languages)


def family(text: str) -> tuple[Quantity, str, str] | None:
    """Family and number, with a name or a place beside them: ``family of 7 (Miller)``."""
    if found := _family_of(text):
        return found
    for cut in _CUT.finditer(text):
        head, rest = text[: cut.start()], text[cut.end() :].strip(" )].")
        mark = cut[0].strip()
        if _is_family_named(head) and (found := _members(rest, alone=bool(mark))):
            return found
        aside = mark or rest.split(" ", 1)[0] in tails()
        if aside and not states_number(rest) and (found := _family_of(head)):
            return found
    return None


def _family_of(text: str) -> tuple[Quantity, str, str] | None:
    for source in FAMILIES:
        found = folded_pattern(source.replace("{n}", "(.+?)").replace("{one}", ONE)).fullmatch(text)
        if found and (members := _members(found[1])):
            return members
    found = folded_pattern(FAMILY_OF).fullmatch(text)
    return _members(found[2]) if found and is_surname(found[1]) else None


def _members(text: str, *, alone: bool = True) -> tuple[Quantity, str, str] | None:
    """Number of a family's members; ``alone`` where it needs no noun."""
    text = text.strip(" .")
    if alone and (quantity := stated_quantity(text)):
        found = quantity, "persons", ""
    elif (several := counted(text)) and several[1] == "persons":
        found = several
    else:
        return None
    return found if smallest(found[0]) <= LARGEST_FAMILY else None


def _is_family_named(text: str) -> bool:
    if text.endswith(" family") and (found := folded_pattern(FAMILY_BEHIND).fullmatch(text)):
        return is_surname(found[1])
    found = folded_pattern(FAMILY_NAMED).fullmatch(text)
    return found is not None and not states_number(text) and JOINED.search(text) is None


def is_surname(text: str) -> bool:
    """Whether a text before "family" is only its name, so that nobody else is spoken of."""
    words = text.split()
    known = tails() | relatives()[1] | relatives()[2] | _NO_SURNAME
    return len(words) <= 4 and known.isdisjoint(words) and all(c not in text for c in ",(&+:")


def states_number(text: str) -> bool:
    """Whether a number of two or more stands in a text, "dos" of a surname aside."""
    if any(c.isdecimal() for c in text):
        return True
    words = ascii_digits(digits_for_words(PARTICLE.sub(" ", text))).replace(",", " ").split()
    return any(w.strip("()[].;:").isdecimal() and int(w.strip("()[].;:")) >= 2 for w in words)


def counted(text: str) -> tuple[Quantity, str, str] | None:
    """Number and noun: ``about 40 villagers``, ``5 unidentified men``, ``+ 3 more``."""
    more = folded_pattern(MORE_BEFORE).match(text)
    words = text[more.end() if more else 0 :].split()
    if group := folded_pattern(GROUP_OF).match(" ".join(words)):
        words = " ".join(words)[group.end() :].split()
    for count in range(min(_MOST_QUANTITY_WORDS, len(words)), 0, -1):
        quantity = stated_quantity(" ".join(words[:count]))
        if quantity is None or smallest(quantity) < 2:
            continue
        rest = words[count:]
        if rest and rest[0] == "of" and quantity.best != quantity.low:
            rest = rest[1:]
        if meaning := noun_meaning(rest):
            return quantity, *meaning
        if more and more.end() and rest and rest[0] in more_alone() and len(rest) == 1:
            return quantity, "persons", ""
    return None


def noun_meaning(words: list[str]) -> tuple[str, str] | None:
    """Meaning of a noun with what may stand beside it, read to the end."""
    place = skip_beside(words, 0)
    for begin in range(place, -1, -1):
        for length in (3, 2, 1):
            meaning = nouns().get(" ".join(words[begin : begin + length]))
            end = begin + length
            if meaning and end <= len(words):
                after = skip_beside(words, end)
                rest = words[end:] if after < len(words) else []
                if not rest or {rest[0], words[after]} & tails():
                    return meaning
    return None


def skip_beside(words: list[str], place: int) -> int:
    """Place behind the words that may stand beside a noun."""
    while place < len(words):
        step = next(
            (n for n in (2, 1) if " ".join(words[place : place + n]).strip("(),") in beside()), 0
        )
        if not step:
            break
        place += step
    return min(place, len(words))


def smallest(quantity: Quantity) -> int:
    """Smallest number that a quantity states."""
    return min(n for n in (quantity.low, quantity.best, quantity.high) if n is not None)


def stated_quantity(text: str) -> Quantity | None:
    """Quantity that a text states, or None."""
    try:
        return parse_quantity(text)
    except ValueNotUnderstood:
        return None
