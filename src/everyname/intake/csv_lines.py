"""Lines of a text, whatever ends them, with as much looking ahead as is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

STEP = 2_000


class Lines:
    """Lines of a text, each with its end, read as far as they are needed.

    Parameters
    ----------
    source
        The lines in order.
    """

    __slots__ = ("_source", "at", "done", "held")

    def __init__(self, source: Iterable[str]) -> None:
        self._source = iter(source)
        self.held: list[str] = []
        """Lines read and not yet dropped."""
        self.at = 0
        """Index in `held` of the next line to use."""
        self.done = False
        """Whether nothing is left to read."""

    def reach(self, count: int) -> bool:
        """Hold at least so many lines from the next one on; say whether there are so many."""
        while len(self.held) - self.at < count and not self.done:
            more = list(islice(self._source, max(STEP, count)))
            if self.at > STEP:
                del self.held[: self.at]
                self.at = 0
            self.held += more
            self.done = not more
        return len(self.held) - self.at >= count

    def peek(self, offset: int) -> str:
        """The line that stands `offset` lines further on; it must have been reached."""
        return self.held[self.at + offset]


def line_end(sample: str) -> str:
    """Name the unusual end that all lines of a text share; empty for the usual ones.

    Parameters
    ----------
    sample
        Start of the text.
    """
    if "\n" not in sample and "\r" not in sample:
        return "\x1e" if sample.count("\x1e") > 1 else ""
    ends = re.findall(r"[\r\n]+", sample)
    for unusual, plain in (("\r\r\n", "\r\n"), ("\n\r", "\r\n")):
        count = sum(end.startswith(unusual) for end in ends)
        other = sum(not end.startswith(unusual) for end in ends)
        if count >= 2 and count > other and (unusual != "\n\r" or plain not in sample):
            return unusual
    return ""


def split_lines(text: str, end: str) -> Iterator[str]:
    """Cut a text after every one of its unusual line ends, and every usual one.

    Parameters
    ----------
    text
        The whole text.
    end
        What `line_end` found.
    """
    usual = r"\r\n|\n|\r"
    pattern = re.compile(f"{re.escape(end)}|{usual}" if end != "\x1e" else re.escape(end))
    start = 0
    for match in pattern.finditer(text):
        yield text[start : match.start()] + ("\n" if match[0] == end else match[0])
        start = match.end()
    if start < len(text):
        yield text[start:]
