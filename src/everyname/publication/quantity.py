"""Quantity: figures that state the same thing, and so may stand on one scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from everyname.counts import Figure
from everyname.publication.words import Words, date_words, number, plural
from everyname.vocabulary import CODE_LISTS

_FATES = tuple(CODE_LISTS["fate"].codes)


@dataclass(frozen=True, slots=True)
class Quantity:
    """Figures of one unit, fate, victim class and place.

    Parameters
    ----------
    key
        Short name for use in ids: letters, digits and hyphens.
    title, counted_in
        What the figures state, in words.
    figures
        The smallest first.
    """

    key: str
    title: str
    counted_in: str
    figures: tuple[Figure, ...]

    @property
    def summary(self) -> str:
        """How many figures there are, and from where to where they go."""
        speakers = len({f.said_by for f in self.figures})
        told = f"{plural(len(self.figures), 'figure')} by {plural(speakers, 'speaker')}"
        numbered = [f for f in self.figures if f.interval() is not None]
        if len(numbered) < 2:
            return f"{told}."
        stated = {n for f in numbered for n in (f.low, f.best, f.high) if n is not None}
        if len(stated) == 1:
            return f"{told}, all naming {number(stated.pop())}."
        largest = max(stated)
        beyond = " or more" if any(f.interval() == (largest, None) for f in numbered) else ""
        return f"{told}, from {number(min(stated))} to {number(largest)}{beyond}."


def quantities(figures: Iterable[Figure], words: Words) -> tuple[Quantity, ...]:
    """Group figures by what they state.

    Parameters
    ----------
    figures
        In any order: the result does not depend on it.
    words
        Words for the codes.

    Returns
    -------
    tuple of Quantity
        In the order of fates in the code list; of one fate, those with the most figures first.
    """
    groups: dict[tuple[str, ...], list[Figure]] = {}
    for figure in figures:
        same = (figure.unit, figure.fate, figure.victim_class, figure.place)
        groups.setdefault(same, []).append(figure)
    ordered = sorted(groups.items(), key=lambda item: (_rank(item[0][1]), -len(item[1]), item[0]))
    return tuple(
        Quantity(
            key=f"quantity-{index}",
            title=_title(same, words),
            counted_in=words.label("unit", same[0]),
            figures=tuple(sorted(members, key=_by_size)),
        )
        for index, (same, members) in enumerate(ordered, start=1)
    )


def second_hand(figure: Figure) -> bool:
    """Whether the figure was read in a copy or a quotation, not at its source."""
    return "second" in figure.read.casefold()


def speaker(figure: Figure) -> str:
    """Who said it, and when."""
    return f"{figure.said_by}, {date_words(figure.said_on)}" if figure.said_on else figure.said_by


def _title(same: tuple[str, ...], words: Words) -> str:
    unit, fate, victim_class, place = same
    what = words.label("fate", fate) if fate else "fate not stated"
    title = what[:1].upper() + what[1:]
    if victim_class != "all":
        title = f"{title}: {words.label('victim_class', victim_class)}"
    if unit != "persons":
        title = f"{title}, in {words.label('unit', unit)}"
    return f"{title} ({place})" if place else title


def _rank(fate: str) -> int:
    return _FATES.index(fate) if fate in _FATES else len(_FATES)


def _by_size(figure: Figure) -> tuple[bool, int, int, str, str]:
    bounds = figure.interval()
    low, high = bounds or (0, 0)
    return (bounds is None, low, low if high is None else high, figure.said_by, figure.record_id)
