"""What the latent class model gives: a posterior, how it was reached, and remarks on it."""

from __future__ import annotations

from everyname.estimation.convergence import Convergence
from everyname.estimation.latent_class_refusals import modes_in_words
from everyname.estimation.modes import Mode
from everyname.estimation.result import PosteriorEstimate

# R-hat up to which chains agree, and beyond which they do not and the model refuses.
AGREED = 1.01
DISAGREED = 1.05


class LatentClassEstimate(PosteriorEstimate):
    """The posterior of the number of persons under the latent class model.

    Attributes
    ----------
    r_hat, ess_bulk, ess_tail
        Agreement of the chains and effective number of draws of log N, as in `Convergence`.
    mcse
        Monte Carlo standard errors of `low`, `point` and `high`, in persons.
    mass_near_cap
        Posterior probability that the unrecorded are more than 90% of the cap; 0 without a cap.
    occupied
        Posterior probability that 0, 1, ..., K classes hold persons. Where the last is not small,
        more classes should be allowed.
    modes
        The modes where there are several, smallest number first; of these one weighs more than
        95%, otherwise the model refuses.
    """

    r_hat: float
    ess_bulk: float
    ess_tail: float
    mcse: tuple[float, float, float]
    mass_near_cap: float
    occupied: tuple[float, ...]
    modes: tuple[Mode, ...] = ()

    @property
    def chains_agree(self) -> bool:
        """Whether all chains found the same posterior; where they did not, the model refuses."""
        return self.r_hat <= DISAGREED


def diagnostics(
    judged: Convergence,
    numbers: tuple[float, float, float],
    error: float,
    near_cap: float,
    occupied: tuple[float, ...],
    modes: tuple[Mode, ...],
) -> tuple[str, ...]:
    """Remarks on an estimate, in sentences.

    Parameters
    ----------
    judged
        How the chains stand.
    numbers
        Low, point and high, in persons.
    error
        Relative Monte Carlo standard error asked for.
    near_cap, occupied, modes
        As in `LatentClassEstimate`.
    """
    notes = []
    if modes:
        notes.append(
            f"The table has {len(modes)} separate explanations, of which one weighs more than 95%:"
            f" {modes_in_words(modes)}."
        )
    if judged.r_hat > AGREED:
        notes.append(
            f"The chains agree only roughly (R-hat {judged.r_hat:.3f}): more draws are needed."
        )
    share = max(m / n for m, n in zip(judged.mcse, numbers, strict=True))
    if share > error:
        notes.append(
            f"The Monte Carlo error is {share:.1%} of the number it belongs to, more than the"
            f" {error:.1%} asked for: allow more draws."
        )
    if near_cap > 0.001:
        notes.append(
            f"The posterior reaches the cap: {near_cap:.1%} of it lies above 90% of the largest"
            " number allowed, so that the upper end of the interval is set by the cap."
        )
    if occupied[-1] > 0.05:
        notes.append(
            f"All classes hold persons in {occupied[-1]:.0%} of the posterior: allow more classes."
        )
    return tuple(notes)
