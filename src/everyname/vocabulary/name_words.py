"""Words in a name that are not the name: titles, glue, and words for "nobody knows"."""

from __future__ import annotations

import re

from everyname.vocabulary.code_list import folded
from everyname.vocabulary.name_letters import name_latin
from everyname.vocabulary.word_set import word_set

_TITLES = """
mr mrs ms miss dr prof professor sir madame mme mlle monsieur sra senor senora herr frau
gospodin gospozha lt sgt capt cpl maj col pvt haji hajji hadji hajj alhaj alhajj hajja
sheikh shaikh shaykh cheikh alshhyd alhaja mullah mulla
г-н г-жа господин госпожа гр гражданин гражданка д-р доктор проф профессор пан пані панна добродій
рядовой рядовий солдат сержант старшина прапорщик лейтенант лейтенанта капитан капітан майор
подполковник підполковник полковник генерал генерал-майор єфрейтор ефрейтор мл-ший младший старший
السيد السيدة الدكتور الدكتورة دكتور دكتورة المهندس المهندسة الاستاذ الأستاذ أستاذ الأستاذة الشيخ
شيخ الحاج الحاجة حاج الشهيد الشهيدة شهيد المرحوم المرحومة العميد العقيد المقدم الرائد النقيب
الملازم الرقيب العريف الجندي اللواء د. م. أ. آقای خانم دکتر مهندس سردار سرهنگ
պարոն տիկին օրիորդ դոկտոր պրոֆեսոր շարքային սերժանտ լեյտենանտ կապիտան մայոր գնդապետ գեներալ
מר גב גברת אדון רב-סרן סמל סרן סגן טוראי אלוף תת-אלוף פרופ פרופסור פרופ' ד"ר
ბატონი ქალბატონი დოქტორი პროფესორი რიგითი სერჟანტი ლეიტენანტი კაპიტანი მაიორი პოლკოვნიკი გენერალი
κύριος κυρία κ δρ καθηγητής στρατιώτης λοχίας λοχαγός ταγματάρχης συνταγματάρχης
bay bayan sayın uzm doç av yrd yzb üstğ astsb onb tğm ütğm
cənab xanım şəhid əsgər çavuş baş-leytenant leytenant kapitan mayor-leytenant polkovnik mühəndis
shahid shaheed martyr
don doña dña sr srta lic ing licenciado doctora cabo teniente sargento coronel soldado subteniente
श्री श्रीमती सुश्री डॉ डॉक्टर स्वर्गीय शहीद मेजर कैप्टन कर्नल सिपाही हवलदार नायक सूबेदार पंडित
先生 女士 小姐 太太 博士 教授 同志
pfc lcpl ssgt cdr rev fr rabbi imam esq adm gen brig hon
"""
# A name of its own in Latin letters, or a word of another language.
_ALSO_NAMES = word_set(
    "shahid shaheed don asgar mayor m a d k g imam bay bayan pan av lic hon gen do doch fr gr bash "
    "alsyd xanim janab pandit nayak srdar sr cabo soldado coronel general ing rev adm brig kes"
)
_HONOURED = word_set(_TITLES)
TITLES = frozenset(filter(None, map(name_latin, _HONOURED))) - _ALSO_NAMES
"""Titles, ranks and honorifics in Latin spelling; dropped from a name that has other words."""

_BEFORE = """
don shahid shaheed sayyid sayed syed seyed seyyed sayyed alsyd general major colonel captain
lieutenant sergeant corporal private doctor sister brother father mother mawlawi maulvi maulavi
mawlana maulana molla qari hafiz hafez mayor president king queen prince princess lord
lady moulay lalla baba ustad ustadh engineer sargent oberst hauptmann leutnant
mohtarma imam bay bayan av lic hon gen fr xanim pandit srdar sr cabo soldado coronel ing
rev adm brig mohtarma bibi signor signora dottore abuna mar kes
"""
TITLES_BEFORE = word_set(_BEFORE)
"""Titles that are names too; dropped where they stand first and two other words follow."""

ARABIC_ABBREVIATIONS = word_set("د م أ ا ش ح")
"""Letters that stand for a title in Arabic script where a name has other words."""

ARTICLES = word_set("al el ul")
SUN_ARTICLES = word_set("ad an ar as ash at ath az ed en er es esh et ez")
"""Forms of the Arabic article before d, n, r, s, sh, t, z."""

CHILD_OF = word_set("bin ibn bint binti bnt bn ben ould wuld weld veled ebn bat aben")
"""Words for "son of" and "daughter of" before the parent's name."""

