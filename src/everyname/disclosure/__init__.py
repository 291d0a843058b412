"""Disclosure: what may be published, of whom, at which detail."""

from everyname.disclosure.profile import DEAD, PROTECTED, PUBLISHABLE, Profile

__all__ = ["DEAD", "PROTECTED", "PUBLISHABLE", "Profile"]
