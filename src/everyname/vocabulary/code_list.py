"""A closed list of codes with the many words that stand for them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from everyname.errors import ValueNotUnderstood
from everyname.vocabulary.cell import is_unknown, read_cell
from everyname.vocabulary.reading import UNKNOWN, Reading, ReadOptions, refuse

_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_SHOWN = 60
# "<18" and "18+" are different words.
_NOT_COMPARED = re.compile(r"[^\w<>+]+|_+")


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """Fold case, accents, punctuation and dotted i, so that spellings can be compared."""
    marks_apart = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    letters = "".join(c for c in marks_apart if unicodedata.category(c) != "Mn")
    return " ".join(_NOT_COMPARED.sub(" ", letters).split())


@lru_cache(maxsize=1 << 12)
def _nearest(key: str, words: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(key, words, n=1, cutoff=0.8)), "")


def synonyms(**words: str) -> dict[str, str]:
    """Turn ``code="word|word"`` into a table from word to code."""
    table: dict[str, str] = {}
    for code, text in words.items():
        table.update(dict.fromkeys((word.strip() for word in text.split("|")), code))
    return table


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list of codes, its labels, and the words that stand for each code.

    Parameters
    ----------
    name
        Name of the list, for messages.
    codes
        Code (snake_case) -> label printed in reports.
    synonyms
        Text in any language or spelling -> code. Codes and labels are understood anyway.

    Raises
    ------
    ValueNotUnderstood
        If a code is not snake_case, or one text stands for two codes.
    """

    name: str
    codes: Mapping[str, str]
    synonyms: Mapping[str, str] = field(default_factory=dict, repr=False)
    _index: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[str, str] = {}
        pairs = [(text, code) for code, label in self.codes.items() for text in (code, label)]
        for text, code in [*pairs, *self.synonyms.items()]:
            if not _CODE.fullmatch(code) or code not in self.codes:
                raise ValueNotUnderstood(
                    f"{code!r} is not a code of the list",
                    where=self.name,
                    do="Write codes in lower-case letters, digits and _, each with a label.",
                )
            if index.setdefault(folded(text), code) != code:
                raise ValueNotUnderstood(
                    f"{text!r} stands for both {index[folded(text)]!r} and {code!r}",
                    where=self.name,
                    do="Give each code words of its own.",
                )
        object.__setattr__(self, "_index", index)

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def label(self, code: str) -> str:
        """Label of a code; a code that is not listed is its own label."""
        return self.codes.get(code, code)

    def extended(
        self, extra: Mapping[str, str], words: Mapping[str, str] | None = None
    ) -> CodeList:
        """List with more codes (code -> label) and words (text -> code).

        Raises
        ------
        ValueNotUnderstood
            As in construction.
        """
        return CodeList(self.name, {**self.codes, **extra}, {**self.synonyms, **(words or {})})

    def read(self, text: str, options: ReadOptions = ReadOptions()) -> Reading:
        """Read a text as one of the codes; a text that fits none is rejected, never guessed."""
        return read_cell(text, options, self._read_tidied, unknown_words=False)

    def _read_tidied(self, text: str, _options: ReadOptions) -> Reading:
        # A sign such as "?" folds to nothing, so the words for "unknown" come first.
        if is_unknown(text):
            return Reading(UNKNOWN, "unknown")
        key = folded(text)
        code = self._index.get(key)
        if code is None:
            return refuse(self._not_listed(text, key))
        if code == UNKNOWN:
            return Reading(UNKNOWN, "unknown")
        if len(key) == 1 and key.isascii() and key.isalpha() and code != text:
            # M is "male" in English lists, "mujer" (woman) in Spanish ones.
            return Reading(code, flags=("one-letter code",))
        return Reading(code)

    def _not_listed(self, text: str, key: str) -> str:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
        near = _nearest(key[:_SHOWN], tuple(self._index))
        hint = f" (near {self._index[near]!r})" if near else ""
        listed = ", ".join(self.codes)
        return (
            f"{shown!r} is not a {self.name}{hint}: add it to the column's codes in the mapping, "
            f"as one of {listed}"
        )
