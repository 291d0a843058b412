"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data kept beside the project; tests that need it skip without it."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"real data is not here: {SHARED} does not exist")
    return SHARED
