"""Settings that a person writes: unknown ones are refused, and errors say where."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError


class Strict(BaseModel):
    """A section of a settings file; immutable, and without room for misspelt names."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def describe(error: ValidationError) -> str:
    """Say what a validation found, place by place, in one sentence.

    Parameters
    ----------
    error
        What pydantic raised.
    """
    said = []
    for problem in error.errors():
        # pydantic names the types that a setting may have as if they were settings.
        parts = [str(part) for part in problem["loc"]]
        if parts[-2:-1] in (["field"], ["split"]) and parts[-1] in {"str", "tuple[str, ...]"}:
            parts.pop()
        place = ".".join(parts)
        what = {
            "missing": "is missing",
            "extra_forbidden": "is not a known setting",
            "tuple_type": "should be a list, in square brackets",
            "list_type": "should be a list, in square brackets",
            "too_short": "is empty",
        }.get(problem["type"], problem["msg"].removeprefix("Value error, "))
        said.append(f"{place} {what}" if place else what)
    return "; ".join(said)
