"""Which further list would narrow the interval: expectations against closed forms and draws."""

from __future__ import annotations

import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation.design import FurtherList, further_lists, needed_size
from everyname.estimation.kernels.expected_precision import (
    Classes,
    fitted_classes,
    means_and_slopes,
    total_variance,
)
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Refusal
from everyname.simulation.capture_behaviour import independent, latent_classes
from everyname.simulation.capture_designs import NINE

CLASSES = latent_classes([0.5, 0.5], [[0.1, 0.15, 0.1, 0.2, 0.1], [0.6, 0.5, 0.45, 0.5, 0.4]])


def logit(chances):
    return np.log(np.array(chances) / (1 - np.array(chances)))


def alone(total, chances):
    return Classes(total, np.ones(1), logit([chances]))


def expected_table(population, persons):
    """The table of a population with the counts it has on average."""
    counts = np.round(population.chances * persons).astype(np.int64)
    counts[0] = 0
    return PatternTable(population.lists, population.histories, counts)


def drawn_table(name, seed=1):
    drawn = NINE[name].draw(3000, np.random.default_rng(seed))
    return PatternTable(drawn.lists, drawn.histories, drawn.counts)


TABLE = expected_table(independent([0.3, 0.2, 0.25]), 4000)


def test_two_lists_have_the_variance_of_seber():
    total, p1, p2 = 2000, 0.3, 0.45
    assert total_variance(alone(total, [p1, p2])) == pytest.approx(
        total * (1 - p1) * (1 - p2) / (p1 * p2)
    )


def test_independent_lists_have_the_variance_of_darroch():
    chances = np.array([0.3, 0.2, 0.25, 0.1])
    closed = 4000 / (1 / (1 - chances).prod() + 3 - (1 / (1 - chances)).sum())
    assert total_variance(alone(4000, chances)) == pytest.approx(closed)


def test_slopes_are_the_derivatives_of_the_means():
    def at(theta):
        raised = np.exp(np.append(theta[1:2], 0))
        return Classes(
            np.exp(theta[0]),
            raised / raised.sum(),
            theta[2:8].reshape(2, 3),
            ((2, 0, float(theta[8])),),
        )

    theta = np.array([7.0, 0.4, -1.0, -0.5, -2.0, 0.5, 0.2, -0.3, 0.7])
    means, slopes = means_and_slopes(at(theta))
    assert means.sum() == pytest.approx(np.exp(7.0))
    assert slopes.shape == (8, at(theta).parameters)
    for column in range(9):
        step = np.eye(9)[column] * 1e-6
        numeric = (
            means_and_slopes(at(theta + step))[0] - means_and_slopes(at(theta - step))[0]
        ) / 2e-6
        assert slopes[:, column] == pytest.approx(numeric, rel=1e-5, abs=1e-5)


def test_cells_that_do_not_determine_the_total_have_no_variance():
    lists = logit([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]])
    assert total_variance(Classes(1000.0, np.array([0.5, 0.5]), lists)) is None
    tied = Classes(1000.0, np.ones(1), logit([[0.3, 0.3]]), ((1, 0, 0.5),))
    assert total_variance(tied) is None
    alike = Classes(1000.0, np.array([0.5, 0.5]), logit([[0.2] * 5] * 2))
    assert total_variance(alike) is None


def test_the_fit_of_two_lists_is_that_of_lincoln_and_petersen():
    histories = np.array([[1, 1], [1, 0], [0, 1]], dtype=np.int8)
    classes, _ = fitted_classes(histories, np.array([60, 240, 140]), 1, 1)
    assert classes.total == pytest.approx(300 * 200 / 60, rel=1e-5)


def test_the_fit_of_two_classes_finds_what_made_the_table():
    table = expected_table(CLASSES, 100_000)
    classes, _ = fitted_classes(table.histories, table.counts, 2, 1)
    assert classes.total == pytest.approx(100_000, rel=0.005)
    assert np.sort(classes.weights) == pytest.approx([0.5, 0.5], abs=0.01)


def test_the_expected_deviation_is_that_of_draws():
    population, rng = independent([0.3, 0.2, 0.25]), np.random.default_rng(2)
    found = []
    for _ in range(200):
        drawn = population.draw(4000, rng)
        found.append(fitted_classes(drawn.histories, drawn.counts, 1, 1)[0].total)
    expected = total_variance(alone(4000, [0.3, 0.2, 0.25])) ** 0.5
    assert np.std(found) == pytest.approx(expected, rel=0.15)  # error of 200 draws: 5%
    assert np.mean(found) == pytest.approx(4000, rel=0.005)


def test_the_expected_deviation_of_latent_classes_is_that_of_draws():
    rng = np.random.default_rng(3)
    found = []
    for _ in range(40):
        drawn = CLASSES.draw(30_000, rng)
        found.append(fitted_classes(drawn.histories, drawn.counts, 2, 1)[0].total)
    reach = np.array([[0.1, 0.15, 0.1, 0.2, 0.1], [0.6, 0.5, 0.45, 0.5, 0.4]])
    expected = total_variance(Classes(30_000, np.array([0.5, 0.5]), logit(reach))) ** 0.5
    assert np.std(found) == pytest.approx(expected, rel=0.35)  # error of 40 draws: 11%


