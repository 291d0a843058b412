"""Name reading: what of a name's parts is compared; half of many names in a second process."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from sys import intern
from typing import BinaryIO, NamedTuple, cast

from everyname.vocabulary import PersonName, canonical_part, skeleton

# Skeletons up to this length do not tell names apart by themselves: Hassan and Hussein, Amr and
# Omar differ in their vowels alone.
SHORT_SKELETON = 3
# From so many names on, a second process is worth its start.
MANY = 40_000


class ReadName(NamedTuple):
    """One name, read.

    Parameters
    ----------
    parts
        Its Latin parts, in alphabetical order.
    bones
        Their consonant skeletons.
    sounds
        What they sound like; the second of one sound is marked.
    """

    parts: tuple[str, ...]
    bones: tuple[str, ...]
    sounds: tuple[str, ...]


def names_read(texts: Sequence[str]) -> list[ReadName]:
    """Read names, in any script, in their order.

    Parameters
    ----------
    texts
        The names.
    """
    if len(texts) < MANY or not sys.executable:
        return [name_read(text) for text in texts]
    half = len(texts) // 2
    command = [sys.executable, "-c", f"from {__name__} import _serve; _serve()"]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - own code
    with other, cast("BinaryIO", other.stdin) as asked, cast("BinaryIO", other.stdout) as said:
        pickle.dump(list(texts[half:]), asked)
        asked.close()
        read = [name_read(text) for text in texts[:half]]
        read += pickle.load(said)  # noqa: S301 - own process
    return read


def respelt(read: ReadName, variants: Mapping[str, str]) -> ReadName:
    """Let the spellings of one part sound as the one that stands for them.

    Parameters
    ----------
    read
        A name.
    variants
        Latin part -> the part that stands for it; see `variants.taught_variants`.
    """
    if variants.keys().isdisjoint(read.parts):
        return read
    parts = tuple(variants.get(part, part) for part in read.parts)
    return ReadName(read.parts, tuple(_bones(part) for part in parts), _sounds(parts))


def _serve() -> None:
    """Read the names that the first process asks for."""
    texts = pickle.load(sys.stdin.buffer)  # noqa: S301 - own process
    pickle.dump([name_read(text) for text in texts], sys.stdout.buffer)


def name_read(text: str) -> ReadName:
    """Read one name, in any script.

    Parameters
    ----------
    text
        The name.
    """
    person = PersonName(text)
    # Millions of names share their parts: one object each saves memory.
    parts = () if person.unknown else tuple(sorted(map(intern, person.key.split())))
    return ReadName(parts, tuple(_bones(p) for p in parts), _sounds(parts))


@lru_cache(maxsize=1 << 20)
def sound_number(sound: str) -> int:
    """Number of a sound, the same in all runs: 64 bits of its BLAKE2b hash, signed.

    Parameters
    ----------
    sound
        One of `ReadName.sounds`.
    """
    return int.from_bytes(blake2b(sound.encode(), digest_size=8).digest(), "big", signed=True)


@lru_cache(maxsize=1 << 20)
def _bones(part: str) -> str:
    return skeleton(canonical_part(part))


def _sounds(parts: Sequence[str]) -> tuple[str, ...]:
    """What parts sound like; the second of one sound is marked, for the other may have it once."""
    met: Counter[str] = Counter()
    found = []
    for part in parts:
        sound = _sound(part)
        met[sound] += 1
        found.append(_marked(sound, met[sound]))
    return tuple(found)


@lru_cache(maxsize=1 << 20)
def _marked(sound: str, time: int) -> str:
    return f"{sound}+{time}"


@lru_cache(maxsize=1 << 20)
def _sound(part: str) -> str:
    bones = _bones(part)
    return bones + _vowel(part) if len(bones) <= SHORT_SKELETON else bones


def _vowel(part: str) -> str:
    """Class of the first vowel: o and u pass into each other, and so do a, e, i and y."""
    vowel = next((letter for letter in part if letter in "aeiouy"), "")
    return "o" if vowel in {"o", "u"} else "a"
