"""``everyname erase``."""

from __future__ import annotations

from pathlib import Path

import click

from everyname.cli.arguments import existing_case


@click.command(
    epilog='Example: everyname erase my-case hospital/17 --why "Order 7 of the court" --by "A. Lee"'
)
@click.argument("folder", type=existing_case())
@click.argument("record")
@click.option("--why", required=True, help="On which ground.")
@click.option("--by", required=True, help="Who ordered it.")
@click.option(
    "--originals",
    is_flag=True,
    help="Remove the preserved files that hold the record as well, whole.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(folder: Path, record: str, *, why: str, by: str, originals: bool, yes: bool) -> None:
    """Erase for good what the case in FOLDER holds on RECORD.

    RECORD is a reference (source/key, as in out/records.csv) or the first eight or more digits of a
    record's id. To take a record out of the counts, withdraw it instead: nothing is lost then.

    The content goes, in all its versions, with the judgements and corrections that name the record;
    the log keeps that something was entered, and proofs of it stay valid. The signed order is
    written to out/erasures: keep a copy outside, since a backup made earlier brings the record back
    until `everyname restore` carries the order out again.
    """
    from everyname.case import erase_record

    if not yes and not _confirmed(f"Erase {record} from {folder} for good?"):
        click.echo("Nothing was erased.")
        return
    done = erase_record(folder, record, by=by, why=why, originals=originals)
    click.echo(f"Erased {', '.join(done.references)}: {done.contents} contents of the ledger.")
    click.echo(f"The order: {done.note}. Keep a copy outside of the case.")
    click.echo("Copies that only you can remove:")
    for place in done.copies:
        click.echo(f"  {place}")
    click.echo(f"Then run the case again: everyname run {folder}")


def _confirmed(question: str) -> bool:
    try:
        return click.confirm(question)
    except click.Abort:
        click.echo()
        return False
