"""Posterior density of the latent class model and its gradient, for four chains at once.

The density is that of `latent_class_density`, in coordinates that suit a Hamiltonian sampler: the
logits of lambda, and y_k = log(-log(1 - V_k)) for the sticks. In the logit of V the prior has
tails as heavy as |u| ** (-1 - a), in y they are exponential: given alpha, -log(1 - V) is
exponential with mean 1 / alpha, so that a small alpha only moves all y together.

Probabilities of patterns are multiplied along the tree of their beginnings, list by list, so that
patterns with a common beginning share its product, and gradients are added on the way back.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from everyname.estimation.kernels.lanes import (
    LANES,
    exp,
    larger,
    load,
    log,
    root,
    same,
    store,
    where_above,
)

# What stands for the information of the prior about a logit of lambda: 1 / variance of a logistic.
EMPTY = 0.3


class PatternTree(NamedTuple):
    """The tree of the beginnings of capture patterns.

    Attributes
    ----------
    level
        First node of each level, shape (J + 2,): level 0 is the root, level J the patterns.
    without, within
        Nodes of the beginning that goes on with 0 and with 1, shape (inner nodes,); where no
        pattern goes on so, the number of nodes.
    counts
        Persons with each pattern in the order of the leaves, shape (M,).
    """

    level: NDArray[np.int64]
    without: NDArray[np.int64]
    within: NDArray[np.int64]
    counts: NDArray[np.float64]


def pattern_tree(patterns: NDArray[np.int8], counts: NDArray[np.int64]) -> PatternTree:
    """Build the tree of distinct patterns, shape (M, J), of which `counts` persons have each."""
    n_lists = patterns.shape[1]
    order = np.lexsort(patterns.T[::-1])
    rows = patterns[order]
    starts: list[dict[tuple[int, ...], int]] = []
    level = [0]
    for depth in range(n_lists + 1):
        found = dict.fromkeys(tuple(int(v) for v in row[:depth]) for row in rows)
        starts.append({start: level[-1] + i for i, start in enumerate(found)})
        level.append(level[-1] + len(found))
    n_nodes = level[-1]
    children = [
        [starts[depth + 1].get((*start, bit), n_nodes) for start in starts[depth]]
        for bit in (0, 1)
        for depth in range(n_lists)
    ]
    flat = [
        [node for part in children[bit * n_lists :][:n_lists] for node in part] for bit in (0, 1)
    ]
    return PatternTree(
        np.array(level, dtype=np.int64),
        np.array(flat[0], dtype=np.int64),
        np.array(flat[1], dtype=np.int64),
        counts[order].astype(np.float64),
    )


def workspace_size(tree: PatternTree, n_classes: int) -> int:
    """Floats of scratch memory that `lanes_gradient` needs."""
    nodes = int(tree.level[-1]) + 1
    n_lists = len(tree.level) - 2
    return LANES * (
        2 * n_classes * n_lists + 6 * n_classes + (n_classes + 1) * nodes + len(tree.counts)
    )


@njit(cache=True, nogil=True, error_model="numpy")
def lanes_gradient(  # noqa: C901 - one pass over memory, calls would cost
    theta: NDArray[np.float64],
    tree: PatternTree,
    centre: NDArray[np.float64],
    stretch: float,
    n_classes: int,
    a: float,
    b: float,
    work: NDArray[np.float64],
    gradient: NDArray[np.float64],
    out: NDArray[np.float64],
    with_value: int,
) -> None:
    """Compute the gradient, and the value where asked for, of four chains.

    Parameters
    ----------
    theta
        Coordinates, four chains side by side: coordinate i of chain c at 4 * i + c.
    tree
        The `PatternTree`.
    n_classes, a, b
        K, and shape and rate of the prior of alpha.
    work
        Scratch memory of `workspace_size`.
    gradient
        Takes the gradient, laid out as `theta`.
    out
        Takes the log density of the four chains, then the probability to be recorded, shape (8,).
    with_value
        Whether the log density is computed.
    """
    n_lists = tree.level.size - 2
    n_patterns = tree.counts.size
    edge = n_classes * n_lists
    n_nodes = tree.level[n_lists + 1]
    inner = tree.level[n_lists]
    # Scratch: lambda, 1 - lambda, then by class: weight, caught, escaped, stick slope.
    escape = 4 * edge
    weight = 8 * edge
    caught_at = weight + 4 * n_classes
    escaped_at = caught_at + 4 * n_classes
    slope_at = escaped_at + 4 * n_classes
    stretch_at = slope_at + 4 * n_classes
    length_at = stretch_at + 4 * n_classes
    forward = length_at + 4 * n_classes
    back = forward + 4 * n_classes * (n_nodes + 1)
    chance = back + 4 * (n_nodes + 1)
    one = same(1.0)
    zero = same(0.0)
    value = zero
    # Sticks.
    left = one
    total = same(b)
    for k in range(n_classes - 1):
        y = load(theta, 4 * (edge + k))
        length = exp(y)
        rest = exp(zero - length)
        stick = larger(one - rest, same(1e-300))
        store(work, weight + 4 * k, left * stick)
        store(work, slope_at + 4 * k, rest / stick)
        store(work, length_at + 4 * k, length)
        left = larger(left * rest, same(1e-100))
        total = total + length
        value = value + y
    store(work, weight + 4 * (n_classes - 1), left)
    # Lambda, from coordinates that are stretched by the size of their class.
    product = one
    for k in range(n_classes):
        w = load(work, weight + 4 * k)
        inverse = one / root(w * stretch + EMPTY)
        store(work, stretch_at + 4 * k, inverse)
        if with_value:
            product = product * inverse
            if k % 16 == 15:
                value = value + n_lists * log(product)
                product = one
        for j in range(n_lists):
            i = 4 * (k * n_lists + j)
            x = load(theta, i) * inverse + centre[j]
            size = larger(x, zero - x)
            e = exp(zero - size)
            large = one / (e + 1.0)
            small = e * large
            store(work, i, where_above(x, zero, large, small))
            store(work, escape + i, where_above(x, zero, small, large))
            if with_value:
                value = value - size
                store(work, forward + i, e + 1.0)
    if with_value:
        value = value + n_lists * log(product)
        product = one
        for i in range(edge):
            product = product * load(work, forward + 4 * i)
            if i % 512 == 511:
                value = value - 2.0 * log(product)
                product = one
        value = value - 2.0 * log(product)
    power = n_classes - 1 + a
    if with_value:
        value = value - power * log(total)
    # Forward.
    for m in range(n_patterns):
        store(work, chance + 4 * m, zero)
    recorded = zero
    for k in range(n_classes):
        caught = zero
        escaped = one
        base = forward + 4 * k * (n_nodes + 1)
        w = load(work, weight + 4 * k)
        store(work, base, w)
        for j in range(n_lists):
            lam = load(work, 4 * (k * n_lists + j))
            esc = load(work, escape + 4 * (k * n_lists + j))
            caught = caught + escaped * lam
            escaped = escaped * esc
            for node in range(tree.level[j], tree.level[j + 1]):
                f = load(work, base + 4 * node)
                store(work, base + 4 * tree.without[node], f * esc)
                store(work, base + 4 * tree.within[node], f * lam)
        recorded = recorded + w * caught
        store(work, caught_at + 4 * k, w * caught)
        store(work, escaped_at + 4 * k, w * escaped)
        for m in range(n_patterns):
            f = load(work, base + 4 * (inner + m))
            store(work, chance + 4 * m, load(work, chance + 4 * m) + f)
    persons = 0.0
    for m in range(n_patterns):
        p = larger(load(work, chance + 4 * m), same(1e-300))
        if with_value:
            value = value + tree.counts[m] * log(p)
        persons += tree.counts[m]
        store(work, chance + 4 * m, tree.counts[m] / p)
    if with_value:
        store(out, 0, value - persons * log(recorded))
        store(out, 4, recorded)
    pull = persons / recorded
    # Back.
    store(work, back + 4 * n_nodes, zero)
    behind = zero
    tail = power / total
    for k in range(n_classes - 1, -1, -1):
        base = forward + 4 * k * (n_nodes + 1)
        for m in range(n_patterns):
            f = load(work, base + 4 * (inner + m))
            store(work, back + 4 * (inner + m), f * load(work, chance + 4 * m))
        for j in range(n_lists - 1, -1, -1):
            sum_within = zero
            for node in range(tree.level[j], tree.level[j + 1]):
                r = load(work, back + 4 * tree.within[node])
                sum_within = sum_within + r
                store(work, back + 4 * node, r + load(work, back + 4 * tree.without[node]))
            store(gradient, 4 * (k * n_lists + j), sum_within)
        mass = load(work, back)
        outside = mass + pull * load(work, escaped_at + 4 * k)
        inverse = load(work, stretch_at + 4 * k)
        turned = zero
        for j in range(n_lists):
            i = 4 * (k * n_lists + j)
            lam = load(work, i)
            # 1 - 2 lambda is the prior's part.
            g = load(gradient, i) - lam * outside + (1.0 - (lam + lam))
            turned = turned + g * load(theta, i)
            store(gradient, i, g * inverse)
        w = load(work, weight + 4 * k) * stretch
        bent = w / (w + EMPTY) * 0.5
        force = mass - pull * load(work, caught_at + 4 * k) - bent * (turned * inverse + n_lists)
        if k < n_classes - 1:
            i = 4 * (edge + k)
            pushed = force * load(work, slope_at + 4 * k) - behind - tail
            store(gradient, i, 1.0 + load(work, length_at + 4 * k) * pushed)
        behind = behind + force


@njit(cache=True, nogil=True, error_model="numpy")
def recorded_chance(
    theta: NDArray[np.float64],
    centre: NDArray[np.float64],
    stretch: float,
    n_classes: int,
    out: NDArray[np.float64],
) -> None:
    """Compute the chance to be recorded of four chains, into the last four places of `out`."""
    n_lists = centre.size
    one = same(1.0)
    left = one
    recorded = same(0.0)
    for k in range(n_classes):
        go_on = same(0.0)
        if k < n_classes - 1:
            go_on = exp(same(0.0) - exp(load(theta, 4 * (n_classes * n_lists + k))))
        w = left * (1.0 - go_on)
        left = larger(left * go_on, same(1e-100))
        inverse = one / root(w * stretch + EMPTY)
        escaped = one
        caught = same(0.0)
        for j in range(n_lists):
            odds = exp(load(theta, 4 * (k * n_lists + j)) * inverse + centre[j])
            e = one / (odds + 1.0)
            caught = caught + escaped * (odds * e)
            escaped = escaped * e
        recorded = recorded + w * caught
    store(out, 4, recorded)
