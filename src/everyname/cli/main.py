"""``main``: runs the command and turns errors into messages."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click
from rich.console import Console

from everyname.cli.app import app
from everyname.cli.backup import backup
from everyname.cli.compare import compare
from everyname.cli.custody import custody
from everyname.cli.erase import erase
from everyname.cli.estimate import estimate
from everyname.cli.evaluate_linkage import evaluate_linkage
from everyname.cli.explain import explain
from everyname.cli.export import export
from everyname.cli.intake import intake
from everyname.cli.judgements import judgements
from everyname.cli.link import link
from everyname.cli.map import map_list
from everyname.cli.new import new
from everyname.cli.prove import prove
from everyname.cli.read import read
from everyname.cli.rebuild import rebuild
from everyname.cli.recover import recover
from everyname.cli.release import release
from everyname.cli.restore import restore
from everyname.cli.review import review
from everyname.cli.run import run
from everyname.cli.screen import shown
from everyname.cli.simulate import simulate
from everyname.cli.verify import verify
from everyname.errors import EverynameError

STOPPED = 130
WRONG = 2
AGAIN = 1
"""Seconds after which an interruption that was thrown away comes again."""
TRACEBACK = "EVERYNAME_TRACEBACK"

for command in (
    new,
    read,
    map_list,
    compare,
    intake,
    run,
    review,
    judgements,
    verify,
    prove,
    explain,
    release,
    custody,
    export,
    simulate,
    link,
    evaluate_linkage,
    estimate,
    erase,
    rebuild,
    backup,
    restore,
    recover,
):
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
    stopped = _StopSign()
    try:
        app.main(args=arguments, prog_name="everyname", standalone_mode=False)
        stopped.raise_again()
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.exceptions.NoArgsIsHelpError as stop:
        click.echo(stop.format_message())
        sys.exit(WRONG)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        _say_stopped(errors)
    except EverynameError as error:
        if stopped.seen:
            _say_stopped(errors)
        for line in str(error).splitlines():
            errors.print(shown(f"everyname: {line}"))
        sys.exit(WRONG)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        said = f"everyname: {where}{error.strerror or error}. Check the disk and its permissions."
        errors.print(shown(said))
        sys.exit(WRONG)
    except Exception as error:
        # Libraries turn an interruption into errors of their own; and whatever is left is a fault
        # of everyname, which a user can report but not read a traceback of.
        if stopped.seen:
            _say_stopped(errors)
        if os.environ.get(TRACEBACK):
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        errors.print(shown(f"everyname: this is a fault in everyname, not in your files ({what})."))
        errors.print(f"Please report it, with what {TRACEBACK}=1 in the environment shows.")
        sys.exit(WRONG)


class _StopSign:
    """Notes that the user asked to stop, and interrupts as Python does by itself.

    What interrupts a library while it tidies up behind itself is thrown away by Python: so the
    interruption comes again, until the command has ended.
    """

    def __init__(self) -> None:
        self.seen = False
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._stop)

    def raise_again(self) -> None:
        """Interrupt what ended before the interruption came again."""
        if self.seen:
            raise KeyboardInterrupt

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.seen = True
        sys.unraisablehook = _without_interruptions
        signal.signal(signal.SIGALRM, self._stop)
        signal.alarm(AGAIN)
        raise KeyboardInterrupt


def _without_interruptions(unraisable: sys.UnraisableHookArgs) -> None:
    """Say nothing of an interruption that was thrown away, since it comes again."""
    if not issubclass(unraisable.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)


def _say_stopped(errors: Console) -> NoReturn:
    signal.alarm(0)
    errors.print("Interrupted. Run the same command again to go on.", markup=False)
    sys.exit(STOPPED)
