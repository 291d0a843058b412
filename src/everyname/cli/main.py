"""``main``: runs the command and turns errors into messages."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
from rich.console import Console

from everyname.cli.app import app
from everyname.cli.map import map_list
from everyname.cli.new import new
from everyname.cli.run import run
from everyname.cli.simulate import simulate
from everyname.cli.verify import verify
from everyname.errors import EverynameError

STOPPED = 130
WRONG = 2

for command in (new, map_list, run, verify, simulate):
    app.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command.

    Ends the process with status 0 when all is well, 1 when `verify` found something altered, 2
    when something has to be put right first, and 130 when interrupted.

    Parameters
    ----------
    arguments
        Words after the command's name; None for the process's own.
    """
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        app.main(args=arguments, prog_name="everyname", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.exceptions.NoArgsIsHelpError as stop:
        click.echo(stop.format_message())
        sys.exit(WRONG)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        errors.print("Interrupted. Run the same command again to go on.", markup=False)
        sys.exit(STOPPED)
    except EverynameError as error:
        for line in str(error).splitlines():
            errors.print(f"everyname: {line}", markup=False)
        sys.exit(WRONG)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        errors.print(
            f"everyname: {where}{error.strerror or error}. Check the disk and its permissions.",
            markup=False,
        )
        sys.exit(WRONG)
