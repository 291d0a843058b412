"""``everyname review`` and ``everyname judgements``, as a user types them."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "case"))

from reviewed import with_open_pairs

from everyname.case import CaseFolder
from everyname.ledger import LedgerReader

WORDS = [sys.executable, "-W", "ignore", "-m", "everyname"]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return with_open_pairs(tmp_path_factory.mktemp("cli") / "town", 40, 200)


def typed(keys, *words, **environment):
    return subprocess.run(
        [*WORDS, *map(str, words)],
        input=keys,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100", **environment},
    )


def in_force(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return ledger.judgements()


def test_keys_from_a_pipe_answer_put_off_undo_and_explain(town):
    begun = len(in_force(town))
    done = typed("s\nd?cx\ne twice entered\nu n s b w q d", "review", town, "--reviewer", "Ann")
    assert done.returncode == 0, done.stderr
    now = in_force(town)[begun:]
    assert [(j.decision, j.reviewer, j.reason) for j in now] == [
        ("same", "Ann", ""),
        ("different", "Ann", ""),
        ("unsure", "Ann", "twice entered"),
    ]
    said = done.stdout
    for judgement in now:
        assert f"Entered: {judgement.decision}, {judgement.record_a} and {judgement.record_b}." in (
            said.replace("\n", " ")
        )
    assert "Left for another session." in said
    assert "Retracted: same, " in said
    assert "Match probability 0." in said
    assert "The answer changes the count by " in said
    assert "Drawn at random, to check the model." in said
    assert re.search(r"Name +≠? *‹?Ba\d{3}lo", said)
    assert "3 answered by Ann, 1 taken back, 1 left for another session." in said
    assert f"everyname run {town}" in said


def test_nobody_reviews_without_a_name(town):
    done = typed("s", "review", town, EVERYNAME_REVIEWER="")
    assert done.returncode == 2
    assert "nobody is named as the reviewer" in done.stderr


def test_the_name_can_come_from_the_environment(town):
    begun = len(in_force(town))
    assert typed("u", "review", town, EVERYNAME_REVIEWER="Env Reviewer").returncode == 0
    assert [j.reviewer for j in in_force(town)[begun:]] == ["Env Reviewer"]


def test_on_a_terminal_one_key_is_one_answer_and_the_terminal_is_left_as_it_was(town):
    begun = len(in_force(town))
    master, slave = pty.openpty()
    import termios

    before = termios.tcgetattr(slave)
    process = subprocess.Popen(
        [*WORDS, "review", str(town), "--reviewer", "Tty"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "COLUMNS": "100", "TERM": "xterm"},
    )
    seen = b""

    def until(words, seconds=60):
        nonlocal seen
        end = time.monotonic() + seconds
        while words not in seen:
            assert time.monotonic() < end, seen[-2000:]
            if select.select([master], [], [], 0.2)[0]:
                seen += os.read(master, 1 << 16)
        seen = seen.split(words, 1)[1]
        time.sleep(0.3)  # keys pressed before the question stands there are thrown away

    try:
        until(b"? help")
        # An arrow key answers nothing, and of two keys at once only the first was meant.
        os.write(master, b"\x1b[A")
        time.sleep(0.3)
        os.write(master, b"dd")
        until(b"? help")
        os.write(master, b"e")
        until(b"Reason: ")
        os.write(master, "göz ilə\n".encode())
        until(b"? help")
        os.write(master, b"u")
        until(b"? help")
        os.write(master, b"q")
        until(b"Everything is on disk")
        assert process.wait(30) == 0
        assert termios.tcgetattr(slave) == before
    finally:
        process.kill()
        process.wait()
        os.close(master)
        os.close(slave)
    assert [(j.decision, j.reason) for j in in_force(town)[begun:]] == [
        ("different", ""),
        ("unsure", "göz ilə"),
    ]


def test_judgements_go_out_and_in(town, tmp_path):
    out = tmp_path / "edges.jsonl"
    done = typed("", "judgements", "export", town, "--format", "resolver", "--out", out)
    assert done.returncode == 0, done.stderr
    number = len(in_force(town))
    assert done.stdout == f"Wrote {out}: {number} judgements.\n"
    done = typed("", "judgements", "import", town, out, "--format", "resolver")
    assert done.stdout == f"Entered 0; {number} were in force already; 0 lines judge nothing.\n"
    out.write_text('["a", "b", "maybe", null, null, null]\n', encoding="utf-8")
    done = typed("", "judgements", "import", town, out, "--format", "resolver")
    assert done.returncode == 2
    assert "edges.jsonl, line 1, column 3 (judgement): 'maybe' is not a judgement" in done.stderr
