"""Hostile CSV files of our own making, read and compared cell by cell with what was meant.

Prints one line for each pollution: files, cells, recovered exactly, flagged, silently wrong.
Run: ``python benchmarks/csv_corpora.py [--show POLLUTION]``.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from everyname.errors import TableError
from everyname.intake.csv_file import read_csv
from everyname.intake.table import TableOptions

Rows = list[list[str]]
NAMES = (
    "Ada Invented", "Ömer Uydurma", "Иван Вымышлен", "Chloé Inventée", "علي مختلق", "Ջոն Հնարված",
    "Ben O'Made", "虚构 李", "გიორგი გამოგონილი", "Zoë Verzonnen", "Nguyễn Bịa Đặt", "עדה בדויה",
)  # fmt: skip
PLACES = ("North Bank", "Mill, upper", "Saint-Ives", "Old Town; east", "Lower Ferry", "Quay 7")
WORDS = ("found", "by", "the", "river", "after", "two", "days", "brought", "to", "hospital", "then")
HEADER = [
    "id", "name", "age", "sex", "date", "time", "place", "district", "cause", "weight", "url",
    "note", "latitude", "count", "source",
]  # fmt: skip


@dataclass
class Style:
    """How a table is written."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    end: str = "\r\n"
    every: bool = False
    bare: bool = False


@dataclass
class Case:
    """A file and what its author meant."""

    data: bytes
    rows: Rows
    noted_as_whole: bool = False
    known: dict[str, str] = field(default_factory=dict)


def prose(rng: random.Random, style: str) -> str:
    text = " ".join(rng.choice(WORDS) for _ in range(rng.randint(3, 9)))
    if style == "rich":
        draw = rng.random()
        if draw < 0.25:
            text = text.replace(" ", ", ", 1)
        elif draw < 0.4:
            text = text.replace(" ", ' "so-called" ', 1)
        elif draw < 0.5:
            text = text.replace(" ", "\n", 1)
    return text


def table(rng: random.Random, rows: int, width: int, style: str = "rich") -> Rows:
    """A synthetic list: names in several scripts, numbers, dates, empty cells, remarks."""
    made = [HEADER[:width]]
    for number in range(1, rows + 1):
        weight = f"{rng.randint(40, 99)}.{rng.randint(0, 9)}"
        row = [
            str(1000 + number), rng.choice(NAMES), str(rng.randint(1, 90)), rng.choice("MF"),
            f"2031-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            f"{rng.randint(0, 23)}:{rng.randint(0, 59):02}", rng.choice(PLACES),
            rng.choice(["", "Valley", "Hill"]), rng.choice(["shelling", "shot", "", "unknown"]),
            weight.replace(".", ",") if style == "comma" else weight,
            f"https://example.org/r/{number}?a=1&b=2", prose(rng, style),
            f"{rng.uniform(-90, 90):.4f}", str(rng.randint(0, 5)), rng.choice(["list A", "list B"]),
        ]  # fmt: skip
        made.append(row[:width])
    if style == "text":
        made = [[prose(rng, "plain") for _ in row] for row in made]
    return made


def cell(text: str, style: Style) -> str:
    needs = style.every or any(
        mark in text for mark in (style.delimiter, style.quote or "\0", "\n", "\r")
    )
    if style.bare or not style.quote or not needs:
        return text
    if style.escape == "none":
        inner = text
    elif style.escape:
        inner = text.replace("\\", "\\\\").replace(style.quote, style.escape + style.quote)
    else:
        inner = text.replace(style.quote, style.quote * 2)
    return f"{style.quote}{inner}{style.quote}"


def line(row: list[str], style: Style) -> str:
    return style.delimiter.join(cell(text, style) for text in row)


def text(rows: Rows, style: Style) -> str:
    return "".join(line(row, style) + style.end for row in rows)


def plain(rows: Rows, *marks: str) -> Rows:
    """The rows without what cannot be written in a dialect that quotes nothing."""
    for mark in (*marks, "\n"):
        rows = [[one.replace(mark, " ") for one in row] for row in rows]
    return rows


Seed = tuple[random.Random, Rows]
POLLUTIONS: dict[str, Callable[[random.Random, Rows], Iterator[Case]]] = {}


def pollution(make: Callable[[random.Random, Rows], Iterator[Case]]) -> None:
    POLLUTIONS[make.__name__] = make


