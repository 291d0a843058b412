"""The latent class model: its density, its sampler, and what it refuses."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit

from everyname.errors import EstimationError
from everyname.estimation import chains, mode_weights
from everyname.estimation.chains import FourChains
from everyname.estimation.kernels.latent_class_density import log_density_gradient
from everyname.estimation.kernels.latent_class_lanes import (
    lanes_gradient,
    pattern_tree,
    workspace_size,
)
from everyname.estimation.latent_class_estimate import LatentClassEstimate
from everyname.estimation.latent_class_refusals import CapDecides, SeveralModes
from everyname.estimation.latent_classes import latent_class
from everyname.estimation.modes import Modes
from everyname.estimation.optima import optima
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Refusal

# Snowshoe hares of Cormack (1989) are in the shared data; this table is invented.
HISTORIES = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0], [0, 0, 1]])
COUNTS = np.array([12, 20, 18, 70, 25, 90, 60])


def _naive(theta: np.ndarray, patterns: np.ndarray, counts: np.ndarray, classes: int) -> float:
    """The density written as in the paper, with nothing shared between patterns."""
    n_lists = patterns.shape[1]
    lam = expit(theta[: classes * n_lists]).reshape(classes, n_lists)
    sticks = np.append(expit(theta[classes * n_lists :]), 1.0)
    weights = sticks * np.append(1.0, np.cumprod(1 - sticks[:-1]))
    p = [(weights * np.where(x > 0, lam, 1 - lam).prod(axis=1)).sum() for x in patterns]
    missed = (weights * (1 - lam).prod(axis=1)).sum()
    left = np.log1p(-sticks[:-1]).sum()
    return float(
        counts @ np.log(p)
        - counts.sum() * np.log1p(-missed)
        + np.log(lam * (1 - lam)).sum()
        + np.log(sticks[:-1]).sum()
        - (classes - 1 + 0.25) * np.log(0.25 - left)
    )


@pytest.mark.parametrize("tempering", [0.0, 0.4, 1.0])
def test_density_is_that_of_the_paper_and_the_gradient_its_slope(tempering: float) -> None:
    classes = 4
    theta = np.random.default_rng(3).normal(size=classes * 3 + classes - 1)
    gradient = np.empty_like(theta)

    def density(x: np.ndarray) -> float:
        return log_density_gradient(
            x,
            HISTORIES.astype(float),
            COUNTS.astype(float),
            classes,
            0.25,
            0.25,
            tempering,
            gradient,
        )

    prior = _naive(theta, HISTORIES, np.zeros(7), classes)
    posterior = _naive(theta, HISTORIES, COUNTS, classes)
    steps = 1e-5 * np.eye(len(theta))
    slope = [(density(theta + d) - density(theta - d)) / 2e-5 for d in steps]
    assert density(theta) == pytest.approx(prior + tempering * (posterior - prior), rel=1e-12)
    np.testing.assert_allclose(gradient, slope, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("n_lists", [3, 5, 8])
def test_four_chains_at_once_have_the_density_of_one(n_lists: int) -> None:
    generator = np.random.default_rng(n_lists)
    classes, stretch = 5, 40.0
    patterns = (generator.random((60, n_lists)) < 0.4).astype(np.int8)
    patterns = np.unique(patterns[patterns.any(axis=1)], axis=0)
    counts = generator.integers(1, 60, len(patterns))
    tree = pattern_tree(patterns, counts)
    centre = generator.normal(size=n_lists)
    size = classes * n_lists + classes - 1
    theta = generator.normal(size=(size, 4))
    gradient, out = np.empty(4 * size), np.empty(8)
    work = np.empty(workspace_size(tree, classes))

    def four(x: np.ndarray) -> np.ndarray:
        flat = np.ascontiguousarray(x).ravel()
        lanes_gradient(flat, tree, centre, stretch, classes, 0.25, 0.25, work, gradient, out, 1)
        return out[:4].copy()

    def one(x: np.ndarray) -> float:
        edge = classes * n_lists
        length = np.exp(x[edge:])
        weights = (1 - np.append(np.exp(-length), 0)) * np.append(1, np.exp(-np.cumsum(length)))
        factor = np.sqrt(0.3 + stretch * weights)
        logits = (x[:edge].reshape(classes, n_lists) / factor[:, None] + centre).ravel()
        plain = np.concatenate([logits, np.log(np.expm1(length))])
        jacobian = (x[edge:] - np.log1p(-np.exp(-length))).sum() - n_lists * np.log(factor).sum()
        return _naive(plain, patterns, counts, classes) + jacobian

    value = four(theta)
    np.testing.assert_allclose(value, [one(theta[:, c]) for c in range(4)], rtol=1e-11)
    slope = np.array(
        [
            (four(theta + d) - four(theta - d)) / 2e-5
            for d in 1e-5 * np.eye(size)[:, :, None] * np.ones(4)
        ]
    )
    four(theta)
    np.testing.assert_allclose(gradient.reshape(size, 4), slope, rtol=1e-5, atol=1e-4)


def test_result_says_what_it_rests_on() -> None:
    seen = []
    result = latent_class(
        HISTORIES, COUNTS, error=0.05, progress=lambda draws, _: seen.append(draws)
    )
    assert isinstance(result, LatentClassEstimate)
    assert result.chains_agree
    assert seen[-1] == result.settings["draws_a_chain"]
    assert result.draws is not None
    assert result.draws.shape == (4, seen[-1])
    assert result.observed == 295
    assert (
        max(
            m / q for m, q in zip(result.mcse, (result.low, result.point, result.high), strict=True)
        )
        <= 0.05
    )
    assert sum(result.occupied) == pytest.approx(1.0)
    assert result.settings["cap"] == 20


def test_same_seed_same_draws_whatever_the_other_chains_do() -> None:
    first = latent_class(HISTORIES, COUNTS, max_draws=200, seed=7)
    again = latent_class(HISTORIES, COUNTS, max_draws=200, seed=7, chains=8)
    other = latent_class(HISTORIES, COUNTS, max_draws=200, seed=8)
    np.testing.assert_array_equal(first.draws, again.draws[:4])
    assert not np.array_equal(first.draws, other.draws)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_posterior_that_the_cap_ends_is_refused_for_every_seed(seed: int) -> None:
    capped = latent_class(HISTORIES, COUNTS, cap=0.5, max_draws=2000, seed=seed)
    assert isinstance(capped, CapDecides)
    assert capped.high <= 295 + 147
    assert capped.mass_near_cap > 0.05
    assert "The cap decides, not the table" in capped.reason
    assert "allowed, 147." in capped.reason
    assert f"{capped.low:,.0f} to {capped.high:,.0f}" in capped.reason


class _Stuck:
    """Stands for chains that stay where they began, one of them elsewhere."""

    def __init__(self, *_: object, **_more: object) -> None:
        self.generator = np.random.default_rng(1)
        self.occupied = np.array([0.0, 1.0])

    def warm_up(self) -> None:
        pass

    def run(self, length: int) -> np.ndarray:
        middle = np.array([300, 300, 300, 320])[:, None]
        return self.generator.normal(middle, 20, size=(4, length)).astype(np.int64)


def test_chains_that_disagree_without_a_valley_between_them_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chains, "Chains", _Stuck)
    result = latent_class(HISTORIES, COUNTS, max_draws=4000)
    assert type(result) is Refusal
    assert re.match(
        r"The chains do not agree \(R-hat 1\.\d\d\): whether the posterior has several modes is not"
        r" known\. The chains, of 4,000 draws each, give about 59\d \(55\d to 63\d\);"
        r" about 59\d \(55\d to 63\d\); about 59\d \(55\d to 63\d\); about 61\d \(57\d to 65\d\)\."
        r" More draws may settle it\.$",
        result.reason,
    )


def test_without_a_cap_nothing_is_near_it() -> None:
    free = latent_class(HISTORIES, COUNTS, cap=None, max_draws=1000)
    assert isinstance(free, LatentClassEstimate)
    assert free.mass_near_cap == 0
    assert free.settings["cap"] == "none"


def test_chains_start_where_they_are_told() -> None:
    table = PatternTable(("A", "B", "C"), HISTORIES.astype(np.int8), COUNTS)
    (group,) = optima(table, classes=4, a=0.25, b=0.25, cap=5900.0)
    four = FourChains(table, 4, 0.25, 0.25, 5900.0, np.random.SeedSequence(1), group.starts[:1])
    # Two chains of one start differ only by the number that is drawn given the parameters.
    first = four.run(1)[:, 0] + table.observed
    assert np.all(np.abs(np.log(first / group.number)) < 1.0)


class _Tempered:
    """Stands for the sampler that takes half a minute, and keeps what it was asked."""

    def __init__(self, share: float) -> None:
        self.share = share
        self.seeds: list[int] = []

    def __call__(self, _table: PatternTable, **given: float) -> Modes:
        self.seeds.append(int(given["seed"]))
        draws = np.full((4, 1000), 48_000)
        draws[:, : round(1000 * self.share)] = 140_000
        return Modes(modes=(), settled=True, draws=draws, settings={})


@pytest.mark.shared
def test_modes_that_lie_apart_are_named_and_refused_whatever_the_seed(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tempered = _Tempered(0.3)
    monkeypatch.setattr(mode_weights, "latent_class_modes", tempered)
    monkeypatch.setattr(mode_weights, "LOOKS", (2000,))
    said: list[str] = []
    path = shared / "data" / "patterns" / "ned_5.csv"
    results = [
        latent_class(path, seed=seed, progress=lambda _, judged: said.append(judged.stage))
        for seed in (1, 2)
    ]
    assert results[0] == results[1]
    assert isinstance(results[0], SeveralModes)
    low, high = results[0].modes
    assert low.point == pytest.approx(48_600, rel=0.03)
    assert high.point == pytest.approx(139_000, rel=0.05)
    assert (low.weight, high.weight) == (0.7, 0.3)
    assert "No single interval is honest" in results[0].reason
    assert f"about {low.point:,.0f} ({low.low:,.0f} to {low.high:,.0f})" in results[0].reason
    assert tempered.seeds == [mode_weights.SEED] * 2
    assert "weighing the modes by parallel tempering" in said


@pytest.mark.shared
def test_a_light_mode_is_named_but_does_not_stand_in_the_way(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mode_weights, "latent_class_modes", _Tempered(0.02))
    monkeypatch.setattr(mode_weights, "LOOKS", (2000,))
    path = shared / "data" / "patterns" / "ned_5.csv"
    result = latent_class(path, max_draws=1000)
    assert isinstance(result, LatentClassEstimate)
    assert [round(mode.weight, 2) for mode in result.modes] == [0.98, 0.02]
    assert result.point == pytest.approx(48_600, rel=0.05)
    assert any("2 separate explanations" in note for note in result.diagnostics)


def test_draws_go_to_arviz_and_to_r(tmp_path: Path) -> None:
    result = latent_class(HISTORIES, COUNTS, max_draws=100)
    posterior = result.to_arviz()["posterior"]["N"]
    np.testing.assert_array_equal(posterior.to_numpy(), result.draws)
    result.write_draws(tmp_path / "draws.csv")
    lines = (tmp_path / "draws.csv").read_text().splitlines()
    assert lines[:2] == ["chain,draw,n", f"1,1,{result.draws[0, 0]}"]
    assert lines[-1] == f"4,100,{result.draws[-1, -1]}"


@pytest.mark.parametrize(
    ("histories", "counts", "reason"),
    [
        ([[1, 1], [1, 0], [0, 1]], [3, 4, 5], "at least three lists"),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [3, 4, 5], "No person is in two lists"),
        ([[1, 1, 0], [0, 1, 0]], [3, 4], "list 3 holds nobody"),
    ],
)
def test_refusals(histories: list[list[int]], counts: list[int], reason: str) -> None:
    result = latent_class(histories, counts)
    assert isinstance(result, Refusal)
    assert reason in result.reason


@pytest.mark.parametrize(
    "wrong", [{"classes": 1}, {"a": 0}, {"cap": -1}, {"chains": 0}, {"error": 0}, {"level": 1}]
)
def test_unusable_arguments(wrong: dict[str, float]) -> None:
    with pytest.raises(EstimationError):
        latent_class(HISTORIES, COUNTS, **wrong)
