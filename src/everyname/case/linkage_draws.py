"""Linkage draws: capture patterns of a case under linkages drawn by their probability."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from everyname.case.case_file import CaseFile
from everyname.case.counts_stage import CountsOfCase
from everyname.case.folder import CaseFolder
from everyname.case.hand_file import hand_file
from everyname.case.linkage_account import MOST_DRAWN
from everyname.case.linkage_stage import LinkageOfCase, scored_pairs
from everyname.case.list_releases import counted_records
from everyname.case.places_file import read_places
from everyname.case.stage import file_digest
from everyname.counts import gather
from everyname.counts.reading import PersonReading
from everyname.errors import LinkageError
from everyname.estimation import Estimate, PatternTable, Refusal, combine, tables_of
from everyname.ledger import LedgerReader
from everyname.linkage import ties_of
from everyname.linkage.check_sample import keys_of
from everyname.linkage.missed import credible_recall
from everyname.linkage.model import Model
from everyname.linkage.refinement import refined
from everyname.linkage.sampling import sample_clusterings

DRAWS = 20
"""Linkages drawn unless ``case.toml`` says how many, of cases of up to 20,000 records."""

_NAME = "Reported interval with the uncertainty of linkage"
_ELSEWHERE = ("breakdowns", "claims", "truth")


@dataclass(frozen=True, slots=True)
class LinkageDraws:
    """Draws whole linkages of a case, and estimates under each.

    Parameters
    ----------
    folder
        A case whose persons are counted.
    file
        What its ``case.toml`` says.
    """

    folder: CaseFolder
    file: CaseFile

    def inputs(self) -> Mapping[str, Any]:
        """What the patterns of a draw depend on."""
        stage = LinkageOfCase(self.folder, self.file)
        counted = CountsOfCase(self.folder, self.file).inputs()
        judgements = hand_file(self.folder, "judgement")
        return {
            **{name: value for name, value in counted.items() if name not in _ELSEWHERE},
            "pairs": file_digest(stage.pairs_file),
            "model": file_digest(stage.model_file),
            "judgements": file_digest(judgements) if judgements.is_file() else "",
        }

    def number(self, records: int) -> int:
        """How many linkages are drawn of a case with so many records."""
        asked = self.file.estimate.replicates
        if asked is None:
            return DRAWS if records <= MOST_DRAWN else 0
        return asked

    def tables(self, draws: int) -> Iterator[PatternTable]:
        """Draw linkages, and give the capture patterns of the persons in scope under each.

        Parameters
        ----------
        draws
            How many.

        Raises
        ------
        LinkageError
            A person has many records on one list: the sampler cannot draw these.
        """
        stage = LinkageOfCase(self.folder, self.file)
        pairs = scored_pairs(stage.pairs_file)
        if pairs.expected.many:
            raise LinkageError(
                "lists name a person many times, and such linkages cannot be drawn",
                do="Read the count from low to high, and judge pairs with `everyname review`",
            )
        with LedgerReader(self.folder.ledger) as ledger:
            linked = stage.linked(counted_records(self.folder, self.file, ledger))
            judgements, rulings = ledger.judgements(), ledger.rulings()
            sources = ledger.sources()
        places = read_places(hand_file(self.folder, "place"))
        scope = self.file.counting()
        evidence = gather(linked.records, sources, self.file.lists, scope, rulings, places)
        ties = ties_of([each.record.reference for each in linked.records], judgements)
        keys = keys_of(pl.Series([each.id for each in linked.records], dtype=pl.String))
        _, calibration = refined(pairs, ties, keys, self.file.linkage.thresholds())
        model = Model.from_json(stage.model_file.read_text(encoding="utf-8"))
        drawn = sample_clusterings(
            len(linked.records),
            pairs,
            ties,
            np.random.default_rng(self.file.estimate.seed),
            draws,
            calibration=calibration,
            recall=credible_recall(model.blocking_recall or 1.0),
            lists=[each.file for each in linked.records],
        )
        names = self.file.estimate.lists or tuple(self.file.lists)
        number = {name: place for place, name in enumerate(names)}
        list_of = {
            f: number.get(name, -1) for name, those in self.file.lists.items() for f in those
        }
        held = np.array([list_of.get(each.file, -1) for each in linked.records], dtype=np.int64)
        for labels in drawn:
            included = PersonReading(evidence, labels, scope).included["cluster"].to_numpy()
            kept = (held >= 0) & np.isin(labels, included)
            yield from tables_of([labels[kept]], held[kept], names)

    def estimate(
        self,
        draws: int,
        estimator: Callable[[PatternTable], Estimate | Refusal],
        progress: Callable[[str], None],
    ) -> Estimate | Refusal:
        """Estimate under each of the linkages drawn, and combine the results.

        Parameters
        ----------
        draws
            How many linkages are drawn, at least 2.
        estimator
            Gives an estimate, or a refusal, of a table.
        progress
            Told in a few words what is being done.
        """
        results = []
        try:
            for number, table in enumerate(self.tables(draws), start=1):
                progress(f"linkage {number} of {draws}")
                results.append(estimator(table))
        except LinkageError as error:
            return Refusal(model=_NAME, reason=f"{error.found}.")
        found = combine(results, sources=("linkage",), level=self.file.estimate.level)
        return found.model_copy(update={"model": _NAME})
