"""An encrypted case, from its first day to the loss of its passphrase."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from backups import contents

from everyname.case import CaseFolder, back_up, new_case, recover, restore, run, verify
from everyname.case.folder import PASSPHRASE
from everyname.cli.main import main
from everyname.errors import CaseError, LedgerError
from everyname.ledger.age_reader import Identities

WORDS, NEW = "four invented words and", "five other invented words and"
NAMES = (b"Beloru", b"Karsen", b"Dovran", b"Arman", b"Sela", b"Tovi", b"Milu")


@pytest.fixture(scope="module")
def sealed_once(run_once, tmp_path_factory):
    """The small case, encrypted, after a run; its recovery key lies beside."""
    folder = tmp_path_factory.mktemp("sealed")
    case = folder / "villages"
    new_case(case, WORDS, folder / "recovery.txt")
    for path in [*(run_once / "lists").iterdir(), run_once / "case.toml"]:
        shutil.copy(path, case / path.relative_to(run_once))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(PASSPHRASE, WORDS)
        run(case)
    return case


@pytest.fixture
def sealed(sealed_once, tmp_path, monkeypatch):
    """The encrypted case, to do anything with; the passphrase is known."""
    monkeypatch.setenv(PASSPHRASE, WORDS)
    shutil.copy(sealed_once.parent / "recovery.txt", tmp_path)
    return Path(shutil.copytree(sealed_once, tmp_path / "villages"))


def said(*words, capsys):
    """What a command prints, and the status it ends with."""
    code = 0
    try:
        main([*map(str, words)])
    except SystemExit as stop:
        code = stop.code
    told = capsys.readouterr()
    return code, told.out, told.err


def at_a_terminal(*words, answers):
    """What a command shows at a terminal whose user types these lines when asked."""
    controller, terminal = pty.openpty()
    environment = {**os.environ}
    environment.pop(PASSPHRASE, None)
    shown = b""
    with subprocess.Popen(
        [sys.executable, "-m", "everyname", *map(str, words)],
        stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
        start_new_session=True, bufsize=0,
    ) as process:  # fmt: skip
        os.close(terminal)
        hung = threading.Timer(60, process.kill)
        hung.start()
        rest = list(answers)
        while byte := process.stdout.read(1):
            shown += byte
            # Only now is the echo off, and what was typed earlier thrown away.
            if rest and shown.endswith(b": "):
                os.write(controller, rest.pop(0).encode() + b"\n")
        hung.cancel()
    os.close(controller)
    return process.returncode, shown.decode()


def test_ledger_and_originals_hold_no_name_in_plain_bytes(sealed_once):
    kept = [sealed_once / "out" / "ledger.sqlite", *(sealed_once / "out" / "originals").rglob("*")]
    files = [path for path in kept if path.is_file()]
    assert len(files) == 3
    for path in files:
        data = path.read_bytes()
        assert not [name for name in NAMES if name in data]
        assert not data.startswith(b"SQLite format 3")


def test_a_lost_passphrase_is_replaced_after_a_restore(sealed, tmp_path, monkeypatch):
    recovery = tmp_path / "recovery.txt"
    file = back_up(sealed, tmp_path / "b.tar").file
    before, expected = verify(sealed), contents(sealed)
    shutil.rmtree(sealed)
    monkeypatch.delenv(PASSPHRASE)
    back = tmp_path / "back"
    with pytest.raises(CaseError, match="this case is encrypted"):
        restore(file, back)
    assert not back.exists()
    restored = restore(file, back, data_key=lambda case: case.vault.recover(recovery))
    assert contents(back) == expected
    recover(back, recovery, lambda: NEW)
    with pytest.raises(CaseError, match="this case is encrypted"):
        verify(back)
    monkeypatch.setenv(PASSPHRASE, WORDS)
    with pytest.raises(LedgerError, match="the passphrase is wrong"):
        verify(back)
    monkeypatch.setenv(PASSPHRASE, NEW)
    assert verify(back) == before == (restored.entries, ())
    assert set(dict(run(back).stages).values()) == {"unchanged"}
    for path in (back / "out" / "ledger.sqlite", *CaseFolder(back).originals.folder.glob("*/*")):
        assert not [name for name in NAMES if name in path.read_bytes()]


def test_a_restore_asks_for_the_passphrase_of_the_case_that_it_finds(sealed, tmp_path):
    file = back_up(sealed, tmp_path / "b.tar").file
    code, shown = at_a_terminal("restore", file, tmp_path / "back", answers=[WORDS])
    assert code == 0
    assert shown.startswith("Passphrase of the case: \nRestored ")
    code, shown = at_a_terminal("verify", tmp_path / "back", answers=["wrong"])
    assert code == 2
    assert shown == (
        f"Passphrase of the case: \neveryname: {tmp_path / 'back/out/keys/data-key.age'}: the "
        "passphrase is wrong. Type it again; if it is surely right, this file was altered: take "
        "another copy\n"
    )


def test_nobody_is_asked_where_there_is_no_terminal(sealed, capsys, monkeypatch):
    monkeypatch.delenv(PASSPHRASE)
    for words in (("verify",), ("run",), ("backup", sealed, sealed.parent / "b.tar")):
        command, *rest = words
        code, out, error = said(command, *(rest or [sealed]), capsys=capsys)
        assert (code, out) == (2, "")
        assert error == (
            f"everyname: {sealed}: this case is encrypted. Give its passphrase in the environment, "
            f"as {PASSPHRASE}\n"
        )


def test_a_lost_vault_is_not_taken_for_a_case_that_was_never_encrypted(sealed, tmp_path):
    keys = sealed / "out" / "keys"
    for name in ("data-key.age", "data-key.recovery.age"):
        (keys / name).unlink()
    for act in (run, verify, lambda case: recover(case, tmp_path / "recovery.txt", lambda: NEW)):
        with pytest.raises(CaseError) as caught:
            act(sealed)
        assert str(caught.value) == (
            f"{sealed / 'out' / 'ledger.sqlite'}: the ledger is encrypted and the files that wrap "
            "its key, data-key.age and data-key.recovery.age, are gone; or it is damaged. Restore "
            f"the two files into {keys} from a backup; neither the passphrase nor the recovery key "
            "opens the ledger without them"
        )


def test_an_altered_vault_is_named(sealed):
    wrapped = sealed / "out" / "keys" / "data-key.age"
    wrapped.write_bytes(wrapped.read_bytes()[:-1])
    size, problems = verify(sealed)
    assert (size, [str(problem) for problem in problems]) == (
        0,
        [f"{wrapped}: this age file is cut short or was altered. Take another copy of the file"],
    )


def test_a_recovery_key_of_another_case_is_refused(sealed, tmp_path, capsys, monkeypatch):
    other = tmp_path / "other.txt"
    other.write_text(Identities.generate().keys[0] + "\n", encoding="utf-8")
    monkeypatch.setenv(PASSPHRASE, NEW)
    code, out, error = said("recover", sealed, "--recovery-key", other, capsys=capsys)
    assert (code, out) == (2, "")
    assert error == (
        f"everyname: {sealed / 'out/keys/data-key.recovery.age'}: this file is not encrypted to "
        "this identity. Give the identity of one of the public keys it was encrypted to\n"
    )
    monkeypatch.setenv(PASSPHRASE, WORDS)
    assert verify(sealed)[1] == ()


def test_a_plain_case_has_nothing_to_recover(finished, tmp_path):
    with pytest.raises(CaseError) as caught:
        recover(finished, tmp_path / "recovery.txt", lambda: NEW)
    assert str(caught.value) == (
        f"{finished}: this case is not encrypted. Name the folder of another case"
    )


MADE = """\
Encrypted: the ledger (out/ledger.sqlite) and the preserved originals (out/originals).
Not encrypted: lists/, accounts/, hand/, and all else in out/, such as the report, data/, work/,
records.csv and the key that signs. Nor is a backup, but by --to or --passphrase. Keep the folder
on an encrypted disk.
The recovery key is in {recovery}. Move it to a place apart.
Made {case}. Next:
  1. put the lists into {case}/lists
  2. everyname map {case}/lists/NAME.csv
  3. name them under [lists] in {case}/case.toml
  4. everyname run {case}
