import numpy as np
import pytest

from everyname.errors import EstimationError
from everyname.estimation import PatternTable, Refusal, ReportedEstimate, reported
from everyname.estimation.contenders import (
    Contender,
    ContenderFamily,
    _log_prior,
    class_family,
    heterogeneity_family,
    log_linear_family,
    quantiles,
)
from everyname.estimation.kernels.hierarchical_models import model_space
from everyname.simulation.capture_designs import NINE

PERSONS = 3000


def drawn(design, population):
    found = NINE[design].draw(PERSONS, np.random.default_rng(population))
    return PatternTable(found.lists, found.histories, found.counts)


def covered(design, populations):
    results = [reported(drawn(design, number), seed=number) for number in range(populations)]
    assert all(isinstance(result, ReportedEstimate) for result in results)
    return results, sum(result.low <= PERSONS <= result.high for result in results)


# Populations as in `benchmarks/coverage.py`, which counts them by the hundred.
@pytest.mark.parametrize("design", ["two-classes-4", "three-classes-5", "logit-normal"])
def test_populations_of_unlike_persons_are_within_the_interval(design):
    results, held = covered(design, 3)
    assert held >= 2
    assert all(result.widened for result in results)


def test_dependence_of_two_lists_does_not_widen_the_interval():
    results, held = covered("positive-dependence", 4)
    assert held >= 3
    assert not any(result.widened for result in results)
    assert max(result.high - result.low for result in results) < 700


def test_what_is_reported_says_what_each_family_holds():
    found = reported(drawn("two-classes-4", 1))
    assert isinstance(found, ReportedEstimate)
    assert [family.takes_for_granted for family in found.families] == [
        "some lists depend on each other",
        "some persons are harder to record for every list",
        "the population is made of unlike groups",
    ]
    assert sum(family.weight for family in found.families) == pytest.approx(1)
    assert found.low <= min(family.low for family in found.families)
    assert found.diagnostics[0].startswith("Share of the evidence by what is taken for granted:")
    assert "Averaged by fit alone it would be" in found.diagnostics[1]
    assert found.settings["interval"] == "union over families"


def test_the_same_seed_gives_the_same_interval_and_another_one_close_to_it():
    table = drawn("independent", 2)
    one, again, other = reported(table), reported(table), reported(table, seed=2)
    assert one == again
    assert isinstance(one, ReportedEstimate)
    assert isinstance(other, ReportedEstimate)
    assert other.point == pytest.approx(one.point, rel=0.02)
    assert other.low == pytest.approx(one.low, rel=0.05)


def test_order_of_lists_and_a_list_of_nobody_change_little():
    table = drawn("independent", 3)
    turned = PatternTable(table.lists[::-1], table.histories[:, ::-1], table.counts)
    wider = PatternTable(
        (*table.lists, "nobody"),
        np.column_stack([table.histories, np.zeros(len(table.counts), dtype=np.int8)]),
        table.counts,
    )
    one, other, third = reported(table), reported(turned), reported(wider)
    assert isinstance(one, ReportedEstimate)
    assert isinstance(other, ReportedEstimate)
    assert other.point == pytest.approx(one.point, rel=0.02)
    assert third == one


@pytest.mark.parametrize(
    ("lists", "rows", "reason"),
    [
        (("a", "b"), [((1, 1), 20), ((1, 0), 30), ((0, 1), 40)], "2 lists cannot show whether"),
        (("a",), [((1,), 20)], "1 list cannot show whether"),
        (
            ("a", "b", "c"),
            [((1, 0, 0), 20), ((0, 1, 0), 30), ((0, 0, 1), 40), ((1, 1, 0), 3)],
            "Only 3 persons are in more than one list",
        ),
        (
            tuple("abcdefghi"),
            [(tuple(int(i in (j, j + 1)) for i in range(9)), 20) for j in range(8)],
            "9 lists are more than the 8",
        ),
    ],
)
def test_tables_that_support_no_interval_are_refused_with_the_reason(lists, rows, reason):
    found = reported(PatternTable.from_rows(lists, rows))
    assert isinstance(found, Refusal)
    assert found.reason.startswith(reason)


