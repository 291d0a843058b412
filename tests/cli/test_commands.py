"""The command line, as a user types it."""

from __future__ import annotations

import csv
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import click
import pytest

from everyname.cli.app import app
from everyname.cli.main import main
from everyname.ledger import Checkpoint, verify_bundle
from everyname.ledger.signing_key import SigningKey

LIST = """\
No,Full name,Sex,Age,Date of death,Remarks
1,Arman Beloru,M,34,03/02/2031,shot
2,Sela Beloru,F,31,13/02/2031,
"""


def everyname(*words, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "everyname", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def in_process(*words, capsys):
    code = 0
    try:
        main([*map(str, words)])
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr()


@pytest.mark.parametrize("name", sorted(app.commands))
def test_every_command_and_option_explains_itself(name):
    command = app.commands[name]
    assert command.help
    assert command.epilog.startswith("Example: everyname ")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("name", sorted(app.commands))
def test_help_can_be_asked_for(name, capsys):
    code, said = in_process(name, "--help", capsys=capsys)
    assert code == 0
    assert said.out.startswith(f"Usage: everyname {name}")


def test_from_nothing_to_a_report(tmp_path):
    case = tmp_path / "case"
    assert everyname("new", case).returncode == 0
    (case / "lists" / "clinic.csv").write_text(LIST, encoding="utf-8")
    mapped = everyname("map", case / "lists" / "clinic.csv", "--source", "Clinic")
    assert mapped.returncode == 0, mapped.stderr
    assert "Wrote" in mapped.stdout
    mapping = tomllib.loads((case / "lists" / "clinic.toml").read_text(encoding="utf-8"))
    assert mapping["source"]["name"] == "Clinic"
    assert mapping["columns"]["Full name"] == {"field": "name"}
    settings = case / "case.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('# hospital = ["hospital.csv"]', 'clinic = ["clinic.csv"]'), encoding="utf-8"
    )
    ran = everyname("run", case)
    assert ran.returncode == 0, ran.stderr
    assert "2 documented persons" in ran.stdout
    assert (case / "out" / "report" / "index.html").is_file()
    proved = everyname("verify", case)
    assert proved.returncode == 0
    assert proved.stdout.startswith("Nothing that the last run left was altered")
    (case / "out" / "report" / "index.html").write_text("other", encoding="utf-8")
    altered = everyname("verify", case)
    assert altered.returncode == 1
    assert "was altered after the run" in altered.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "nowhere"], "there is no case.toml: this is not a case folder"),
        (["verify", "nowhere"], "there is no case.toml: this is not a case folder"),
        (["map", "nowhere.csv"], "nowhere.csv: there is no such file"),
        (["map", "scan.png"], "scan.png: this is a picture, which is not read"),
        (["map", "empty.csv"], "this file is empty"),
        (["map", "."], "there is no such file"),
        (["new", "."], "there is something here already"),
        (["simulate", "."], ""),
        (["run"], "Missing argument 'FOLDER'"),
        (["dance"], "No such command 'dance'"),
        (["simulate", "x", "--persons", "0"], "0 is not in the range"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    words, said, tmp_path, capsys, monkeypatch
):
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(8))
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, told = in_process(*words, capsys=capsys)
    assert code == 2
    assert said in told.err
    assert "Traceback" not in told.err


def test_a_mapping_is_not_replaced_unasked(tmp_path, capsys):
    path = tmp_path / "clinic.csv"
    path.write_text(LIST, encoding="utf-8")
    mapping = tmp_path / "clinic.toml"
    mapping.write_text("mine", encoding="utf-8")
    code, told = in_process("map", path, capsys=capsys)
    assert code == 2
    assert "there is a mapping already" in told.err
    assert mapping.read_text(encoding="utf-8") == "mine"
    in_process("map", path, "--force", capsys=capsys)
    assert "mine" not in mapping.read_text(encoding="utf-8")


def test_a_simulated_case_is_made(tmp_path, capsys):
    code, told = in_process(
        "simulate", tmp_path / "valley", "--persons", "60", "--seed", "3", capsys=capsys
    )
    assert code == 0
    assert "Next: everyname run" in told.out
    assert (tmp_path / "valley" / "truth.csv").is_file()


CASE = """
[case]
title = "Clinic"
[scope]
what = "Everybody"
[lists]
clinic = ["clinic.csv"]
"""


