"""Compares labelled pairs of personal names, and measures rigour beside it where it is installed.

    .venv/bin/python benchmarks/name_pairs.py [NAME-PAIRS.csv]

The pairs are those of nomenklatura (MIT): only rows of the schema "Person". The rules come from
knowledge of naming; of the two halves, by a hash of the first name, only the errors of the first
were looked at. rigour (tried: 2.6.1) compares parts of names and leaves their weighing to its
users, so it is measured twice: with the mean over its own alignments (`analyze_names`,
`pair_symbols`, `align_person_name_order`, `compare_parts`), and, where nomenklatura is installed,
with the name match of its LogicV2. Prints figures only: the pairs name real people.
"""

from __future__ import annotations

import csv
import hashlib
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from everyname.vocabulary import SAME_NAME_FROM, PersonName, compare_names

SHARED = Path(__file__).parents[2] / "shared" / "data" / "lists" / "benchmark" / "name-pairs.csv"
RIGOUR_FROM = 0.7
"""Threshold at which nomenklatura takes a name for a match when nothing is configured."""

Row = dict[str, str]
Score = Callable[[str, str], float]


def main() -> int:
    """Print one line for each comparison."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if not path.is_file():
        print(f"skipped: {path} is not there")
        return 0
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["schema"] == "Person"]
    matches = sum(row["is_match"] == "true" for row in rows)
    print(f"{len(rows)} pairs of persons, {matches} of them matches\n")
    print("| comparison | from | F1 | precision | recall | F1 half 1 | F1 half 2 | best F1 | ms |")
    print("|---|---|---|---|---|---|---|---|---|")
    report("everyname, compare_names", SAME_NAME_FROM, everyname_score, rows)
    report("everyname, equal skeletons", 1.0, equal_skeletons, rows)
    for name, score in rigour_scores():
        report(name, RIGOUR_FROM, score, rows)
    return 0


def everyname_score(one: str, other: str) -> float:
    """Score of this project's comparison."""
    return compare_names(one, other).score


def equal_skeletons(one: str, other: str) -> float:
    """1 where the skeletons of two whole names are equal."""
    return float(PersonName(one).skeleton == PersonName(other).skeleton)


def rigour_scores() -> list[tuple[str, Score]]:
    """Comparisons made with rigour, as far as it is installed."""
    try:
        from rigour import names
    except ImportError:
        print("skipped: rigour is not installed", file=sys.stderr)
        return []

    def mean_of_alignments(one: str, other: str) -> float:
        tag, best = names.NameTypeTag.PER, 0.0
        for query in names.analyze_names(tag, [one], infer_initials=True):
            for result in names.analyze_names(tag, [other]):
                for edges in names.pair_symbols(query, result):
                    used = {part for edge in edges for part in edge.qps}
                    used_result = {part for edge in edges for part in edge.rps}
                    left, right = names.align_person_name_order(
                        [part for part in query.parts if part not in used],
                        [part for part in result.parts if part not in used_result],
                    )
                    scores = [a.score for a in names.compare_parts(left, right)]
                    scores += [1.0] * len(edges)
                    best = max(best, sum(scores) / len(scores) if scores else 0.0)
        return best

    return [("rigour, mean of its alignments", mean_of_alignments), *nomenklatura_scores()]


def nomenklatura_scores() -> list[tuple[str, Score]]:
    """Name match of nomenklatura's LogicV2, which rigour's documentation has in mind."""
    try:
        from followthemoney import model
        from nomenklatura.matching import LogicV2
        from nomenklatura.matching.logic_v2.names.match import name_match
    except ImportError:
        print("skipped: nomenklatura is not installed", file=sys.stderr)
        return []
    config = LogicV2.default_config()

    def person(name: str) -> object:
        entity = model.make_entity("Person")
        entity.id = name
        entity.add("name", name)
        return entity

    def one_way(one: str, other: str) -> float:
        return float(name_match(person(one), person(other), config).score)

    def best_way(one: str, other: str) -> float:
        return max(one_way(one, other), one_way(other, one))

    return [
        ("rigour in nomenklatura LogicV2", one_way),
        ("... better of both directions", best_way),
    ]


def report(name: str, threshold: float, score: Score, rows: Sequence[Row]) -> None:
    """Print the figures of one comparison at its threshold, and the best that any would give."""
    begun = time.perf_counter()
    scores = [score(row["name1"], row["name2"]) for row in rows]
    each = (time.perf_counter() - begun) / len(rows) * 1000
    labels = [row["is_match"] == "true" for row in rows]
    first = [half(row["name1"]) == 0 for row in rows]
    pairs = list(zip(scores, labels, strict=True))
    f1, precision, recall = figures(pairs, threshold)
    halves = [
        figures(
            [p for p, is_first in zip(pairs, first, strict=True) if is_first == which], threshold
        )
        for which in (True, False)
    ]
    best, at = max((figures(pairs, step / 50)[0], step / 50) for step in range(20, 51))
    print(
        f"| {name} | {threshold} | {f1:.3f} | {precision:.3f} | {recall:.3f} | {halves[0][0]:.3f} "
        f"| {halves[1][0]:.3f} | {best:.3f} from {at:.2f} | {each:.2f} |"
    )


def half(name: str) -> int:
    """Half that a pair belongs to: 0 for the rules, 1 held out."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2


def figures(pairs: Sequence[tuple[float, bool]], threshold: float) -> tuple[float, float, float]:
    """F1, precision and recall of pairs (score, label) at a threshold."""
    right = sum(label for score, label in pairs if score >= threshold)
    found = sum(score >= threshold for score, _ in pairs)
    matches = sum(label for _, label in pairs)
    f1 = 2 * right / (found + matches) if found + matches else 0.0
    return f1, right / found if found else 0.0, right / matches if matches else 0.0


if __name__ == "__main__":
    sys.exit(main())
