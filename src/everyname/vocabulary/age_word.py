"""Words that stand beside the number in an age: units of time, "aged", infants, the unborn."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from everyname.vocabulary.number_word import fold_words
from everyname.vocabulary.word_set import word_set

Unit = Literal["years", "months", "weeks", "days", "hours"]

PER_YEAR: Mapping[Unit, float] = {
    "years": 1.0,
    "months": 12.0,
    "weeks": 52.18,
    "days": 365.25,
    "hours": 8766.0,
}
"""How many of each unit make a year."""

_UNITS: Mapping[Unit, str] = {
    "years": """
years|year|years old|year old|years of age|years-old|year-old|yrs|yr|yrs old|yr old|y|y/o|yo|y.o|
aged|age|ans|an|d'âge|años|año|años de edad|años edad|anos|ano|anos de idade|anni|лет|год|года|г|
л|годов|лет от роду|летний|летняя|летнего|летней|років|роки|рік|року|річний|річна|yaş|yaşında|
yaşlarında|yaşlı|yaşlarındakı|yaşındadır|yaşındaki|سنة|سنه|سنوات|سنين|عام|عاما|عامًا|أعوام|سال|
ساله|سالگی|سالە|ساڵ|سال سن|տարեկան|տարի|տ|ամյա|წლის|წელი|שנים|שנה|שנות|jahre|jahr|jahre alt|
jähriger|jährige|jaar|jaar oud|år|år gammal|år gammel|let|roků|rokov|rok|lat|lata|godina|godine|
godinu|god|godini|години|година|год.|г.|ani|de ani|vjeç|vjet|χρονών|ετών|έτη|χρόνια|év|éves|
vuotta|vuotias|metų|metai|gadi|gadu|aastat|aastane|sal|salî|sale|жас|жаста|жаш|jaş|yosh|yoshda|
сол|сола|жыл|साल|वर्ष|वर्षीय|बर्ष|বছর|سال کا|برس|岁|周岁|歲|歳|才|세|살|tahun|thn|taong gulang|
tuổi|ปี|ឆ្នាំ|ปีขวบ|ዓመት|miaka|iminyaka|jiroo|sano|sannado|jir|shekaru|அகவை|வயது
""",
    "months": """
months|month|months old|month old|months-old|month-old|mos|mo|mths|mth|m.o|mois|meses|mes|mês|mesi|
mese|мес|месяц|месяца|месяцев|місяць|місяці|місяців|міс|ay|aylıq|aylık|ayda|شهر|شهرا|شهور|
أشهر|شهرين|ماه|ماهه|ماهگی|ամիս|ամսական|ամսեկան|თვის|თვე|חודשים|חודש|monate|monat|monate alt|
maanden|maand|måneder|måned|månader|månad|měsíců|měsíce|mesiacov|miesięcy|miesiące|miesiąc|
mjeseci|mjesec|meseci|mesec|месеци|месеца|месец|luni|lună|muaj|μηνών|μήνες|hónapos|hónap|meh|
mehî|ай|oylik|महीने|महीना|माह|মাস|ماہ|个月|個月|か月|ヶ月|カ月|개월|달|bulan|bln|buwan|tháng|
tháng tuổi|เดือน|ខែ|ወር|miezi|bilood|watanni
""",
    "weeks": """
weeks|week|weeks old|week old|week-old|weeks-old|wks|wk|semaines|semaine|semanas|semana|settimane|
недель|недели|неделя|неделю|нед|тижнів|тижні|тиждень|тиж|hafta|haftalık|həftə|həftəlik|أسبوع|
أسابيع|أسبوعا|هفته|شەبات|շաբաթ|շաբաթական|კვირის|კვირა|שבועות|שבוע|wochen|woche|weken|uker|veckor|
týdnů|tygodni|tygodnie|sedmica|nedelja|nedjelja|недели|săptămâni|javë|εβδομάδες|hetes|hét|апта|
周|週|週間|星期|주|minggu|linggo|tuần|สัปดาห์|wiki
""",
    "days": """
