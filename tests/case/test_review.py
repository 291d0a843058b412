"""Reviews: questions, answers, and where they are kept."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from reviewed import score, with_open_pairs

from everyname.case import CaseFolder, reviewing, run, verify
from everyname.case.hand_file import References
from everyname.case.judgements_file import JudgementsFile, read_judgements
from everyname.errors import CaseError
from everyname.ledger import Judgement, Ledger, LedgerReader

HEAD = "record_a,record_b,decision,reviewer,time,reason\n"


def clock():
    seconds = count()
    return lambda: datetime(2031, 5, 1, 12, tzinfo=UTC) + timedelta(seconds=next(seconds))


@pytest.fixture(scope="session")
def town_once(tmp_path_factory):
    return with_open_pairs(tmp_path_factory.mktemp("town") / "town", 30, 60)


@pytest.fixture
def town(town_once, tmp_path):
    return shutil.copytree(town_once, tmp_path / "town")


def file_of(case):
    return case / "hand" / "judgements.csv"


def in_force(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return ledger.judgements()


def in_file(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return read_judgements(file_of(case), References(ledger))


def ask(case, *decisions, reviewer="Ann", reason=""):
    with reviewing(case, reviewer, now=clock()) as review:
        made = []
        for decision in decisions:
            review.question()
            made.append(review.answer(decision, reason))
        return made


def test_an_answer_is_in_the_ledger_and_in_the_file_with_who_when_and_why(town):
    with reviewing(town, "  Ann   Dovran ", now=clock()) as review:
        question = review.question()
        left, right = review.records(question)
        made = review.answer("same", 'the "same"\nfather, and date ')
        # Before the next question is asked.
        assert in_force(town) == in_file(town) == (made,)
        assert made == Judgement(
            left.record.reference,
            right.record.reference,
            "same",
            "Ann Dovran",
            made.time,
            'the "same" father, and date',
        )
        assert made.time.startswith("2031-05-01T12:")
        assert review.standing.answered == review.standing.judged == 1


def test_a_review_goes_on_where_the_last_one_stopped(town):
    first = ask(town, "same", "different", "unsure")
    with reviewing(town, "Ben") as review:
        assert review.mended == ()
        assert review.standing.judged == 3
        question = review.question()
        pair = {filed.record.reference for filed in review.records(question)}
    assert pair not in [{j.record_a, j.record_b} for j in first]
    assert in_force(town) == tuple(first)


def test_undo_retracts_and_never_erases(town):
    with reviewing(town, "Ann", now=clock()) as review:
        before, asked = review.standing, review.question()
        made = review.answer("same")
        review.question()
        assert review.undo() == made
        again = review.question()
        assert (again.a, again.b) == (asked.a, asked.b)
        assert in_force(town) == in_file(town) == ()
        assert (review.standing.best, review.standing.judged) == (before.best, 0)
        assert review.undo() is None
        with LedgerReader(CaseFolder(town).ledger) as ledger:
            assert made in list(ledger._contents("judgement", Judgement.from_content))
        other = review.answer("different")
    assert in_force(town) == in_file(town) == (other,)


def test_undo_reaches_back_to_earlier_sessions_and_never_to_other_reviewers(town):
    (ann,) = ask(town, "different")
    (ben,) = ask(town, "different", reviewer="Ben")
    with reviewing(town, "Ann") as review:
        assert review.undo() == ann
        assert review.undo() is None
    assert in_force(town) == in_file(town) == (ben,)


def test_a_run_after_a_review_links_again_and_only_that(small_case):
    run(small_case)
    score(small_case, 6)
    with reviewing(small_case, "Ann") as review:
        review.question()
        review.answer("same")
    states = dict(run(small_case).stages)
    assert states["intake clinic.csv"] == states["intake parish.csv"] == "unchanged"
    assert states["linkage"] == "done"
    assert set(dict(run(small_case).stages).values()) == {"unchanged"}
    assert len(in_force(small_case)) == 1
    assert verify(small_case)[1] == ()


def test_a_review_leaves_what_the_last_run_signed_untouched(finished):
    with reviewing(finished, "Ann") as review:
        while review.question() is not None:
            review.answer("unsure")
    assert verify(finished)[1] == ()


def test_a_line_that_is_only_in_the_file_is_entered(town):
    with LedgerReader(CaseFolder(town).ledger) as ledger:
        a, b, *_ = sorted(ledger.references())
    file_of(town).write_text(HEAD + f"{a},{b},different,Ann,2031,\n", encoding="utf-8")
    with reviewing(town, "Ann") as review:
        assert review.mended == (
            "1 judgement was in judgements.csv and not yet in the ledger: entered",
        )
    assert in_force(town) == (Judgement(a, b, "different", "Ann", "2031"),)
    with reviewing(town, "Ann") as review:
        assert review.mended == ()


def test_a_judgement_that_is_only_in_the_ledger_is_retracted_and_named(town):
    first, second = ask(town, "different", "unsure")
    lines = file_of(town).read_text(encoding="utf-8").splitlines(keepends=True)
    file_of(town).write_text("".join(lines[:-1]), encoding="utf-8")
    with reviewing(town, "Ann") as review:
        (said,) = review.mended
    assert said == (
        f"the judgement {second.record_a} - {second.record_b} (unsure) was in the ledger and "
        "no longer in judgements.csv: retracted"
    )
    assert in_force(town) == (first,)


def test_a_lost_file_is_not_taken_for_many_retractions(town):
    made = ask(town, "different", "unsure")
    file_of(town).unlink()
    with pytest.raises(CaseError, match="2 judgements that the ledger has in force") as error:
        ask(town)
    assert "everyname judgements export" in str(error.value)
    assert in_force(town) == tuple(made)


def test_nobody_reviews_without_a_name_or_before_a_run(town):
    with pytest.raises(CaseError, match="nobody is named"), reviewing(town, "  "):
        pass
    (CaseFolder(town).work / "pairs.parquet").unlink()
    with pytest.raises(CaseError, match="not linked yet"), reviewing(town, "Ann"):
        pass


def test_records_that_changed_since_the_run_have_to_be_linked_first(town):
    with LedgerReader(CaseFolder(town).ledger) as ledger:
        name = min(ledger.references())
    (town / "hand" / "withdrawals.csv").write_text(
        f"record,reviewer,time,reason\n{name},Town,,\n", encoding="utf-8"
    )
    from everyname.ledger import Withdrawal

    with Ledger.open(CaseFolder(town).ledger) as ledger, ledger.writing() as writer:
        writer.decide("withdrawal", [Withdrawal(name, "Town")])
    with pytest.raises(CaseError, match="changed since it was last run"):
        ask(town)


def test_no_other_command_works_on_the_case_meanwhile(town):
    with reviewing(town, "Ann"), pytest.raises(CaseError, match="under way"):
        run(town)


def test_judgements_that_contradict_each_other_are_refused(town):
    with LedgerReader(CaseFolder(town).ledger) as ledger:
        a, b, c, *_ = sorted(ledger.references())
    file_of(town).write_text(
        HEAD + f"{a},{b},same,Ann,,\n{b},{c},same,Ann,,\n{a},{c},different,Ann,,\n",
        encoding="utf-8",
    )
    with pytest.raises(CaseError, match="contradict each other"):
        ask(town)


def test_what_people_wrote_in_the_file_stays_as_it_is(town):
    with LedgerReader(CaseFolder(town).ledger) as ledger:
        a, b, c, d, *_ = sorted(ledger.references())
    own = (
        "\ufeffnote;reviewer".replace(";", ",")
        + ",decision,record_b,record_a\r\n"
        + f'"two\r\nlines",Ben,different,{b},{a}\r\n\r\n'
        + f"last,Ben,unsure,{d},{c}"
    ).encode()
    file_of(town).write_bytes(own)
    (made,) = ask(town, "different", reason='quoted "so", and so')
    written = file_of(town).read_bytes()
    head, rest = own.split(b"\r\n", 1)
    assert written.startswith(head + b",time,reason\r\n" + rest + b"\r\n")
    assert len(in_file(town)) == 3
    assert in_file(town)[-1] == made == in_force(town)[-1]
    with reviewing(town, "Ann") as review:
        review.undo()
    assert file_of(town).read_bytes() == head + b",time,reason\r\n" + rest + b"\r\n"


def test_a_judgement_of_several_lines_is_taken_away_as_a_whole(town, tmp_path):
    with LedgerReader(CaseFolder(town).ledger) as ledger:
        references = References(ledger)
        a, b, c, *_ = sorted(ledger.references())
        path = tmp_path / "judgements.csv"
        file = JudgementsFile(path)
        one = Judgement(a, b, "same", "Ann", "2031", "first\nsecond")
        other = Judgement(a, c, "same", "Ann", "2031", "third")
        file.add([one, other, one])
        file.remove(one, references)
        assert read_judgements(path, references) == (one, other)
        file.remove(one, references)
        assert read_judgements(path, references) == (other,)
        file.remove(one, references)
    with path.open(encoding="utf-8", newline="") as opened:
        assert len(list(csv.DictReader(opened))) == 1
