"""Model: what was learnt about agreement, and what it says of two records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from everyname.linkage.chance import Chance
from everyname.linkage.comparisons import Comparison
from everyname.linkage.expectation import Learnt, posterior, weigh
from everyname.linkage.rarity import CLASSES


@dataclass(frozen=True, slots=True)
class LevelModel:
    """A level of a comparison.

    Parameters
    ----------
    label
        In words.
    m, u
        Its share among pairs of one person, and of different people.
    """

    label: str
    m: float
    u: float

    @property
    def weight(self) -> float:
        """Match weight in bits."""
        return float(np.log2(self.m / self.u))


@dataclass(frozen=True, slots=True)
class ComparisonModel:
    """A comparison.

    Parameters
    ----------
    name, label
        Name in settings, and in words.
    levels
        From the most agreement to the least, each as often as it is divided by rarity.
    """

    name: str
    label: str
    levels: tuple[LevelModel, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt, for scoring pairs and for the account of how persons were found.

    Parameters
    ----------
    trained
        Whether there were enough records to learn from; else what was believed beforehand holds.
    prior, prior_within
        Probability that two records match: of two lists (or of any two, where there is one list),
        and of one list.
    comparisons
        What was compared.
    candidates
        Number of pairs that blocking brought up.
    blocking_recall
        Estimated share of the matches among the candidates; see `recall.estimated_recall`.
    name_in_event
        Shares of the levels of the name among victims of one event, by the event's class of
        rarity, and last for all classes alike; empty where there are no events.
    event
        For each class of rarity, how much more often different people share day and place
        together than both apart would make it.
    families
        By what candidates were looked up: name, largest block, pairs, pairs left out.
    """

    trained: bool
    prior: float
    prior_within: float
    comparisons: tuple[ComparisonModel, ...]
    candidates: int = 0
    blocking_recall: float = 1.0
    name_in_event: tuple[tuple[float, ...], ...] = ()
    event: tuple[float, ...] = (1.0,) * (len(CLASSES) + 1)
    families: tuple[tuple[str, int, int, int], ...] = ()

    @property
    def levels(self) -> tuple[tuple[str, str, float, float], ...]:
        """Comparison, level, m, u: one row a level."""
        return tuple((c.name, lv.label, lv.m, lv.u) for c in self.comparisons for lv in c.levels)

    @classmethod
    def of(cls, learnt: Learnt, comparisons: Sequence[Comparison], **more: Any) -> Model:  # noqa: ANN401
        """Put what was learnt into words.

        Parameters
        ----------
        learnt
            From `learn`.
        comparisons
            What was compared.
        more
            Further fields.
        """
        made = tuple(
            ComparisonModel(
                comparison.name,
                comparison.label,
                tuple(
                    LevelModel(label, max(float(m), 1e-9), float(u))
                    for label, m, u in zip(
                        comparison.labels(), learnt.m[at], learnt.chance.u[at], strict=True
                    )
                ),
            )
            for at, comparison in enumerate(comparisons)
        )
        return cls(
            prior=learnt.across or learnt.within,
            prior_within=learnt.within,
            comparisons=made,
            name_in_event=tuple(map(tuple, learnt.chance.u_name_in_event.tolist())),
            event=tuple(learnt.chance.event.tolist()),
            **more,
        )

    def log_odds(
        self,
        patterns: NDArray[np.int16],
        event: NDArray[np.int8],
        comparisons: Sequence[Comparison],
    ) -> NDArray[np.float64]:
        """What levels say, without a prior; natural logarithm, shape (patterns,).

        Parameters
        ----------
        patterns, event
            As in `Levels`.
        comparisons
            The comparisons of this model.
        """
        m = [np.array([level.m for level in c.levels]) for c in self.comparisons]
        u = tuple(np.array([level.u for level in c.levels]) for c in self.comparisons)
        chance = Chance(u, np.array(self.name_in_event), np.array(self.event))
        return weigh(patterns, event, comparisons, m, chance)

    def probability(
        self, log_odds: NDArray[np.float64], within: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Match probability of pairs.

        Parameters
        ----------
        log_odds
            What their levels say, shape (n,).
        within
            Whether both records stand on one list, shape (n,).
        """
        return np.where(
            within, posterior(log_odds, self.prior_within), posterior(log_odds, self.prior)
        )

    def json(self) -> str:
        """The model as JSON text."""
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str) -> Model:
        """Read what `json` wrote."""
        found = json.loads(text)
        found["comparisons"] = tuple(
            ComparisonModel(c["name"], c["label"], tuple(LevelModel(**lv) for lv in c["levels"]))
            for c in found["comparisons"]
        )
        found["event"] = tuple(found["event"])
        found["name_in_event"] = tuple(map(tuple, found["name_in_event"]))
        found["families"] = tuple(tuple(family) for family in found["families"])
        return cls(**found)
