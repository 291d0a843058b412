"""A place as a source names it, and how precisely."""

from __future__ import annotations

import math
from dataclasses import dataclass

from everyname.vocabulary.code_list import CodeList, folded, synonyms
from everyname.vocabulary.script import latin, script

PLACE_PRECISION = CodeList(
    "precision of a place",
    {
        "site": "building, street or coordinates",
        "neighbourhood": "neighbourhood or camp",
        "settlement": "village, town or city",
        "district": "district",
        "region": "region or province",
        "country": "country",
        "unknown": "unknown",
    },
    synonyms(
        site="exact|address|street|building|point|coordinates|улица|ул|rue|calle|küçəsi|شارع",
        neighbourhood="neighborhood|quarter|camp|block|suburb|квартал|лагерь|quartier|barrio"
        "|mahalle|mahallesi|məhəllə|məhəlləsi|حي|مخيم",
        settlement="village|town|city|municipality|populated place|hamlet|город|г|город-герой|село"
        "|с|посёлок|поселок|пгт|деревня|місто|селище|ville|commune|pueblo|ciudad|aldea|şəhər"
        "|şəhəri|qəsəbə|qəsəbəsi|kənd|kəndi|köy|köyü|şehir|şehri|مدينة|قرية|بلدة|քաղաք|գյուղ"
        "|ქალაქი|სოფელი|עיר|כפר",
        district="county|rayon|raion|admin2|rayonu|район|р-н|ilçe|ilçesi|قضاء|شهرستان|շրջան|რაიონი",
        region="province|governorate|oblast|state|admin1|область|обл|край|provincia|région"
        "|vilayət|vilayəti|محافظة|استان|մարզ|მხარე",
        country="nation|admin0|страна|pays|país|ölkə|دولة|երկիր",
    ),
)

_WIDTH = {code: width for width, code in enumerate(PLACE_PRECISION.codes) if code != "unknown"}
_WORDS = {
    folded(word): code
    for word, code in {**{c: c for c in _WIDTH}, **PLACE_PRECISION.synonyms}.items()
}
_JOINING = frozenset({"of", "de", "du", "d", "the"})

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth: R1 of GRS80 (H. Moritz, Journal of Geodesy 74 (2000), page 128)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a source names it, in any script.

    Parameters
    ----------
    text
        The name; it is kept as it is.
    """

    text: str

    @property
    def script(self) -> str:
        """Script of the name, such as "Latin" or "Arabic"."""
        return script(self.text)

    @property
    def key(self) -> str:
        """Name in lower-case ASCII letters and digits, punctuation folded to one space."""
        return latin(self.text)


def stated_precision(text: str) -> tuple[str, str]:
    """Take a name apart from the word that says what kind of place it is.

    Parameters
    ----------
    text
        One name, such as "Alder Mill district", "city of Alder Mill" or "Alder Mill kəndi".

    Returns
    -------
    tuple of str
        The name without the word, and the precision that the word stands for; the name is empty
        where the text is such a word alone, and the precision is empty where there is none.
    """
    words = text.split()
    if not words:
        return "", ""
    if code := _WORDS.get(folded(text)):
        return "", code
    if code := _WORDS.get(folded(words[-1])):
        return " ".join(words[:-1]), code
    if code := _WORDS.get(folded(words[0])):
        rest = words[1:]
        while len(rest) > 1 and rest[0].casefold() in _JOINING:
            rest = rest[1:]
        return " ".join(rest), code
    return text, ""


def can_hold(outer: str, inner: str) -> bool:
    """Whether a place of one precision can hold a place of another: it is as wide, or wider.

    Parameters
    ----------
    outer, inner
        Codes of `PLACE_PRECISION`; where one is unknown, it can be.
    """
    return outer not in _WIDTH or inner not in _WIDTH or _WIDTH[outer] >= _WIDTH[inner]


def great_circle_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance along the surface of the Earth, in kilometres, by the haversine formula.

    Parameters
    ----------
    one, other
        Latitude and longitude, in decimal degrees.

    References
    ----------
    R. W. Sinnott, Virtues of the haversine, Sky and Telescope 68 (1984), page 159. The Earth is
    taken for a sphere: the distance is right to about 0.5%.
    """
    (south, west), (north, east) = (tuple(map(math.radians, at)) for at in (one, other))
    across = math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    half = math.sin((north - south) / 2) ** 2 + across
    # Rounding can carry points on opposite sides of the Earth just past 1.
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))
