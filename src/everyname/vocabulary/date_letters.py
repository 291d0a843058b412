"""Letters of dates in one plain form, so that spellings of a word can be compared."""

from __future__ import annotations

import re
import unicodedata

# Marks of Latin, Greek, Cyrillic, Hebrew and Arabic letters only: in the scripts of India and
# South-East Asia marks are vowels, and two month names may differ in nothing else.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d]"
)
_SAME = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−－", "-"),
        **dict.fromkeys("’‘ʼʿʾ`´ʹ＇", "'"),
        **dict.fromkeys("“”«»„", '"'),
        **dict.fromkeys("～〜∼˜", "~"),
        **dict.fromkeys("،、，﹐", ","),
        **dict.fromkeys("／⁄∕", "/"),
        **dict.fromkeys("．。·", "."),
        **dict.fromkeys("？؟", "?"),
        **dict.fromkeys("يى", "ی"),
        **dict.fromkeys("ةەۀ", "ه"),
        **dict.fromkeys("ł", "l"),
        **dict.fromkeys("ø", "o"),
        "ك": "ک",
        "ı": "i",
        "：": ":",
        "（": "(",
        "）": ")",
    }
)
_LETTERS = (
    "[^\\W\\d_]|[\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
    "\u102b-\u103e\u17b4-\u17d3]"
)
WORD = f"(?:{_LETTERS})+"
"""Regular expression of a word, of any script."""
_WORD_OR_NUMBER = re.compile(f"[0-9]+|{WORD}")


def plain(text: str) -> str:
    """Fold case, accents and look-alike punctuation of a text whose digits are 0-9."""
    lower = text.casefold()
    if lower.isascii():
        return lower
    bare = _MARKS.sub("", unicodedata.normalize("NFD", lower.translate(_SAME)))
    return unicodedata.normalize("NFC", bare).translate(_SAME)


def phrase(text: str) -> str:
    """Words and numbers of a text in plain letters, with one blank between."""
    return " ".join(_WORD_OR_NUMBER.findall(plain(text)))
