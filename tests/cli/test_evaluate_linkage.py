"""``everyname evaluate-linkage``, as a user types it."""

from __future__ import annotations

import json
import shutil

import pytest

from everyname.case.folder import PASSPHRASE
from everyname.cli.main import main

CLUSTERS = """\
source,row,person,probability
clinic.csv,2,P1,0.99
clinic.csv,3,P1,0.99
clinic.csv,4,P2,0.80
press.csv,2,P2,0.80
press.csv,3,P3,1
press.csv,4,P4,0.7
press.csv,5,P4,0.7
"""
TRUTH = """\
file,row,person,sex
clinic.csv,2,ann,f
clinic.csv,3,ann,f
clinic.csv,4,ann,f
press.csv,2,bea,f
press.csv,3,bea,
press.csv,4,carl,m
press.csv,5,,m
press.csv,9,dora,f
"""
PAIRS = """\
source_a,row_a,source_b,row_b,same,probability
clinic.csv,2,clinic.csv,3,yes,0.98
clinic.csv,4,press.csv,2,no,0.7
press.csv,2,press.csv,3,yes,0.4
press.csv,4,clinic.csv,2,No,0.02
press.csv,4,clinic.csv,99,no,0.02
"""


ONE_LIST = """\
clusters.csv against truth.csv: 2 records evaluated
Count: 2 persons found, 2 in truth: the true number

                   precision  recall      F1  found  true  both
pairs of records      100.0%  100.0%  100.0%      0     0     0
records (B-cubed)     100.0%  100.0%  100.0%
whole persons         100.0%  100.0%  100.0%      2     2     2

0 true persons split, 0 found persons merged of several; the largest found has 1 record, the largest
true 1

clusters.csv against pairs.csv: 1 labelled pair, 0 of one person

                                        95% interval     pairs    share
recall: of one person, put together                      0 of 0    none
precision: put together, of one person                   0 of 0    none
of two persons, kept apart              20.7% to 100.0%  1 of 1  100.0%
"""
END_OF_WORSE = """\
... and 24 more classes: see --json

? more than 3 points below the whole, with too few pairs to tell (see --json)

! worse than the whole:
  recall of sex female, by 37.5 points: 50.0%, 25 of 50, 95% interval 36.6% to 63.4%
  recall of sex within female, by 37.5 points: 50.0%, 25 of 50, 95% interval 36.6% to 63.4%
"""


