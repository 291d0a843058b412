"""A list's table: its file read, brought into form, and its header found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from everyname.intake.header import field_for_header, header_rows
from everyname.intake.known import KnownFormat, known_format, recognise
from everyname.intake.list_file import read_grid
from everyname.intake.mapping import TableSection
from everyname.intake.table import Grid, GridNote, Table, TableOptions, shape


def mapped_table(path: Path, section: TableSection) -> Table:
    """Read a list as its mapping says.

    Parameters
    ----------
    path
        The file.
    section
        ``[table]`` of the mapping.

    Raises
    ------
    TableError
        The file is missing, cannot be read, or has no such header.
    MappingError
        There is no format of the name given.
    """
    grid = read_grid(path, section.options())
    if section.format:
        return shape(known_format(section.format).reshape(grid), 1)
    return shape(grid, section.header_row, section.header_rows)


def found_table(
    path: Path, options: TableOptions, *, headed: bool = False
) -> tuple[Table, KnownFormat | None]:
    """Read a list of which nobody has said yet how.

    Parameters
    ----------
    path
        The file.
    options
        What is known already.
    headed
        Whether the header's rows are known too.

    Returns
    -------
    Table, KnownFormat or None
        The table, and the published format that its columns show it to be in.

    Raises
    ------
    TableError
        The file is missing, cannot be read, or has no header.
    """
    grid = read_grid(path, options)
    table = headed_table(grid, options, headed=headed)
    found = recognise(table.columns)
    if found is None or not found.reshapes:
        return table, found
    # What brings rows together goes by the first row.
    return (shape(found.reshape(grid), 1), found) if table.header_row == 1 else (table, None)


def headed_table(grid: Grid, options: TableOptions, *, headed: bool) -> Table:
    """Find the header of a grid, unless it is known.

    Raises
    ------
    TableError
        There is no header row, or it is empty.
    """
    if headed:
        return shape(grid, options.header_row, options.header_rows)
    if grid.headed:
        return shape(grid, grid.first)
    table = shape(grid, *header_rows(grid))
    if any(field_for_header(name) for name in table.columns):
        return table
    reason = (
        "no word of this row is known as the name of a column: if it is a row of the list, put a "
        "row above it that names the columns"
    )
    note = GridNote(table.header_row, 0, reason)
    return replace(table, grid=replace(grid, notes=(*grid.notes, note)))
