"""Resolver edges: judgements as OpenSanctions' nomenklatura reads and writes them.

One JSON list a line: target, source, judgement, score, user, created_at; as of nomenklatura 4.17
an optional seventh element says when an edge was deleted. The judgement is positive, negative,
unsure or no_judgement. The format has no place for reasons.

Source: https://github.com/opensanctions/nomenklatura (``nomenklatura.resolver.edge``).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from everyname.errors import CaseError
from everyname.ledger import Decision, Judgement

COLUMNS: Final = ("target", "source", "judgement", "score", "user", "created_at", "deleted_at")
_NEEDED: Final = 3
_TO: Final[Mapping[Decision, str]] = {
    "same": "positive",
    "different": "negative",
    "unsure": "unsure",
}
_FROM: Final[Mapping[str, Decision]] = {edge: decision for decision, edge in _TO.items()}
_NOTHING: Final = "no_judgement"
_CANONICAL = re.compile(r"NK-.+|Q[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of a resolver file that says something.

    Parameters
    ----------
    target, source
        Ids of the two: entities, or canonical ids (``NK-`` or a Wikidata number) that stand for
        whoever has them.
    decision
        same, different or unsure.
    user, created_at
        Who judged, and when; empty where the file does not say.
    where
        File and line, for messages.
    """

    target: str
    source: str
    decision: Decision
    user: str
    created_at: str
    where: str

    def at(self, column: str) -> str:
        """File, line and column, for messages."""
        return _at(self.where, column)


def canonical(id_: str) -> bool:
    """Whether an id stands for a person, not for an entity of a data set."""
    return _CANONICAL.fullmatch(id_) is not None


def edge_lines(
    judgements: Iterable[Judgement], scores: Mapping[frozenset[str], float]
) -> Iterator[str]:
    """Write judgements as lines of a resolver file.

    Parameters
    ----------
    judgements
        In the order in which they were made. nomenklatura holds one edge a pair, the last of its
        lines.
    scores
        Match probability by the two references, where there is one.

    Yields
    ------
    str
        A line, with its end.
    """
    for judgement in judgements:
        pair = judgement.record_a, judgement.record_b
        score = scores.get(frozenset(pair))
        row = (
            max(pair),
            min(pair),
            _TO[judgement.decision],
            None if score is None else round(score, 6),
            judgement.reviewer,
            judgement.time or None,
        )
        yield json.dumps(row) + "\n"


def read_edges(text: str, name: str) -> tuple[tuple[Edge, ...], int]:
    """Read a resolver file.

    Parameters
    ----------
    text
        Its content.
    name
        Its name, for messages.

    Returns
    -------
    tuple of edges and int
        The edges that are in force and say something, and how many lines say nothing: suggestions
        that nobody judged, and edges that were deleted.

    Raises
    ------
    CaseError
        A line is not such an edge; line and column are named.
    """
    edges, silent = [], 0
    # Only a line feed ends a line of JSON: other separators may stand within its texts.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        edge = _edge(line, f"{name}, line {number}")
        if edge is None:
            silent += 1
        else:
            edges.append(edge)
    return tuple(edges), silent


def _at(where: str, column: str) -> str:
    return f"{where}, column {COLUMNS.index(column) + 1} ({column})"


def _edge(line: str, where: str) -> Edge | None:
    values = _values(line, where)
    ends = [_text(values, name, where) for name in ("target", "source")]
    judgement = _text(values, "judgement", where)
    if judgement != _NOTHING and judgement not in _FROM:
        raise CaseError(
            f"{judgement[:60]!r} is not a judgement",
            where=_at(where, "judgement"),
            do=f"Write {', '.join(_FROM)} or {_NOTHING}",
        )
    if ends[0] == ends[1]:
        raise CaseError("both ids are the same one", where=_at(where, "source"), do="Name two")
    _check_score(values.get("score"), where)
    user, created, deleted = (
        _text(values, name, where, needed=False) for name in ("user", "created_at", "deleted_at")
    )
    if judgement == _NOTHING or deleted:
        return None
    return Edge(ends[0], ends[1], _FROM[judgement], user, created, where)


def _values(line: str, where: str) -> dict[str, Any]:
    """Values of a line by column: a list, or an object with the columns' names."""
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise CaseError(
            f"this is not JSON ({error.msg})",
            where=f"{where}, character {error.colno}",
            do="Take the file as nomenklatura writes it: one JSON list a line",
        ) from None
    if isinstance(found, dict):
        return found
    if not isinstance(found, list):
        raise CaseError(
            "this line is neither a JSON list nor an object", where=where, do=_expected()
        )
    if not _NEEDED <= len(found) <= len(COLUMNS):
        raise CaseError(f"this line has {len(found)} columns", where=where, do=_expected())
    return dict(zip(COLUMNS, found, strict=False))


def _expected() -> str:
    return f"Write [{', '.join(COLUMNS[:-1])}]"


def _text(values: Mapping[str, Any], column: str, where: str, *, needed: bool = True) -> str:
    value = values.get(column)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value.strip()):
        found = "nothing" if value is None or value == "" else json.dumps(value)[:60]
        raise CaseError(f"{found} is not a text", where=_at(where, column), do=_expected())
    return value.strip()


def _check_score(score: object, where: str) -> None:
    sound = (
        score is None
        or score == ""
        or (isinstance(score, int | float) and not isinstance(score, bool) and math.isfinite(score))
    )
    if not sound:
        raise CaseError(
            f"{json.dumps(score)[:60]} is not a number",
            where=_at(where, "score"),
            do="Write a number, or null",
        )
