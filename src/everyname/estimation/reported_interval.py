"""Reported interval: what is shown first, wide enough for what the table cannot tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, exp, floor

import numpy as np
from numpy.typing import ArrayLike
from pydantic import BaseModel, ConfigDict

from everyname.errors import EstimationError
from everyname.estimation.assumptions import CLOSED, MATCHED
from everyname.estimation.contenders import (
    CLASSES,
    MOVES,
    PARTICLES,
    Array,
    ContenderFamily,
    class_family,
    heterogeneity_family,
    log_linear_family,
    quantiles,
)
from everyname.estimation.kernels.class_mixture import ReachPrior
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, Refusal, checked_level, checked_seed
from everyname.estimation.table_input import TableLike, as_table

_NAME = "Reported interval"
_FEWEST_LISTS = 3
_MOST_LISTS = 8
_FEWEST_SHARED = 7
_DOUBT = 0.1
_TANGLED = 0.5
_BOUNDLESS = 50.0
_FEWEST_PARTICLES = 100
_SHOWN = 0.05

_ASSUMPTIONS = (
    CLOSED,
    MATCHED,
    (
        "At least one of three things holds: lists depend on each other only in ways that show"
        " among the recorded; or persons differ in how hard they are to record, alike for all"
        " lists; or the population is made of up to three groups within which lists are"
        " independent."
    ),
    "Everybody had some chance to be recorded: those whom no list could reach are not in it.",
)
_REFERENCE = (
    "Averaging: Hoeting, Madigan, Raftery and Volinsky (1999), Statistical Science 14, 382-417;"
    " families: Fienberg (1972), Biometrika 59, 591-603; Rivest and Baillargeon (2007), Biometrics"
    " 63, 999-1006; Manrique-Vallier (2016), Biometrics 72, 1246-1254; why it is widened: Link"
    " (2003), Biometrics 59, 1123-1130."
)


class FamilyShare(BaseModel):
    """What one family of models says, and how well it explains the table.

    Attributes
    ----------
    takes_for_granted
        In words.
    weight
        Its share of the evidence, 0 to 1.
    point, low, high
        Total number of persons by this family alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    takes_for_granted: str
    weight: float
    point: float
    low: float
    high: float


class ReportedEstimate(Estimate):
    """The interval shown first: families of models averaged, and widened where in doubt.

    Attributes
    ----------
    families
        The families with their shares of the evidence.
    unequal
        Probability that persons differ in reach, by the families that allow it.
    widened
        Whether the interval was widened to all that such families allow.
    """

    families: tuple[FamilyShare, ...]
    unequal: float
    widened: bool


def reported(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    level: float = 0.95,
    seed: int = 1,
    particles: int = PARTICLES,
) -> ReportedEstimate | Refusal:
    """Give the interval that is shown first, or refuse it.

    Three families that take different things for granted are weighed by how well they explain the
    table: log-linear models with interactions, heterogeneity alike for all lists, and latent
    classes. The interval holds the middle `level` of their mixture. Where models in which persons
    differ in reach have more than a tenth of the weight, it is widened to the union of what the
    three families say, those that allow such differences without their models of persons all
    alike: models that fit the recorded alike can disagree about the unrecorded without limit (Link
    2003), and no weight by fit settles which is right. It is widened in the same way where more
    than half of the weight lies on log-linear models in which three lists and more depend on each
    other at once, or whose pairs do not explain the table: lists so entangled leave open how they
    depend where nobody is recorded.

    Parameters
    ----------
    data, counts
        Capture patterns of 3 to 8 lists, as in `as_table`.
    level
        Nominal coverage, between 0 and 1.
    seed
        Where random numbers start.
    particles
        Draws from the posterior of each number of groups. A fifth of them takes a quarter of the
        time and is enough for one of many replicates; the upper end then has a standard deviation
        of about 0.15 in the logarithm of the unrecorded from seed to seed.

    Raises
    ------
    EstimationError
        Where `data` is no table of capture patterns, `level` is not between 0 and 1, `seed` is not
        a whole number from 0 up, or there are fewer than 100 particles.

    References
    ----------
    Hoeting, Madigan, Raftery and Volinsky (1999), Statistical Science 14, 382-417; Link (2003),
    Biometrics 59, 1123-1130.
    """
    table = as_table(data, counts)
    checked_level(level)
    checked_seed(seed)
    if particles < _FEWEST_PARTICLES:
        raise EstimationError(
            f"{particles} particles", do=f"Give {_FEWEST_PARTICLES} or more: fewer show nothing."
        )
    held = table.sizes > 0
    reason = _unsupported(table, int(held.sum()))
    if reason:
        return Refusal(model=_NAME, reason=reason)
    kept = PatternTable(
        tuple(name for name, some in zip(table.lists, held, strict=True) if some),
        table.histories[:, held],
        table.counts,
    )
    families = [
        family
        for family in (
            log_linear_family(kept),
            heterogeneity_family(kept),
            class_family(kept, seed, particles),
        )
        if family.members
    ]
    return _reported(kept, families, level, {"seed": seed, "particles": particles})