@pytest.fixture(scope="module")
def clinic_once(tmp_path_factory):
    """A case of one list after a run, and what was kept outside of it; not to be written to."""
    folder = tmp_path_factory.mktemp("clinic")
    case = folder / "case"
    (case / "lists").mkdir(parents=True)
    (case / "case.toml").write_text(CASE, encoding="utf-8")
    (case / "lists" / "clinic.csv").write_text(LIST, encoding="utf-8")
    for words in (("map", case / "lists" / "clinic.csv", "--source", "Clinic"), ("run", case)):
        ran = everyname(*words)
        assert ran.returncode == 0, ran.stderr
    (checkpoint,) = (case / "out" / "checkpoints").iterdir()
    shutil.copy(checkpoint, folder / "checkpoint.txt")
    shutil.copy(case / "out" / "keys" / "ledger.vkey", folder / "ledger.vkey")
    return folder


@pytest.fixture
def clinic(clinic_once, tmp_path):
    return Path(shutil.copytree(clinic_once, tmp_path / "clinic"))


def checked(*words):
    """Check a bundle as its receiver does: with Python alone, and none of our libraries."""
    return subprocess.run(
        [sys.executable, "-I", "-S", verify_bundle.__file__, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )


def proved(clinic, what, *more, capsys):
    out = clinic / "bundle.json"
    code, told = in_process("prove", clinic / "case", what, "--out", out, *more, capsys=capsys)
    assert code == 0, told.err
    assert told.out.startswith(f"Wrote {out}. It is checked with: python ")
    return out


def test_what_is_proved_is_accepted_by_python_alone(clinic, capsys):
    out = proved(clinic, "clinic/2", capsys=capsys)
    key = (clinic / "ledger.vkey").read_text(encoding="utf-8").strip()
    said = checked(out, "--key", key)
    assert (said.returncode, said.stderr) == (0, "")
    first, ledger, entry, signed = said.stdout.splitlines()
    assert first == "PROVED"
    assert ledger.startswith(f"Ledger {key.split('+')[0]}, ")
    assert re.match(r"Entry \d+ \(record, .* by the ledger's clock\) is in the ledger\.", entry)
    assert '["Full name","Sela Beloru"]' in entry
    assert "Arman" not in entry
    assert signed == f"Signed with your key, {key}."
    # The verifier lies beside the bundle, and is the same.
    assert (clinic / "verify_bundle.py").read_bytes() == Path(verify_bundle.__file__).read_bytes()


def test_a_person_is_proved_with_all_records(clinic, capsys):
    with (clinic / "case" / "out" / "records.csv").open(encoding="utf-8", newline="") as file:
        person = {row["reference"]: row["person"] for row in csv.DictReader(file)}["clinic/1"]
    said = checked(proved(clinic, person, capsys=capsys))
    assert said.returncode == 0
    assert '["Full name","Arman Beloru"]' in said.stdout
    assert "a key that came with the bundle: compare it with its owner's" in said.stdout


def test_a_bundle_proves_that_the_ledger_only_grew(clinic, capsys):
    case = clinic / "case"
    path = case / "lists" / "clinic.csv"
    path.write_text(LIST.replace("shot", "shelled"), encoding="utf-8")
    code, _ = in_process("run", case, "--quiet", capsys=capsys)
    assert code == 0
    kept = clinic / "checkpoint.txt"
    out = proved(clinic, "clinic/1", "--since", kept, capsys=capsys)
    said = checked(out, "--key", (clinic / "ledger.vkey").read_text(encoding="utf-8").strip())
    size = kept.read_text(encoding="utf-8").splitlines()[1]
    assert said.returncode == 0, said.stderr
    assert f"When the ledger had {size} entries, its root was " in said.stdout
    assert "these entries are all there, unchanged." in said.stdout
    # Both versions of the record are in the ledger.
    assert ("shot" in said.stdout, "shelled" in said.stdout) == (True, True)


def test_a_bundle_is_not_accepted_with_another_key_or_altered(clinic, capsys):
    out = proved(clinic, "clinic/1", capsys=capsys)
    other = SigningKey.generate("ledger.example/other").verifier.text
    said = checked(out, "--key", other)
    assert (said.returncode, said.stderr) == (
        1,
        "NOT PROVED: it is signed with another key than yours.\n",
    )
    out.write_text(out.read_text(encoding="ascii").replace("Arman", "Erman"), encoding="ascii")
    said = checked(out)
    assert (said.returncode, said.stdout) == (1, "")
    assert re.fullmatch(
        r"NOT PROVED: the content of entry \d+ is not the one that was entered\.\n", said.stderr
    )


@pytest.mark.parametrize(
    ("what", "more", "said"),
    [
        ("clinic/99", (), "'clinic/99'"),
        ("P-nobody", (), "'P-nobody'"),
        ("clinic/1", ("--since", "nowhere.txt"), "nowhere.txt: this checkpoint cannot be read"),
        ("clinic/1", ("--since", "ledger.vkey"), "ledger.vkey: this is not a checkpoint"),
    ],
)
def test_what_cannot_be_proved_is_said(clinic, capsys, monkeypatch, what, more, said):
    monkeypatch.chdir(clinic)
    code, told = in_process("prove", "case", what, "--out", "b.json", *more, capsys=capsys)
    assert (code, (clinic / "b.json").exists()) == (2, False)
    assert said in told.err
    assert "Traceback" not in told.err


def test_a_checkpoint_of_another_ledger_proves_nothing(clinic, capsys):
    # Of another ledger, but of a size that this one had.
    note = (clinic / "checkpoint.txt").read_text(encoding="utf-8")
    size = int(note.splitlines()[1])
    key = SigningKey.generate(note.splitlines()[0])
    other = clinic / "other.txt"
    other.write_text(Checkpoint(key.name, size, bytes(32)).signed(key), encoding="utf-8")
    out = clinic / "b.json"
    code, told = in_process(
        "prove", clinic / "case", "clinic/1", "--out", out, "--since", other, capsys=capsys
    )
    assert (code, out.exists()) == (2, False)
    assert "the bundle would prove nothing, since" in told.err


def test_verification_takes_what_was_kept_outside(clinic, capsys):
    case, kept = clinic / "case", ("--checkpoint", clinic / "checkpoint.txt")
    key = ("--key", clinic / "ledger.vkey")
    code, told = in_process("verify", case, *kept, *key, capsys=capsys)
    assert (code, told.err) == (0, "")
    shutil.rmtree(case / "out")
    path = case / "lists" / "clinic.csv"
    path.write_text(LIST.replace("shot", "shelled"), encoding="utf-8")
    assert in_process("run", case, "--quiet", capsys=capsys)[0] == 0
    assert in_process("verify", case, capsys=capsys)[0] == 0
    code, told = in_process("verify", case, *kept, *kept, *key, capsys=capsys)
    assert code == 1
    assert told.out == ""
    assert told.err.count("were attested: the ledger was rewritten") == 2
    assert told.err.endswith("\n4 altered or missing.\n")


def test_quiet_prints_only_the_report(tmp_path, capsys):
    case = Path(tmp_path / "valley")
    in_process("simulate", case, "--persons", "60", capsys=capsys)
    code, told = in_process("run", case, "--quiet", capsys=capsys)
    assert code == 0
    assert told.out == f"{case / 'out' / 'report' / 'index.html'}\n"


def test_the_version_is_said(capsys):
    code, told = in_process("--version", capsys=capsys)
    assert code == 0
    assert told.out == "everyname, version 0.1.0\n"


def test_control_characters_do_not_reach_the_terminal(tmp_path):
    case = tmp_path / "case"
    assert everyname("new", case).returncode == 0
    name = "cli\x1b[2Jnic.csv"
    (case / "lists" / name).write_text(LIST.replace("Remarks", "\x1b[2JRemarks"), encoding="utf-8")
    mapped = everyname("map", case / "lists" / name)
    assert mapped.returncode == 0
    assert "\x1b" not in mapped.stdout
    settings = case / "case.toml"
    text = settings.read_text(encoding="utf-8").replace('title = "case"', 'title = "a\\u001b[2Jb"')
    settings.write_text(
        text.replace('# hospital = ["hospital.csv"]', 'clinic = ["cli\\u001b[2Jnic.csv"]'),
        encoding="utf-8",
    )
    ran = everyname("run", case)
    assert ran.returncode == 0, ran.stderr
    assert "\x1b" not in ran.stdout


def test_an_interruption_is_said_and_can_be_gone_on_from(tmp_path, capsys):
    case = tmp_path / "valley"
    in_process("simulate", case, "--persons", "60", capsys=capsys)
    process = subprocess.Popen(
        [sys.executable, "-m", "everyname", "run", str(case)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        if "intake press.csv" in line:
            break
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=180)
    assert process.returncode == 130, said
    assert said.strip() == "Interrupted. Run the same command again to go on."
    code, _ = in_process("run", case, "--quiet", capsys=capsys)
    assert code == 0
