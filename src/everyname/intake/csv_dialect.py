"""CSV dialect: what separates and quotes the cells of a text, found by how well rows agree.

The measure follows van den Burg, Nazabal and Sutton (2019), "Wrangling messy CSV files by
detecting row and type patterns": rows that agree in length, times cells that look like values.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from everyname.intake.csv_delimiter import (
    SEVERAL,
    always_twin,
    grown_from,
    is_longer,
    several_of,
)

# How much each delimiter is believed, other things being equal.
DELIMITERS = {
    ",": 1.0, ";": 1.0, "\t": 1.02, "|": 0.99, ":": 0.6, " ": 0.55, "^": 0.8, "~": 0.8,
    "§": 0.9, "¦": 0.9, "\x1f": 1.1, "\x01": 1.1, "#": 0.5, "/": 0.3, "*": 0.4, "!": 0.4,
    "_": 0.3, "-": 0.3, "=": 0.3, "&": 0.5, "$": 0.5, "@": 0.4, "\\": 0.4, "،": 0.7, "；": 0.9,
    "，": 0.9, "、": 0.7, "+": 0.3, "%": 0.3, "÷": 0.8, "¬": 0.9, "·": 0.7, "\x02": 1.0,
    "\x1c": 1.0, "\x1d": 1.0, "`": 0.4, "¤": 0.9, "þ": 0.9, "\x14": 1.0,
}  # fmt: skip
BELIEVED = SEVERAL | DELIMITERS.keys()
_STANDINS = ("\x1f", "\x1e", "\x1d", "\ue000")
QUOTES = ('"', "'", "`", "”", "þ")
TYPED_ROWS = 120
# A longer delimiter is preferred to a shorter one inside it down to this part of its score.
NESTED = 0.8
TIMID = frozenset(" :/-_=+#%!*@.")
"""Characters of ordinary text: believed as a delimiter on stronger evidence only."""

_VALUE = re.compile(
    r"""\s*(?:
    | [-+(]?\W?\d[\d.,'\u00a0\u202f ]*(?:[eE][-+]?\d+)?\W{0,3}(?:\w{1,4})?  # number, unit
    | \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d{1,2}:\d{2}.*)?               # date and time
    | \d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s?[apAP]\.?[mM]\.?)?            # time
    | [a-z]{2,6}://\S+ | www\.\S+                                          # address
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                         # e-mail
    | [-\u2013?*]|n/?a|N/?A
    )\s*""",
    re.VERBOSE,
)
# Words, with punctuation as people write it: a comma or semicolon has a space behind it.
_WORDS = re.compile(r"""\s*[\w"'(\[#“«‘¿¡].*""", re.DOTALL)
_GLUED = re.compile(r"[^\W\d][,;|\t][^\W\d]|\w[;|\t]|\t|\d[;|]\d|\|")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a text are set apart.

    Parameters
    ----------
    delimiter
        One character or several; empty for a text of one column.
    quote
        The quotation mark; empty where there is none.
    escape
        What stands before a quotation mark inside quotes, instead of doubling it; empty where
        marks are doubled.
    width
        Number of cells that rows usually have.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    width: int = 1


def detect_dialect(lines: Sequence[str], delimiter: str = "", quote: str = "") -> Dialect:
    """Choose the dialect in which most rows agree and most cells look like values.

    Parameters
    ----------
    lines
        First lines of the text, with or without their line ends.
    delimiter, quote
        What is known already; empty to detect.
    """
    lines = [line.rstrip("\r\n") for line in lines]
    lines = [line for line in lines if line.strip()]
    if delimiter:
        return _finished(lines, delimiter, quote, grow=False)
    seen = Counter("".join(lines[:2_000]))
    candidates = [mark for mark in DELIMITERS if seen[mark] and not always_twin(lines, mark)]
    candidates += several_of(lines)
    best, best_score = "", 0.0
    for mark in candidates:
        marks = [quote] if quote else quotes_of(lines, mark)
        score = max((score_of(lines, mark, each) for each in marks), default=0.0)
        # Of delimiters within each other the longest that is there every time.
        longer = best in mark and score > NESTED * best_score and is_longer(lines, best, mark)
        if (score > best_score and not (mark in best and score < best_score / NESTED)) or longer:
            best, best_score = mark, score
    return _finished(lines, best, quote, grow=True)


