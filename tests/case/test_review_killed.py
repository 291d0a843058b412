"""A review that is killed at any moment loses no answer that it acknowledged."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from reviewed import with_open_pairs

from everyname.case import CaseFolder, reviewing
from everyname.case.hand_file import References
from everyname.case.judgements_file import read_judgements
from everyname.ledger import LedgerReader, verify

SCRIPT = Path(__file__).with_name("killed_review.py")
SOAK = "EVERYNAME_SOAK"


def in_force(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return [(j.record_a, j.record_b, j.decision) for j in ledger.judgements()]


def in_file(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        found = read_judgements(case / "hand" / "judgements.csv", References(ledger))
    return [(j.record_a, j.record_b, j.decision) for j in found]


def mended(case):
    """Open the review once, which puts right what the kill left, and say so."""
    with reviewing(case, "Ann") as review:
        return review.mended


@pytest.fixture
def killing(tmp_path):
    """A case, and a way to review it until the process is killed."""
    case = with_open_pairs(tmp_path / "town", 80, 1_500)
    words = [sys.executable, "-W", "ignore", SCRIPT, case]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:

        def killed(seed):
            process.stdin.write(f"{seed}\n")
            lines = list(iter(lambda: process.stdout.readline().rstrip("\n"), "killed"))
            assert lines[0] == "begun"
            return lines[1:]

        yield case, killed
        process.stdin.close()


def after(held, lines):
    held = list(held)
    for line in lines:
        sign, a, b, *decision = line.split()
        if sign == "+":
            held.append((a, b, *decision))
        else:
            assert {a, b} == set(held[-1][:2])
            held.pop()
    return held


def holds(case, before, lines):
    """Check that all that was acknowledged is there, and at most one step that was not."""
    mended(case)
    now, acknowledged = in_force(case), after(before, lines)
    assert in_file(case) == now
    assert now == acknowledged or now[:-1] == acknowledged or now == acknowledged[:-1], (
        now[-3:],
        acknowledged[-3:],
    )
    pairs = Counter(frozenset(judged[:2]) for judged in now)
    assert max(pairs.values(), default=1) == 1
    assert mended(case) == ()
    return now


def test_what_was_acknowledged_is_there_after_a_kill(killing):
    # EVERYNAME_SOAK=50 in the environment kills fifty times.
    times = int(os.environ.get(SOAK, "5"))
    case, killed = killing
    held, answers = [], 0
    for seed in range(times):
        lines = killed(seed)
        answers += sum(line.startswith("+") for line in lines)
        held = holds(case, held, lines)
    assert answers >= times
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        assert list(verify(ledger, CaseFolder(case).originals)) == []
