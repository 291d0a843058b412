"""Checkpoint: what a ledger was at one size, in three lines that can be signed and kept elsewhere.

References
----------
C2SP tlog-checkpoint, https://c2sp.org/tlog-checkpoint.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.merkle import empty_root
from everyname.ledger.signed_note import SignedNote, sign, verify
from everyname.ledger.signing_key import SigningKey, VerifierKey

_TEXT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n")
_DO = "Ask for the checkpoint once more, and keep it as it is sent"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The root of a ledger at one size.

    Parameters
    ----------
    origin
        Name of the ledger, such as ``example.org/river-valley``.
    size
        Number of entries, below 2^63.
    root
        Root of the Merkle tree over them, 32 bytes.

    Raises
    ------
    LedgerError
        A value that no checkpoint can have.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or not self.origin.isprintable():
            raise LedgerError(f"{self.origin!r} cannot be the name of a ledger", do=_DO)
        if not 0 <= self.size < 2**63 or len(self.root) != 32:
            raise LedgerError(
                f"no ledger has {self.size} entries and a root of {len(self.root)} bytes", do=_DO
            )
        if self.size == 0 and self.root != empty_root():
            raise LedgerError("a ledger without entries does not have this root", do=_DO)

    @property
    def text(self) -> str:
        """Origin, size and root, a line each."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read a checkpoint from its text.

        Parameters
        ----------
        text
            Three lines. Extension lines are refused, since nobody can check what they say.

        Raises
        ------
        LedgerError
            The text is not exactly what `text` gives for a checkpoint.
        """
        match = _TEXT.fullmatch(text)
        if match:
            checkpoint = cls(match[1], int(match[2]), base64.b64decode(match[3]))
            if checkpoint.text == text:
                return checkpoint
        raise LedgerError("this is not a checkpoint: origin, size and root, a line each", do=_DO)

    @classmethod
    def from_note(cls, note: str, keys: Iterable[VerifierKey]) -> Checkpoint:
        """Check the signature of a signed checkpoint and read it.

        Parameters
        ----------
        note
            As from `signed`.
        keys
            Keys that are trusted.

        Raises
        ------
        LedgerAltered
            No trusted key that bears the ledger's name signed it, or a signature is wrong.
        LedgerError
            It is not a signed checkpoint.
        """
        names = verify(note, keys)
        checkpoint = cls.parse(SignedNote.parse(note).text)
        if checkpoint.origin not in names:
            raise LedgerAltered(
                f"the checkpoint of {checkpoint.origin} is signed by {', '.join(names)} only",
                do="Ask whoever keeps that ledger for a checkpoint with its own signature",
            )
        return checkpoint

    def signed(self, key: SigningKey) -> str:
        """Return the checkpoint as a signed note.

        Parameters
        ----------
        key
            The ledger's key, which bears the ledger's name.

        Raises
        ------
        LedgerError
            The key bears another name.
        """
        if key.name != self.origin:
            raise LedgerError(
                f"the key {key.name} cannot sign for the ledger {self.origin}",
                do="Load the ledger's own key under the ledger's name",
            )
        return sign(self.text, key)
