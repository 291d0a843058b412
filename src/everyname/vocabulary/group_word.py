"""Words of texts about several unnamed people: nouns, relatives, and what may stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from everyname.vocabulary.number_word import fold_words
from everyname.vocabulary.word_set import word_set

FAMILIES = (
    # "family of 7", "семья из 7 человек": the number of persons.
    r"(?:a |one |the |une |una )?(?:whole |entire )?(?:family|famille|familia) (?:of|de|with) {n}",
    r"(?:вся )?семья (?:из |в |- )?{n}",
    r"(?:уся )?(?:родина|семья|сімя) (?:з |із |- )?{n}",
    r"(?:عايله|عائله|اسره) (?:مكونه |مولفه )?(?:من |تتكون من )?{n}",
    r"خانواده (?:ي )?{n}",
    r"{n}(?:lik|luk|luq|ik)? ?(?:kisilik|neferlik|nəfərlik) (?:bir )?(?:aile|ailə)",
    r"{n} ?(?:kisilik|neferlik|nəfərlik) [^0-9]+ (?:ailesi|ailəsi)",
    r"{one}(?:family|famille|familia|семья|сім'я|aile|ailə|ընտանիք)\s*(?:[,:–-]|\()\s*{n}\)?",
    r"ընտանիք {n}",
    r"{n} ?(?:հոգանոց|հոգուց բաղկացած|հոգիանոց) ընտանիք",
)
"""Patterns of a family: {n} is its number of persons, {one} a word for "one"."""

ONE = "(?:an? |one |the |une |una |одна |bir |մեկ )?"
"""Pattern of "one" before "family"."""

FAMILY_NAMED = (
    r"(?:the )?(?:whole |entire )?family of (?!the )([^ ].*)|the ([^0-9]+) family"
    r"|(?:(?:all )?members of )the ([^0-9]+) family|famille ([^0-9]+)"
    r"|la familia ([^0-9]+)|(?:вся )?семья ([^0-9]+)|(?:уся родина|(?:уся )?сім'я) ([^0-9]+)"
    # A bare "родина" is also a Russian surname: Родина Анна.
    r"|родина ([^0-9]+(?:их|ів))"
    r"|(?:عائلة|أسرة) ([^0-9]+)|([^0-9]+) (?:ailesi|ailəsi|ընտանիքը)|خانواده ([^0-9]+)"
)
"""Pattern of a family with a name and without a number."""

FAMILY_BEHIND = r"(?:the )?([^0-9]+) family"
"""Pattern of a family behind its name, which is one where its number stands beside it."""

FAMILY_OF = r"(?:the )?([^0-9]+) (?:family|famille|familia) of (.+)"
"""Pattern of a family between its name and its number."""

UNKNOWN_NUMBER = (
    r"(?:(?:an? |the )?(?:unknown|unspecified|undetermined|uncertain|unstated) number of"
    r"|неизвестное (?:число|количество)|невідома кількість|(?:un )?nombre inconnu d(?:e |')"
    r"|(?:un )?número desconocido de|عدد (?:غير معروف|مجهول|غير محدد) من|bilinmeyen sayıda"
    r"|naməlum sayda|անհայտ թվով) ?"
)
"""Pattern of "unknown number of" before the noun."""

GROUP_OF = (
    r"(?:a |the |un |une |una )?(?:group of|groupe de|grupo de|группа из|группа|група з|مجموعة من"
    r"|گروه) "
)
"""Pattern of "group of" before the number."""

MORE_BEFORE = (
    r"^(?:(?:\+|&|(?:and|plus|und|et|y|и|та|і|و|ve|və|և|ու)\b)\s*)?"
    r"(?:(?:another|also|ещё|еще|ще|daha|otros|otras|autres|ևս)\b\s*)?"
)
"""Pattern of "and", "another" before the number."""

FAMILY_WORDS = (
    "family famille familia семья родина сімя عايله عائله اسره خانواده ailesi ailəsi aile ailə"
    " ընտանիք ընտանիքը"
)
"""Words for a family, as `fold_words` spells them."""

# (counting unit, victim class) -> nouns as they stand behind a number of two or more.
_NOUNS = {
    ("persons", ""): """
