import json
from itertools import combinations, permutations

import numpy as np
import pytest
from scipy.special import gammaln

from everyname.errors import EstimationError
from everyname.estimation import PatternTable, Refusal
from everyname.estimation.graphical import GraphicalEstimate, decomposable
from everyname.estimation.kernels.decomposable_graphs import decomposable_graphs, exponents

LISTS = ("hospital", "press", "survey", "court", "morgue")


def table(n_lists, cells):
    rows = [
        (tuple(pattern >> place & 1 for place in range(n_lists)), count)
        for pattern, count in enumerate(cells)
        if pattern
    ]
    return PatternTable.from_rows(LISTS[:n_lists], rows)


def drawn(seed, persons, chances):
    captured = np.random.default_rng(seed).random((persons, len(chances))) < chances
    return PatternTable.from_histories(LISTS[: len(chances)], captured[captured.any(axis=1)])


THREE = table(3, [0, 20, 30, 6, 10, 3, 1, 5])


@pytest.mark.parametrize(("n_lists", "expected"), [(2, 2), (3, 8), (4, 61), (5, 822)])
def test_there_are_as_many_graphs_as_known(n_lists, expected):
    # The sequence A006125 counts all graphs, A058862 the chordal ones among them.
    assert len(decomposable_graphs(n_lists)) == len(set(decomposable_graphs(n_lists))) == expected


def test_no_graph_has_a_cycle_without_a_chord():
    for cliques in decomposable_graphs(4):
        edges = {frozenset(pair) for clique in cliques for pair in combinations(clique, 2)}
        for cycle in permutations(range(4)):
            ring = {frozenset((cycle[i], cycle[i - 1])) for i in range(4)}
            chords = {frozenset(pair) for pair in combinations(cycle, 2)} - ring
            assert not (ring <= edges and not chords & edges)


def test_a_chain_has_the_factors_of_its_cliques_over_their_separator():
    graphs = decomposable_graphs(3)
    row = exponents(3)[graphs.index(((0, 1), (1, 2)))]
    assert dict(enumerate(row.tolist(), start=1)) == {
        0b001: 0,
        0b010: -1,
        0b011: 1,
        0b100: 0,
        0b101: 0,
        0b110: 1,
        0b111: 0,
    }


def by_hand(cells, delta, most, cliques, separators):
    """Log-probability of 1 to `most` unrecorded under one graph, cell by cell."""
    n_lists = len(cells).bit_length() - 1
    result = []
    for unrecorded in range(1, most + 1):
        full = np.array([unrecorded, *cells[1:]], dtype=float)
        persons = full.sum()
        value = gammaln(persons + 1) - gammaln(full + 1).sum() - np.log(persons)
        for sets, sign in ((cliques, 1), (separators, -1)):
            for one in sets:
                keep = sum(1 << place for place in one)
                margin = {}
                for pattern, count in enumerate(full):
                    margin[pattern & keep] = margin.get(pattern & keep, 0.0) + count
                prior = delta * 2.0 ** (n_lists - len(one))
                value += sign * (
                    gammaln(delta * len(cells)) - gammaln(delta * len(cells) + persons)
                )
                counts = np.array(list(margin.values()))
                value += sign * (gammaln(prior + counts) - gammaln(prior)).sum()
        result.append(value)
    return np.array(result)


GRAPHS_OF_THREE = [
    (((0,), (1,), (2,)), ()),
    (((0, 1), (2,)), ()),
    (((0, 2), (1,)), ()),
    (((1, 2), (0,)), ()),
    (((0, 1), (0, 2)), ((0,),)),
    (((0, 1), (1, 2)), ((1,),)),
    (((0, 2), (1, 2)), ((2,),)),
]


