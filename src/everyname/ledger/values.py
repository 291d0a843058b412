"""Values: what records state, in columns, for work on more of them than fit as objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from everyname.ledger.correction import Correction, corrected
from everyname.ledger.filed import Filed
from everyname.ledger.record import Record

if TYPE_CHECKING:
    import polars as pl

OWN = ("record", "reference", "file")
"""Columns of every frame: id of the record, ``source/key``, name under ``lists/``."""

BATCH = 50_000


def values_of(records: Iterable[Filed], fields: Sequence[str]) -> pl.DataFrame:
    """Put what records state into columns.

    Parameters
    ----------
    records
        Read one by one.
    fields
        Names of fields of the vocabulary.

    Returns
    -------
    polars.DataFrame
        One row a record, in their order: `record`, `reference`, `file`, and a column a field
        with the first value asserted of it, as from `Record.value`; null where there is none.
    """
    columns = ValueColumns(fields)
    for filed in records:
        record = filed.record
        columns.add(filed.id, record.reference, filed.file, record.statements)
    return columns.frame()


class ValueColumns:
    """Columns that grow record by record.

    Parameters
    ----------
    fields
        Names of fields.
    """

    def __init__(self, fields: Sequence[str]) -> None:
        self._fields = tuple(dict.fromkeys(fields))
        self._done: list[pl.DataFrame] = []
        self._begin()

    def _begin(self) -> None:
        self._own: tuple[list[str], list[str], list[str]] = ([], [], [])
        self._stated: dict[str, list[str | None]] = {field: [] for field in self._fields}

    def add(
        self, record: str, reference: str, file: str, statements: Iterable[Sequence[str]]
    ) -> None:
        """Add a record.

        Parameters
        ----------
        record, reference, file
            As in `OWN`.
        statements
            Field, value and stance of each.
        """
        first: dict[str, str] = {}
        for field, value, stance in statements:
            if stance == "asserted" and field not in first:
                if type(value) is not str:
                    raise TypeError(f"the value of {field!r} is no text")
                first[field] = value
        records, references, files = self._own
        records.append(record)
        references.append(reference)
        files.append(file)
        for field, column in self._stated.items():
            column.append(first.get(field) or None)
        if len(records) == BATCH:
            self._end()

    def _end(self) -> None:
        import polars as pl

        stated: Mapping[str, Sequence[str | None]] = {
            **dict(zip(OWN, self._own, strict=True)),
            **self._stated,
        }
        self._done.append(pl.DataFrame(stated, schema=dict.fromkeys(stated, pl.String)))
        self._begin()

    def frame(self) -> pl.DataFrame:
        """All that was added."""
        import polars as pl

        self._end()
        return pl.concat(self._done)


class SealedValues:
    """Takes values out of sealed contents, without making records of them.

    Parameters
    ----------
    fields
        Names of fields.
    withdrawn
        References of the records to pass over.
    corrections
        In force, by the reference of the record.
    """

    def __init__(
        self,
        fields: Sequence[str],
        withdrawn: frozenset[str],
        corrections: Mapping[str, tuple[Correction, ...]],
    ) -> None:
        self._columns = ValueColumns(fields)
        self._withdrawn = withdrawn
        self._corrections = corrections

    def add(self, record: str, file: str, content: Mapping[str, Any]) -> None:
        """Add a record as its entry seals it.

        Raises
        ------
        ValueError, KeyError, TypeError
            The content is not that of a record.
        """
        reference = f"{content['source']}/{content['key']}"
        if reference in self._withdrawn:
            return
        statements: Iterable[Sequence[str]] = content["statements"]
        if reference in self._corrections:
            own = Record.from_content(content)
            statements = corrected(own, self._corrections[reference]).statements
        self._columns.add(record, reference, file, statements)

    def frame(self) -> pl.DataFrame:
        """All that was added."""
        return self._columns.frame()
