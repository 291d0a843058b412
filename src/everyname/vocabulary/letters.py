"""Letters that a general transliteration spells unlike the names of the field.

Each table maps single letters to lower-case ASCII. Letters not listed go to ``anyascii``.
"""

from __future__ import annotations

from types import MappingProxyType

_ARABIC = {
    **dict.fromkeys("اأإآٱى", "a"),
    **dict.fromkeys("ةۃ", "a"),
    **dict.fromkeys("ءٔٴ", ""),
    **dict.fromkeys("ؤوۆۇۈ", "w"),
    **dict.fromkeys("ئيیېێے", "y"),
    **dict.fromkeys("هھہەۀ", "h"),
    **dict.fromkeys("كکڪ", "k"),
    **dict.fromkeys("قڨ", "q"),
    "ب": "b",
    "پ": "p",
    "ت": "t",
    "ٹ": "t",
    "ث": "th",
    "ج": "j",
    "چ": "ch",
    "ح": "h",
    "خ": "kh",
    "د": "d",
    "ڈ": "d",
    "ذ": "dh",
    "ر": "r",
    "ڕ": "r",
    "ز": "z",
    "ژ": "zh",
    "س": "s",
    "ش": "sh",
    "ص": "s",
    "ض": "d",
    "ط": "t",
    "ظ": "z",
    "ع": "a",
    "غ": "gh",
    "ف": "f",
    "ڤ": "v",
    "گ": "g",
    "ل": "l",
    "ڵ": "l",
    "م": "m",
    "ن": "n",
    # Short vowels, doubling marks, tatweel and the joiners of Persian are not letters.
    **dict.fromkeys(map(chr, [*range(0x064B, 0x0656), 0x0640, 0x0670, 0x200C, 0x200D]), ""),
}

_ARMENIAN = {
    "ու": "u",
    "և": "ev",
    "ը": "y",
    "օ": "o",
    "թ": "t",
    "փ": "p",
    "ք": "k",
    "չ": "ch",
    "ց": "ts",
    "ռ": "r",
    "ճ": "ch",
    "ւ": "v",
}

_LATIN = {
    "ə": "a",
    "ǝ": "a",
    "ı": "i",
    "i̇": "i",
    "ş": "sh",
    "ș": "sh",
    "ç": "ch",
    "š": "sh",
    "č": "ch",
    "ž": "zh",
    "ö": "o",
    "ü": "u",
    "ʼ": "",
    "ʻ": "",
    "ʿ": "",
    "ʾ": "",
}

_CYRILLIC = {
    "ә": "a",
    "ө": "o",
    "ү": "u",
    "һ": "h",
    "ғ": "gh",
    "ҹ": "j",
    "ҝ": "g",
    "ъ": "",
    "ь": "",
}

LETTERS = MappingProxyType(_ARABIC | _ARMENIAN | _LATIN | _CYRILLIC)
"""Lower-case letter -> lower-case ASCII, whatever the language."""

AZERBAIJANI = MappingProxyType({"c": "j", "x": "kh", "q": "g", "j": "zh", "ğ": "gh"})
"""Letters read as in Azerbaijani, where the word has one of `AZERBAIJANI_ONLY`.

They follow the spelling of names in Azerbaijani passports.
"""

AZERBAIJANI_ONLY = frozenset("əǝ")

AZERBAIJANI_CYRILLIC = MappingProxyType({"ј": "y"})
"""Letters read as in Azerbaijani Cyrillic, where the word has one of the next set."""

AZERBAIJANI_CYRILLIC_ONLY = frozenset("әғҝөүһҹ")

TURKISH = MappingProxyType({"c": "j"})
"""Letters read as in Turkish, where the word has one of `TURKISH_ONLY`."""

TURKISH_ONLY = frozenset("ğı")

HINTS = (
    (AZERBAIJANI_ONLY, AZERBAIJANI),
    (AZERBAIJANI_CYRILLIC_ONLY, AZERBAIJANI_CYRILLIC),
    (TURKISH_ONLY, TURKISH),
)
"""Letters that tell the language, with the readings they bring; the first that fits holds."""