def quotes_of(lines: Sequence[str], delimiter: str) -> list[str]:
    """Quotation marks by how often they stand at the edges of cells, the likeliest alone."""
    text = "\n".join(lines)
    edges = {mark: _edges(text, delimiter, mark) for mark in QUOTES if mark in text}
    best = max(edges, key=lambda mark: edges[mark], default='"')
    # An apostrophe at the edge of one cell is an apostrophe.
    usual = edges.get('"', 0)
    if best != '"' and (edges[best] <= usual or edges[best] < 2):
        best = best if not usual and _enclosed(text, delimiter, best) else '"'
    return [best]


def _edges(text: str, delimiter: str, mark: str) -> int:
    """Count the cells that begin or end with the mark, whichever are fewer."""
    apart = re.escape(delimiter) if delimiter else r"\n"
    at = re.escape(mark)
    opens = len(re.findall(rf"(?:^|{apart}) ?{at}(?!{at}(?:{apart}|$))", text, re.MULTILINE))
    closes = len(re.findall(rf"{at} ?(?={apart}|$)", text, re.MULTILINE))
    return min(opens, closes)


def _enclosed(text: str, delimiter: str, mark: str) -> bool:
    """Whether a mark stands at both edges of some cell."""
    apart = re.escape(delimiter) if delimiter else r"\n"
    at = re.escape(mark)
    return bool(re.search(rf"(?:^|{apart}){at}[^\n]+{at}(?={apart}|$)", text, re.MULTILINE))


def score_of(lines: Sequence[str], delimiter: str, quote: str) -> float:
    """Say how well a delimiter splits lines into rows of values, from 0."""
    if _one_column(lines, delimiter):
        return 0.0
    prior, meant = DELIMITERS.get(delimiter, 0.5), delimiter
    quoted = bool(quote) and _edges("\n".join(lines), delimiter, quote) > 1
    if len(delimiter) > 1:
        # The measuring reader knows single characters only.
        lines, delimiter = _single(lines, delimiter)
        prior = 1.03
    each = [split_loosely([line], delimiter, quote) for line in lines]
    scores = [_agreement([rows[0] for rows in each if rows], meant, quoted=quoted)]
    if any(quote in line for line in lines):
        whole = split_loosely([f"{line}\n" for line in lines], delimiter, quote)
        scores.append(_agreement(whole, meant, quoted=quoted))
    return max(scores) * prior


def split_loosely(lines: Iterable[str], delimiter: str, quote: str) -> list[list[str]]:
    """Split lines without complaint: for measuring, not for reading."""
    try:
        return list(
            csv.reader(
                lines,
                delimiter=delimiter,
                quotechar=quote or None,
                quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
                skipinitialspace=delimiter != " " and " " not in delimiter,
            )
        )
    except (csv.Error, TypeError, ValueError):
        return []


def _single(lines: Sequence[str], delimiter: str) -> tuple[list[str], str]:
    """Write one character, that is nowhere in the lines, for a delimiter of several."""
    text = "".join(lines)
    free = next((mark for mark in _STANDINS if mark not in text), _STANDINS[-1])
    return [line.replace(delimiter, free) for line in lines], free


def _agreement(rows: Sequence[list[str]], delimiter: str, *, quoted: bool) -> float:
    widths = Counter(len(row) for row in rows if row)
    count = sum(widths.values())
    together = {width: many for width, many in widths.items() if width > 1}
    if not together:
        return 0.0
    usual = max(together, key=lambda width: (together[width], width))
    timid = delimiter in TIMID or delimiter not in BELIEVED
    if timid and not quoted and not _bold(rows, widths, usual):
        return 0.0
    agree = sqrt(sum((many / count) ** 2 for many in together.values()))
    mean = sum(width * many for width, many in together.items()) / sum(together.values())
    typical = [row for row in rows if len(row) == usual][:TYPED_ROWS]
    cells = [cell for row in typical for cell in row]
    typed = sum(map(_value, cells)) / len(cells)
    return agree * (mean - 1) / mean * typed**2


