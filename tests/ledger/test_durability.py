"""The short forms of the long tests of ``make soak``."""

import subprocess
import sys
from pathlib import Path

import pytest
from postgresql_server import program

DURABILITY = Path(__file__).parents[2] / "benchmarks" / "durability"


@pytest.mark.parametrize(
    "command",
    [
        ("kills.py", "--kills", "20"),
        ("bit_flips.py", "--flips", "60"),
        ("postgresql_kills.py", "--kills", "2", "--control-kills", "0"),
    ],
    ids=lambda command: command[0],
)
def test_nothing_is_lost_and_nothing_unseen(command):
    script, *arguments = command
    if script.startswith("postgresql") and program("postgres") is None:
        pytest.skip("PostgreSQL is not installed")
    done = subprocess.run(
        [sys.executable, DURABILITY / script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
