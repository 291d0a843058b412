"""Judgement exchange: judgements of a case as files for others, and theirs for the case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from everyname.case.folder import CaseFolder
from everyname.case.hand_file import References
from everyname.case.judgement_log import JudgementLog
from everyname.case.judgements_file import COLUMNS, judgement_lines, read_judgements
from everyname.case.resolver_edges import Edge, canonical, edge_lines, read_edges
from everyname.case.run import alone
from everyname.case.scored_records import ScoredRecords
from everyname.errors import CaseError
from everyname.ledger import Judgement, Ledger, LedgerReader, written_whole
from everyname.linkage import Ties, contradiction

JudgementFormat = Literal["csv", "resolver"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file of judgements.

    Parameters
    ----------
    entered
        Judgements that are new.
    known
        Judgements that were in force already.
    silent
        Lines that judge nothing: suggestions, and edges that were deleted.
    """

    entered: int
    known: int
    silent: int


def export_judgements(
    path: Path, format_: JudgementFormat, out: Path, *, force: bool = False
) -> int:
    """Write the judgements that the ledger has in force.

    Parameters
    ----------
    path
        The case folder.
    format_
        csv, as ``hand/judgements.csv``; or resolver, lines that nomenklatura loads.
    out
        The file.
    force
        Whether it may replace a file that is there.

    Returns
    -------
    int
        How many there are.

    Raises
    ------
    LedgerError
        There is no ledger, or the file is there already or cannot be written.
    """
    folder = CaseFolder(path)
    with LedgerReader(folder.ledger) as ledger:
        judgements = ledger.judgements()
        if format_ == "csv":
            text = ",".join(COLUMNS) + "\n" + judgement_lines(judgements)
        else:
            text = "".join(edge_lines(judgements, _scores(folder, ledger, judgements)))
    with written_whole(out, replace=force) as file:
        file.write(text.encode())
    return len(judgements)


def import_judgements(
    path: Path, file: Path, format_: JudgementFormat, reviewer: str = ""
) -> Imported:
    """Add the judgements of a file to those of a case: all of them, or none.

    Parameters
    ----------
    path
        The case folder.
    file
        As `export_judgements` writes it, or as nomenklatura does.
    format_
        csv or resolver.
    reviewer
        Who judged where an edge of a resolver file does not say.

    Returns
    -------
    Imported
        What became of it.

    Raises
    ------
    CaseError
        Something in the file is not understood, speaks of a record that the case does not have,
        or contradicts what is judged: line and column are named.
    LedgerError
        The ledger or ``hand/judgements.csv`` cannot be written.
    """
    folder = CaseFolder(path)
    folder.file()
    if not file.is_file():
        raise CaseError("there is no such file", where=str(file), do="Name a file of judgements")
    with alone(folder), Ledger.open(folder.ledger) as ledger:
        log = JudgementLog(folder, ledger)
        references, silent = References(ledger), 0
        if format_ == "csv":
            found = read_judgements(file, references)
        else:
            edges, silent = read_edges(_text(file), file.name)
            found = judgements_of(edges, _finder(ledger), reviewer)
        _refuse_contradiction(file, (*log.judgements, *found))
        entered = log.add(found)
    return Imported(len(entered), len(found) - len(entered), silent)


def judgements_of(
    edges: Sequence[Edge], find: Callable[[str, str], str], reviewer: str = ""
) -> tuple[Judgement, ...]:
    """Turn edges into judgements on pairs of records.

    A canonical id stands for the first record that an edge makes the same as it.

    Parameters
    ----------
    edges
        As from `read_edges`.
    find
        Reference of the record of an id; the second argument says where it stands.
    reviewer
        Who judged where an edge does not say.

    Returns
    -------
    tuple of Judgement
        In the order of the edges. An edge that only names who a canonical id stands for is none.

    Raises
    ------
    CaseError
        Nobody is named, or an id is not known.
    """
    stands_for = _first_records(edges, find)
    found = []
    for edge in edges:
        ends = []
        for column, id_ in (("target", edge.target), ("source", edge.source)):
            own = stands_for.get(id_) if canonical(id_) else find(id_, edge.at(column))
            if own is None:
                raise CaseError(
                    f"no edge says which record {id_[:60]!r} stands for",
                    where=edge.at(column),
                    do="Add its positive edges to the file, or remove this line",
                )
            ends.append(own)
        if ends[0] == ends[1]:
            continue
        user = " ".join((edge.user or reviewer).split())
        if not user:
            raise CaseError(
                "nobody is named as the reviewer", where=edge.at("user"), do="Give --reviewer NAME"
            )
        # The other way round than edges have them, which put the greater id first.
        found.append(Judgement(ends[1], ends[0], edge.decision, user, edge.created_at))
    return tuple(found)