def _bold(rows: Sequence[list[str]], widths: Counter[int], usual: int) -> bool:
    """Whether a character of ordinary text separates cells: nearly all rows agree."""
    share = widths[usual] / sum(widths.values())
    if usual == 2:
        return False
    filled = [row for row in rows if len(row) == usual]
    cells = [cell for row in filled for cell in row]
    empty = sum(not cell.strip() for cell in cells) / len(cells)
    enough = len(filled) >= 3 or (usual >= 4 and share == 1 and len(filled) == 2)
    return share >= 0.6 and enough and empty < 0.5


def _one_column(lines: Sequence[str], delimiter: str) -> bool:
    """Whether this is a column of "Family, Given" under a header of one name."""
    mark = delimiter.strip()
    if mark not in {",", ";"} or not lines or mark in lines[0]:
        return False
    return all(
        line.count(mark) == 1 and line.count(f"{mark} ") == 1 and '"' not in line
        for line in lines[1:]
    )


def _value(cell: str) -> bool:
    if _VALUE.fullmatch(cell):
        return True
    return bool(_WORDS.match(cell)) and not _GLUED.search(cell)


def _finished(lines: Sequence[str], delimiter: str, quote: str, *, grow: bool) -> Dialect:
    mark = quote or quotes_of(lines, delimiter)[0]
    dialect = Dialect(delimiter, mark, _escape(lines, delimiter, mark))
    if grow and len(delimiter) == 1:
        dialect = replace(dialect, delimiter=grown_from(lines, delimiter, mark))
    return replace(dialect, width=usual_width(lines, dialect))


def without_quote(lines: Sequence[str], dialect: Dialect) -> Dialect:
    """The same dialect with no quotation mark, and the width that rows have then."""
    plain = Dialect(dialect.delimiter, "", dialect.escape)
    lines = [line.rstrip("\r\n") for line in lines]
    return replace(plain, width=usual_width([line for line in lines if line.strip()], plain))


def usual_width(lines: Sequence[str], dialect: Dialect) -> int:
    """Count the cells that most rows have; the header's where rows disagree."""
    if not dialect.delimiter:
        return 1
    text, apart = _single(lines, dialect.delimiter)
    if dialect.escape:
        text = [re.sub(r"\\.", "_", line) for line in text]
    single = Counter(
        len(row) for line in text for row in split_loosely([line], apart, dialect.quote)
    )
    whole = Counter(map(len, split_loosely([f"{x}\n" for x in text], apart, dialect.quote)))
    best = single if _top(single) >= _top(whole) else whole
    for widths in (single, whole):
        widths.pop(0, None)
    wide = Counter({width: many for width, many in best.items() if width > 1}) or best
    first = len(next(iter(split_loosely(text[:1], apart, dialect.quote)), []))
    return max(wide, key=lambda width: (wide[width], width == first, width), default=1)


def _top(widths: Counter[int]) -> float:
    return max((many for width, many in widths.items() if width > 1), default=0) / max(
        sum(widths.values()), 1
    )


def _escape(lines: Sequence[str], delimiter: str, quote: str) -> str:
    """Tell whether a backslash keeps quotation marks from closing their cell."""
    text = "\n".join(lines)
    if not quote or f"\\{quote}" not in text:
        # What stands between quotation marks separates nothing.
        bare = [re.sub(rf"{quote}[^{quote}]*{quote}", "_", x) for x in lines] if quote else lines
        return "\\" if delimiter and _escaped_delimiters(bare, delimiter) else ""
    at, apart = re.escape(quote), re.escape(delimiter) if delimiter else r"\n"
    # A path such as "C:\" ends its cell; a mark before more text does not.
    inside = len(re.findall(rf"(?<!\\)\\{at}(?!{apart}|$|{at}(?:{apart}|$))", text, re.MULTILINE))
    edge = len(re.findall(rf"(?<!\\)\\{at}{at}(?={apart}|$)", text, re.MULTILINE))
    doubled = len(re.findall(rf"(?<=\w){at}{at}(?=\w)", text))
    return "\\" if inside + edge > doubled else ""


def _escaped_delimiters(lines: Sequence[str], delimiter: str) -> bool:
    both = f"\\{delimiter}"
    there = [line for line in lines if both in line]
    if not there:
        return False
    widths = Counter(line.count(delimiter) for line in lines if both not in line)
    if not widths:
        return False
    usual = widths.most_common(1)[0][0]
    return sum(line.count(delimiter) - line.count(both) == usual for line in there) * 2 > len(there)
