"""Known exchange formats: recognised by their columns and mapped without a mapping file."""

from everyname.intake.known.known_format import (
    NAMES,
    KnownFormat,
    known_format,
    recognise,
)

__all__ = ["NAMES", "KnownFormat", "known_format", "recognise"]