@pytest.mark.parametrize("delta", [1 / 8, 1.0])
def test_the_posterior_is_that_summed_number_by_number(delta):
    cells = [0, 20, 30, 6, 10, 3, 1, 5]
    most = 3000
    logs = np.array([by_hand(cells, delta, most, *graph) for graph in GRAPHS_OF_THREE])
    joint = np.exp(logs - logs.max())
    joint /= joint.sum()
    cumulative = np.cumsum(joint.sum(axis=0))
    median, low, high = (75 + 1 + int(np.searchsorted(cumulative, q)) for q in (0.5, 0.025, 0.975))
    result = decomposable(THREE, delta=delta, max_n0=most)
    assert isinstance(result, GraphicalEstimate)
    assert (result.point, result.low, result.high) == (median, low, high)
    shares = dict(zip((graph[0] for graph in GRAPHS_OF_THREE), joint.sum(axis=1), strict=True))
    named = {
        frozenset(frozenset(LISTS[one] for one in clique) for clique in cliques): share
        for cliques, share in shares.items()
    }
    for graph in result.graphs:
        key = frozenset(frozenset(clique) for clique in graph.cliques)
        assert graph.probability == pytest.approx(named[key], rel=1e-6)
    assert result.mass_near_cap == pytest.approx(1 - cumulative[most // 2 - 1], abs=1e-7)


def test_a_large_table_has_no_interval_of_width_zero():
    # On a coarse grid dga gives 100,201 with a width of zero for such a table.
    found = drawn(20310803, 208_380, (0.2, 0.2, 0.1875))
    result = decomposable(found)
    assert isinstance(result, GraphicalEstimate)
    assert 99_000 < result.observed < 101_500
    assert result.low < 208_380 < result.high
    assert 2_000 < result.high - result.low < 10_000


def test_the_complete_graph_is_left_out_and_its_probability_reported():
    without, averaged = decomposable(THREE), decomposable(THREE, complete=True)
    assert isinstance(without, GraphicalEstimate)
    assert isinstance(averaged, GraphicalEstimate)
    everything = ("hospital", "press", "survey")
    assert all(everything not in graph.cliques for graph in without.graphs)
    assert (without.settings["graphs"], averaged.settings["graphs"]) == (7, 8)
    complete = next(graph for graph in averaged.graphs if graph.cliques == (everything,))
    assert averaged.complete_probability == pytest.approx(complete.probability)
    assert "the lists say nothing" in averaged.assumptions[-1]
    assert averaged.assumptions[:-1] == without.assumptions


def test_the_order_of_lists_changes_nothing():
    turned = PatternTable(
        tuple(reversed(THREE.lists)), THREE.histories[:, ::-1].copy(), THREE.counts.copy()
    )
    one, other = decomposable(THREE), decomposable(turned)
    assert isinstance(one, GraphicalEstimate)
    assert isinstance(other, GraphicalEstimate)
    assert (one.point, one.low, one.high) == (other.point, other.low, other.high)


def test_arrays_of_histories_and_counts_give_the_same():
    from_table = decomposable(THREE)
    from_arrays = decomposable(np.array(THREE.histories), np.array(THREE.counts))
    assert isinstance(from_table, GraphicalEstimate)
    assert isinstance(from_arrays, GraphicalEstimate)
    assert (from_table.point, from_table.high) == (from_arrays.point, from_arrays.high)


def test_draws_have_the_quantiles_of_the_posterior_and_stay_out_of_json():
    result = decomposable(drawn(1, 3000, (0.3, 0.25, 0.2, 0.15)), seed=5)
    assert isinstance(result, GraphicalEstimate)
    assert result.draws is not None
    assert result.draws.shape == (4, 1000)
    # Three Monte Carlo standard errors of a median of 4,000 draws are 0.06 standard deviations.
    spread = (result.high - result.low) / 3.92
    assert abs(np.median(result.draws) - result.point) < 0.06 * spread + 1
    written = json.loads(result.model_dump_json())
    assert not {"draws", "support", "probability"} & set(written)
    assert written["graphs"][0]["cliques"]
    assert result.support is not None
    assert result.probability is not None
    assert (np.diff(result.support) > 0).all()
    assert result.support[result.probability.argmax()] == pytest.approx(result.point, rel=0.05)


def test_the_interval_covers_independent_lists_at_its_nominal_level():
    covered = []
    for seed in range(200):
        result = decomposable(drawn(seed, 1000, (0.35, 0.3, 0.25)))
        assert isinstance(result, GraphicalEstimate)
        covered.append(result.low <= 1000 <= result.high)
    # Three Monte Carlo standard errors below 0.95.
    assert np.mean(covered) > 0.903


def test_what_the_prior_decides_is_said():
    sparse = table(3, [0, 40, 30, 6, 20, 0, 0, 0])
    result = decomposable(sparse)
    assert isinstance(result, GraphicalEstimate)
    assert any(note.startswith("The prior decides part") for note in result.diagnostics)
    assert (
        "The list survey shares nobody with another list: its part of the number comes from the"
        " prior." in result.diagnostics
    )
    half = decomposable(sparse, delta=1 / 16)
    assert isinstance(half, GraphicalEstimate)
    assert result.settings["point_at_half_delta"] == pytest.approx(half.point, abs=10)


def test_graphs_that_disagree_are_said():
    result = decomposable(table(3, [0, 200, 150, 60, 100, 20, 4, 8]))
    assert isinstance(result, GraphicalEstimate)
    assert result.diagnostics[0].startswith("The most probable graph is [")
    html = result._repr_html_()
    assert result.graphs[0].words in html
    assert "<th>Probability</th>" in html


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            PatternTable.from_rows(("a", "b"), [((1, 1), 5), ((1, 0), 9), ((0, 1), 8)]),
            (
                "Graphs need at least three lists that hold somebody, and there are 2: with fewer"
                " nothing shows whether lists depend on each other."
            ),
        ),
        (
            PatternTable.from_histories(tuple("abcdef"), np.eye(6, dtype=int)),
            (
                "6 lists have too many decomposable graphs (18,154 for six) to average them all:"
                " join lists that work alike, or leave small ones out, until there are five."
            ),
        ),
        (
            table(3, [0, 20, 30, 0, 10, 0, 0, 0]),
            (
                "No person is in two lists: without overlap the lists say nothing about whom all"
                " of them miss."
            ),
        ),
    ],
)
def test_a_table_that_supports_no_graph_is_refused_with_the_reason(given, reason):
    result = decomposable(given)
    assert isinstance(result, Refusal)
    assert result.reason == reason


def test_a_posterior_without_upper_limit_is_refused():
    result = decomposable(table(3, [0, 5000, 0, 0, 5000, 0, 0, 1]))
    assert isinstance(result, Refusal)
    assert result.reason.startswith("The lists set no upper limit: ")


def test_a_list_that_holds_nobody_is_left_out():
    wider = PatternTable(
        (*THREE.lists, "empty"),
        np.column_stack([THREE.histories, np.zeros(len(THREE.counts), dtype=np.int8)]),
        THREE.counts.copy(),
    )
    result, plain = decomposable(wider), decomposable(THREE)
    assert isinstance(result, GraphicalEstimate)
    assert isinstance(plain, GraphicalEstimate)
    assert (result.point, result.high) == (plain.point, plain.high)
    assert "The list empty holds nobody and is left out." in result.diagnostics


@pytest.mark.parametrize("wrong", [{"delta": 0.0}, {"max_n0": 0}, {"level": 1.0}])
def test_settings_that_cannot_be_used_are_refused(wrong):
    with pytest.raises(EstimationError):
        decomposable(THREE, **wrong)
