"""What the report says of decisions and captures: that there are some, never who or why."""

from __future__ import annotations

import pytest
from synthetic_editions import figures_only, rich

from everyname.claims import Claim, check
from everyname.publication import render
from everyname.publication.sentences import decisions_words

STAYS = ". What the sources say stays in the ledger."


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({}, ()),
        ({"corrected": 1}, ("1 value of records was corrected by the team",)),
        (
            {"corrected": 1_200, "ruled": 2, "withdrawn": 3},
            (
                "1,200 values of records were corrected by the team",
                "2 values of persons were decided by a panel",
                "3 records are withdrawn, and neither counted nor shown",
            ),
        ),
        (
            {"ruled": 1, "withdrawn": 1},
            (
                "1 value of persons was decided by a panel",
                "1 record is withdrawn, and neither counted nor shown",
            ),
        ),
    ],
)
def test_decisions_words(numbers, told):
    edition = rich(persons=20).model_copy(update=numbers)
    words = "; ".join(told) + STAYS if told else ""
    assert decisions_words(edition) == words
    assert ("What people decided" in render(edition)) == bool(words)
    assert words in render(edition)


def test_a_corrected_figure_is_not_shown_as_what_its_source_says():
    edition = rich(persons=20)
    first, *others = edition.figures
    changed = first.model_copy(update={"corrected": ("best", "fate")})
    page = render(edition.model_copy(update={"figures": (changed, *others)}))
    assert page.count("Corrected by the team, not as stated: number and fate") == 1
    assert "Corrected by the team" not in render(edition)
    claim = Claim(id="c", text="It says so", said_by="Somebody", best=first.best)
    (piece,) = check(claim, None, [changed]).supports
    assert piece.why == "It overlaps the claim. The team corrected what is stated."


def test_a_corrected_response_is_marked():
    edition = figures_only()
    (response,) = edition.responses
    changed = response.model_copy(update={"corrected": True})
    page = render(edition.model_copy(update={"responses": (changed,)}))
    assert page.count("Corrected by the team: not all of this is as stated.") == 1


def test_a_capture_below_the_minimum_is_flagged_with_what_it_lacks():
    edition = figures_only()
    first, *others = edition.sources
    lacking = first.model_copy(update={"below_minimum": ("web address", "HTML source")})
    page = render(edition.model_copy(update={"sources": (lacking, *others)}))
    assert page.count("Capture below the Berkeley minimum: without web address, HTML source") == 1
