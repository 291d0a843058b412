"""Explanation: why two records are held to be one person, or two, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

from everyname.linkage.adjustment import adjusted
from everyname.linkage.contribution import Contribution, said
from everyname.linkage.model import ComparisonModel, Model
from everyname.linkage.natural_frequency import are, from_bits, odds_bits, of_many

# Less than this in bits is rounding, and no step of its own.
LEAST_STEP = 0.05

RemarkKind = Literal["event", "rest", "calibration", "conflict", "judgement", "clustering"]
StepKind = Literal["begin", "step", "silent", "total"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something beside the comparisons that decides, or moves the weight.

    Parameters
    ----------
    kind
        What it is.
    words
        One or two sentences.
    weight
        Bits by which it moves the match weight; 0 for what decides beyond weights.
    """

    kind: RemarkKind
    words: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall.

    Parameters
    ----------
    kind
        begin, the odds before anything is compared; step; silent, where a record does not state
        it; total.
    label, detail
        What it is, and what the two records say.
    start, end
        Match weight before and after it, in bits; `begin` and `total` start at 0, even odds.
    """

    kind: StepKind
    label: str
    detail: str
    start: float
    end: float

    @property
    def weight(self) -> float:
        """By how many bits it moves the match weight."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two records are held to be one person, or two.

    Parameters
    ----------
    trained
        Whether the shares of the levels were learnt from these records.
    within
        Whether the two stand on one list.
    begin
        Match weight before anything is compared, in bits: log2 of the prior odds.
    contributions
        One a comparison, in the model's order.
    remarks
        What moved the weight beside them, and what decided beyond it.
    weight
        Match weight in the end, in bits.
    probability
        Match probability in the end.
    """

    trained: bool
    within: bool
    begin: float
    contributions: tuple[Contribution, ...]
    remarks: tuple[Remark, ...]
    weight: float
    probability: float

    @property
    def words(self) -> tuple[str, ...]:
        """Sentences that somebody without statistics can follow, one a step."""
        lists = "one list" if self.within else "two different lists"
        begun, ended = of_many(from_bits(self.begin)), of_many(self.probability)
        begin = (
            f"Before anything is compared: {begun} pairs of records taken at random from {lists}"
            f" {are(begun)} of one person. {_SHARES[self.trained]}"
        )
        moved = [remark.words for remark in self.remarks if remark.weight]
        decided = [remark.words for remark in self.remarks if not remark.weight]
        end = (
            f"Taken together, the model holds that {ended} pairs like this one {are(ended)} of one"
            " person. It weighs each comparison as if it were independent of the others,"
            " and knows only what the records say."
        )
        return (begin, *(c.words for c in self.contributions), *moved, end, *decided)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The same as bars, each of which starts where the one before it ends."""
        lists = "one list" if self.within else "two lists"
        steps = [Step("begin", "Before comparing", f"any two records of {lists}", 0.0, self.begin)]
        for c in self.contributions:
            reached = steps[-1].end
            if c.stated:
                label = f"{c.label}: {c.level}"
                steps.append(Step("step", label, c.says, reached, reached + c.weight))
            else:
                steps.append(Step("silent", f"{c.label}: not stated", c.says, reached, reached))
        for remark in self.remarks:
            if remark.weight:
                reached = steps[-1].end
                steps.append(
                    Step("step", _MOVED[remark.kind], "", reached, reached + remark.weight)
                )
        decided = {remark.kind for remark in self.remarks if not remark.weight}
        beyond = next((words for kind, words in _DECIDED if kind in decided), "")
        detail = beyond or "pairs like this that are of one person"
        return (*steps, Step("total", "All together", detail, 0.0, self.weight))


_SHARES = {
    True: "The shares below were learnt from these records, without being told who is who.",
    False: "The shares below were set beforehand: these records are too few to learn them from.",
}
_MOVED: Mapping[RemarkKind, str] = {
    "event": "The same day and place together",
    "rest": "Beyond what was compared",
    "calibration": "Calibrated by judgements",
    "judgement": "Judgements",
    "conflict": "Names in conflict",
    "clustering": "Other records",
}
_DECIDED: tuple[tuple[RemarkKind, str], ...] = (
    ("judgement", "but a judgement decides"),
    ("conflict", "but names with nothing in common decide"),
)


def explain(
    model: Model,
    levels: Sequence[int],
    a_values: Mapping[str, str | None],
    b_values: Mapping[str, str | None],
    *,
    within: bool = False,
    event: int = -1,
    probability: float | None = None,
    remarks: Sequence[Remark] = (),
) -> Explanation:
    """Explain a pair.

    Parameters
    ----------
    model
        What was learnt.
    levels
        For each comparison of the model the position of the level that holds; -1 where one of the
        two does not state it. As `compared` gives them.
    a_values, b_values
        What the two records say: canonical text by field.
    within
        Whether they stand on one list.
    event
        Class of the day and place that both share, as `compared` gives it; -1 where they do not.
    probability
        Match probability that linkage holds; None where it did not score the pair. What the
        comparisons leave of it open becomes a step of its own.
    remarks
        What else moved the weight or decided, such as judgements.

    Returns
    -------
    Explanation
        Its weight is that of the model, step by step.

    References
    ----------
    Fellegi, I. P., Sunter, A. B. (1969). A theory for record linkage. JASA 64, 1183-1210.
    """
    plain = [
        _contribution(comparison, level, a_values, b_values)
        for comparison, level in zip(model.comparisons, levels, strict=True)
    ]
    contributions, together = adjusted(model, levels, event, plain)
    made = (Remark("event", together.words, together.weight), *remarks) if together else remarks
    begin = _begin(model.prior_within if within and model.prior_within else model.prior)
    weight = begin + sum(c.weight for c in contributions) + sum(r.weight for r in made)
    if probability is not None:
        # Beyond certainty, numbers near 1 tell nothing apart.
        reached = odds_bits(probability)
        if abs(reached - odds_bits(from_bits(weight))) >= LEAST_STEP:
            made = (*made, _rest(reached - weight))
            weight = reached
    return Explanation(
        model.trained, within, begin, contributions, tuple(made), weight, from_bits(weight)
    )


def _begin(prior: float) -> float:
    """Match weight before anything is compared; of two lists of millions it is far below -30."""
    return log2(prior / (1 - prior)) if 0 < prior < 1 else odds_bits(prior)


def _contribution(
    comparison: ComparisonModel,
    level: int,
    a_values: Mapping[str, str | None],
    b_values: Mapping[str, str | None],
) -> Contribution:
    name = comparison.name
    a_says, b_says = said(name, a_values), said(name, b_values)
    if level < 0:
        born = name == "age" and a_values.get("birth_date") and b_values.get("birth_date")
        because = "the two birth dates are compared instead" if born else ""
        return Contribution(name, comparison.label, "", a_says, b_says, because=because)
    held = comparison.levels[level]
    return Contribution(name, comparison.label, held.label, a_says, b_says, held.m, held.u)


def _rest(weight: float) -> Remark:
    """What linkage holds of a pair beyond what was compared."""
    side = "for one person" if weight > 0 else "for two persons"
    return Remark(
        "rest",
        "Linkage holds more of this pair than follows from these comparisons: that speaks further"
        f" {side}.",
        weight,
    )
