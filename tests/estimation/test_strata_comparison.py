"""Strata side by side, their sum, and what imputing a missing stratum adds."""

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation import Comparison, Estimate, Refusal, estimate
from everyname.estimation.combined_estimate import CombinedEstimate
from everyname.estimation.reported_interval import ReportedEstimate
from everyname.estimation.strata import sum_of_strata

LISTS = ("hospital", "press", "survey")


def simulated(persons=1600, missing=0.3, seed=4):
    """Women are 40% and recorded less; the sex of some is not known."""
    rng = np.random.default_rng(seed)
    women = rng.random(persons) < 0.4
    marks = rng.random((persons, 3)) < np.where(women[:, None], 0.3, 0.5)
    held = marks.any(axis=1)
    unknown = rng.random(persons) < missing
    sex = np.where(unknown, "", np.where(women, "f", "m"))
    columns = {name: marks[held, place].astype(int) for place, name in enumerate(LISTS)}
    return {**columns, "sex": sex[held].tolist()}, held


def reported_of(low, point, high, observed, *, widened):
    return ReportedEstimate(
        model="Reported interval",
        point=point,
        low=low,
        high=high,
        level=0.95,
        observed=observed,
        unrecorded=point - observed,
        assumptions=(),
        reference="",
        settings={},
        lower_bound=False,
        families=(),
        unequal=0.5,
        widened=widened,
    )


@pytest.mark.parametrize(
    ("widened", "low", "high"), [(False, 290, 450), (True, 286, 510)], ids=["apart", "in common"]
)
def test_reported_intervals_keep_their_sides_in_the_sum(widened, low, high):
    # 6 and 8 below, 90 and 120 above: 10 and 150 by squares, 14 and 210 where doubt is shared.
    parts = {
        "a": reported_of(94, 100, 190, 50, widened=widened),
        "b": reported_of(192, 200, 320, 100, widened=widened),
    }
    total = sum_of_strata(parts, {"a": 50, "b": 100})
    assert (total.low, total.point, total.high) == pytest.approx((low, 300, high))
    assert total.settings["widened"] == (2 if widened else 0)


def test_missing_strata_are_imputed_and_their_share_is_shown():
    columns, held = simulated()
    found = estimate(columns, by="sex", models=["chao"])
    assert [part.stratum for part in found.strata] == ["f", "m"]
    assert sum(part.comparison.observed for part in found.strata) == held.sum()
    for part, truth in zip(found.strata, (640, 960), strict=True):
        assert isinstance(part.reported, CombinedEstimate)
        assert set(part.reported.shares) == {"estimation", "imputation"}
        assert 0 < part.reported.shares["imputation"] < 0.5
        assert part.reported.low <= truth <= part.reported.high
    assert isinstance(found.total, CombinedEstimate)
    assert found.total.low <= 1600 <= found.total.high
    assert found.warnings[0].startswith("sex is missing for ")
    assert "imputed 10 times" in found.warnings[0]
    assert Comparison.model_validate_json(found.model_dump_json()) == found
    assert "<td>Total</td>" in found._repr_html_()


def test_rows_with_counts_are_imputed_as_rows_of_persons():
    columns, _ = simulated(persons=400)
    rows = list(zip(*columns.values(), strict=True))
    distinct = sorted(set(rows))
    counted = {name: [row[place] for row in distinct] for place, name in enumerate(columns)}
    counted["count"] = [rows.count(row) for row in distinct]
    one, other = (
        estimate(each, by="sex", models=["chao"], imputations=3) for each in (columns, counted)
    )
    assert [p.stratum for p in one.strata] == [p.stratum for p in other.strata] == ["f", "m"]
    assert one.total.replicates == other.total.replicates == 3
    assert one.total.point == pytest.approx(other.total.point, rel=0.1)


def test_missing_is_a_stratum_of_its_own_where_nothing_is_imputed():
    columns, held = simulated(persons=400)
    found = estimate(columns, by="sex", models=["chao"], imputations=0)
    assert [part.stratum for part in found.strata] == ["f", "m", "unknown"]
    assert sum(part.comparison.observed for part in found.strata) == held.sum()
    nobody = estimate(
        {**columns, "sex": ["Unknown"] * len(columns["sex"])}, by="sex", models=["chao"]
    )
    assert [part.stratum for part in nobody.strata] == ["unknown"]


def test_refused_strata_make_the_sum_a_lower_bound():
    columns, _ = simulated(missing=0)
    few = {name: [*values[:40], *([1, 0, 0] if name == "press" else [0, 1, 1])]
           for name, values in columns.items() if name != "sex"}  # fmt: skip
    rest = {name: [*values, *few[name][-3:]] for name, values in columns.items() if name != "sex"}
    found = estimate({**rest, "sex": [*columns["sex"], "x", "x", "x"]}, by="sex", models=["chao"])
    assert isinstance(found.strata[-1].reported, Refusal)
    assert isinstance(found.total, Estimate)
    assert found.total.lower_bound
    assert found.consistency.startswith("The strata add up to at least ")


def test_a_sum_that_the_whole_contradicts_is_pointed_out():
    rng = np.random.default_rng(8)
    town = np.arange(6000) < 3000
    marks = rng.random((6000, 3)) < np.where(town[:, None], 0.75, 0.06)
    held = marks.any(axis=1)
    columns = {name: marks[held, place].astype(int) for place, name in enumerate(LISTS)}
    place = np.where(town, "town", "country")[held].tolist()
    found = estimate({**columns, "place": place}, by="place", models=["chao"])
    assert found.consistency
    outside = not found.total.low <= found.reported.point <= found.total.high
    assert (found.consistency in found.warnings) == outside


def test_one_imputation_is_refused():
    columns, _ = simulated(persons=100)
    with pytest.raises(EstimationError, match=r"1 imputations\. Impute at least twice"):
        estimate(columns, by="sex", models=["chao"], imputations=1)