def _reported(
    table: PatternTable, families: Sequence[ContenderFamily], level: float, chance: dict[str, int]
) -> ReportedEstimate | Refusal:
    shares = ((1 - level) / 2, 0.5, (1 + level) / 2)
    low, point, high = quantiles(families, shares)
    weights = np.exp(_normalised([family.log_evidence for family in families]))
    others = [family.unequal for family in families if family.allows_unequal]
    others = [family for family in others if family.members]
    whole = np.logaddexp.reduce([family.log_evidence for family in families])
    unequal = sum(exp(family.log_evidence - whole) for family in others)
    tangled = sum(
        float(weight) * family.tangled for family, weight in zip(families, weights, strict=True)
    )
    widened = unequal > _DOUBT or tangled > _TANGLED
    mixed = (table.observed + low, table.observed + high)
    if widened:
        kept = [family for family in families if not family.allows_unequal]
        for family in (*kept, *others):
            below, _, above = quantiles([family], shares)
            low, high = min(low, below), max(high, above)
    observed = table.observed
    if high > _BOUNDLESS * observed:
        return Refusal(
            model=_NAME,
            reason=(
                f"The table sets no upper limit: models that fit it allow more than"
                f" {_BOUNDLESS:g} times the {observed:,} recorded. The same models put the lower"
                f" end at {floor(observed + low):,}."
            ),
        )
    return ReportedEstimate(
        model=_NAME,
        point=observed + point,
        low=observed + low,
        high=observed + high,
        level=level,
        observed=observed,
        unrecorded=point,
        assumptions=_ASSUMPTIONS,
        reference=_REFERENCE,
        settings=_settings(len(table.lists), chance, widened=widened),
        lower_bound=False,
        diagnostics=tuple(
            _diagnostics(families, weights, (unequal, tangled), mixed if widened else None)
        ),
        families=tuple(_shares(table, families, weights, shares)),
        unequal=unequal,
        widened=widened,
    )


def _unsupported(table: PatternTable, lists: int) -> str:
    if lists < _FEWEST_LISTS:
        return (
            f"{lists} list{'s' if lists != 1 else ''} cannot show whether being on one makes it"
            " likelier to be on another: whatever is said of the unrecorded then rests on an"
            " assumption that nothing checks."
        )
    if lists > _MOST_LISTS:
        return (
            f"{lists} lists are more than the {_MOST_LISTS} for which the interval was tried: join"
            " lists that work alike, or name the lists to use."
        )
    shared = int(table.frequencies[2:].sum())
    if shared < _FEWEST_SHARED:
        return (
            f"Only {shared} persons are in more than one list: at least {_FEWEST_SHARED} are needed"
            " to say anything of those in none."
        )
    return ""


def _normalised(values: Sequence[float]) -> Array:
    array: Array = np.asarray(values, dtype=np.float64)
    result: Array = array - np.logaddexp.reduce(array)
    return result


def _shares(
    table: PatternTable,
    families: Sequence[ContenderFamily],
    weights: Array,
    shares: tuple[float, float, float],
) -> Iterator[FamilyShare]:
    for family, weight in zip(families, weights, strict=True):
        low, point, high = quantiles([family], shares)
        yield FamilyShare(
            takes_for_granted=family.name,
            weight=float(weight),
            point=table.observed + point,
            low=table.observed + low,
            high=table.observed + high,
        )


def _settings(lists: int, chance: dict[str, int], *, widened: bool) -> dict[str, str | int | float]:
    prior = ReachPrior()
    return {
        "interval": "union over families" if widened else "mixture of families",
        "lists": lists,
        **chance,
        "classes": f"{CLASSES[0]} to {CLASSES[-1]}",
        "moves": MOVES,
        "reach_centre": prior.centre,
        "reach_of_lists": prior.of_lists,
        "reach_of_classes": prior.of_classes,
        "reach_of_both": prior.of_both,
        "doubt": _DOUBT,
        "tangled": _TANGLED,
        "widened": int(widened),
    }


def _diagnostics(
    families: Sequence[ContenderFamily],
    weights: Array,
    doubts: tuple[float, float],
    mixed: tuple[float, float] | None,
) -> Iterator[str]:
    said = "; ".join(
        f"that {family.name}, {weight:.0%}"
        for family, weight in zip(families, weights, strict=True)
    )
    yield f"Share of the evidence by what is taken for granted: {said}."
    unequal, tangled = doubts
    if mixed is not None and unequal <= _DOUBT:
        yield (
            "The interval is widened to what models of unlike persons say: the lists depend on each"
            f" other in ways too entangled ({tangled:.0%} of the evidence) to say how they do where"
            f" nobody is recorded. Averaged by fit alone it would be {floor(mixed[0]):,} to"
            f" {ceil(mixed[1]):,}."
        )
    elif mixed is not None:
        yield (
            f"The interval is widened: by fit, and with equal shares in advance, models in which"
            f" some persons are harder to record than others have {unequal:.0%} of the weight, and"
            " they fit the recorded alike while they disagree about the unrecorded. Averaged by fit"
            f" alone it would be {floor(mixed[0]):,} to {ceil(mixed[1]):,}."
        )
    else:
        yield (
            "The interval is not widened: models in which some persons are harder to record than"
            f" others have {unequal:.0%} of the weight."
        )
    extended = sum(
        float(weight) * family.extended for family, weight in zip(families, weights, strict=True)
    )
    if extended > _SHOWN:
        yield (
            f"{extended:.0%} of the weight lies on log-linear models in which lists that share"
            " nobody exclude each other: their extended estimates are used, while the models shown"
            " beside leave out every model without an ordinary one and may differ."
        )