def styled(rows: Rows, style: Style, codec: str = "utf-8") -> Case:
    return Case(text(rows, style).encode(codec), rows)


@pollution
def clean(_: random.Random, rows: Rows) -> Iterator[Case]:
    for every in (False, True):
        yield styled(rows, Style(every=every))


@pollution
def delimiters(_: random.Random, rows: Rows) -> Iterator[Case]:
    for mark in (";", "\t", "|", " ", ", ", "||", "::", "; ", ":", "^", "~|~", "§", "\x1f", " | "):
        for every in (False, True):
            yield styled(rows, Style(delimiter=mark, every=every))


@pollution
def quotes(_: random.Random, rows: Rows) -> Iterator[Case]:
    for mark in (",", ";", "\t"):
        for every in (False, True):
            yield styled(rows, Style(delimiter=mark, quote="'", every=every))
        bare = plain(rows, mark)
        yield Case(text(bare, Style(delimiter=mark, bare=True)).encode(), bare)


@pollution
def escapes(_: random.Random, rows: Rows) -> Iterator[Case]:
    for mark in (",", ";"):
        for every in (False, True):
            yield styled(rows, Style(delimiter=mark, escape="\\", every=every))


@pollution
def quotes_not_doubled(_: random.Random, rows: Rows) -> Iterator[Case]:
    for every in (False, True):
        yield styled(rows, Style(escape="none", every=every))


@pollution
def line_ends(rng: random.Random, rows: Rows) -> Iterator[Case]:
    for end in ("\n", "\r", "\r\n", "\n\r", "\r\r\n"):
        yield styled(rows, Style(end=end))
    style = Style()
    mixed = "".join(line(row, style) + rng.choice(["\n", "\r", "\r\n"]) for row in rows)
    yield Case(mixed.encode(), rows)


@pollution
def one_line_end(rng: random.Random, rows: Rows) -> Iterator[Case]:
    for usual in ("\n", "\r\n"):
        for other in ("\r", "\n", "\r\n", "\n\r", "\n\n", ""):
            style, at = Style(end=usual), rng.randrange(1, len(rows)) - 1
            made = "".join(
                line(row, style) + (other if number == at else usual)
                for number, row in enumerate(rows)
            )
            yield Case(made.encode(), rows)


@pollution
def blank_lines(_: random.Random, rows: Rows) -> Iterator[Case]:
    yield Case(text(rows, Style(end="\r\n\r\n")).encode(), rows)
    yield Case(("\n" + text(rows, Style()) + "\n\n").encode(), rows)
    yield Case(text(rows, Style(end="\n")).rstrip("\n").encode(), rows)


@pollution
def encodings(_: random.Random, rows: Rows) -> Iterator[Case]:
    for codec in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"):
        yield styled(rows, Style(), codec)


@pollution
def bad_bytes(rng: random.Random, rows: Rows) -> Iterator[Case]:
    written = [list(row) for row in rows]
    at = rng.randrange(1, len(rows))
    written[at][1] = "Zo\xff"
    meant = [list(row) for row in written]
    meant[at][1] = "Zo\xe9"
    raw = text(meant, Style()).replace("Zo\xe9", "Zo\x00BAD").encode().replace(b"\0BAD", b"\xe9")
    yield Case(raw, meant)


