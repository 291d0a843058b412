"""The counts stage: persons are counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from everyname.case.case_file import CaseFile
from everyname.case.decided import still_decided, write_decided
from everyname.case.folder import CaseFolder
from everyname.case.hand_file import References, hand_file
from everyname.case.linkage_stage import LinkageOfCase, Linked
from everyname.case.list_releases import counted_records
from everyname.case.places_file import read_places
from everyname.case.rulings_file import read_rulings
from everyname.case.stage import Progress, file_digest, write_text
from everyname.case.truth import truth_of
from everyname.claims import Claim
from everyname.counts import (
    DISAGREE,
    Breakdown,
    CapturePatterns,
    Count,
    Groups,
    Person,
    Placing,
    Scope,
    Tally,
    contradiction,
    gather,
    groups,
    persons,
    placing,
    where,
)
from everyname.errors import CaseError
from everyname.ledger import Filed, Ledger, LedgerReader, Ruling, Source
from everyname.linkage import full_name
from everyname.publication import Truth
from everyname.vocabulary import Place, conditions
from everyname.vocabulary.gazetteer import Gazetteer


class Counted(BaseModel):
    """What the counts stage found.

    Parameters
    ----------
    total
        Everyone in scope; None where the case holds no person records.
    breakdowns
        As `case.toml` asks.
    patterns
        Which lists hold whom.
    claim_counts
        For each claim by id, the count it can be put beside; None where there is none.
    persons
        Every documented person.
    fates
        Every fate that any record states or a panel ruled on, by person id.
    shares
        For each source by key: persons in scope that it names, and how many of them alone.
    disputed
        Persons in scope of whom sources disagree in a field that is counted by.
    unstated
        Persons in scope of whom no source states the fate or the date that the scope asks for.
    truth
        For a simulated case.
    groups
        Groups of unnamed people, beside the persons.
    placing
        Which places are in the gazetteer.
    """

    model_config = ConfigDict(frozen=True)

    total: Count | None
    breakdowns: tuple[Breakdown, ...]
    patterns: CapturePatterns | None
    claim_counts: dict[str, Count | None]
    persons: tuple[Person, ...]
    fates: dict[str, tuple[str, ...]]
    shares: dict[str, tuple[int, int]]
    disputed: int
    unstated: int
    truth: Truth | None
    groups: Groups = Groups()
    placing: Placing = Placing(places=0, found=0, unplaced=())


NOTHING = Counted(
    total=None,
    breakdowns=(),
    patterns=None,
    claim_counts={},
    persons=(),
    fates={},
    shares={},
    disputed=0,
    unstated=0,
    truth=None,
)


@dataclass(frozen=True, slots=True)
class CountsOfCase:
    """Counts the persons of a case.

    Parameters
    ----------
    folder
        The case.
    file
        What ``case.toml`` says.
    """

    folder: CaseFolder
    file: CaseFile

    @property
    def result_file(self) -> Path:
        """What was counted."""
        return self.folder.work / "counts.json"

    @property
    def decided_file(self) -> Path:
        """Which rulings were entered."""
        return self.folder.work / "ruled.json"

    def inputs(self) -> Mapping[str, Any]:
        """Who is who, what each record says, what was ruled, and the rules."""
        linkage = LinkageOfCase(self.folder, self.file)
        truth = self.file.truth
        with LedgerReader(self.folder.ledger) as ledger:
            sources = {key: source.id for key, source in ledger.sources().items()}
        return {
            **linkage.spoken(),
            **{name: self._digest(f"hand/{name}.csv") for name in ("rulings", "places")},
            "sources": sources,
            "clusters": file_digest(linkage.clusters_file),
            "lists": list(self.file.lists.items()),
            "scope": self.file.counting().model_dump(),
            "own places": self.file.scope.places,
            "breakdowns": [section.by for section in self.file.breakdowns],
            "claims": [claim.model_dump() for claim in self.file.claims],
            "truth": [truth.model_dump(), *map(self._digest, (truth.file, truth.people))]
            if truth
            else None,
        }

    def _digest(self, name: str) -> str:
        path = self.folder.path / name
        return file_digest(path) if path.is_file() else ""

    def ready(self) -> bool:
        """Whether the ledger knows what was ruled."""
        with LedgerReader(self.folder.ledger) as ledger:
            return still_decided(self.decided_file, ledger)

    def work(self, progress: Progress) -> tuple[Path, ...]:
        """Count, and enter the rulings."""
        with Ledger.open(self.folder.ledger) as ledger:
            rulings = read_rulings(hand_file(self.folder, "ruling"), References(ledger))
            gazetteer = read_places(hand_file(self.folder, "place"))
            filed = counted_records(self.folder, self.file, ledger)
            linked = LinkageOfCase(self.folder, self.file).linked(filed)
            scope, sources = self.file.counting(), ledger.sources()
            result = NOTHING
            if linked.records:
                progress(f"counting {len(linked.ids):,} persons")
                evidence = gather(
                    linked.records, sources, self.file.lists, scope, rulings, gazetteer
                )
                _refuse_contradictions(evidence.rulings, linked, scope)
                result = self._counted(linked, Tally(evidence, linked.labels, scope))
            with ledger.writing() as writer:
                writer.decide("ruling", rulings)
            write_decided(self.decided_file, ledger, ("ruling",))
        result = _beside(result, filed, sources, scope, gazetteer)
        write_text(self.result_file, result.model_dump_json(indent=1) + "\n")
        return self.result_file, self.decided_file

    def _counted(self, linked: Linked, tally: Tally) -> Counted:
        names = {p: full_name(filed.record) for p, filed in enumerate(linked.records)}
        people = persons(linked.records, linked.groups, linked.ids, tally, names)
        included = [person for person in people if person.included]
        return Counted(
            total=tally.total(),
            breakdowns=tuple(tally.breakdown(section.by) for section in self.file.breakdowns),
            patterns=tally.patterns(),
            claim_counts={
                claim.id: _claim_count(claim, tally, self.file) for claim in self.file.claims
            },
            persons=people,
            fates=_fates(linked, tally.evidence.rulings),
            shares=_shares(linked, {person.id for person in included}),
            disputed=sum(DISAGREE in person.classes.values() for person in included),
            unstated=tally.unstated(),
            truth=truth_of(self.folder, self.file.truth, linked, self.file.scope.fates),
        )

    def result(self) -> Counted:
        """Read what was counted."""
        return Counted.model_validate_json(self.result_file.read_text(encoding="utf-8"))


def _beside(
    counted: Counted,
    filed: tuple[Filed, ...],
    sources: Mapping[str, Source],
    scope: Scope,
    gazetteer: Gazetteer,
) -> Counted:
    """Add what stands beside the count of persons: groups, and how places were found."""
    person_of = {record: person.id for person in counted.persons for record in person.records}
    return counted.model_copy(
        update={
            "groups": groups(filed, sources, person_of, scope),
            "placing": placing(filed, gazetteer),
        }
    )


def _claim_count(claim: Claim, tally: Tally, file: CaseFile) -> Count | None:
    """Count the persons a claim speaks of; None where the record cannot tell."""
    meant = conditions(claim.victim_class)
    if meant is None or (file.scope.fates and claim.fate not in file.scope.fates):
        return None
    if ("age_band", "elderly") in meant and not file.scope.elderly_from:
        return None
    wanted = {**dict(meant), "fate": claim.fate}

    def key(place: str) -> str:
        return Place(tally.evidence.spelling.of("place", place)).key

    if not claim.place or key(claim.place) in set(map(key, file.scope.places)):
        return tally.claimable(where(wanted))
    count = tally.claimable(where({**wanted, "place": claim.place}))
    # What is compared with the claim has the place as the claim writes it.
    if count is None:
        return None
    return count.model_copy(update={"where": where({**dict(count.where), "place": claim.place})})


def _fates(linked: Linked, rulings: Iterable[tuple[int, Ruling]]) -> dict[str, tuple[str, ...]]:
    ruled = {p: r.value for p, r in rulings if r.field == "fate" and r.stance == "asserted"}
    found = {}
    for id_, group in zip(linked.ids, linked.groups, strict=True):
        stated = {fate for p in group for fate in linked.records[p].record.values("fate")}
        found[id_] = tuple(sorted(stated | {ruled[p] for p in group if p in ruled}))
    return found


def _refuse_contradictions(
    rulings: Sequence[tuple[int, Ruling]], linked: Linked, scope: Scope
) -> None:
    found = contradiction(rulings, linked.labels.best.tolist(), scope)
    if found is None:
        return
    said = [f"{r.record}, {r.field} = {r.value} (by {r.reviewer})" for r in found]
    raise CaseError(
        f"two rulings on one person contradict each other: {said[0]}, and {said[1]}",
        where="hand/rulings.csv",
        do="Keep one of them, or judge the records different in hand/judgements.csv",
    )


def _shares(linked: Linked, included: set[str]) -> dict[str, tuple[int, int]]:
    named: Counter[str] = Counter()
    alone: defaultdict[str, int] = defaultdict(int)
    for id_, group in zip(linked.ids, linked.groups, strict=True):
        if id_ not in included:
            continue
        sources = {linked.records[p].record.source for p in group}
        named.update(sources)
        if len(sources) == 1:
            alone[next(iter(sources))] += 1
    return {source: (number, alone[source]) for source, number in named.items()}