people|persons|чел|чел.|individuals|victims|villagers|residents|inhabitants|locals|others|members|relatives|
family members|refugees|hostages|prisoners|captives|detainees|workers|adults|teenagers|pensioners|
passengers|patients|students|pupils|человек|человека|людей|лиц|лица|неизвестных|
неопознанных|неустановленных|пленника|жителей|жителя|сельчан|
односельчан|жертв|жертвы|других|членов семьи|члена семьи|родственников|родственника|беженцев|
заложников|пленных|взрослых|осіб|особи|людини|невідомих|невпізнаних|полонених|
мешканців|жителів|інших|членів сім'ї|
членів родини|родичів|біженців|заручників|
أشخاص|شخصا|مجهولين|أسرى|أفراد|فردا|آخرون|آخرين|آخر|قتلى|ضحايا|قرويين|
قرويا|مدنيا|رهائن|kişi|kişiden|insan|köylü|sakin|kurban|yolcu|rehine|aile üyesi|nəfər|adam|sakini|
kənd sakini|şəxs|ailə üzvü|girov|qurban|մարդ|մարդիկ|հոգի|բնակիչ|անձ|զոհ|պատանդ|personnes|victimes|
inconnus|inconnues|desconocidos|desconocidas|prisonniers|prisioneros|əsir|villageois|habitants|autres|membres|otages|réfugiés|individus|personas|víctimas|aldeanos|vecinos|
habitantes|otros|otras|miembros|rehenes|campesinos|pobladores|نفر|نفره|تن|شخص|قربانی|روستایی
""",
    ("persons", "civilians"): """
civilians|мирных жителей|мирных жителя|гражданских|гражданских лиц|цивільних|мирних жителів|sivil|
mülki şəxs|dinc sakin|مدنيين|مدنيون|խաղաղ բնակիչ|քաղաքացիական անձ|civils|civiles|غیرنظامی
""",
    ("persons", "children"): """
children|kids|babies|infants|toddlers|minors|newborns|schoolchildren|детей|ребенка|ребёнка|
младенцев|младенца|несовершеннолетних|дітей|дитини|немовлят|أطفال|طفلا|رضع|çocuk|bebek|uşaq|körpə|
երեխա|երեխաներ|մանուկ|enfants|bébés|nourrissons|mineurs|niños|menores|bebés|کودک|نوزاد
""",
    ("persons", "women"): """
women|ladies|женщин|женщины|жінок|жінки|نساء|امرأة|سيدات|kadın|qadın|կին|կանայք|femmes|mujeres|زن
""",
    ("persons", "men"): """
men|мужчин|мужчины|чоловіків|чоловіки|رجال|رجلا|erkek|տղամարդ|hommes|hombres|مرد
""",
    (
        "persons",
        "girls",
    ): "girls|девочек|девочки|дівчат|дівчаток|فتيات|بنات|աղջիկ|filles|fillettes|niñas",
    ("persons", "boys"): "boys|мальчиков|мальчика|хлопців|хлопчиків|أولاد|garçons|տղա",
    ("persons", "elderly"): """
elderly people|elders|old people|стариков|пожилых|пожилых людей|літніх людей|مسنين|yaşlı|ahıl|ծեր|
personnes âgées|vieillards|ancianos|سالمند
""",
    ("persons", "combatants"): """
soldiers|fighters|combatants|servicemen|militants|солдат|солдата|военных|военнослужащих|бойцов|
солдатів|військових|бійців|جنود|مقاتلين|عسكريين|asker|əsgər|hərbçi|զինվոր|soldats|combattants|
soldados|combatientes|سرباز
""",
    ("families", ""): """
families|семей|семьи|сімей|родин|عائلات|عوائل|أسر|ընտանիք|familles|familias|خانواده
""",
    ("bodies", ""): """
bodies|corpses|тел|тела|трупов|трупа|тіл|тіла|трупів|جثث|جثة|ceset|cəsəd|meyit|դի|դիակ|corps|
cadavres|cuerpos|cadáveres|جسد|جنازه
""",
    ("remains", ""): "sets of remains|skeletons|останков|скелетов|رفات|kalıntı|restos",
}

_RELATIVES = {
    1: """
wife|husband|mother|father|son|daughter|brother|sister|child|baby|grandmother|grandfather|grandson|
granddaughter|uncle|aunt|nephew|niece|mother-in-law|father-in-law|daughter-in-law|son-in-law|infant|
wife's mother|жена|муж|мать|отец|сын|дочь|брат|сестра|ребенок|ребёнок|бабушка|дедушка|внук|внучка|
дружина|чоловік|мати|батько|син|донька|дитина|баба|زوجته|زوجة|زوج|زوجها|ابنه|ابنته|ابن|ابنة|أمه|والدته|والده|
أخوه|أخته|طفله|طفلته|karısı|eşi|kocası|oğlu|kızı|annesi|babası|kardeşi|çocuğu|arvadı|həyat yoldaşı|
əri|qızı|anası|atası|qardaşı|bacısı|uşağı|կինը|ամուսինը|որդին|դուստրը|մայրը|հայրը|եղբայրը|քույրը|
femme|épouse|mari|mère|père|fils|fille|frère|sœur|soeur|enfant|bébé|esposa|mujer|esposo|marido|madre|padre|
hijo|hija|hermano|hermana|niño|bebé|woman|man|girl|boy|person|женщина|мужчина|девочка|мальчик|девушка|жінка|хлопчик|дівчинка|
homme|garçon|hombre|niña|همسرش|پسرش|دخترش|مادرش|پدرش|برادرش|خواهرش|فرزندش
""",
    2: """
