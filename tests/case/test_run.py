"""A run from lists to a report."""

from __future__ import annotations

import csv
import json
import shutil
import stat
import threading

import pytest

from everyname.case import CaseFolder, run, verify
from everyname.case.check_stage import ChecksOfCase
from everyname.case.counts_stage import CountsOfCase
from everyname.claims import Finding
from everyname.errors import CaseError, EverynameError, MappingError, SeveralErrors
from everyname.ledger import Checkpoint, LedgerReader, VerifierKey

SAME = (
    "record_a,record_b,decision,reviewer,time,reason\n"
    "clinic/1,parish-book/b1,same,Reviewer One,2031-05-01,same parents\n"
    "clinic/3,parish-book/b2,same,Reviewer One,2031-05-01,same school\n"
)


def states(result):
    return dict(result.stages)


def entries(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return ledger.size()


def test_judged_records_are_counted_once(small_case):
    apart = "clinic/2,parish-book/b1,different,Reviewer One,2031-05-01,brother and sister\n"
    (small_case / "hand" / "judgements.csv").write_text(SAME + apart, encoding="utf-8")
    count = run(small_case).summary.count
    assert (count.low, count.best, count.high) == (4, 4, 4)


def test_a_second_run_does_nothing_and_adds_nothing(small_case):
    first = run(small_case)
    before, report = entries(small_case), first.summary.report.read_bytes()
    checkpoints = sorted((small_case / "out" / "checkpoints").iterdir())
    second = run(small_case)
    assert set(states(second).values()) == {"unchanged"}
    assert entries(small_case) == before
    assert sorted((small_case / "out" / "checkpoints").iterdir()) == checkpoints
    assert second.summary.report.read_bytes() == report
    assert second.summary == first.summary


def test_only_what_depends_on_a_change_is_redone(small_case, edit):
    run(small_case)
    edit("case.toml", "best = 3", "best = 4")
    assert states(run(small_case)) == {
        "intake clinic.csv": "unchanged",
        "intake parish.csv": "unchanged",
        "linkage": "unchanged",
        "counts": "done",
        "estimate": "unchanged",
        "check": "done",
        "publish": "done",
    }
    edit("lists/clinic.csv", "3,Tovi Karsen,M,9", "3,Tovi Karsen,M,10")
    assert states(run(small_case)) == {
        "intake clinic.csv": "done",
        "intake parish.csv": "unchanged",
        "linkage": "done",
        "counts": "done",
        "estimate": "unchanged",
        "check": "unchanged",
        "publish": "done",
    }


def test_a_deleted_output_is_made_again(small_case):
    report = run(small_case).summary.report
    report.unlink()
    assert states(run(small_case))["publish"] == "done"
    assert report.is_file()


def test_a_lost_ledger_is_not_replaced_in_silence(small_case):
    run(small_case)
    for path in (small_case / "out").glob("ledger.sqlite*"):
        path.unlink()
    with pytest.raises(CaseError, match="the ledger of the last run is gone"):
        run(small_case)
    assert not CaseFolder(small_case).ledger.exists()


def test_a_lost_original_is_preserved_again(small_case):
    run(small_case)
    shutil.rmtree(small_case / "out" / "originals")
    before = entries(small_case)
    run(small_case)
    assert verify(small_case)[1] == ()
    assert entries(small_case) == before


def persons(case):
    with (case / "out" / "records.csv").open(encoding="utf-8", newline="") as file:
        return {row["reference"]: row["person"] for row in csv.DictReader(file)}


def test_a_row_inserted_above_moves_no_person(small_case, edit):
    edit("lists/parish.toml", 'key = "entry"', "")
    run(small_case)
    before = persons(small_case)
    edit("lists/parish.csv", "b1;Beloru", "b0;Osha Temir;1999-01-01;2031-02-09\nb1;Beloru")
    run(small_case)
    after = persons(small_case)
    assert {reference: after[reference] for reference in before} == before
    assert len(after) == len(before) + 1


def test_a_judgement_waits_for_a_withdrawn_record(small_case, edit):
    path = small_case / "hand" / "judgements.csv"
    path.write_text(SAME, encoding="utf-8")
    run(small_case)
    edit("lists/parish.csv", "b1;Beloru, Arman;1996-05-01;2031-02-03\n", "")
    assert run(small_case).summary.count.best == 4


def test_an_id_does_not_betray_the_number_it_was_made_from(small_case):
    run(small_case)
    first = set(persons(small_case).values())
    shutil.rmtree(small_case / "out")
    run(small_case)
    assert first.isdisjoint(persons(small_case).values())
    assert verify(small_case)[1] == ()


def test_a_failed_run_is_not_taken_for_tampering(small_case, edit):
    run(small_case)
    edit("lists/clinic.csv", "Sela Beloru", "Sela Belor")
    (small_case / "hand" / "judgements.csv").write_text("broken", encoding="utf-8")
    with pytest.raises(CaseError):
        run(small_case)
    # What the first run left of the ledger is still all there; of the outputs nothing is said.
    assert verify(small_case) == (entries(small_case), ())


def test_the_order_of_lists_is_obeyed_where_the_rule_asks_for_it(small_case, edit):
    edit("case.toml", "[[breakdowns]]", '[rules]\nconflict = "source_order"\n\n[[breakdowns]]')
    run(small_case)
    clinic, parish = 'clinic = ["clinic.csv"]\n', 'parish = ["parish.csv"]\n'
    edit("case.toml", clinic + parish, parish + clinic)
    assert states(run(small_case))["counts"] == "done"


def test_interrupted_after_intake_it_goes_on(small_case):
    class Stop(KeyboardInterrupt):
        pass

    def stop(words: str) -> None:
        if words.startswith("preparing"):
            raise Stop

    with pytest.raises(Stop):
        run(small_case, progress=stop)
    assert states(run(small_case)) == {
        "intake clinic.csv": "unchanged",
        "intake parish.csv": "unchanged",
        "linkage": "done",
        "counts": "done",
        "estimate": "done",
        "check": "done",
        "publish": "done",
    }


def test_every_record_can_be_traced_to_its_row(small_case):
    run(small_case)
    with (small_case / "out" / "records.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["reference"]: (row["file"], row["row"]) for row in csv.DictReader(file)}
    assert rows == {
        "clinic/1": ("clinic.csv", "2"),
        "clinic/2": ("clinic.csv", "3"),
        "clinic/3": ("clinic.csv", "4"),
        "parish-book/b1": ("parish.csv", "2"),
        "parish-book/b2": ("parish.csv", "3"),
        "parish-book/b3": ("parish.csv", "4"),
    }


def test_a_corrected_list_keeps_the_earlier_record_in_the_ledger(small_case, edit):
    run(small_case)
    before = entries(small_case)
    edit("lists/clinic.csv", "Sela Beloru", "Sela Belor")
    run(small_case)
    with LedgerReader(CaseFolder(small_case).ledger) as ledger:
        names = [filed.record.value("name") for filed in ledger.records(["clinic.csv"])]
        assert ledger.size() > before
    assert names == ["Arman Beloru", "Sela Belor", "Tovi Karsen"]


def test_what_is_wrong_with_several_lists_is_said_at_once(small_case, edit):
    edit("lists/clinic.toml", "[columns.Name]", "[columns.Nom]")
    edit("lists/parish.toml", 'field = "birth_date"', 'field = "birthdate"')
    with pytest.raises(SeveralErrors) as caught:
        run(small_case)
    assert str(caught.value) == (
        "clinic.toml: the mapping names a column 'Nom' that clinic.csv does not have. Near it are "
        "'No', 'Name'. Correct the name, or set header_row under [table]\n"
        "parish.toml: columns.born.field there is no field 'birthdate'. Did you mean birth_date or "
        "date?. Correct the mapping file"
    )


def test_a_failing_list_leaves_the_ledger_as_it_was(small_case, edit):
    run(small_case)
    before = entries(small_case)
    edit("lists/clinic.toml", "[columns.Name]", "[columns.Nom]")
    with pytest.raises(MappingError, match="'Nom'"):
        run(small_case)
    assert entries(small_case) == before


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("case.toml", '["killed"]', '["murdered"]', "'murdered' is not a fate"),
        ("case.toml", '"2031"', '"31 February"', "case.toml: scope.date"),
        ("case.toml", "clinic.csv", "clinik.csv", "there is no such file under lists/"),
        ("case.toml", "clinic.csv", "../case.toml", "lies outside lists/"),
        ("case.toml", "[scope]", "[skope]", "skope is not a known setting"),
        ("case.toml", "[scope]", "[scope", "is not TOML"),
        ("case.toml", "best = 3", "best = -3", "numbers"),
        ("case.toml", '"name", "sex", "date"', '"name", "phone"', "'phone' cannot be published"),
        ("case.toml", 'by = ["sex"]', 'by = ["shoe"]', "not counted by 'shoe'"),
        ("case.toml", '"parish.csv"', '"clinic.csv"', "stands in two lists"),
        ("case.toml", '"parish.csv"', '"clinic.xlsx"',
         "lists: 'clinic.csv' and 'clinic.xlsx' would share the mapping file 'clinic.toml'"),
        ("case.toml", "best = 3", 'best = 3\nfate = "flying"',
         "claim 'mayor': 'flying' is not a fate; there are killed"),
        ("case.toml", "best = 3", 'best = 3\nunit = "dozens"',
         "claim 'mayor': 'dozens' is not a unit; there are persons"),
        ("case.toml", "best = 3", 'best = 3\nsaid_on = "spring"',
         "claim 'mayor': said_on = 'spring' is not a date"),
        ("case.toml", "best = 3", 'best = 3\nas_of = "03/02/2031"',
         "claim 'mayor': as_of = '03/02/2031' is not a date"),
        ("lists/parish.toml", "Parish book", "Clinic", "is also that of clinic.csv"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(small_case, edit, name, old, new, said):
    edit(name, old, new)
    with pytest.raises(EverynameError) as caught:
        run(small_case)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("clinic/1,parish-book/b9,same,R,,", "there is no record 'parish-book/b9' in force"),
        ("clinic/1,parish-book/b1,maybe,R,,", "'maybe' is not a decision"),
        ("clinic/1,parish-book/b1,same,,,", "nobody is named as the reviewer"),
        ("clinic/1,clinic/1,same,R,,", "both records are the same one"),
    ],
)
def test_a_wrong_judgement_is_named_with_its_row(small_case, line, said):
    path = small_case / "hand" / "judgements.csv"
    path.write_text(SAME + line + "\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        run(small_case)
    assert said in str(caught.value)
    assert "judgements.csv, row 4" in str(caught.value)


def test_contradicting_judgements_are_named(small_case):
    path = small_case / "hand" / "judgements.csv"
    more = "clinic/1,clinic/2,same,R,,\nclinic/2,parish-book/b1,different,R,,\n"
    path.write_text(SAME + more, encoding="utf-8")
    with pytest.raises(EverynameError, match=r"judgements contradict each other: .*clinic/2"):
        run(small_case)


def test_a_retracted_judgement_stays_in_the_ledger(small_case):
    path = small_case / "hand" / "judgements.csv"
    path.write_text(SAME, encoding="utf-8")
    run(small_case)
    path.write_text(SAME.splitlines()[0] + "\n", encoding="utf-8")
    before = entries(small_case)
    run(small_case)
    with LedgerReader(CaseFolder(small_case).ledger) as ledger:
        assert ledger.judgements() == ()
        assert ledger.size() >= before + 2


def test_two_runs_at_once_are_refused(small_case):
    started, over = threading.Event(), threading.Event()

    def wait(_words: str) -> None:
        started.set()
        over.wait(10)

    thread = threading.Thread(target=run, args=(small_case, wait))
    thread.start()
    try:
        assert started.wait(10)
        with pytest.raises(CaseError, match="another run of this case"):
            run(small_case)
    finally:
        over.set()
        thread.join()


def test_a_case_without_lists_says_what_to_do(small_case, edit):
    edit("case.toml", 'clinic = ["clinic.csv"]\nparish = ["parish.csv"]\n', "")
    with pytest.raises(CaseError, match="names no list"):
        run(small_case)


def test_no_person_is_published_beyond_the_profile(small_case):
    run(small_case)
    everything = published_text(small_case)
    assert "Milu Dovran" in everything
    assert "1950" not in everything


def published_text(case):
    files = [p for name in ("report", "data") for p in (case / "out" / name).rglob("*")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path.is_file())


def finding(case, id_):
    stage = ChecksOfCase(CaseFolder(case), CaseFolder(case).file())
    (found,) = (found for found in stage.result() if found.claim.id == id_)
    return found


def test_a_case_file_with_a_byte_order_mark_is_read(small_case):
    path = small_case / "case.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    (small_case / "hand" / "judgements.csv").write_text(SAME, encoding="utf-8")
    assert run(small_case).summary.count.best == 4


WITHHELD = "No figure in the record speaks of it. The publication profile withholds the count."


def test_a_claim_about_sexual_violence_never_shows_a_count(small_case, edit):
    edit("case.toml", 'fates = ["killed"]', "fates = []")
    edit("case.toml", '"date"]', '"date", "fate"]')
    edit("case.toml", "best = 3", 'best = 7391\nfate = "sexual_violence"')
    edit("lists/clinic.toml", '[constants]\nfate = "killed"\n', "")
    edit("lists/clinic.toml", "[columns.Age]", '[columns.Fate]\nfield = "fate"\n[columns.Age]')
    edit("lists/clinic.csv", "Age,Date", "Age,Date,Fate")
    for day, fate in (("F,31,2031-02-03", "sexual_violence"), ("M,34,2031-02-03", "killed"),
                      ("M,9,2031-02-04", "killed")):  # fmt: skip
        edit("lists/clinic.csv", day, f"{day},{fate}")
    run(small_case)
    counted = CountsOfCase(CaseFolder(small_case), CaseFolder(small_case).file()).result()
    # There is a count to withhold.
    assert counted.claim_counts["mayor"].best == 1
    stated = CaseFolder(small_case).file().claims[0]
    assert finding(small_case, "mayor") == Finding(
        claim=stated, outcome="cannot be checked", basis="nothing", explanation=WITHHELD
    )
    everything = published_text(small_case)
    assert WITHHELD in everything
    assert "documented count (" not in everything
    assert "fate=sexual_violence" not in everything
    # Nor is anybody listed one by one.
    for name in ("Sela Beloru", "Arman Beloru", "Milu Dovran"):
        assert name not in everything


def test_a_claim_on_a_field_that_the_profile_does_not_list_is_withheld(small_case, edit):
    (small_case / "hand" / "judgements.csv").write_text(SAME, encoding="utf-8")
    edit("case.toml", "best = 3", 'best = 1\nvictim_class = "children"')
    run(small_case)
    counted = CountsOfCase(CaseFolder(small_case), CaseFolder(small_case).file()).result()
    assert counted.claim_counts["mayor"].best == 1
    assert finding(small_case, "mayor") == Finding(
        claim=CaseFolder(small_case).file().claims[0],
        outcome="cannot be checked",
        basis="nothing",
        explanation=WITHHELD,
    )
    assert "documented count (" not in published_text(small_case)
    edit("case.toml", '"date"]', '"date", "age_band"]')
    run(small_case)
    shown = finding(small_case, "mayor")
    assert (shown.outcome, shown.basis) == ("consistent", "count")
    assert shown.explanation.endswith("No figure in the record speaks of it.")
    assert shown.explanation in published_text(small_case)


def test_the_receipt_names_every_output(small_case):
    run(small_case)
    receipt = json.loads((small_case / "out" / "receipt.json").read_text(encoding="utf-8"))
    assert "report/index.html" in receipt["outputs"]
    with LedgerReader(CaseFolder(small_case).ledger) as ledger:
        assert (receipt["entries"], receipt["root"]) == (ledger.size(), ledger.root().hex())


def test_a_run_leaves_a_signed_checkpoint_and_the_key_that_checks_it(small_case, edit):
    run(small_case)
    edit("lists/clinic.csv", "Sela Beloru", "Sela Belor")
    run(small_case)
    folder = CaseFolder(small_case)
    key = VerifierKey.parse(folder.keys.verifier_file.read_text(encoding="utf-8").strip())
    notes = [path.read_text(encoding="utf-8") for path in sorted(folder.checkpoints.iterdir())]
    attested = [Checkpoint.from_note(note, [key]) for note in notes]
    with LedgerReader(folder.ledger) as ledger:
        assert [c.root for c in attested] == [ledger.root(c.size) for c in attested]
        assert attested[-1].size == ledger.size()
    assert len(attested) == 2
    secret = folder.keys.folder / "ledger.pem"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_a_case_whose_ledger_lies_in_postgresql(small_case, new_address):
    settings = small_case / "case.toml"
    address = f'[ledger]\naddress = "{new_address()}"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + address, encoding="utf-8")
    (small_case / "hand" / "judgements.csv").write_text(SAME, encoding="utf-8")
    assert run(small_case).summary.count.best == 4
    before = entries(small_case)
    assert set(states(run(small_case)).values()) == {"unchanged"}
    assert (entries(small_case), verify(small_case)) == (before, (before, ()))
    assert not (small_case / "out" / "ledger.sqlite").exists()
    shutil.rmtree(small_case / "out" / "work")
    # Everything else is made again from the ledger and the lists, and nothing is entered twice.
    run(small_case)
    assert entries(small_case) == before
