"""``everyname custody``."""

from __future__ import annotations

from pathlib import Path

import click

from everyname.cli.arguments import existing_case


@click.command(
    epilog='Example: everyname custody my-case hospital.csv --add "handed to the archive" '
    '--by "A. Lee"'
)
@click.argument("folder", type=existing_case())
@click.argument("document")
@click.option("--add", "what", default="", help="A step to add, in words.")
@click.option("--by", default="", help="Who did it.")
@click.option("--note", default="", help="Anything else about the step.")
def custody(folder: Path, document: str, *, what: str, by: str, note: str) -> None:
    """Show through whose hands DOCUMENT of the case in FOLDER went, or add a step.

    DOCUMENT is the name of a list, another name in out/documents.csv, or the first eight or more
    digits of a SHA-256. A step that was entered is never changed: add another one that corrects it.
    """
    from everyname.case import add_custody, custody_log
    from everyname.cli.screen import plain

    if what:
        log = add_custody(folder, document, what, by=by, note=note)
    elif by or note:
        raise click.UsageError("--by and --note describe a step: give it with --add")
    else:
        log = custody_log(folder, document)
    click.echo(plain(f"{log.document.name}  {log.document.sha256}"))
    for step in log.steps:
        from_whom = f" from {step.from_}" if step.from_ else ""
        by_whom = f", by {step.by}" if step.by else ""
        said = f": {step.note}" if step.note else ""
        click.echo(plain(f"  {step.at}  {step.what}{from_whom}{by_whom}{said}"))
    missing = log.document.below_minimum
    if missing:
        click.echo(f"  Below the Berkeley minimum: it lacks {', '.join(missing)}.")
