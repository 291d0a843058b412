"""Endings of a Slavic, Baltic, Greek or Icelandic part that tell whose child one is, or one's sex.

All work on Latin lower-case parts.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from everyname.vocabulary.word_set import word_set

_PATRONYMIC = re.compile(
    r"(?P<father>[a-z]{2,}?)"
    r"(?P<soft>a[iy]?|e[iy]?|i[iy]?|y|)"
    r"(?:(?<=[aeiy])o|o|ye|e|yo|i)v(?:ich|ych|itch|itsch|ič|na)"
)
_SHORT_PATRONYMICS = MappingProxyType(
    {
        **dict.fromkeys(("ilyich", "ilich", "illich", "ilyinichna", "illivna"), "ilya"),
        **dict.fromkeys(("nikitich", "nikitichna"), "nikita"),
        **dict.fromkeys(("kuzmich", "kuzminichna"), "kuzma"),
        **dict.fromkeys(("lukich", "lukinichna"), "luka"),
        **dict.fromkeys(("fomich", "fominichna"), "foma"),
        **dict.fromkeys(("savvich", "savvichna"), "savva"),
        **dict.fromkeys(("lvovich", "lvovna"), "lev"),
        **dict.fromkeys(("yakovlevich", "yakovlevna", "iakovlevich"), "yakov"),
        **dict.fromkeys(("pavlovich", "pavlovna", "pavlovych", "pavlivna"), "pavel"),
        **dict.fromkeys(("petrovich", "petrovna", "petrovych", "petrivna"), "petr"),
    }
)
_SKY = re.compile(r"(?<=[sckz])k(?:aya|aia|aja|aa|a|yy|yi|yj|iy|ii|ij|ie|i|oy|oi|oj|y)$")
_FEMALE = re.compile(r"(?<=[a-z]{2})(?P<male>(?:[oe]v|yn|in))a$")
_DAUGHTER = re.compile(r"(?P<father>[a-z]{3,}?)s?dottir$")
_GREEK = (
    (re.compile(r"poul(?:ou|u)$|popul(?:ou|u)$"), "poulos"),
    (re.compile(r"(?<=[a-z]{3})id(?:ou|u)$"), "idis"),
    (re.compile(r"(?<=[a-z]{3})iad(?:ou|u)$"), "iadis"),
)
_LATVIAN = re.compile(r"(?<=[a-z]{2}[oe]v)s$")
_ARMENIAN_OF = re.compile(r"(?<=[a-z]{3}[yi]an)ts$")

_NOT_SURNAMES = word_set(
    """
    albina alina alevtina amina angelina arina carolina christina clementina cristina dina ekaterina
    ermina evelina farina galina georgina irina josefina karina karolina katarina kristina
    katerina lina madina marina martina medina melina mina nina pina polina regina rina rozalina
    sabina safina santina sarina selina serafina severina sina tina valentina yasmina zarina
    hadina kalina halina jacovina yelizovina eva neva geneva eeva casanova jehova villanueva
    argentina bettina bina corina delfina elina emina faustina fina florina gina ina janina
    justina katina malina marcelina maristina mariina nazina paulina pavlina petrina rosina
    rufina sadina stina taina vina zina shahina rubina nargina hasina tahmina sakina sabrina
    jasmina roxalina agrafina kapitolina akulina antonina ninina avgustina
    """
)
"""Given names that end like a woman's surname."""

_SHORTEST = 3


def father_name(part: str) -> str:
    """Father's name of a Russian or Ukrainian patronymic; empty where the part is none.

    "viktorovich" and "viktorivna" give "viktor", "sergeyevich" gives "sergei".
    """
    if found := _SHORT_PATRONYMICS.get(part):
        return found
    if part[-3:] not in {"ich", "ych", "vna"} and part[-4:] != "itch":
        return ""
    matched = _PATRONYMIC.fullmatch(part)
    if matched is None:
        return ""
    father, soft = matched["father"], matched["soft"]
    if soft:
        father += soft[0].replace("y", "i") + ("i" if soft[0] in "ae" else "")
    return father if len(father) > _SHORTEST or part.endswith("vna") else ""


def surname_form(part: str) -> str:
    """Surname as a man bears it: "ivanova" gives "ivanov", "zelenskaya" gives "zelensky".

    Spellings of the Slavic ending -sky fall together; so do Armenian -yants and -yan, Latvian
    -ovs and -ov, Icelandic daughters' names and the father's name. Other parts come back as
    they are.
    """
    last = part[-1:]
    if last in "ayij" and len(part) >= 5 and _SKY.search(part):
        return _SKY.sub("ky", part)
    if last == "a" and len(part) >= 5 and part not in _NOT_SURNAMES:
        return _FEMALE.sub(lambda found: found["male"], part)
    if last == "s":
        return _LATVIAN.sub("", _ARMENIAN_OF.sub("", part))
    if last == "u":
        for pattern, male in _GREEK:
            part = pattern.sub(male, part)
    elif last == "r" and (found := _DAUGHTER.fullmatch(part)):
        return found["father"]
    return part
