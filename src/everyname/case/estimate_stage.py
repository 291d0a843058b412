"""The estimate stage: how many persons are on no list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everyname.case.case_file import CaseFile, EstimateSection
from everyname.case.counts_stage import Counted, CountsOfCase
from everyname.case.folder import CaseFolder
from everyname.case.linkage_draws import LinkageDraws
from everyname.case.linkage_stage import LinkageOfCase
from everyname.case.stage import Progress, write_text
from everyname.counts import DISAGREE, UNKNOWN, CapturePatterns, Person
from everyname.estimation import Comparison, Estimate, Refusal, estimate
from everyname.estimation.strata_comparison import quick_estimator

_NOTHING = "null"
_STRATUM = "stratum "
_FEWEST_LISTS = 3


@dataclass(frozen=True, slots=True)
class EstimatesOfCase:
    """Estimates how many are unrecorded.

    Up to 20,000 records, or where ``case.toml`` says how many, linkages are drawn too, and the
    reported interval is made under each of them, with fewer particles than by itself.

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
        """The models side by side, as JSON; null where nobody is counted."""
        return self.folder.work / "estimates.json"

    def inputs(self) -> Mapping[str, Any]:
        """Which lists hold whom, in which strata, and how to estimate."""
        counted = CountsOfCase(self.folder, self.file).result()
        return {
            "patterns": _columns(counted, self.file.estimate),
            "settings": self.file.estimate.model_dump(),
            "linkage": LinkageDraws(self.folder, self.file).inputs() if self._draws() else None,
        }

    def work(self, progress: Progress) -> tuple[Path, ...]:
        """Estimate, by every model that is asked for."""
        progress("estimating the unrecorded")
        counted = CountsOfCase(self.folder, self.file).result()

        def told(words: str) -> None:
            progress(f"estimating the unrecorded: {words}")

        found = compare(counted, self.file.estimate, told)
        if found is not None:
            found = self._with_linkage(found, told)
        text = _NOTHING if found is None else found.model_dump_json(indent=1)
        write_text(self.result_file, text + "\n")
        return (self.result_file,)

    def _draws(self) -> int:
        # Of fewer lists nothing is reported that linkage could make uncertain.
        if len(self.file.estimate.lists or self.file.lists) < _FEWEST_LISTS:
            return 0
        records = LinkageOfCase(self.folder, self.file).account().records
        return LinkageDraws(self.folder, self.file).number(records)

    def _with_linkage(self, found: Comparison, progress: Progress) -> Comparison:
        """Carry the uncertainty of linkage into the reported interval, where there is one."""
        draws = self._draws()
        if not draws or not isinstance(found.reported, Estimate):
            return found
        made = LinkageDraws(self.folder, self.file).estimate(
            draws, quick_estimator(found.level, found.seed), progress
        )
        return found.model_copy(update={"with_linkage": made})

    def comparison(self) -> Comparison | None:
        """Read the models side by side; None where nobody is counted."""
        text = self.result_file.read_text(encoding="utf-8")
        return None if text.strip() == _NOTHING else Comparison.model_validate_json(text)

    def result(self) -> tuple[Estimate | Refusal, ...]:
        """Read the estimates and refusals of the models."""
        found = self.comparison()
        return () if found is None else found.results


def compare(
    counted: Counted, settings: EstimateSection, progress: Progress | None = None
) -> Comparison | None:
    """Estimate by the models of a case.

    Parameters
    ----------
    counted
        What the counts stage found.
    settings
        ``[estimate]`` of ``case.toml``.
    progress
        Told in a few words what is being done.

    Returns
    -------
    Comparison or None
        None where nobody in scope is on a list.
    """
    laid_out = _columns(counted, settings)
    if laid_out is None:
        return None
    columns, persons = laid_out
    strata = list(columns)[len(columns) - len(settings.by) :]
    return estimate(
        columns,
        persons,
        lists=[name for name in columns if name not in strata],
        level=settings.level,
        models=settings.models or None,
        seed=settings.seed,
        by=strata if persons and strata else None,
        imputations=settings.imputations,
        progress=progress,
    )


def _columns(
    counted: Counted, settings: EstimateSection
) -> tuple[dict[str, list[Any]], list[int]] | None:
    """Lay out the persons in scope: a column for each list and field of strata, and how many."""
    if counted.patterns is None:
        return None
    names = [n for n in counted.patterns.lists if not settings.lists or n in settings.lists]
    rows: Counter[tuple[Any, ...]] = Counter()
    for marks, strata, number in _patterns(counted, counted.patterns, names, settings.by):
        if any(marks):
            rows[(*marks, *strata)] += number
    labels = [name.replace("_", " ") for name in names]
    if len(set(labels)) < len(labels):
        labels = names
    labels += [_STRATUM + field if field in labels else field for field in settings.by]
    ordered = sorted(rows.items(), reverse=True)
    columns = {label: [row[place] for row, _ in ordered] for place, label in enumerate(labels)}
    return columns, [number for _, number in ordered]


def _patterns(
    counted: Counted, patterns: CapturePatterns, names: list[str], by: tuple[str, ...]
) -> Iterator[tuple[tuple[int, ...], tuple[str, ...], int]]:
    """Give marks of the lists, classes of the fields, and the persons with both."""
    if not by:
        places = [patterns.lists.index(name) for name in names]
        for pattern, number in patterns.rows:
            yield tuple(pattern[place] for place in places), (), number
        return
    for person in counted.persons:
        if person.included:
            marks = tuple(int(name in person.lists) for name in names)
            yield marks, tuple(_class(person, field) for field in by), 1


def _class(person: Person, field: str) -> str:
    """Give a person's class; where sources disagree it is as missing as where none says."""
    value = person.classes.get(field, UNKNOWN)
    return UNKNOWN if value == DISAGREE else value
