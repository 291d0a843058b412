"""Seasons and parts of a period: "spring 1992", "early February", "first week of March"."""

from __future__ import annotations

from datetime import timedelta

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.calendars import span
from everyname.vocabulary.partial_date import PartialDate, winter
from everyname.vocabulary.reading import Calendar

SPRING, SUMMER, AUTUMN, WINTER = range(4)

SEASON_WORDS = """
0 spring|springtime|printemps|primavera|frühling|frühjahr|lente|voorjaar|vår|весна|весной|весны
0 весною|весні|навесні|весну|wiosna|wiosną|wiosny|jaro|jara|proljeće|proljeća|proleće|proleća
0 пролеће|пролет|ilkbahar|ilkbaharı|ilkbaharında|bahar|baharı|baharında|ربيع|الربيع|بهار|bihar
0 بەهار|پسرلی|գարուն|գարնանը|გაზაფხული|άνοιξη|春|봄|אביב
1 summer|summertime|été|l'été|verano|verão|estate|sommer|zomer|sommar|лето|летом|лета|літо|літа
1 влітку|lato|latem|lata|léto|léta|ljeto|ljeta|leto|лято|yay|yayı|yayında|صيف|الصيف|تابستان|havîn
1 هاوین|اوړی|ամառ|ամռանը|ზაფხული|καλοκαίρι|夏|여름|קיץ
2 autumn|fall|automne|otoño|outono|autunno|herbst|herfst|najaar|höst|осень|осенью|осени|осінь
2 осені|восени|jesień|jesienią|jesieni|podzim|podzimu|jesen|jeseni|есен|јесен|sonbahar|sonbaharı
2 sonbaharında|güz|payız|payızı|payızında|خريف|الخريف|پاییز|payîz|پایز|منی|աշուն|աշնանը|შემოდგომა
2 φθινόπωρο|秋|가을|סתיו
3 winter|wintertime|hiver|l'hiver|invierno|inverno|vinter|зима|зимой|зимою|зимы|зими|зиму|взимку
3 zima|zimą|zimy|zimi|zime|kış|kışı|kışında|qış|qışı|qışında|شتاء|الشتاء|زمستان|zivistan|زستان|ژمی
3 ձմեռ|ձմռանը|ზამთარი|χειμώνας|冬|겨울|חורף
"""
"""Season's number and its words; "yaz" is left out: Turkish for summer, Azerbaijani for spring."""

PORTION_WORDS = """
early early|early in|beginning of|the beginning of|start of|at the start of|at the beginning of
early beginning|start|début|au début de|debut de|début du|au début du|principios de
early a principios de|comienzos de|a comienzos de|inicios de|a inicios de|anfang|início de|inizio
early начало|в начале|початок|на початку|початку|başı|başında|başlarında|əvvəli|əvvəlində|evveli
early أوائل|في أوائل|اوایل|początek|na początku|początkiem|początku|početak|početkom|начала
early in early|at early
middle mid|middle of|the middle of|in the middle of|middle|mi|milieu de|milieu|mediados de
middle a mediados de|mitte|meados de|metà|середина|в середине|середине|середину|всередині|середині
middle ortası|ortasında|ortalarında|أواسط|منتصف|في منتصف|اواسط|połowa|w połowie|sredina|sredinom
late late|late in|end of|the end of|at the end of|by the end of|end|fin|fin de|la fin de
late à la fin de|finales de|a finales de|fines de|a fines de|ende|final de|fim de|fine|конец
late в конце|конце|конца|кінець|наприкінці|в кінці|кінці|кінця|sonu|sonunda|sonlarında|axırı
late axırında|أواخر|نهاية|في أواخر|اواخر|koniec|pod koniec|końcem|kraj|krajem|in late
half1 first half of|first half|1st half of|in the first half of|première moitié de
half1 primera mitad de|первая половина|в первой половине|первой половине|перша половина
half1 erste hälfte|النصف الأول من
half2 second half of|second half|2nd half of|in the second half of|seconde moitié de
half2 deuxième moitié de|segunda mitad de|вторая половина|во второй половине|второй половине
half2 друга половина|zweite hälfte|النصف الثاني من
quarter1 first quarter of|first quarter|q 1|первый квартал|в первом квартале|i квартал|1 квартал
quarter2 second quarter of|second quarter|q 2|второй квартал|во втором квартале|ii квартал
quarter3 third quarter of|third quarter|q 3|третий квартал|в третьем квартале|iii квартал
quarter4 fourth quarter of|fourth quarter|last quarter of|q 4|четвертый квартал|iv квартал
week1 first week of|1st week of|first week in|première semaine de|primera semana de|первая неделя
week2 second week of|2nd week of|second week in|deuxième semaine de|segunda semana de
week2 вторая неделя
week3 third week of|3rd week of|third week in|troisième semaine de|tercera semana de|третья неделя
week4 fourth week of|4th week of|fourth week in|quatrième semaine de|cuarta semana de
week_last last week of|last week in|dernière semaine de|última semana de|последняя неделя
week_of week of|the week of|in the week of|semaine du|semana del
week_until week ending|week ended|week to|the week ending
week_from week beginning|week commencing|week starting|week from|w c|wc
"""
"""Part of a period and its words."""

