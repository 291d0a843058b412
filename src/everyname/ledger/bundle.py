"""Bundle: entries of a ledger with the proof that they stand in it, in one file.

Whoever receives it checks it with ``verify_bundle.py``, which needs nothing but Python.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from everyname.errors import LedgerError
from everyname.ledger.verify_bundle import FORMAT, Refused, check


@dataclass(frozen=True, slots=True)
class ProvedEntry:
    """An entry and its inclusion proof.

    Parameters
    ----------
    body
        Canonical JSON of the entry, as the ledger keeps it.
    proof
        Inclusion proof for the size of the checkpoint, from the leaf upwards.
    salt, content
        The sealed content and its salt; both None where the content is erased or withheld.
    """

    body: bytes
    proof: tuple[bytes, ...]
    salt: bytes | None = None
    content: bytes | None = None


def make_bundle(
    entries: Sequence[ProvedEntry],
    checkpoint_note: str,
    verifier_key: str,
    older: tuple[str, Sequence[bytes]] | None = None,
) -> str:
    """Write a bundle, and check it as its receiver will.

    Parameters
    ----------
    entries
        In the ledger's order; none only where there is an older checkpoint.
    checkpoint_note
        Checkpoint signed with the ledger's key and no other.
    verifier_key
        The ledger's key, as of `VerifierKey.text`.
    older
        An older signed checkpoint and the consistency proof from it.

    Returns
    -------
    str
        ASCII text; to be written to a file as it is.

    Raises
    ------
    LedgerError
        The parts do not prove each other: what was given is wrong or the ledger was altered.
    """
    bundle = {
        "bundle": FORMAT,
        "checkpoint": checkpoint_note,
        "entries": [_written(entry) for entry in entries],
        "key": verifier_key,
        "older": None
        if older is None
        else {"checkpoint": older[0], "proof": [hash_.hex() for hash_ in older[1]]},
    }
    text = json.dumps(bundle, indent=1, sort_keys=True) + "\n"
    try:
        check(text, verifier_key)
    except Refused as error:
        raise LedgerError(
            f"the bundle would prove nothing, since {error}",
            do="Verify the ledger, then make the bundle from its newest checkpoint",
        ) from error
    return text


def _written(entry: ProvedEntry) -> dict[str, object]:
    try:
        return {
            "body": entry.body.decode(),
            "content": None if entry.content is None else entry.content.decode(),
            "proof": [hash_.hex() for hash_ in entry.proof],
            "salt": None if entry.salt is None else entry.salt.hex(),
        }
    except UnicodeDecodeError as error:
        raise LedgerError(
            f"an entry is not readable as text ({error.reason})",
            do="Verify the ledger, and restore it from a backup",
        ) from error