def _first_records(edges: Iterable[Edge], find: Callable[[str, str], str]) -> dict[str, str]:
    """First record of each canonical id, by way of further canonical ids too."""
    beside: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for edge in edges:
        if edge.decision == "same":
            beside[edge.target].append((edge.source, edge.at("source")))
            beside[edge.source].append((edge.target, edge.at("target")))
    stands_for: dict[str, str] = {}
    for begin in beside:
        if not canonical(begin) or begin in stands_for:
            continue
        # All canonical ids that edges make the same stand for one record.
        group, waiting, first = {begin}, [begin], ""
        while waiting:
            for other, where in beside[waiting.pop(0)]:
                if not canonical(other):
                    first = first or find(other, where)
                elif other not in group:
                    group.add(other)
                    waiting.append(other)
        if first:
            stands_for.update(dict.fromkeys(group, first))
    return stands_for


def _finder(ledger: LedgerReader) -> Callable[[str, str], str]:
    """Find a record by its reference, the beginning of its id, or its key if no other has it."""
    references = ledger.references()
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for reference in references:
        by_key[reference.partition("/")[2]].append(reference)

    def find(id_: str, where: str) -> str:
        if id_ in references:
            return id_
        found = ledger.named(id_) or tuple(by_key.get(id_, ()))
        if len(found) == 1:
            return found[0]
        what = f"{len(found)} records are called" if found else "there is no record"
        raise CaseError(
            f"{what} {id_[:60]!r}",
            where=where,
            do="Take the reference (source/key) from out/records.csv",
        )

    return find


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CaseError(
            f"byte {error.start} is not UTF-8 text", where=str(file), do="Save the file as UTF-8"
        ) from None


def _refuse_contradiction(file: Path, judgements: Sequence[Judgement]) -> None:
    names = sorted({name for j in judgements for name in (j.record_a, j.record_b)})
    place = {name: at for at, name in enumerate(names)}
    said: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for j in judgements:
        a, b = sorted((place[j.record_a], place[j.record_b]))
        said[a, b].add(j.decision)
    # Where two reviewers disagree about a pair it is undecided, and contradicts nothing.
    same, different = (
        tuple(pair for pair, decisions in said.items() if decisions == {wanted})
        for wanted in ("same", "different")
    )
    against = contradiction(len(names), Ties(same, different))
    if against is not None:
        one, other = (names[at] for at in against)
        raise CaseError(
            f"{one} and {other} are called different, and others call them the same by way of "
            "further records",
            where=str(file),
            do="Settle it in this file or in hand/judgements.csv, then import again",
        )


def _scores(
    folder: CaseFolder, ledger: LedgerReader, judgements: Sequence[Judgement]
) -> Mapping[frozenset[str], float]:
    """Match probabilities of the judged pairs, where the last run still holds."""
    wanted = {frozenset((j.record_a, j.record_b)) for j in judgements}
    named = {name for pair in wanted for name in pair}
    with suppress(CaseError):
        scored = ScoredRecords.of(folder, ledger)
        names, pairs = scored.references, scored.pairs
        own = {at for at, name in enumerate(names) if name in named}
        return {
            pair: probability
            for a, b, probability in zip(
                pairs.a.tolist(), pairs.b.tolist(), pairs.probability.tolist(), strict=True
            )
            if a in own and b in own and (pair := frozenset((names[a], names[b]))) in wanted
        }
    return {}
