"""Template: how one cell holds several fields, such as ``{sex}/{age}``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LONGEST = 2_000
"""Characters beyond which a cell is a text and not a few fields."""

_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """The fields that a cell holds one after the other, and what stands between them.

    White space around what stands between is free, and letters match in either case.

    Parameters
    ----------
    text
        Field names in curly brackets, such as ``{name}, son of {father_name}, {age}``.

    Raises
    ------
    ValueError
        No field is named, one is named twice, or nothing stands between two.
    """

    text: str
    _patterns: tuple[re.Pattern[str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pieces = _PLACE.split(self.text)
        between, names = pieces[::2], pieces[1::2]
        if not names:
            raise ValueError(f"{self.text!r} names no field: write it like {{sex}}/{{age}}")
        if len(set(names)) < len(names):
            raise ValueError(f"{self.text!r} names a field twice")
        if any(not text for text in between[1:-1]):
            raise ValueError(f"{self.text!r} has nothing between two fields to divide them by")
        patterns = []
        for taking in ("?", ""):
            pattern = _literal(between[0])
            for name, after in zip(names, between[1:], strict=True):
                pattern += rf"(?P<{name}>\S.*{taking})" + _literal(after)
            patterns.append(re.compile(pattern, re.IGNORECASE | re.DOTALL))
        object.__setattr__(self, "_patterns", tuple(patterns))

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields, in their order."""
        return tuple(_PLACE.findall(self.text))

    def divide(self, text: str) -> tuple[dict[str, str], ...]:
        """Divide a cell's text among the fields.

        Returns
        -------
        tuple of dict
            Field -> text: with the earlier fields as short as can be, then as long as can be if
            that is another way; empty where the text is not of this form.
        """
        ways: list[dict[str, str]] = []
        plain = " ".join(text.split())
        if len(plain) > LONGEST:
            return ()
        for pattern in self._patterns:
            found = pattern.fullmatch(plain)
            if found is not None:
                way = {name: part.strip() for name, part in found.groupdict().items()}
                ways.extend([way] if way not in ways else [])
        return tuple(ways)


def _literal(text: str) -> str:
    words = text.split()
    if not words:
        return r"\s+" if text else ""
    return r"\s*" + r"\s+".join(map(re.escape, words)) + r"\s*"
