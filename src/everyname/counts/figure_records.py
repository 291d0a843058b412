"""Figures and groups, out of the records that state them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from everyname.counts.figure import Figure
from everyname.ledger import Filed, Record, Source, independent_roots


def figures(
    records: Iterable[Filed], sources: Mapping[str, Source], kind: str = "figure"
) -> tuple[Figure, ...]:
    """Take the numbers out of ``figure`` or ``group`` records.

    Parameters
    ----------
    records
        Records of any kind; only those of `kind` are taken.
    sources
        Sources by key.
    kind
        figure, or group for groups of unnamed people.

    Returns
    -------
    tuple of Figure
        In the order of the records.
    """
    return tuple(_figure(f, sources) for f in records if f.record.kind == kind)


def _figure(filed: Filed, sources: Mapping[str, Source]) -> Figure:
    record = filed.record
    source = sources[record.source]
    return Figure(
        record_id=filed.id,
        source_id=source.key,
        said_by=record.value("said_by") or source.name,
        roots=tuple(sorted(independent_roots(source.key, sources))),
        low=_number(record, "low"),
        best=_number(record, "best"),
        high=_number(record, "high"),
        unit=record.value("unit") or "persons",
        fate=record.value("fate"),
        victim_class=record.value("victim_class") or "all",
        place=record.value("place"),
        date=record.value("date"),
        as_of=record.value("as_of"),
        said_on=record.value("said_on") or source.published,
        reported_in=record.value("reported_in"),
        address=record.value("address"),
        read=record.value("read"),
        counts_what=record.value("counts_what"),
        note=record.value("note"),
        source_kind=source.kind,
        corrected=tuple(sorted({correction.field for correction in filed.corrections})),
    )


def _number(record: Record, field: str) -> int | None:
    text = record.value(field)
    return int(text) if text else None
