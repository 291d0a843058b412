"""A child process that reads a file: a hostile file kills the child, not the run."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

import orjson

from everyname.errors import TableError
from everyname.intake.cells import Cells
from everyname.intake.child_found import Found
from everyname.intake.table import Grid, GridNote

SECONDS = 600.0
MAIN = Path(__file__).with_name("child_main.py")
SEND = "Send a file that opens in the program it comes from, or save the list as CSV"


@dataclass(slots=True)
class _Answer:
    """What the child says besides the rows."""

    about: dict[str, Any]
    ended: dict[str, Any]


def read_in_child(
    kind: str,
    name: str,
    file: BinaryIO,
    sheet: str,
    **extra: str | bool,
) -> Grid:
    """Read a file in a child process with limits on its memory and time.

    Parameters
    ----------
    kind
        Name of the reader in `child_main`.
    name
        Name of the file, for messages.
    file
        The open file; it must have a descriptor, which becomes the child's standard input.
    sheet
        Sheet or table wanted; empty for the first.
    extra
        What else the reader takes.

    Returns
    -------
    Grid
        Packed as the rows come.

    Raises
    ------
    TableError
        The file cannot be read, or not within 4 GiB and ten minutes.
    """
    file.seek(0)
    # By its path and not as a module: the child then starts without the rest of everyname.
    command = [sys.executable, "-P", str(MAIN), kind, json.dumps({"sheet": sheet, **extra})]
    with subprocess.Popen(  # noqa: S603 - the command is ours
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        late = threading.Event()
        timer = threading.Timer(SECONDS, _end, (process, late))
        timer.daemon = True
        timer.start()
        try:
            if process.stdout is None:
                raise AssertionError("the child was started with a pipe")
            said = _Answer({}, {})
            cells = Cells.pack(_rows(process.stdout, said))
        finally:
            timer.cancel()
            process.kill()
    return _grid(name, said, cells, late=late.is_set())


def grid_of(name: str, found: Found) -> Grid:
    """Pack what a reader found in this process.

    Raises
    ------
    TableError
        Whatever the reader raises at a row.
    """
    cells = Cells.pack(found.limited())
    notes = tuple(GridNote(*note) for note in found.notes.listed())
    return Grid(
        name,
        found.sheet,
        cells,
        found.dialect,
        sheets=found.sheets,
        notes=notes,
        headed=found.headed,
    )


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _rows(lines: IO[bytes], said: _Answer) -> Iterator[list[str]]:
    for line in lines:
        try:
            message = orjson.loads(line)
        except ValueError:
            if not line.endswith(b"\n"):
                return
            message = json.loads(line)
        if isinstance(message, list):
            yield from message
        elif said.about or "error" in message:
            said.ended = message
        else:
            said.about = message


def _grid(name: str, said: _Answer, cells: Cells, *, late: bool) -> Grid:
    if late:
        raise TableError(
            f"reading this file took over {SECONDS:.0f} seconds",
            where=name,
            do="Save the list as CSV",
        )
    if not said.ended:
        raise TableError(
            "this file cannot be read: the reader ran out of memory or gave up", where=name, do=SEND
        )
    if "error" in said.ended:
        where = f"{name}, {said.ended['where']}" if said.ended["where"] else name
        raise TableError(said.ended["error"], where=where, do=said.ended["do"] or SEND)
    about = said.about
    return Grid(
        name,
        about["sheet"],
        cells,
        about["dialect"],
        sheets=tuple(about["sheets"]),
        notes=tuple(GridNote(*note) for note in said.ended["notes"]),
        headed=about["headed"],
    )
