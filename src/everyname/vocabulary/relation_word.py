"""Words in a name that tell whose relative a person is, and words for "also known as"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from everyname.vocabulary.word_set import word_set

# Relation -> words before the other's name.
_BEFORE: Mapping[str, str] = {
    "wife": "wife of|wife to|w/o|widow of|épouse de|femme de|veuve de|esposa de|mujer de|viuda de"
    "|жена|вдова|дружина|вдова|زوجة|حرم|أرملة|همسر",
    "husband": "husband of|h/o|mari de|époux de|esposo de|marido de|муж|زوج|شوهر",
    "son": "son of|s/o|fils de|hijo de|сын|син|پسر",
    "daughter": "daughter of|d/o|fille de|hija de|дочь|дочка|донька|дочка|ابنة|دختر",
    "child": "child of|children of|baby of|baby girl of|baby boy of|infant of|newborn of|enfant de"
    "|bébé de|niño de|ребенок|ребёнок|дитина|طفل|طفلة|رضيع|رضيعة|جنين",
    "mother": "mother of|m/o|mère de|madre de|мать|мати|والدة|مادر",
    "father": "father of|f/o|père de|padre de|отец|батько|والد|پدر",
    "brother": "brother of|b/o|frère de|hermano de|брат|شقيق|برادر",
    "sister": "sister of|sœur de|soeur de|hermana de|сестра|شقيقة|خواهر",
    "grandchild": "grandson of|granddaughter of|grandchild of|внук|внучка|онук|онука|حفيد|حفيدة",
    "grandparent": "grandmother of|grandfather of|бабушка|дедушка",
    "relative": "relative of|relatives of|family of|member of the family of|родственник"
    "|родственница",
}
_POSSESSED: Mapping[str, str] = {
    "wife": "wife|widow",
    "husband": "husband",
    "son": "son",
    "daughter": "daughter",
    "child": "child|baby|infant|newborn|newborn baby|baby girl|baby boy",
    "mother": "mother",
    "father": "father",
    "brother": "brother",
    "sister": "sister",
    "grandchild": "grandson|granddaughter|grandchild",
    "grandparent": "grandmother|grandfather",
}
_RELATION = {
    word.casefold(): relation
    for table in (_BEFORE, _POSSESSED)
    for relation, words in table.items()
    for word in words.split("|")
}


def relation_of(word: str) -> str:
    """Name of the relation that a word tells, such as "wife"."""
    return _RELATION[" ".join(word.casefold().split())]


def _either(table: Mapping[str, str]) -> str:
    words = {word for words in table.values() for word in words.split("|")}
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))).replace(r"\ ", " ")


@cache
def relation_before() -> re.Pattern[str]:
    """Relation before the other's name: "wife of ..."."""
    return re.compile(
        rf"(?<!\w)(?:the )?(?P<word>{_either(_BEFORE)}) (?P<other>\S.*)", re.IGNORECASE
    )


@cache
def relation_possessive() -> re.Pattern[str]:
    """Relation behind the other's name: "...'s son"."""
    return re.compile(
        rf"(?P<other>\S.*?)(?:['’]s|(?<=s)['’]) (?P<word>{_either(_POSSESSED)})", re.IGNORECASE
    )


BEFORE_FATHER = word_set("bin ibn bint binti bnt بن ابن بنت ибн бин")
"""Words between a person's name and the father's."""

BEHIND_FATHER = word_set(
    "oğlu oglu ogly oghlu oglou qızı qizi gizi kızı kyzy qyzy",
    "оглы оглу оғлу огли кызы кизи гызы гизи",
)
"""Words behind the father's name."""

_ALIASES = """
a.k.a.|a.k.a|aka|alias|also known as|known as|better known as|also spelled|also written|nicknamed|
nickname|nom de guerre|он же|она же|известный как|известная как|по прозвищу|прозвище|кличка|
позывной|він же|вона ж|відомий як|dit|connu sous le nom de|connue sous le nom de|surnommé|
surnommée|conocido como|conocida como|apodado|apodada|namıdiğer|nam-ı diğer|lakaplı|ləqəbi|
kimi tanınan|المعروف باسم|المعروفة باسم|الملقب|الملقبة|الشهير|معروف به|նույն ինքը
"""


@cache
def alias() -> re.Pattern[str]:
    """Words between two names of one person."""
    words = sorted(map(re.escape, word_set(_ALIASES, between="|")), key=lambda w: (-len(w), w))
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)".replace(r"\ ", " "), re.IGNORECASE)


@cache
def triggers() -> frozenset[str]:
    """Case-folded words without which a name is only a name."""
    phrases = [*_RELATION, *word_set(_ALIASES, between="|")]
    words = {word for phrase in phrases for word in phrase.casefold().split()}
    return frozenset(words) | BEFORE_FATHER | BEHIND_FATHER
