"""``everyname link``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from rich.console import Console

if TYPE_CHECKING:
    from everyname.linkage.engine import EngineName

STANDARD_OUTPUT = "-"


class _Memory(click.ParamType[str]):
    """An amount of memory, such as 2GB."""

    name = "amount"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take it as the engines write it."""
        found = re.fullmatch("([1-9][0-9]{0,5}) ?(MB|GB)", value.strip().upper())
        if found is None:
            self.fail(f"{value!r} is not an amount of memory such as 500MB or 2GB", param, ctx)
        return found[1] + found[2]


@click.command(
    epilog="Example: everyname link hospital.csv press.xlsx --map press.toml --out clusters.csv"
)
@click.argument(
    "lists", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="LIST..."
)
@click.option(
    "--map",
    "maps",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="LIST.toml",
    help="Mapping of the list of the same name, or of all that have none; may be given again.",
)
@click.option(
    "--judgements",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Table of judgements: source_a, row_a, source_b, row_b, decision.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What compares: this machine, or a Spark cluster.",
)
@click.option(
    "--memory",
    type=_Memory(),
    default="2GB",
    show_default=True,
    help="Limit of the engine's memory.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.5,
    show_default=True,
    help="Match probability from which two records are one person.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("clusters.csv"),
    show_default=True,
    help="Where the result goes: a name ending in .parquet, any other for CSV, or - to print it.",
)
@click.option(
    "--resume/--anew",
    default=True,
    show_default=True,
    help="Whether to use what an interrupted run left beside the result.",
)
def link(
    lists: tuple[Path, ...],
    *,
    maps: tuple[Path, ...],
    judgements: Path | None,
    engine: str,
    memory: str,
    threshold: float,
    out: Path,
    resume: bool,
) -> None:
    """Find out which rows of the LISTs are about the same person, without a case.

    The result is a table with the columns source, row, person and probability: the list, the row
    as a spreadsheet shows it, the person, and how probably the row belongs to that person. A list
    is read by the mapping given or the one beside it, LIST.toml; else as the published format
    that it is in, or by its columns' names and values, and what each column was taken for is
    told. No LIST is changed.

    An interrupted run goes on when started again: until it ends, what was found is kept in a
    folder beside the result.
    """
    from everyname.case import LinkInterim, LinkOutput, link_lists
    from everyname.cli.link_page import link_page, list_page
    from everyname.cli.screen import shown
    from everyname.linkage import Settings, Thresholds

    printed = str(out) == STANDARD_OUTPUT
    output = None if printed else LinkOutput(out)
    errors = Console(stderr=True, highlight=False)
    console = errors if printed else Console(highlight=False)
    if output:
        output.check([*lists, *maps, *([judgements] if judgements else [])])
    folder = output.interim if output else None
    if not resume:
        LinkInterim(folder).remove()
    with errors.status("starting") as status:
        clusters = link_lists(
            lists,
            maps=maps,
            judgements=judgements,
            thresholds=Thresholds(threshold, min(0.05, threshold), max(0.95, threshold)),
            settings=Settings(engine=cast("EngineName", engine), memory=memory),
            interim=folder,
            progress=lambda words: status.update(shown(words)),
            told=lambda read: console.print(list_page(read)),
        )
        status.update("drawing whole clusterings")
        page = link_page(clusters)
    if output:
        output.write(clusters)
        LinkInterim(folder).remove()
        console.print(page)
        console.print(shown(f"Wrote {out}."), soft_wrap=True)
    else:
        console.print(page)
        click.echo(clusters.frame.write_csv(), nl=False)
