"""Arguments that several commands take."""

from __future__ import annotations

from pathlib import Path

import click


def existing_case() -> click.Path:
    """Return the type of an argument that names a case folder."""
    return click.Path(path_type=Path, file_okay=False)
