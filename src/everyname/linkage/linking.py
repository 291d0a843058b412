"""Linking: tables of records of persons, linked without a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from everyname.linkage.clusters import Thresholds
from everyname.linkage.linkage import link_values
from everyname.linkage.person_clusters import Clusters, Row, ties_of_rows
from everyname.linkage.settings import Settings
from everyname.linkage.tables import Tables, read_tables

Progress = Callable[[str], None]


def link(
    tables: Tables,
    *,
    columns: Mapping[str, str] | None = None,
    judgements: Sequence[tuple[Row, Row, str]] = (),
    thresholds: Thresholds | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Clusters:
    """Find out which rows of tables are about the same person.

    Parameters
    ----------
    tables
        One table; a mapping of name to table; a sequence of tables, then named "1", "2" and so
        on; or a sequence of pairs of name and table. A table is a Polars frame, a pandas frame, an
        Arrow table or record batch, or anything else with ``__arrow_c_stream__`` or
        ``__dataframe__``; each row of it is a record. Columns are called like the fields of the
        vocabulary, such as ``name``, ``birth_date`` and ``place``, or renamed by `columns`; others
        are passed over.
    columns
        Field by the name of a column: ``{"Full name": "name"}``.
    judgements
        What people hold about two records each, named by table and row (from 0), as
        ``(("hospital", 3), ("press", 7), "same")``; "different" and "unsure" are the others. They
        override the model.
    thresholds
        Where decisions change.
    settings
        How it runs.
    progress
        Told in a few words what is being done.

    Returns
    -------
    Clusters
        What is not understood states nothing, and is among its problems.

    Raises
    ------
    LinkageError
        Something is no table or has nothing to compare; judgements name no record or contradict
        each other; the engine is not there or runs out of memory.
    MappingError
        `columns` names a field that does not exist.
    """
    read = read_tables(tables, columns)
    ties = ties_of_rows(read.frame, judgements)
    linkage = link_values(
        read.frame,
        read.frame["source"],
        ties=ties,
        thresholds=thresholds,
        settings=settings,
        progress=progress or _silent,
    )
    return Clusters(
        read.frame,
        linkage.clustering,
        linkage.pairs,
        linkage.model,
        ties,
        read.problems,
        linkage.traits,
        linkage.calibration,
    )


def _silent(_words: str) -> None:
    """Tell nobody."""
