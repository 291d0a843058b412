"""Tables for the team that works on a case; not for publication."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from everyname.case.stage import write_text
from everyname.counts import Groups, Person, Placing, interval_words
from everyname.intake import CellAccount
from everyname.ledger import CORRECTED, Correction, Document, Filed, Ruling, Withdrawal
from everyname.publication import conflict_kind


def write_notes(accounts: Iterable[CellAccount], path: Path) -> None:
    """Write every rejected or flagged cell.

    Parameters
    ----------
    accounts
        One a file.
    path
        The CSV file.
    """
    rows = [
        (n.file, n.sheet, n.row or "", n.column, n.outcome, n.times, n.reason, inert(n.text))
        for account in accounts
        for n in account.notes
    ]
    header = ("file", "sheet", "row", "column", "outcome", "times", "reason", "text")
    _write(path, header, rows)


def write_records(
    filed: Sequence[Filed],
    withdrawn: Iterable[tuple[Filed, Withdrawal]],
    persons: Iterable[Person],
    rulings: Iterable[Ruling],
    path: Path,
) -> None:
    """Write which record is where, whom it is about, and what was decided on it, by whom and why.

    Parameters
    ----------
    filed
        Records in force.
    withdrawn
        Records that would be, and who withdrew each.
    persons
        Every documented person.
    rulings
        Rulings in force.
    path
        The CSV file.
    """
    person_of = {record: person.id for person in persons for record in person.records}
    ruled = _ruled(filed, rulings, person_of)
    header = (
        "reference", "record", "kind", "file", "sheet", "row", "person", "corrected", "ruled",
        "withdrawn",
    )  # fmt: skip
    rows = [
        (*_place(f), person, _corrected(f), ruled.get(person, ""), "")
        for f in filed
        for person in (person_of.get(f.id, ""),)
    ]
    rows += [(*_place(f), "", _corrected(f), "", _signed(w)) for f, w in withdrawn]
    _write(path, header, rows)


def _place(f: Filed) -> tuple[object, ...]:
    where = f.record.locator
    return inert(f.record.reference), f.id, f.record.kind, f.file, where.sheet, where.row


def _corrected(filed: Filed) -> str:
    """What holds instead of what the source says, correction by correction."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for statement in filed.record.statements:
        if statement.stance == CORRECTED:
            said[statement.field].append(statement.value)
    return "; ".join(
        f"{c.field}: {c.value or 'not stated'}{_instead_of(said[c.field])} {_signed(c)}"
        for c in filed.corrections
    )


def _instead_of(values: Sequence[str]) -> str:
    return f" instead of {' / '.join(values)}" if values else ""


def _ruled(
    filed: Sequence[Filed], rulings: Iterable[Ruling], person_of: Mapping[str, str]
) -> dict[str, str]:
    """What was ruled on each person, and what the records say: the losing values stay visible."""
    by_reference = {f.record.reference: person_of.get(f.id, "") for f in filed}
    about = [(by_reference.get(ruling.record, ""), ruling) for ruling in rulings]
    wanted = {person for person, _ in about}
    records: defaultdict[str, list[Filed]] = defaultdict(list)
    for f in filed:
        if (person := person_of.get(f.id, "")) in wanted:
            records[person].append(f)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for person, ruling in about:
        values = (v for f in records[person] for v in f.record.values(ruling.field))
        stated = " / ".join(dict.fromkeys(values)) or "nothing"
        found[person].append(
            f"{ruling.field}: {ruling.value}, where records say {stated} {_signed(ruling)}"
        )
    return {person: "; ".join(words) for person, words in found.items() if person}


def _signed(decision: Correction | Ruling | Withdrawal) -> str:
    by = ", ".join(part for part in (decision.reviewer, decision.time) if part)
    return f"({by}: {decision.reason})" if decision.reason else f"({by})"


def write_documents(documents: Iterable[Document], path: Path) -> None:
    """Write every document that the ledger holds, and how it came.

    Parameters
    ----------
    documents
        As described last.
    path
        The CSV file.
    """
    header = (
        "sha256", "name", "media type", "size", "received", "received from", "received by",
        "derived from", "how", "address", "captured", "missing of the minimum",
    )  # fmt: skip
    rows = [
        (
            d.sha256, inert(d.name), d.media_type, d.size, d.received, inert(d.received_from),
            inert(d.received_by), d.derived_from, inert(d.how), inert(d.address), d.captured,
            "; ".join(d.below_minimum),
        )
        for d in sorted(documents, key=lambda d: (d.name, d.received, d.sha256))
    ]  # fmt: skip
    _write(path, header, rows)


def write_places(placing: Placing, path: Path) -> None:
    """Write every text that names no place of the gazetteer, or names more than is in it.

    Parameters
    ----------
    placing
        How places were found.
    path
        The CSV file.
    """
    rows = [
        (inert(each.text), each.records, inert(each.place), inert(each.reason))
        for each in placing.unplaced
    ]
    _write(path, ("text", "records", "counted as", "reason"), rows)


def write_groups(groups: Groups, filed: Iterable[Filed], path: Path) -> None:
    """Write every group, who is named as its member, and who names a group that is not there.

    Parameters
    ----------
    groups
        The groups of the case.
    filed
        Records in force.
    path
        The CSV file.
    """
    wanted = {g.figure.record_id for g in groups.groups} | {s.record_id for s in groups.strays}
    place = {f.id: _place(f) for f in filed if f.id in wanted}
    header = ("reference", "record", "kind", "file", "sheet", "row", "in scope", "stated", "unit",
              "named", "members", "unnamed", "note")  # fmt: skip
    rows: list[Sequence[object]] = []
    for group in groups.groups:
        figure, left = group.figure, group.remaining
        note = "more people are named as members than the group has" if group.overfull else ""
        rows.append((
            *place[figure.record_id], "yes" if group.included else "no",
            interval_words(figure.low, figure.best, figure.high), figure.unit,
            len(group.members), "; ".join(group.members),
            left.words if left else "not known", note,
        ))  # fmt: skip
    for stray in groups.strays:
        note = f"member of {stray.member_of!r}: {stray.reason}"
        rows.append((*place[stray.record_id], *[""] * 6, note))
    _write(path, header, rows)


def write_conflicts(conflicts: pl.DataFrame, filed: Iterable[Filed], path: Path) -> None:
    """Write which records of one person state what cannot both be true.

    Parameters
    ----------
    conflicts
        ``person``, ``kind``, and the ids ``a`` and ``b`` of the two records.
    filed
        Records in force.
    path
        The CSV file. What the records state is not in it.
    """
    wanted = {*conflicts["a"], *conflicts["b"]}
    reference = {f.id: inert(f.record.reference) for f in filed if f.id in wanted}
    rows = [
        (person, conflict_kind(kind), reference.get(a, a), reference.get(b, b))
        for person, kind, a, b in conflicts.select("person", "kind", "a", "b").iter_rows()
    ]
    _write(path, ("person", "conflict", "one record", "other record"), sorted(rows))


def inert(text: str) -> str:
    """Keep a spreadsheet program from taking a text for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write_text(path, text.getvalue())
