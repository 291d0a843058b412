"""The command line: a thin door on a case."""

from everyname.cli.main import main

__all__ = ["main"]
