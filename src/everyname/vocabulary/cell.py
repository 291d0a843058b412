"""What every reader does first with the text of a cell, whatever the field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from everyname.vocabulary.reading import UNKNOWN, Reading, ReadOptions, refuse
from everyname.vocabulary.word_set import word_set

SHORT = 10_000
"""Characters beyond which a text cannot be a name, a place or any other short value."""

_DROPPED = dict.fromkeys(
    [0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
_CONTROLS = dict.fromkeys([*range(1, 32), *range(127, 160)], " ")
_TIDY = _DROPPED | _CONTROLS
_SURROGATE = re.compile("[\ud800-\udfff]")
_SIGNED_NUMBER = re.compile(r"=\s*([+-]?[0-9]+(?:[.,][0-9]+)?)")

_DASHES = frozenset({"", "-", "--", "---", "–", "—", "―", ".", "..", "...", "…", "_", "/", "n/a"})
NAME_BLANKS = _DASHES | {"#n/a", "n.a."}
"""Texts that leave a name blank; "NA", "Null" and "None" can be names."""
BLANKS = NAME_BLANKS | {"na", "null", "nil", "none", "nan", "#ref!", "#value!", "(blank)"}
"""Texts that leave any other field blank."""
NUMBER_BLANKS = BLANKS - {"nil", "none"}
"""Texts that leave a number blank; "none" and "nil" may mean zero."""

_UNKNOWN = """
?|??|???|unknown|not known|unk|unkown|undetermined|unclear|not specified|unspecified|
not stated|inconnu|inconnue|non connu|non précisé|indéterminé|desconocido|desconocida|
se desconoce|no se sabe|sin datos|sin información|desconhecido|desconhecida|unbekannt|
sconosciuto|неизвестно|неизвестен|неизвестна|неизвестный|неизвестная|не известно|нет данных|
не установлено|не указано|невідомо|невідомий|невідома|немає даних|не встановлено|bilinmiyor|
bilinmeyen|belirsiz|meçhul|naməlum|məlum deyil|bilinmir|məlumat yoxdur|غير معروف|غير معروفة|
مجهول|مجهولة|غير محدد|لا يوجد|نامعلوم|نامشخص|نەزانراو|անհայտ|հայտնի չէ|უცნობი|უცნობია|לא ידוע|
לא ידועה|άγνωστο|άγνωστος|άγνωστη|nepoznato|nepoznat
"""
UNKNOWN_WORDS = word_set(_UNKNOWN, between="|")
"""Words by which a source says outright that it does not know."""


def ascii_digits(text: str) -> str:
    """Write the decimal digits of any script as 0-9."""
    if text.isascii():
        return text
    return "".join(str(d) if (d := unicodedata.decimal(c, -1)) >= 0 else c for c in text)


def tidy(text: str) -> str:
    """Normalise to NFC, drop invisible marks and collapse white space."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_TIDY)).split())


def is_unknown(text: str) -> bool:
    """Whether a tidied text says outright that something is not known."""
    return text.casefold().strip(" .()[]").replace("i̇", "i") in UNKNOWN_WORDS


def read_cell(
    text: str,
    options: ReadOptions,
    read: Callable[[str, ReadOptions], Reading],
    *,
    blanks: frozenset[str] = BLANKS,
    longest: int = SHORT,
    unknown_words: bool = True,
) -> Reading:
    """Tidy a cell's text, settle blanks, formulas and "unknown", and read the rest.

    Parameters
    ----------
    text
        The cell as it stands.
    options
        The column's options; its codes are applied here, once.
    read
        Reads a tidied, non-blank text.
    blanks
        Case-folded texts that mean a blank cell.
    longest
        Characters allowed.
    unknown_words
        Whether the words for "unknown" are settled here.

    Returns
    -------
    Reading
        Never raises, whatever the text.
    """
    if "\x00" in text:
        return refuse("contains a NUL character: the file was damaged or read as the wrong kind")
    if not text.isascii() and _SURROGATE.search(text):
        return refuse("contains half a character (a lone surrogate): give the file's encoding")
    if len(text) > longest:
        return refuse(f"{len(text)} characters, more than the {longest} allowed: check the column")
    if options.codes:
        text, options = options.translated(text), replace(options, codes={})
    tidied = tidy(text)
    if tidied.casefold() in blanks:
        return Reading()
    if tidied.startswith("="):
        number = _SIGNED_NUMBER.fullmatch(tidied)
        if number is None:
            return refuse("starts with '=': a formula, not a value; export the column as values")
        tidied = number[1]
    if unknown_words and is_unknown(tidied):
        return Reading(UNKNOWN, "unknown")
    return read(tidied, options)
