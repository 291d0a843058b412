"""``everyname prove``."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from everyname.cli.arguments import existing_case


@click.command(epilog="Example: everyname prove my-case P-f5k2m7q3ab --out person.json")
@click.argument("folder", type=existing_case())
@click.argument("what")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="File to write the bundle to.",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="A checkpoint kept outside: prove that the ledger only grew since.",
)
def prove(folder: Path, what: str, *, out: Path, since: Path | None) -> None:
    """Write a bundle that proves what the ledger holds on WHAT.

    WHAT is a person id; a record (also one that states a figure) by its reference or the first
    eight or more digits of its id; or an entry of the log, as entry:17. The bundle holds the
    records' whole contents, the source's own cells included, and what the team decided on them:
    look it through before you give it away. Whoever receives it checks it with verify_bundle.py,
    which needs nothing but Python, and which is written beside the bundle.
    """
    from everyname.case import prove as make
    from everyname.errors import CaseError
    from everyname.ledger import verify_bundle, written_whole

    verifier = out.parent / "verify_bundle.py"
    own = Path(verify_bundle.__file__).read_bytes()
    if verifier.exists() and verifier.read_bytes() != own:
        raise CaseError(
            "there is another verify_bundle.py beside the bundle",
            where=str(verifier),
            do="Remove it, or write the bundle into another folder",
        )
    bundle = make(folder, what, since)
    with written_whole(out) as file:
        file.write(bundle.encode("ascii"))
    verifier.write_bytes(own)
    click.echo(f"Wrote {out}. It is checked with: python {quote(str(verifier))} {quote(str(out))}")
