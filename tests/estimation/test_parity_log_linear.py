"""Log-linear models of published tables, against R's Rcapture 1.4-4."""

import json
from math import log, sqrt

import numpy as np
import pytest

from everyname.estimation.fitted_models import bracketed
from everyname.estimation.kernels.existence import existence
from everyname.estimation.kernels.hierarchical_models import cell_counts, fit_models, model_space
from everyname.estimation.log_linear import loglinear
from everyname.estimation.result import Refusal
from everyname.estimation.table_input import as_table

pytestmark = pytest.mark.shared

# The models among R's best five whose maximum likelihood estimate does not exist: R fits them to
# the last step before its limit. None of them is ranked here.
NO_MAXIMUM = {
    "artificial_3": {"[12,3]", "[12,13]", "[13,23]", "[12,23]"},
    "australia": {"[234,12]"},
    "korea": {"[12,13,23]", "[12,13]"},
    "ned_5": {
        "[12,15,23,24,25,35,45]",
        "[12,15,23,24,25,35]",
        "[12,14,15,23,24,25,35,45]",
        "[12,13,15,24,34,35]",
        "[12,15,23,24,25,34,35,45]",
    },
    "neworl_5": {"[35,1,2,4]"},
    "ukdat_5": {"[12,13,15,25,35,45]"},
    "western": {"[12,15,3,4]", "[12,15,45,3]", "[15,25,3,4]"},
}
# Their extended estimate does not determine the total either: R's total is where it stopped.
NO_TOTAL = {("artificial_3", model) for model in ("[12,3]", "[12,13]", "[12,23]")} | {
    ("korea", "[12,13,23]"),
    ("korea", "[12,13]"),
}
# Models whose standard error R has from its step before the last (see the capture models).
STOPPED_EARLY = {("artificial_3", "[1,2,3]")}


def four(number):
    return float(f"{number:.4g}")


@pytest.fixture(scope="module")
def tables(shared):
    reference = json.loads((shared / "reference/estimation_r.json").read_text(encoding="utf-8"))
    found = {
        name: (as_table(shared / f"data/patterns/{name}.csv"), entry)
        for name, entry in reference.items()
        if "rcapture_MS" in entry
    }
    assert len(found) == 15
    return found


def fitted(table):
    n_lists = len(table.lists)
    space = model_space(n_lists, 2 if n_lists == 5 else n_lists - 1)
    fits = fit_models(space, cell_counts(table.histories, table.counts))
    columns = np.arange(n_lists)
    names = [bracketed(space, place, columns) for place in range(len(space.members))]
    return space, fits, names


def test_the_best_five_models_are_those_of_closedpms(tables):
    differ, compared = set(), 0
    for name, (table, reference) in tables.items():
        r = reference["rcapture_MS"]
        _, fits, names = fitted(table)
        assert len(names) == r["nmodels"]
        criterion = -2 * fits.log_likelihood + log(table.observed) * fits.parameters
        # All models, also those that have no maximum, are fitted as well as R fits them.
        for model, bic in zip(r["best"], r["BIC"], strict=True):
            assert four(criterion[names.index(model)]) == four(float(bic)), (name, model)
        missing = {model for model in r["best"] if not fits.exists[names.index(model)]}
        assert missing == NO_MAXIMUM.get(name, set())
        ordered = [names[i] for i in np.argsort(np.where(fits.exists, criterion, np.inf))]
        ranked = [model for model in r["best"] if model not in missing]
        assert ordered[: len(ranked)] == ranked or name in ("artificial_3", "korea")
        for model, total, error in zip(r["best"], r["N"], r["se"], strict=True):
            if model in missing:
                continue
            place = names.index(model)
            unrecorded = float(fits.unrecorded[place])
            assert four(table.observed + unrecorded) == four(float(total)), (name, model)
            ours = sqrt(unrecorded + (unrecorded * float(fits.log_error[place])) ** 2)
            compared += 1
            if four(ours) != four(float(error)):
                differ.add((name, model))
                assert ours == pytest.approx(float(error), rel=1e-4)
    assert differ == STOPPED_EARLY
    assert compared == 75 - sum(len(models) for models in NO_MAXIMUM.values())


def test_the_interval_of_the_best_model_is_that_of_closedpci(tables):
    compared = 0
    for name, (table, reference) in tables.items():
        r = reference["rcapture_MS_best_CI"]
        result = loglinear(table, average=False)
        if r["model"] in NO_MAXIMUM.get(name, set()):
            assert result.settings["model"] != r["model"]
            continue
        assert result.settings["model"] == r["model"]
        ours = (result.point, result.low, result.high)
        if name == "korea":
            # R takes Stirling's approximation for 29 unrecorded.
            assert ours == pytest.approx((r["N"], r["lo"], r["hi"]), rel=4e-4)
            continue
        assert [four(number) for number in ours] == [four(r[key]) for key in ("N", "lo", "hi")], (
            name
        )
        compared += 1
    assert compared == 12


def test_totals_of_models_without_a_maximum_are_extended_estimates_or_nothing(tables):
    agree, undetermined = set(), set()
    for name, models in NO_MAXIMUM.items():
        table, reference = tables[name]
        listed = reference["rcapture_MS"]
        for model in models:
            result = loglinear(table, models=(model,), average=False, maximum="extended")
            total = float(listed["N"][listed["best"].index(model)])
            if isinstance(result, Refusal):
                undetermined.add((name, model))
            else:
                assert four(result.settings["poisson_estimate"]) == four(total), (name, model)
                agree.add((name, model))
            assert isinstance(loglinear(table, models=(model,), average=False), Refusal)
    assert undetermined == NO_TOTAL
    assert len(agree) == 12


@pytest.mark.parametrize(
    "name", ["artificial_3", "korea", "australia", "hiv_rome", "kosovo_aggregate"]
)
def test_the_proof_of_a_maximum_agrees_with_linear_programming(tables, name):
    table, _ = tables[name]
    space, fits, names = fitted(table)
    counts = cell_counts(table.histories, table.counts).astype(np.int64)
    for place in range(0, len(names), 1 if len(names) < 200 else 17):
        decided = existence(space.design[:, space.members[place]], counts)
        assert decided.exists == fits.exists[place], names[place]


def test_the_three_models_of_kosovo_are_shown_beside_each_other(tables):
    result = loglinear(tables["kosovo_aggregate"][0], average=False)
    assert [model.model for model in result.models] == [
        "Log-linear [123,14,34]",
        "Log-linear [123,134]",
        "Log-linear [134,12,23]",
    ]
    assert [round(model.settings["poisson_estimate"]) for model in result.models] == [
        10357,
        12741,
        18393,
    ]
    averaged = loglinear(tables["kosovo_aggregate"][0])
    assert averaged.low < 10357
    assert averaged.high > 18393
