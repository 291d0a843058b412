"""The linkage stage: person records become persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from everyname.case.case_file import CaseFile
from everyname.case.folder import CaseFolder
from everyname.case.judgements_file import read_judgements
from everyname.case.stage import Progress, file_digest, write_text
from everyname.counts import Labels
from everyname.ledger import Filed, Ledger
from everyname.linkage import Linkage, identify, link
from everyname.publication import LinkageAccount


@dataclass(frozen=True, slots=True)
class Linked:
    """What linkage left, as later stages read it.

    Parameters
    ----------
    records
        Person records, by position.
    labels
        Who is who, under three readings.
    groups
        Positions of each person's records, the first record first.
    ids
        Permanent id of each person, in the order of `groups`.
    """

    records: tuple[Filed, ...]
    labels: Labels
    groups: tuple[tuple[int, ...], ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkageOfCase:
    """Finds the persons of a case.

    Parameters
    ----------
    folder
        The case.
    file
        What ``case.toml`` says.
    """

    folder: CaseFolder
    file: CaseFile

    @property
    def clusters_file(self) -> Path:
        """Which record is which person, under three readings."""
        return self.folder.work / "clusters.parquet"

    @property
    def pairs_file(self) -> Path:
        """Scored pairs."""
        return self.folder.work / "pairs.parquet"

    @property
    def account_file(self) -> Path:
        """How persons were found."""
        return self.folder.work / "linkage.json"

    def inputs(self) -> Mapping[str, Any]:
        """What the lists hold, what people judged, and the thresholds."""
        with Ledger.open(self.folder.ledger) as ledger:
            deliveries = ledger.deliveries()
        hand = self.folder.judgements
        return {
            "records": {f: deliveries[f].records_digest for f in sorted(self.file.files)},
            "judgements": file_digest(hand) if hand.is_file() else "",
            "settings": self.file.linkage.model_dump(),
        }

    def ready(self) -> bool:
        """Whether the ledger knows the persons that the files name."""
        ids = set(pl.read_parquet(self.clusters_file)["person"].to_list())
        with Ledger.open(self.folder.ledger) as ledger:
            return ids <= set(ledger.memberships().values())

    def work(self, progress: Progress) -> tuple[Path, ...]:
        """Link the records, keep the persons' ids, and write who is who."""
        with Ledger.open(self.folder.ledger) as ledger:
            filed = tuple(ledger.records(self.file.files))
            judgements = read_judgements(self.folder.judgements, filed, ledger.references())
            people = [f for f in filed if f.record.kind == "person"]
            linkage = link(people, judgements, self.file.linkage.thresholds(), progress)
            groups = linkage.groups()
            ids, assignment = identify(
                [[linkage.records[p].record.reference for p in group] for group in groups],
                ledger.memberships(),
                ledger.redirects(),
                ledger.secret(),
            )
            with ledger.writing() as writer:
                writer.judge(judgements)
                writer.assign(assignment)
        self._write(linkage, groups, ids)
        account = _account(linkage, len(judgements), self.file)
        write_text(self.account_file, account.model_dump_json(indent=1) + "\n")
        return self.clusters_file, self.pairs_file, self.account_file

    def _write(
        self, linkage: Linkage, groups: tuple[tuple[int, ...], ...], ids: tuple[str, ...]
    ) -> None:
        self.clusters_file.parent.mkdir(parents=True, exist_ok=True)
        person = {p: id_ for id_, group in zip(ids, groups, strict=True) for p in group}
        clustering = linkage.clustering
        pl.DataFrame(
            {
                "record": [filed.id for filed in linkage.records],
                "low": clustering.low,
                "best": clustering.best,
                "high": clustering.high,
                "person": [person[p] for p in range(len(linkage.records))],
            },
            schema={"record": pl.String, "low": pl.Int64, "best": pl.Int64, "high": pl.Int64,
                    "person": pl.String},
        ).write_parquet(self.clusters_file)  # fmt: skip
        pairs = linkage.pairs
        pl.DataFrame(
            {
                "a": pairs.a,
                "b": pairs.b,
                "probability": pairs.probability,
                "conflict": pairs.conflict,
            }
        ).write_parquet(self.pairs_file)

    def account(self) -> LinkageAccount:
        """Read how persons were found."""
        return LinkageAccount.model_validate_json(self.account_file.read_text(encoding="utf-8"))

    def linked(self, filed: tuple[Filed, ...]) -> Linked:
        """Read who is who.

        Parameters
        ----------
        filed
            All records in force.
        """
        frame = pl.read_parquet(self.clusters_file)
        by_id = {f.id: f for f in filed}
        groups: dict[int, list[int]] = {}
        person: dict[int, str] = {}
        for position, (label, id_) in enumerate(frame.select("best", "person").iter_rows()):
            groups.setdefault(label, []).append(position)
            person[label] = id_
        return Linked(
            records=tuple(by_id[id_] for id_ in frame["record"]),
            labels=Labels(*(_labels(frame, side) for side in ("low", "best", "high"))),
            groups=tuple(tuple(group) for group in groups.values()),
            ids=tuple(person[label] for label in groups),
        )


def _labels(frame: pl.DataFrame, side: str) -> NDArray[np.int64]:
    return frame[side].to_numpy()


def _account(linkage: Linkage, judgements: int, file: CaseFile) -> LinkageAccount:
    clustering = linkage.clustering
    settings = file.linkage
    low, best, high = (
        len(np.unique(labels)) for labels in (clustering.low, clustering.best, clustering.high)
    )
    return LinkageAccount(
        records=len(linkage.records),
        low=low,
        best=best,
        high=high,
        undecided=clustering.undecided,
        compared=len(linkage.pairs),
        judgements=judgements,
        thresholds=(settings.undecided[0], settings.threshold, settings.undecided[1]),
        trained=linkage.model.trained,
        levels=linkage.model.levels,
    )
