"""Assumptions that nearly every model makes, a sentence each."""

from __future__ import annotations

CLOSED = "All lists cover the same population, and no person joins or leaves it."
MATCHED = (
    "Every person is matched across the lists without error, and each list is free of repeats."
)