def evaluate(*words, capsys):
    code = 0
    try:
        main(["evaluate-linkage", *map(str, words)])
    except SystemExit as stop:
        code = stop.code
    told = capsys.readouterr()
    return code, "\n".join(line.rstrip() for line in told.out.splitlines()), told.err


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, text in (("clusters", CLUSTERS), ("truth", TRUTH), ("pairs", PAIRS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


AGAINST_TRUTH = """\
clusters.csv against truth.csv: 6 records evaluated
Left out: 1 record whose true person is not known
Left out: 1 record of the truth not linked
Count: 4 persons found, 3 in truth: 33.3% too many

                   precision  recall     F1  found  true  both
pairs of records       50.0%   25.0%  33.3%      2     4     1
records (B-cubed)      83.3%   61.1%  70.5%
whole persons          25.0%   33.3%  28.6%      4     3     1

2 true persons split, 1 found person merged of several; the largest found has 2 records, the largest
true 3

by    class                      records  recall   points  precision   points
list  clinic.csv                       3   33.3%     +8.3      50.0%      0.0
list  press.csv                        3    0.0%  -25.0 ?       0.0%  -50.0 ?
list  within clinic.csv                3   33.3%     +8.3     100.0%    +50.0
list  clinic.csv with press.csv        6    none                0.0%  -50.0 ?
list  within press.csv                 3    0.0%  -25.0 ?       none
sex   f                                4   25.0%      0.0      50.0%      0.0
sex   m                                1    none                none
sex   unknown                          1    0.0%  -25.0 ?       none
sex   within f                         4   33.3%     +8.3      50.0%      0.0
sex   f with unknown                   5    0.0%  -25.0 ?       none

? more than 3 points below the whole, with too few pairs to tell (see --json)
"""
AGAINST_PAIRS = """\
clusters.csv against pairs.csv: 4 labelled pairs, 2 of one person
Left out: 1 pair with a record not linked

                                        95% interval   pairs   share
recall: of one person, put together     9.5% to 90.5%  1 of 2  50.0%
precision: put together, of one person  9.5% to 90.5%  1 of 2  50.0%
of two persons, kept apart              9.5% to 90.5%  1 of 2  50.0%

Expected calibration error 0.335, over 4 scored pairs

match probability  95% interval      mean  matches  pairs
0.00 to 0.10       0.0% to 79.3%     2.0%     0.0%      1
0.40 to 0.50       20.7% to 100.0%  40.0%   100.0%      1
0.70 to 0.80       0.0% to 79.3%    70.0%     0.0%      1
0.90 to 1.00       20.7% to 100.0%  98.0%   100.0%      1

by    class                      records  recall   points  precision   points
list  clinic.csv                       3  100.0%    +50.0      50.0%      0.0
list  press.csv                        4    0.0%  -50.0 ?       0.0%  -50.0 ?
list  within clinic.csv                3  100.0%    +50.0     100.0%    +50.0
list  clinic.csv with press.csv        7    none                0.0%  -50.0 ?
list  within press.csv                 4    0.0%  -50.0 ?       none

? more than 3 points below the whole, with too few pairs to tell (see --json)
"""


@pytest.mark.usefixtures("folder")
def test_against_true_persons(capsys):
    code, out, _ = evaluate("clusters.csv", "--truth", "truth.csv", "--by", "sex", capsys=capsys)
    assert code == 0
    assert out == AGAINST_TRUTH.rstrip()


@pytest.mark.usefixtures("folder")
def test_against_labelled_pairs(capsys):
    code, out, _ = evaluate("clusters.csv", "--pairs", "pairs.csv", capsys=capsys)
    assert code == 0
    assert out == AGAINST_PAIRS.rstrip()


def test_a_class_that_is_linked_worse_is_named(folder, capsys):
    clusters, truth = ["source,row,person"], ["source,row,person,sex,village"]
    for number in range(200):
        sex = "female" if number % 4 == 0 else "male"
        for row in (2 * number + 2, 2 * number + 3):
            missed = row % 2 and sex == "female" and number % 8 == 0
            clusters.append(f"a.csv,{row},{number}{'x' if missed else ''}")
            truth.append(f"a.csv,{row},{number},{sex},v{number % 40}")
    (folder / "clusters.csv").write_text("\n".join(clusters), encoding="utf-8")
    (folder / "truth.csv").write_text("\n".join(truth), encoding="utf-8")
    words = ("clusters.csv", "--truth", "truth.csv", "--by", "sex", "--by", "village")
    code, out, _ = evaluate(*words, capsys=capsys)
    assert code == 0
    start = out.index("by       class")
    assert out[start:].splitlines()[:5] == [
        "by       class          records  recall   points  precision  points",
        "sex      female             100   50.0%  -37.5 !     100.0%     0.0",
        "sex      male               300  100.0%    +12.5     100.0%     0.0",
        "sex      within female      100   50.0%  -37.5 !     100.0%     0.0",
        "sex      within male        300  100.0%    +12.5     100.0%     0.0",
    ]
    assert out[out.index("... and") :] == END_OF_WORSE.rstrip()


def test_one_list_against_both(folder, capsys):
    rows = "source,row,person\na.csv,2,P1\na.csv,3,P2\n"
    (folder / "clusters.csv").write_text(rows, encoding="utf-8")
    (folder / "truth.csv").write_text(rows, encoding="utf-8")
    pairs = "source_a,row_a,source_b,row_b,same\na.csv,2,a.csv,3,different\n"
    (folder / "pairs.csv").write_text(pairs, encoding="utf-8")
    words = ("clusters.csv", "--truth", "truth.csv", "--pairs", "pairs.csv")
    code, out, _ = evaluate(*words, capsys=capsys)
    assert code == 0
    assert out == ONE_LIST.rstrip()


@pytest.mark.usefixtures("folder")
def test_against_both_as_json(capsys):
    words = ("clusters.csv", "--truth", "truth.csv", "--pairs", "pairs.csv", "--json")
    code, out, _ = evaluate(*words, capsys=capsys)
    said = json.loads(out)
    assert code == 0
    assert (said["found"], said["truth"]["file"], said["pairs"]["file"]) == (
        "clusters.csv", "truth.csv", "pairs.csv")  # fmt: skip
    assert said["truth"]["not_linked"] == said["pairs"]["not_linked"] == 1
    assert said["truth"]["evaluation"]["pairwise"] == {
        "found": 2, "true": 4, "both": 1, "precision": 0.5, "recall": 0.25,
        "f1": pytest.approx(1 / 3),
    }  # fmt: skip
    assert said["pairs"]["evaluation"]["recall"]["part"] == 1


def test_a_workbook_of_semicolons_and_another_order_say_the_same(folder, capsys):
    words = ("clusters.csv", "--truth", "truth.csv", "--json")
    before = evaluate(*words, capsys=capsys)
    header, *rows = TRUTH.splitlines()
    text = "\n".join([header, *reversed(rows)]).replace(",", " ; ")
    (folder / "truth.csv").write_text(text, encoding="utf-8-sig")
    after = evaluate(*words, capsys=capsys)
    assert after == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["clusters.csv"],
            "clusters.csv: nothing says what is true. Name a file with --truth or --pairs",
        ),
        (
            ["clusters.csv", "--pairs", "pairs.csv", "--by", "sex"],
            ("clusters.csv: the columns to evaluate by are those of the truth, and none is given. "
            "Name it with --truth"),
        ),
        (
            ["none.csv", "--truth", "truth.csv"],
            "none.csv: there is no such file. Check its name",
        ),
        (
            ["clusters.csv", "--truth", "none.csv"],
            "none.csv: there is no such file. Check its name",
        ),
        (
            ["clusters.csv", "--truth", "truth.csv", "--by", "age"],
            ("truth.csv: there is no column 'age'; there are file, row, person, sex. "
            "Name the columns in the first row"),
        ),
        (
            ["truth.csv", "--truth", "clusters.csv"],
            "truth.csv, row 8: no person is named. Fill it in",
        ),
        (
            ["pairs.csv", "--truth", "truth.csv"],
            ("pairs.csv: there is no column 'source'; there are source_a, row_a, source_b, row_b, "
            "same, probability. Name the columns in the first row"),
        ),
        (
            ["clusters.csv", "--pairs", "truth.csv"],
            ("truth.csv: there is no column 'source_a'; there are file, row, person, sex. "
            "Name the columns in the first row"),
        ),
        (
            ["twice.csv", "--truth", "truth.csv"],
            "twice.csv, row 3: this record was there before. Keep one row for each record",
        ),
        (
            ["clusters.csv", "--truth", "other.csv"],
            ("other.csv: no record stands both here and in clusters.csv: here the first is "
            "'Clinic', row 2, there 'clinic.csv', row 2. "
            "Call the sources and number the rows alike in both"),
        ),
        (
            ["other.csv", "--pairs", "pairs.csv"],
            ("pairs.csv: no record stands both here and in other.csv: here the first is "
            "'clinic.csv', row 2, there 'Clinic', row 2. "
            "Call the sources and number the rows alike in both"),
        ),
        (
            ["clusters.csv", "--truth", "nobody.csv"],
            "nobody.csv: no row names a person. Name some",
        ),
        (
            ["clusters.csv", "--pairs", "perhaps.csv"],
            ("perhaps.csv, row 3: same says neither yes nor no. "
            "Write yes or no, true or false, 1 or 0, same or different"),
        ),
        (
            ["clusters.csv", "--pairs", "itself.csv"],
            "itself.csv, row 2: both records are the same one. Name two records",
        ),
        (
            ["clusters.csv", "--pairs", "torn.csv"],
            "torn.csv, row 2: this pair is also labelled otherwise. Settle which",
        ),
        (
            ["clusters.csv", "--pairs", "percent.csv"],
            "percent.csv, row 2: the match probability is not a number from 0 to 1. Correct it",
        ),
        (["."], (".: there is no case.toml: this is not a case folder. "
                "Make one with: everyname new DIR")),
    ],
)  # fmt: skip
def test_what_cannot_be_evaluated_is_said(words, said, folder, capsys):
    columns = "source_a,row_a,source_b,row_b,same"
    for name, text in {
        "twice": "source,row,person\na.csv,2,P1\na.csv,2 ,P2\n",
        "other": "source,row,person\nClinic,2,P1\n",
        "nobody": "source,row,person\nclinic.csv,2,\nclinic.csv,3,\n",
        "perhaps": f"{columns}\na,2,b,2,yes\na,2,b,3,perhaps\n",
        "itself": f"{columns}\na,2,a,2,yes\n",
        "torn": f"{columns}\na,2,b,2,yes\na,3,b,2,yes\nb,2,a,2,no\n",
        "percent": f"{columns},probability\na,2,b,2,yes,98%\n",
    }.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    code, out, err = evaluate(*words, capsys=capsys)
    assert (code, out, err) == (2, "", f"everyname: {said}\n")


