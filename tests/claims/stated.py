"""Synthetic claims, figures and counts for the tests of claims."""

from dataclasses import dataclass

from everyname.claims import Claim
from everyname.counts.figure import Figure


@dataclass(frozen=True)
class DocumentedCount:
    """A count as the room `counts` gives it."""

    low: int
    best: int
    high: int
    id: str = "c1"
    where: tuple[tuple[str, str], ...] = ()


def claim(low=None, best=None, high=None, **given_):
    settings = {"id": "claim", "text": "So many", "said_by": "Valley Office", **given_}
    return Claim(low=low, best=best, high=high, **settings)


def figure(record_id, said_by, low=None, best=None, high=None, **given_):
    settings = {
        "source_id": f"source-{record_id}",
        "roots": (),
        "unit": "persons",
        "fate": "killed",
        "victim_class": "all",
        **given_,
    }
    return Figure(record_id=record_id, said_by=said_by, low=low, best=best, high=high, **settings)


def ids(evidence):
    return [piece.id for piece in evidence]
