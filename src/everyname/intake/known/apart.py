"""Setting rows apart that a file keeps among others of another kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from everyname.intake.cells import Cells
from everyname.intake.known.column_name import folded
from everyname.intake.table import Grid, GridNote


def set_apart(grid: Grid, column: Collection[str], meant: Collection[str]) -> Grid:
    """Move the rows that a mapping does not mean into columns of their own.

    A file of companies and persons would else make a person of each company. The cells of such a
    row stand, unchanged and in their order, to the right of the columns that were there, under
    the same names with ``apart:`` before. Rows keep their numbers. Where the file has no such
    row, or no such column, the grid itself comes back.

    Parameters
    ----------
    grid
        The cells, the first row naming the columns.
    column
        Names, folded, of the column that says what a row is.
    meant
        Texts in it whose rows stay; others are set apart. An empty text is one, too.

    Returns
    -------
    Grid
        With a note for the whole file that says how many rows were set apart.
    """
    if not len(grid.cells):
        return grid
    header = grid.cells.row(0)
    at = next((at for at, name in enumerate(header) if folded(name) in column), None)
    if at is None:
        return grid
    stays = [_text(row, at) in meant for row in grid.cells.rows(1)]
    others = stays.count(False)
    if not others:
        return grid
    width = grid.cells.width
    note = GridNote(
        0, 0, f"{others} rows are of another kind by column {header[at]!r}: kept as written"
    )
    cells = Cells.pack(_rows(grid.cells, stays, width))
    return replace(grid, cells=cells, notes=(*_moved(grid, stays, width), note))


def _rows(cells: Cells, stays: Sequence[bool], width: int) -> Iterator[list[str]]:
    header = cells.row(0)
    filled = [*header, *[""] * (width - len(header))]
    yield [*filled, *(f"apart:{name}" for name in filled)]
    for row, stay in zip(cells.rows(1), stays, strict=True):
        yield row if stay else [*[""] * width, *row]


def _moved(grid: Grid, stays: Sequence[bool], width: int) -> Iterator[GridNote]:
    """Let the notes on cells that were moved point to where these stand now."""
    for note in grid.notes:
        index = note.row - grid.first - 1
        moved = note.column and 0 <= index < len(stays) and not stays[index]
        yield replace(note, column=note.column + width) if moved else note


def _text(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""
