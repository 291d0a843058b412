"""What no order of figures and no name of a party may change."""

from hypothesis import given
from hypothesis import strategies as st
from stated import DocumentedCount, claim, figure, ids

from everyname.claims import check

STAMPS = ("true", "false", "guilty", "verdict", "lie", "debunk")
PARTIES = ("North", "South", "Hospital", "Radio", "Agency")
NUMBERS = st.tuples(st.integers(0, 30), st.booleans())


@st.composite
def some_figures(draw):
    found = []
    for number in range(draw(st.integers(0, 6))):
        low, opened = draw(NUMBERS)
        found.append(
            figure(
                f"r{number}",
                draw(st.sampled_from(PARTIES)),
                low=low,
                high=None if opened else low + draw(st.integers(0, 5)),
                roots=tuple(draw(st.lists(st.sampled_from(PARTIES), max_size=2, unique=True))),
                unit=draw(st.sampled_from(("persons", "persons", "families"))),
                victim_class=draw(st.sampled_from(("all", "all", "children"))),
                place=draw(st.sampled_from(("", "", "Lower Mill"))),
            )
        )
    return found


@st.composite
def some_claims(draw):
    low, opened = draw(NUMBERS)
    return claim(
        low=low,
        high=None if opened else low + draw(st.integers(0, 5)),
        said_by=draw(st.sampled_from(PARTIES)),
        copies=tuple(draw(st.lists(st.sampled_from(PARTIES), max_size=2, unique=True))),
    )


COUNTS = st.none() | st.just(DocumentedCount(10, 12, 15))


@given(some_claims(), some_figures(), COUNTS, st.randoms())
def test_the_order_of_figures_changes_nothing(stated, figures, count, random):
    shuffled = random.sample(figures, len(figures))
    assert check(stated, count, shuffled) == check(stated, count, figures)


@given(some_claims(), some_figures(), COUNTS, st.permutations(PARTIES))
def test_swapping_the_names_of_parties_changes_nothing_but_the_names(stated, figures, count, order):
    new = dict(zip(PARTIES, order, strict=True))
    renamed = [
        one.model_copy(
            update={"said_by": new[one.said_by], "roots": tuple(new[root] for root in one.roots)}
        )
        for one in figures
    ]
    swapped = stated.model_copy(
        update={
            "said_by": new[stated.said_by],
            "copies": tuple(new[name] for name in stated.copies),
        }
    )
    before = check(stated, count, figures).model_dump()
    after = check(swapped, count, renamed).model_dump()
    del before["claim"], after["claim"]
    for group in ("supports", "contradicts", "undecided", "not_compared"):
        for piece in before[group]:
            piece["said_by"] = new.get(piece["said_by"], piece["said_by"])
    assert after == before


@given(some_claims(), some_figures())
def test_a_figure_without_an_upper_end_supports_no_claim_but_the_same_at_least(stated, figures):
    bounds = {one.record_id: one.interval() for one in figures}
    for piece in check(stated, None, figures).supports:
        low, high = bounds[piece.id]
        assert high is not None or stated.interval == (low, None)


@given(some_claims(), some_figures(), COUNTS)
def test_every_figure_is_accounted_for_once_and_no_stamp_is_put_on_the_claim(
    stated, figures, count
):
    finding = check(stated, count, figures)
    shown = (
        *finding.supports,
        *finding.contradicts,
        *finding.undecided,
        *finding.not_compared,
    )
    expected = [one.record_id for one in figures] + ([] if count is None else [count.id])
    assert sorted(ids(shown)) == sorted(expected)
    words = " ".join([finding.explanation, finding.outcome, *(piece.why for piece in shown)])
    assert not set(STAMPS) & set(words.lower().replace(".", " ").split())
