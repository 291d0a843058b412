import pytest
from stated import DocumentedCount, claim, figure, ids

from everyname.claims import Evidence, Finding, check


@pytest.mark.parametrize(
    ("claimed", "outcome", "group", "explanation"),
    [
        (
            {"best": 400},
            "inconsistent",
            "contradicts",
            (
                "The claim (400) is below the documented count (485 to 520, best 500): more persons"
                " are documented than claimed. No figure in the record speaks of it."
            ),
        ),
        (
            {"low": 400, "high": 485},
            "consistent",
            "supports",
            (
                "The claim (400 to 485) agrees with the documented count (485 to 520, best 500)."
                " No figure in the record speaks of it."
            ),
        ),
        (
            {"low": 521},
            "outside the range",
            "undecided",
            (
                "The claim (at least 521) is higher than the documented count (485 to 520, best"
                " 500). The record cannot exclude it, because it need not be complete."
                " No figure in the record speaks of it."
            ),
        ),
    ],
)
def test_against_a_documented_count(claimed, outcome, group, explanation):
    finding = check(claim(**claimed), DocumentedCount(485, 500, 520), [])
    assert (finding.outcome, finding.basis) == (outcome, "count")
    assert (finding.against_count, finding.against_figures) == (outcome, None)
    assert finding.explanation == explanation
    for name in ("supports", "contradicts", "undecided", "not_compared"):
        assert ids(getattr(finding, name)) == (["c1"] if name == group else [])


@pytest.mark.parametrize(
    ("claimed", "conditions", "fates", "why"),
    [
        ({"unit": "families"}, (), None, "The count is of persons, the claim of families."),
        (
            {"fate": "held"},
            (("fate", "killed"),),
            None,
            "The count covers the fate killed, the claim held (hostage, detainee).",
        ),
        (
            {},
            (),
            ("killed", "died_of_conditions"),
            (
                "The count covers the fate died of conditions (cold, hunger, disease), killed,"
                " the claim killed."
            ),
        ),
        ({}, (), (), "The count covers the fate any, the claim killed."),
        (
            {"place": "Lower Mill"},
            (),
            ("killed",),
            "The count is of the whole case, the claim of Lower Mill.",
        ),
        (
            {"as_of": "2031-03-01"},
            (),
            ("killed",),
            "The count is of the record as it stands, the claim up to 2031-03-01.",
        ),
        ({}, (("sex", "female"),), None, "The count is of a part only: sex female."),
        (
            {"victim_class": "children"},
            (),
            None,
            "The count is of everyone, the claim of children.",
        ),
    ],
)
def test_a_count_of_something_else_is_not_compared(claimed, conditions, fates, why):
    count = DocumentedCount(485, 500, 520, where=conditions)
    finding = check(claim(best=5, **claimed), count, [], count_fates=fates)
    assert (finding.outcome, finding.basis) == ("not comparable", "nothing")
    assert [piece.why for piece in finding.not_compared] == [why]


def test_a_count_of_the_claimed_class_is_compared():
    count = DocumentedCount(60, 63, 70, where=(("age_band", "child"), ("fate", "killed")))
    finding = check(claim(best=63, victim_class="children"), count, [], count_fates=())
    assert finding.outcome == "consistent"


NO_UPPER_END = "It has no upper end, so it does not exclude the claim."


@pytest.mark.parametrize(
    "claimed", [{"best": 613}, {"best": 600}, {"low": 500, "high": 700}, {"low": 613}, {"low": 500}]
)
def test_a_figure_without_an_upper_end_neither_supports_nor_contradicts(claimed):
    stated = claim(**claimed)
    finding = check(stated, None, [figure("r1", "Valley Radio", low=600)])
    assert finding == Finding(
        claim=stated,
        outcome="cannot be checked",
        basis="nothing",
        against_figures="cannot be checked",
        undecided=(
            Evidence(
                kind="figure",
                id="r1",
                range="at least 600",
                said_by="Valley Radio",
                why=NO_UPPER_END,
            ),
        ),
        explanation=(
            f"The claim ({stated.range}) is not excluded by 1 comparable figure, and none supports"
            " it. Of the comparable figures 1 has no upper end: not a support."
        ),
    )


