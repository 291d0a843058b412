"""Random numbers of one of four chains, from generators that `lanes` steps four at a time.

Uniforms are the same bits on every machine; the other draws hang on its mathematical library only
in whether they are accepted.

References
----------
Blackman and Vigna (2021), ACM Transactions on Mathematical Software 47, 36 (xoshiro256+);
Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26, 363-372 (gamma);
Hoermann (1993), Insurance: Mathematics and Economics 12, 39-45 (Poisson); Hoermann (1993), Journal
of Statistical Computation and Simulation 46, 101-110 (binomial).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from everyname.estimation.kernels.lanes import first, log, same


@njit(cache=True, nogil=True)
def common_uniform(state: NDArray[np.uint64]) -> float:
    """Draw a float in [0, 1) of a single generator of four words."""
    s0, s1, s2, s3 = state[0], state[1], state[2], state[3]
    word = s0 + s3
    t = s1 << np.uint64(17)
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << np.uint64(45)) | (s3 >> np.uint64(19))
    state[0], state[1], state[2], state[3] = s0, s1, s2, s3
    return np.float64(word >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(cache=True, nogil=True)
def uniform(state: NDArray[np.uint64], lane: int) -> float:
    """Draw a float in [0, 1) of one chain; `state` holds the generators of four."""
    s0, s1, s2, s3 = state[lane], state[4 + lane], state[8 + lane], state[12 + lane]
    word = s0 + s3
    t = s1 << np.uint64(17)
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << np.uint64(45)) | (s3 >> np.uint64(19))
    state[lane], state[4 + lane], state[8 + lane], state[12 + lane] = s0, s1, s2, s3
    return np.float64(word >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(cache=True, nogil=True)
def normal(state: NDArray[np.uint64], lane: int) -> float:
    """Draw a standard normal of one chain (Marsaglia's polar method)."""
    while True:
        x = 2.0 * uniform(state, lane) - 1.0
        y = 2.0 * uniform(state, lane) - 1.0
        s = x * x + y * y
        if 0.0 < s < 1.0:
            return x * math.sqrt(-2.0 * first(log(same(s))) / s)


@njit(cache=True, nogil=True)
def gamma(shape: float, state: NDArray[np.uint64], lane: int) -> float:
    """Draw a gamma variable of scale 1, for a shape of at least 1."""
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x = normal(state, lane)
        v = 1.0 + c * x
        if v <= 0.0:
            continue
        v = v * v * v
        u = 1.0 - uniform(state, lane)
        if u < 1.0 - 0.0331 * x * x * x * x:
            return d * v
        if math.log(u) < 0.5 * x * x + d * (1.0 - v + math.log(v)):
            return d * v


@njit(cache=True, nogil=True)
def poisson(mean: float, state: NDArray[np.uint64], lane: int) -> float:
    """Draw a Poisson variable."""
    if mean < 10.0:
        limit = math.exp(-mean)
        product = uniform(state, lane)
        k = 0.0
        while product > limit:
            product *= uniform(state, lane)
            k += 1.0
        return k
    root = math.sqrt(mean)
    b = 0.931 + 2.53 * root
    a = -0.059 + 0.02483 * b
    inverse = 1.1239 + 1.1328 / (b - 3.4)
    v_r = 0.9277 - 3.6224 / (b - 2.0)
    while True:
        u = uniform(state, lane) - 0.5
        v = 1.0 - uniform(state, lane)
        us = 0.5 - abs(u)
        k = math.floor((2.0 * a / us + b) * u + mean + 0.43)
        if us >= 0.07 and v <= v_r:
            return k
        if k < 0.0 or (us < 0.013 and v > us):
            continue
        if math.log(v * inverse / (a / (us * us) + b)) <= (
            k * math.log(mean) - mean - math.lgamma(k + 1.0)
        ):
            return k


@njit(cache=True, nogil=True)
def binomial(n: float, p: float, state: NDArray[np.uint64], lane: int) -> float:
    """Draw a binomial variable of n trials."""
    if p > 0.5:
        return n - binomial_half(n, 1.0 - p, state, lane)
    return binomial_half(n, p, state, lane)


@njit(cache=True, nogil=True)
def binomial_half(n: float, p: float, state: NDArray[np.uint64], lane: int) -> float:
    """Draw a binomial variable with a chance of at most one half."""
    mean = n * p
    if mean < 10.0:
        u = uniform(state, lane)
        # (1 - p) ** n is at least 1 - n p: most empty classes are settled here.
        if u < 1.0 - mean:
            return 0.0
        chance = math.exp(n * math.log1p(-p))
        odds = p / (1.0 - p)
        k = 0.0
        while u >= chance and k < n:
            u -= chance
            k += 1.0
            chance *= (n - k + 1.0) / k * odds
        return k
    spread = math.sqrt(mean * (1.0 - p))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    middle = mean + 0.5
    v_r = 0.92 - 4.2 / b
    scale = (2.83 + 5.1 / b) * spread
    while True:
        v = 1.0 - uniform(state, lane)
        u = uniform(state, lane) - 0.5
        us = 0.5 - abs(u)
        k = math.floor((2.0 * a / us + b) * u + middle)
        if us >= 0.07 and v <= v_r:
            return k
        if k < 0.0 or k > n:
            continue
        mode = math.floor((n + 1.0) * p)
        gain = (
            math.lgamma(mode + 1.0)
            + math.lgamma(n - mode + 1.0)
            - math.lgamma(k + 1.0)
            - math.lgamma(n - k + 1.0)
            + (k - mode) * math.log(p / (1.0 - p))
        )
        if math.log(v * scale / (a / (us * us) + b)) <= gain:
            return k


@njit(cache=True, nogil=True)
def missed_persons(persons: float, recorded: float, state: NDArray[np.uint64], lane: int) -> float:
    """Draw the unrecorded, given the recorded and the chance to be recorded."""
    return poisson(gamma(persons, state, lane) * (1.0 - recorded) / recorded, state, lane)
