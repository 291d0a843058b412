"""GazetteerPlace: a place that a team knows, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

from everyname.vocabulary.reading import UNKNOWN


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A place of the gazetteer.

    Parameters
    ----------
    name
        What the team calls it.
    precision
        What kind of place it is: a code of `PLACE_PRECISION`.
    latitude, longitude
        Decimal degrees; None where not known.
    within
        Name of the place that holds it; empty where none is listed. Where several places have
        that name, with the place that holds it in turn: "Alder Mill, Southern district".
    names
        Its other names and spellings, in any script.
    """

    name: str
    precision: str = UNKNOWN
    latitude: float | None = None
    longitude: float | None = None
    within: str = ""
    names: tuple[str, ...] = ()

    @property
    def at(self) -> tuple[float, float] | None:
        """Latitude and longitude, where both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude
