"""Counts how often intervals hold the truth, over populations whose truth is known.

    .venv/bin/python benchmarks/coverage.py --populations 200 --models reported chao_log_linear

Populations of 3,000 are drawn from each of nine designs (`everyname.simulation.capture_designs`)
or, with ``--held-out SEED``, from random designs of the same kinds. A model is named as in
``everyname estimate --models`` or is a function of `everyname.estimation`, with its arguments
where they are not the usual ones (``loglinear:criterion=aic``); *reported* is the interval that
the report shows first. The same population is drawn whatever the order, the models and the number
of processes; the seed of an estimator is the number of the population.

Every result is kept as a line of ``results.jsonl`` in ``--folder``; a run that was stopped goes on
where it was. ``--fresh`` drops what is kept of the models named. The table goes to ``coverage.md``
there. Its columns:

- *coverage*: share of the intervals given that hold the truth;
- *estimate*, *width*: medians over the intervals given, divided by the truth;
- *to best*: the width to that of the narrowest single model which covers in 90% or more and
  refuses in 10% or less; lower bounds count as models where their interval covers;
- *refused*, *widened*: share of the populations where the model says beforehand that it gives no
  interval, or a wider one than its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
import zlib
from ast import literal_eval
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from inspect import signature
from math import sqrt
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

# Each process takes one core: threads inside it would only wait for one another.
for variable in ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

if __name__ == "coverage":
    # Numba looks for the package of this name and, from any script in this folder, finds this file.
    raise ImportError("benchmarks/coverage.py is a script and not the package coverage")

import numpy as np  # noqa: E402 - reads the number of threads when it is imported

from everyname import estimation  # noqa: E402
from everyname.errors import EverynameError  # noqa: E402
from everyname.estimation import PatternTable  # noqa: E402
from everyname.estimation.models import MODELS, PAIRS  # noqa: E402
from everyname.simulation.capture_designs import (  # noqa: E402
    NINE,
    CaptureDesign,
    capture_design,
    held_out,
)
from everyname.simulation.capture_population import CapturePopulation  # noqa: E402

SEED, RIGHT, SELDOM = 613, 0.90, 0.10
FOLDER = Path("/tmp/everyname-coverage")  # noqa: S108
REPORTED = "reported"
HEAD = (
    "| design | recorded | model | coverage | estimate | width | to best | refused | widened | s |"
)


@dataclass(frozen=True, slots=True)
class Task:
    """One population and the models to fit to it."""

    design: str
    chances: tuple[float, ...]
    lists: tuple[str, ...]
    persons: int
    population: int
    models: tuple[str, ...]
    level: float


@dataclass(frozen=True, slots=True)
class Line:
    """What one model gave for one population; `refused` is the reason, empty where none."""

    design: str
    drawn_from: str
    persons: int
    population: int
    model: str
    level: float
    recorded: int
    point: float
    low: float
    high: float
    refused: str
    widened: bool
    seconds: float
    code: str

    @property
    def key(self) -> tuple[str, str, int, int, str, float]:
        """What the line is a result of."""
        named = (self.design, self.drawn_from, self.persons)
        return (*named, self.population, self.model, self.level)

    @property
    def holds(self) -> bool:
        """Whether the interval holds the truth."""
        return self.low <= self.persons <= self.high


def code() -> str:
    """Fingerprint of the estimators' source, to tell results of other code."""
    found = hashlib.sha256()
    for path in sorted(Path(estimation.__file__).parent.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def fingerprint(chances: Sequence[float]) -> str:
    return hashlib.sha256(np.array(chances).tobytes()).hexdigest()[:12]


def called(model: str) -> tuple[str, dict[str, Any]]:
    """Split ``name:argument=value,argument=value``; values that are no literals are texts."""
    name, _, rest = model.partition(":")
    arguments: dict[str, Any] = {}
    for pair in filter(None, rest.split(",")):
        key, _, value = pair.partition("=")
        try:
            arguments[key] = literal_eval(value)
        except (ValueError, SyntaxError):
            arguments[key] = value
    return name, arguments


def at_hand(model: str) -> None:
    """Stop where there is no such model.

    Raises
    ------
    SystemExit
        With the models there are.
    """
    name, _ = called(model)
    if name in MODELS:
        found = find_spec(f"everyname.estimation.{MODELS[name].module}") is not None
    else:
        found = callable(getattr(estimation, name, None))
    if name in MODELS and MODELS[name].family == PAIRS:
        sys.exit(f"{name} gives a result for each pair of lists: name a model that gives one")
    if not found:
        sys.exit(f"there is no {model!r}: use {REPORTED}, {', '.join(MODELS)} or a function")


def fitted(model: str, table: PatternTable, level: float, seed: int) -> Any:  # noqa: ANN401
    """What the model gives for the table: an estimate or a refusal.

    Raises
    ------
    TypeError
        Where it gives several, one for each pair of lists.
    """
    name, given = called(model)
    if name in MODELS:
        known = MODELS[name]
        settings = tuple({**dict(known.settings), **given}.items())
        found: Any = replace(known, settings=settings).run(table, level=level, seed=seed)
        if len(found) > 1:
            raise TypeError(f"{model} gives several results: name a model that gives one")
        return found[0]
    estimator = getattr(estimation, name)
    seeds = {"seed": seed} if "seed" in signature(estimator).parameters else {}
    found = estimator(table, level=level, **{**seeds, **given})
    # A comparison of several models holds the interval that is shown first.
    return getattr(found, "reported", found)


def results(task: Task) -> list[Line]:
    """Draw the population and fit the models to it."""
    design = np.array(task.chances)
    rng = np.random.default_rng([SEED, zlib.crc32(task.design.encode()), task.population])
    drawn = CapturePopulation(task.lists, design).draw(task.persons, rng)
    table = PatternTable(drawn.lists, drawn.histories, drawn.counts)
    lines = []
    for model in task.models:
        begun = time.perf_counter()
        try:
            shown = fitted(model, table, task.level, task.population + 1)
        except Exception as error:
            error.add_note(f"{model} on {task.design}, population {task.population}")
            raise
        seconds = time.perf_counter() - begun
        reason = getattr(shown, "reason", "")
        settings = getattr(shown, "settings", {})
        lines.append(
            Line(
                design=task.design,
                drawn_from=fingerprint(task.chances),
                persons=task.persons,
                population=task.population,
                model=model,
                level=task.level,
                recorded=drawn.recorded,
                point=float("nan") if reason else float(shown.point),
                low=float("nan") if reason else float(shown.low),
                high=float("nan") if reason else float(shown.high),
                refused=reason,
                widened=bool(getattr(shown, "widened", settings.get("widened", False))),
                seconds=seconds,
                code=CODE,
            )
        )
    return lines


def kept(path: Path) -> Iterator[Line]:
    """Results of earlier runs; a last line that was cut off is left out."""
    if not path.exists():
        return
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            yield Line(**json.loads(text))
        except (json.JSONDecodeError, TypeError):
            continue


def tasks(
    designs: Iterable[CaptureDesign], asked: argparse.Namespace, done: set[Any]
) -> Iterator[Task]:
    """What is still to be done, design by design."""
    for design in designs:
        chances = tuple(design.population.chances.tolist())
        for population in range(asked.populations):
            named = (design.name, fingerprint(chances), asked.persons, population)
            models = tuple(m for m in asked.models if (*named, m, asked.level) not in done)
            if models:
                yield Task(
                    design.name,
                    chances,
                    design.population.lists,
                    asked.persons,
                    population,
                    models,
                    asked.level,
                )


def run(todo: Sequence[Task], path: Path, processes: int) -> Iterator[Line]:
    """Fit, keep every result at once, and say how far it is."""
    begun, said = time.monotonic(), 0.0
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    with pool, path.open("a", encoding="utf-8") as file:
        waiting = [pool.submit(results, task) for task in todo]
        try:
            for number, future in enumerate(as_completed(waiting), start=1):
                for line in future.result():
                    file.write(json.dumps(asdict(line)) + "\n")
                    yield line
                file.flush()
                now = time.monotonic()
                if now - said > 2 or number == len(todo):
                    said = now
                    left = (now - begun) / number * (len(todo) - number)
                    print(
                        f"{number:,} of {len(todo):,} populations, {left:,.0f} s left",
                        file=sys.stderr,
                    )
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@dataclass(frozen=True, slots=True)
class Row:
    """One model on one design."""

    model: str
    given: int
    coverage: float
    estimate: float
    width: float
    refused: float
    widened: float
    seconds: float

    @property
    def right(self) -> bool:
        """Whether it covers often enough, and gives an interval often enough, to be compared."""
        return self.model != REPORTED and self.coverage >= RIGHT and self.refused <= SELDOM


def row(model: str, lines: Sequence[Line]) -> Row:
    given = [line for line in lines if not line.refused]
    nothing = float("nan")
    return Row(
        model=model,
        given=len(given),
        coverage=sum(line.holds for line in given) / len(given) if given else nothing,
        estimate=median(line.point / line.persons for line in given) if given else nothing,
        width=median((x.high - x.low) / x.persons for x in given) if given else nothing,
        refused=1 - len(given) / len(lines),
        widened=sum(line.widened for line in lines) / len(lines),
        seconds=median(line.seconds for line in lines),
    )


def table(designs: Sequence[CaptureDesign], lines: Sequence[Line], models: Sequence[str]) -> str:
    """The table in Markdown."""
    out = [HEAD, "|" + "---|" * (HEAD.count("|") - 1)]
    for design in designs:
        own = [line for line in lines if line.design == design.name]
        rows = [row(m, [x for x in own if x.model == m]) for m in models]
        best = min((r.width for r in rows if r.right), default=float("nan"))
        share = median(line.recorded / line.persons for line in own)
        out += [
            f"| {design.name} | {share:.0%} | {r.model} | {r.coverage:.3f} | {r.estimate:.2f} "
            f"| {r.width:.2f} | {r.width / best:.2f} | {r.refused:.0%} | {r.widened:.0%} "
            f"| {r.seconds:.2f} |".replace("nan", "-")
            for r in rows
        ]
    return "\n".join(out)


def lowest(designs: Sequence[CaptureDesign], lines: Sequence[Line], models: Sequence[str]) -> str:
    """The design on which each model covers least, with the standard error of that share."""
    out = []
    for model in models:
        rows = {
            design.name: row(
                model, [x for x in lines if x.design == design.name and x.model == model]
            )
            for design in designs
        }
        given = {name: r for name, r in rows.items() if r.given}
        if not given:
            out.append(f"{model}: refuses everywhere")
            continue
        name = min(given, key=lambda key: given[key].coverage)
        worst = given[name]
        error = sqrt(worst.coverage * (1 - worst.coverage) / worst.given)
        enough = sum(r.coverage >= RIGHT for r in given.values())
        out.append(
            f"{model}: {RIGHT:.0%} or more on {enough} of {len(designs)} designs; least on {name}, "
            f"{worst.coverage:.3f} (standard error {error:.3f})"
        )
    return "\n".join(out)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--designs", nargs="+", default=list(NINE), metavar="DESIGN")
    parser.add_argument("--held-out", type=int, nargs="+", metavar="SEED")
    parser.add_argument("--populations", type=int, default=200)
    parser.add_argument("--persons", type=int, default=3000)
    parser.add_argument("--models", nargs="+", default=[REPORTED], metavar="MODEL")
    parser.add_argument("--level", type=float, default=0.95)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--fresh", action="store_true")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    for model in asked.models:
        at_hand(model)
    designs = (
        [design for seed in asked.held_out for design in held_out(seed)]
        if asked.held_out
        else [capture_design(name) for name in asked.designs]
    )
    asked.folder.mkdir(parents=True, exist_ok=True)
    path = asked.folder / "results.jsonl"
    earlier = list(kept(path))
    if asked.fresh:
        earlier = [line for line in earlier if line.model not in asked.models]
    path.write_text("".join(json.dumps(asdict(x)) + "\n" for x in earlier), encoding="utf-8")
    todo = list(tasks(designs, asked, {line.key for line in earlier}))
    every = {line.key: line for line in [*earlier, *run(todo, path, asked.processes)]}
    wanted = {
        (d.name, fingerprint(d.population.chances.tolist()), asked.persons, at, m, asked.level)
        for d in designs
        for at in range(asked.populations)
        for m in asked.models
    }
    lines = [line for key, line in every.items() if key in wanted]
    old = sum(line.code != CODE for line in lines)
    if old:
        print(f"{old:,} results are of other code; --fresh makes them anew.", file=sys.stderr)
    text = f"{table(designs, lines, asked.models)}\n\n{lowest(designs, lines, asked.models)}\n"
    (asked.folder / "coverage.md").write_text(text, encoding="utf-8")
    print(text)


CODE = code()

if __name__ == "__main__":
    try:
        main()
    except EverynameError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped: the same command goes on from here.")