days|day|days old|day old|day-old|days-old|jours|jour|días|día|dias|dia|giorni|giorno|дней|дня|день|
дн|днів|дні|gün|günlük|gündə|يوم|أيام|يوما|روز|روزه|օր|օրական|დღის|დღე|ימים|יום|tage|tag|dagen|
dag|dager|dagar|dní|dni|dzień|dana|dan|дана|дни|ден|zile|zi|ditë|ημερών|μέρες|napos|nap|roj|rojî|
күн|kun|kunlik|दिन|দিন|天|日|日齢|일|hari|araw|ngày|วัน|ቀን|siku
""",
    "hours": """
hours|hour|hours old|hrs|heures|heure|horas|hora|ore|часов|часа|час|годин|saat|saatlıq|ساعة|ساعات|
ساعت|ժամ|საათის|שעות|stunden|sati|小时|時間|시간|jam
""",
}

_LABELS = """
age|aged|age:|ages|at age|at the age of|the age of|возраст|в возрасте|вік|віком|у віці|yaş|yaşı|
yaşı:|العمر|عمر|عمره|عمرها|السن|بعمر|âge|âgé de|âgée de|agé de|agée de|age de|edad|de edad|de|idade|
տարիքը|տարիք|سن|سن:|年龄|年齡|年齢|나이|גיל|בן|בת|ასაკი|ასაკის|alter|alter:|età|leeftijd|wiek|věk|
vek|godina|starost|starosti|miaka|umri|umri wa miaka|umur|usia|berusia|tuổi|आयु|उम्र|ηλικία|
ηλικίας|temen|تەمەن
"""
_INFANT = """
infant|baby|newborn|newborn baby|new born|new-born|neonate|suckling|nursing infant|nourrisson|bébé|
nouveau-né|nouveau-née|recién nacido|recién nacida|bebé|lactante|recém-nascido|младенец|
новорожденный|новорождённый|новорожденная|новорождённая|грудной ребенок|грудной ребёнок|немовля|
новонароджений|новонароджена|bebek|yenidoğan|yeni doğan|körpə|yeni doğulmuş|çağa|رضيع|رضيعة|
مولود جديد|حديث الولادة|حديثة الولادة|نوزاد|شیرخوار|նորածին|մանուկ|ჩვილი|ახალშობილი|תינוק|תינוקת|
säugling|neugeborenes|novorođenče|beba|dojenče|novorođenče|婴儿|新生儿|bayi|zarok|pitik
"""
_UNBORN = """
unborn|unborn child|unborn baby|fetus|foetus|fœtus|embryo|in utero|in the womb|stillborn|stillbirth|
mort-né|mort-née|no nacido|feto|плод|эмбрион|нерожденный|нерождённый|мертворожденный|
мертворождённый|ненароджений|плід|мертвонароджений|doğmamış|doğmamış bebek|fetüs|cenin|döl|
ana bətnində|جنين|جنین|سقط|չծնված|պտուղ|עובר|ungeboren|nerođeno
"""
_TEENS = word_set("teenager teenaged teenage teen teens")


def _folded_set(lines: str) -> frozenset[str]:
    return frozenset(fold_words(word).rstrip(".: ") for word in word_set(lines, between="|"))


@lru_cache(maxsize=1)
def units() -> Mapping[str, Unit]:
    """Folded word -> unit of time, without a full stop behind it."""
    return {word: unit for unit, lines in _UNITS.items() for word in sorted(_folded_set(lines))}


@lru_cache(maxsize=1)
def labels() -> frozenset[str]:
    """Folded words that may stand before the number: "aged", "возраст"."""
    return _folded_set(_LABELS)


@lru_cache(maxsize=1)
def infants() -> frozenset[str]:
    """Folded words for a child of less than a year or so."""
    return _folded_set(_INFANT)


@lru_cache(maxsize=1)
def unborn() -> frozenset[str]:
    """Folded words for a child that was not born alive."""
    return _folded_set(_UNBORN)


TEENS = _TEENS
"""English words that say thirteen to nineteen."""
