"""``everyname simulate``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(epilog="Example: everyname simulate valley --persons 500 --seed 7")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--persons",
    type=click.IntRange(1),
    default=2000,
    show_default=True,
    help="How many people died in truth.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="The same seed makes the same files.",
)
def simulate(folder: Path, persons: int, seed: int) -> None:
    """Make a simulated case with a known truth in FOLDER.

    Four lists of uneven coverage hold invented people in several scripts, with the mistakes that
    real lists have. The report shows the truth beside the count.
    """
    from everyname.simulation import simulate as make

    make(folder, persons=persons, seed=seed)
    click.echo(f"Made {folder}. Next: everyname run {folder}")
