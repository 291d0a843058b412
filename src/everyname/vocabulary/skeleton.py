"""Consonant skeleton of a name's part: equal for common transliterations of one name.

The folding is this project's own, made for names that pass between Arabic, Persian, Cyrillic,
Armenian, Turkish and Latin spelling. It works on the Latin spelling of one part:

1. Letter groups become one class: ch before l or r -> K (Christos, Khristos); sh, ch, sch, shch,
   tch -> X; zh, dzh, dj, j -> J; kh, gh, q, k, c, g, h, ck -> K; ph, f, v -> F; th -> T;
   dh -> D; x -> KS (K at the beginning);
   c before e, i or y -> S; ts, tz -> S; z and s stay apart.
2. Runs of one class collapse (Hassan, Hasan).
3. Vowels and the semivowels w and y are dropped; w before a consonant at the beginning is an F
   (Wladimir).
4. At the end of a part h is dropped (Fatima, Fatimah), d and t are one class (Ahmed, Ahmet), and
   so are b and p (Ayub, Eyup).
5. In Armenian surnames (-yan, -ian) every h is dropped, and b and p, d and t are one class:
   Hakobyan, Akopian, Hagopian.

h and g are one class because Russian writes g for a foreign h (Huseynov, Guseynov), and g, k, q
because Azerbaijani q is written in all three ways. The price is that some different names share a
skeleton: it finds candidates and is one level of comparison, never an identity.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ARMENIAN = re.compile(r"(?<=[a-z]{3})(?:ya|ia|ja|iya)n(?:ts)?$")
_GROUPS = (
    (re.compile("^w(?=[bcdfghjklmnpqrstvxz])"), "F"),
    (re.compile("(?<![st])ch(?=[lr])"), "K"),
    (re.compile("shch|tsch|sch|tch|sh|ch"), "X"),
    (re.compile("dzh|dsch|zh|dj"), "J"),
    (re.compile("(?<=[aeiou])ck|kh|gh"), "K"),
    (re.compile("(?<=[eioy])j(?=[bcdfghklmnpqrstvwxz]|$)"), ""),
    (re.compile("ph"), "F"),
    (re.compile("th"), "T"),
    (re.compile("dh"), "D"),
    (re.compile("ts|tz|c(?=[eiy])"), "S"),
    (re.compile("^x"), "K"),
    (re.compile("x"), "KS"),
    (re.compile("(?<=.)h$"), ""),
)
_CLASSES = str.maketrans(
    {
        "q": "K", "k": "K", "c": "K", "g": "K", "h": "K", "j": "J", "f": "F", "v": "F", "b": "B",
        "d": "D", "l": "L", "m": "M", "n": "N", "p": "P", "r": "R", "s": "S", "t": "T", "z": "Z",
    }
)  # fmt: skip
_RUN = re.compile(r"([A-Z])\1+")
_VOWELS = re.compile("[aeiouwy]+")
_LAST = str.maketrans("TP", "DB")


@lru_cache(maxsize=1 << 17)
def skeleton(part: str) -> str:
    """Fold one part of a name, in Latin spelling, to its classes of consonants, in lower case.

    A part without consonants keeps its first letter, so that no part disappears.
    """
    text = part
    armenian = _ARMENIAN.search(text) is not None
    for pattern, group in _GROUPS:
        text = pattern.sub(group, text)
    if armenian:
        text = text.replace("h", "").replace("p", "b").replace("t", "d").replace("T", "D")
    classes = _VOWELS.sub("", _RUN.sub(r"\1", text.translate(_CLASSES)))
    if not classes:
        return part[:1]
    return (classes[:-1] + classes[-1].translate(_LAST)).lower()
