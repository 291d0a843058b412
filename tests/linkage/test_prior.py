"""Prior: settled within lists and across them."""

from __future__ import annotations

import numpy as np
import pytest

from everyname.linkage import Pairs
from everyname.linkage.prior import REPEATED, settled

SIZE = 400
EACH = 200 * 199


def pairs(number: int, probability: float, apart: int) -> Pairs:
    """Pairs of position n with n + apart."""
    a = np.arange(number)
    return Pairs(a, a + apart, np.full(number, probability), np.zeros(number, dtype=np.bool_))


def test_each_prior_settles_on_its_own_share_of_matches():
    files = ["a"] * 200 + ["b"] * 200
    across = settled(pairs(100, 0.999, 200), 0.001, files)
    assert across[1].across == pytest.approx(100 / 40_000, rel=1e-2)
    assert across[1].within == pytest.approx(1 / EACH)
    within = settled(pairs(100, 0.999, 1), 0.001, files)
    assert within[1].within == pytest.approx(100 / EACH, rel=1e-2)


def test_the_same_evidence_says_less_within_a_list_of_a_few():
    files = ["a"] * 5 + ["b"] * 5
    inside, priors = settled(pairs(1, 0.5, 1), 0.1, files)
    outside, _ = settled(pairs(1, 0.5, 5), 0.1, files)
    assert priors.within == pytest.approx(REPEATED * 10 / 20)
    assert inside[0] < outside[0]


def test_without_pairs_a_prior_is_that_of_one_match():
    none, priors = settled(Pairs.none(), 0.1, ["a"] * SIZE)
    assert len(none) == 0
    assert priors == (1 / (SIZE * (SIZE - 1) / 2), 1 / (SIZE * (SIZE - 1) / 2), 0.0)
