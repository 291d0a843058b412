"""What a cell of names says: the name, other spellings, the father, or whose relative it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from everyname.vocabulary.cell import is_unknown, tidy
from everyname.vocabulary.name_words import UNKNOWN_PHRASE
from everyname.vocabulary.person_name import PersonName
from everyname.vocabulary.relation_word import (
    BEFORE_FATHER,
    BEHIND_FATHER,
    alias,
    relation_before,
    relation_of,
    relation_possessive,
    triggers,
)
from everyname.vocabulary.script import script
from everyname.vocabulary.word_set import word_set

LONGEST = 300

_BRACKETS = re.compile(r"^(?P<name>[^()\[\]]+?)\s*[(\[](?P<inside>[^()\[\]]+)[)\]]$")
_AGE_BEHIND = re.compile(
    r"^(?P<name>.*[^\W0-9].*?)\s*(?:,|\(|–|-)\s*(?P<rest>(?:aged? )?[0-9]{1,3}"
    r"(?:\s*(?:years?(?: old)?|yrs?\.?|y\.?/?o\.?|лет|года?|yaş|سنة|ans|años))?)\s*\)?$",
    re.IGNORECASE,
)
_SLASH = re.compile(r"\s*/\s*")
_NOT_IN_NAMES = re.compile(r"[0-9?!@#%=+<>:;|*]")
_GENITIVE = re.compile(r"(?:[аяыиуюіїє]|ого|ої|ой)$")
_PREFIXES = word_set("abd abdul abdel abu abou al el عبد ابو أبو عبدال")
_QUOTES = " \"'«»“”„‘’"


@dataclass(frozen=True, slots=True)
class NameText:
    """What a text says of a person's name, in the source's own spelling.

    Parameters
    ----------
    text
        The text as written.
    name
        The name without other spellings, relatives and descriptions; empty where there is none.
    others
        Other spellings and names of the same person.
    father
        The father's name, where the text says outright that it is the father's.
    family, given
        Set where a comma tells the two apart.
    unknown
        Whether the text names nobody: "unidentified man", "wife of ...", "N.N.".
    relation, relative_of
        Such as "wife" and the name of the husband: the person is the wife of that one.
    rest
        What stands behind the name and belongs to other fields, such as an age.
    """

    text: str
    name: str = ""
    others: tuple[str, ...] = ()
    father: str = ""
    family: str = ""
    given: str = ""
    unknown: bool = False
    relation: str = ""
    relative_of: str = ""
    rest: str = ""


@lru_cache(maxsize=1 << 14)
def parse_name(text: str) -> NameText:
    """Split a name as written into what it says; what is not certain stays in the name.

    Parameters
    ----------
    text
        A cell of the name column.
    """
    shown = tidy(text)
    if _is_plain(shown):
        unknown = PersonName(shown).unknown
        return NameText(text, name="" if unknown else shown, unknown=unknown)
    if not shown or len(shown) > LONGEST or "\x00" in shown:
        return NameText(text, name=shown[:LONGEST] if shown else "", unknown=not shown)
    if found := _somebody_elses(shown):
        relation, other = found
        return NameText(text, unknown=True, relation=relation, relative_of=other)
    if PersonName(shown).unknown:
        return NameText(text, unknown=True)
    found_name = NameText(text, name=shown)
    for step in (_without_age, _without_alias, _without_brackets, _without_slash, _with_relative):
        found_name = step(found_name)
    return _with_order(_with_father(found_name))


def _is_plain(shown: str) -> bool:
    """Whether a text has nothing in it that this module splits at."""
    words = shown.casefold().split()
    if not 0 < len(words) < 10 or not all(map(str.isalpha, words)):
        return False
    return triggers().isdisjoint(words)


def _somebody_elses(shown: str) -> tuple[str, str] | None:
    """Relation and name where the whole text only names a relative."""
    for pattern in (relation_before(), relation_possessive()):
        found = pattern.fullmatch(shown)
        if found and _is_name(found["other"]) and _may_be_genitive(found["other"]):
            return relation_of(found["word"]), found["other"].strip(_QUOTES)
    return None


def _may_be_genitive(other: str) -> bool:
    """Whether a name can stand in the genitive: "жена Ивана", but not "сын Иван Петров"."""
    if script(other) != "Cyrillic":
        return True
    return all(_GENITIVE.search(word) for word in other.casefold().split())


def _without_age(name: NameText) -> NameText:
    found = _AGE_BEHIND.fullmatch(name.name)
    if found is None or not _is_name(found["name"]):
        return name
    return replace(name, name=found["name"].strip(), rest=found["rest"])


def _without_alias(name: NameText) -> NameText:
    found = alias().search(name.name)
    if found is None:
        return name
    before, after = name.name[: found.start()], name.name[found.end() :]
    before, after = before.strip(" ,(["), after.strip(" ,)].:" + _QUOTES)
    if not (_is_name(before) and _is_name(after)):
        return name
    return replace(name, name=before, others=(*name.others, after))


def _without_brackets(name: NameText) -> NameText:
    found = _BRACKETS.fullmatch(name.name)
    if found is None or not _is_name(found["name"]):
        return name
    inside = found["inside"].strip(_QUOTES)
    pieces = [piece.strip() for piece in re.split(r"[;/,]", inside)]
    if not all(_same_person(found["name"], piece) for piece in pieces):
        return name
    return replace(name, name=found["name"].strip(), others=(*name.others, *pieces))


def _without_slash(name: NameText) -> NameText:
    pieces = [piece.strip() for piece in _SLASH.split(name.name)]
    if not 2 <= len(pieces) <= 3 or not all(_same_person(pieces[0], p) for p in pieces[1:]):
        return name
    return replace(name, name=pieces[0], others=(*pieces[1:], *name.others))


def _same_person(name: str, other: str) -> bool:
    """Whether two spellings can only be of one person: another script, or one skeleton."""
    if not (_is_name(name) and _is_name(other)):
        return False
    if script(name) != script(other):
        return abs(len(PersonName(name).parts) - len(PersonName(other).parts)) <= 1
    return PersonName(name).skeleton == PersonName(other).skeleton


def _with_relative(name: NameText) -> NameText:
    """Split "Ali, son of Vali" and "Sara, wife of Ali"."""
    for found in relation_before().finditer(name.name):
        before, other = name.name[: found.start()].rstrip(" ,(;-–"), found["other"].strip(" )")
        if not (_is_name(other) and _may_be_genitive(other)):
            continue
        relation = relation_of(found["word"])
        if PersonName(before).unknown:
            return replace(name, name="", unknown=True, relation=relation, relative_of=other)
        if not _is_name(before):
            continue
        father = other if relation in {"son", "daughter"} else ""
        return replace(name, name=before, relation=relation, relative_of=other, father=father)
    return name


def _with_father(name: NameText) -> NameText:
    if name.father or not name.name:
        return name
    words = name.name.replace(",", " ").split()
    for place, word in enumerate(words):
        plain = word.casefold().replace("i̇", "i").strip(".")
        if place >= 2 and plain in BEHIND_FATHER and not word.istitle():
            return replace(name, father=words[place - 1])
        if 1 <= place < len(words) - 1 and plain in BEFORE_FATHER:
            return replace(name, father=_one_name(words[place + 1 :]))
    return name


def _one_name(words: list[str]) -> str:
    """First name of some words, with the words that it needs: Abd al-Rahman."""
    count = 1
    while count < len(words) and words[count - 1].casefold() in _PREFIXES:
        count += 1
    return " ".join(words[:count])


def _with_order(name: NameText) -> NameText:
    """Tell family and given name apart where one word stands before the only comma."""
    family, comma, given = (part.strip() for part in name.name.partition(","))
    if not comma or "," in given or len(family.split()) != 1 or not 1 <= len(given.split()) <= 4:
        return name
    if not (_is_name(family) and _is_name(given)) or given.casefold().strip(".") in _SUFFIXES:
        return name
    return replace(name, family=family, given=given)


_SUFFIXES = word_set("jr sr ii iii iv phd md мл ст")


def _is_name(text: str) -> bool:
    plain = text.strip(_QUOTES + ",;")
    if not plain or len(plain.split()) > 7 or _NOT_IN_NAMES.search(plain):
        return False
    if is_unknown(plain) or UNKNOWN_PHRASE.search(plain.casefold()):
        return False
    return sum(c.isalpha() for c in plain) >= 2 and not PersonName(plain).unknown