OF_PARENT = word_set(
    "oglu ogly oghlu oglou ogli ughli uulu uly qizi gizi kizi kyzy qyzy gyzy dze asuli"
)
"""Words for "son of" and "daughter of" after the parent's name."""

NOT_ARTICLE = word_set(
    """
    alban albert alberta alberto albina albrecht aldona aldous aldrich alfons alfonso alfonzo
    alfred alfredo alfreda algirdas alphonse alptekin alparslan alston althea alvarez alvaro
    alvina almeida almaz alsou altay altaf altun altunin alkan alsu alpha
    """
)
"""Words that begin with "al" and a consonant without the Arabic article."""

NOT_ARTICLE_ARABIC = word_set("الياس إلياس الهام إلهام البرت ألبرت الكسندر ألكسندر الفت ألفت")
"""Words that begin with alef and lam without the article."""

_UNKNOWN = """
unknown unidentified unnamed anonymous nameless nn n.n. n.n tk xx xxx noname inconnu inconnue
anonyme desconocido desconocida anonimo unbekannt unbekannte неизвестный неизвестная
неизвестно неизвестен неопознанный неопознанная неустановленный неустановленная безымянный
безымянная невідомий невідома невпізнаний невпізнана bilinmeyen naməlum anonim məchul meçhul
مجهول مجهولة مجهولين անհայտ անանուն უცნობი
"""
UNKNOWN_NAMES = frozenset(map(folded, word_set(_UNKNOWN)))
"""Words that stand in place of a name."""

_PHRASES = """
name withheld by police|name withheld by authorities|withheld by police|withheld|
name withheld|name not known|name unknown|no name|name not released|not identified|not named|
names unknown|identity unknown|identity withheld|john doe|jane doe|non identifié|
non identifiée|sin identificar|sin nombre|no identificado|no identificada|nomen nescio|
без имени|имя неизвестно|личность не установлена|личность неизвестна|не установлен|не опознан|
имя не указано|ім'я невідоме|особу не встановлено|kimliği belirsiz|isimsiz|adı bilinmiyor|
adı məlum deyil|şəxsiyyəti məlum deyil|غير معروف|غير معروفة|مجهول الهوية|مجهولة الهوية|
بدون اسم|اسم غير معروف|անունը հայտնի չէ|نامعلوم|ناشناس|young man|young woman|young boy|
young girl|old man|old woman|elderly man|elderly woman|to be confirmed|to be identified|tbc|
tbd
"""
UNKNOWN_PHRASE = re.compile(
    r"\b(?:"
    + "|".join(
        sorted(map(folded, word_set(_PHRASES, between="|")), key=lambda p: (-len(p), p)),
    )
    + r")\b"
)
"""Phrases that stand in place of a name, as `folded` spells them."""

FILLERS = word_set(
    "a an the of number no nr and with name named age aged years year in his her their"
)
"""Words that may stand beside those that describe."""

_GENERIC = """
man men woman women boy girl child children baby infant newborn person persons people male
female adult minor victim victims body bodies civilian civilians soldier homme femme garçon
fille enfant bébé personne corps hombre mujer niño niña persona cuerpo мужчина женщина мальчик
девочка ребенок ребёнок младенец человек лицо тело труп чоловік жінка хлопчик дівчинка дитина
особа тіло erkek kadın çocuk kız kişi şəxs qadın uşaq oğlan qız رجل امرأة طفل طفلة شخص جثة
الهوية شهيد ولد بنت տղամարդ կին երեխա
"""
GENERIC = frozenset(map(folded, word_set(_GENERIC)))
"""Words that describe a person without naming one."""

_RELATIVES = """
wife of|husband of|son of|daughter of|mother of|father of|brother of|sister of|child of|
children of|baby of|infant of|newborn of|baby girl of|baby boy of|grandson of|granddaughter of|
grandmother of|grandfather of|family of|relative of|wife to|w/o|d/o|s/o|épouse de|femme de|
fils de|fille de|enfant de|esposa de|mujer de|hijo de|hija de|жена|муж|сын|дочь|ребёнок|
ребенок|мать|брат|сестра|дружина|син|донька|дитина|زوجة|ابنة|طفل|طفلة|رضيع|رضيعة|والدة|جنين|
حرم
"""
RELATIVES = tuple(f"{folded(phrase)} " for phrase in sorted(word_set(_RELATIVES, between="|")))
"""Beginnings that name somebody else: "wife of ..."."""
