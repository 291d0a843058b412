"""LinkedRecords: some records of a case as linkage saw them, looked up without reading them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import polars as pl

from everyname.case.folder import CaseFolder
from everyname.case.linkage_stage import LinkageOfCase
from everyname.errors import CaseError
from everyname.ledger import Filed, LedgerReader
from everyname.linkage import Model, Pairs
from everyname.linkage.comparing import Compared, compared
from everyname.publication import LinkageAccount


class LinkedRecords:
    """What the last run left of linkage: who is who, scored pairs, what the model learnt.

    Parameters
    ----------
    folder
        The case.
    ledger
        Its ledger.

    Raises
    ------
    CaseError
        The records of the case are not linked yet.
    """

    def __init__(self, folder: CaseFolder, ledger: LedgerReader) -> None:
        self._folder = folder
        self._ledger = ledger
        self._of_case = LinkageOfCase(folder, folder.file())
        if not self._of_case.clusters_file.is_file():
            raise CaseError(
                "the records of this case are not linked yet",
                where=str(folder.path),
                do="Run it with `everyname run`",
            )

    @cached_property
    def account(self) -> LinkageAccount:
        """How persons were found."""
        return self._of_case.account()

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Name of each source by its key."""
        return {key: source.name for key, source in self._ledger.sources().items()}

    @cached_property
    def clusters(self) -> pl.DataFrame:
        """Record id, label under three readings, and person, by position."""
        return pl.read_parquet(self._of_case.clusters_file)

    @cached_property
    def model(self) -> Model:
        """What the model learnt."""
        return Model.from_json(self._of_case.model_file.read_text(encoding="utf-8"))

    def pairs(self, positions: Sequence[int]) -> Pairs:
        """Scored pairs among these positions, each numbered by its place among them."""
        own = pl.Series(positions, dtype=pl.Int64).implode()
        frame = (
            pl.scan_parquet(self._of_case.pairs_file)
            .filter(pl.col("a").is_in(own) & pl.col("b").is_in(own))
            .collect()
        )
        place = {position: number for number, position in enumerate(positions)}
        a, b = (
            np.array([place[position] for position in frame[end]], dtype=np.int64) for end in "ab"
        )
        return Pairs(
            np.minimum(a, b),
            np.maximum(a, b),
            frame["probability"].to_numpy(),
            frame["conflict"].to_numpy(),
        )

    def position(self, text: str) -> int | None:
        """Position of a record; None where linkage knows none of this name.

        Parameters
        ----------
        text
            Its reference, or the first eight or more digits of its id.

        Raises
        ------
        CaseError
            Several records begin so.
        """
        numbers = self._ledger.numbers_of(text)
        found = [record for n in numbers if (record := self._ledger.record_at(n)) is not None]
        if len({record.reference for record in found}) > 1:
            raise CaseError(
                f"several records begin with {text[:60]!r}",
                where=str(self._folder.path),
                do="Write more of it",
            )
        ids = pl.Series([record.id for record in found], dtype=pl.String).implode()
        places = self.clusters.select(pl.arg_where(pl.col("record").is_in(ids))).to_series()
        return int(places[0]) if len(places) else None

    def members(self, person: str) -> tuple[int, ...]:
        """Positions of a person's records."""
        found = self.clusters.select(pl.arg_where(pl.col("person") == person)).to_series()
        return tuple(found.to_list())

    def records(self, positions: Sequence[int]) -> tuple[Filed, ...]:
        """Records as they are in force, in the order of their positions."""
        ids = [self.clusters["record"][position] for position in positions]
        found = {}
        for id_ in ids:
            for number in self._ledger.numbers_of(id_):
                record = self._ledger.record_at(number)
                if record is not None:
                    found[id_] = Filed(id_, self._files.get(record.document, ""), record)
        in_force = {filed.id: filed for filed in self._ledger.in_force(found.values())}
        missing = next((id_ for id_ in ids if id_ not in in_force), None)
        if missing is not None:
            raise CaseError(
                f"the record {missing[:12]} was withdrawn or erased since the last run",
                where=str(self._folder.path),
                do="Run the case again with `everyname run`",
            )
        return tuple(in_force[id_] for id_ in ids)

    @cached_property
    def _files(self) -> Mapping[str, str]:
        """File of each document that was ever delivered."""
        files = self._folder.file().files
        return {d.document: d.file for file in files for d in self._ledger.deliveries_of(file)}

    def compared(self, pairs: Sequence[tuple[int, int]]) -> Compared:
        """Compare pairs of records as the model does.

        Parameters
        ----------
        pairs
            Positions of the records.
        """
        a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        own = pl.Series(sorted({p for pair in pairs for p in pair}), dtype=pl.Int64).implode()
        rows = self.traits.filter(pl.col("unique_id").is_in(own))
        return compared(rows.collect(), a, b, self.model)

    @property
    def traits(self) -> pl.LazyFrame:
        """What of the records was compared, by position (``unique_id``)."""
        return pl.scan_parquet(self._of_case.traits_file)
