"""Makes ``date_names.tsv``, the month and weekday names of the Unicode CLDR, from Babel's copy.

Run ``python tests/vocabulary/cldr_date_names.py`` where Babel is installed; it is no dependency of
everyname.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import everyname.vocabulary
from everyname.vocabulary.date_letters import phrase

_TEXT = """
en fr es pt it ro ca gl eu oc de nl lb fy af sv nb nn da is fo fi et lv lt pl cs sk hsb sl hr bs
bs_Cyrl sr sr_Latn mk bg ru uk be hu sq el mt ga cy tr az az_Cyrl kk ky uz uz_Cyrl uz_Arab tk tg tt
ug mn hy ka os ce he ar ar_SY ar_IQ ar_DZ ar_TN ar_MA ar_MR fa fa_AF ps ur pa pa_Arab sd ckb ku hi
bn mr gu ta te kn ml si th lo km my vi id ms fil sw so am om ha ig yo rw rn ln lg zu
"""
LANGUAGES = _TEXT.split()
TABLE = Path(everyname.vocabulary.__file__).with_name("date_names.tsv")
HEAD = """\
# Month (m1-m12) and weekday (d0 Monday - d6) names, made by tests/vocabulary/cldr_date_names.py.
# Unicode CLDR. Copyright 2004-2025 Unicode, Inc. Unicode License v3: https://www.unicode.org/license.txt
"""


def _own(names: object) -> Mapping[int, str]:
    # A tuple is a pointer to another width, and what differs from there. Babel's view that follows
    # the pointers (Locale.months) is not used: in 2.18 it hands one language's names to another.
    last = names[1] if isinstance(names, tuple) else names
    return last if isinstance(last, dict) else {}


def _meanings(language: str) -> Iterator[tuple[str, str]]:
    from babel import localedata

    data = localedata.load(language)
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in _own(data["months"][form][width]).items():
                yield phrase(name), f"m{number}"
        for number, name in _own(data["days"][form]["wide"]).items():
            yield phrase(name), f"d{number}"


def table() -> str:
    """Text of the table: name, meanings, languages."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for language in LANGUAGES:
        for key, meaning in dict.fromkeys(_meanings(language)):
            if len(key) > 1 and key[0].isalpha():
                found[key][meaning].append(language)
    lines = []
    for key in sorted(found):
        languages = sorted({language for names in found[key].values() for language in names})
        lines.append(f"{key}\t{' '.join(sorted(found[key]))}\t{' '.join(languages)}\n")
    return HEAD + "".join(lines)


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
