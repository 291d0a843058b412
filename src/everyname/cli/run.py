"""``everyname run``."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from everyname.cli.arguments import existing_case


@click.command(epilog="Example: everyname run my-case")
@click.argument("folder", type=existing_case())
@click.option("--quiet", is_flag=True, help="Print nothing but errors and where the report is.")
def run(folder: Path, *, quiet: bool) -> None:
    """Run the case in FOLDER from its lists to its report.

    Intake, linkage, counts, estimate, check and publish are done in this order; what did not
    change since the last run is left as it is. An interrupted run goes on when started again.
    """
    from everyname.case import run as run_case
    from everyname.cli.page import page
    from everyname.cli.screen import shown

    console = Console(highlight=False)
    if quiet:
        result = run_case(folder)
        click.echo(result.summary.report)
        return
    with console.status("starting") as status:
        result = run_case(
            folder,
            progress=lambda words: status.update(shown(words)),
            told=lambda name, state: console.print(shown(f"  {state:<9}  {name}")),
        )
    console.print(page(result.summary))
    console.print(shown(f"Report: {result.summary.report}"), soft_wrap=True)