CASE = """\
[case]
title = "Two lists"

[lists]
clinic = ["clinic.csv"]
press = ["press.csv"]
"""
LIST = """\
[source]
name = "{name}"

[table]
delimiter = ","
encoding = "utf-8"

[constants]
fate = "killed"

[columns.Name]
field = "name"
[columns.Sex]
field = "sex"
[columns.Date]
field = "date"
[columns.Place]
field = "place"
"""
CLINIC = """\
Name,Sex,Date,Place
Sela Beloru,female,2031-02-03,Tamrud
Arman Tomarov,male,2031-03-01,Oskelan
Davo Kerimat,male,2031-04-09,Mzikara
"""
PRESS = """\
Name,Sex,Date,Place
Sela Beloru,female,2031-02-03,Tamrud
Арман Томаров,male,2031-03-01,Oskelan
Nino Oskari,,2031-05-05,Mzikara
"""
PERSONS = """\
file,row,person
clinic.csv,2,sela
clinic.csv,3,arman
clinic.csv,4,davo
press.csv,2,sela
press.csv,3,arman
press.csv,4,davo
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    case = tmp_path_factory.mktemp("made") / "case"
    (case / "lists").mkdir(parents=True)
    (case / "case.toml").write_text(CASE, encoding="utf-8")
    for name, text in (("clinic", CLINIC), ("press", PRESS)):
        (case / "lists" / f"{name}.csv").write_text(text, encoding="utf-8")
        toml = LIST.format(name=name.title())
        (case / "lists" / f"{name}.toml").write_text(toml, encoding="utf-8")
    (case / "persons.csv").write_text(PERSONS, encoding="utf-8")
    main(["run", str(case)])
    return case


@pytest.fixture
def case(made, tmp_path, monkeypatch):
    monkeypatch.delenv(PASSPHRASE, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return shutil.copytree(made, tmp_path / "case")


@pytest.mark.usefixtures("case")
def test_a_case_that_was_run(capsys):
    code, out, err = evaluate("case", "--truth", "case/persons.csv", "--json", capsys=capsys)
    assert (code, err) == (0, "")
    truth = json.loads(out)["truth"]
    found = truth["evaluation"]
    # The third person stands on the second list under another name, which nothing could tell.
    assert (found["records"], found["count_found"], found["count_true"]) == (6, 4, 3)
    assert (found["pairwise"]["true"], found["pairwise"]["both"]) == (3, 2)
    assert found["pairwise"]["precision"] == 1
    assert truth["low"] <= 4 <= truth["high"]
    recall = {
        (score["subgroup"], *score["classes"]): (
            score["recall"]["share"]["part"],
            score["recall"]["share"]["of"],
        )
        for score in found["subgroups"]
    }
    assert recall == {
        ("list", "clinic"): (2, 3),
        ("list", "press"): (2, 3),
        ("list", "clinic", "press"): (2, 3),
        ("sex", "female"): (1, 1),
        ("sex", "male"): (1, 2),
        ("sex", "unknown"): (0, 1),
        ("sex", "female", "female"): (1, 1),
        ("sex", "male", "male"): (1, 1),
        ("sex", "male", "unknown"): (0, 1),
        ("script", "Cyrillic"): (1, 1),
        ("script", "Latin"): (2, 3),
        ("script", "Cyrillic", "Latin"): (1, 1),
        ("script", "Latin", "Latin"): (1, 2),
    }
    assert [each["threshold"] for each in truth["thresholds"]] == [0.05, 0.2, 0.5, 0.8, 0.95]
    assert truth["thresholds"][2]["count"] == 4


def test_the_truth_that_a_case_names_is_found(case, capsys):
    settings = (case / "case.toml").read_text(encoding="utf-8")
    own = '\n[truth]\nfile = "persons.csv"\npersons = 3\n'
    (case / "case.toml").write_text(settings + own, encoding="utf-8")
    code, out, _ = evaluate("case", capsys=capsys)
    assert code == 0
    assert out.startswith(
        "case against persons.csv: 6 records evaluated\n"
        "Count: 4 persons found, 3 in truth: 33.3% too many; the truth is "
    )
    for words in ("pairs of records", "threshold", "match probability", "by      class"):
        assert f"\n{words}" in out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("no truth", "case: nothing says what is true. Name a file with --truth or --pairs"),
        ("not run", "case: this case was not run. Run: everyname run case"),
        (
            "a further record",
            "case: the records changed since they were linked. Run: everyname run case",
        ),
        (
            "another list",
            (
                "persons.csv: no record stands both here and in case: here the first is 'Clinic', "
                "row 2, there 'clinic.csv', row 2. "
                "Call the sources and number the rows alike in both"
            ),
        ),
    ],
)
def test_a_case_that_cannot_be_evaluated(change, said, case, capsys):
    words = ["--truth", "case/persons.csv"]
    if change == "no truth":
        words = []
    elif change == "not run":
        shutil.rmtree(case / "out")
    elif change == "a further record":
        with (case / "lists" / "press.csv").open("a", encoding="utf-8") as file:
            file.write("Vela Sarkin,female,2031-05-05,Mzikara\n")
        main(["intake", "case"])
        capsys.readouterr()
    else:
        (case / "persons.csv").write_text("file,row,person\nClinic,2,P\n", encoding="utf-8")
    code, out, err = evaluate("case", *words, capsys=capsys)
    assert (code, out) == (2, "")
    assert " ".join(err.split()) == f"everyname: {said}"


def test_a_truth_that_names_file_and_source_goes_by_the_file(folder, capsys):
    # As the truth of a large simulated case has it.
    lines = TRUTH.splitlines()
    named = ["source," + lines[0], *(f"{x.split('.')[0]},{x}" for x in lines[1:])]
    (folder / "both.csv").write_text("\n".join(named) + "\n", encoding="utf-8")
    plain = evaluate("clusters.csv", "--truth", "truth.csv", "--by", "sex", capsys=capsys)
    both = evaluate("clusters.csv", "--truth", "both.csv", "--by", "sex", capsys=capsys)
    assert plain[0] == both[0] == 0
    assert both[1] == plain[1].replace("truth.csv", "both.csv")
