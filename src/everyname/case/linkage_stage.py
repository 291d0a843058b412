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
from everyname.case.corrections_file import in_another_order, read_corrections
from everyname.case.decided import still_decided, write_decided
from everyname.case.folder import CaseFolder
from everyname.case.hand_file import References, hand_file
from everyname.case.judgements_file import read_judgements
from everyname.case.linkage_account import account_of
from everyname.case.list_releases import former_records
from everyname.case.stage import Progress, file_digest, write_text
from everyname.case.withdrawals_file import read_withdrawals
from everyname.counts import Labels
from everyname.errors import LinkageError
from everyname.ledger import Filed, Judgement, Ledger, LedgerReader, values_of
from everyname.linkage import (
    FIELDS,
    Linkage,
    Pairs,
    contradiction,
    identify_columns,
    link_values,
    ties_of,
)
from everyname.linkage.check_sample import keys_of
from everyname.linkage.conflict import Conflict, conflicts
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
    def traits_file(self) -> Path:
        """What of the records was compared."""
        return self.folder.work / "traits.parquet"

    @property
    def conflicts_file(self) -> Path:
        """What cannot both be true of one person: person, kind, ids of the two records."""
        return self.folder.work / "conflicts.parquet"

    @property
    def model_file(self) -> Path:
        """What the model learnt."""
        return self.folder.work / "model.json"

    @property
    def account_file(self) -> Path:
        """How persons were found."""
        return self.folder.work / "linkage.json"

    @property
    def decided_file(self) -> Path:
        """Which decisions were entered."""
        return self.folder.work / "decided.json"

    def inputs(self) -> Mapping[str, Any]:
        """What the lists hold, what people decided on records, and the thresholds."""
        return {
            **self.spoken(),
            "judgements": self._hand("judgement"),
            "settings": self.file.linkage.model_dump(),
        }

    def spoken(self) -> Mapping[str, Any]:
        """What the records in force follow from: the lists, and what people decided on them."""
        with Ledger.open(self.folder.ledger) as ledger:
            deliveries = ledger.deliveries()
            erased = sorted(seq for order in ledger.erasures() for seq, _ in order.targets)
        return {
            "records": {f: deliveries[f].records_digest for f in sorted(self.file.files)},
            "former": self._former(ledger),
            "corrections": self._hand("correction"),
            "withdrawals": self._hand("withdrawal"),
            "erased": erased,
        }

    def _former(self, ledger: LedgerReader) -> list[str]:
        """Ids of the records that are counted though no longer listed."""
        if self.file.scope.no_longer_listed == "leave_out":
            return []
        return [filed.id for filed in former_records(self.folder, self.file, ledger)]

    def _hand(self, kind: str) -> str:
        path = hand_file(self.folder, kind)
        return file_digest(path) if path.is_file() else ""

    def ready(self) -> bool:
        """Whether the ledger knows the persons that the files name, and what was decided."""
        ids = set(pl.read_parquet(self.clusters_file)["person"].to_list())
        with Ledger.open(self.folder.ledger) as ledger:
            known = ids <= set(ledger.memberships().values())
            return known and still_decided(self.decided_file, ledger)

    def work(self, progress: Progress) -> tuple[Path, ...]:
        """Link the records, keep the persons' ids, and write who is who."""
        with Ledger.open(self.folder.ledger) as ledger:
            judgements = self._decide(ledger)
            values = self._values(ledger)
            ties = ties_of(values["reference"].to_list(), judgements)
            against = contradiction(values.height, ties)
            if against is not None:
                one, other = (values["reference"][index] for index in against)
                raise LinkageError(
                    f"judgements contradict each other: {one} and {other} are called different,"
                    " and others call them the same by way of further records",
                    do="Correct hand/judgements.csv",
                )
            linkage = link_values(
                values,
                values["file"],
                ties=ties,
                keys=keys_of(values["record"]),
                thresholds=self.file.linkage.thresholds(),
                settings=self.file.linkage.settings(),
                progress=progress,
            )
            person, assignment = identify_columns(
                values["reference"],
                linkage.clustering.best,
                ledger.membership_columns(),
                ledger.redirects(),
                ledger.secret(),
            )
            with ledger.writing() as writer:
                writer.decide("judgement", judgements)
                writer.assign(assignment)
            write_decided(self.decided_file, ledger, ("judgement", "correction", "withdrawal"))
        self._write(linkage, values["record"], person)
        found = conflicts(linkage.traits.table, linkage.clustering.best, linkage.pairs)
        self._write_conflicts(found, values["record"], person)
        account = account_of(
            linkage, found, len(judgements), self.file.linkage, values["file"].to_list(), ties
        )
        write_text(self.account_file, account.model_dump_json(indent=1) + "\n")
        write_text(self.model_file, linkage.model.json() + "\n")
        return (
            self.clusters_file, self.pairs_file, self.traits_file, self.model_file,
            self.conflicts_file, self.account_file, self.decided_file,
        )  # fmt: skip

    def _values(self, ledger: LedgerReader) -> pl.DataFrame:
        """Values of the person records that are counted, in an order that no source's name sets."""
        values = ledger.values(FIELDS, self.file.files)
        if self.file.scope.no_longer_listed != "leave_out":
            former = former_records(self.folder, self.file, ledger)
            people = (f for f in former if f.record.kind == "person")
            values = pl.concat([values, values_of(people, FIELDS)])
        return values.sort(*FIELDS, "record")

    def _decide(self, ledger: Ledger) -> tuple[Judgement, ...]:
        """Enter corrections and withdrawals; judgements are only read: they may contradict."""
        references = References(ledger)
        judgements = read_judgements(hand_file(self.folder, "judgement"), references)
        corrections = read_corrections(hand_file(self.folder, "correction"), references)
        withdrawals = read_withdrawals(hand_file(self.folder, "withdrawal"), references)
        anew = in_another_order(ledger.corrections(), corrections)
        with ledger.writing() as writer:
            if anew:
                writer.decide("correction", [c for c in corrections if c.id not in anew])
            writer.decide("correction", corrections)
            writer.decide("withdrawal", withdrawals)
        return judgements

    def _write(self, linkage: Linkage, records: pl.Series, person: pl.Series) -> None:
        self.clusters_file.parent.mkdir(parents=True, exist_ok=True)
        clustering = linkage.clustering
        pl.DataFrame(
            {
                "record": records,
                "low": clustering.low,
                "best": clustering.best,
                "high": clustering.high,
                "person": person,
            }
        ).write_parquet(self.clusters_file)
        linkage.traits.frame.write_parquet(self.traits_file)
        pairs = linkage.pairs
        pl.DataFrame(
            {
                "a": pairs.a,
                "b": pairs.b,
                "probability": pairs.probability,
                "conflict": pairs.conflict,
            }
        ).with_columns(repeats=pl.lit(pairs.repeats, pl.Float64)).write_parquet(self.pairs_file)

    def _write_conflicts(
        self, found: tuple[Conflict, ...], records: pl.Series, person: pl.Series
    ) -> None:
        ends = {end: np.array([getattr(c, end) for c in found], dtype=np.int64) for end in "ab"}
        pl.DataFrame(
            {
                "person": person[ends["a"]],
                "kind": pl.Series([c.kind for c in found], dtype=pl.String),
                "a": records[ends["a"]],
                "b": records[ends["b"]],
            }
        ).write_parquet(self.conflicts_file)

    def conflicts(self) -> pl.DataFrame:
        """Read what cannot both be true of one person; see `conflicts_file`."""
        return pl.read_parquet(self.conflicts_file)

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


def scored_pairs(path: Path) -> Pairs:
    """Read scored pairs as a run left them; see `LinkageOfCase.pairs_file`."""
    frame = pl.read_parquet(path)
    return Pairs(
        frame["a"].to_numpy(),
        frame["b"].to_numpy(),
        frame["probability"].to_numpy(),
        frame["conflict"].to_numpy(),
        float(frame["repeats"][0]) if frame.height and "repeats" in frame.columns else 0.0,
    )
