"""Releasing: the report and the data of the last run are entered as given out."""

from __future__ import annotations

import json
from pathlib import Path

from everyname.case.checkpoint import write_checkpoint
from everyname.case.folder import CaseFolder
from everyname.case.run import alone
from everyname.case.verification import verify
from everyname.errors import CaseError, SeveralErrors
from everyname.ledger import Ledger, Release, utc_now

PUBLISHED = ("report/", "data/")
"""What of ``out/`` is given out."""


def release(path: Path, title: str, *, by: str = "", note: str = "") -> Release:
    """Enter what the last finished run published as a release, and sign a checkpoint over it.

    Parameters
    ----------
    path
        The case folder.
    title
        What the release is cited by.
    by
        Who gives it out.
    note
        Anything else.

    Returns
    -------
    Release
        As entered.

    Raises
    ------
    CaseError
        There is no finished run, no title, or this release is entered already.
    SeveralErrors
        What the run left was altered since.
    """
    if not title.strip():
        raise CaseError("a release needs a title", where=str(path), do="Say what it is cited by")
    folder = CaseFolder(path)
    with alone(folder):
        problems = verify(path)[1]
        if problems:
            raise SeveralErrors(problems)
        receipt = json.loads(folder.receipt.read_text(encoding="utf-8"))
        outputs = sorted(
            (name, digest)
            for name, digest in receipt["outputs"].items()
            if name.startswith(PUBLISHED)
        )
        with Ledger.open(folder.ledger) as ledger:
            made = Release(
                title=title.strip(),
                made=utc_now().isoformat(timespec="seconds"),
                by=by,
                outputs=tuple(outputs),
                root=ledger.root(ledger.published_size()).hex(),
                note=note,
            )
            _refuse_twice(ledger, made)
            with ledger.writing() as writer:
                writer.append("release", [made.content])
            write_checkpoint(folder, ledger)
    return made


def _refuse_twice(ledger: Ledger, made: Release) -> None:
    for before in ledger.releases():
        if (before.title, before.outputs, before.root) == (made.title, made.outputs, made.root):
            raise CaseError(
                f"this very release was made before, {before.made}",
                where=ledger.where,
                do="Run the case again if something changed, or give it another title",
            )
