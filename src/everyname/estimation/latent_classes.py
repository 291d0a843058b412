"""The latent class model: persons fall into classes, in each of which the lists are independent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from everyname.errors import EstimationError
from everyname.estimation.convergence import Convergence, convergence
from everyname.estimation.latent_class_estimate import (
    AGREED,
    DISAGREED,
    LatentClassEstimate,
    diagnostics,
)
from everyname.estimation.latent_class_refusals import cap_decides, chains_disagree
from everyname.estimation.latent_class_verdict import (
    CAP_DECIDES,
    MODEL,
    CappedModel,
    Progress,
    apart,
    near_cap,
    refused,
    weighed_modes,
)
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Refusal, checked_level, checked_seed
from everyname.estimation.table_input import TableLike, as_table

if TYPE_CHECKING:
    from everyname.estimation.chains import Chains

REFERENCE = "Manrique-Vallier (2016), Biometrics 72, 1246-1254."
_ASSUMPTIONS = (
    "All lists cover the same population, and no person joins or leaves it.",
    "Every person is matched between the lists without error, and each list is free of repeats.",
    (
        "Persons fall into a few groups that are not observed; within a group every person is as"
        " likely to be in a list as any other, and being in one list makes being in another"
        " neither more nor less likely."
    ),
    (
        "Persons whom no list could have reached are like some of those whom a list did reach: a"
        " group that all lists miss alike cannot be seen in the data."
    ),
)
_BLOCK = 1000
_ENOUGH = 400


def latent_class(
    data: TableLike,
    counts: ArrayLike | None = None,
    *,
    level: float = 0.95,
    classes: int = 10,
    a: float = 0.25,
    b: float = 0.25,
    cap: float | None = 20,
    chains: int = 4,
    seed: int = 1,
    error: float = 0.01,
    max_draws: int = 50_000,
    progress: Progress | None = None,
) -> LatentClassEstimate | Refusal:
    """Estimate the number of persons by the Dirichlet process mixture of latent classes.

    Chains run until the Monte Carlo standard errors of the median and of both ends of the interval
    are below `error` of their value and the chains agree, or until `max_draws`. The cost hangs on
    the number of patterns, not on that of persons. Between blocks of draws `progress` is called;
    an exception it raises, as one from the keyboard, ends the run.

    Two things are refused whatever the seed. *Several modes*: before any chain runs, the posterior
    is climbed from 120 fixed starts; where the local maxima lie apart and chains started in them
    stay apart, the modes are weighed (`mode_weights`), and unless one of them weighs more than 95%
    a `SeveralModes` names them. That takes 2 to 40 seconds of processor time, and less than half a
    second where there is one mode. *The cap*: where more than 5% of the posterior lies above 90% of
    the cap, both ends of the posterior's last twentieth are in the last tenth of what the cap
    allows, so that the upper end even of an interval of 90% is the cap's and not the table's; a
    `CapDecides` gives the interval under the cap. With less, as where a long tail reaches the cap,
    the estimate stands with a remark.

    What `max_draws` ends while the chains do not agree (an R-hat above 1.05) is refused as well,
    with the numbers of each chain: no valley between them may be seen, and yet several modes
    cannot be ruled out.

    Parameters
    ----------
    data, counts
        As in `as_table`.
    level
        Posterior probability of the interval, with equal tails.
    classes
        Largest number of classes, K.
    a, b
        Shape and rate of the gamma prior of the concentration alpha.
    cap
        Largest number of unrecorded persons, in multiples of the recorded; None for no cap. The
        default is that of the R package LCMCR, which does not name it: `mass_near_cap` says
        whether it matters.
    chains
        Independent chains, started apart; they run in fours, so that 4 take the time of 1.
    seed
        A whole number. The same seed gives the same draws on any number of processors.
    error
        Relative Monte Carlo standard error asked for.
    max_draws
        Draws of a chain after which the run ends in any case.
    progress
        Called with the draws of a chain so far and their `Convergence`.

    Raises
    ------
    EstimationError
        Where an argument is not of its kind or `data` is not a table.

    References
    ----------
    Manrique-Vallier (2016), Biometrics 72, 1246-1254; the sampler: Neal (2011), Handbook of Markov
    Chain Monte Carlo, chapter 5, on the posterior with classes, alpha and N integrated out.
    """
    checked_level(level)
    checked_seed(seed)
    _checked(classes, a, b, cap, chains, error, max_draws)
    table = as_table(data, counts)
    reason = _unsupported(table)
    if reason:
        return Refusal(model=MODEL, reason=reason)
    from everyname.estimation.chains import WARM_UP, Chains

    most = 1e15 if cap is None else float(np.floor(cap * table.observed))
    model = CappedModel(table, classes, a, b, most, level)
    weighed = weighed_modes(model, progress)
    if weighed is not None and (refusal := refused(weighed, most)) is not None:
        return refusal
    starts = [weighed.starts] if weighed is not None and weighed.starts.size else []
    running = Chains(table, classes, a, b, most, chains=chains, seed=seed, starts=starts)
    running.warm_up()
    ends = ((1 - level) / 2, 0.5, (1 + level) / 2)
    draws, judged = _run(running, table.observed, ends, error, max_draws, progress)
    weighed = apart(model, draws, judged, progress) or weighed
    if weighed is not None and (refusal := refused(weighed, most)) is not None:
        return refusal
    low, point, high = (float(q) for q in np.quantile(draws, ends))
    near = near_cap(model, draws)
    if near > CAP_DECIDES:
        return cap_decides(MODEL, (low, point, high), most, near)
    modes = weighed.modes if weighed is not None and len(weighed.modes) > 1 else ()
    if judged.r_hat > DISAGREED:
        return chains_disagree(MODEL, draws, judged.r_hat, level, modes)
    occupied = tuple(float(share) for share in running.occupied)
    return LatentClassEstimate(
        model=MODEL,
        point=point,
        low=low,
        high=high,
        level=level,
        observed=table.observed,
        unrecorded=point - table.observed,
        assumptions=_ASSUMPTIONS,
        reference=REFERENCE,
        settings={
            "classes": classes,
            "prior_of_alpha_shape": a,
            "prior_of_alpha_rate": b,
            "prior_of_n": "proportional to 1/N",
            "cap": "none" if cap is None else cap,
            "chains": chains,
            "draws_a_chain": draws.shape[1],
            "warm_up": WARM_UP,
            "seed": seed,
            "error": error,
        },
        lower_bound=False,
        diagnostics=diagnostics(judged, (low, point, high), error, near, occupied, modes),
        draws=draws,
        r_hat=judged.r_hat,
        ess_bulk=judged.ess_bulk,
        ess_tail=judged.ess_tail,
        mcse=(judged.mcse[0], judged.mcse[1], judged.mcse[2]),
        mass_near_cap=near,
        occupied=occupied,
        modes=modes,
    )


def _run(
    running: Chains,
    observed: int,
    ends: tuple[float, float, float],
    error: float,
    max_draws: int,
    progress: Progress | None,
) -> tuple[NDArray[np.int64], Convergence]:
    """Run until the error asked for; each block is as long as all before, so few are judged."""
    draws = np.empty((0, 0), dtype=np.int64)
    while True:
        block = min(max(_BLOCK, draws.shape[1]), max_draws - draws.shape[1])
        new = running.run(block) + observed
        draws = np.hstack([draws, new]) if draws.size else new
        judged = convergence(np.log(draws), ends)
        if progress is not None:
            progress(draws.shape[1], judged)
        exact = max(judged.mcse) <= error
        agreed = judged.r_hat <= AGREED and judged.ess_bulk >= _ENOUGH
        if (exact and agreed) or draws.shape[1] >= max_draws:
            quantiles = np.quantile(draws, ends)
            # An error of log N is a relative one; in persons it is that share of the quantile.
            mcse = tuple(float(m * q) for m, q in zip(judged.mcse, quantiles, strict=True))
            return draws, Convergence(judged.r_hat, judged.ess_bulk, judged.ess_tail, mcse)


def _checked(
    classes: int,
    a: float,
    b: float,
    cap: float | None,
    chains: int,
    error: float,
    max_draws: int,
) -> None:
    numbers = {
        "classes": (classes, 2),
        "chains": (chains, 1),
        "max_draws": (max_draws, 8),
    }
    for name, (number, least) in numbers.items():
        if number != int(number) or number < least:
            raise EstimationError(
                f"{name} = {number}", do=f"Give a whole number of at least {least}."
            )
    positive = {"a": a, "b": b, "error": error, "cap": 1.0 if cap is None else cap}
    for name, value in positive.items():
        if not 0 < value < float("inf"):
            raise EstimationError(f"{name} = {value}", do="Give a number above 0.")


def _unsupported(table: PatternTable) -> str:
    """Say why the table gives no estimate; an empty text where it does."""
    if len(table.lists) < 3:
        return (
            "Latent classes need at least three lists: with two, any dependence between them can"
            " be explained by classes."
        )
    for name, size in zip(table.lists, table.sizes, strict=True):
        if size == 0:
            return f"The list {name} holds nobody: leave it out."
    if int(table.frequencies[2:].sum()) == 0:
        return (
            "No person is in two lists: without overlap lists say nothing about whom all of them"
            " miss."
        )
    return ""
