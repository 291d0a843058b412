"""``everyname simulate``."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

_LARGE = ("errors", "no_birth", "shared_events", "lists")
"""Options of large cases only."""


@click.command(
    epilog="Example: everyname simulate valley --persons 500 --seed 7\n\n"
    "Or: everyname simulate table.csv --design two-classes-4 --persons 3000"
)
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
@click.option(
    "--records",
    type=click.IntRange(1),
    help="Make lists of so many records in all, up to millions, instead of --persons.",
)
@click.option(
    "--errors",
    type=click.FloatRange(0, 1),
    help="With --records: share of the stated values of each field that are wrong.",
)
@click.option(
    "--no-birth",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="With --records: share of records without a date of birth.",
)
@click.option(
    "--shared-events/--no-shared-events",
    default=True,
    show_default=True,
    help="With --records: whether many die on one day in one place.",
)
@click.option(
    "--lists",
    type=click.IntRange(1, 100),
    default=4,
    show_default=True,
    help="With --records: how many lists.",
)
@click.option(
    "--design",
    metavar="NAME",
    help="Write a table of capture patterns, for estimate: independent, two-classes-4,"
    " three-classes-5, two-classes-3, positive-dependence, list-growth, logit-normal, referral or"
    " places.",
)
def simulate(
    folder: Path,
    persons: int,
    seed: int,
    records: int | None,
    errors: float | None,
    no_birth: float,
    shared_events: bool,
    lists: int,
    design: str | None,
) -> None:
    """Make a simulated case with a known truth in FOLDER.

    Four lists of uneven coverage hold invented people in several scripts, with the mistakes that
    real lists have. The report shows the truth beside the count. With --records the case is a
    large one: a million records take some seconds. With --design, FOLDER is a CSV file instead:
    a table of how many persons are in which lists, for studies of estimates, with the truth in a
    JSON file beside it.
    """
    from everyname.simulation import simulate as make
    from everyname.simulation import simulate_large

    _refuse_what_says_nothing()
    if design is not None:
        from everyname.simulation.capture_files import simulate_table

        truth = simulate_table(folder, design, persons=persons, seed=seed)
        click.echo(f"Made {folder}; the truth is in {truth}. Next: everyname estimate {folder}")
        return
    if records is None:
        make(folder, persons=persons, seed=seed)
    else:
        simulate_large(
            folder,
            records=records,
            errors=errors,
            no_birth=no_birth,
            shared_events=shared_events,
            lists=lists,
            seed=seed,
        )
    click.echo(f"Made {folder}. Next: everyname run {folder}")


def _refuse_what_says_nothing() -> None:
    """Refuse options that belong to the other kind of case.

    Raises
    ------
    click.UsageError
        Naming the first.
    """
    context = click.get_current_context()
    given = [
        parameter
        for parameter in context.command.params
        if context.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
    ]
    names = {parameter.name: parameter.opts[0] for parameter in given}
    if "design" in names:
        for name in ("records", *_LARGE):
            if name in names:
                raise click.UsageError(f"{names[name]} and --design exclude each other")
        return
    if "records" in names:
        if "persons" in names:
            raise click.UsageError("--persons and --records exclude each other")
        return
    for name in _LARGE:
        if name in names:
            raise click.UsageError(f"{names[name]} is for a large case: give --records too")
