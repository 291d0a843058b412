"""FoundPersons: who linkage holds to be who, as it is evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import polars as pl

from everyname.case.folder import CaseFolder
from everyname.case.linkage_stage import LinkageOfCase, Linked, scored_pairs
from everyname.case.list_releases import counted_records
from everyname.case.person_table import ROW_OF, PersonTable
from everyname.errors import CaseError
from everyname.ledger import Filed, LedgerReader, Record
from everyname.linkage import Pairs, Ties, full_name, ties_of
from everyname.vocabulary import script


@dataclass(frozen=True, slots=True)
class FoundPersons:
    """Who linkage holds to be who.

    Parameters
    ----------
    name
        Of what is evaluated: a file or a case.
    frame
        A row for each record, by position: ``source`` and ``row`` as text (null where a row of a
        list makes several records, or the record is not of the list's latest release), ``person``,
        and a column for each subgroup; for a case also ``low`` and ``high``, the persons under the
        other two readings.
    subgroups
        Names of the subgroups.
    pairs
        Scored pairs of a case.
    ties
        Judgements of a case.
    blocking_recall
        Share of the matches among the candidates of a case, as the model estimates it.
    """

    name: str
    frame: pl.DataFrame
    subgroups: tuple[str, ...]
    pairs: Pairs | None = None
    ties: Ties | None = None
    blocking_recall: float | None = None

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """Read what ``everyname link`` wrote; its lists are a subgroup where there are several.

        Raises
        ------
        TableError
            As for `PersonTable.load`.
        """
        table = PersonTable.load(path, complete=True)
        several = table.frame["source"].n_unique() > 1
        frame = table.frame.with_columns(pl.col("source").alias("list"))
        return cls(table.file, frame, ("list",) if several else ())

    @classmethod
    def of_case(cls, path: Path) -> Self:
        """Read what a run of a case found; its subgroups are list, sex, and script of the name.

        Raises
        ------
        CaseError
            There is no such case, or it was not run since it changed.
        LedgerError
            The ledger cannot be read.
        """
        folder = CaseFolder(path)
        file = folder.file()
        stage = LinkageOfCase(folder, file)
        do = f"Run: everyname run {path}"
        if not (stage.clusters_file.is_file() and stage.pairs_file.is_file()):
            raise CaseError("this case was not run", where=str(path), do=do)
        with LedgerReader(folder.ledger) as ledger:
            filed = counted_records(folder, file, ledger)
            documents = {name: each.document for name, each in ledger.deliveries().items()}
            judgements = ledger.judgements()
        known = set(pl.read_parquet(stage.clusters_file, columns=["record"]).to_series())
        if known != {each.id for each in filed if each.record.kind == "person"}:
            raise CaseError("the records changed since they were linked", where=str(path), do=do)
        linked = stage.linked(filed)
        list_of = {name: called for called, names in file.lists.items() for name in names}
        pairs = scored_pairs(stage.pairs_file)
        frame = _frame(linked, [list_of.get(each.file, each.file) for each in linked.records])
        placed = [documents.get(each.file) == each.record.document for each in linked.records]
        return cls(
            path.resolve().name,
            _only_named_once(frame, pl.Series(placed, dtype=pl.Boolean)),
            ("list", "sex", "script"),
            pairs,
            ties_of([each.record.reference for each in linked.records], judgements),
            stage.account().blocking_recall,
        )


def _frame(linked: Linked, lists: Sequence[str]) -> pl.DataFrame:
    records: tuple[Filed, ...] = linked.records
    texts = {
        "source": [each.file for each in records],
        "row": [str(each.record.locator.row) for each in records],
        "list": lists,
        "sex": [_stated(each.record, "sex") for each in records],
        "script": [script(full_name(each.record)) for each in records],
    }
    return pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String)).with_columns(
        pl.Series("person", linked.labels.best),
        pl.Series("low", linked.labels.low),
        pl.Series("high", linked.labels.high),
    )


def _stated(record: Record, field: str) -> str:
    wanted = (s.value for s in record.statements if s.field == field and s.stance == "asserted")
    return next(wanted, "")


def _only_named_once(frame: pl.DataFrame, placed: pl.Series) -> pl.DataFrame:
    """Take the place from records that it does not lead to alone."""
    once = placed & frame.select(ROW_OF).is_unique()
    return frame.with_columns(
        pl.when(once).then(pl.col(name)).otherwise(None).alias(name) for name in ROW_OF
    )