def test_a_claim_below_a_figure_without_an_upper_end_is_contradicted_by_it():
    finding = check(claim(best=599), None, [figure("r1", "Valley Radio", low=600)])
    assert (finding.outcome, finding.basis) == ("outside the range", "figures")
    assert [(piece.id, piece.why) for piece in finding.contradicts] == [
        ("r1", "The claim lies below it.")
    ]
    assert (finding.supports, finding.undecided) == ((), ())
    assert finding.explanation == ("The claim (599) lies below 1 comparable figure (at least 600).")


def test_the_same_at_least_agrees():
    finding = check(claim(low=600), None, [figure("r1", "Valley Radio", low=600)])
    assert (finding.outcome, finding.basis) == ("consistent", "figures")
    assert [(piece.id, piece.why) for piece in finding.supports] == [
        ("r1", "It overlaps the claim.")
    ]
    assert (finding.undecided, finding.independent_roots) == ((), 1)
    assert finding.explanation == (
        "The claim (at least 600) agrees with 1 of 1 comparable figure."
        " Behind the agreement: 1 independent primary source."
    )


def test_figures_without_an_upper_end_are_no_root_beside_one_that_agrees():
    figures = [
        figure("r1", "Hospital", best=613),
        figure("r2", "Valley Radio", low=600),
        figure("r3", "Survey", low=500),
    ]
    finding = check(claim(best=613), None, figures)
    assert (finding.outcome, finding.basis) == ("consistent", "figures")
    assert (ids(finding.supports), ids(finding.undecided)) == (["r1"], ["r2", "r3"])
    assert [piece.why for piece in finding.undecided] == [NO_UPPER_END] * 2
    assert (finding.contradicts, finding.independent_roots) == ((), 1)
    assert finding.explanation == (
        "The claim (613) agrees with 1 of 3 comparable figures."
        " Behind the agreement: 1 independent primary source."
        " Of the comparable figures 2 have no upper end: not a support."
    )


def test_a_figure_that_disagrees_decides_beside_one_without_an_upper_end():
    figures = [figure("r1", "North", best=100), figure("r2", "Valley Radio", low=600)]
    finding = check(claim(best=613), None, figures)
    assert (finding.outcome, finding.basis) == ("outside the range", "figures")
    assert [(piece.id, piece.why) for piece in finding.contradicts] == [
        ("r1", "The claim lies above it.")
    ]
    assert [(piece.id, piece.why) for piece in finding.undecided] == [("r2", NO_UPPER_END)]
    assert (finding.supports, finding.independent_roots) == ((), 0)


def test_a_count_decides_where_every_figure_is_without_an_upper_end():
    finding = check(
        claim(best=500), DocumentedCount(485, 500, 520), [figure("r1", "Valley Radio", low=400)]
    )
    assert (finding.outcome, finding.basis) == ("consistent", "count")
    assert (finding.against_count, finding.against_figures) == ("consistent", "cannot be checked")
    assert (ids(finding.supports), ids(finding.undecided)) == (["c1"], ["r1"])
    assert finding.explanation == (
        "The claim (500) agrees with the documented count (485 to 520, best 500)."
        " The claim (500) is not excluded by 1 comparable figure, and none supports it."
        " Of the comparable figures 1 has no upper end: not a support."
    )


def test_figures_that_agree_and_that_do_not_are_both_shown():
    finding = check(
        claim(best=613),
        None,
        [
            figure("r3", "Party of the North", best=100),
            figure("r1", "Hospital", 600, 613, 636),
            figure("r2", "Party of the South", low=1000),
        ],
    )
    assert finding.outcome == "consistent"
    assert ids(finding.supports) == ["r1"]
    assert [(piece.id, piece.range, piece.said_by, piece.why) for piece in finding.contradicts] == [
        ("r2", "at least 1,000", "Party of the South", "The claim lies below it."),
        ("r3", "100", "Party of the North", "The claim lies above it."),
    ]


