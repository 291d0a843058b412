"""Keyboard: one key at a time, from a terminal or from a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class Keyboard:
    """Keys as they are pressed; made by `keyboard`.

    Parameters
    ----------
    descriptor
        Where they come from.
    terminal
        Whether that is a terminal, on which somebody looks at what is asked.
    """

    def __init__(self, descriptor: int, *, terminal: bool) -> None:
        self._descriptor = descriptor
        self.terminal = terminal

    def key(self) -> str:
        """Wait for a key; what was pressed before the question could be seen is thrown away.

        Returns
        -------
        str
            A lower-case letter or a sign; empty when the input has ended. Escape sequences, such
            as those of arrow keys, are one key that means nothing.
        """
        if self.terminal:
            import termios

            termios.tcflush(self._descriptor, termios.TCIFLUSH)
        while True:
            read = os.read(self._descriptor, 64 if self.terminal else 1)
            if self.terminal:
                if read == b"\x04":
                    return ""
                # Of several that come at once only one was meant for this question.
                return read.decode(errors="replace")[:1].lower()
            if not read.isspace():
                return read.decode(errors="replace").lower()

    def line(self) -> str:
        """Read a line of text; on a terminal it can be edited as usual."""
        if self.terminal:
            with _cooked(self._descriptor):
                return sys.stdin.readline().strip()
        found = b""
        while (read := os.read(self._descriptor, 1)) not in {b"", b"\n"}:
            found += read
        return found.decode(errors="replace").strip()


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """Take over the keyboard, and leave the terminal as it was.

    Yields
    ------
    Keyboard
        Standard input, whatever it is.
    """
    descriptor = sys.stdin.fileno()
    if not os.isatty(descriptor):
        yield Keyboard(descriptor, terminal=False)
        return
    import termios
    import tty

    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield Keyboard(descriptor, terminal=True)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


@contextmanager
def _cooked(descriptor: int) -> Iterator[None]:
    import termios

    now = termios.tcgetattr(descriptor)
    line = termios.tcgetattr(descriptor)
    line[3] |= termios.ICANON | termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSADRAIN, line)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, now)
