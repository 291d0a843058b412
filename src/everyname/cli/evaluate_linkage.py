"""``everyname evaluate-linkage``."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from everyname.cli.passphrase import unlock


@click.command(
    name="evaluate-linkage",
    epilog="Example: everyname evaluate-linkage clusters.csv --truth truth.csv --by sex",
)
@click.argument("found", type=click.Path(path_type=Path), metavar="FOUND")
@click.option(
    "--truth",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Table of the true persons: source (or file), row, person.",
)
@click.option(
    "--pairs",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Table of labelled pairs: source_a, row_a, source_b, row_b, same (yes or no).",
)
@click.option(
    "--by",
    multiple=True,
    metavar="COLUMN",
    help="Column of the truth whose classes are evaluated apart; may be given again.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def evaluate_linkage(
    found: Path, *, truth: Path | None, pairs: Path | None, by: tuple[str, ...], as_json: bool
) -> None:
    """Hold the persons that linkage found against the true ones, or against labelled pairs.

    FOUND is a table with the columns source, row and person, as everyname link writes it, or the
    folder of a case that was run; a simulated case has its truth with it. Said are precision and
    recall of pairs, B-cubed and of whole persons, the error of the count, and which classes of
    records are linked worse than the whole: by list; of a case also by sex and by script of the
    name. Records whose true person is left empty are left out, and their number is told.
    """
    from everyname.case.evaluation import evaluate_linkage as evaluated
    from everyname.cli.linkage_page import linkage_page

    if found.is_dir():
        unlock(found)
    evaluation = evaluated(found, truth, pairs, by)
    if as_json:
        click.echo(evaluation.model_dump_json())
    else:
        Console(highlight=False).print(linkage_page(evaluation))
