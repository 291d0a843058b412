"""Outcome of a pair: what decided, beyond the weights, whether two records count as one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from everyname.case.linked_records import LinkedRecords
from everyname.ledger import Judgement, LedgerReader
from everyname.linkage import Pairs
from everyname.linkage.explanation import Remark
from everyname.linkage.natural_frequency import of_many

_HELD = {
    "same": "that these two records are about one person",
    "different": "that these two records are about two different persons",
    "unsure": "that it cannot be told whether these two records are about one person",
}


def outcome_of_pair(
    linked: LinkedRecords, ledger: LedgerReader, pair: tuple[int, int]
) -> tuple[Remark, ...]:
    """Say what decided about a pair beyond the weights, and how it is counted.

    Parameters
    ----------
    linked
        What linkage left.
    ledger
        Holds the judgements in force.
    pair
        Positions of the two records.

    Returns
    -------
    tuple of Remark
        The last says how the pair is counted.
    """
    scored = linked.pairs(pair)
    references = [filed.record.reference for filed in linked.records(pair)]
    judged = [j for j in ledger.judgements() if {j.record_a, j.record_b} == set(references)]
    probability = float(scored.probability[0]) if len(scored) else 0.0
    remarks = [Remark("judgement", _judgement(judgement)) for judgement in judged]
    if len({judgement.decision for judgement in judged}) > 1:
        remarks.append(Remark("judgement", "The judgements disagree: the pair is undecided."))
    if len(scored) and bool(scored.conflict[0]):
        remarks.append(
            Remark(
                "conflict",
                "The two names have nothing in common. That alone decides for two persons,"
                " whatever else agrees, unless somebody judges otherwise.",
            )
        )
    elif not probability:
        remarks.append(
            Remark(
                "clustering",
                "Linkage did not keep this pair among its candidates: too little agrees to look"
                " for it, or the match probability is under 1 of 100.",
            )
        )
    decided = bool(judged) or any(scored.conflict.tolist())
    told = _Counted(linked, ledger, pair).words(probability, decided=decided)
    return (*remarks, Remark("clustering", told))


def _judgement(judgement: Judgement) -> str:
    when = f" on {judgement.time}" if judgement.time else ""
    why = f", because: {judgement.reason.rstrip('.')}" if judgement.reason else ""
    return f"{judgement.reviewer} judged{when} {_HELD[judgement.decision]}{why}."


class _Counted:
    """How a pair is counted, and why where the pair alone would be counted otherwise."""

    def __init__(self, linked: LinkedRecords, ledger: LedgerReader, pair: tuple[int, int]) -> None:
        self._linked = linked
        self._ledger = ledger
        self._pair = pair

    def words(self, probability: float, *, decided: bool) -> str:
        clusters, (a, b) = self._linked.clusters, self._pair
        one, other = (str(clusters["person"][position]) for position in self._pair)
        threshold = self._linked.account.thresholds[1]
        cut = of_many(threshold)
        if one == other:
            told = f"They count as one person, {one}"
            if probability < threshold and not decided:
                told += (
                    f", although this pair alone, under the threshold of {cut}, would not: other"
                    " records of that person hold them together"
                )
        else:
            told = f"They count as two persons, {one} and {other}"
            if probability >= threshold and not decided:
                told += f", although this pair alone would count as one: {self._kept_apart()}"
        low, high = (bool(clusters[side][a] == clusters[side][b]) for side in ("low", "high"))
        if low == high:
            return f"{told}."
        return f"{told}. They count as one person in the low count and as two in the high count."

    def _kept_apart(self) -> str:
        """Why two records are not put together that would be by themselves."""
        groups = [self._linked.members(self._linked.clusters["person"][p]) for p in self._pair]
        reasons = list(self._reasons(groups))
        if reasons:
            return "; ".join(reasons)
        sizes = " and ".join(str(len(group)) for group in groups)
        return (
            f"the records of the two persons ({sizes}) are weighed all together, and as a whole"
            " they speak for two"
        )

    def _reasons(self, groups: Sequence[Sequence[int]]) -> Iterator[str]:
        positions = [position for group in groups for position in group]
        first = len(groups[0])
        pairs = self._linked.pairs(positions)
        references = [f.record.reference for f in self._linked.records(positions)]
        for a, b in _conflicts_between(pairs, first):
            yield f"the names of {references[a]} and {references[b]} have nothing in common"
        one, other = set(references[:first]), set(references[first:])
        for judgement in self._ledger.judgements():
            ends = {judgement.record_a, judgement.record_b}
            if judgement.decision != "same" and ends & one and ends & other:
                held = "different" if judgement.decision == "different" else "impossible to tell"
                yield (
                    f"{judgement.reviewer} judged {judgement.record_a} and {judgement.record_b}"
                    f" {held}"
                )


def _conflicts_between(pairs: Pairs, first: int) -> list[tuple[int, int]]:
    crossing = pairs.where(pairs.conflict & (pairs.a < first) & (pairs.b >= first))
    return list(zip(crossing.a.tolist(), crossing.b.tolist(), strict=True))