def test_no_upper_limit_is_a_refusal():
    rows = [((1, 0, 0), 900), ((0, 1, 0), 900), ((0, 0, 1), 900), ((1, 1, 0), 4), ((0, 1, 1), 4)]
    found = reported(PatternTable.from_rows(("a", "b", "c"), rows))
    assert isinstance(found, Refusal)
    assert found.reason.startswith("The table sets no upper limit")


def test_a_level_outside_0_to_1_is_an_error():
    with pytest.raises(EstimationError, match="a level of 95"):
        reported(drawn("independent", 1), level=95)


def test_a_wider_level_gives_a_wider_interval():
    table = drawn("independent", 4)
    narrow, wide = reported(table, level=0.5), reported(table, level=0.95)
    assert isinstance(narrow, ReportedEstimate)
    assert isinstance(wide, ReportedEstimate)
    assert wide.low < narrow.low < narrow.point < narrow.high < wide.high


def test_contenders_are_mixed_by_their_evidence():
    even = Contender(np.arange(100.0), 0.0, plain=True)
    heavy = Contender(np.arange(1000.0, 1100.0), np.log(3), plain=False)
    families = [ContenderFamily("one", (even,)), ContenderFamily("other", (heavy,))]
    assert quantiles(families, (0.1, 0.24, 0.26, 0.5)) == (39.0, 95.0, 1001.0, 1033.0)
    assert families[1].unequal.members == (heavy,)
    assert families[0].unequal.members == ()


def test_lists_entangled_by_threes_widen_the_interval_whatever_the_fit():
    histories = np.array([[i >> j & 1 for j in range(4)] for i in range(1, 16)], dtype=np.int8)
    chances = np.where(histories, [0.2, 0.25, 0.3, 0.2], [0.8, 0.75, 0.7, 0.8]).prod(axis=1)
    apart = np.where(histories[:, :3].all(axis=1), 0.1, 1.0)
    counts = np.round(100_000 * chances * apart).astype(np.int64)
    found = reported(PatternTable(("a", "b", "c", "d"), histories, counts))
    assert isinstance(found, ReportedEstimate)
    assert found.families[0].weight > 0.9
    assert found.widened
    assert found.high - found.low > found.families[0].high - found.families[0].low
    assert "in ways too entangled (100% of the evidence)" in found.diagnostics[1]


def test_the_shares_given_in_advance_to_log_linear_models_add_up_to_1_at_most():
    space = model_space(4, 3)
    shares = [np.exp(_log_prior(space, place, searched=False)) for place in range(113)]
    assert shares[0] == pytest.approx(0.5)
    assert 0.99 < sum(shares) <= 1


def test_persons_all_alike_weigh_the_same_in_every_family():
    table = drawn("independent", 5)
    families = (log_linear_family(table), heterogeneity_family(table), class_family(table, 1))
    plain = [
        next(each.log_evidence for each in family.members if each.plain) for family in families
    ]
    # Each family gives its plain model one half in advance.
    assert plain == pytest.approx([plain[0]] * 3, abs=0.02)


def test_the_interval_of_persons_all_alike_covers_when_few_are_unrecorded():
    rng = np.random.default_rng(11)
    histories = np.array([[i >> j & 1 for j in range(3)] for i in range(8)], dtype=np.int8)
    chances = np.where(histories, [0.7, 0.65, 0.6], [0.3, 0.35, 0.4]).prod(axis=1)
    held = 0
    for _ in range(200):
        counts = rng.multinomial(300, chances)
        family = heterogeneity_family(PatternTable(("a", "b", "c"), histories[1:], counts[1:]))
        low, _, high = quantiles([ContenderFamily("", family.members[:1])], (0.025, 0.5, 0.975))
        held += low <= counts[0] <= high
    assert held >= 180


def test_a_term_that_contradicts_heterogeneity_is_no_heterogeneity():
    rows = [((1, 1, 1), 2), ((1, 1, 0), 40), ((1, 0, 1), 40), ((0, 1, 1), 40)]
    rows += [((1, 0, 0), 60), ((0, 1, 0), 60), ((0, 0, 1), 60)]
    family = heterogeneity_family(PatternTable.from_rows(("a", "b", "c"), rows))
    assert [each.plain for each in family.members] == [True]


def test_few_particles_are_an_error_and_arrays_are_taken():
    table = drawn("independent", 1)
    with pytest.raises(EstimationError, match="5 particles"):
        reported(table, particles=5)
    assert reported(table.histories, table.counts) == reported(table)
