"""Convergence of Markov chains: whether they agree, and how exact their quantiles are.

The figures are those of ArviZ, computed without importing it, which takes seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Convergence:
    """How well chains agree on one number.

    Attributes
    ----------
    r_hat
        Rank-normalised split R-hat; about 1 where the chains agree.
    ess_bulk, ess_tail
        Effective number of draws for the middle of the distribution, and for its 5% and 95%
        quantiles, whichever is fewer.
    mcse
        Monte Carlo standard errors of the quantiles asked for.
    stage
        What else is being done, in words; empty while chains only run on.
    """

    r_hat: float
    ess_bulk: float
    ess_tail: float
    mcse: tuple[float, ...]
    stage: str = ""


def convergence(draws: ArrayLike, quantiles: Sequence[float]) -> Convergence:
    """Judge chains, shape (chains, draws), and the quantiles that are taken from them.

    References
    ----------
    Vehtari et al. (2021), Bayesian Analysis 16, 667-718.
    """
    x = np.asarray(draws, dtype=np.float64)
    return Convergence(
        r_hat=r_hat(x),
        ess_bulk=ess_bulk(x),
        ess_tail=min(ess_quantile(x, 0.05), ess_quantile(x, 0.95)),
        mcse=tuple(mcse_quantile(x, q) for q in quantiles),
    )


def r_hat(x: Floats) -> float:
    """Rank-normalised split R-hat: the larger of that of the draws and of their spread."""
    halves = _split(x)
    folded = np.abs(halves - np.median(halves))
    return max(_r_hat(_normal_scores(halves)), _r_hat(_normal_scores(folded)))


def ess_bulk(x: Floats) -> float:
    """Effective number of draws for the middle of the distribution."""
    return _ess(_normal_scores(_split(x)))


def ess_quantile(x: Floats, q: float) -> float:
    """Effective number of draws for the quantile q."""
    return _ess(_split((x <= np.quantile(x, q)).astype(np.float64)))


def mcse_quantile(x: Floats, q: float) -> float:
    """Monte Carlo standard error of the quantile q."""
    from scipy.special import betaincinv

    ess = ess_quantile(x, q)
    # One standard deviation either side, in the order statistics.
    near = betaincinv(ess * q + 1, ess * (1 - q) + 1, [0.1586553, 0.8413447])
    ordered = np.sort(x, axis=None)
    low = ordered[max(int(np.floor(near[0] * x.size)), 1) - 1]
    high = ordered[min(int(np.ceil(near[1] * x.size)), x.size) - 1]
    return float((high - low) / 2)


def _split(x: Floats) -> Floats:
    half = x.shape[1] // 2
    return np.vstack([x[:, :half], x[:, x.shape[1] - half :]])


def _normal_scores(x: Floats) -> Floats:
    from scipy.special import ndtri

    _, place, times = np.unique(x, return_inverse=True, return_counts=True)
    last = np.cumsum(times)
    mean_rank = last - (times - 1) / 2
    rank = mean_rank[place.reshape(x.shape)]
    scores: Floats = ndtri((rank - 0.375) / (x.size + 0.25))
    return scores


def _r_hat(x: Floats) -> float:
    n = x.shape[1]
    within = x.var(axis=1, ddof=1).mean()
    if within == 0:
        return 1.0 if np.ptp(x) == 0 else float("inf")
    between = x.mean(axis=1).var(ddof=1)
    return float(np.sqrt((n - 1) / n + between / within))


def _ess(x: Floats) -> float:
    """Effective number of draws by Geyer's initial monotone sequence."""
    chains, n = x.shape
    if np.ptp(x) < np.finfo(float).resolution:
        return float(x.size)
    covariance = _autocovariance(x)
    within = covariance[:, 0].mean() * n / (n - 1)
    total = within * (n - 1) / n
    if chains > 1:
        total += x.mean(axis=1).var(ddof=1)
    rho = 1 - (within - covariance.mean(axis=0)) / total
    rho[0] = 1.0
    last = max((n - 3) // 2, 0)
    pairs = rho[: 2 * (last + 1)].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs <= 0)
    kept = int(negative[0]) if negative.size else last
    monotone = np.minimum.accumulate(pairs[:kept])
    tail = max(float(rho[2 * kept]), 0.0)
    time = -1 + 2 * float(monotone.sum()) + tail
    return float(x.size / max(time, 1 / np.log10(x.size)))


def _autocovariance(x: Floats) -> Floats:
    n = x.shape[1]
    size = 1 << (2 * n - 1).bit_length()
    transformed = np.fft.rfft(x - x.mean(axis=1, keepdims=True), size, axis=1)
    result: Floats = np.fft.irfft(np.abs(transformed) ** 2, size, axis=1)[:, :n] / n
    return result
