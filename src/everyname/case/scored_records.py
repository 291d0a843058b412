"""ScoredRecords: who is who and every scored pair, as the last run left them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from everyname.case.case_file import CaseFile
from everyname.case.contradictions import FIELDS, contradictions
from everyname.case.folder import CaseFolder
from everyname.case.linkage_stage import LinkageOfCase, scored_pairs
from everyname.errors import CaseError
from everyname.ledger import Filed, LedgerReader
from everyname.linkage import Clustering, Pairs
from everyname.linkage.check_sample import keys_of
from everyname.linkage.question import Contradiction

"""Digits of a record's id that make its key for drawing at random."""


@dataclass(frozen=True, slots=True)
class ScoredRecords:
    """The records that linkage put into persons, and the scored pairs among them.

    Parameters
    ----------
    ids
        Id of each record, by position.
    files
        Name under ``lists/`` of each record; empty as for `references`.
    references
        Reference of each record, by position; empty where no judgement can name the record.
    pairs
        Scored pairs.
    clustering
        Labels under three readings.
    keys
        A number for each record that follows from its id; uint64, shape (n,).
    contradictions
        Pairs within persons that state what cannot both be true.
    """

    ids: tuple[str, ...]
    files: tuple[str, ...]
    references: tuple[str, ...]
    pairs: Pairs
    clustering: Clustering
    keys: NDArray[np.uint64]
    contradictions: tuple[Contradiction, ...]

    @classmethod
    def of(cls, folder: CaseFolder, ledger: LedgerReader) -> Self:
        """Read what the last run left.

        Raises
        ------
        CaseError
            The case was not run, or its records changed since.
        """
        file = folder.file()
        of_case = LinkageOfCase(folder, file)
        if not (of_case.clusters_file.is_file() and of_case.pairs_file.is_file()):
            raise _run_first(folder, "the records of this case are not linked yet")
        clusters = pl.read_parquet(of_case.clusters_file)
        values = ledger.values(FIELDS, file.files)
        _refuse_changed(folder, file, clusters, values)
        clusters = clusters.join(
            values.unique("record"), on="record", how="left", maintain_order="left"
        ).with_row_index("position")
        low, best, high = (clusters[side].to_numpy() for side in ("low", "best", "high"))
        return cls(
            ids=tuple(clusters["record"].to_list()),
            files=tuple(clusters["file"].fill_null("").to_list()),
            references=tuple(clusters["reference"].fill_null("").to_list()),
            pairs=scored_pairs(of_case.pairs_file),
            clustering=Clustering(low, best, high, undecided=0),
            keys=keys_of(clusters["record"]),
            contradictions=contradictions(clusters.rename({"best": "label"})),
        )

    def record(self, position: int, ledger: LedgerReader) -> Filed:
        """Record of a position, with what was corrected.

        Raises
        ------
        CaseError
            It was withdrawn or erased since the last run.
        """
        id_ = self.ids[position]
        found = (ledger.record_at(number) for number in ledger.numbers_of(id_))
        filed = [Filed(id_, self.files[position], record) for record in found if record]
        in_force = next(iter(ledger.in_force(filed)), None)
        if in_force is None:
            raise CaseError(
                f"the record {id_[:12]} was withdrawn or erased since the last run",
                where=ledger.where,
                do="Run the case again with `everyname run`",
            )
        return in_force


def _refuse_changed(
    folder: CaseFolder, file: CaseFile, clusters: pl.DataFrame, values: pl.DataFrame
) -> None:
    linked, in_force = set(clusters["record"]), set(values["record"])
    gone = linked - in_force
    # Records that are no longer listed are in no delivery that is in force.
    if in_force - linked or (gone and file.scope.no_longer_listed == "leave_out"):
        raise _run_first(folder, "the records of this case changed since it was last run")


def _run_first(folder: CaseFolder, found: str) -> CaseError:
    return CaseError(found, where=str(folder.path), do=f"Run it: everyname run {folder.path}")
