"""Sentences: what the report says about an edition in running text."""

from __future__ import annotations

from everyname.counts import LEVELS
from everyname.publication.edition import Edition, FileAccount, LinkageAccount
from everyname.publication.quantity import second_hand
from everyname.publication.words import (
    field_words,
    listing,
    number,
    plural,
    range_words,
    share_words,
)

CONFLICT = {
    "majority": "the value that most independent sources give is taken; in a tie, none",
    "range": "no value is taken, and the person stands under “sources disagree”",
    "source_order": "the value of the list named first is taken",
}


def what_this_is(edition: Edition) -> str:
    """Say in two sentences what the reader has before them."""
    if edition.total is None:
        return (
            "This report sets figures and positions beside each other, each with who stated it."
            " It lists no persons, so it counts nobody and estimates nothing."
        )
    return (
        "This report counts persons one by one from the sources it names, says who stated each"
        " figure and claim, and keeps estimates apart from the count."
    )


def count_words(edition: Edition) -> str:
    """Say how many records stand behind the count, and how many of its persons are disputed."""
    total, linkage = edition.total, edition.linkage
    if total is None:
        return ""
    told = ""
    if linkage is not None:
        found = plural(linkage.best, "person")
        between = ""
        if linkage.low < linkage.high:
            between = f" ({range_words(linkage.low, linkage.high)})"
        verb = "is" if total.best == 1 else "are"
        told = (
            f"{plural(linkage.records, 'record')} of {plural(len(edition.sources), 'source')}"
            f" name {found}{between}, of whom {number(total.best)} {verb} in scope. "
        )
    if not edition.disputed:
        return f"{told}For none of them do sources disagree in a field that is counted by."
    return (
        f"{told}For {plural(edition.disputed, 'person')} in scope, sources disagree in a field that"
        " is counted by."
    )


def unstated_words(persons: int) -> str:
    """Say how many persons are counted without a stated fate or date; empty where nobody."""
    if not persons:
        return ""
    verb = "is" if persons == 1 else "are"
    return (
        f"{number(persons)} of them {verb} counted although no source states what the scope asks"
        " for (their fate or the date)."
    )


def decisions_words(edition: Edition) -> str:
    """Say how much people decided, and never who or why; empty where they decided nothing."""
    told = []
    if edition.corrected:
        verb = "was" if edition.corrected == 1 else "were"
        told.append(f"{plural(edition.corrected, 'value')} of records {verb} corrected by the team")
    if edition.ruled:
        verb = "was" if edition.ruled == 1 else "were"
        told.append(f"{plural(edition.ruled, 'value')} of persons {verb} decided by a panel")
    if edition.withdrawn:
        verb = "is" if edition.withdrawn == 1 else "are"
        told.append(
            f"{plural(edition.withdrawn, 'record')} {verb} withdrawn, and neither counted nor shown"
        )
    if edition.former:
        one = edition.former == 1
        counted = "counted as before" if edition.former_counted else "outside the count"
        told.append(
            f"{plural(edition.former, 'record')} no longer {'stands' if one else 'stand'} in the "
            f"list that held {'it' if one else 'them'}, and {'is' if one else 'are'} {counted}"
        )
    if not told:
        return ""
    return f"{'; '.join(told)}. What the sources say stays in the ledger."


def linkage_words(linkage: LinkageAccount) -> str:
    """Say how persons were found."""
    made = plural(linkage.judgements, "judgement")
    verb = "is" if linkage.judgements == 1 else "are"
    return (
        f"{plural(linkage.records, 'person record')} were compared in"
        f" {plural(linkage.compared, 'candidate pair')} and put together to"
        f" {plural(linkage.best, 'person')} in all, in scope or not:"
        f" {number(linkage.low)} if every undecided pair is one person, {number(linkage.high)} if"
        f" every undecided pair is two. {made} {verb} in force.{_drawn(linkage)}"
    )


def _drawn(linkage: LinkageAccount) -> str:
    if linkage.interval is None:
        return ""
    low, high = map(number, linkage.interval)
    return (
        f" Of clusterings drawn at random from the match probabilities, which may all be off"
        f" together, 95% have {low} to {high} persons in all."
    )


def candidate_words(linkage: LinkageAccount) -> str:
    """Say by what candidates were looked up, and how many matches that misses."""
    if not linkage.families:
        return ""
    kinds = plural(len(linkage.families), "way")
    told = f"Candidates were looked up in {kinds}, by what two records share."
    if linkage.blocking_recall is None:
        return told
    share = share_words(min(linkage.blocking_recall, 0.999))
    more = "more than " if linkage.blocking_recall > 0.999 else ""
    return (
        f"{told} By how often only one or two of them brought up a match, {more}{share} of the"
        " matches are among the candidates; as the ways lean on the same fields, it may be less."
    )


