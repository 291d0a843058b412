"""Edition: everything that one report shows."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from everyname.claims import Finding
from everyname.counts import Breakdown, CapturePatterns, Count, Figure, Groups, Placing, Scope
from everyname.estimation import Comparison, Estimate, Refusal


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class SourceShare(_Frozen):
    """A source and what it contributed.

    Parameters
    ----------
    key, name, kind, publisher, published, language, reliability, party, derived_from
        As in `ledger.Source`.
    files
        Files in which it speaks.
    document
        SHA-256 of the first of these files, as preserved.
    records
        Records of any kind.
    persons
        Documented persons in scope whom it names; `alone` of them stand in no other source.
    below_minimum
        What a digital capture behind it lacks of the Berkeley minimum, in words.
    """

    key: str
    name: str
    kind: str
    publisher: str
    published: str
    language: str
    reliability: str
    party: bool
    derived_from: tuple[str, ...]
    files: tuple[str, ...]
    document: str
    records: int
    persons: int
    alone: int
    below_minimum: tuple[str, ...] = ()


class FileAccount(_Frozen):
    """Where the cells of one file went; see `intake.CellAccount`.

    Parameters
    ----------
    reasons
        Outcome (rejected or flagged), column, reason, how many cells, first row.
    understood
        What the columns' own values decided, such as the order of day and month.
    """

    file: str
    dialect: str
    rows: int
    records: int
    cells: int
    parsed: int
    kept: int
    rejected: int
    reasons: tuple[tuple[str, str, str, int, int], ...]
    understood: tuple[str, ...] = ()


class LinkageAccount(_Frozen):
    """How persons were found among records.

    Parameters
    ----------
    records
        Person records linked.
    low, best, high
        Persons in all, in scope or not, under the three readings of the undecided pairs.
    undecided
        Pairs left undecided.
    compared
        Pairs that were candidates.
    judgements
        Judgements in force.
    thresholds
        Match probabilities: undecided from, one person from, certain from.
    trained
        Whether the weights were learnt from these records.
    levels
        Comparison, level, share among matches (m), share among non-matches (u); in words.
    prior, prior_within
        Probability that two records match before they are compared, across lists and within one;
        0 where it was not kept.
    blocking_recall
        Estimated share of the matches that are among the candidates; None where it was not kept.
    families
        By what candidates were looked up: what both records share, records that share one value
        of it at most, pairs it brought up, pairs left out as too many share their value.
    conflicts
        Kind of what cannot both be true of one person (birth, sex, place, name), and persons
        whose records say so.
    interval
        Persons in all in the middle 95% of whole clusterings drawn from the match probabilities;
        None where none were drawn.
    """

    records: int
    low: int
    best: int
    high: int
    undecided: int
    compared: int
    judgements: int
    thresholds: tuple[float, float, float]
    trained: bool
    levels: tuple[tuple[str, str, float, float], ...]
    prior: float = 0.0
    prior_within: float = 0.0
    blocking_recall: float | None = None
    families: tuple[tuple[str, int, int, int], ...] = ()
    conflicts: tuple[tuple[str, int], ...] = ()
    interval: tuple[int, int] | None = None


class Truth(_Frozen):
    """What is known about a simulated case.

    Parameters
    ----------
    persons
        Persons there really were.
    recorded
        Of them, persons with at least one record.
    in_scope
        Of all persons, those whose truth is in scope; None when it is not known.
    recorded_in_scope
        Of the recorded persons, those whose truth is in scope; None when it is not known.
    precision, recall
        Share of record pairs put together that belong together, and the reverse.
    """

    persons: int
    recorded: int
    in_scope: int | None
    recorded_in_scope: int | None
    precision: float
    recall: float


class Response(_Frozen):
    """What was done or said about the event: a resolution, a recognition, a position, a denial.

    Of one that is `corrected`, something that stands here is the team's word.
    """

    record_id: str
    said_by: str
    title: str
    date: str
    note: str
    address: str
    read: str
    corrected: bool = False


class Edition(_Frozen):
    """Everything that one report shows.

    Parameters
    ----------
    title, summary
        Of the case.
    made
        When, as an ISO 8601 time.
    version
        Of everyname.
    entries, head
        Number of ledger entries, and the digest over them.
    scope
        Inclusion criteria and rules.
    lists
        Files of each list.
    sources, files, linkage
        Who says so; where every cell went; how persons were found.
    total
        Documented persons in scope; None where the case holds no person records.
    disputed
        Persons in scope of whom sources disagree in some field that is counted by.
    unstated
        Persons in scope of whom no source states the fate or the date that the scope asks for.
    breakdowns
        Counts that may be published, the first by month or day being the timeline.
    withheld
        Fields of breakdowns that the publication profile does not allow.
    patterns
        Which lists hold whom.
    estimates
        Beside the count, apart from it; of a comparison its results.
    findings
        Outcome of checking claims.
    figures
        What sources state in numbers.
    groups
        Groups of unnamed people, which are not in the count.
    responses
        Resolutions, positions, denials.
    columns, persons
        The table of persons, as far as the profile allows.
    persons_withheld
        Persons in scope of whom nothing is published one by one.
    labels
        Words for codes: field, code, label.
    truth
        For a simulated case.
    corrected
        Values of records in force that the team corrected.
    ruled
        Values of persons on which a panel ruled.
    withdrawn
        Records that were withdrawn.
    former
        Records that no longer stand in the list that once held them.
    former_counted
        Whether they are counted.
    unnamed
        How many people the groups are and how many of them are named; None where none of it may
        be published.
    placing
        Which places are in the gazetteer of the case.
    comparison
        The models side by side, with the reported interval; None where only `estimates` are had.
        Its strata are shown, so it must hold only those that may be published.
    """

    title: str
    summary: str
    made: str
    version: str
    entries: int
    head: str
    scope: Scope
    lists: Mapping[str, tuple[str, ...]]
    sources: tuple[SourceShare, ...]
    files: tuple[FileAccount, ...]
    linkage: LinkageAccount | None
    total: Count | None
    disputed: int
    breakdowns: tuple[Breakdown, ...]
    withheld: tuple[tuple[str, ...], ...]
    patterns: CapturePatterns | None
    estimates: tuple[Estimate | Refusal, ...]
    findings: tuple[Finding, ...]
    figures: tuple[Figure, ...]
    groups: tuple[Figure, ...]
    responses: tuple[Response, ...]
    columns: tuple[str, ...]
    persons: tuple[Mapping[str, str], ...]
    persons_withheld: int
    labels: tuple[tuple[str, str, str], ...]
    truth: Truth | None = None
    unstated: int = 0
    corrected: int = 0
    ruled: int = 0
    withdrawn: int = 0
    former: int = 0
    former_counted: bool = False
    unnamed: Groups | None = None
    placing: Placing = Placing(places=0, found=0, unplaced=())
    comparison: Comparison | None = None

    def label(self, field: str, code: str) -> str:
        """Word for a code of a field; the code itself where there is none."""
        return next((w for f, c, w in self.labels if f == field and c == code), code)
