"""``hand/judgements.csv``: what people hold about pairs of records."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from everyname.case.hand_file import SIGNED, HandLine, References, read_lines
from everyname.errors import CaseError
from everyname.ledger import Decision, Judgement, written_whole

COLUMNS = ("record_a", "record_b", "decision", *SIGNED)
_BOM = b"\xef\xbb\xbf"


def read_judgements(path: Path, references: References) -> tuple[Judgement, ...]:
    """Read judgements and find the records they speak of.

    Parameters
    ----------
    path
        The file; none at all holds no judgements.
    references
        Finds the records.

    Returns
    -------
    tuple of Judgement
        In the file's order, their records named by reference.

    Raises
    ------
    CaseError
        A column is missing, a decision is not same, different or unsure, the reviewer is
        missing, or a record is not found.
    """
    return tuple(_judgement(line, references) for line in read_lines(path, COLUMNS))


def _judgement(line: HandLine, references: References) -> Judgement:
    decision = line.cells["decision"]
    if decision not in get_args(Decision):
        raise CaseError(
            f"{decision!r} is not a decision",
            where=line.at("decision"),
            do="Write same, different or unsure",
        )
    reviewer = line.reviewer()
    a, b = (references.find(line, name) for name in ("record_a", "record_b"))
    if a == b:
        raise CaseError("both records are the same one", where=line.where, do="Name two records")
    return Judgement(
        record_a=a,
        record_b=b,
        decision=cast("Decision", decision),
        reviewer=reviewer,
        time=line.cells["time"],
        reason=line.cells["reason"],
    )


def judgement_lines(judgements: Iterable[Judgement], columns: Sequence[str] = COLUMNS) -> str:
    """Write judgements as lines of CSV, without the header.

    Parameters
    ----------
    judgements
        What to write.
    columns
        The file's columns; those that no judgement has stay empty.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writerows(judgement.content for judgement in judgements)
    return text.getvalue()


@dataclass(frozen=True, slots=True)
class JudgementsFile:
    """``hand/judgements.csv``, written to by a program while people may edit it by hand.

    What people wrote stays byte for byte as it is. Each change appears under the file's name as a
    whole, and is on disk when the call returns.

    Parameters
    ----------
    path
        The file; it need not be there.
    """

    path: Path

    def add(self, judgements: Sequence[Judgement]) -> None:
        """Add lines at the end.

        Raises
        ------
        CaseError
            The file is no table of judgements.
        LedgerError
            It cannot be written.
        """
        content = self._content()
        if not content.removeprefix(_BOM).strip():
            content = (",".join(COLUMNS) + "\n").encode()
        columns, rest, end = self._headed(content)
        missing = [name for name in COLUMNS if name not in columns]
        if missing:
            columns = [*columns, *missing]
            head = io.StringIO(newline="")
            csv.writer(head, lineterminator=end).writerow(columns)
            content = (_BOM if content.startswith(_BOM) else b"") + head.getvalue().encode() + rest
        if not content.endswith((b"\n", b"\r")):
            content += end.encode()
        lines = judgement_lines(judgements, columns).replace("\n", end)
        self._write(content + lines.encode())

    def remove(self, judgement: Judgement, references: References) -> None:
        """Take away the last line that holds a judgement; without one, nothing is done.

        Raises
        ------
        LedgerError
            The file cannot be written.
        """
        content = self._content()
        spans = list(self._spans(content, references))
        found = next((span for span, held in reversed(spans) if held == judgement), None)
        if found is not None:
            lines = content.splitlines(keepends=True)
            self._write(b"".join([*lines[: found.start], *lines[found.stop :]]))

    def _spans(self, content: bytes, references: References) -> Iterator[tuple[range, Judgement]]:
        """Lines that each judgement takes up, a quoted cell being able to hold several."""
        reader = csv.reader(_lines(content))
        columns = next(reader, [])
        begun = reader.line_num
        for row in reader:
            if any(row):
                cells = dict.fromkeys(COLUMNS, "")
                cells |= {n: text.strip() for n, text in zip(columns, row, strict=False)}
                line = HandLine(cells, f"{self.path.name}, row {reader.line_num}")
                yield range(begun, reader.line_num), _judgement(line, references)
            begun = reader.line_num

    def _headed(self, content: bytes) -> tuple[list[str], bytes, str]:
        """Columns, all that stands below them, and how lines end."""
        lines = _lines(content)
        reader = csv.reader(lines)
        columns = next(reader)
        below = "".join(lines[reader.line_num :]).encode()
        end = "\r\n" if lines[reader.line_num - 1].endswith("\r\n") else "\n"
        return columns, below, end

    def _content(self) -> bytes:
        return self.path.read_bytes() if self.path.exists() else b""

    def _write(self, content: bytes) -> None:
        path = self.path.resolve()
        path.parent.mkdir(exist_ok=True)
        mode = (path if path.exists() else path.parent).stat().st_mode & 0o666
        with written_whole(path, replace=True) as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)


def _lines(content: bytes) -> list[str]:
    """Lines as CSV has them: of all that Unicode calls a line's end only CR and LF are."""
    return [line.decode() for line in content.removeprefix(_BOM).splitlines(keepends=True)]
