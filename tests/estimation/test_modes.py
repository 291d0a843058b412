"""Modes of a posterior of the number of persons, their weights, and when these are not settled."""

import json

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation.modes import latent_class_modes, modes_of, valleys
from everyname.estimation.pattern_table import PatternTable


def two_modes(shares, draws=4000, seed=0):
    rng = np.random.default_rng(seed)
    runs = []
    for share in shares:
        high = rng.random(draws) < share
        logs = np.where(high, rng.normal(np.log(140_000), 0.15, draws),
                        rng.normal(np.log(50_000), 0.1, draws))  # fmt: skip
        runs.append(np.exp(logs).astype(np.int64))
    return np.array(runs)


def test_one_peak_has_no_valley():
    logs = np.random.default_rng(1).normal(9.0, 0.2, 5000)
    assert valleys(logs) == ()


def test_two_peaks_have_a_valley_between_them():
    (cut,) = valleys(np.log(two_modes([0.3])))
    assert 58_000 < np.exp(cut) < 110_000


def test_weights_of_draws_count():
    logs = np.log(two_modes([0.3])[0])
    assert valleys(logs, (logs < np.log(80_000)).astype(float)) == ()


def test_modes_are_named_with_their_weights_where_runs_agree():
    modes, settled = modes_of(two_modes([0.30, 0.28, 0.31, 0.29]))
    assert settled
    assert [round(mode.weight, 1) for mode in modes] == [0.7, 0.3]
    assert modes[0].point == pytest.approx(50_000, rel=0.02)
    assert modes[1].point == pytest.approx(140_000, rel=0.02)
    assert modes[0].low < modes[0].point < modes[0].high < modes[1].low


def test_runs_that_stay_in_different_modes_do_not_settle_the_weights():
    modes, settled = modes_of(two_modes([0.0, 1.0, 0.0, 0.0]))
    assert not settled
    assert [mode.weight for mode in modes] == [0.75, 0.25]
    assert modes[0].error == pytest.approx(0.25)


def test_one_run_cannot_tell_its_own_error():
    with pytest.raises(EstimationError, match="draws of shape"):
        modes_of(two_modes([0.3]))


@pytest.mark.shared
@pytest.mark.parametrize("name", ["western", "korea"])
def test_quantiles_are_those_of_long_chains_of_lcmcr(shared, name):
    table = np.loadtxt(shared / f"data/patterns/{name}.csv", delimiter=",", skiprows=1, dtype=int)
    lists = tuple("abcdefgh"[: table.shape[1] - 1])
    patterns = PatternTable(lists, table[:, :-1].astype(np.int8), table[:, -1].astype(np.int64))
    found = latent_class_modes(patterns, runs=2, sweeps=3000, powers=8, seed=1)
    text = (shared / "reference/estimation_r.csv").read_text().splitlines()
    rows = [line.split(",") for line in text if line.startswith(f"{name},R LCMCR 0.4.14,K=10")]
    reference = np.array([[float(row[i]) for i in (4, 3, 5)] for row in rows]).mean(axis=0)
    assert len(found.modes) == 1
    assert found.settled
    ours = np.quantile(found.draws, (0.025, 0.5, 0.975))
    recorded = table[:, -1].sum()
    np.testing.assert_allclose(ours - recorded, reference - recorded, rtol=0.15)
    assert json.loads(found.model_dump_json())["settings"]["seed"] == 1
