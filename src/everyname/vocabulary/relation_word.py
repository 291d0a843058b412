"""Words in a name: whose relative a person is, "also known as", and who else is spoken of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from everyname.vocabulary.group_word import (
    FAMILY_WORDS,
    beside,
    more_alone,
    nouns,
    relatives,
    relatives_alone,
    twins,
)
from everyname.vocabulary.number_word import fold_words
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


_JOINS = word_set("and et и та і й ve və և ու")
# In capitals most of them can be initials.
_JOINS_IN_CAPITALS = word_set("AND ET VE VƏ")

_AND = "and|plus|also|et|y|и|та|і|й|ve|və|և|ու|und"
_WITH = "with|including|incl.|avec|con|с|со|вместе с|з|із|зі|разом з|mit|beraber|birlikdə"
_POSSESSIVE = (
    "his|her|their|the|a|an|one|both|all|whole|entire|sa|son|ses|leur|leurs|sus|su|его|ее|их|все|всей"
    "|двумя|тремя|четырьмя|пятью|його|її|onun|bütün|another|also|еще|ще|two|three|four|five"
)
_KIN = """
household|kin|relatives|spouse|kids|twins|everybody|everyone|женой|мужем|детьми|сыном|дочерью|
сыновьями|дочерьми|дочками|матерью|отцом|братом|братьями|сестрой|сестрами|семьей|родителями|
ребенком|младенцем|внуком|внуками|дружиною|чоловіком|дітьми|сином|донькою|родиною|сім'єю|братом|
сестрою|батьками|عائلته|عائلتها|أسرته|أسرتها|أفراد|خانواده اش|eşi|çocukları|ailesiyle|familiares
"""
_SEVERAL = """
brothers|sisters|sons|daughters|children|siblings|brother and sister|братья|сестры|сыновья|дочери|
дети|брати|діти|сини|доньки|супруги|подружжя|frères|sœurs|soeurs|enfants|époux|hermanos|hermanas|
hijos|hijas|esposos|kardeşler|qardaşlar|bacılar|եղբայրներ|քույրեր
"""
_TIME = (
    "month|year|week|day|hour|лет|год|месяц|дней|недел|yas|ay|ans|mois|jours|anos|meses|dias|سن|شهر"
)
# Nouns for one person that are names as well, so that they say nothing beside a name.
_ALSO_NAMES = frozenset({"adam", "insan"})


def _any(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))).replace(r"\ ", " ")


def _folded(lines: str) -> frozenset[str]:
    return frozenset(map(fold_words, word_set(lines, between="|")))


@cache
def _people() -> frozenset[str]:
    known = relatives()[1] | relatives()[2] | relatives_alone() | more_alone() | _folded(_KIN)
    return (known | frozenset(nouns()) | frozenset(FAMILY_WORDS.split())) - _ALSO_NAMES


@cache
def others_named() -> re.Pattern[str]:
    """Others beside a name: "and family", "with two sons", "3 children", "twins of".

    For texts that `digits_for_words` has spelled.
    """
    people, among = _any(_people()), _any(beside() | _folded(_POSSESSIVE))
    number = "(?:[2-9]|[1-9][0-9]+)(?![0-9])"
    joined = rf"(?<!\w)(?:{_any(_folded(_AND))})(?!\w)|[&+]"
    return re.compile(
        rf"(?:{joined}|(?<!\w)(?:{_any(_folded(_WITH))})(?!\w)|(?<!\w)و)\s*"
        rf"(?:(?:{among}|[0-9]+)\s+)*(?:{people})(?!\w)"
        rf"|(?:{joined})\s*(?:(?:{among})\s+)*{number}"
        rf"|(?<![\w.-]){number}\s+(?:(?:{among})\s+)*(?:{people})(?!\w)"
        rf"|(?<!\w)(?:{_any(frozenset(twins()))})(?!\w)"
        rf"|(?<!\w)(?:{_any(_folded(_SEVERAL))})\s+\w|\w\s+(?:{_any(_folded(_SEVERAL))})(?!\w)"
        r"|(?<!\w)(?:family|famille|семья|сімя|ailesi|ailəsi|عايله|عائله|ընտանիքը)(?!\w).*[0-9]"
        r"|\w\s+family$"
        rf"|^{number}\s+(?!(?:{_TIME}))[^\W\d_]{{3}}|[^\W\d_]{{2,}},?\s*\(?[0-9]+\)?\s*[,;/]\s*[^\W\d_]{{2,}},?"
        r"\s*\(?[0-9]"
    )


@cache
def others_triggers() -> frozenset[str]:
    """Folded words without which a text in letters only cannot match `others_named`."""
    phrases = [*_people(), *twins(), *_folded(_SEVERAL)]
    joins = _folded(f"{_AND}|{_WITH}")
    return frozenset(word for phrase in phrases for word in phrase.split()) | joins


OF_OTHERS = re.compile(
    r"(?<!\w)(?:mother|father|parent|grandmother|grandfather|one|1|son|daughter|child|mere|pere|madre"
    r"|padre|мать|отец|мати|батько)(?:,? of| de| d| из|) [0-9]+ .*"
)
"""Somebody told by the number of others, in a text that `digits_for_words` has spelled."""


def joins_names(shown: str) -> bool:
    """Whether a word for "and" stands between names: every other word is capitalised."""
    words = shown.replace("&", " & ").replace(",", " ").split()
    joins = _JOINS | _JOINS_IN_CAPITALS if shown.isupper() else _JOINS
    for place, word in enumerate(words[1:-1], start=1):
        after = words[place + 1 :]
        # "Ramon y Cajal" is one family name: "y" joins names only where two words follow.
        spanish = word == "y" and len(after) >= 2
        if not (word in joins or word == "&" or spanish or word == "و"):
            continue
        names = words[:place] + after
        if word == "و" or all(len(n.strip(".")) > 1 and not n[0].islower() for n in names):
            return all(n[0].isalpha() for n in names)
    return False
