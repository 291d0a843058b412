"""``everyname explain``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from everyname.cli.arguments import existing_case

if TYPE_CHECKING:
    from everyname.case import PairExplained, PersonExplained


@click.command(epilog="Example: everyname explain my-case clinic/17 parish-book/b3 --chart why.png")
@click.argument("folder", type=existing_case())
@click.argument("what")
@click.argument("other", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write it as JSON.")
@click.option(
    "--chart",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Draw how the evidence adds up: a file that ends in .svg, .png or .html.",
)
def explain(
    folder: Path, what: str, other: str | None, *, as_json: bool, chart: Path | None
) -> None:
    """Say why two records count as one person, or why the records of one person do.

    WHAT and OTHER are records, each named by its reference or the first eight or more digits of
    its id. WHAT alone is a person id, or one of the person's records. Of a person it is told what
    holds its records together, where they would fall apart first, and what speaks against it; the
    chart shows that weakest place. All of it is as of the last run. Everything that is told holds
    what the records say: keep it safe.
    """
    from rich.console import Console

    from everyname.case import explain_pair, explain_person
    from everyname.cli.explained_page import pair_page, person_page

    explained: PairExplained | PersonExplained
    if other is None:
        explained = person = explain_person(folder, what)
        drawn, page = person.weakest, person_page(person)
    else:
        explained = drawn = explain_pair(folder, what, other)
        page = pair_page(drawn)
    if chart is not None:
        _draw(drawn, chart)
    if as_json:
        click.echo(json.dumps(explained.as_json(), ensure_ascii=False, indent=1))
        return
    Console(highlight=False).print(page)
    if chart is not None:
        click.echo(f"Wrote {chart}.")


def _draw(pair: PairExplained | None, chart: Path) -> None:
    from everyname.errors import CaseError
    from everyname.ledger import written_whole
    from everyname.publication import chart_file, waterfall

    if pair is None:
        raise CaseError(
            "there is no weakest place to draw: the person has one record, or judgements alone"
            " hold its records together",
            do="Name two records",
        )
    drawing = waterfall(pair.explanation, pair.a.reference, pair.b.reference)
    content = chart_file(drawing, chart.name, pair.words)
    with written_whole(chart) as file:
        file.write(content)
