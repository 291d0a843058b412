"""A place as a source names it, and how precisely."""

from __future__ import annotations

from dataclasses import dataclass

from everyname.vocabulary.code_list import CodeList, synonyms
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
        site="exact|address|street|building|point|coordinates",
        neighbourhood="neighborhood|quarter|camp|block|suburb",
        settlement="village|town|city|municipality|populated place",
        district="county|rayon|raion|admin2",
        region="province|governorate|oblast|state|admin1",
        country="nation|admin0",
    ),
)


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