"""


def test_a_new_case_says_what_is_encrypted_and_what_is_not(tmp_path):
    case, recovery = tmp_path / "case", tmp_path / "recovery.txt"
    code, shown = at_a_terminal(
        "new", case, "--encrypt", "--recovery-key", recovery, answers=[WORDS, WORDS]
    )
    asked = "Passphrase of the new case: \nRepeat for confirmation: \n"
    assert (code, shown) == (0, asked + MADE.format(case=case, recovery=recovery))
    vault = CaseFolder(case).vault
    assert vault.unlock(WORDS) == vault.recover(recovery)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--encrypt"], "--encrypt needs --recovery-key: name a file for the recovery key."),
        (["--recovery-key", "x"], "--recovery-key is for an encrypted case: give --encrypt too."),
    ],
)
def test_a_passphrase_without_a_recovery_key_is_refused(tmp_path, capsys, words, error):
    code, out, told = said("new", tmp_path / "case", *words, capsys=capsys)
    assert (code, out, told.splitlines()[-1]) == (2, "", f"Error: {error}")
    assert not list(tmp_path.iterdir())
    with pytest.raises(CaseError, match="an encrypted case needs a recovery key"):
        new_case(tmp_path / "case", WORDS)
    assert not list(tmp_path.iterdir())


def test_a_case_whose_keys_cannot_be_made_is_not_made(tmp_path):
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "new", tmp_path / "empty"):
        with pytest.raises(LedgerError, match="the recovery file would be inside"):
            new_case(place, WORDS, place / "recovery.txt")
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["empty"]
