"""Overlap table: how many persons each two lists share."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from everyname.counts import CapturePatterns
from everyname.publication.upset import letter
from everyname.publication.words import Words, number


@dataclass(frozen=True, slots=True)
class OverlapTable:
    """Persons in each two lists.

    Parameters
    ----------
    names
        Of the lists, in words.
    shared
        For each list a row: persons whom it shares with each list; with itself, its size.
    alone
        Persons whom each list alone holds.
    persons
        Persons in at least one list.
    """

    names: tuple[str, ...]
    shared: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]
    persons: int

    @property
    def letters(self) -> tuple[str, ...]:
        """A letter for each list, the same as in the UpSet plot."""
        return tuple(letter(place) for place in range(len(self.names)))

    @property
    def rows(self) -> tuple[tuple[str, str, tuple[int, ...], int], ...]:
        """Letter, name, persons shared with each list, and persons in this list alone."""
        return tuple(zip(self.letters, self.names, self.shared, self.alone, strict=True))

    @property
    def words(self) -> str:
        """What the table shows, in a sentence."""
        return (
            f"Persons whom each two lists share, of {number(self.persons)} in all; on the diagonal"
            " the size of each list."
        )

    def html(self) -> str:
        """Write it as an HTML table."""
        heads = "".join(f'<th scope="col">{text}</th>' for text in self.letters)
        body = "".join(
            f'<tr><th scope="row"><b>{mark}</b> <bdi>{escape(name)}</bdi></th>'
            + "".join(
                f"<td><b>{number(n)}</b></td>" if self.letters[place] == mark
                else f"<td>{number(n)}</td>"
                for place, n in enumerate(shared)
            )
            + f"<td>{number(alone)}</td></tr>"
            for mark, name, shared, alone in self.rows
        )  # fmt: skip
        return (
            f"<table><caption>{escape(self.words)}</caption>"
            f'<thead><tr><th scope="col">List</th>{heads}<th scope="col">In no other</th></tr>'
            f"</thead><tbody>{body}</tbody></table>"
        )

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return self.html()


def overlap_table(patterns: CapturePatterns, words: Words) -> OverlapTable:
    """Count the persons whom each two lists share.

    Parameters
    ----------
    patterns
        Which lists hold whom.
    words
        For the names of the lists.
    """
    lists = range(len(patterns.lists))
    held = [(pattern, n) for pattern, n in patterns.rows if any(pattern)]
    shared = (
        tuple(sum(n for pattern, n in held if pattern[a] and pattern[b]) for b in lists)
        for a in lists
    )
    return OverlapTable(
        names=tuple(words.label("list", name) for name in patterns.lists),
        shared=tuple(shared),
        alone=tuple(
            sum(n for pattern, n in held if pattern[a] and sum(pattern) == 1) for a in lists
        ),
        persons=sum(n for _, n in held),
    )
