"""The form in which equivalent parts of names are one: root, father's name, man's surname."""

from __future__ import annotations

from functools import lru_cache

from everyname.vocabulary.name_patronymic import father_name, surname_form
from everyname.vocabulary.name_prefix import joined_form
from everyname.vocabulary.nickname import known_names

_SMALLEST_PREFIXED = 5


@lru_cache(maxsize=1 << 18)
def canonical_part(part: str) -> str:
    """Bring one part of a name, as it stands in `PersonName.key`, to its canonical form.

    A short form and another spelling of a given name become its root ("bob" -> "robert",
    "mohamed" -> "muhammad"), a patronymic the father's name ("viktorivna" -> "viktor"), and the
    surname of a woman that of a man ("ivanova" -> "ivanov"). Only what stands for one name alone
    is changed; "chris" stays. The written vowels of the root come back to names from Arabic and
    Hebrew script ("mhmd" -> "muhammad").

    Parameters
    ----------
    part
        Part in Latin lower-case letters.
    """
    names = known_names()
    if root := names.get(part):
        return root
    if part.startswith("abd") and (root := names.get(part[3:])) and len(part) > _SMALLEST_PREFIXED:
        return f"abd{root}"
    for kunya in ("abu", "umm"):
        if part.startswith(kunya) and (root := names.get(part[3:])):
            return f"{kunya}{root}"
    if father := father_name(part):
        return canonical_part(joined_form(father))
    return surname_form(part)
