"""Arguments that several commands take."""

from __future__ import annotations

import os
from pathlib import Path

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
