"""The command ``everyname``."""

from __future__ import annotations

import click

import everyname


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: everyname new my-case",
)
@click.version_option(everyname.__version__, prog_name="everyname")
def app() -> None:
    """Turn scattered lists of the dead into a record that can be defended.

    Every name is counted once, every figure traced to who said it, the unrecorded estimated
    beside the count, and every claim checked against the record.
    """
