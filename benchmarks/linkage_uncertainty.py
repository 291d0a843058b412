"""Measures how far linkage knows what it does not know, on sets whose truth is known.

Prints, for each set, the 95% interval of the count from sampled clusterings beside the truth, and,
for the set of ``--review``, what judgements answered from the truth, some of them wrong, do to the
error of the count and to the calibration of the match probabilities. Sets whose files are not
there are skipped, visibly:

    .venv/bin/python benchmarks/linkage_uncertainty.py [SET...] [--draws 200] [--review SET]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np

from everyname.linkage import Linkage, Thresholds, link_values
from everyname.linkage.clusters import Ties, cluster
from everyname.linkage.missed import credible_recall
from everyname.linkage.pairs import Pairs
from everyname.linkage.questions import questions
from everyname.linkage.refinement import refined
from everyname.linkage.sampling import counts_of, interval, sample_clusterings
from linkage_scores import Labels, Linked, Scored, numbers
from linkage_sets import SETS, DataSet, load

WRONG = 0.05
SEED = 613


def known(data: DataSet) -> Labels:
    """Positions of the records whose truth is known."""
    return np.flatnonzero([person is not None for person in data.truth])


def count_line(data: DataSet, linkage: Linkage, draws: int) -> tuple[str, bool]:
    """Count and interval among the records whose truth is known, and whether it covers."""
    places = known(data)
    sampled = sample_clusterings(
        data.values.height,
        linkage.pairs,
        Ties(),
        np.random.default_rng(SEED),
        draws,
        recall=credible_recall(linkage.model.blocking_recall),
        lists=data.lists,
    )
    found = interval(counts_of(labels[places] for labels in sampled))
    covers = found.low <= data.persons <= found.high
    best = len(np.unique(linkage.clustering.best[places]))
    width = 100 * (found.high - found.low) / data.persons
    text = (
        f"{data.name}: true {data.persons:,}, best {best:,}, 95% {found.low:,} to {found.high:,} "
        f"({'covers' if covers else 'MISSES'}; width {width:.1f}%)"
    )
    return text, covers


def answered(data: DataSet, linkage: Linkage, number: int, rng: np.random.Generator) -> Ties:
    """Answer questions from the truth, some of them wrongly."""
    size = data.values.height
    truth = numbers([t if t is not None else at for at, t in enumerate(data.truth)])
    asked = questions(linkage.pairs, linkage.clustering, Thresholds(), Ties(), size)
    for _ in range(number):
        question = asked.next()
        if question is None:
            break
        same = bool(truth[question.a] == truth[question.b]) != (rng.random() < WRONG)
        asked.judge(question.a, question.b, "same" if same else "different")
    return asked.settled.ties(range(size))


def review_lines(data: DataSet, linkage: Linkage, number: int, times: int) -> Iterator[str]:
    """Error of the count and calibration error before and after judgements."""

    def line(label: str, pairs: Pairs, ties: Ties) -> str:
        found = cluster(data.values.height, pairs, Thresholds(), ties)
        readings = found.low, found.best, found.high
        scored = Scored(data, Linked(*readings, pairs.a, pairs.b, pairs.probability))
        _, best, _, true = scored.counts()
        return (
            f"  {label}: count {best:,} of {true:,} ({100 * (best - true) / true:+.1f}%), "
            f"pairs {scored.pairwise()}, calibration error {scored.calibration():.3f}"
        )

    yield line("before", linkage.pairs, Ties())
    for seed in range(times):
        ties = answered(data, linkage, number, np.random.default_rng(seed))
        corrected, calibration = refined(linkage.pairs, ties)
        yield line(f"{number} judgements, these pairs alone", linkage.pairs, ties)
        drawn = f"{calibration.number} of them drawn at random"
        yield line(f"{number} judgements, probabilities refined, {drawn}", corrected, ties)


def main() -> None:
    """Measure the sets named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)}")
    parser.add_argument("--draws", type=int, default=200, help="clusterings drawn a set")
    parser.add_argument("--review", metavar="SET", help="simulate a review of this set alone")
    parser.add_argument("--judgements", type=int, default=200)
    parser.add_argument("--times", type=int, default=1, help="reviews, each with other mistakes")
    given = parser.parse_args()
    covered = []
    for name in [given.review] if given.review else given.sets or SETS:
        try:
            data = load(name)
        except FileNotFoundError:
            print(f"{name}: skipped, its files are not there", flush=True)
            continue
        linkage = link_values(data.values, data.lists)
        if given.review:
            print(f"{name}: review", flush=True)
            for text in review_lines(data, linkage, given.judgements, given.times):
                print(text, flush=True)
            continue
        text, covers = count_line(data, linkage, given.draws)
        covered.append(covers)
        print(text, flush=True)
    if covered:
        print(f"covered: {sum(covered)} of {len(covered)}")


if __name__ == "__main__":
    main()
