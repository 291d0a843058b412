"""Whether the latent class posterior can be given as one interval; the seed has no say in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.convergence import Convergence
from everyname.estimation.latent_class_estimate import DISAGREED
from everyname.estimation.latent_class_refusals import cap_decides, several_modes
from everyname.estimation.modes import valleys
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Refusal

if TYPE_CHECKING:
    from everyname.estimation.mode_weights import Weighing

Progress = Callable[[int, Convergence], None]
"""Called after each block with the draws a chain so far and how they stand.

While modes are looked for and weighed, `Convergence.stage` says so.
"""

MODEL = "Latent classes"
# More of the posterior than this near the cap, and the cap decides: see `latent_class`.
CAP_DECIDES = 0.05
# Between these shares chains of different seeds could fall on either side of the rule; chains of
# one seed, the same for everybody, decide.
_UNDECIDED = (0.03, 0.08)
# Draws of a chain below which valleys between chains may be chance.
_LOOK = 2000


@dataclass(frozen=True, slots=True)
class CappedModel:
    """The table and what decides the posterior.

    Attributes
    ----------
    table
        Patterns and their counts.
    classes, a, b
        K, and shape and rate of the prior of alpha.
    cap
        Largest number of unrecorded persons.
    level
        Mass of the intervals.
    """

    table: PatternTable
    classes: int
    a: float
    b: float
    cap: float
    level: float


def weighed_modes(model: CappedModel, progress: Progress | None) -> Weighing | None:
    """Look for local maxima, and weigh their modes where there are several; None for one group."""
    from everyname.estimation.mode_weights import weighing
    from everyname.estimation.optima import optima

    groups = optima(model.table, classes=model.classes, a=model.a, b=model.b, cap=model.cap)
    if len(groups) < 2:
        return None
    return weighing(
        model.table,
        groups,
        classes=model.classes,
        a=model.a,
        b=model.b,
        cap=model.cap,
        level=model.level,
        say=_sayer(progress),
    )


def _sayer(progress: Progress | None) -> Callable[[str], None]:
    """Turn words about a stage into a call of `progress`."""

    def say(words: str) -> None:
        if progress is not None:
            unknown = float("inf")
            progress(0, Convergence(unknown, 0.0, 0.0, (unknown, unknown, unknown), words))

    return say


def refused(weighed: Weighing, cap: float) -> Refusal | None:
    """Refuse for modes or for the cap."""
    heavy = weighed.heavy
    if len(heavy) > 1:
        return several_modes(MODEL, weighed.modes, weighed.how, weighed.near_cap, cap)
    if weighed.near_cap > CAP_DECIDES:
        mode = heavy[0]
        interval = (mode.low, mode.point, mode.high)
        return cap_decides(MODEL, interval, cap, weighed.near_cap, weighed.modes)
    return None


def apart(
    model: CappedModel, draws: NDArray[np.int64], judged: Convergence, progress: Progress | None
) -> Weighing | None:
    """Weigh the modes in which chains stay although the search took them for one."""
    if judged.r_hat <= DISAGREED or draws.shape[1] < _LOOK:
        return None
    cuts = valleys(np.log(draws))
    if not cuts:
        return None
    from everyname.estimation.mode_weights import weigh

    return weigh(
        model.table,
        draws,
        (),
        classes=model.classes,
        a=model.a,
        b=model.b,
        cap=model.cap,
        level=model.level,
        cuts=cuts,
        say=_sayer(progress),
    )


def near_cap(model: CappedModel, draws: NDArray[np.int64]) -> float:
    """Share of the draws near the cap; where it is close to the rule, that of fixed chains."""
    from everyname.estimation.chains import Chains
    from everyname.estimation.mode_weights import NEAR_CAP, SEED

    edge = model.table.observed + NEAR_CAP * model.cap
    near = float((draws > edge).mean())
    if not _UNDECIDED[0] < near < _UNDECIDED[1] or draws.shape[1] < _LOOK:
        return near
    fixed = Chains(model.table, model.classes, model.a, model.b, model.cap, chains=4, seed=SEED)
    fixed.warm_up()
    return float((fixed.run(4 * _LOOK) + model.table.observed > edge).mean())
