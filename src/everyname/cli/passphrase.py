"""Passphrases: from the environment, or asked for on a terminal; never among a command's words."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from everyname.errors import CaseError

BACKUP_PASSPHRASE = "EVERYNAME_BACKUP_PASSPHRASE"  # noqa: S105 - where it is looked for
"""Variable of the environment that holds the passphrase of an encrypted backup."""


def passphrase(of: str, variable: str, *, twice: bool = False) -> str:
    """Take a passphrase from the environment, or ask for it.

    Parameters
    ----------
    of
        What it opens, as shown.
    variable
        Of the environment, where it may be.
    twice
        Whether it is a new one, to be typed twice.

    Raises
    ------
    CaseError
        It is not in the environment, and there is no terminal to ask at.
    """
    given = os.environ.get(variable, "")
    if given:
        return given
    if not sys.stdin.isatty():
        raise CaseError(
            f"nobody can be asked for the passphrase of {of}",
            do=f"Give it in the environment, as {variable}",
        )
    # What is asked for must not mix with what a command writes.
    asked: str = click.prompt(
        f"Passphrase of {of}", hide_input=True, confirmation_prompt=twice, err=True
    )
    return asked


def unlock(case: Path) -> None:
    """Ask for the passphrase of a case that is encrypted, for this process only.

    Parameters
    ----------
    case
        The case folder; nothing is asked where there is none, or the environment says it already.
    """
    from everyname.case import CaseFolder
    from everyname.case.folder import PASSPHRASE

    if CaseFolder(case).vault.exists and not os.environ.get(PASSPHRASE) and sys.stdin.isatty():
        os.environ[PASSPHRASE] = passphrase("the case", PASSPHRASE)
