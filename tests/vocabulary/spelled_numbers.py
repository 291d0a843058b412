"""Make `number_words.tsv` from the spell-out rules of the Unicode CLDR (package unicode-rbnf).

Run as a script to write the table; the test of `number_word` compares what the table reads with
what the rules spell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from unicode_rbnf import FormatPurpose, RbnfEngine

from everyname.vocabulary import number_word

TABLE = Path(number_word.__file__).with_name("number_words.tsv")
HEADER = """\
# Number words, made by tests/vocabulary/spelled_numbers.py from the rules of the Unicode CLDR.
# Copyright 1991-2025 Unicode, Inc. Unicode License v3: https://www.unicode.org/license.txt
"""
COLLECTIVE = {
    "четверо": "4",
    "четверых": "4",
    "пятеро": "5",
    "пятерых": "5",
    "п'ятеро": "5",
    "шестеро": "6",
    "шестерых": "6",
    "семеро": "7",
    "семерых": "7",
    "восьмеро": "8",
    "девятеро": "9",
    "десятеро": "10",
}
# Spoken or written beside the rules' own forms.
EXTRA = {
    "en": {"and": "+", "a hundred": "100", "a thousand": "1000", "hundred": "*100"},
    "fr": {"et": "+", "septante": "70", "huitante": "80", "nonante": "90"},
    "az": {"dört": "4", "min": "1000"},
    "de": {"zwo": "2", "und": "+"},
    "ru": COLLECTIVE | {"двое": "2", "трое": "3", "двоих": "2", "троих": "3"},
    "uk": COLLECTIVE | {"і": "+", "двоє": "2", "троє": "3", "двох": "2", "трьох": "3"},
    "fa": {"یکصد": "100"},
    "hy": {"տասը": "10"},
}
GLUED = {"tr", "az", "de", "nl", "da", "no", "nn", "sv", "lb"}
HAN = {"ja", "ko", "yue", "zh"}
TENS = range(10, 100, 10)
FACTORS = (100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
Table = dict[tuple[str, str], set[str]]


@lru_cache
def languages() -> dict[str, tuple[RbnfEngine, ...]]:
    """Engines of each language, its regional spellings together."""
    engines: dict[str, list[RbnfEngine]] = defaultdict(list)
    for name in sorted(RbnfEngine.get_supported_languages()):
        engines[name.partition("_")[0]].append(RbnfEngine.for_language(name))
    return {name: tuple(found) for name, found in engines.items()}


@lru_cache(maxsize=1 << 16)
def spelled(language: str, number: int) -> frozenset[str]:
    """Every form of a number in a language, as the rules spell it."""
    found = set()
    for engine in languages()[language]:
        found |= set(engine.format_number(number, FormatPurpose.CARDINAL).text_by_ruleset.values())
    return frozenset(text for text in found if not any(c.isdecimal() for c in text))


def _folded(language: str, number: int) -> set[str]:
    return {number_word.fold_number(text) for text in spelled(language, number)} - {""}


def _factors(language: str) -> Iterator[tuple[str, str]]:
    """Words that multiply: what stands behind the coefficient."""
    smaller: set[str] = set()
    for factor in FACTORS:
        found = {
            rest
            for count in (2, 3, 5, 7, 10, 20, 21, 22)
            for rest in _behind(language, factor, count)
            # Not "ty thousand" and "hundred thousand", which the smaller words make up.
            if not any(word in rest for word in smaller)
        }
        yield from ((rest, f"*{factor}") for rest in sorted(found))
        if factor >= 1000:
            smaller |= {word for word in found if len(word) > 1}


def _behind(language: str, factor: int, count: int) -> Iterator[str]:
    parts = _folded(language, count)
    for whole in _folded(language, factor * count):
        for part in parts:
            rest = whole.removeprefix(part).strip()
            if rest and rest != whole and rest not in parts:
                yield rest


def _joints(language: str) -> Iterator[str]:
    for first in (100, 1000, 2000):
        for second in (1, 2, 5, 21, 200):
            if second >= first:
                continue
            for whole in _folded(language, first + second):
                for one in _folded(language, first):
                    rest = whole.removeprefix(one)
                    if rest == whole or not rest.startswith((" ", "零", "〇", "့")):
                        continue
                    for other in _folded(language, second):
                        joint = rest.removesuffix(other).strip()
                        if joint not in {rest.strip(), ""} and len(joint) < 6:
                            yield joint


def _oblique(form: str) -> str:
    return form.replace("ون", "ين") if form.endswith("ون") else form


def make(draft: Path) -> str:
    """Text of the table: only the forms that the parser cannot put together itself.

    Parameters
    ----------
    draft
        File for the unfinished tables, which the parser reads on the way.
    """
    number_word._TABLE = draft
    try:
        return _made(draft)
    finally:
        number_word._TABLE = TABLE
        _forget()


def _made(draft: Path) -> str:
    table: Table = defaultdict(set)
    glued = set(GLUED)
    for name in languages():
        for number in (*range(21), *TENS, 100, 1000, 10_000, 1_000_000):
            for form in _folded(name, number):
                table[form, str(number)].add(name)
                if name == "ar":
                    table[_oblique(form), str(number)].add(name)
        for form, value in _factors(name):
            table[form, value].add(name)
        for joint in _joints(name):
            table[joint, "+"].add(name)
        for form, value in EXTRA.get(name, {}).items():
            table[number_word.fold_number(form), value].add(name)
        if any(
            " " not in form and form.startswith(three[:3])
            for form in _folded(name, 34)
            for three in _folded(name, 30)
        ):
            glued.add(name)
    _write(draft, table, glued)
    for numbers in (range(21, 100), range(100, 1000, 100), range(1000, 10_000, 1000), (20_000,)):
        _add(
            table,
            ((name, form, n) for n in numbers for name in languages() for form in _forms(name, n)),
        )
        _write(draft, table, glued)
    _add(table, (pair for name in languages() for pair in _combining(name)))
    return _write(draft, table, glued)


def _forms(language: str, number: int) -> set[str]:
    forms = _folded(language, number)
    return forms | {_oblique(form) for form in forms} if language == "ar" else forms


def _add(table: Table, found: Iterator[tuple[str, str, int]]) -> None:
    for name, form, number in found:
        if form and number_word.number_in_words(form, name) != number:
            table[form, str(number)].add(name)


def _combining(language: str) -> Iterator[tuple[str, str, int]]:
    """Forms that stand only before or behind another number: ciento, 一十一."""
    joints = tuple(_joints(language))
    for first in (*range(100, 1000, 100), *range(1000, 10_000, 1000)):
        for second in (1, 2, 3, 5, 8, 11, 15, 21, 80):
            for whole in _folded(language, first + second):
                if language in HAN or number_word.number_in_words(whole, language) is not None:
                    continue
                for tail in _folded(language, second):
                    head = whole.removesuffix(tail)
                    if head != whole:
                        yield language, _bare(head.strip(), joints), first
    for second in range(1, 100):
        for whole in _folded(language, 100 + second):
            if number_word.number_in_words(whole, language) is not None:
                continue
            for head in _folded(language, 100):
                tail = whole.removeprefix(head)
                if tail != whole and head not in {"cent", "sto"}:
                    yield language, tail.strip(), second


def _bare(head: str, joints: tuple[str, ...]) -> str:
    for joint in joints:
        head = head.removesuffix(f" {joint}")
    return head


def _settle(table: Table) -> None:
    """Keep the smallest value where the rules of one language give a form several."""
    lowest: dict[tuple[str, str, bool], str] = {}
    valued = [key for key in table if key[1] != "+"]
    for key in sorted(valued, key=lambda key: int(key[1].lstrip("*"))):
        form, value = key
        names = table[key]
        for name in sorted(names):
            kind = (form, name, value[0] == "*")
            if lowest.setdefault(kind, value) != value:
                names.discard(name)
    for key in [key for key, names in table.items() if not names]:
        del table[key]


def _write(draft: Path, table: Table, glued: set[str]) -> str:
    _settle(table)
    lines = [f"-\tglued\t{' '.join(sorted(glued))}\n"]
    lines += [f"{f}\t{v}\t{' '.join(sorted(names))}\n" for (f, v), names in sorted(table.items())]
    text = HEADER + "".join(lines)
    draft.write_text(text, encoding="utf-8")
    _forget()
    return text


def _forget() -> None:
    for cached in ("_forms", "_latin_forms", "_number", "digits_for_words"):
        getattr(number_word, cached).cache_clear()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        made = make(Path(folder) / "draft.tsv")
    TABLE.write_text(made, encoding="utf-8")