_FLAGS = {"half1": "first half", "half2": "second half"}
_SHARES = {"early": (0, 1, 3), "middle": (1, 2, 3), "late": (2, 3, 3)}
_HALVES = {"half1": (0, 1, 2), "half2": (1, 2, 2)}
_QUARTERS = {f"quarter{at + 1}": (at, at + 1, 4) for at in range(4)}
_WEEK = timedelta(days=6)


def portion_flag(portion: str) -> str:
    """What a person should know of a part of a period."""
    for kind in ("week", "quarter"):
        if portion.startswith(kind):
            return kind
    return _FLAGS.get(portion, portion)


def season(calendar: Calendar, number: int, year: int, until: int | None = None) -> PartialDate:
    """Days of a season of the northern hemisphere.

    Spring is March to May, summer June to August, autumn September to November, winter December
    to February: whole months, widened by nothing. A list from the southern hemisphere should
    write months. In the Solar Hijri calendar the seasons are its quarters. A winter of one year
    may be that which ends or that which begins in it, and is read as both.

    Parameters
    ----------
    calendar
        Calendar of the year.
    number
        0 spring to 3 winter.
    year
        Its year; of a winter, the one in which it begins if `until` is given.
    until
        Year in which a winter ends.

    Raises
    ------
    ValueNotUnderstood
        If the calendar has no seasons of its own, or the two years do not follow each other.
    """
    if until is not None and (number != WINTER or until != year + 1):
        raise ValueNotUnderstood("two years that are not one winter", do="Write months.")
    if calendar in {"hijri", "thai_buddhist"}:
        raise ValueNotUnderstood("a season in a calendar without seasons", do="Write months.")
    if calendar == "solar_hijri":
        first, last = (span(calendar, year, 3 * number + month) for month in (1, 3))
        return PartialDate(first.low, last.high)
    if number != WINTER:
        first, last = (span(calendar, year, 3 * number + month) for month in (3, 5))
        return PartialDate(first.low, last.high)
    if until is None:
        return winter(year) if calendar == "gregorian" else _winter(calendar, year - 1, year + 1)
    return _winter(calendar, year, until)


def _winter(calendar: Calendar, year: int, until: int) -> PartialDate:
    return PartialDate(span(calendar, year, 12).low, span(calendar, until, 2).high)


def part_of_season(whole: PartialDate, portion: str) -> PartialDate:
    """Early, middle or late month of a season of three months.

    Raises
    ------
    ValueNotUnderstood
        If the season is no season of one year, or is cut otherwise.
    """
    first = whole.low
    if portion not in _SHARES or (whole.high - first).days > 100:
        raise ValueNotUnderstood("a part of a season that cannot be told", do="Write months.")
    # Seasons are whole months of 28 to 31 days in either calendar: cut on their borders.
    if first.day == 1:
        months = [(first.month - 1 + ahead) % 12 + 1 for ahead in range(3)]
        at = _SHARES[portion][0]
        year = first.year + (first.month - 1 + at) // 12
        return PartialDate.of(year, months[at])
    third = timedelta(days=(whole.high - first).days // 3)
    low = first + _SHARES[portion][0] * third
    return PartialDate(low, whole.high if portion == "late" else low + third)


def part_of_month(calendar: Calendar, year: int, month: int, portion: str) -> PartialDate:
    """Part of a month: early is its days 1-10, middle 11-20, late the rest; a week is seven days.

    Raises
    ------
    ValueNotUnderstood
        If there is no such month, or the part needs a day.
    """
    days = {
        "early": (1, 10),
        "middle": (11, 20),
        "late": (21, None),
        "half1": (1, 15),
        "half2": (16, None),
        "week1": (1, 7),
        "week2": (8, 14),
        "week3": (15, 21),
        "week4": (22, 28),
    }
    whole = span(calendar, year, month)
    if portion == "week_last":
        return PartialDate(whole.high - _WEEK, whole.high)
    if portion not in days:
        raise ValueNotUnderstood("a part that no month has", do="Name the days.")
    first, last = days[portion]
    low = span(calendar, year, month, first).low
    return PartialDate(low, whole.high if last is None else span(calendar, year, month, last).high)


def part_of_year(calendar: Calendar, year: int, portion: str) -> PartialDate:
    """Part of a year: early is its months 1-4, middle 5-8, late 9-12.

    Raises
    ------
    ValueNotUnderstood
        If it is a week.
    """
    share = (_SHARES | _HALVES | _QUARTERS).get(portion)
    if share is None:
        raise ValueNotUnderstood("a week without its month", do="Name the month.")
    at, after, parts = share
    low = span(calendar, year, 12 * at // parts + 1).low
    return PartialDate(low, span(calendar, year, 12 * after // parts).high)


def week_about(day: PartialDate, portion: str) -> PartialDate:
    """Days of a week that is named by one of its days.

    "Week of 3 March" is any seven days that hold it, as lists begin their weeks on Saturday,
    Sunday, Monday or the day itself.
    """
    wide = day.widened(_WEEK.days)
    low = day.low if portion == "week_from" else wide.low
    return PartialDate(low, day.high if portion == "week_until" else wide.high)