sons|daughters|brothers|sisters|siblings|parents|grandchildren|grandparents|cousins|nephews|nieces|
wives|uncles|aunts|сыновей|сына|дочерей|дочери|братьев|брата|сестер|сестёр|сестры|дети|внуков|внука|родители|сини|
синів|доньки|доньок|братів|брати|сестри|діти|батьки|أولاده|أطفاله|أبناؤه|أبنائه|بناته|أولادها|أطفالها|إخوته|والديه|
أبناء|بنات|إخوة|أخوات|çocuğu|çocukları|oğlu|oğulları|kızı|kızları|kardeşi|kardeş|uşağı|uşaqları|
oğulları|qızları|qardaş|qardaşı|bacısı|bacı|երեխաները|երեխաներ|որդիները|դուստրերը|եղբայրներ|
frères|sœurs|soeurs|fils|filles|parents|hijos|hijas|hermanos|hermanas|nietos|padres|فرزندش|
فرزندانش|پسرش|دخترش|برادر|خواهر
""",
}

_BESIDE = """
unidentified|unknown|unnamed|other|others|more|further|additional|male|female|young|old|elderly|adult|dead|killed|
innocent|unarmed|local|armenian|azerbaijani|local|civilian|burned|burnt|charred|little|small|teenage|
missing|the|of|his|her|their|same|неизвестных|неизвестные|неопознанных|неопознанные|неопознанная|
неустановленных|других|другие|еще|ещё|мирных|молодых|пожилых|убитых|погибших|мужских|женских|
малолетних|его|ее|её|их|невідомих|невідомі|невпізнаних|невпізнані|інших|ще|загиблих|молодих|його|
bilinmeyen|kimliği belirsiz|meçhul|diğer|daha|başka|ölü|naməlum|kimliyi bilinməyən|digər|
مجهولين|مجهولي الهوية|مجهولة|مجهولة الهوية|مجهول|مجهول الهوية|آخرين|آخرون|غير معروفين|
անհայտ|այլ|ևս|inconnus|inconnues|non identifiés|non identifiées|autres|jeunes|tués|no identificados|
no identificadas|sin identificar|desconocidos|desconocidas|otros|otras|jóvenes|más|muertos|
ناشناس|ناشناخته|دیگر|مجهول الهویه
"""
_UNKNOWN = """
unidentified|unknown|unnamed|неизвестные|неопознанные|неустановленные|невідомі|невпізнані|مجهولة|
مجهولين|مجهولون|مجهولة الهوية|مجهولي الهوية|naməlum|bilinmeyen|անհայտ|inconnus|inconnues|
non identifiés|non identifiées|no identificados|no identificadas|sin identificar|desconocidos|
desconocidas|ناشناس
"""
_TAILS = """
of|from|in|at|near|with|killed|dead|murdered|who|whose|including|among|were|из|в|во|с|со|под|у|села|
города|убиты|погибли|з|із|від|вбито|загинули|من|في|قتلوا|بينهم|de|du|des|d'|dans|à|tués|del|en|
muertos|asesinados|öldürüldü|öldü|öldürülüb|həlak olub|از|در|کشته
"""

_TWINS = {
    2: """
twins|baby twins|twin babies|twin brothers|twin sisters|twin boys|twin girls|newborn twins|
infant twins|twin infants|близнецы|двойняшки|близнюки|ikiz bebek|ikiz bebekler|ikiz çocuklar|
əkiz uşaqlar|əkiz körpələr|երկվորյակներ|jumeaux|jumelles|des jumeaux|gemelos|gemelas|mellizos|
mellizas|دوقلوها|طفلان|طفلين|رجلان|رجلين|امرأتان|امرأتين|شخصان|شخصين|جثتان|جثتين|شقيقان|شقيقين|
شقيقتان|شقيقتين
""",
    3: "triplets|baby triplets|тройняшки|triplés|trillizos",
}
_MORE_ALONE = "more|others|other|autres|otros|otras|más|daha|других|інших|آخرين|آخرون"
_PLURAL = {
    ("bodies", ""): "bodies|corpses|тела|трупы|тіла|جثث|corps|cadavres|cuerpos|cadáveres",
    ("remains", ""): "remains",
    ("persons", ""): "people|persons|victims|люди|лица|особи|أشخاص|personnes|personas",
    ("persons", "men"): "men|мужчины|чоловіки|رجال|hommes|hombres",
    ("persons", "women"): "women|женщины|жінки|نساء|femmes|mujeres",
    ("persons", "children"): "children|дети|діти|أطفال|enfants|niños",
    ("persons", "girls"): "girls",
    ("persons", "boys"): "boys",
}
# Plural nouns that are no names, and so may stand alone in a cell, in capitals too.
_BARE = {
    ("persons", ""): """
