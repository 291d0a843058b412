"""PairTable: a file of pairs of records, each said to be one person or two."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import polars as pl

from everyname.case.person_table import refuse, table_of, texts_of

SAME = ("yes", "true", "1", "same")
DIFFERENT = ("no", "false", "0", "different")
PROBABILITY = "probability"


@dataclass(frozen=True, slots=True)
class PairTable:
    """Labelled pairs.

    Parameters
    ----------
    file
        Name of the file.
    frame
        Columns ``source_a``, ``row_a``, ``source_b``, ``row_b`` as text, ``same`` as bool, and
        where the file has it ``probability`` as float64.
    """

    file: str
    frame: pl.DataFrame

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file: a CSV file or whatever else a list can be.

        Raises
        ------
        TableError
            It cannot be read; a column is missing; a row says neither same nor different, or has
            something else for a match probability, names one record twice, or
            labels a pair otherwise than another row.
        """
        table = table_of(path)
        scored = (PROBABILITY,) if PROBABILITY in table.columns else ()
        columns = ("source_a", "row_a", "source_b", "row_b", "same", *scored)
        frame = texts_of(table, columns)
        said = frame["same"].str.to_lowercase()
        refuse(
            table,
            ~said.is_in([*SAME, *DIFFERENT]),
            "same says neither yes nor no",
            "Write yes or no, true or false, 1 or 0, same or different",
        )
        refuse(
            table,
            (frame["source_a"] == frame["source_b"]) & (frame["row_a"] == frame["row_b"]),
            "both records are the same one",
            "Name two records",
        )
        frame = frame.with_columns(said.is_in(SAME).alias("same"))
        refuse(table, _contradicted(frame), "this pair is also labelled otherwise", "Settle which")
        if scored:
            numbers = frame[PROBABILITY].cast(pl.Float64, strict=False)
            refuse(
                table,
                ~numbers.is_between(0, 1).fill_null(value=False),
                "the match probability is not a number from 0 to 1",
                "Correct it",
            )
            frame = frame.with_columns(numbers)
        return cls(table.file, frame)


def _contradicted(frame: pl.DataFrame) -> pl.Series:
    """Whether a pair, in either order, is labelled the same in one row and different in another."""
    a, b = (pl.struct(source=f"source_{side}", row=f"row_{side}") for side in ("a", "b"))
    turned = (pl.col("source_a") > pl.col("source_b")) | (
        (pl.col("source_a") == pl.col("source_b")) & (pl.col("row_a") > pl.col("row_b"))
    )
    first, second = pl.when(turned).then(b).otherwise(a), pl.when(turned).then(a).otherwise(b)
    pair = pl.struct(first=first, second=second)
    return frame.select(pl.col("same").n_unique().over(pair) > 1).to_series()
