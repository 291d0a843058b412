"""``everyname estimate``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from everyname.errors import EstimationError

if TYPE_CHECKING:
    from everyname.estimation import Comparison

_NO_DRAWS = "No model that was asked for gives draws: no file was written."


class _Names(click.ParamType[tuple[str, ...]]):
    """Names separated by commas."""

    name = "names"

    def convert(
        self,
        value: str | tuple[str, ...],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, ...]:
        """Take them apart."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in value.split(","))
        if not all(names):
            self.fail(f"{value!r} is not a list of names such as a,b", param, ctx)
        return names


def _together(
    _ctx: click.Context, _param: click.Parameter, value: tuple[tuple[str, ...], ...]
) -> tuple[str, ...] | None:
    """Join the names of an option that was given several times."""
    return tuple(name for names in value for name in names) or None


@click.command(
    epilog="Example: everyname estimate lists.csv --by region --models chao,loglinear --seed 7"
)
@click.argument("table", type=click.Path(path_type=Path), metavar="TABLE.csv")
@click.option(
    "--by",
    multiple=True,
    metavar="COLUMN",
    help="Column whose values are strata, each estimated apart, with their sum; may be given again."
    " Empty cells are missing and imputed.",
)
@click.option(
    "--lists",
    type=_Names(),
    multiple=True,
    callback=_together,
    help="Columns that are lists, as a,b; else all others.",
)
@click.option(
    "--models",
    type=_Names(),
    multiple=True,
    callback=_together,
    help="Models, as chao,loglinear; else the usual ones. A wrong name shows which there are.",
)
@click.option(
    "--level",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="Nominal coverage of the intervals.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=1,
    show_default=True,
    help="Where random numbers start: the same seed gives the same answer.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option(
    "--draws",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="File for the draws of posteriors, as CSV: stratum, model, chain, draw, persons.",
)
@click.option(
    "--plots",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder for drawings and a page with all of it; made where it is missing.",
)
@click.option(
    "--imputations",
    type=click.IntRange(0, 200),
    default=10,
    show_default=True,
    help="How often a missing stratum is imputed; with 0 these persons are a stratum of their own.",
)
def estimate(
    table: Path,
    *,
    by: tuple[str, ...],
    lists: tuple[str, ...] | None,
    models: tuple[str, ...] | None,
    level: float,
    seed: int,
    as_json: bool,
    draws: Path | None,
    plots: Path | None,
    imputations: int,
) -> None:
    """Estimate how many persons are in none of the lists of TABLE.csv.

    TABLE.csv has a column of 0 and 1 for each list, a row for each person, or for each pattern with
    the column count saying how many persons have it. Several models are shown side by side, each
    with its interval, or refused with the reason: they differ in what they take for granted, and
    the lists cannot say which of it holds. An estimate is never a count. TABLE.csv is not changed.
    """
    from everyname.cli.estimate_page import estimate_page
    from everyname.cli.screen import shown
    from everyname.estimation import estimate as compared

    errors = Console(stderr=True, highlight=False)
    if draws is not None and draws.exists():
        raise EstimationError(
            "there is a file already, and nothing is written over what is there",
            where=str(draws),
            do="Give --draws another name.",
        )
    with errors.status("reading") as status:
        found = compared(
            table,
            lists=lists,
            level=level,
            models=models,
            seed=seed,
            by=by or None,
            imputations=imputations,
            progress=lambda words: status.update(shown(words)),
        )
    if draws is not None:
        number = _write_draws(found, draws)
        said = f"Wrote {number:,} draws to {draws}." if number else _NO_DRAWS
        errors.print(shown(said), soft_wrap=True)
    if plots is not None:
        from everyname.publication.comparison_drawings import save_comparison

        written = save_comparison(found, plots)
        errors.print(shown(f"Wrote {len(written):,} files to {plots}."), soft_wrap=True)
    if as_json:
        click.echo(found.model_dump_json())
    else:
        Console(highlight=False).print(estimate_page(found))


def _write_draws(found: Comparison, path: Path) -> int:
    rows = list(_draws(found))
    if rows:
        with path.open("x", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("stratum", "model", "chain", "draw", "persons"))
            writer.writerows(rows)
    return len(rows)


def _draws(found: Comparison, stratum: str = "") -> Iterator[tuple[str, str, int, int, int]]:
    from everyname.estimation.result import PosteriorEstimate

    for result in found.results:
        if isinstance(result, PosteriorEstimate) and result.draws is not None:
            for chain, line in enumerate(result.draws.tolist(), start=1):
                for draw, persons in enumerate(line, start=1):
                    yield stratum, result.model, chain, draw, persons
    for part in found.strata:
        yield from _draws(part.comparison, part.stratum)
