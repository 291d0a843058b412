"""The forms in which ages are written, as patterns for texts spelled by `fold_words`."""

from __future__ import annotations

_N = r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)"
_UNIT = r"([^\W0-9][^0-9<>+/=~?–—]*?)?"

ABOUT = (
    r"^(?:~|≈|(?:c|ca|circa|about|around|approx|approximately|roughly|nearly|almost|some|environ"
    r"|vers|unos|aproximadamente|alrededor de|cerca de|около|примерно|приблизительно|где то|почти"
    r"|приблизно|близько|майже|yaklaşık|takriben|təxminən|təqribən|حوالي|نحو|تقريبا|قرابة|حدود"
    r"|در حدود|մոտ|մոտավորապես|շուրջ|etwa|ungefähr|oko|okolo|დაახლოებით|בערך|sekitar|nezîkî)\b\.?"
    r"|约|約|약|大约|大約)\s*"
)
"""Words for "about" before the number."""

ABOUT_BEHIND = (
    r"\s*(?:\(\s*(?:\?|approx\.?|approximately|estimated|est\.?|about|примерно|приблизительно"
    r"|təxminən|yaklaşık|تقريبا)\s*\)|(?:or so|approx\.?|approximately|تقريبا|左右|примерно"
    r"|civarında|təxminən))$"
)
"""Words for "about" behind the number."""

LABELLED = r"([^\W0-9][^0-9<>~]*?)[\s.:–-]*(?=[0-9<>~≥≤])"
"""Words before the number; `age_word.labels` says which of them are labels."""

ONE = rf"{_N}\s*-?\s*{_UNIT}\.?"
"""One number, and the words behind it."""

RANGE = (
    rf"(?:between |from |entre |de |от |від |между |між |من |بين |از )?{_N}\s*{_UNIT}\.?\s*"
    r"(?:-|–|—|/|\b(?:to|and|or|a|o|y|ou|à|et|до|или|и|або|чи|та|ile|ilə|və|ya da|veya|və ya|ya"
    r"|yoxsa|أو|إلى|و|تا|یا|կամ|oder|bis|und|ili|atau|או|或)\b|[至到~～])"
    rf"\s*{_N}\s*-?\s*{_UNIT}\.?(?: aras[iı](?:nda)?)?"
)
"""Two numbers, each with the words behind it."""

COMPOUND = rf"{_N}\s*{_UNIT}\.?[\s,]*(?:and |и |et |y |ve |və |و\s*|և )?([0-9]{{1,2}})\s*{_UNIT}\.?"
"""Years and months, months and days."""

DECADE = r"(?:in (?:his|her|their) )?(?:(early|mid|late)[ -])?([1-9]0)s"
"""Ten years of life: "30s"."""

DECADES = r"([1-9]0)s\s*(?:-|–|—|/|to|and|or)\s*([1-9]0)s"
"""From one decade to another: "60s-70s"."""

FROM = (
    rf"(?:{_N}\s*{_UNIT}\s*(?:\+|and over|and above|and older|or older|or over|or more|plus"
    r"|et plus|y más|o más|и старше|и более|і старше|ve üzeri|və yuxarı|və böyük|فما فوق|فأكثر"
    r"|و بیشتر|և ավելի)"
    r"|(?:over|at least|more than|older than|above|>=?|≥|plus de|au moins|más de|mayor de|старше"
    r"|больше|более|свыше|не менее|старше чем|понад|старше за|больше чем|أكثر من|فوق|بیش از"
    rf"|ավելի քան)\s*{_N})\s*{_UNIT}\.?"
)
"""A lower bound, behind or before the number."""

UNDER = (
    r"(under|less than|younger than|below|up to|<=?|≤|moins de|menos de|menor de|младше|моложе"
    rf"|менее|меньше|до|молодше|менше|أقل من|تحت|دون|کمتر از)\s*{_N}\s*{_UNIT}\.?"
)
"""An upper bound."""

HALF = (
    r"([0-9]{1,3}) (?:and a half|et demie?|y medi[oa]|с половиной|з половиною|buçuk|ونصف|و نیم)\b"
)
"""A half behind a whole number, in words."""

FRACTION = r"([0-9]{1,3})\s*(?:([¼½¾⅓⅔⅛])|\s([1-3])\s?[/⁄]\s?([2-4])(?![0-9]))|^([¼½¾⅓⅔⅛])"
"""A fraction behind a whole number, or alone."""

DATE = r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}"
"""A date in numbers."""

LIKE_FRACTION = r"(?:1\s?/\s?[234]|[23]\s?/\s?4)(?![0-9])"
"""Two numbers that can be a fraction: "1/2 year"."""

CLINICAL = (
    r"(?:(?:[1-9]|1[01])\s?/\s?12|(?:[1-9]|[1-4][0-9]|5[01])\s?/\s?52|[1-6]\s?/\s?7"
    r"|1\s?/\s?[234]|[23]\s?/\s?4)"
)
"""Two numbers that can be months, weeks or days in the shorthand of hospitals, or a fraction."""

BARE = r"[0-9]{1,3}(?: [^\W0-9]\.?)?"
"""A number without a unit, or with one of a single letter."""
