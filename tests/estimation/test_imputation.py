import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation.combined_estimate import CombinedEstimate
from everyname.estimation.imputation import impute
from everyname.estimation.imputed_strata import stratum_estimates
from everyname.estimation.linkage_replicates import RecordedPersons
from everyname.estimation.result import Refusal
from everyname.estimation.two_list import two_list

LISTS = ("hospital", "press")


def persons(seed, size=3000):
    """Recorded persons of a population: sex, place, two lists; women are in the press more."""
    rng = np.random.default_rng(seed)
    place = rng.integers(0, 3, size)
    sex = (rng.random(size) < np.array([0.2, 0.5, 0.8])[place]).astype(np.int64)
    chance = np.stack([np.where(sex == 1, 0.4, 0.6), np.where(sex == 1, 0.7, 0.3)], axis=1)
    histories = (rng.random((size, 2)) < chance).astype(np.int8)
    seen = histories.any(axis=1)
    return np.stack([sex, place], axis=1)[seen], histories[seen], sex


def with_gaps(codes, share, seed):
    rng = np.random.default_rng(seed)
    return np.where(rng.random(codes.shape) < share, -1, codes)


def test_known_values_stay_and_no_gap_is_left():
    full, marks, _ = persons(1)
    gaps = with_gaps(full, (0.3, 0.2), 2)
    result = impute(gaps, marks, replicates=4)
    assert len(result.completed) == 4
    for completed in result.completed:
        assert (completed[gaps >= 0] == gaps[gaps >= 0]).all()
        assert completed.min() == 0
        assert completed.max(axis=0).tolist() == [1, 2]
    assert result.missing == pytest.approx((0.3, 0.2), abs=0.03)


def test_the_same_seed_gives_the_same_replicates_and_another_does_not():
    full, marks, _ = persons(3, 400)
    gaps = with_gaps(full, 0.3, 4)
    first, again = (impute(gaps, marks, replicates=2, seed=5).completed for _ in range(2))
    other = impute(gaps, marks, replicates=2, seed=6).completed
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert not all((a == b).all() for a, b in zip(first, other, strict=True))
    assert (first[0] != first[1]).any()


def women_among(place, pattern):
    """Share of women in a place among those with a capture pattern, by Bayes' rule."""
    share = (0.2, 0.5, 0.8)[place]
    women, men = (
        np.prod(np.where(pattern, chance, 1 - np.array(chance)))
        for chance in ((0.4, 0.7), (0.6, 0.3))
    )
    return share * women / (share * women + (1 - share) * men)


def test_imputed_values_keep_what_place_and_lists_tell_of_sex():
    full, marks, _ = persons(7, 6000)
    gaps = full.copy()
    gone = np.random.default_rng(8).random(len(full)) < 0.4
    gaps[gone, 0] = -1
    completed = impute(gaps, marks, replicates=10).completed
    for place in range(3):
        for pattern in ((1, 0), (0, 1), (1, 1)):
            cell = gone & (full[:, 1] == place) & (marks == pattern).all(axis=1)
            imputed = np.mean([each[cell, 0].mean() for each in completed])
            assert imputed == pytest.approx(women_among(place, pattern), abs=0.07)


def test_replicates_are_as_good_as_independent_and_differ_by_as_much_as_is_unknown():
    # One field, nothing known but its shares: of n known with share p, each replicate's share of
    # the m missing has variance p(1-p)(1/m + 1/n), by the beta-binomial distribution.
    sex = np.repeat([1, 0, -1], [120, 280, 400])[:, np.newaxis]
    result = impute(sex, replicates=400, classes=1)
    shares = np.array([each[sex[:, 0] < 0, 0].mean() for each in result.completed])
    assert shares.mean() == pytest.approx(0.3, abs=0.01)
    assert shares.var() == pytest.approx(0.21 * (1 / 400 + 1 / 400), rel=0.25)
    assert abs(np.corrcoef(shares[1:], shares[:-1])[0, 1]) < 0.15
    assert result.autocorrelation < 0.1


def test_combined_variance_is_that_of_the_known_for_a_share_alone():
    # Theory: with missing at random and nothing else known, imputing adds nothing to the known
    # 400: the variance of the combined share is p(1-p)/400, not p(1-p)/800.
    from everyname.estimation.kernels.rubin import combine_flat

    sex = np.repeat([1, 0, -1], [120, 280, 400])[:, np.newaxis]
    shares = np.array([each.mean() for each in impute(sex, replicates=200, classes=1).completed])
    made = combine_flat(shares, shares * (1 - shares) / 800)
    assert made.variance == pytest.approx(0.21 / 400, rel=0.15)


