"""Words for numbers that a source leaves open: "dozens", "several", "about a dozen".

Each word has a documented meaning, so that nothing is read into it:

- a round number said as one ("a dozen", "une centaine") is that number, approximately;
- "a couple" is at least 2, "a few" and "several" are at least 3;
- "tens" are at least 20, "dozens" 24, "scores" 40, "hundreds" 200, "thousands" 2,000, and so on:
  twice the number named, the smallest plural. There is never an upper bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from everyname.vocabulary.number_word import fold_number

_ABOUT = {
    6: "half a dozen|half dozen|полдюжины|пів дюжини|yarım düzine|une demi-douzaine|media docena",
    10: "десяток|десятка|une dizaine|dizaine|una decena|decena|onluq",
    12: "a dozen|dozen|дюжина|дюжину|une douzaine|douzaine|una docena|docena|bir düzine|düzine"
    "|дюжини|տասներկու հատ",
    15: "une quinzaine|quinzaine|una quincena",
    20: "a score|score|une vingtaine|vingtaine|una veintena|veintena|two tens",
    24: "two dozen|две дюжины|два десятка и четыре|dos docenas|deux douzaines|iki düzine",
    30: "une trentaine|trentaine|una treintena|treintena",
    36: "three dozen|три дюжины|tres docenas|trois douzaines|üç düzine",
    40: "two score|une quarantaine|quarantaine|una cuarentena",
    48: "four dozen",
    50: "une cinquantaine|cinquantaine|una cincuentena",
    60: "five dozen|three score|une soixantaine|soixantaine",
    100: "сотня|сотню|une centaine|centaine|un centenar|centenar|a hundred or so|сотня человек",
    1000: "un millier|millier|un millar|millar",
}
_AT_LEAST = {
    2: "a couple|couple|a couple of|couple of|пара|пару|un par|un par de|une paire",
    3: "a few|few|several|a handful|handful|несколько|кілька|декілька|quelques|plusieurs|varios"
    "|varias|algunos|algunas|unos cuantos|birkaç|bir kaç|bir neçə|neçə|عدة|عدد من|بضعة|بضع|چند"
    "|چندین|մի քանի|մի քանիսը|neskol'ko|neskolko",
    20: "tens|tens of|десятки|десятков|onlarca|onlarla|عشرات|العشرات|ده‌ها|տասնյակ|տասնյակներ"
    "|տասնյակներով|dizaines|des dizaines|decenas|desyatki",
    24: "dozens|dozens of|дюжины|düzinelerce|docenas|des douzaines|douzaines",
    40: "scores|scores of",
    200: "hundreds|hundreds of|сотни|сотен|сотні|yüzlerce|yüzlərlə|مئات|المئات|صدها|հարյուրներ"
    "|հարյուրավոր|centaines|des centaines|cientos|centenares|sotni",
    2000: "thousands|thousands of|тысячи|тысяч|тисячі|binlerce|minlərlə|آلاف|الآلاف|هزاران"
    "|հազարներ|հազարավոր|milliers|des milliers|miles|millares|tysyachi",
    20_000: "tens of thousands|десятки тысяч|десятки тисяч|on binlerce|on minlərlə|عشرات الآلاف"
    "|ده‌ها هزار|տասնյակ հազարավոր|des dizaines de milliers|dizaines de milliers"
    "|decenas de miles",
    200_000: "hundreds of thousands|сотни тысяч|сотні тисяч|yüz binlerce|yüz minlərlə|مئات الآلاف"
    "|صدها هزار|հարյուր հազարավոր|des centaines de milliers|centaines de milliers"
    "|cientos de miles|centenares de miles",
    2_000_000: "millions|millions of|миллионы|мільйони|milyonlarca|milyonlarla|ملايين|میلیون‌ها"
    "|միլիոնավոր|des millions|millones",
}


def _table(words: Mapping[int, str]) -> Mapping[str, int]:
    return {fold_number(word): value for value, line in words.items() for word in line.split("|")}


@cache
def round_numbers() -> Mapping[str, int]:
    """Folded words -> the number that they say approximately."""
    return _table(_ABOUT)


@cache
def open_numbers() -> Mapping[str, int]:
    """Folded words -> the smallest number that they can mean."""
    return _table(_AT_LEAST)
