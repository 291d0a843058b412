"""Victim class: whom a figure counts."""

from __future__ import annotations

from everyname.vocabulary.cell import tidy

Where = tuple[tuple[str, str], ...]

# age_group is child or adult whatever the case calls elderly, so that elderly women are women.
_CONDITIONS: dict[str, Where | None] = {
    "all": (),
    "civilians": (("status", "civilian"),),
    "children": (("age_group", "child"),),
    "adults": (("age_group", "adult"),),
    "elderly": (("age_band", "elderly"),),
    "women": (("age_group", "adult"), ("sex", "female")),
    "men": (("age_group", "adult"), ("sex", "male")),
    "girls": (("age_group", "child"), ("sex", "female")),
    "boys": (("age_group", "child"), ("sex", "male")),
    "women and girls": (("sex", "female"),),
    "men and boys": (("sex", "male"),),
    # Two statuses make a combatant, and conditions are joined by "and".
    "combatants": None,
}

VICTIM_CLASSES = tuple(_CONDITIONS)
"""Classes with a meaning of their own; any other text is kept but cannot be counted."""

_WORDS = {
    "all": "everyone|everybody|total|people|persons|victims|all victims|all persons|any|overall",
    "civilians": "civilian|civilian persons|civil|мирные жители|mülki şəxslər|مدنيون|مدنيين",
    "children": "child|minors|under 18|kids|enfants|niños|дети|діти|uşaqlar|çocuklar|أطفال",
    "adults": "adult",
    "elderly": "old people|older persons|elderly people|the elderly|seniors|пожилые|yaşlılar|مسنين",
    "women": "woman|adult women|femmes|mujeres|женщины|жінки|qadınlar|kadınlar|نساء",
    "men": "man|adult men|hommes|hombres|мужчины|чоловіки|kişilər|erkekler|رجال",
    "girls": "girl",
    "boys": "boy",
    "women and girls": "female|females|women/girls|girls and women|women & girls",
    "men and boys": "male|males|men/boys|boys and men|men & boys",
    "combatants": "combatant|fighters|military|soldiers|armed forces",
}
_CANONICAL = {word: name for name, words in _WORDS.items() for word in words.split("|")}


def victim_class(text: str) -> str:
    """Name a victim class canonically; a text that is none of them is only tidied and lowered."""
    plain = tidy(tidy(text).casefold())
    return _CANONICAL.get(plain, plain)


def conditions(name: str) -> Where | None:
    """Conditions on a person that make up a victim class.

    Parameters
    ----------
    name
        A victim class in any spelling that `victim_class` knows.

    Returns
    -------
    tuple of (field, class) or None
        Sorted pairs that must all hold, none for everyone; None where the class cannot be told
        from a person's sex, age band and status.
    """
    return _CONDITIONS.get(victim_class(name))
