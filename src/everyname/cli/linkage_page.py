"""The evaluation of a linkage, in words and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from everyname.case.evaluation import AgainstPairs, AgainstTruth, LinkageEvaluation
from everyname.cli.screen import shown
from everyname.linkage.evaluation import Evaluation
from everyname.linkage.reliability import Reliability
from everyname.linkage.share import Share
from everyname.linkage.subgroup import SubgroupScore, SubgroupShare
from everyname.linkage.threshold_count import ThresholdCount

MOST = 60
"""Classes shown on the screen."""


def linkage_page(evaluation: LinkageEvaluation) -> RenderableType:
    """Put an evaluation into words and tables.

    Parameters
    ----------
    evaluation
        Persons found, held against what is true.
    """
    parts: list[RenderableType] = []
    if evaluation.truth:
        parts.extend(_truth(evaluation.found, evaluation.truth))
    if evaluation.truth and evaluation.pairs:
        parts.append(Text())
    if evaluation.pairs:
        parts.extend(_pairs(evaluation.found, evaluation.pairs))
    return Group(*parts)


def _truth(name: str, against: AgainstTruth) -> Iterator[RenderableType]:
    found = against.evaluation
    yield shown(f"{name} against {against.file}: {_many(found.records, 'record')} evaluated")
    if found.left_out:
        yield shown(f"Left out: {_many(found.left_out, 'record')} whose true person is not known")
    if against.not_linked:
        yield shown(f"Left out: {_many(against.not_linked, 'record')} of the truth not linked")
    yield shown(_count(against))
    yield Text()
    yield _scores(found)
    yield Text()
    whole = found.clusters
    yield shown(
        f"{_many(whole.split, 'true person')} split, {_many(whole.merged, 'found person')} merged "
        f"of several; the largest found has {_many(whole.largest_found, 'record')}, the largest "
        f"true {whole.largest_true:,}"
    )
    if found.blocking_recall:
        yield shown(f"Pairs that blocking and scoring brought up: {_share(found.blocking_recall)}")
    if against.estimated_blocking_recall is not None:
        estimated = _percent(against.estimated_blocking_recall)
        yield shown(f"Pairs that blocking brought up, as the model estimates it: {estimated}")
    if found.reliability:
        yield from _reliability(found.reliability)
    if against.thresholds:
        yield Text()
        yield _thresholds(against.thresholds)
    yield from _subgroups(found.subgroups)


def _pairs(name: str, against: AgainstPairs) -> Iterator[RenderableType]:
    found = against.evaluation
    yield shown(
        f"{name} against {against.file}: {_many(found.pairs, 'labelled pair')}, "
        f"{found.same:,} of one person"
    )
    if against.not_linked:
        yield shown(f"Left out: {_many(against.not_linked, 'pair')} with a record not linked")
    yield Text()
    lines = _table(("", "95% interval", "pairs"), ("share",))
    for words, share in (
        ("recall: of one person, put together", found.recall),
        ("precision: put together, of one person", found.precision),
        ("of two persons, kept apart", found.kept_apart),
    ):
        ratio = f"{share.part:,} of {share.of:,}"
        lines.add_row(words, _interval(share), ratio, _percent(share.value))
    yield lines
    if found.reliability:
        yield Text()
        yield from _reliability(found.reliability)
    yield from _subgroups(found.subgroups)


def _count(against: AgainstTruth) -> str:
    found = against.evaluation
    off = "the true number"
    if found.count_error:
        off = f"{abs(found.count_error):.1f}% too {'many' if found.count_error > 0 else 'few'}"
    words = (
        f"Count: {_many(found.count_found, 'person')} found, {found.count_true:,} in truth: {off}"
    )
    if against.low is None or against.high is None:
        return words
    within = "within" if against.low <= found.count_true <= against.high else "outside of"
    return f"{words}; the truth is {within} low {against.low:,} to high {against.high:,}"


def _table(left: Sequence[str], right: Sequence[str]) -> Table:
    """A table without lines; of its columns the first ones are text, the others numbers."""
    lines = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    for title in left:
        lines.add_column(title, overflow="fold")
    for title in right:
        lines.add_column(title, justify="right", no_wrap=True)
    return lines


def _scores(found: Evaluation) -> Table:
    pairwise, b_cubed, clusters = found.pairwise, found.b_cubed, found.clusters
    lines = _table(("",), ("precision", "recall", "F1", "found", "true", "both"))
    for words, score, numbers in (
        ("pairs of records", pairwise, (pairwise.found, pairwise.true, pairwise.both)),
        ("records (B-cubed)", b_cubed, ()),
        ("whole persons", clusters, (clusters.found, clusters.true, clusters.exact)),
    ):
        shares = map(_percent, (score.precision, score.recall, score.f1))
        lines.add_row(words, *shares, *(f"{n:,}" for n in numbers))
    return lines


def _reliability(found: Reliability) -> Iterator[RenderableType]:
    error = f"{found.error:.3f}"
    yield shown(f"Expected calibration error {error}, over {_many(found.pairs, 'scored pair')}")
    yield Text()
    lines = _table(("match probability", "95% interval"), ("mean", "matches", "pairs"))
    for each in found.bins:
        lines.add_row(
            f"{each.low:.2f} to {each.high:.2f}",
            _interval(each.matches),
            _percent(each.probability),
            _percent(each.matches.value),
            f"{each.pairs:,}",
        )
    yield lines


def _thresholds(found: Sequence[ThresholdCount]) -> Table:
    titles = ("persons", "off", "largest", "precision", "recall", "F1", "B-cubed F1")
    lines = _table(("threshold",), titles)
    for each in found:
        pairwise, b_cubed = each.pairwise, each.b_cubed
        shares = (pairwise.precision, pairwise.recall, pairwise.f1) if pairwise else (None,) * 3
        lines.add_row(
            f"{each.threshold:g}",
            f"{each.count:,}",
            "" if each.count_error is None else f"{_signed(each.count_error)}%",
            f"{each.largest:,}",
            *map(_percent, shares),
            _percent(b_cubed.f1 if b_cubed else None),
        )
    return lines


def _subgroups(scores: Sequence[SubgroupScore]) -> Iterator[RenderableType]:
    if not scores:
        return
    yield Text()
    lines = _table(("by", "class"), ("records", "recall", "points", "precision", "points"))
    for score in scores[:MOST]:
        lines.add_row(
            shown(score.subgroup),
            shown(_classes(score)),
            f"{score.records:,}",
            _percent(score.recall.share.value),
            _points(score.recall),
            _percent(score.precision.share.value),
            _points(score.precision),
        )
    yield lines
    if len(scores) > MOST:
        yield shown(f"... and {len(scores) - MOST:,} more classes: see --json")
    beside = [
        (score, what, share)
        for score in scores
        for what, share in (("recall", score.recall), ("precision", score.precision))
    ]
    if any(share.verdict == "too few" for _, _, share in beside):
        yield Text()
        yield shown("? more than 3 points below the whole, with too few pairs to tell (see --json)")
    worse = [each for each in beside if each[2].verdict == "worse"]
    if worse:
        yield Text()
        yield shown("! worse than the whole:")
    for score, what, share in worse:
        yield shown(
            f"  {what} of {score.subgroup} {_classes(score)}, by {abs(share.points or 0.0):.1f} "
            f"points: {_share(share.share)}"
        )


def _classes(score: SubgroupScore) -> str:
    """A class; or the two of a pair."""
    first, *second = score.classes
    return f"within {first}" if second == [first] else " with ".join(score.classes)


def _points(share: SubgroupShare) -> str:
    mark = {"worse": " !", "too few": " ?"}.get(share.verdict, "")
    return "" if share.points is None else f"{_signed(share.points)}{mark}"


def _signed(number: float) -> str:
    words = f"{number:+.1f}"
    return "0.0" if words in ("+0.0", "-0.0") else words


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{share:.1%}"


def _interval(share: Share) -> str:
    return "" if share.low is None else f"{share.low:.1%} to {share.high or 0.0:.1%}"


def _share(share: Share) -> str:
    if share.value is None:
        return "there are none"
    return (
        f"{_percent(share.value)}, {share.part:,} of {share.of:,}, 95% interval {_interval(share)}"
    )


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
