"""Evaluation: persons found, by a case or in a file, held against what is true."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from pydantic import BaseModel, ConfigDict

from everyname.case.folder import CaseFolder
from everyname.case.found_persons import FoundPersons
from everyname.case.pair_table import PROBABILITY, PairTable
from everyname.case.person_table import ROW_OF, PersonTable
from everyname.errors import CaseError, LinkageError
from everyname.linkage.evaluation import Evaluation, evaluate
from everyname.linkage.labelled_pairs import PairEvaluation, evaluate_pairs
from everyname.linkage.threshold_count import ThresholdCount, count_over_thresholds

THRESHOLDS = (0.05, 0.2, 0.5, 0.8, 0.95)
"""Thresholds at which the persons of a case are counted for comparison."""


class AgainstTruth(BaseModel):
    """Persons found, held against the true ones.

    Parameters
    ----------
    file
        Name of the file that holds the truth.
    not_linked
        Records of the truth that are not among the linked ones.
    evaluation
        Of the records in both.
    low, high
        Of a case, persons found under the other two readings, among the records that are
        evaluated.
    thresholds
        Of a case, what the count would be at other thresholds.
    estimated_blocking_recall
        Of a case, the share of the matches among its candidates as the model estimates it, without
        the truth.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    not_linked: int
    evaluation: Evaluation
    low: int | None = None
    high: int | None = None
    thresholds: tuple[ThresholdCount, ...] = ()
    estimated_blocking_recall: float | None = None


class AgainstPairs(BaseModel):
    """Persons found, held against labelled pairs.

    Parameters
    ----------
    file
        Name of the file that holds the pairs.
    not_linked
        Pairs that name a record that is not among the linked ones.
    evaluation
        Of the other pairs.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    not_linked: int
    evaluation: PairEvaluation


class LinkageEvaluation(BaseModel):
    """Persons found, held against what is true.

    Parameters
    ----------
    found
        Name of the file or case whose persons they are.
    truth, pairs
        Against true persons, and against labelled pairs; None where these are not given.
    """

    model_config = ConfigDict(frozen=True)

    found: str
    truth: AgainstTruth | None
    pairs: AgainstPairs | None


def evaluate_linkage(
    path: Path,
    truth: Path | None = None,
    pairs: Path | None = None,
    by: Sequence[str] = (),
) -> LinkageEvaluation:
    """Hold the persons of a file or of a case that was run against what is true.

    Parameters
    ----------
    path
        A file with the columns source, row and person; or a case folder.
    truth
        File with the columns source (or file), row and person; None for the one that ``case.toml``
        names, unless pairs are given.
    pairs
        File with the columns source_a, row_a, source_b, row_b and same.
    by
        Further columns of the truth whose classes are evaluated apart.

    Raises
    ------
    TableError
        A file cannot be read, or lacks a column, or says a thing twice.
    CaseError
        The case cannot be used, or nothing says what is true.
    LinkageError
        No record stands in both.
    LedgerError
        The ledger cannot be read.
    """
    folder = CaseFolder(path) if path.is_dir() else None
    if truth is None and pairs is None:
        truth = _truth_of(folder, path)
    if by and truth is None:
        raise CaseError(
            "the columns to evaluate by are those of the truth, and none is given",
            where=str(path),
            do="Name it with --truth",
        )
    known = PersonTable.load(truth, by) if truth else None
    labelled = PairTable.load(pairs) if pairs else None
    found = FoundPersons.of_case(path) if folder else FoundPersons.of_file(path)
    return LinkageEvaluation(
        found=found.name,
        truth=_against_truth(found, known, by) if known else None,
        pairs=_against_pairs(found, labelled) if labelled else None,
    )


def _truth_of(folder: CaseFolder | None, path: Path) -> Path:
    section = folder.file().truth if folder else None
    if folder is None or section is None:
        raise CaseError(
            "nothing says what is true",
            where=str(path),
            do="Name a file with --truth or --pairs",
        )
    return folder.path / section.file


def _against_truth(found: FoundPersons, truth: PersonTable, by: Sequence[str]) -> AgainstTruth:
    frame = found.frame
    # What the truth says of a record goes before what the lists say.
    taken = truth.frame.select(
        *ROW_OF, pl.col("person").alias("true"), *(pl.col(n).alias(f"by {n}") for n in by)
    )
    joined = frame.join(taken, on=ROW_OF, how="left", maintain_order="left")
    matched = frame.select(ROW_OF).join(taken, on=ROW_OF, how="semi").height
    if not matched:
        raise _nothing_in_common(frame, taken, truth.file, found.name)
    columns = {name: name for name in found.subgroups} | {name: f"by {name}" for name in by}
    true = joined["true"].to_list()
    if not any(true):
        raise LinkageError("no row names a person", where=truth.file, do="Name some")
    scored = found.pairs
    evaluation = evaluate(
        joined["person"].to_list(),
        true,
        pairs=scored,
        subgroups={name: joined[column].to_list() for name, column in columns.items()},
        candidates=None if scored is None else (scored.a, scored.b),
    )
    against = AgainstTruth(
        file=truth.file, not_linked=taken.height - matched, evaluation=evaluation
    )
    if scored is None:
        return against
    known = joined.filter(pl.col("true").fill_null("") != "")
    return against.model_copy(
        update={
            "low": known["low"].n_unique(),
            "high": known["high"].n_unique(),
            "estimated_blocking_recall": found.blocking_recall,
            "thresholds": count_over_thresholds(
                len(true), scored, THRESHOLDS, true=true, ties=found.ties
            ),
        }
    )


def _against_pairs(found: FoundPersons, pairs: PairTable) -> AgainstPairs:
    frame = found.frame
    places = frame.select(*ROW_OF).with_row_index("at").drop_nulls()
    placed = pairs.frame
    for side in ("a", "b"):
        renamed = places.rename({"source": f"source_{side}", "row": f"row_{side}", "at": side})
        on = [f"source_{side}", f"row_{side}"]
        placed = placed.join(renamed, on=on, how="left", maintain_order="left")
    known = placed.drop_nulls(["a", "b"])
    if known.is_empty():
        first = pairs.frame.select(pl.col("source_a").alias("source"), pl.col("row_a").alias("row"))
        raise _nothing_in_common(frame, first, pairs.file, found.name)
    table = np.column_stack([known[name].cast(pl.Int64).to_numpy() for name in ("a", "b", "same")])
    return AgainstPairs(
        file=pairs.file,
        not_linked=placed.height - known.height,
        evaluation=evaluate_pairs(
            frame["person"].to_list(),
            table,
            probability=known[PROBABILITY].to_numpy() if PROBABILITY in known.columns else None,
            subgroups={name: frame[name].to_list() for name in found.subgroups},
        ),
    )


def _nothing_in_common(
    found: pl.DataFrame, true: pl.DataFrame, file: str, name: str
) -> LinkageError:
    """Say how the two call records."""
    here, there = (
        next((f"{s!r}, row {r}" for s, r in _places(each).sort(ROW_OF).iter_rows()), "none")
        for each in (true, found)
    )
    return LinkageError(
        f"no record stands both here and in {name}: here the first is {here}, there {there}",
        where=file,
        do="Call the sources and number the rows alike in both",
    )


def _places(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(ROW_OF).drop_nulls()
