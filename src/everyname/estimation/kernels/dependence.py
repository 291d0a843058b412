"""How strongly lists would have to depend on each other for a given number of unrecorded.

With the unrecorded given, the whole table is known: its margins are the sizes of the lists and
its total is the recorded and the unrecorded. A main-effects model with a fixed odds ratio between
lists reproduces the margins, and is the maximum likelihood fit to the observable cells exactly
where its cell of persons in no list equals the given unrecorded (Sanathanan's conditional fit as
the fixed point of the EM algorithm). So the odds ratio is found from the unrecorded, and no model
needs to be fitted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_TOLERANCE = 1e-10
_STEPS = 2000


def independent_unrecorded(sizes: NDArray[np.int64], observed: int) -> float:
    """Give the unrecorded under independence of all lists, by maximum likelihood.

    The total N solves prod(1 - n_i / N) = 1 - n / N (Darroch 1958).

    Parameters
    ----------
    sizes
        Persons in each list, shape (L,).
    observed
        Persons in at least one list, n.

    Returns
    -------
    The unrecorded (persons), not negative; NaN where no finite number solves the equation, which
    is where no person is in two lists.
    """
    from scipy.optimize import brentq

    if sizes.sum() <= observed:
        return float("nan")

    def excess(unrecorded: float) -> float:
        # What the lists leave less what is given, written so that large totals do not cancel.
        total = observed + unrecorded
        with np.errstate(divide="ignore"):
            return float(total * np.expm1(np.log1p(-sizes / total).sum()) + observed)

    if excess(0.0) <= 0:
        return 0.0
    beyond = float(observed)
    while excess(beyond) > 0:
        beyond *= 4
    return float(brentq(excess, 0.0, beyond, xtol=1e-9, rtol=1e-12))


def odds_ratio_of_pair(
    sizes: NDArray[np.int64], observed: int, pair: tuple[int, int], unrecorded: float
) -> float:
    """Give the odds ratio between two lists with which the fit leaves so many unrecorded.

    All other lists are independent. For two lists this is unrecorded x both / (only the first x
    only the second), as in Gerritse, van der Heijden and Bakker (2015).

    Parameters
    ----------
    sizes
        Persons in each list, shape (L,).
    observed
        Persons in at least one list.
    pair
        Positions of the two lists.
    unrecorded
        Persons in no list.

    Returns
    -------
    The odds ratio; NaN where none, however weak or strong, gives that number.
    """
    total = observed + unrecorded
    first, second = (float(sizes[place]) for place in pair)
    others = np.delete(sizes, pair)
    beyond = float(np.prod(1 - others / total))
    neither = unrecorded / beyond if beyond > 0 else float("nan")
    both = neither - total + first + second
    only_first, only_second = first - both, second - both
    if not (both > 0 and only_first > 0 and only_second > 0 and neither > 0):
        return float("nan")
    return both * neither / (only_first * only_second)


def odds_ratio_of_all(
    sizes: NDArray[np.int64], observed: int, unrecorded: float, *, widest: float = 1e3
) -> float:
    """Give the odds ratio, the same between every two lists, that leaves so many unrecorded.

    Parameters
    ----------
    sizes
        Persons in each list, shape (L,); L of at most 12.
    observed
        Persons in at least one list.
    unrecorded
        Persons in no list.
    widest
        Odds ratios are looked for between 1 / `widest` and `widest`.

    Returns
    -------
    The odds ratio; NaN where none in that range gives that number.
    """
    from scipy.optimize import brentq

    total = observed + unrecorded
    shares = sizes / total
    if (shares <= 0).any() or (shares >= 1).any():
        return float("nan")
    n_lists = len(sizes)
    cells = np.array(np.unravel_index(np.arange(2**n_lists), (2,) * n_lists)).T
    held = cells.sum(axis=1)
    pairs = held * (held - 1) / 2

    def excess(log_ratio: float) -> float:
        return float(_fitted(log_ratio * pairs, n_lists, shares)[0] * total - unrecorded)

    limit = float(np.log(widest))
    if not excess(-limit) < 0 < excess(limit):
        return float("nan")
    return float(np.exp(brentq(excess, -limit, limit, xtol=1e-7)))


def _fitted(
    offset: NDArray[np.float64], n_lists: int, shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Scale the cells until each list has its share: iterative proportional fitting."""
    table = np.exp(offset - offset.max()).reshape((2,) * n_lists)
    table /= table.sum()
    for _ in range(_STEPS):
        worst = 0.0
        for axis, share in enumerate(shares):
            other = tuple(a for a in range(n_lists) if a != axis)
            margin = table.sum(axis=other)
            worst = max(worst, abs(margin[1] - share))
            factors = np.array([1 - share, share]) / margin
            shape = [1] * n_lists
            shape[axis] = 2
            table = table * factors.reshape(shape)
        if worst < _TOLERANCE:
            break
    result: NDArray[np.float64] = table.reshape(-1)
    return result
