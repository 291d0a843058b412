"""Workbooks: read in a child process, so that a hostile one kills the child and not the run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from everyname.errors import TableError
from everyname.intake.table import Grid, TableOptions

SECONDS = 600
CHILD = Path(__file__).with_name("workbook_child.py")


def read_workbook(path: Path, options: TableOptions) -> Grid:
    """Read one sheet of a workbook as rows of cells.

    Parameters
    ----------
    path
        An .xlsx, .xlsm, .xlsb, .xls or .ods file.
    options
        Which sheet; the first that is shown, if none is named.

    Raises
    ------
    TableError
        The file is not a workbook, has no such sheet, or holds more cells than
        any list (`workbook_child.LARGEST`), or needs more than 4 GiB or ten minutes.
    """
    # By its path and not as a module: the child needs nothing of everyname, and starts at once.
    command = [sys.executable, "-P", str(CHILD), str(path.absolute()), options.sheet]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise TableError(
            f"reading this workbook took over {SECONDS} seconds",
            where=path.name,
            do="Save the sheet as CSV",
        ) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise TableError(
            "this workbook cannot be read: the reader ran out of memory or gave up",
            where=path.name,
            do="Save the sheet as CSV, or send a workbook that opens in a spreadsheet program",
        ) from None
    if "error" in answer:
        raise TableError(answer["error"], where=path.name, do=answer["do"])
    sheet = answer["sheet"]
    return Grid(path.name, sheet, answer["rows"], f"workbook, sheet {sheet}", first=answer["first"])
