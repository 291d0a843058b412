"""Refusals of the latent class model that say what a number would have hidden."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from everyname.estimation.modes import Mode
from everyname.estimation.result import Refusal


class SeveralModes(Refusal):
    """Two or more separate explanations of the table, none of which can be left out.

    Attributes
    ----------
    modes
        The modes, smallest number first, those of less than 5% as well.
    """

    modes: tuple[Mode, ...]


class CapDecides(Refusal):
    """A posterior that ends where the cap ends it.

    Attributes
    ----------
    low, point, high
        Ends and median of the interval under the cap, in persons.
    cap
        Largest number of unrecorded persons allowed.
    mass_near_cap
        Posterior probability that the unrecorded are more than 90% of the cap.
    modes
        The modes where there are several, smallest number first.
    """

    low: float
    point: float
    high: float
    cap: float
    mass_near_cap: float
    modes: tuple[Mode, ...] = ()


def _named(mode: Mode) -> str:
    share, error = f"{mode.weight:.0%}", f"{mode.error:.0%}"
    if mode.weight < 0.01:
        share = "less than 1%"
    return (
        f"about {mode.point:,.0f} ({mode.low:,.0f} to {mode.high:,.0f}) with a probability of"
        f" {share} (standard error {'below 1%' if mode.error < 0.005 else error})"
    )


def modes_in_words(modes: tuple[Mode, ...]) -> str:
    """Name modes with their weights, without an end to the sentence."""
    parts = [_named(mode) for mode in modes]
    return "; ".join(parts[:-1]) + "; and " + parts[-1] if len(parts) > 1 else parts[0]


def several_modes(
    model: str, modes: tuple[Mode, ...], how: str, near_cap: float, cap: float
) -> SeveralModes:
    """Refuse for the modes."""
    reason = (
        f"The table has {len(modes)} separate explanations: {modes_in_words(modes)}. The"
        f" probabilities are approximate, {how}. No single interval is honest: one over all of them"
        " would hold numbers that none of them supports."
    )
    if near_cap > 0.05:
        reason += (
            f" The cap of {cap:,.0f} unrecorded matters as well: {near_cap:.0%} of the posterior"
            " lies above 90% of it."
        )
    return SeveralModes(model=model, reason=reason, modes=modes)


def cap_decides(
    model: str,
    interval: tuple[float, float, float],
    cap: float,
    near_cap: float,
    modes: tuple[Mode, ...] = (),
) -> CapDecides:
    """Refuse because of the cap; `interval` is low, median, high under it."""
    low, point, high = interval
    reason = (
        f"The cap decides, not the table: {near_cap:.0%} of the posterior lies above 90% of the"
        f" largest number of unrecorded allowed, {cap:,.0f}. Under this cap the median would be"
        f" {point:,.0f} and the interval {low:,.0f} to {high:,.0f}; its upper end moves with the"
        " cap."
    )
    if len(modes) > 1:
        reason += f" The explanations found: {modes_in_words(modes)}."
    return CapDecides(
        model=model, reason=reason, low=low, point=point, high=high, cap=cap,
        mass_near_cap=near_cap, modes=modes,
    )  # fmt: skip


def chains_disagree(
    model: str,
    draws: NDArray[np.int64],
    r_hat: float,
    level: float,
    modes: tuple[Mode, ...] = (),
) -> Refusal:
    """Refuse because the chains do not agree; `draws` has the shape (chains, draws a chain)."""
    ends = ((1 - level) / 2, 0.5, (1 + level) / 2)
    parts = [
        f"about {point:,.0f} ({low:,.0f} to {high:,.0f})"
        for low, point, high in np.quantile(draws, ends, axis=1).T
    ]
    unknown = "whether the posterior has several modes is not known"
    if modes:
        unknown = f"they weigh the explanations found, {modes_in_words(modes)}, each in its own way"
    return Refusal(
        model=model,
        reason=(
            f"The chains do not agree (R-hat {r_hat:.2f}): {unknown}. The chains, of"
            f" {draws.shape[1]:,} draws each, give {'; '.join(parts)}. More draws may settle it."
        ),
    )
