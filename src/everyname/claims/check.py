"""Compare a claim with a documented count and with the figures of others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from everyname.claims.claim import Claim
from everyname.claims.comparable import Counted, count_difference, figure_difference
from everyname.claims.finding import Basis, Evidence, Finding, Outcome
from everyname.claims.roots import independent_roots, own_sources, repeats
from everyname.counts.figure import Figure, Interval, interval_words

_COMPARED = ("consistent", "inconsistent", "outside the range")


@dataclass(frozen=True, slots=True)
class _Against:
    """What came of one basis."""

    outcome: Outcome
    words: str
    supports: tuple[Evidence, ...] = ()
    contradicts: tuple[Evidence, ...] = ()
    undecided: tuple[Evidence, ...] = ()
    not_compared: tuple[Evidence, ...] = ()
    roots: int = 0


def check(
    claim: Claim,
    count: Counted | None,
    figures: Sequence[Figure],
    *,
    count_fates: Collection[str] | None = None,
    own_places: Collection[str] = (),
    own_dates: Collection[str] = (),
) -> Finding:
    """Compare a claim with the record, like with like.

    Like with like means the same unit, fate and victim class, and a compatible place, date and
    as-of day (`figure_difference`, `count_difference`). Figures are never added up or subtracted.
    An open bound ("more than 1,000") is a half-line.

    Against the count, which is of persons:

    - the claim lies below the count's low: **inconsistent**, more persons are documented than
      claimed;
    - it overlaps low to high: **consistent**;
    - it lies above high: **outside the range**, more than documented, which the record cannot
      exclude because it need not be complete.

    Against the figures:

    - it overlaps at least one comparable figure that has an upper end, or is the same "at least":
      **consistent**. Where every agreeing figure goes back to the claimant, to a source the claim
      copies, or to what these go back to, it is still consistent, with `independent_roots` 0 and an
      explanation that says so;
    - a figure without an upper end is met by any larger claim and neither supports nor contradicts
      it; where there are no others: **cannot be checked**;
    - it lies below or above all comparable figures: **outside the range**;
    - it lies between them and overlaps none: **inconsistent**;
    - figures speak of the event, but of another unit, fate, class or day: **not comparable**;
    - none speaks of the event: **cannot be checked**.

    Over all, a count that is inconsistent with the claim decides, because what is documented
    cannot be fewer. Else the figures decide where one could be compared: a count that agrees, or
    is lower, is a floor and does not settle the whole. Else the count decides.

    The result does not depend on the order of the figures nor on the names of those who speak.

    Parameters
    ----------
    claim
        The claim.
    count
        The documented count of the claim's victim class, or None.
    figures
        All figures of the case.
    count_fates
        The fates that `count` covers where its conditions name none (the case's scope; empty for
        any). None where the caller vouches that it covers the claim's fate and no other.
    own_places, own_dates
        Ways in which figures write the place and date of the case's own event.
    """
    by_count = None if count is None else _against_count(claim, count, count_fates, own_places)
    by_figures = _against_figures(claim, figures, own_places, own_dates)
    parts = (by_figures,) if by_count is None else (by_count, by_figures)
    return Finding(
        claim=claim,
        outcome=_overall(by_count, by_figures),
        basis=_basis(by_count, by_figures),
        against_count=None if by_count is None else by_count.outcome,
        against_figures=by_figures.outcome if figures else None,
        supports=tuple(piece for part in parts for piece in part.supports),
        contradicts=tuple(piece for part in parts for piece in part.contradicts),
        undecided=tuple(piece for part in parts for piece in part.undecided),
        not_compared=tuple(piece for part in parts for piece in part.not_compared),
        independent_roots=by_figures.roots,
        explanation=" ".join(part.words for part in parts),
    )


def _overall(by_count: _Against | None, by_figures: _Against) -> Outcome:
    if by_count is not None and by_count.outcome == "inconsistent":
        return "inconsistent"
    if by_figures.outcome in _COMPARED or by_count is None:
        return by_figures.outcome
    # A count that could be compared, or else one that speaks of the event without being alike.
    return by_count.outcome


def _basis(by_count: _Against | None, by_figures: _Against) -> Basis:
    from_count = by_count is not None and by_count.outcome in _COMPARED
    from_figures = by_figures.outcome in _COMPARED
    if from_count and from_figures:
        return "count and figures"
    if from_count:
        return "count"
    return "figures" if from_figures else "nothing"


def _against_count(
    claim: Claim,
    count: Counted,
    count_fates: Collection[str] | None,
    own_places: Collection[str],
) -> _Against:
    counted = interval_words(count.low, count.best, count.high)

    def evidence(why: str) -> tuple[Evidence, ...]:
        return (Evidence(kind="count", id=count.id, range=counted, why=why),)

    difference = count_difference(claim, count, count_fates, own_places)
    if difference is not None:
        words = "The documented count is of something else."
        return _Against("not comparable", words, not_compared=evidence(difference.why))
    side = _side(claim.interval, (count.low, count.high))
    if side == "below":
        return _Against(
            "inconsistent",
            f"The claim ({claim.range}) is below the documented count ({counted}): more persons"
            " are documented than claimed.",
            contradicts=evidence("More persons are documented than claimed."),
        )
    if side == "above":
        return _Against(
            "outside the range",
            f"The claim ({claim.range}) is higher than the documented count ({counted}). The"
            " record cannot exclude it, because it need not be complete.",
            undecided=evidence(
                "Fewer persons are documented than claimed; others may be unrecorded."
            ),
        )
    return _Against(
        "consistent",
        f"The claim ({claim.range}) agrees with the documented count ({counted}).",
        supports=evidence("It overlaps the claim."),
    )


def _against_figures(
    claim: Claim,
    figures: Sequence[Figure],
    own_places: Collection[str],
    own_dates: Collection[str],
) -> _Against:
    alike: list[tuple[Figure, Interval]] = []
    others: list[Evidence] = []
    on_the_event = False
    for figure in sorted(figures, key=_order):
        difference = figure_difference(claim, figure, own_places, own_dates)
        bounds = figure.interval()
        if difference is not None:
            others.append(_evidence(figure, difference.why))
            on_the_event = on_the_event or difference.same_event
        elif bounds is not None:
            alike.append((figure, bounds))
    if alike:
        return _compared(claim, alike, tuple(others))
    if on_the_event:
        words = "Figures in the record speak of the event, but none counts the same."
        return _Against("not comparable", words, not_compared=tuple(others))
    words = "No figure in the record speaks of it."
    return _Against("cannot be checked", words, not_compared=tuple(others))


def _order(figure: Figure) -> tuple[str, str]:
    return figure.record_id, figure.model_dump_json()


def _compared(
    claim: Claim, alike: list[tuple[Figure, Interval]], others: tuple[Evidence, ...]
) -> _Against:
    sides = [(figure, _side(claim.interval, bounds)) for figure, bounds in alike]
    agreeing = [figure for figure, side in sides if side == "overlap"]
    own = own_sources(claim, agreeing)
    roots = len(independent_roots(agreeing, own))
    supports = tuple(_agreement(figure, repeated=repeats(figure, own)) for figure in agreeing)
    contradicts = tuple(
        _evidence(figure, f"The claim lies {side} it.")
        for figure, side in sides
        if side in {"below", "above"}
    )
    undecided = tuple(
        _evidence(figure, "It has no upper end, so it does not exclude the claim.")
        for figure, side in sides
        if side == "open"
    )
    outcome, words = _outcome(claim, alike, sides)
    if agreeing:
        words = f"{words} {_independence(roots)}"
    if undecided:
        open_ones = "1 has" if len(undecided) == 1 else f"{len(undecided)} have"
        words = f"{words} Of the comparable figures {open_ones} no upper end: not a support."
    return _Against(outcome, words, supports, contradicts, undecided, others, roots)


def _outcome(
    claim: Claim, alike: list[tuple[Figure, Interval]], sides: list[tuple[Figure, str]]
) -> tuple[Outcome, str]:
    found = {side for _, side in sides}
    if "overlap" in found:
        agreeing = sum(side == "overlap" for _, side in sides)
        return "consistent", (
            f"The claim ({claim.range}) agrees with {agreeing} of {_number(len(sides))}."
        )
    found.discard("open")
    if not found:
        return "cannot be checked", (
            f"The claim ({claim.range}) is not excluded by {_number(len(sides))}, and none supports"
            " it."
        )
    # Figures that the claim meets only because they are open say nothing on where it lies.
    alike = [pair for pair, (_, side) in zip(alike, sides, strict=True) if side != "open"]
    sides = [pair for pair in sides if pair[1] != "open"]
    smallest = min(bounds[0] for _, bounds in alike)
    ends = [bounds[1] for _, bounds in alike]
    closed = [end for end in ends if end is not None]
    largest = max(closed) if len(closed) == len(ends) else None
    spread = interval_words(smallest, None, largest)
    if len(found) == 1:
        return "outside the range", (
            f"The claim ({claim.range}) lies {found.pop()} {_number(len(sides))} ({spread})."
        )
    return "inconsistent", (
        f"The claim ({claim.range}) lies between {_number(len(sides))} ({spread}) and agrees with"
        " none."
    )


def _number(figures: int) -> str:
    return "1 comparable figure" if figures == 1 else f"{figures} comparable figures"


def _independence(roots: int) -> str:
    if roots == 0:
        return (
            "Whatever agrees goes back to the claimant or to what the claim copies: the claim"
            " repeats its own source."
        )
    sources = "1 independent primary source" if roots == 1 else f"{roots} independent sources"
    return f"Behind the agreement: {sources}."


def _agreement(figure: Figure, *, repeated: bool) -> Evidence:
    why = "It agrees, but is the claim's own source." if repeated else "It overlaps the claim."
    return _evidence(figure, why, repeated=repeated)


def _evidence(figure: Figure, why: str, *, repeated: bool = False) -> Evidence:
    return Evidence(
        kind="figure",
        id=figure.record_id,
        range=interval_words(figure.low, figure.best, figure.high),
        said_by=figure.said_by,
        why=f"{why} The team corrected what is stated." if figure.corrected else why,
        repeats=repeated,
    )


def _side(claimed: Interval, other: Interval) -> str:
    """Tell where the claimed interval lies: below the other, above it, or overlapping it.

    Another that has no upper end is met by any large claim, which says nothing: ``open``, unless
    the claim is the same "at least".
    """
    if claimed[1] is not None and claimed[1] < other[0]:
        return "below"
    if other[1] is not None and claimed[0] > other[1]:
        return "above"
    return "open" if other[1] is None and claimed != other else "overlap"
