"""The words by which sources qualify a number, as patterns for texts spelled by `fold_words`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from everyname.vocabulary.word_pattern import folded_pattern, folded_source

Bound = Literal["low", "best", "high"]

DIGITS = r"[0-9][0-9.,'’٬٫  \u2009\u202f]*"
_ABOUT = (
    r"~|≈|(?:c|ca|circa|about|around|approx|approximately|some|nearly|almost|roughly|estimated"
    r"|an estimated|environ|près de|presque|quelque|unos|unas|alrededor de|cerca de|casi"
    r"|aproximadamente|около|примерно|почти|приблизительно|порядка|близько|приблизно|майже"
    r"|yaklaşık|takriben|aşağı yukarı|təxminən|təqribən|حوالي|نحو|قرابة|ما يقارب|تقريبا|در حدود"
    r"|حدود|نزدیک به|մոտ|մոտավորապես|շուրջ|etwa|ungefähr|rund|oko|otprilike)\b\.?"
)
_AT_LEAST = (
    r"at least|no fewer than|no less than|not less than|minimum|min\.?|>=|≥|au moins|al menos"
    r"|por lo menos|не менее|не менше|щонайменше|как минимум|по меньшей мере|en az|ən azı"
    r"|ən az|على الأقل|ما لا يقل عن|لا يقل عن|حداقل|دست کم|առնվազն|mindestens|najmanje"
)
_MORE = (
    r"more than|over|above|upwards of|>|plus de|más de|более|более чем|больше|свыше|понад|більше"
    r"|більш як|أكثر من|ما يزيد عن|بیش از|ավելի քան|mehr als|više od"
)
_AT_MOST = (
    r"at most|up to|no more than|not more than|maximum|max\.?|<=|≤|au plus|jusqu'à|hasta"
    r"|a lo sumo|como máximo|не более|до|не більше|en fazla|ən çox|على الأكثر|حداکثر|höchstens"
)
_FEWER = r"fewer than|less than|under|below|<|moins de|menos de|менее|меньше|менше|أقل من|کمتر از"
_OR_MORE = (
    r"\+|or more|and more|and above|or above|or over|at least|и более|и больше|або більше"
    r"|ou plus|o más|y más|veya daha fazla|ve üzeri|və daha çox|أو أكثر|فأكثر|على الأقل"
    r"|یا بیشتر|և ավելի"
)
_OR_FEWER = r"or fewer|or less|at most|и менее|ou moins|o menos|أو أقل"
_OR_SO = r"or so|approx\.?|approximately|civarında|تقريبا|-?(?:[aeə]|y[aeə])? ?(?:yaxın|yakın)"
_SIDES: tuple[tuple[str, Bound, str], ...] = (
    (rf"(?:{_AT_LEAST})\s*(\S.*)", "low", "at least"),
    (rf"(?:{_MORE})\s*(\S.*)", "low", "more than"),
    (rf"(?:{_AT_MOST})\s*(\S.*)", "high", "at most"),
    (rf"(?:{_FEWER})\s*(\S.*)", "high", "fewer than"),
    (rf"(?:{_ABOUT})\s*(\S.*)", "best", "approximate"),
    (rf"(\S.*?)\s*(?:{_OR_MORE})", "low", "at least"),
    (rf"(\S.*?)\s*(?:{_OR_FEWER})", "high", "at most"),
    (rf"(\S.*?)\s*(?:{_OR_SO})", "best", "approximate"),
)
_FROM = "between |from |de |entre |desde |от |с |від |між |من |بين |از "
_TO = r"-|–|—|to|or|and|или|або|ou|o|veya|və ya|أو|یا|կամ|à|et|a|y|до|по|и|та|ile|ilə|إلى|و|تا"


@cache
def qualified() -> tuple[tuple[re.Pattern[str], Bound, str], ...]:
    """Patterns of a qualified number, the bound that each states, and its flag."""
    return tuple((folded_pattern(source), side, flag) for source, side, flag in _SIDES)


@cache
def number_range() -> re.Pattern[str]:
    """Pattern of two numbers, such as "between 10 and 20"."""
    return re.compile(
        rf"(?:{folded_source(_FROM)})?({DIGITS}?)\s*(?:{folded_source(_TO)})\s*({DIGITS})"
        "(?: aras[iı](?:nda)?)?"
    )