@pollution
def header_shapes(_: random.Random, rows: Rows) -> Iterator[Case]:
    yield styled(rows[1:], Style())
    upper = ["" for _ in rows[0]]
    upper[0], upper[len(upper) // 2] = "Person", "Event"
    yield styled([upper, *rows], Style())
    yield styled([["" for _ in rows[0]], *rows], Style())
    yield styled([*rows[:1], *rows], Style())


@pollution
def preamble_and_footer(_: random.Random, rows: Rows) -> Iterator[Case]:
    head = [["Register of the valley"], ["Printed 2031-05-01"], []]
    foot = [[], ["Total: 80 records"], ["End of list"]]
    yield styled([*head, *rows], Style())
    yield styled([*rows, *foot], Style(delimiter=";"))
    yield styled([*head, *rows, *foot], Style(delimiter="\t", end="\n"))
    width = len(rows[0])
    full = [row + [""] * (width - len(row)) for row in head]
    yield styled([*full, *rows], Style())
    yield styled([["# made by hand"], *rows], Style())


@pollution
def several_tables(_: random.Random, rows: Rows) -> Iterator[Case]:
    second = [["place", "killed", "injured"], ["North Bank", "3", "4"], ["Mill, upper", "1", "2"]]
    second += [["Quay 7", "5", "0"], ["Ferry", "2", "9"]]
    for mark in (",", ";", "\t"):
        yield styled([*rows, [], *second], Style(delimiter=mark))
        yield styled([*second, [], *rows], Style(delimiter=mark))
        yield styled([*rows, *second], Style(delimiter=mark))
    half = len(rows) // 2
    yield styled([*rows[:half], [], *rows[:1], *rows[half:]], Style())


def one_row(
    rng: random.Random,
    rows: Rows,
    damage: Callable[[str, int], tuple[str, list[str]]],
    style: Style,
) -> Case:
    at = rng.randrange(len(rows))
    lines = [line(row, style) for row in rows]
    lines[at], meant = damage(lines[at], at)
    return Case(
        "".join(one + style.end for one in lines).encode(), [*rows[:at], meant, *rows[at + 1 :]]
    )


@pollution
def row_one_delimiter_more(rng: random.Random, rows: Rows) -> Iterator[Case]:
    for every in (False, True):
        style = Style(every=every)
        yield one_row(rng, rows, lambda x, at: (x + ",", [*rows[at], ""]), style)
        yield one_row(rng, rows, lambda x, at: ("," + x, ["", *rows[at]]), style)


@pollution
def row_one_delimiter_less(rng: random.Random, rows: Rows) -> Iterator[Case]:
    for every in (False, True):
        style = Style(every=every)

        def damage(_: str, at: int, style: Style = style) -> tuple[str, list[str]]:
            meant, column = list(rows[at]), rng.randrange(len(rows[at]) - 1)
            cells = [cell(one, style) for one in meant]
            cells[column : column + 2] = [cells[column] + cells[column + 1]]
            return ",".join(cells), meant

        for _ in range(3):
            yield one_row(rng, rows, damage, style)


@pollution
def row_with_another_delimiter(rng: random.Random, rows: Rows) -> Iterator[Case]:
    for usual, others in ((",", ";\t| "), (";", ",\t|"), ("\t", ",; ")):
        for other in (*others, ", ", "||", "::"):
            for every in (False, True):
                style, odd = Style(usual, every=every), Style(other, every=every)
                yield one_row(rng, rows, lambda _, at, o=odd: (line(rows[at], o), rows[at]), style)


@pollution
def cell_with_a_stray_quote(rng: random.Random, rows: Rows) -> Iterator[Case]:
    for every in (False, True):
        for _ in range(8):
            style, at = Style(every=every), rng.randrange(len(rows))
            column, end = rng.randrange(len(rows[0])), rng.random()
            cells = [cell(one, style) for one in rows[at]]
            old = cells[column]
            place = 0 if end < 0.3 else len(old) if end < 0.6 else rng.randint(0, len(old))
            cells[column] = f'{old[:place]}"{old[place:]}'
            yield swapped(rows, at, ",".join(cells), style)


def swapped(rows: Rows, at: int, written: str, style: Style) -> Case:
    lines = [line(row, style) for row in rows]
    lines[at] = written
    return Case("".join(one + style.end for one in lines).encode(), rows)


@pollution
def cell_with_a_missing_quote(rng: random.Random, rows: Rows) -> Iterator[Case]:
    for every in (False, True):
        for first in (True, False):
            for _ in range(6):
                style, at = Style(every=every), rng.randrange(len(rows))
                column = rng.randrange(len(rows[0]))
                cells = [cell(one, style) for one in rows[at]]
                full = cell(rows[at][column], Style(every=True))
                cells[column] = full[1:] if first else full[:-1]
                yield swapped(rows, at, ",".join(cells), style)


@pollution
def cell_with_quotes_not_doubled(rng: random.Random, rows: Rows) -> Iterator[Case]:
    for every in (False, True):
        for said in ('said "no" to', '"so"', 'a "b", c', '5" x'):
            style, at = Style(every=every), rng.randrange(1, len(rows))
            column = rng.randrange(len(rows[0]))
            meant = [list(row) for row in rows]
            meant[at][column] = said
            cells = [cell(one, style) for one in meant[at]]
            cells[column] = f'"{said}"'
            yield swapped(meant, at, ",".join(cells), style)


@pollution
def sizes(_: random.Random, rows: Rows) -> Iterator[Case]:
    for mark in (",", ";", "\t"):
        yield styled(rows[:1], Style(delimiter=mark))
        yield styled(rows[:2], Style(delimiter=mark))
        yield styled(rows[:4], Style(delimiter=mark, every=True))
        yield styled([row[:2] for row in rows], Style(delimiter=mark))
    yield styled([row[1:2] for row in rows], Style())
    yield styled(
        [[one] for one in ("name", "Invented, Ada", "Made, Ben", "Up, Cleo")], Style(bare=True)
    )


@pollution
def oddities(_: random.Random, rows: Rows) -> Iterator[Case]:
    yield Case(b"sep=;\r\n" + text(rows, Style(";")).encode(), rows)
    nul = [list(row) for row in rows]
    nul[1][1] = "A\0da"
    yield styled(nul, Style())
    large = [list(row) for row in rows]
    large[1][1] = "x, y\n" * 400_000
    yield styled(large, Style())


@dataclass
class Score:
    """What became of the cells that an author meant."""

    files: int = 0
    cells: int = 0
    exact: int = 0
    flagged: int = 0
    wrong: int = 0

    def add(self, case: Case) -> bool:
        """Read a case and compare; say whether anything was silently wrong."""
        self.files += 1
        meant = [row for row in case.rows if any(row)]
        self.cells += sum(map(len, meant))
        try:
            grid = read_csv("case.csv", case.data, TableOptions(**case.known))
        except TableError:
            self.flagged += sum(map(len, meant))
            return False
        got = [(n, row) for n, row in enumerate(grid.cells.rows(), 1) if any(row)]
        marked = {note.row for note in grid.all_notes}
        before = self.wrong
        matcher = SequenceMatcher(
            None, list(map(tuple, meant)), [tuple(r) for _, r in got], autojunk=False
        )
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind == "equal":
                self.exact += sum(map(len, meant[a:b]))
                continue
            self._compare(meant[a:b], got[c:d], marked)
        return self.wrong > before

    def _compare(self, meant: Rows, got: list[tuple[int, list[str]]], marked: set[int]) -> None:
        near = any(n in marked for n, _ in got)
        for index, row in enumerate(meant):
            number, have = got[index] if index < len(got) else (0, [])
            noted = number in marked or (near and len(got) != len(meant))
            same = sum(one == have[i] for i, one in enumerate(row) if i < len(have))
            self.exact += same
            rest = len(row) - same
            self.flagged += rest if noted else 0
            self.wrong += 0 if noted else rest
            if not noted and len(have) > len(row):
                self.wrong += len(have) - len(row)
        for number, have in got[len(meant) :]:
            self.wrong += 0 if number in marked or near else len(have)


def seeded(seed: int | str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - test data


def seeds() -> Iterator[tuple[str, Rows]]:
    """Tables of several shapes, all of which were looked at while the reader was written."""
    yield "twelve columns", table(seeded(1), 80, 12)
    yield "fifteen columns", table(seeded(2), 80, 15)
    yield "five columns", table(seeded(3), 40, 5)
    yield "three rows", table(seeded(4), 3, 12)
    yield "all text", table(seeded(5), 30, 6, "text")
    yield "decimal commas", table(seeded(6), 60, 10, "comma")
    yield "three columns", table(seeded(7), 12, 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", default="", help="pollution whose failures are printed")
    show = parser.parse_args().show
    started, total = time.perf_counter(), Score()
    for seed, rows in seeds():
        print(f"\n{seed}: {len(rows)} rows of {len(rows[0])}")
        for name, make in POLLUTIONS.items():
            score = Score()
            for number, case in enumerate(make(seeded(name), rows)):
                if score.add(case) and show == name:
                    print("   file", number, case.data[:200])
            print(
                f"  {name:30} {score.files:4} files {score.cells:6} cells "
                f"{score.exact:6} exact {score.flagged:5} flagged {score.wrong:5} silently wrong"
            )
            for part in ("files", "cells", "exact", "flagged", "wrong"):
                setattr(total, part, getattr(total, part) + getattr(score, part))
    print(f"\n{total}  {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
