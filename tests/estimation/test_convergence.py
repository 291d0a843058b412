"""Convergence figures equal ArviZ's."""

from __future__ import annotations

import numpy as np
import pytest
from arviz_stats.base import array_stats

from everyname.estimation.convergence import (
    convergence,
    ess_bulk,
    ess_quantile,
    mcse_quantile,
    r_hat,
)

GENERATOR = np.random.default_rng(20)


def _chains(correlation: float, chains: int, draws: int, apart: float = 0.0) -> np.ndarray:
    noise = GENERATOR.normal(size=(chains, draws))
    x = np.zeros_like(noise)
    for t in range(1, draws):
        x[:, t] = correlation * x[:, t - 1] + noise[:, t]
    return x + apart * np.arange(chains)[:, None]


CHAINS = {
    "independent": _chains(0.0, 4, 500),
    "slow": _chains(0.97, 4, 1001),
    "alternating": _chains(-0.6, 3, 400),
    "apart": _chains(0.5, 4, 600, apart=3.0),
    "one": _chains(0.8, 1, 700),
    "whole numbers": np.floor(_chains(0.9, 4, 800)),
    "heavy": np.exp(3 * _chains(0.3, 2, 512)),
}


@pytest.mark.parametrize("name", CHAINS)
def test_figures_equal_arviz(name: str) -> None:
    x = CHAINS[name]
    axes = {"chain_axis": 0, "draw_axis": 1}
    ours = [ess_bulk(x)]
    theirs = [array_stats.ess(x, method="bulk", **axes)]
    if len(x) > 1:
        # ArviZ gives no R-hat for one chain; the two halves of a chain can disagree too.
        ours.append(r_hat(x))
        theirs.append(array_stats.rhat(x, method="rank", **axes))
    for q in (0.025, 0.05, 0.5, 0.975):
        ours += [ess_quantile(x, q), mcse_quantile(x, q)]
        theirs += [
            array_stats.ess(x, method="quantile", prob=q, **axes),
            array_stats.mcse(x, method="quantile", prob=q, **axes),
        ]
    np.testing.assert_allclose(ours, np.array(theirs, dtype=float), rtol=1e-8)


def test_chains_that_disagree_are_seen() -> None:
    judged = convergence(CHAINS["apart"], (0.5,))
    assert judged.r_hat > 1.05
    assert judged.ess_bulk < 20


def test_a_constant_has_no_error() -> None:
    judged = convergence(np.full((4, 100), 7.0), (0.025, 0.975))
    assert judged.r_hat == 1.0
    assert judged.mcse == (0.0, 0.0)
