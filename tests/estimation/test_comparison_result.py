"""A comparison read back from JSON: every result is of the kind it was."""

from __future__ import annotations

import json
from math import inf

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation import comparison_result, estimate
from everyname.estimation.combined_estimate import CombinedEstimate
from everyname.estimation.comparison_result import Comparison
from everyname.estimation.doubly_robust import DoublyRobustEstimate
from everyname.estimation.graphical_estimate import Graph, GraphicalEstimate
from everyname.estimation.latent_class_estimate import LatentClassEstimate
from everyname.estimation.latent_class_refusals import CapDecides, SeveralModes
from everyname.estimation.log_linear import SelectedEstimate
from everyname.estimation.modes import Mode
from everyname.estimation.reported_interval import FamilyShare, ReportedEstimate
from everyname.estimation.result import (
    AveragedEstimate,
    Estimate,
    LikelihoodEstimate,
    PosteriorEstimate,
    Refusal,
)
from everyname.estimation.sensitivity_estimate import SensitivityEstimate, SensitivityPoint
from everyname.estimation.sparse_estimate import SparseEstimate

ALL = {
    "model": "A model",
    "point": 150.0,
    "low": 120.0,
    "high": 210.5,
    "level": 0.95,
    "observed": 100,
    "unrecorded": 50.0,
    "assumptions": ("Lists are independent.",),
    "reference": "Nobody (2000).",
    "settings": {"cap": 20, "share": 20.0, "form": "plain"},
    "lower_bound": False,
    "diagnostics": ("A note.",),
}
FITTED = {
    "terms": ("a", "b", "a:b"),
    "log_likelihood": -12.5,
    "deviance": 1.5,
    "degrees_of_freedom": 2,
    "parameters": 5,
    "aic": 35.0,
    "bic": 48.0,
    "weight": 0.75,
}
LIKELIHOOD = LikelihoodEstimate(**ALL, **FITTED)
DRAWS = np.array([[140, 150], [150, 160]])
MODES = (
    Mode(point=140.0, low=120.0, high=160.0, weight=0.6, error=0.02),
    Mode(point=400.0, low=350.0, high=470.0, weight=0.4, error=0.02),
)
REFUSED = {"model": "A model", "reason": "The table cannot say."}
RESULTS = [
    Estimate(**ALL),
    LIKELIHOOD,
    AveragedEstimate(**ALL, models=(LIKELIHOOD,)),
    SelectedEstimate(**ALL, **FITTED, models=(LIKELIHOOD,)),
    SparseEstimate(
        **ALL,
        **FITTED,
        selected=("a:b",),
        without_overlap=(),
        model_low=130.0,
        model_high=inf,
        bias_correction=0.1,
        acceleration=0.02,
        selected_share={"a:b": 0.9},
        refused_share=0.01,
        replicates=np.array([150.0, inf]),
    ),
    PosteriorEstimate(**ALL, draws=DRAWS),
    GraphicalEstimate(
        **ALL,
        draws=DRAWS,
        graphs=(
            Graph(
                cliques=(("a", "b"), ("c",)), probability=0.9, point=150.0, low=120.0, high=200.0
            ),
        ),
        complete_probability=0.1,
        mass_near_cap=0.0,
    ),
    LatentClassEstimate(
        **ALL,
        draws=DRAWS,
        r_hat=1.004,
        ess_bulk=900.0,
        ess_tail=800.0,
        mcse=(1.0, 1.0, 2.0),
        mass_near_cap=0.001,
        occupied=(0.0, 0.5, 0.5),
        modes=MODES,
    ),
    SensitivityEstimate(
        **ALL,
        draws=DRAWS,
        curve=(SensitivityPoint(xi=1.0, point=150.0, low=120.0, high=210.5),),
    ),
    CombinedEstimate(
        **ALL,
        rule="rubin",
        replicates=20,
        refused=1,
        shares={"estimation": 0.75, "linkage": 0.25},
        replicate_points=(149.0, 151.0),
    ),
    DoublyRobustEstimate(
        **ALL, capture_probability=0.7, plug_in=148.0, one_step=150.0, targeted=151.0
    ),
    ReportedEstimate(
        **ALL,
        families=(
            FamilyShare(
                takes_for_granted="Nothing.", weight=1.0, point=150.0, low=120.0, high=210.5
            ),
        ),
        unequal=0.2,
        widened=True,
    ),
    Refusal(**REFUSED),
    SeveralModes(**REFUSED, modes=MODES),
    CapDecides(
        **REFUSED, low=120.0, point=150.0, high=2000.0, cap=2000.0, mass_near_cap=0.2, modes=MODES
    ),
]
BARE = estimate([[1, 1], [1, 0], [0, 1]], [20, 40, 70], models=["chapman"])


def with_result(result):
    return BARE.model_copy(update={"results": (result,), "reported": result, "total": result})


def kinds(kind):
    yield kind
    for narrower in kind.__subclasses__():
        yield from kinds(narrower)


def test_every_kind_of_result_is_known_and_tried_here():
    of_this_package = {
        kind.__name__
        for root in (Estimate, Refusal)
        for kind in kinds(root)
        if kind.__module__.startswith("everyname.")
    }
    assert set(comparison_result._KINDS) == of_this_package
    assert {type(result).__name__ for result in RESULTS} == of_this_package


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_a_result_comes_back_from_json_as_the_kind_it_was(result):
    text = with_result(result).model_dump_json()
    json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    again = Comparison.model_validate_json(text)
    for found in (again.results[0], again.reported, again.total):
        assert type(found) is type(result)
        for name, field in type(result).model_fields.items():
            expected = None if field.exclude else getattr(result, name)
            assert getattr(found, name) == expected, name
    assert again.model_dump_json() == text


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_a_file_without_kinds_is_read_by_its_fields(result):
    written = json.loads(with_result(result).model_dump_json())
    assert written["results"][0].pop("kind") == type(result).__name__
    found = Comparison.model_validate(written).results[0]
    expected = Estimate if type(result) is PosteriorEstimate else type(result)
    assert type(found) is expected


def test_an_old_refusal_that_lost_its_fields_is_a_refusal():
    written = json.loads(BARE.model_dump_json())
    written["results"] = [REFUSED]
    assert Comparison.model_validate(written).results == (Refusal(**REFUSED),)


@pytest.mark.parametrize(
    "result",
    [r for r in RESULTS if isinstance(r, PosteriorEstimate)],
    ids=lambda r: type(r).__name__,
)
def test_a_posterior_read_from_json_says_that_it_holds_no_draws(result):
    again = Comparison.model_validate_json(with_result(result).model_dump_json())
    with pytest.raises(EstimationError, match="a result read from JSON holds none"):
        again.results[0].to_arviz()
