"""Arguments and options that several commands take."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from everyname.cli.passphrase import unlock


class _Case(click.Path):
    """A case folder; where it is encrypted, its passphrase is asked for."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Take the folder's path."""
        if ctx is None or not ctx.resilient_parsing:
            unlock(Path(value))
        return super().convert(value, param, ctx)


def existing_case() -> click.Path:
    """Return the type of an argument that names a case folder."""
    return _Case(path_type=Path, file_okay=False)


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which table of a file is meant, and which rows name its columns."""
    options = (
        click.option(
            "--sheet", default="", help="Sheet, table of a database, or file within a ZIP."
        ),
        click.option(
            "--header-row",
            type=click.IntRange(1),
            default=None,
            help="First row that names the columns; found by looking if left out.",
        ),
        click.option(
            "--header-rows",
            type=click.IntRange(1, 10),
            default=1,
            help="Rows that name the columns.",
        ),
    )
    # The option added last stands first in the help.
    for option in reversed(options):
        command = option(command)
    return command
