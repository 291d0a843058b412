"""The child process that opens what may be hostile; started by its path.

It answers in lines of JSON: first what the table is, then batches of rows, at last the notes
or what is wrong. An answer without its last line comes from a child that died.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from everyname.intake.child_found import Found

MEMORY = 4 << 30
BATCH, BATCH_CELLS = 500, 100_000
READERS = {
    "workbook": "everyname.intake.workbook_child",
    "spreadsheet": "everyname.intake.workbook_xlsx",
    "opendocument": "everyname.intake.workbook_ods",
    "json": "everyname.intake.json_document",
    "parquet": "everyname.intake.parquet_child",
    "sqlite": "everyname.intake.sqlite_child",
}


def start_bare() -> None:
    """Make everyname's packages importable without what their ``__init__`` imports.

    Importing `everyname.intake` the usual way loads Polars and the vocabulary, which the child
    needs nothing of: it would start ten times as slowly.
    """
    room = Path(__file__).parent
    for name, folder in (("everyname", room.parent), ("everyname.intake", room)):
        package = types.ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package


def say(message: Any) -> None:  # noqa: ANN401 - any JSON
    """Write one line of the answer."""
    try:
        line = orjson.dumps(message)
    except TypeError:
        # Half characters: only the standard library writes them, as escapes.
        line = json.dumps(message).encode()
    sys.stdout.buffer.write(line + b"\n")


def answer(found: Found) -> None:
    """Write a table."""
    about = {"sheet": found.sheet, "sheets": found.sheets, "dialect": found.dialect}
    say({**about, "headed": found.headed})
    batch: list[list[str]] = []
    size = 0
    for row in found.limited():
        batch.append(row)
        size += len(row)
        if len(batch) == BATCH or size > BATCH_CELLS:
            say(batch)
            batch, size = [], 0
    say(batch)
    say({"notes": found.notes.listed()})


def main(kind: str, wanted: str) -> None:
    """Read the file that is the standard input, within the limit on memory.

    Parameters
    ----------
    kind
        Name of the reader.
    wanted
        The sheet and what else the reader takes, as JSON.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    start_bare()
    from everyname.errors import TableError

    try:
        reader = importlib.import_module(READERS[kind])
        answer(reader.read(sys.stdin.buffer, **json.loads(wanted)))
    except TableError as error:
        say({"error": error.found, "where": error.where, "do": error.do})
    except MemoryError:
        say({"error": "the file needs more memory to read than a list may", "where": "", "do": ""})
    # A panic of a Rust library is no Exception, and whatever a library raises at a damaged file
    # is an answer and not a traceback.
    except BaseException as error:  # noqa: BLE001
        why = type(error).__name__
        say({"error": f"the file is damaged or not what it seems ({why})", "where": "", "do": ""})
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:3])
