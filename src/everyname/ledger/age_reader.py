"""Age reader: who can open an age file, by a passphrase or by an identity."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyrage

from everyname.errors import LedgerError
from everyname.ledger.stream import Stream, opened

MOST_COST = 22
"""The most that scrypt may cost, as age itself has it; takes 4 GiB of memory."""


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase that encrypts or decrypts an age file.

    Parameters
    ----------
    text
        The passphrase; taken as it is, so that other age tools take it too.
    cost
        Base-2 logarithm of scrypt's N, for encrypting; 18, as age has it, takes 256 MiB and about
        a second. Less than that is for tests.

    Raises
    ------
    LedgerError
        A passphrase that is empty or no valid Unicode, or a cost that is not from 1 to 22.
    """

    text: str = field(repr=False)
    cost: int = 18

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise LedgerError(
                "the passphrase is empty", do="Choose one of five or more random words"
            )
        try:
            self.text.encode()
        except UnicodeEncodeError:
            raise LedgerError(
                "the passphrase holds a character that is not valid Unicode",
                do="Type it again, without that character",
            ) from None
        if not 1 <= self.cost <= MOST_COST:
            raise LedgerError(f"a cost of {self.cost}", do=f"Give 1 to {MOST_COST}, or none")


@dataclass(frozen=True, slots=True)
class Recipients:
    """Public keys that an age file is encrypted to: the identity of any one of them opens it.

    Parameters
    ----------
    keys
        X25519 recipients, ``age1...``.

    Raises
    ------
    LedgerError
        There is none, or one of them is not a recipient.
    """

    keys: tuple[str, ...]

    def __post_init__(self) -> None:
        do = "Give the line that begins with age1, as age-keygen shows it"
        if not self.keys:
            raise LedgerError("there is no public key to encrypt to", do=do)
        for key in self.keys:
            try:
                pyrage.x25519.Recipient.from_str(key)
            except pyrage.RecipientError:
                # An identity given by mistake is secret and is not repeated.
                what = repr(key) if key.startswith("age1") else "this"
                raise LedgerError(f"{what} is not an age public key (X25519)", do=do) from None


@dataclass(frozen=True, slots=True)
class Identities:
    """Secret keys that open what is encrypted to their public keys.

    Parameters
    ----------
    keys
        X25519 identities, ``AGE-SECRET-KEY-1...``.

    Raises
    ------
    LedgerError
        There is none, or one of them is not an identity.
    """

    keys: tuple[str, ...] = field(repr=False)

    def __post_init__(self) -> None:
        do = "Give the line that begins with AGE-SECRET-KEY-1, as age-keygen writes it"
        if not self.keys:
            raise LedgerError("there is no age identity", do=do)
        for number, key in enumerate(self.keys, 1):
            try:
                pyrage.x25519.Identity.from_str(key)
            except pyrage.IdentityError:
                raise LedgerError(f"identity {number} is not one of age (X25519)", do=do) from None

    @classmethod
    def generate(cls) -> Identities:
        """Make a new identity."""
        return cls((str(pyrage.x25519.Identity.generate()),))

    @classmethod
    def load(cls, path: Path) -> Identities:
        """Read an identity file, in which empty lines and lines with ``#`` say nothing.

        Raises
        ------
        LedgerError
            The file cannot be read, or holds something else than identities.
        """
        with opened(path) as file:
            lines = [line.strip() for line in Stream(file, str(path)).read().split(b"\n")]
        keys = tuple(
            line.decode("ascii", "replace") for line in lines if line and not line.startswith(b"#")
        )
        try:
            return cls(keys)
        except LedgerError as error:
            raise LedgerError(error.found, where=str(path), do=error.do) from None

    @property
    def recipients(self) -> Recipients:
        """Their public keys."""
        secret = (pyrage.x25519.Identity.from_str(key) for key in self.keys)
        return Recipients(tuple(str(identity.to_public()) for identity in secret))