_CONFLICTS = {
    "birth": "two dates of birth that cannot both be true",
    "sex": "two sexes",
    "place": "two places on one day",
    "name": "two names that have nothing in common",
}


def conflict_kind(kind: str) -> str:
    """What two records of one person state that cannot both be true."""
    return _CONFLICTS.get(kind, kind)


def linked_conflict_words(linkage: LinkageAccount) -> str:
    """Say how many persons have records that contradict each other."""
    if not linkage.conflicts:
        return (
            "No person was put together of records that state two dates of birth that cannot both"
            " be true, two sexes, or two places on one day."
        )
    told = [f"{conflict_kind(kind)} for {plural(n, 'person')}" for kind, n in linkage.conflicts]
    return (
        f"Records that were put together state {listing(told)}. These are left to the eyes of the"
        " team: errors in lists are as likely as two persons put together."
    )


def threshold_words(linkage: LinkageAccount) -> str:
    """Say which match probabilities decide."""
    undecided, one, certain = (share_words(share) for share in linkage.thresholds)
    return (
        f"A pair counts as one person from a match probability of {one}. From {undecided} to"
        f" {certain} it is left undecided, for a person to look at; this holds for"
        f" {plural(linkage.undecided, 'pair')}."
    )


def cells_words(files: tuple[FileAccount, ...]) -> str:
    """Say whether every cell of the files is accounted for."""
    cells = sum(file.cells for file in files)
    parsed = sum(file.parsed for file in files)
    kept = sum(file.kept for file in files)
    rejected = sum(file.rejected for file in files)
    told = (
        f"{plural(len(files), 'file')} with {plural(cells, 'cell')}: {number(parsed)} understood as"
        f" a value, {number(kept)} kept as written (headers, empty cells, columns not mapped),"
        f" {number(rejected)} not understood and kept as written."
    )
    if parsed + kept + rejected == cells:
        return f"{told} Every cell is accounted for."
    missing = number(abs(cells - parsed - kept - rejected))
    return f"{told} The numbers do not add up: {missing} cells differ."


def sources_words(edition: Edition) -> str:
    """Say how many sources there are, and how many are parties or copy others."""
    parties = sum(source.party for source in edition.sources)
    copies = sum(bool(source.derived_from) for source in edition.sources)
    told = [plural(len(edition.sources), "source")]
    if parties:
        told.append(
            f"{number(parties)} of {'it' if len(edition.sources) == 1 else 'them'} a party to the"
            " conflict"
            if parties == 1
            else f"{number(parties)} of them parties to the conflict"
        )
    if copies:
        told.append(f"{number(copies)} that {'copies' if copies == 1 else 'copy'} others")
    return f"{', '.join(told)}. What a copy repeats is no support of its own."


def second_hand_words(edition: Edition) -> str:
    """Say how many figures were not read at their source."""
    count = sum(second_hand(figure) for figure in edition.figures)
    if not count:
        return ""
    verb = "was" if count == 1 else "were"
    return (
        f"{number(count)} of {plural(len(edition.figures), 'figure')} {verb} read second-hand, in a"
        " copy or a quotation: cite the original, not this report, until it has been read."
    )


def placing_words(edition: Edition) -> str:
    """Say which gazetteer places are counted by, and what is not in it; empty where not by one."""
    placing = edition.placing
    by = {field for breakdown in edition.breakdowns for field in breakdown.by}
    if not placing.places or by.isdisjoint((*LEVELS, "place", "place_origin")):
        return ""
    told = (
        f"Places have the names of the gazetteer of this case, which lists"
        f" {plural(placing.places, 'place')}: what sources write in several spellings and scripts"
        " is counted together."
    )
    missing = placing.missing
    if not missing:
        return told
    records = sum(each.records for each in missing)
    verb = "is" if len(missing) == 1 else "are"
    return (
        f"{told} {plural(len(missing), 'spelling')} in {plural(records, 'record')} {verb} not in"
        " it, and counted as written."
    )


def withheld_words(withheld: tuple[tuple[str, ...], ...]) -> str:
    """Name the breakdowns that are not published."""
    names = [listing([field_words(field).lower() for field in by]) for by in withheld]
    return "; ".join(names)


def persons_withheld_words(count: int) -> str:
    """Say of how many persons nothing is published one by one; empty where of none."""
    if not count:
        return ""
    verb = "is" if count == 1 else "are"
    return (
        f"{plural(count, 'person')} in scope {verb} in the count and not in this table: the"
        " publication profile allows nothing about them one by one."
    )
