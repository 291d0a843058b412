"""Given names in their many spellings and short forms, from a table written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from everyname.vocabulary.name_letters import name_latin
from everyname.vocabulary.name_prefix import joined_form

_TABLE = Path(__file__).with_name("nicknames.tsv")


def known_names() -> Mapping[str, str]:
    """Latin spelling or short form of a given name -> its root, such as "bob" -> "robert"."""
    return _tables()[0]


def short_forms() -> frozenset[str]:
    """Latin forms that are used among friends, such as "bob" and "misha"."""
    return _tables()[1]


def possible_names(part: str) -> frozenset[str]:
    """Roots that a Latin part may stand for besides its own, such as "chris" -> "christian".

    Only good for comparing two names: one short form stands for several names.
    """
    return _tables()[2].get(part, frozenset())


@cache
def _tables() -> tuple[Mapping[str, str], frozenset[str], Mapping[str, frozenset[str]]]:
    roots: dict[str, str] = {}
    short: set[str] = set()
    possible: dict[str, frozenset[str]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, root, *rest = line.split("\t")
        forms = [name_latin(form) for form in " ".join(rest).split()]
        if kind == "maybe":
            for form in forms:
                possible[form] = possible.get(form, frozenset()) | {root}
            continue
        if kind == "short":
            short.update(forms)
        roots.setdefault(root, root)
        for form in forms:
            roots.setdefault(form, root)
            roots.setdefault(joined_form(form), root)
    return MappingProxyType(roots), frozenset(short), MappingProxyType(possible)