def test_missing_more_often_in_one_list_does_not_bias():
    # Sex is missing for half of those in the press: leaving them out would bias, imputing not.
    full, marks, _ = persons(9, 8000)
    gone = (np.random.default_rng(10).random(len(full)) < 0.5) & (marks[:, 1] == 1)
    gaps = full.copy()
    gaps[gone, 0] = -1
    imputed = np.mean([each[:, 0].mean() for each in impute(gaps, marks).completed])
    assert imputed == pytest.approx(full[:, 0].mean(), abs=0.01)
    assert abs(full[~gone, 0].mean() - full[:, 0].mean()) > 0.03


def test_many_lists_enter_one_by_one():
    rng = np.random.default_rng(11)
    group = rng.integers(0, 2, 2000)
    marks = (rng.random((2000, 7)) < np.where(group[:, np.newaxis] == 1, 0.6, 0.2)).astype(int)
    marks, group = marks[marks.any(axis=1)], group[marks.any(axis=1)]
    gaps = np.where(rng.random(len(group)) < 0.3, -1, group)[:, np.newaxis]
    completed = impute(gaps, marks, replicates=3).completed
    gone = gaps[:, 0] < 0
    assert np.mean([(each[gone, 0] == group[gone]).mean() for each in completed]) > 0.7


def test_few_classes_are_said():
    full, marks, _ = persons(12, 1000)
    result = impute(with_gaps(full, 0.2, 1), marks, classes=2, replicates=2)
    assert result.diagnostics[0].endswith(
        "of the sweeps all 2 classes of the mixture were in use: allow more of them."
    )


@pytest.mark.parametrize(
    ("columns", "histories", "message"),
    [
        ([[-1], [-1]], None, "column 1: a field that nobody has a value for"),
        ([[-2], [0]], None, "column 1: the code -2"),
        ([[0.5], [1.0]], None, "columns of shape"),
        (np.zeros((0, 2), int), None, "columns of shape"),
        ([[0], [1]], [[1, 0]], "histories of shape"),
        ([[0], [1]], [[1, 2], [0, 1]], "histories of shape"),
    ],
)
def test_what_cannot_be_imputed_is_an_error(columns, histories, message):
    with pytest.raises(EstimationError, match=message):
        impute(columns, histories)


def test_strata_of_sex_with_gaps():
    full, marks, sex = persons(13, 4000)
    gaps = with_gaps(full, (0.3, 0.2), 14)
    result = stratum_estimates(
        RecordedPersons(marks, gaps),
        two_list,
        by=(0,),
        lists=LISTS,
        labels={(0,): "men", (1,): "women"},
    )
    assert list(result.strata) == ["men", "women"]
    for code, each in enumerate(result.strata.values()):
        assert isinstance(each, CombinedEstimate)
        assert each.low <= (sex == code).sum() <= each.high
        assert set(each.shares) == {"estimation", "imputation"}
        assert 0.1 < each.shares["imputation"] < 0.8
        assert each.assumptions[-1].startswith("Whether a field is missing depends only on")
        assert each.diagnostics[-1].startswith("Missing for 30%, 20% of the recorded")
    assert isinstance(result.total, CombinedEstimate)
    assert result.total.low <= 4000 <= result.total.high
    # Everybody is in some stratum, whoever is in which: imputation hardly moves the sum.
    assert result.total.shares["imputation"] < 0.2


def test_linkage_and_imputation_inside_it():
    full, marks, _ = persons(15, 2000)
    gaps = with_gaps(full, (0.3, 0.2), 16)
    rng = np.random.default_rng(17)

    def linkages():
        for _ in range(4):
            kept = rng.random(len(gaps)) < 0.97
            yield RecordedPersons(marks[kept], gaps[kept])

    result = stratum_estimates(linkages(), two_list, by=(0,), lists=LISTS, replicates=3)
    for each in result.strata.values():
        assert list(each.shares) == ["estimation", "linkage", "imputation"]
        assert sum(each.shares.values()) == pytest.approx(1)
        assert each.replicates == 12


def test_a_stratum_without_overlap_is_refused_and_said_in_the_sum():
    marks = np.array([[1, 0], [0, 1], [1, 1]] * 40 + [[1, 0]] * 10 + [[0, 1]] * 5, dtype=np.int8)
    codes = np.array([[0]] * 118 + [[-1]] * 2 + [[1]] * 15)
    result = stratum_estimates(RecordedPersons(marks, codes), two_list, by=(0,), lists=LISTS)
    assert isinstance(result.strata["1"], Refusal)
    assert result.total.lower_bound


def test_strata_by_a_column_that_is_not_there_are_an_error():
    with pytest.raises(EstimationError, match="strata by the columns"):
        stratum_estimates(
            RecordedPersons(np.ones((3, 2), np.int8), np.zeros((3, 1), np.int64)),
            two_list,
            by=(1,),
            lists=LISTS,
        )
