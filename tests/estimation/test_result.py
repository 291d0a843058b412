from fractions import Fraction

import numpy as np
import pytest
from pydantic import ValidationError

from everyname.errors import EstimationError
from everyname.estimation import Estimate
from everyname.estimation.result import checked_level, checked_seed

GIVEN = {
    "model": "Chapman's two-list estimate, <a> and b",
    "point": 599.2,
    "low": 521.9,
    "high": 712.1,
    "level": 0.95,
    "observed": 299,
    "unrecorded": 300.2,
    "assumptions": ("Lists are independent.",),
    "reference": "Chapman (1951).",
    "settings": {"form": "chapman"},
    "lower_bound": False,
    "diagnostics": ("Few persons.",),
}


@pytest.mark.parametrize("level", [np.float32(0.9), np.float64(0.9), 0.9, Fraction(9, 10)])
def test_any_number_between_0_and_1_is_a_level(level):
    assert checked_level(level) == pytest.approx(0.9)
    assert type(checked_level(level)) is float


@pytest.mark.parametrize("level", [True, 0, 1, float("nan"), "0.9", None])
def test_what_is_no_level_is_an_error(level):
    with pytest.raises(EstimationError, match="a level of"):
        checked_level(level)


@pytest.mark.parametrize("seed", [True, False, -1, 1.0, None])
def test_what_is_no_seed_is_an_error(seed):
    with pytest.raises(EstimationError, match="a seed of"):
        checked_seed(seed)


def test_limits_are_rounded_outward():
    assert Estimate(**GIVEN).words == "About 599 persons (95% interval 521 to 713; 299 recorded)."


def test_a_notebook_shows_the_result_with_its_assumptions_and_nothing_unescaped():
    assert Estimate(**GIVEN)._repr_html_() == (
        "<div><p><strong>Chapman&#x27;s two-list estimate, &lt;a&gt; and b</strong>: About 599"
        " persons (95% interval 521 to 713; 299 recorded).</p><p>It assumes:</p><ul><li>Lists are"
        " independent.</li></ul><p>Few persons.</p><p>Chapman (1951).</p></div>"
    )


@pytest.mark.parametrize("change", [{"low": 298.0}, {"point": 800.0}, {"low": 600.0}])
def test_an_estimate_below_the_recorded_or_outside_its_interval_cannot_be_made(change):
    with pytest.raises(ValidationError, match="does not fit 299 recorded persons"):
        Estimate(**{**GIVEN, **change})


def test_an_estimate_survives_json():
    estimate = Estimate(**GIVEN)
    assert Estimate.model_validate_json(estimate.model_dump_json()) == estimate
