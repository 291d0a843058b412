"""Posterior density of the latent class model on capture patterns, and its gradient.

The model is that of Manrique-Vallier (2016): a person is of class k with probability w_k, the
weights break a stick, V_k ~ Beta(1, alpha), alpha ~ Gamma(a, rate b), and list j records a person
of class k with probability lambda_kj ~ Beta(1, 1), independently of the other lists. With the
prior 1/N on the number of persons, that number integrates out, and what remains is multinomial in
the patterns, given that a person is recorded at all:

    product over patterns x of (p_x / (1 - p_0)) ** n_x.

alpha integrates out too: the sticks have the density
b^a Gamma(K - 1 + a) / Gamma(a) / (b - S)^(K - 1 + a) / product of (1 - V_k), S the sum of
log(1 - V_k).

References
----------
Manrique-Vallier (2016), Biometrics 72, 1246-1254.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True, error_model="numpy")
def log_density_gradient(  # noqa: C901 - one pass over memory, calls would cost
    theta: NDArray[np.float64],
    patterns: NDArray[np.float64],
    counts: NDArray[np.float64],
    n_classes: int,
    a: float,
    b: float,
    tempering: float,
    gradient_out: NDArray[np.float64],
) -> float:
    """Compute the log posterior density of unconstrained parameters, and its gradient.

    The density is that of `theta`, with all Jacobians and without its constant.

    Parameters
    ----------
    theta
        Logits of lambda, class by class (class k, list j at k * J + j), then logits of the sticks
        V; length K * J + K - 1.
    patterns
        0 and 1, shape (M, J), no row of zeros.
    counts
        Persons with each pattern, shape (M,).
    n_classes
        K.
    a, b
        Shape and rate of the prior of alpha.
    tempering
        Power of the likelihood, 0 to 1: 0 is the prior, 1 the posterior.
    gradient_out
        Takes the gradient, shape of `theta`.

    Returns
    -------
    The log density; minus infinity where a recorded pattern has no probability in floating point,
    and the gradient is then zero.
    """
    n_patterns, n_lists = patterns.shape
    # One block of memory: lambda, 1 - lambda, weights, persons expected in a class, joint.
    work = np.empty(2 * n_classes * n_lists + 4 * n_classes)
    edge = n_classes * n_lists
    weight = 2 * edge
    share = weight + n_classes
    joint = share + n_classes
    missed = joint + n_classes
    value = 0.0
    product = 1.0
    for i in range(edge):
        x = theta[i]
        e = math.exp(-abs(x))
        value -= abs(x)
        product *= 1.0 + e
        if product > 1e250:
            value -= 2.0 * math.log(product)
            product = 1.0
        large = 1.0 / (1.0 + e)
        work[i] = large if x >= 0.0 else e * large
        work[edge + i] = e * large if x >= 0.0 else large
        gradient_out[i] = work[edge + i] - work[i]
    value -= 2.0 * math.log(product)
    # Sticks: S = -sum of log(1 + exp(u)), and log V = -log(1 + exp(-u)).
    product = 1.0
    above = 0.0
    below = 0.0
    left = 1.0
    for k in range(n_classes - 1):
        u = theta[edge + k]
        e = math.exp(-abs(u))
        product *= 1.0 + e
        if u >= 0.0:
            above += u
            stick, rest = 1.0 / (1.0 + e), e / (1.0 + e)
        else:
            below += u
            stick, rest = e / (1.0 + e), 1.0 / (1.0 + e)
        work[weight + k] = left * stick
        left *= rest
        gradient_out[edge + k] = stick
    work[weight + n_classes - 1] = left
    log_product = math.log(product)
    remaining = b + above + log_product
    value += below - log_product - (n_classes - 1 + a) * math.log(remaining)
    slope = (n_classes - 1 + a) / remaining
    # Likelihood.
    recorded = 0.0
    for k in range(n_classes):
        caught = 0.0
        escaped = 1.0
        for j in range(n_lists):
            caught += escaped * work[k * n_lists + j]
            escaped *= work[edge + k * n_lists + j]
        work[share + k] = caught
        work[missed + k] = escaped
        recorded += work[weight + k] * caught
    total = 0.0
    for m in range(n_patterns):
        total += counts[m]
    pull = tempering * total / recorded
    for k in range(n_classes):
        work[share + k] *= -pull * work[weight + k]
        force = pull * work[weight + k] * work[missed + k]
        for j in range(n_lists):
            # The class's expected persons times lambda are taken off at the end.
            gradient_out[k * n_lists + j] -= force * work[k * n_lists + j]
        work[missed + k] = 0.0
    likelihood = -total * math.log(recorded)
    for m in range(n_patterns):
        p = 0.0
        for k in range(n_classes):
            f = work[weight + k]
            for j in range(n_lists):
                f *= work[k * n_lists + j] if patterns[m, j] > 0 else work[edge + k * n_lists + j]
            work[joint + k] = f
            p += f
        if not p > 0.0:
            gradient_out[:] = 0.0
            return -np.inf
        likelihood += counts[m] * math.log(p)
        scale = tempering * counts[m] / p
        for k in range(n_classes):
            r = scale * work[joint + k]
            work[missed + k] += r
            for j in range(n_lists):
                if patterns[m, j] > 0:
                    gradient_out[k * n_lists + j] += r
    behind = 0.0
    for k in range(n_classes - 1, -1, -1):
        persons = work[missed + k]
        for j in range(n_lists):
            gradient_out[k * n_lists + j] -= persons * work[k * n_lists + j]
        force = persons + work[share + k]
        if k < n_classes - 1:
            stick = gradient_out[edge + k]
            gradient_out[edge + k] = (1.0 - stick) * (1.0 + force) - stick * (behind + slope)
        behind += force
    if not math.isfinite(likelihood):
        gradient_out[:] = 0.0
        return -np.inf
    return value + tempering * likelihood
