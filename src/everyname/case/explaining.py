"""Explaining: why records of a case count as one person, or as two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl

from everyname.case.explained import (
    ContradictionTold,
    Difference,
    PairExplained,
    PersonExplained,
    RecordTold,
)
from everyname.case.folder import CaseFolder
from everyname.case.linked_records import LinkedRecords
from everyname.case.outcome_of_pair import outcome_of_pair
from everyname.errors import CaseError
from everyname.ledger import Filed, LedgerReader
from everyname.linkage.bonds import Bonds, bonds
from everyname.linkage.conflict import conflicts
from everyname.linkage.explanation import explain
from everyname.linkage.person_words import person_words

# Pairs of so many records are compared one by one; of a larger person only those that bind it.
MOST_COMPARED = 40
# A difference that makes one person four times less likely is worth a person's look.
SPEAKS_AGAINST = -2.0


def explain_pair(path: Path, a: str, b: str) -> PairExplained:
    """Explain two records of a case.

    Parameters
    ----------
    path
        The case folder.
    a, b
        Each a reference (``source/key``), or the first eight or more digits of a record's id.

    Returns
    -------
    PairExplained
        As of the last run.

    Raises
    ------
    CaseError
        Its records are not linked yet, linkage knows no such record, or both are the same one.
    LedgerError
        The case was never run.
    """
    folder = CaseFolder(path)
    with LedgerReader(folder.ledger) as ledger:
        linked = LinkedRecords(folder, ledger)
        positions = tuple(_position(linked, folder, text) for text in (a, b))
        if positions[0] == positions[1]:
            raise CaseError(
                "both are the same record", where=str(path), do="Name two different records"
            )
        return _pair(linked, ledger, positions[0], positions[1])


def explain_person(path: Path, what: str) -> PersonExplained:
    """Explain a person of a case.

    Parameters
    ----------
    path
        The case folder.
    what
        A person id, also one that leads to another since; or one of the person's records, named
        as for `explain_pair`.

    Returns
    -------
    PersonExplained
        As of the last run.

    Raises
    ------
    CaseError
        Its records are not linked yet, or there is no such person and no such record.
    LedgerError
        The case was never run.
    """
    folder = CaseFolder(path)
    with LedgerReader(folder.ledger) as ledger:
        linked = LinkedRecords(folder, ledger)
        id_ = _led_to(what, ledger.redirects())
        members = linked.members(id_)
        if not members:
            id_ = str(linked.clusters["person"][_position(linked, folder, what, "person or ")])
            members = linked.members(id_)
        return _person(linked, ledger, id_, members)


def _led_to(person: str, redirects: Mapping[str, str]) -> str:
    """Follow a person id to the one that holds its records now."""
    met = {person}
    while (leads_to := redirects.get(person, person)) not in met:
        met.add(leads_to)
        person = leads_to
    return person


def _position(linked: LinkedRecords, folder: CaseFolder, text: str, also: str = "") -> int:
    found = linked.position(text)
    if found is None:
        raise CaseError(
            f"the last run linked no {also}record {text[:60]!r}",
            where=str(folder.path),
            do="Take a reference (source/key) or a person id from out/records.csv",
        )
    return found


def _told(linked: LinkedRecords, filed: Filed, position: int) -> RecordTold:
    record = filed.record
    asserted: dict[str, list[str]] = {}
    for statement in record.statements:
        if statement.stance == "asserted" and statement.value:
            asserted.setdefault(statement.field, []).append(statement.value)
    return RecordTold(
        reference=record.reference,
        source=linked.sources.get(record.source, record.source),
        where=f"{filed.file}, {record.locator}" if filed.file else str(record.locator),
        person=str(linked.clusters["person"][position]),
        # Linkage compares the first value of a field.
        values={field: values[0] for field, values in asserted.items()},
    )


def _pair(linked: LinkedRecords, ledger: LedgerReader, a: int, b: int) -> PairExplained:
    filed = linked.records((a, b))
    one, other = (_told(linked, f, p) for f, p in zip(filed, (a, b), strict=True))
    pairs = linked.pairs((a, b))
    scored = bool(len(pairs)) and float(pairs.probability[0]) > 0
    levels = linked.compared([(a, b)])
    explanation = explain(
        linked.model,
        levels.levels[0].tolist(),
        one.values,
        other.values,
        within=filed[0].file == filed[1].file,
        event=int(levels.event[0]),
        probability=float(pairs.probability[0]) if scored else None,
        remarks=outcome_of_pair(linked, ledger, (a, b)),
    )
    return PairExplained(one, other, one.person == other.person, explanation)


def _person(
    linked: LinkedRecords, ledger: LedgerReader, id_: str, members: tuple[int, ...]
) -> PersonExplained:
    filed = linked.records(members)
    told = tuple(_told(linked, f, p) for f, p in zip(filed, members, strict=True))
    found = bonds(range(len(members)), linked.pairs(members), _judged_same(ledger, told))
    weakest = None
    if found.weakest is not None:
        weakest = _pair(linked, ledger, members[found.weakest.a], members[found.weakest.b])
    differences = _differences(linked, members, told, found)
    words = person_words(id_, [record.reference for record in told], found)
    against = _contradictions(linked, members, told)
    return PersonExplained(id_, told, found, weakest, differences, against, words)


def _contradictions(
    linked: LinkedRecords, members: tuple[int, ...], told: tuple[RecordTold, ...]
) -> tuple[ContradictionTold, ...]:
    own = pl.Series(members, dtype=pl.Int64).implode()
    traits = linked.traits.filter(pl.col("unique_id").is_in(own)).sort("unique_id").collect()
    found = conflicts(
        traits.to_arrow(), np.zeros(len(members), dtype=np.int64), linked.pairs(members)
    )
    return tuple(
        ContradictionTold(told[c.a].reference, told[c.b].reference, c.kind, c.words) for c in found
    )


def _judged_same(ledger: LedgerReader, told: Sequence[RecordTold]) -> frozenset[tuple[int, int]]:
    """Pairs of these records, by place, that are judged to be one person by all who judged."""
    place = {record.reference: number for number, record in enumerate(told)}
    decisions: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for judgement in ledger.judgements():
        a, b = place.get(judgement.record_a), place.get(judgement.record_b)
        if a is not None and b is not None:
            decisions[min(a, b), max(a, b)].add(judgement.decision)
    return frozenset(pair for pair, held in decisions.items() if held == {"same"})


def _differences(
    linked: LinkedRecords, members: tuple[int, ...], told: tuple[RecordTold, ...], found: Bonds
) -> tuple[Difference, ...]:
    """What the records of a person say against each other, the worst pair of each comparison."""
    every = list(combinations(range(len(told)), 2))
    if len(told) > MOST_COMPARED:
        every = [(bond.a, bond.b) for bond in (*found.tree, *found.against)]
    worst: dict[str, Difference] = {}
    found_levels = linked.compared([(members[a], members[b]) for a, b in every]).levels
    for (a, b), levels in zip(every, found_levels.tolist(), strict=True):
        one, other = told[a], told[b]
        explanation = explain(linked.model, levels, one.values, other.values)
        for each in explanation.contributions:
            if each.weight > SPEAKS_AGAINST:
                continue
            words = f"{each.label}: {each.level} ({each.says})"
            this = Difference(one.reference, other.reference, words, each.weight, 1)
            known = worst.get(each.comparison, this)
            kept = min(known, this, key=lambda d: d.weight)
            pairs = known.pairs + 1 if each.comparison in worst else 1
            worst[each.comparison] = Difference(kept.a, kept.b, kept.words, kept.weight, pairs)
    return tuple(sorted(worst.values(), key=lambda difference: difference.weight))
