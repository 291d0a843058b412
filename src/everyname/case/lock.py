"""Lock: a file or folder held against all others who do the same, for as long as a block runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file or folder; a process that is killed lets go of it.

    Parameters
    ----------
    path
        What is there already.

    Raises
    ------
    BlockingIOError
        Somebody else holds it.
    OSError
        It cannot be opened, or was just taken away.
    """
    import fcntl

    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever held it may have removed it in the meantime.
        if not os.path.samestat(os.fstat(descriptor), path.stat()):
            raise BlockingIOError
        yield
    finally:
        os.close(descriptor)
