"""Names of any script in Latin letters, where a letter alone does not tell how it is read."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from everyname.vocabulary.script import latin
from everyname.vocabulary.word_set import word_set

_CACHE = 1 << 17
_GREEK = re.compile("[Ͱ-Ͽἀ-῿]")
_HEBREW = re.compile("[א-ת]")
_INDIC = re.compile("[ऀ-ൿ]")
_UKRAINIAN = re.compile("[іїєґ]")
_EAST_ASIAN = re.compile("[㐀-鿿가-힣]{2,}")
_READ_GREEK = MappingProxyType(
    {
        "μπ": "mp", "ντρ": "ndr", "ντ": "nt", "γκ": "nk", "γγ": "ng", "ου": "u",
        "αυ": "av", "ευ": "ev", "τζ": "tz", "χ": "kh", "η": "i",
    }
)  # fmt: skip
_GREEK_START = re.compile(r"(?<!\w)(?:μπ|ντ|γκ)")
_READ_GREEK_START = MappingProxyType({"μπ": "b", "ντ": "d", "γκ": "g"})
_GREEK_GROUP = re.compile("|".join(_READ_GREEK))
_GREEK_ACCENTS = str.maketrans("άέήίόύώϊϋΐΰς", "αεηιουωιυιυσ")
_READ_UKRAINIAN = str.maketrans({"и": "y", "г": "h", "ґ": "g", "й": "i", "ї": "i", "є": "ye"})
_HEBREW_START = re.compile(r"(?<!\w)[בפו]")
_READ_HEBREW_START = MappingProxyType({"ב": "b", "פ": "p", "ו": "v"})
_READ_HEBREW = str.maketrans(
    {
        "א": "a", "ב": "v", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "h", "ט": "t",
        "י": "y", "כ": "k", "ך": "kh", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s",
        "ע": "a", "פ": "f", "ף": "f", "צ": "ts", "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh",
        "ת": "t", "׳": "", "״": "", **dict.fromkeys(map(chr, range(0x0591, 0x05C8)), ""),
    }
)  # fmt: skip
# Ten scripts of India lie in Unicode in the order of Devanagari, 128 places apart.
_INDIC_CONSONANTS = (
    "k", "kh", "g", "gh", "n", "ch", "chh", "j", "jh", "n", "t", "th", "d", "dh", "n",
    "t", "th", "d", "dh", "n", "n", "p", "ph", "b", "bh", "m", "y", "r", "r", "l", "l", "l",
    "v", "sh", "sh", "s", "h",
)  # fmt: skip
_INDIC_VOWELS = {
    0x05: "a", 0x06: "a", 0x07: "i", 0x08: "i", 0x09: "u", 0x0A: "u", 0x0B: "ri", 0x0F: "e",
    0x0E: "e", 0x10: "ai", 0x12: "o", 0x13: "o", 0x14: "au", 0x0D: "e", 0x11: "o",
}  # fmt: skip
_INDIC_SIGNS = {
    0x3E: "a", 0x3F: "i", 0x40: "i", 0x41: "u", 0x42: "u", 0x43: "ri", 0x45: "e", 0x46: "e",
    0x47: "e", 0x48: "ai", 0x49: "o", 0x4A: "o", 0x4B: "o", 0x4C: "au", 0x4D: "",
}  # fmt: skip
_NASAL, _NUKTA = {0x01, 0x02, 0x70}, 0x3C
_NUKTA_READINGS = MappingProxyType({"k": "q", "j": "z", "ph": "f", "g": "gh", "d": "r"})

COMPOUND_SURNAMES = word_set(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 东方 東方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 夏侯 "
    "轩辕 端木 南宫 独孤 闻人 淳于 남궁 황보 제갈 선우 독고 사공 서문"
)
"""Surnames of two characters; all others have one."""

_SURNAME_READINGS = MappingProxyType(
    {
        "曾": "zeng", "单": "shan", "單": "shan", "解": "xie", "仇": "qiu", "查": "zha", "盖": "ge",
        "区": "ou", "區": "ou", "尉迟": "yuchi", "김": "kim", "이": "lee", "박": "park",
        "최": "choi", "정": "jung", "강": "kang", "조": "cho", "임": "lim", "신": "shin",
    }
)  # fmt: skip


@lru_cache(maxsize=_CACHE)
def name_latin(part: str) -> str:
    """Spell a part of a name in lower-case ASCII letters, as names are usually written.

    Beyond `latin`: Greek digraphs, Ukrainian letters, Hebrew letters by their place, the vowels
    that the scripts of India write as signs or not at all, and Chinese and Korean names, which
    come out as the surname and one given name ("xi jinping").

    Parameters
    ----------
    part
        Part of a name, or a name written without blanks.
    """
    if part.isascii():
        return latin(part)
    if _EAST_ASIAN.fullmatch(part):
        return _surname_first(part)
    if _INDIC.search(part):
        return latin(_indic(part))
    if _HEBREW.search(part):
        start = _HEBREW_START.sub(lambda found: _READ_HEBREW_START[found[0]], part)
        return latin(start.replace("וו", "v").translate(_READ_HEBREW))
    lower = part.lower()
    if _GREEK.search(lower):
        plain = lower.translate(_GREEK_ACCENTS)
        plain = _GREEK_START.sub(lambda found: _READ_GREEK_START[found[0]], plain)
        return latin(_GREEK_GROUP.sub(lambda found: _READ_GREEK[found[0]], plain))
    if _UKRAINIAN.search(lower):
        return latin(lower.translate(_READ_UKRAINIAN))
    return latin(part)


def joined_latin(part: str) -> str:
    """Spell a foreign name written in Chinese characters, every character a sound."""
    return latin(part).replace(" ", "")


def _surname_first(name: str) -> str:
    # A name of four characters is Japanese or has a surname of two.
    size = 2 if name[:2] in COMPOUND_SURNAMES or len(name) == 4 else 1
    if len(name) > 4 or len(name) <= size:
        return joined_latin(name)
    surname = _SURNAME_READINGS.get(name[:size]) or joined_latin(name[:size])
    return f"{surname} {joined_latin(name[size:])}"


def _indic(text: str) -> str:
    """Read a script of India: a consonant carries an "a" unless a sign says otherwise."""
    read: list[str] = []
    bare = False
    for letter in text:
        place = ord(letter) - 0x0900
        if not 0 <= place < 0x480:
            # The last "a" of a word is silent.
            read.append(letter)
            bare = False
            continue
        place %= 0x80
        if place == _NUKTA:
            last = read.pop() if read else ""
            read.append(_NUKTA_READINGS.get(last, last))
            continue
        if place in _INDIC_SIGNS:
            read.append(_INDIC_SIGNS[place])
            bare = False
            continue
        if bare:
            read.append("a")
        bare = 0x15 <= place <= 0x39
        if bare:
            read.append(_INDIC_CONSONANTS[place - 0x15])
        else:
            read.append("n" if place in _NASAL else _INDIC_VOWELS.get(place, ""))
    return "".join(read)
