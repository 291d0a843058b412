"""Record: one row's text as cells, by the rule (RFC 4180) or mended at the least cost."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from math import inf

# Beyond this many pieces a row is not mended, only split.
MOST_PIECES = 300
LONGEST_SPAN = 60
WRONG_WIDTH = 4.0
OPEN = -1
BAD = -2


@dataclass(frozen=True, slots=True)
class Mended:
    """A record's cells, what reading them so costs, and what was doubtful.

    Parameters
    ----------
    cells
        The cells.
    cost
        0 where nothing was mended.
    doubts
        Index of a cell and what was found there.
    """

    cells: list[str]
    cost: float
    doubts: tuple[tuple[int, str], ...] = ()


@lru_cache(maxsize=16)
def _quoted(quote: str) -> re.Pattern[str]:
    at = re.escape(quote)
    return re.compile(rf"{at}((?:[^{at}]|{at}{at})*+){at}")


def records_of_lines(text: str, delimiter: str, quote: str) -> list[list[str]]:
    """Read a small file by the rule where its records mostly go over several lines.

    Line by line such a file looks damaged; by the rule every record has as many cells.

    Parameters
    ----------
    text
        The whole file.
    delimiter, quote
        As in `Dialect`.

    Returns
    -------
    list of list of str
        The rows; empty where lines are mostly rows, or the rule does not give rows of one width.
    """
    if len(delimiter) != 1 or len(quote) != 1 or quote not in text:
        return []
    reader = csv.reader(
        StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, strict=True
    )
    try:
        rows = list(reader)
    except csv.Error:
        return []
    widths = {len(row) for row in rows}
    whole = sum(split_strictly(line, delimiter, quote)[1] == 0 for line in text.splitlines())
    one_width = len(widths) == 1 and min(widths) > 1
    return rows if one_width and len(rows) > 1 and whole * 2 < len(rows) else []


def split_strictly(text: str, delimiter: str, quote: str) -> tuple[list[str], int]:
    """Split a record by the rule.

    Parameters
    ----------
    text
        The record without its line end.
    delimiter, quote
        As in `Dialect`.

    Returns
    -------
    list of str
        The cells as far as they could be read.
    int
        Number of cells in which marks stand where the rule allows none; `OPEN` where a quoted
        cell does not end; `BAD` where text follows a closing mark.
    """
    cells: list[str] = []
    if not quote or quote not in text:
        return (text.split(delimiter) if delimiter else [text]), 0
    pattern, twice = _quoted(quote), quote + quote
    at, strays, size, step = 0, 0, len(text), len(delimiter)
    while True:
        if text.startswith(quote, at):
            match = pattern.match(text, at)
            if match is None:
                return cells, OPEN
            cell = match[1]
            cells.append(cell.replace(twice, quote) if twice in cell else cell)
            at = match.end()
            if at == size:
                return cells, strays
            if not delimiter or not text.startswith(delimiter, at):
                return cells, BAD
        else:
            end = text.find(delimiter, at) if delimiter else -1
            cell = text[at:] if end < 0 else text[at:end]
            strays += quote in cell
            cells.append(cell)
            if end < 0:
                return cells, strays
            at = end
        at += step


def mend(text: str, delimiter: str, quote: str, width: int) -> Mended:
    """Split a record whose quotation marks do not fit, preferring the usual width.

    The text is cut at every delimiter; pieces are joined again to cells where marks at their
    outer edges speak for it, at the least cost over all ways of joining.

    Parameters
    ----------
    text
        The record without its last line end.
    delimiter, quote
        As in `Dialect`.
    width
        Number of cells that the table's rows usually have.
    """
    pieces = text.split(delimiter) if delimiter else [text]
    if len(pieces) > MOST_PIECES:
        return Mended(pieces, WRONG_WIDTH * (len(pieces) != width), ((0, "not mended: too long"),))
    longest = len(pieces) - width + 1 if len(pieces) >= width else LONGEST_SPAN
    spans = _spans(pieces, delimiter, quote, min(longest, LONGEST_SPAN))
    ends = _joined(pieces, spans, width)
    penalty = 0.0
    if ends is None:
        ends = _joined(pieces, spans, 0) or list(range(1, len(pieces) + 1))
        penalty = WRONG_WIDTH
    cells: list[str] = []
    doubts: list[tuple[int, str]] = []
    cost, start = penalty, 0
    for end in ends:
        price, value, doubt = spans[start][end]
        if doubt:
            doubts.append((len(cells), doubt))
        cells.append(value)
        cost += price
        start = end
    return Mended(cells, cost, tuple(doubts))


_Span = tuple[float, str, str]


def _spans(
    pieces: Sequence[str], delimiter: str, quote: str, longest: int
) -> list[dict[int, _Span]]:
    """For each piece, the cells that may begin with it: end, cost, value, doubt."""
    spans: list[dict[int, _Span]] = []
    count = len(pieces)
    opens = [bool(quote) and piece.lstrip(" ").startswith(quote) for piece in pieces]
    closes = [bool(quote) and piece.rstrip(" ").endswith(quote) for piece in pieces]
    marked = [bool(quote) and quote in piece for piece in pieces]
    for start in range(count):
        piece = pieces[start]
        row = {start + 1: _alone(piece, quote) if marked[start] else (0.0, piece, "")}
        lost = 0
        for end in range(start + 2, min(start + longest, count) + 1):
            last = end - 1
            if opens[start] and closes[last]:
                row[end] = _together(delimiter.join(pieces[start:end]), delimiter, quote)
            elif (opens[start] or closes[last]) and lost < 8:
                row[end] = _half(delimiter.join(pieces[start:end]), quote, end - start)
                lost += 1
        spans.append(row)
    return spans


def _alone(piece: str, quote: str) -> _Span:
    text = piece.strip(" ")
    opens, closes = text.startswith(quote), text.endswith(quote)
    inner = text[1:-1]
    if opens and closes and len(text) > 1:
        doubt = "spaces around the quotation marks left out" if text != piece else ""
        twice = quote + quote
        if quote not in inner.replace(twice, ""):
            return 0.1 * bool(doubt), inner.replace(twice, quote), doubt
        return 1.0, inner.replace(twice, quote), "quotation marks inside the cell are not doubled"
    if text == quote:
        return 2.5, piece, "a lone quotation mark"
    if opens:
        if quote in text[1:]:
            return 1.0, piece, "text stands behind the closing quotation mark: kept as it is"
        return 2.0, text[1:], "a quotation mark opens and none closes"
    if closes:
        odd = text.count(quote) % 2
        return (1.5, piece, "a quotation mark closes and none opens: kept as it is") if odd else (
            0.5, piece, "quotation marks in a cell without quotes: kept as they are"
        )  # fmt: skip
    return 0.5, piece, "a quotation mark inside a cell without quotes: kept as it is"


def _together(joined: str, delimiter: str, quote: str) -> _Span:
    text = joined.strip(" ")
    inner, twice = text[1:-1], quote + quote
    bare = inner.replace(twice, "")
    value = inner.replace(twice, quote)
    if quote not in bare:
        return (
            (0.1 if text != joined else 0.0),
            value,
            ("spaces around the quotation marks left out" if text != joined else ""),
        )
    # Marks beside a delimiter look like the edges of two cells, not like a part of one.
    edges = bare.count(quote + delimiter) + bare.count(delimiter + quote)
    return (
        1.0 + 0.1 * bare.count(quote) + 0.6 * edges,
        value,
        "quotation marks inside the cell are not doubled",
    )


def _half(joined: str, quote: str, many: int) -> _Span:
    text = joined.strip(" ")
    inner = text.strip(quote)
    cost = 3.0 + many + 2.0 * (quote in inner)
    if text.startswith(quote):
        return cost, text[1:], "a quotation mark opens and none closes: cell closed by the width"
    return cost, text[:-1], "a quotation mark closes and none opens: cell opened by the width"


def _joined(
    pieces: Sequence[str], spans: Sequence[dict[int, _Span]], width: int
) -> list[int] | None:
    """Ends of the cells at the least cost: so many cells exactly, or any number for 0."""
    count = len(pieces)
    if width > count:
        return None
    most = width or count
    # best[cells][end] where the number matters, one layer where it does not.
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for start in range(count):
        for cells in range(most if width else 1):
            here = best.get((cells, start))
            if here is None:
                continue
            after = cells + 1 if width else 0
            for end, (price, _, _) in spans[start].items():
                total = here[0] + price
                if total < best.get((after, end), (inf, 0))[0]:
                    best[after, end] = (total, start)
    cells, at, ends = (width or 0), count, []
    if (cells, at) not in best:
        return None
    while at > 0:
        ends.append(at)
        at = best[cells, at][1]
        cells -= bool(width)
    return ends[::-1]


def strict_rows(block: list[str], delimiter: str, quote: str) -> tuple[list[list[str]], list[int]]:
    """Rows as far as they follow the rule, and the number of lines up to each one's end."""
    reader = csv.reader(
        block,
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        strict=True,
    )
    rows: list[list[str]] = []
    ends: list[int] = []
    with suppress(csv.Error):
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
    return rows, ends
