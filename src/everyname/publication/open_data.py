"""Open data: an edition as files for machines."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from everyname.claims import Evidence, Finding
from everyname.counts import Figure
from everyname.errors import CaseError
from everyname.publication.data_package import columns, data_package
from everyname.publication.edition import Edition, SourceShare
from everyname.publication.sections import only_repeats
from everyname.publication.words import legible

ONLY_REPEATS = "agrees only with what it repeats"

Cell = str | int | bool | None
Row = tuple[Cell, ...]

# What spreadsheets take for the beginning of a formula, the wide forms of East Asian input too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """Write an edition as CSV files and a description of them.

    Each file is replaced in one step, so that a reader never finds half a file. Equal editions
    give equal bytes.

    Parameters
    ----------
    edition
        What may be published.
    folder
        Where to write; made where it does not exist.

    Returns
    -------
    tuple of Path
        ``counts.csv``, ``patterns.csv``, ``persons.csv``, ``figures.csv``, ``findings.csv``,
        ``sources.csv`` and ``datapackage.json``. A text that a spreadsheet would take for a
        formula begins with an apostrophe.

    Raises
    ------
    CaseError
        Where the folder cannot be written.
    """
    tables = [(name, _csv(edition, name, rows(edition))) for name, rows in _TABLES.items()]
    contents = {f"{name}.csv": content for name, content in tables}
    contents["datapackage.json"] = data_package(edition, tables)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_replace(folder / name, content) for name, content in contents.items())
    except OSError as error:
        raise CaseError(
            f"open data cannot be written ({error.strerror})",
            where=str(folder),
            do="Make the folder writable or give another one",
        ) from error


def safe_cell(value: Cell) -> str:
    """Write a value so that no spreadsheet takes it for a formula.

    Parameters
    ----------
    value
        Numbers stay numbers; None is an empty cell; a text that begins like a formula gets an
        apostrophe in front; U+FFFD stands for control characters.

    References
    ----------
    OWASP, CSV Injection.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = legible(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(edition: Edition, table: str, rows: Iterator[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(safe_cell(column.name) for column in columns(table, edition))
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _replace(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def _counts(edition: Edition) -> Iterator[Row]:
    total = () if edition.total is None else (edition.total,)
    broken_down = (row for breakdown in edition.breakdowns for row in breakdown.rows)
    for count in (*total, *broken_down):
        yield count.id, count.low, count.best, count.high, edition.scope.codebook


def _patterns(edition: Edition) -> Iterator[Row]:
    for pattern, persons in edition.patterns.rows if edition.patterns else ():
        yield *pattern, persons


def _persons(edition: Edition) -> Iterator[Row]:
    # The profile's columns and no other, whatever else a row may hold.
    for person in edition.persons:
        yield tuple(person.get(column, "") for column in edition.columns)


def _figures(edition: Edition) -> Iterator[Row]:
    return (_figure(figure) for figure in edition.figures)


def _figure(f: Figure) -> Row:
    return (
        f.record_id, f.said_by, f.source_kind, f.said_on, f.low, f.best, f.high, f.unit, f.fate,
        f.victim_class, f.counts_what, f.place, f.date, f.as_of, f.reported_in, f.address, f.read,
        "; ".join(f.roots), f.note, "; ".join(f.corrected),
    )  # fmt: skip


def _findings(edition: Edition) -> Iterator[Row]:
    return (_finding(finding) for finding in edition.findings)


def _finding(f: Finding) -> Row:
    c = f.claim
    return (
        c.id, c.text, c.said_by, c.said_on, c.address, c.low, c.best, c.high, c.unit, c.fate,
        c.victim_class, f.outcome, f.basis, f.independent_roots, _ids(f.supports),
        _ids(f.contradicts), f.explanation, ONLY_REPEATS if only_repeats(f) else "",
    )  # fmt: skip


def _ids(pieces: Sequence[Evidence]) -> str:
    return "; ".join(piece.id for piece in pieces)


def _sources(edition: Edition) -> Iterator[Row]:
    return (_source(source) for source in edition.sources)


def _source(s: SourceShare) -> Row:
    return (
        s.key, s.name, s.kind, s.publisher, s.published, s.language, s.reliability, s.party,
        "; ".join(s.derived_from), "; ".join(s.files), s.document, s.records, s.persons, s.alone,
        "; ".join(s.below_minimum),
    )  # fmt: skip


_TABLES: Mapping[str, Callable[[Edition], Iterator[Row]]] = {
    "counts": _counts,
    "patterns": _patterns,
    "persons": _persons,
    "figures": _figures,
    "findings": _findings,
    "sources": _sources,
}
