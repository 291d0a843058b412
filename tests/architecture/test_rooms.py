"""The rooms and their one-way imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "everyname"


def test_imports_go_one_way_and_each_library_has_its_wall():
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_starting_the_command_loads_no_heavy_library():
    heavy = {"splink", "duckdb", "altair", "vl_convert", "polars", "sqlalchemy", "faker", "scipy"}
    code = "import sys, everyname.cli; print(*sorted({n.split('.')[0] for n in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert heavy & set(loaded) == set()


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.name))
def test_every_module_has_a_docstring_and_catches_nothing_blindly(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler) and n.type is None]


def test_the_package_does_not_name_data_kept_beside_it():
    for path in [*SOURCE.rglob("*"), ROOT / "README.md", ROOT / "Makefile"]:
        if path.is_file() and path.suffix != ".pyc":
            text = path.read_bytes().decode("utf-8", "replace")
            assert "../shared" not in text, path


def test_constraints_carry_hashes_and_no_index_address():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#", "-"))]
    assert pins
    assert all("==" in pin for pin in pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text
    assert "index" not in text