villagers|residents|inhabitants|refugees|prisoners|hostages|captives|detainees|workers|passengers|
жители|жители села|сельчане|пленные|беженцы|заложники|жителі|мешканці|полонені|біженці|заручники|
قرويون|قرويين|أسرى|رهائن|köylüler|rehineler|kəndlilər|sakinlər|əsirlər|girovlar|գյուղացիներ|գերիներ|
բնակիչներ|habitants|prisonniers|otages|réfugiés|aldeanos|campesinos|prisioneros|rehenes|refugiados|
روستاییان|زندانیان
""",
    ("persons", "civilians"): """
civilians|мирные жители|мирні жителі|مدنيون|مدنيين|siviller|dinc sakinlər|խաղաղ բնակիչներ|civils|
civiles|غیرنظامیان
""",
    ("persons", "combatants"): """
soldiers|fighters|servicemen|солдаты|военные|военнослужащие|бойцы|солдати|військові|бійці|جنود|
askerler|əsgərlər|զինվորներ|soldats|soldados|سربازان
""",
}
_RELATIVES_ALONE = """
children|kids|sons|daughters|brothers|sisters|siblings|parents|grandchildren|grandparents|дети|родители|
діти|батьки|أولاده|أطفاله|أبناؤه|بناته|أطفالها|أولادها|çocukları|uşaqları|երեխաները|enfants|parents|
frères|sœurs|soeurs|hermanos|hermanas|hijos|hijas|niños|فرزندانش
"""
_ANYBODY = """
man|woman|boy|girl|child|baby|infant|person|мужчина|женщина|мальчик|девочка|девушка|ребенок|ребёнок|
жінка|хлопчик|дівчинка|дитина|homme|femme|garçon|fille|enfant|bébé|hombre|mujer|niño|niña|bebé
"""


def _words(lines: str) -> frozenset[str]:
    return frozenset(map(fold_words, word_set(lines, between="|")))


@cache
def nouns() -> Mapping[str, tuple[str, str]]:
    """Folded noun behind a number of two or more -> counting unit and victim class."""
    return {word: meaning for meaning, lines in _NOUNS.items() for word in sorted(_words(lines))}


@cache
def relatives() -> Mapping[int, frozenset[str]]:
    """Folded words for one relative (1) and for several (2)."""
    return {number: _words(lines) for number, lines in _RELATIVES.items()}


@cache
def beside() -> frozenset[str]:
    """Folded words that may stand between a number and its noun, or behind the noun."""
    return _words(_BESIDE)


@cache
def unknown() -> frozenset[str]:
    """Folded plural words for "unidentified"."""
    return _words(_UNKNOWN)


@cache
def tails() -> frozenset[str]:
    """Folded words with which the rest of the text may begin."""
    return _words(_TAILS)


@cache
def twins() -> Mapping[str, int]:
    """Folded whole texts that state a number in a word."""
    return {word: number for number, lines in _TWINS.items() for word in sorted(_words(lines))}


@cache
def more_alone() -> frozenset[str]:
    """Folded words that may stand without a noun behind "and 6"."""
    return _words(_MORE_ALONE)


@cache
def plural() -> Mapping[str, tuple[str, str]]:
    """Folded plural noun that needs no number -> counting unit and victim class."""
    tables = (*_PLURAL.items(), *_BARE.items())
    return {word: meaning for meaning, lines in tables for word in sorted(_words(lines))}


@cache
def bare() -> frozenset[str]:
    """Folded plural nouns that no name is like."""
    return frozenset(word for lines in _BARE.values() for word in _words(lines))


@cache
def relatives_alone() -> frozenset[str]:
    """Folded words for several relatives that need no number."""
    return _words(_RELATIVES_ALONE)


@cache
def anybody() -> frozenset[str]:
    """Folded words for one person of a sex or an age, two of which may describe the same one."""
    return _words(_ANYBODY)
