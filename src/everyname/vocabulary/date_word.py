"""Words around dates, in many languages: "about", "night of", "between", eras, days of the week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from everyname.vocabulary.date_letters import phrase
from everyname.vocabulary.month_name import cldr_names
from everyname.vocabulary.season import PORTION_WORDS, SEASON_WORDS

LONGEST = 5
"""Words of the longest phrase."""

_WORDS = """
about on or about|on or around
about about|around|approx|approximately|circa|c|ca|cca|abt|roughly|near|nearly|towards|vers
about environ|autour du|aux alentours du|hacia|alrededor de|alrededor del|aproximadamente|sobre el
about cerca de|por volta de|um den|gegen|etwa|ungefähr|около|примерно|приблизительно
about ориентировочно|в районе|приблизно|близько|орієнтовно|yaklaşık|takriben|təxminən|təqribən
about حوالي|نحو|حوالى|تقريبا|زهاء|حدود|حدوداً|در حدود|تقریبا|نزدیک|շուրջ|մոտ|մոտավորապես|około|ok
about asi|přibližně|oko|otprilike|circa il|ongeveer|rond|omkring|estimated|est
doubt probably|possibly|perhaps|maybe|presumably|likely|prob|poss|believed|reportedly|allegedly
doubt probablement|peut être|probablemente|posiblemente|quizás|tal vez|provavelmente|talvez
doubt wahrscheinlich|vermutlich|vielleicht|предположительно|вероятно|возможно|видимо|ймовірно
doubt можливо|muhtemelen|belki|ehtimal|ehtimalla|ربما|يحتمل|على الأرجح|احتمالا|شاید|prawdopodobnie
doubt možda
night night of|night|overnight|the night of|on the night of|during the night of|night between
night nuit du|la nuit du|dans la nuit du|noche del|la noche del|la noche de|noche de|ночь на
night ночь с|в ночь на|в ночь с|ночью|ніч на|ніч з|в ніч на|в ніч з|у ніч на|у ніч з|ніч проти
night в ніч проти|ليلة|في ليلة|nacht vom|nacht zum|in der nacht vom|in der nacht zum|notte del
night noite de|noite do|gecesi|gecə|gecəsi|شب|در شب|noc|w nocy|w nocy z|nocy
bound before|after|since|until|till|prior to|not later than|no later than|not before
bound not earlier than|earlier than|later than|by|avant|après|depuis|jusqu'au|antes de|antes del
bound después de|desde|después del|hasta|vor|nach|seit|bis|до|после|с тех пор|не позднее|не ранее
bound перед|після|від|قبل|بعد|منذ|قبل از|بعد از|پیش از|پس از|öncesi|sonrası|önce|sonra|əvvəl|przed
bound po|prije|nakon
join to|until|till|through|thru|and|au|al|à|по|на|до|إلى|الى|ila|et|y|e|a|und|bis|i|и|та|й|і|do|až
join en|tot|og|och|til|ve|və|و|حتى|لغاية|تا|有|至|から|부터|and the|et le|y el|и на|on|bis zum
either or|ou|o|u|или|либо|або|чи|oder|veya|ya da|və ya|yaxud|أو|او|یا|lub|ili|albo|либо на|or on
filler the|of|in|year|years|month|day|date|dated|de|del|du|le|la|les|el|los|las|l|d|m|an|anno|año
filler ano|am|den|der|das|im|in dem|vom|jahr|jahres|dia|día|giorno|nel|dell|di|dne|dnia|roku|rok|r
filler god|année|années|año de|del año|год|года|году|годы|годов|г|гг|рік|року|році|роки|р|рр|числа
filler число|день|дня|месяц|месяца|в|во|у|yıl|yılı|yılının|yılında|il|ili|ilin|ilində|ci|cı|cu|cü
filler tarihi|tarihinde|günü|من|عام|سنة|في|يوم|شهر|العام|سنه|سال|روز|ماه|در|تاریخ|تاريخ|بتاريخ
filler مورخ|թ|թթ|թվական|թվականի|თ|წ|წელი|წლის|wl|წელს|from|between|entre|с|со|з|із|зі|между|між
filler بين|بین|از|st|nd|rd|th|er|ngày|năm|nam|tanggal|tahun|tgl|ko|gada|gads|metų|a|od|ze|z|w|we
filler va|s|t|ne|na|no|era|hrs|hours|h|uhr|local time|dnes|on the|in the|of the|o'clock|le mois de
filler го|е|є|º|ª|ere|tháng|thg|mois de|mes de|month of|the month of|year of|the year|the year of
filler วันที่|เดือน|ปี|พศ
gregorian ce|ad|a d|c e|n s|ns|new style|gregorian|м|м р|ميلادي|ميلادية|ميلاديه|م|میلادی
gregorian нового стиля|н ст|н с|по новому стилю|новый стиль|нов ст|н э|н е|ค ศ|miladi|n e
julian o s|old style|julian|старого стиля|ст ст|ст стиля|по старому стилю|старый стиль|с ст
julian юлианский|по юлианскому календарю|за старим стилем|старого стилю|juliánsky|julien|juliano
solar_hijri ap|a p|sh|s h|a h s|ahs|hs|h s|ش|ه ش|هش|هـ ش|هجری شمسی|هجري شمسي|شمسی|خورشیدی
solar_hijri solar hijri|hijri shamsi|shamsi|khorshidi|هجری خورشیدی|jalali|persian|لمریز|هجري لمریز
solar_hijri لمريز
hijri ah|a h|h|هـ|ه|هجري|هجرية|هجریه|للهجرة|الهجرية|ق|ه ق|هق|هـ ق|هجری قمری|قمری|hijri|hijriyah
hijri hicri|hicri kameri|hijrah|hegira|lunar hijri|هجری
thai_buddhist be|b e|พ ศ|พุทธศักราช|buddhist era
same الموافق|موافق|الموافق ل|المصادف|مصادف|برابر با|برابر|مطابق|مطابق با|corresponding to|i e
same equal to
foreign e c|ethiopian|bc|b c|bce|b c e|до н э|ق م|bs|b s|bikram sambat|rumi|رومي|rumî|hebrew
foreign coptic
unclear yaz|yazı|yazda|yazında|yazın|mid summer|midsummer
"""
_WEEKDAYS = """
0 monday|mon|lundi|lunes|lun|lunedì|segunda feira|montag|понедельник|пн|понеділок|pazartesi
0 bazar ertəsi|月|الاثنين|الإثنين|اثنين|دوشنبه|poniedziałek|ponedjeljak|ponedeljak|երկուշաբթի
1 tuesday|tue|tues|mardi|martes|martedì|terça feira|dienstag|вторник|вт|вівторок|salı
1 çərşənbə axşamı|火|الثلاثاء|ثلاثاء|سه شنبه|سهشنبه|wtorek|utorak|երեքշաբթի
2 wednesday|wed|weds|mercredi|miércoles|mercoledì|quarta feira|mittwoch|среда|среду|ср|середа
2 çarşamba|水|çərşənbə|الأربعاء|الاربعاء|اربعاء|چهارشنبه|środa|srijeda|sreda|չորեքշաբթի
3 thursday|thu|thur|thurs|jeudi|jueves|giovedì|quinta feira|donnerstag|четверг|чт|четвер|perşembe
3 cümə axşamı|木|الخميس|خميس|پنجشنبه|پنج شنبه|czwartek|četvrtak|հինգշաբթի
4 friday|fri|vendredi|viernes|venerdì|sexta feira|freitag|пятница|пятницу|пт|п'ятниця|cuma|cümə
4 الجمعة|金|جمعة|جمعه|piątek|petak|ուրբաթ
5 saturday|sat|samedi|sábado|sabato|samstag|sonnabend|суббота|субботу|сб|субота|cumartesi|şənbə
5 السبت|土|سبت|شنبه|sobota|subota|շաբաթ
6 sunday|sun|dimanche|domingo|domenica|sonntag|воскресенье|вс|неділя|pazar|bazar|الأحد|احد|الاحد|日
6 یکشنبه|يكشنبه|niedziela|nedjelja|nedelja|կիրակի
"""


@cache
def date_words() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Words in plain letters (see `phrase`), with all their kinds and values."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for kind, value, word in _entries():
        entry = (kind, value)
        have = found.get(word, ())
        found[word] = have if entry in have else (*have, entry)
    return found


def _entries() -> Iterator[tuple[str, str, str]]:
    for line in _WORDS.strip().splitlines():
        kind, words = line.split(" ", 1)
        calendar = kind in {"gregorian", "julian", "solar_hijri", "hijri", "thai_buddhist"}
        for word in words.split("|"):
            yield ("calendar" if calendar else kind), kind, phrase(word)
    for kind, table in (
        ("weekday", _WEEKDAYS),
        ("season", SEASON_WORDS),
        ("portion", PORTION_WORDS),
    ):
        for line in table.strip().splitlines():
            value, words = line.split(" ", 1)
            yield from ((kind, value, phrase(word)) for word in words.split("|"))


@cache
def cldr_weekdays() -> Mapping[str, str]:
    """Days of the week ("0" Monday) in the languages of CLDR whose month names are read."""
    return {name: str(numbers[0]) for name, numbers, _ in cldr_names("d") if len(numbers) == 1}
