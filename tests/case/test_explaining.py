"""Why records of a case count as one person, or as two."""

from __future__ import annotations

from pathlib import Path

import pytest

from everyname.case import CaseFolder, explain_pair, explain_person, run, take_in
from everyname.errors import CaseError, LedgerError
from everyname.ledger import LedgerReader

HEAD = "record_a,record_b,decision,reviewer,time,reason\n"


def judge(case: Path, *lines: str) -> None:
    text = HEAD + "".join(f"{line}\n" for line in lines)
    (case / "hand" / "judgements.csv").write_text(text, encoding="utf-8")
    run(case)


def memberships(case: Path) -> dict[str, str]:
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return ledger.memberships()


def test_a_pair_is_explained_as_linkage_saw_it(run_once):
    found = explain_pair(run_once, "clinic/1", "parish-book/b1")
    person = memberships(run_once)["clinic/1"]
    assert found.together
    assert (found.a.reference, found.a.source, found.a.where, found.a.person) == (
        "clinic/1",
        "Clinic",
        "clinic.csv, row 2",
        person,
    )
    assert found.b.values["birth_date"] == "1996-05-01"
    said = [(c.comparison, c.level, c.says) for c in found.explanation.contributions]
    assert [(name, told) for name, level, told in said if level] == [
        ("name", "Arman Beloru; Beloru, Arman"),
        ("age", "aged 34; born 1996-05-01"),
        ("date", "both say 2031-02-03"),
    ]
    assert ("sex", "", "male; nothing") in said
    assert found.words[-1] == f"They count as one person, {person}."
    assert found.explanation.probability > 0.95


def test_the_order_in_which_two_records_are_named_changes_nothing_but_the_order(run_once):
    there = explain_pair(run_once, "clinic/1", "parish-book/b1").explanation
    back = explain_pair(run_once, "parish-book/b1", "clinic/1").explanation
    assert back.weight == pytest.approx(there.weight)
    assert [c.level for c in back.contributions] == [c.level for c in there.contributions]


def test_a_pair_that_linkage_never_scored_is_explained_too(run_once):
    found = explain_pair(run_once, "clinic/2", "parish-book/b3")
    assert not found.together
    assert found.explanation.contributions[0].weight < 0
    one, other = (memberships(run_once)[r] for r in ("clinic/2", "parish-book/b3"))
    assert found.words[-2:] == (
        (
            "Linkage did not keep this pair among its candidates: too little agrees to look for it,"
            " or the match probability is under 1 of 100."
        ),
        f"They count as two persons, {one} and {other}.",
    )


def test_a_judgement_that_decides_is_told_with_its_reviewer_time_and_reason(finished):
    judge(finished, "clinic/1,parish-book/b1,different,R. Ostin,2032-01-02,other fathers.")
    found = explain_pair(finished, "clinic/1", "parish-book/b1")
    one, other = (memberships(finished)[r] for r in ("clinic/1", "parish-book/b1"))
    assert not found.together
    assert found.words[-2:] == (
        (
            "R. Ostin judged on 2032-01-02 that these two records are about two different persons,"
            " because: other fathers."
        ),
        f"They count as two persons, {one} and {other}.",
    )
    assert found.explanation.steps[-1].detail == "but a judgement decides"


def test_judgements_that_disagree_leave_a_pair_undecided(finished):
    pair = "clinic/1,parish-book/b1"
    judge(finished, f"{pair},different,R. Ostin,,", f"{pair},same,M. Halen,,")
    words = explain_pair(finished, "clinic/1", "parish-book/b1").words
    assert words[-4:-1] == (
        "R. Ostin judged that these two records are about two different persons.",
        "M. Halen judged that these two records are about one person.",
        "The judgements disagree: the pair is undecided.",
    )
    assert words[-1].endswith(
        "They count as one person in the low count and as two in the high count."
    )


def test_a_person_is_told_with_what_holds_it_together(run_once):
    person = memberships(run_once)["clinic/1"]
    found = explain_person(run_once, person)
    assert found.id == person
    assert {record.reference for record in found.records} == {"clinic/1", "parish-book/b1"}
    assert found.words[0] == f"{person} has 2 records."
    assert found.words[1].endswith("pairs like this are of one person.")
    assert found.weakest is not None
    assert {found.weakest.a.reference, found.weakest.b.reference} == {"clinic/1", "parish-book/b1"}
    assert found.differences == ()
    assert explain_person(run_once, "parish-book/b1") == found
    told = found.as_json()
    assert told["bonds"][0]["a"] in {"clinic/1", "parish-book/b1"}
    assert told["weakest"]["together"] is True


def test_a_person_of_one_record_has_nothing_to_explain(run_once):
    person = memberships(run_once)["clinic/2"]
    found = explain_person(run_once, "clinic/2")
    assert found.words == (f"{person} has one record, clinic/2: nothing was put together.",)
    assert found.weakest is None
    assert found.as_json()["weakest"] is None


def test_what_speaks_against_a_person_is_told(finished):
    judge(finished, "clinic/2,parish-book/b3,same,R. Ostin,,one person by two names")
    found = explain_person(finished, "clinic/2")
    assert found.weakest is None
    assert found.words[1].endswith(": judged to be one person.")
    (name,) = [d.words for d in found.differences if d.words.startswith("Name: ")]
    assert "Sela Beloru" in name
    assert "Milu Dovran" in name
    assert all(d.weight <= -2 for d in found.differences)


def test_an_id_that_leads_to_another_is_followed(finished):
    before = memberships(finished)
    judge(finished, "clinic/2,parish-book/b3,same,R. Ostin,,")
    now = memberships(finished)["clinic/2"]
    (gone,) = {before["clinic/2"], before["parish-book/b3"]} - {now}
    assert explain_person(finished, gone).id == now


def test_what_is_not_there_is_refused_with_what_to_do(run_once):
    for wrong, message in (
        (lambda: explain_pair(run_once, "clinic/1", "clinic/99"), "no record 'clinic/99'"),
        (lambda: explain_person(run_once, "P-nobody"), "no person or record 'P-nobody'"),
        (lambda: explain_pair(run_once, "clinic/1", "clinic/1"), "both are the same record"),
    ):
        with pytest.raises(CaseError, match=message):
            wrong()


def test_a_case_that_was_not_run_says_what_to_do(small_case):
    with pytest.raises(LedgerError, match="Run the case first"):
        explain_person(small_case, "clinic/1")
    take_in(small_case)
    with pytest.raises(CaseError, match=r"not linked yet\. Run it with `everyname run`"):
        explain_person(small_case, "clinic/1")


def test_a_withdrawn_record_is_not_explained(finished):
    path = finished / "hand" / "withdrawals.csv"
    path.write_text("record,reviewer,time,reason\nclinic/1,R. Ostin,,twice\n", encoding="utf-8")
    run(finished)
    with pytest.raises(CaseError, match="linked no record 'clinic/1'"):
        explain_pair(finished, "clinic/1", "clinic/2")
