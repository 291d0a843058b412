"""``everyname judgements``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from everyname.cli.arguments import existing_case
from everyname.cli.screen import plain

if TYPE_CHECKING:
    from everyname.case.judgement_exchange import JudgementFormat

_FORMATS = click.Choice(["csv", "resolver"])


@click.group(epilog="Example: everyname judgements export my-case --out judgements.csv")
def judgements() -> None:
    """Exchange judgements on who is the same person with others.

    Two formats: csv, as hand/judgements.csv; and resolver, edges as OpenSanctions' nomenklatura
    loads and dumps them, which hold no reasons.
    """


@judgements.command(
    "export",
    epilog="Example: everyname judgements export my-case --format resolver --out edges.jsonl",
)
@click.argument("folder", type=existing_case())
@click.option("--format", "format_", type=_FORMATS, default="csv", help="csv or resolver.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="File to be written. It holds the names of reviewers: keep it safe.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def export_(folder: Path, *, format_: JudgementFormat, out: Path, force: bool) -> None:
    """Write the judgements that the ledger of the case in FOLDER has in force."""
    from everyname.case.judgement_exchange import export_judgements

    written = export_judgements(folder, format_, out, force=force)
    click.echo(plain(f"Wrote {out}: {written:,} judgement{'' if written == 1 else 's'}."))


@judgements.command(
    "import",
    epilog="Example: everyname judgements import my-case edges.jsonl --format resolver",
)
@click.argument("folder", type=existing_case())
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "format_", type=_FORMATS, default="csv", help="csv or resolver.")
@click.option("--reviewer", default="", help="Who judged, where an edge does not say.")
def import_(folder: Path, file: Path, *, format_: JudgementFormat, reviewer: str) -> None:
    """Add the judgements of FILE to those of the case in FOLDER: all of them, or none."""
    from everyname.case.judgement_exchange import import_judgements

    done = import_judgements(folder, file, format_, reviewer)
    click.echo(
        plain(
            f"Entered {done.entered:,}; {done.known:,} were in force already; "
            f"{done.silent:,} lines judge nothing."
        )
    )
