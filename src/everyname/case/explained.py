"""Explained: why two records of a case, or the records of a person, count as they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from everyname.linkage.bonds import Bond, Bonds
from everyname.linkage.explanation import Explanation


@dataclass(frozen=True, slots=True)
class RecordTold:
    """A record of which an explanation speaks.

    Parameters
    ----------
    reference
        ``source/key``.
    source, where
        Name of the source; file and place in it.
    person
        Id of the person it counts as.
    values
        What it says, field by field, corrections applied.
    """

    reference: str
    source: str
    where: str
    person: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class PairExplained:
    """Why two records count as one person, or as two.

    Parameters
    ----------
    a, b
        The records.
    together
        Whether they count as one person in the best count.
    explanation
        Step by step.
    """

    a: RecordTold
    b: RecordTold
    together: bool
    explanation: Explanation

    @property
    def words(self) -> tuple[str, ...]:
        """The explanation in sentences."""
        return self.explanation.words

    def as_json(self) -> dict[str, Any]:
        """Put it into values that JSON knows, derived ones included."""
        own = self.explanation
        return {
            "a": asdict(self.a),
            "b": asdict(self.b),
            "together": self.together,
            "within_one_list": own.within,
            "begin": own.begin,
            "contributions": [
                {**asdict(c), "stated": c.stated, "weight": c.weight} for c in own.contributions
            ],
            "remarks": [asdict(remark) for remark in own.remarks],
            "weight": own.weight,
            "probability": own.probability,
            "words": list(own.words),
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A comparison that speaks against a person.

    Parameters
    ----------
    a, b
        References of the pair of records that it speaks against most.
    words
        What they say.
    weight
        Bits, negative.
    pairs
        Number of pairs of the person's records that it speaks against.
    """

    a: str
    b: str
    words: str
    weight: float
    pairs: int


@dataclass(frozen=True, slots=True)
class ContradictionTold:
    """Two records of a person that state what cannot both be true.

    Parameters
    ----------
    a, b
        References of the records.
    kind
        ``birth``, ``sex``, ``place`` or ``name``.
    words
        What the two say, *a* first.
    """

    a: str
    b: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class PersonExplained:
    """Why some records count as one person.

    Parameters
    ----------
    id
        The person's id; that to which the one asked for leads.
    records
        The person's records; their places are the positions in `bonds`.
    bonds
        What holds them together.
    weakest
        The weakest bond that nobody judged, explained; None where there is none.
    differences
        What speaks against it, the worst first.
    contradictions
        What its records state that cannot both be true of one person.
    words
        The same in sentences.
    """

    id: str
    records: tuple[RecordTold, ...]
    bonds: Bonds
    weakest: PairExplained | None
    differences: tuple[Difference, ...]
    contradictions: tuple[ContradictionTold, ...]
    words: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Put it into values that JSON knows, with references instead of positions."""
        bonds = self.bonds
        return {
            "person": self.id,
            "records": [asdict(record) for record in self.records],
            "bonds": [self._bond(bond) for bond in bonds.tree],
            "weakest": self.weakest.as_json() if self.weakest else None,
            "sides": [[self.records[place].reference for place in side] for side in bonds.sides],
            "against": [self._bond(bond) for bond in bonds.against],
            "not_scored": bonds.unscored,
            "differences": [asdict(difference) for difference in self.differences],
            "contradictions": [asdict(contradiction) for contradiction in self.contradictions],
            "words": list(self.words),
        }

    def _bond(self, bond: Bond) -> Mapping[str, Any]:
        ends = {"a": self.records[bond.a].reference, "b": self.records[bond.b].reference}
        return {**asdict(bond), **ends}