@pytest.mark.parametrize(
    ("claimed", "outcome", "explanation"),
    [
        (
            {"best": 90},
            "outside the range",
            "The claim (90) lies below 2 comparable figures (100 to 636).",
        ),
        (
            {"low": 637},
            "outside the range",
            "The claim (at least 637) lies above 2 comparable figures (100 to 636).",
        ),
        (
            {"best": 300},
            "inconsistent",
            "The claim (300) lies between 2 comparable figures (100 to 636) and agrees with none.",
        ),
    ],
)
def test_a_claim_that_no_figure_agrees_with(claimed, outcome, explanation):
    figures = [figure("r1", "North", best=100), figure("r2", "South", 600, 613, 636)]
    finding = check(claim(**claimed), None, figures)
    assert (finding.outcome, finding.explanation) == (outcome, explanation)
    assert ids(finding.contradicts) == ["r1", "r2"]
    assert finding.independent_roots == 0


def test_a_claim_between_an_exact_and_an_open_figure():
    figures = [figure("r1", "North", best=100), figure("r2", "South", low=1000)]
    finding = check(claim(best=613), None, figures)
    assert finding.outcome == "inconsistent"
    assert "(at least 100)" in finding.explanation


REPEATED = (
    "The claim (613) agrees with {} of {}. Whatever agrees goes back to the claimant or to what"
    " the claim copies: the claim repeats its own source."
)


@pytest.mark.parametrize(
    ("copies", "figures"),
    [
        ((), [figure("r1", "VALLEY office", best=613)]),
        (("state-agency",), [figure("r1", "State Agency", best=613)]),
        (("state-agency",), [figure("r1", "Paper", best=613, roots=("state-agency",))]),
        (("source-r1",), [figure("r1", "State Agency", best=613)]),
    ],
)
def test_a_claim_that_repeats_its_own_source_has_no_independent_root(copies, figures):
    finding = check(claim(best=613, copies=copies), None, figures)
    assert finding.outcome == "consistent"
    assert finding.independent_roots == 0
    assert finding.supports[0].repeats
    assert finding.explanation == REPEATED.format(1, "1 comparable figure")


def test_what_the_copied_source_goes_back_to_is_no_independent_root_either():
    figures = [
        figure("r1", "State Agency", best=613, roots=("hospital",)),
        figure("r2", "Hospital", best=613),
        figure("r3", "Paper", best=613, roots=("Hospital",)),
    ]
    repeated = check(claim(best=613, copies=("state-agency",)), None, figures)
    assert repeated.independent_roots == 0
    assert repeated.explanation == REPEATED.format(3, "3 comparable figures")
    backed = check(claim(best=613), None, figures)
    assert backed.independent_roots == 1
    assert not any(piece.repeats for piece in backed.supports)


def test_one_agency_behind_three_papers_is_one_root():
    papers = [figure(f"r{n}", f"Paper {n}", best=613, roots=("agency",)) for n in range(3)]
    mixed = figure("r9", "Survey", low=600, high=620, roots=("agency", "graves team"))
    assert check(claim(best=613), None, papers).independent_roots == 1
    assert check(claim(best=613), None, [*papers, mixed]).independent_roots == 2


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        ({"unit": "families"}, "Another unit: families, where the claim has persons."),
        ({"fate": "missing"}, "Another fate: missing, where the claim has killed."),
        ({"fate": ""}, "Another fate: not stated, where the claim has killed."),
        ({"victim_class": "children"}, "Another victim class: children, where the claim has all."),
        (
            {"as_of": "2031-03-05"},
            "It counts up to 2031-03-05, the claim up to no stated day.",
        ),
        ({"best": None}, "It states no number that can be used."),
    ],
)
def test_a_figure_on_the_event_that_counts_something_else(given_, why):
    finding = check(claim(best=63), None, [figure("r1", "Hospital", **{"best": 63, **given_})])
    assert (finding.outcome, finding.basis) == ("not comparable", "nothing")
    assert [(piece.id, piece.why) for piece in finding.not_compared] == [("r1", why)]
    assert finding.explanation == (
        "Figures in the record speak of the event, but none counts the same."
    )


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        (
            {"place": "Lower Mill"},
            "It speaks of Lower Mill, the claim of the whole case.",
        ),
        ({"date": "2030"}, "It speaks of another date, 2030."),
    ],
)
def test_a_figure_on_another_event_leaves_the_claim_unchecked(given_, why):
    finding = check(claim(best=63), None, [figure("r1", "Hospital", best=63, **given_)])
    assert (finding.outcome, finding.against_figures) == ("cannot be checked",) * 2
    assert [piece.why for piece in finding.not_compared] == [why]


