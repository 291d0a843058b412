"""Linking: lists in any form become persons, without a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from everyname.case.link_interim import LinkInterim
from everyname.case.link_judgements import read_link_judgements
from everyname.case.list_to_link import ListRead, ListToLink, lists_to_link
from everyname.case.stage import Progress
from everyname.errors import LinkageError
from everyname.ledger import written_whole
from everyname.linkage import Clusters, Settings, Thresholds, Ties, cluster, link_values
from everyname.linkage.refinement import refined

COLUMNS = ("source", "row", "person", "probability")
_PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class LinkOutput:
    """The file that says who is who.

    Parameters
    ----------
    path
        Its name; Parquet where it ends so, else CSV.
    """

    path: Path

    @property
    def interim(self) -> Path:
        """Folder beside it in which interim results are kept."""
        return self.path.with_name(f"{self.path.name}.part")

    def check(self, inputs: Sequence[Path]) -> None:
        """Check, before anything is done, that it can be written and replaces nothing of worth.

        Raises
        ------
        LinkageError
            Its folder is not there, or it is one of the inputs, a folder, or a file that holds
            something else.
        """
        if not self.path.parent.is_dir():
            raise LinkageError(
                "there is no such folder",
                where=str(self.path.parent),
                do="Make it, or name another",
            )
        if any(self.path.exists() and p.exists() and self.path.samefile(p) for p in inputs):
            raise LinkageError(
                "the result would replace one of the files that it is made of",
                where=str(self.path),
                do="Name another file with --out",
            )
        if self.path.exists() and not self._ours():
            raise LinkageError(
                "there is something here already that linkage did not write",
                where=str(self.path),
                do="Name another file with --out",
            )

    def _ours(self) -> bool:
        if not self.path.is_file():
            return False
        if self.path.suffix.lower() == _PARQUET:
            try:
                return tuple(pl.read_parquet_schema(self.path)) == COLUMNS
            except pl.exceptions.PolarsError:
                return False
        with self.path.open("rb") as file:
            return file.readline(100).rstrip(b"\r\n") == ",".join(COLUMNS).encode()

    def write(self, clusters: Clusters) -> None:
        """Write who is who, as a whole.

        Raises
        ------
        LedgerError
            It cannot be written.
        """
        with written_whole(self.path, replace=True) as file:
            if self.path.suffix.lower() == _PARQUET:
                clusters.frame.write_parquet(file)
            else:
                clusters.frame.write_csv(file)


def link_lists(
    paths: Sequence[Path],
    *,
    maps: Sequence[Path] = (),
    judgements: Path | None = None,
    thresholds: Thresholds | None = None,
    settings: Settings | None = None,
    interim: Path | None = None,
    progress: Progress = lambda _: None,
    told: Callable[[ListRead], None] = lambda _: None,
) -> Clusters:
    """Find out which rows of lists are about the same person.

    Parameters
    ----------
    paths
        The lists, in any form that a list can have.
    maps
        Mapping files; see `lists_to_link`. A list without one is read as the published format
        that it is in, or else by its columns' names and values.
    judgements
        File of judgements; see `read_link_judgements`.
    thresholds
        Where decisions change.
    settings
        How linkage runs.
    interim
        Folder in which interim results are kept and looked for.
    progress
        Told in a few words what is being done.
    told
        Told of each list what became of it.

    Returns
    -------
    Clusters
        Records are named by the list's file and the row that the spreadsheet shows.

    Raises
    ------
    TableError, MappingError
        A list, a mapping or the judgements cannot be read.
    LinkageError
        A list is named twice, judgements contradict each other, or the engine fails.
    """
    settings = settings or Settings()
    kept = LinkInterim(interim)
    values, keys = _values(lists_to_link(paths, maps), kept, progress, told)
    ties = read_link_judgements(judgements, values) if judgements else Ties()
    thresholds = thresholds or Thresholds()
    found = kept.scored(keys, settings.sample)
    if found is not None:
        progress("taking the pairs that were compared before")
        corrected, calibration = refined(found[0], ties, None, thresholds)
        clustering = cluster(values.height, corrected, thresholds, ties)
        return Clusters(values, clustering, *found, ties, calibration=calibration)
    linkage = link_values(
        values,
        values["source"],
        ties=ties,
        thresholds=thresholds,
        settings=settings,
        progress=progress,
    )
    kept.keep_scored(keys, settings.sample, linkage.pairs, linkage.model)
    return Clusters(
        values,
        linkage.clustering,
        linkage.pairs,
        linkage.model,
        ties,
        prepared=linkage.traits,
        calibration=linkage.calibration,
    )


def _values(
    lists: Sequence[ListToLink],
    kept: LinkInterim,
    progress: Progress,
    told: Callable[[ListRead], None],
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    frames, keys = [], []
    for each in lists:
        values, read, key = kept.values(each, progress)
        told(read)
        frames.append(values)
        keys.append(key)
    return pl.concat(frames), tuple(keys)
