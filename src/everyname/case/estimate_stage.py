"""The estimate stage: how many persons are on no list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from everyname.case.case_file import CaseFile
from everyname.case.counts_stage import CountsOfCase
from everyname.case.folder import CaseFolder
from everyname.case.stage import Progress, write_text
from everyname.counts import CapturePatterns
from everyname.errors import EstimationError
from everyname.estimation import Estimate, PatternTable, Refusal, estimate_all

_RESULTS: TypeAdapter[tuple[Estimate | Refusal, ...]] = TypeAdapter(tuple[Estimate | Refusal, ...])


@dataclass(frozen=True, slots=True)
class EstimatesOfCase:
    """Estimates how many are unrecorded.

    Parameters
    ----------
    folder
        The case.
    file
        What ``case.toml`` says.
    """

    folder: CaseFolder
    file: CaseFile

    @property
    def result_file(self) -> Path:
        """The estimates and refusals."""
        return self.folder.work / "estimates.json"

    def inputs(self) -> Mapping[str, Any]:
        """Which lists hold whom, and which lists to use."""
        patterns = CountsOfCase(self.folder, self.file).result().patterns
        return {
            "patterns": patterns.model_dump() if patterns else None,
            "settings": self.file.estimate.model_dump(),
        }

    def work(self, progress: Progress) -> tuple[Path, ...]:
        """Estimate, by every method that the lists allow."""
        progress("estimating the unrecorded")
        patterns = CountsOfCase(self.folder, self.file).result().patterns
        results: tuple[Estimate | Refusal, ...] = ()
        if patterns is not None:
            results = estimates(patterns, self.file.estimate.lists)
        write_text(self.result_file, _RESULTS.dump_json(results, indent=1).decode() + "\n")
        return (self.result_file,)

    def result(self) -> tuple[Estimate | Refusal, ...]:
        """Read the estimates."""
        return _RESULTS.validate_json(self.result_file.read_text(encoding="utf-8"))


def estimates(patterns: CapturePatterns, wanted: tuple[str, ...]) -> tuple[Estimate | Refusal, ...]:
    """Estimate from capture patterns over chosen lists.

    Parameters
    ----------
    patterns
        Which lists hold whom.
    wanted
        Lists to use; empty for all. Persons on none of them are left out.
    """
    chosen = [i for i, name in enumerate(patterns.lists) if not wanted or name in wanted]
    rows: dict[tuple[int, ...], int] = {}
    for pattern, number in patterns.rows:
        part = tuple(pattern[i] for i in chosen)
        if any(part):
            rows[part] = rows.get(part, 0) + number
    try:
        names = [patterns.lists[i].replace("_", " ") for i in chosen]
        table = PatternTable.from_rows(names, tuple(rows.items()))
    except EstimationError as error:
        return (Refusal(model="Multiple systems estimation", reason=str(error)),)
    return tuple(estimate_all(table))
