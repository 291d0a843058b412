"""Releases: what became of a list's rows from each delivery of its file to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from everyname.case.case_file import CaseFile
from everyname.case.folder import CaseFolder
from everyname.case.list_mapping import ListMapping
from everyname.intake import ListedRow, ListRelease, Mapping, compare
from everyname.ledger import Delivery, Filed, LedgerReader, Record

NAMING = frozenset(("name", "given_name", "family_name"))
"""Fields that name the person of a record."""


@dataclass(frozen=True, slots=True)
class RowsOfDelivery:
    """The rows of a delivery, read from the ledger each time they are gone through."""

    ledger: LedgerReader
    delivery: Delivery

    def __iter__(self) -> Iterator[ListedRow]:
        return listed_rows(filed.record for filed in self.ledger.delivered(self.delivery))


def listed_rows(records: Iterable[Record]) -> Iterator[ListedRow]:
    """Rows behind records, each once: a row can make several.

    Parameters
    ----------
    records
        In the order of their list.
    """
    last = None
    for record in records:
        if record.locator != last:
            last = record.locator
            yield ListedRow(record.reference, record.cells)


def distinct_deliveries(ledger: LedgerReader, file: str) -> list[Delivery]:
    """Deliveries of a file, of which each is of another document than the one before it.

    Of several readings of one document the latest is taken.
    """
    found: list[Delivery] = []
    for delivery in ledger.deliveries_of(file):
        if found and found[-1].document == delivery.document:
            found[-1] = delivery
        else:
            found.append(delivery)
    return found


def naming_columns(mapping: Mapping) -> tuple[str, ...]:
    """Columns of a list that name the person, each once."""
    whole = (name for name, section in mapping.columns.items() if NAMING & {*section.fields})
    joined = (name for each in mapping.joined if each.field in NAMING for name in each.columns)
    return tuple(dict.fromkeys((*whole, *joined)))


def latest_release(
    ledger: LedgerReader, file: str, key: str = "", names: Sequence[str] = ()
) -> ListRelease | None:
    """Compare the latest delivery of a file with the one of another document before it.

    Parameters
    ----------
    ledger
        The case's ledger.
    file
        Name under ``lists/``.
    key
        Column that numbers the rows; empty when none does.
    names
        Columns that name the person.

    Returns
    -------
    ListRelease or None
        None where only one document ever came under this name.
    """
    deliveries = distinct_deliveries(ledger, file)
    if len(deliveries) < 2:
        return None
    before, after = (RowsOfDelivery(ledger, delivery) for delivery in deliveries[-2:])
    return compare(before, after, key, names)


def no_longer_listed(
    ledger: LedgerReader, file: str, key: str = "", names: Sequence[str] = ()
) -> list[Filed]:
    """Records that an earlier release of a list held, and none since.

    Parameters
    ----------
    ledger, file, key, names
        As for `latest_release`.

    Returns
    -------
    list of Filed
        The last version of each, as its source had it.
    """
    gone: list[list[Filed]] = []
    for before, after in pairwise(distinct_deliveries(ledger, file)):
        rows = RowsOfDelivery(ledger, after)
        gone = _not_back(gone, rows, key, names)
        dropped = _dropped(RowsOfDelivery(ledger, before), rows, key, names)
        gone.extend(_records(ledger.delivered(before), dropped) if dropped else ())
    return [filed for those in gone for filed in those]


def _dropped(
    before: Iterable[ListedRow], after: Iterable[ListedRow], key: str, names: Sequence[str]
) -> frozenset[str]:
    """References of the rows of a release that a newer one holds in no form."""
    changes = compare(before, after, key, names).changes
    lost = {"no longer listed", "number reused"}
    return frozenset(change.before for change in changes if change.change in lost)


def _not_back(
    gone: list[list[Filed]], rows: RowsOfDelivery, key: str, names: Sequence[str]
) -> list[list[Filed]]:
    """Of the rows that were gone, those that are not listed again.

    Of several that had one number only the last keeps it: it is what tells the rows apart here.
    """
    if not gone:
        return []
    last = {those[0].record.reference: at for at, those in enumerate(gone)}
    own = [
        ref if last[ref := those[0].record.reference] == at else f"~{at}"
        for at, those in enumerate(gone)
    ]
    was = tuple(
        ListedRow(name, those[0].record.cells) for name, those in zip(own, gone, strict=True)
    )
    still = _dropped(was, rows, key, names)
    return [those for name, those in zip(own, gone, strict=True) if name in still]


def _records(filed: Iterable[Filed], keys: frozenset[str]) -> list[list[Filed]]:
    """Records of the rows with these references, row by row."""
    found: list[list[Filed]] = []
    last, wanted = None, False
    for each in filed:
        if each.record.locator != last:
            last, wanted = each.record.locator, each.record.reference in keys
            found.extend([[]] if wanted else [])
        if wanted:
            found[-1].append(each)
    return found


def former_records(folder: CaseFolder, file: CaseFile, ledger: LedgerReader) -> list[Filed]:
    """Records of all lists of a case that are no longer listed, but for what was withdrawn.

    A number that the list gave to another row since is followed by ``~`` and the beginning of
    the SHA-256 of the document that the record stands in: it names the older record.
    """
    former = []
    for name in file.files:
        if len(distinct_deliveries(ledger, name)) < 2:
            continue
        mapping = ListMapping.of(folder, name).mapping
        names = naming_columns(mapping)
        gone = ledger.in_force(no_longer_listed(ledger, name, mapping.records.key, names))
        taken = {filed.record.reference for filed in ledger.records([name])}
        for filed in gone:
            record = filed.record
            if record.reference in taken:
                own = replace(record, key=f"{record.key}~{record.document[:8]}")
                former.append(filed._replace(record=own))
            else:
                former.append(filed)
    return former


def counted_records(folder: CaseFolder, file: CaseFile, ledger: LedgerReader) -> tuple[Filed, ...]:
    """Records that a case speaks of: those in force, and, where it says so, the former ones."""
    records = tuple(ledger.records(file.files))
    if file.scope.no_longer_listed == "leave_out":
        return records
    return (*records, *former_records(folder, file, ledger))