def test_figures_may_name_the_own_event_of_the_case():
    named = figure("r1", "Hospital", best=63, place="river valley", date="2031-02")
    finding = check(
        claim(best=63), None, [named], own_places=("River Valley",), own_dates=("2031-02",)
    )
    assert finding.outcome == "consistent"


@pytest.mark.parametrize("as_of", ["2031-03-05", "2031-03", "2031-03~"])
def test_one_as_of_day_may_contain_the_other(as_of):
    given_ = [figure("r1", "Hospital", best=63, as_of="2031-03-05")]
    assert check(claim(best=63, as_of=as_of), None, given_).outcome == "consistent"
    assert check(claim(best=63, as_of="2031-04"), None, given_).outcome == "not comparable"


def test_nothing_in_the_record():
    finding = check(claim(best=63), None, [])
    assert finding == Finding(
        claim=claim(best=63),
        outcome="cannot be checked",
        basis="nothing",
        explanation="No figure in the record speaks of it.",
    )


@pytest.mark.parametrize(
    ("claimed", "count", "said", "outcome"),
    [
        (400, (485, 500, 520), 400, "inconsistent"),
        (500, (485, 500, 520), 500, "consistent"),
        (500, (485, 500, 520), 700, "outside the range"),
        (613, (485, 500, 520), 613, "consistent"),
        (613, (485, 500, 520), 700, "outside the range"),
    ],
)
def test_a_count_decides_where_it_is_inconsistent_and_else_the_figures(
    claimed, count, said, outcome
):
    finding = check(
        claim(best=claimed), DocumentedCount(*count), [figure("r1", "Hospital", best=said)]
    )
    assert (finding.outcome, finding.basis) == (outcome, "count and figures")
    shown = (*finding.supports, *finding.contradicts, *finding.undecided)
    assert sorted(ids(shown)) == ["c1", "r1"]


def test_a_count_decides_where_no_figure_is_comparable():
    held = figure("r1", "Hospital", best=300, fate="held")
    finding = check(claim(best=500), DocumentedCount(485, 500, 520), [held])
    assert (finding.outcome, finding.basis) == ("consistent", "count")
    assert finding.against_figures == "not comparable"


def test_a_notebook_shows_the_finding_with_its_evidence_and_nothing_unescaped():
    finding = check(
        claim(best=613, text="<613>"),
        DocumentedCount(485, 500, 520),
        [figure("r1", "A&B", 600, 613, 620), figure("r2", "Radio", 600)],
    )
    assert finding._repr_html_() == (
        "<div><p>&lt;613&gt; (Valley Office)</p><p><strong>consistent</strong>. The claim (613) is"
        " higher than the documented count (485 to 520, best 500). The record cannot exclude it,"
        " because it need not be complete. The claim (613) agrees with 1 of 2 comparable figures."
        " Behind the agreement: 1 independent primary source. Of the comparable figures 1 has no"
        " upper end: not a support.</p><p>Agrees</p><ul><li>600 to 620, best 613, A&amp;B: It"
        " overlaps the claim. (r1)</li></ul><p>Does not exclude it</p><ul><li>485 to 520, best 500:"
        " Fewer persons are documented than claimed; others may be unrecorded. (c1)</li><li>at"
        " least 600, Radio: It has no upper end, so it does not exclude the claim."
        " (r2)</li></ul></div>"
    )