def test_lists_are_ranked_by_the_interval_they_would_give():
    asked = [
        FurtherList(name="small", size=100),
        FurtherList(name="large", size=1500),
        FurtherList(name="list 2", size=1500),
        FurtherList(name="copying", size=1500, tied_to="list 1", odds_ratio=5.0),
        FurtherList(name="everybody", size=5000),
    ]
    result = further_lists(TABLE, lists=asked)
    assert result.total == pytest.approx(4000, rel=0.001)
    assert [option.list.name for option in result.options] == [
        "large",
        "copying",
        "list 2",
        "small",
    ]
    widths = [option.expected_width for option in result.options]
    assert widths == sorted(widths)
    assert widths[-1] < result.width
    large = result.options[0]
    # Of the persons no list holds, the large one finds the share it reaches of all.
    recorded = TABLE.observed
    assert large.recorded == pytest.approx(recorded + (4000 - recorded) * 1500 / 4000, abs=2)
    assert large.narrowing == pytest.approx(1 - large.expected_width / result.width)
    assert large.expected_low < 4000 < large.expected_high
    (refusal,) = result.refused
    assert refusal.model == "everybody"
    assert "5,000 persons are more than the 4,000 there are" in refusal.reason
    assert "large with 1,500 persons would narrow it most" in result.words
    assert "<td>large</td><td>1,500</td>" in result._repr_html_()
    assert "how narrow the interval would be, not how right" in " ".join(result.assumptions)


def test_a_list_that_reaches_the_hidden_class_is_worth_more_than_one_like_the_others():
    table = drawn_table("two-classes-4")
    asked = [
        FurtherList(name="even", size=600),
        FurtherList(name="alike", size=600, like="list 2"),
    ]
    result = further_lists(table, lists=asked, model="latent classes")
    assert [option.list.name for option in result.options] == ["even", "alike"]
    assert result.options[0].recorded > result.options[1].recorded
    assert result.model == "2 latent classes"
    alone_model = further_lists(table, lists=asked)
    widths = [option.expected_width for option in alone_model.options]
    assert widths[0] == pytest.approx(widths[1])
    assert alone_model.high < 3000 < result.high


def test_the_size_needed_is_the_smallest_that_is_enough():
    now = further_lists(TABLE, lists=[FurtherList(name="list 2", size=900)])
    needed = needed_size(TABLE, name="list 2", width=now.width / 2)
    assert needed.size_now == TABLE.sizes[1]
    assert needed.option.expected_width <= now.width / 2
    fewer = needed.list.size - 1
    (less,) = further_lists(TABLE, lists=[FurtherList(name="list 2", size=fewer)]).options
    assert less.expected_width > now.width / 2
    assert needed.words == (
        f"For an interval {now.width / 2:,.0f} wide instead of {now.width:,.0f}, list 2 must grow"
        f" from {needed.size_now:,} to about {needed.list.size:,} persons, if the model holds."
    )
    assert needed.words in needed._repr_html_()
    new = needed_size(TABLE, name="new", width=now.width / 2)
    assert new.size_now == 0
    assert f"new must hold about {new.list.size:,} persons" in new.words


def test_a_width_that_no_size_gives_is_refused():
    refusal = needed_size(TABLE, name="new", width=1)
    assert isinstance(refusal, Refusal)
    assert "Even with" in refusal.reason


@pytest.mark.parametrize(
    ("rows", "model", "said"),
    [
        ([((1,), 5)], "independent", "The table has 1 lists"),
        ([((1, 0), 5), ((0, 1), 5)], "independent", "No person is in two lists"),
        ([((1, 1, 0), 5), ((0, 1, 0), 5)], "independent", "The list list 3 holds nobody"),
        (
            [((1, 1, 0), 5), ((0, 1, 1), 5), ((1, 0, 0), 9)],
            "latent classes",
            "3 lists do not determine 2 latent classes",
        ),
        ([((1, 1), 5), ((0, 1), 9)], "independent", "at the edge of what is possible"),
    ],
)
def test_a_table_that_supports_no_expectation_is_refused(rows, model, said):
    names = tuple(f"list {n + 1}" for n in range(len(rows[0][0])))
    table = PatternTable.from_rows(names, rows)
    for answer in (
        further_lists(table, lists=[FurtherList(name="new", size=3)], model=model),
        needed_size(table, name="new", width=3.0, model=model),
    ):
        assert isinstance(answer, Refusal)
        assert said in answer.reason


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"name": "new", "size": 0}, "new with 0 persons"),
        ({"name": "list 1", "size": 3}, "list 1 with 3 persons, fewer than it holds"),
        ({"name": "new", "size": 9, "like": "x"}, "no list is called 'x'"),
        ({"name": "list 1", "size": 2000, "like": "list 2"}, "A list that grows keeps"),
        ({"name": "new", "size": 9, "odds_ratio": 2.0}, "say in `tied_to` with which list"),
        ({"name": "new", "size": 9, "tied_to": "list 1", "odds_ratio": 0.0}, "one above 0"),
    ],
)
def test_a_list_that_cannot_be_asked_about_is_refused(asked, said):
    with pytest.raises(EstimationError) as error:
        further_lists(TABLE, lists=[FurtherList(**asked)])
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: further_lists(TABLE, lists=[]), "no further lists"),
        (
            lambda: further_lists(TABLE, lists=[FurtherList(name="n", size=9)], model="x"),
            "a model 'x'",
        ),
        (
            lambda: further_lists(TABLE, lists=[FurtherList(name="n", size=9)], classes=9),
            "9 latent classes",
        ),
        (
            lambda: further_lists(TABLE, lists=[FurtherList(name="n", size=9)], level=1.0),
            "a level of 1.0",
        ),
        (lambda: needed_size(TABLE, name="n", width=0), "a width of 0"),
    ],
)
def test_unusable_arguments_are_refused(wrong, said):
    with pytest.raises(EstimationError) as error:
        wrong()
    assert said in str(error.value)
