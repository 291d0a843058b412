"""Whole file: written completely and synced, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from everyname.errors import LedgerError
from everyname.ledger.stream import unwritten


@contextmanager
def written_whole(target: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """Write a file that appears complete and synced under its name, or not at all.

    Parameters
    ----------
    target
        Its name; until the end of the block the file has a temporary name beside it. Only its
        owner can read it.
    replace
        Whether it may take the place of a file that is there.

    Yields
    ------
    BinaryIO
        The file, open for writing; its name is the temporary one, for other programs to write to.

    Raises
    ------
    LedgerError
        The target is there already, or cannot be written.
    """
    if not replace and os.path.lexists(target):
        raise _here_already(target)
    temporary = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".everyname-")  # mode 0600
        os.close(handle)
        temporary = Path(name)
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(temporary, target, replace=replace)
    except FileExistsError:
        raise _here_already(target) from None
    except OSError as error:
        raise unwritten(str(target), error) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make sure that names made or taken away in a folder are on the disk.

    Raises
    ------
    OSError
        The disk says that they are not.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _here_already(target: Path) -> LedgerError:
    return LedgerError(
        "a file is here already",
        where=str(target),
        do="Name another file, or move that one away",
    )


def _put_in_place(temporary: Path, target: Path, *, replace: bool) -> None:
    if replace:
        temporary.replace(target)
        sync_folder(target.parent)
        return
    try:
        # Unlike a rename, a link never takes the place of a file that is there.
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # Some disks have no links, such as most memory sticks.
        if os.path.lexists(target):
            raise FileExistsError from None
        temporary.rename(target)
    temporary.unlink(missing_ok=True)
    try:
        sync_folder(target.parent)
    except OSError:
        target.unlink()
        raise
