"""Attestation: signed checkpoints of a ledger, and checking the ledger against them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.checkpoint import Checkpoint
from everyname.ledger.reader import LedgerReader
from everyname.ledger.signing_key import SigningKey, VerifierKey
from everyname.ledger.whole_file import sync_folder, written_whole


@dataclass(frozen=True, slots=True)
class Keys:
    """Folder of a ledger's keys.

    Parameters
    ----------
    folder
        Holds ``ledger.pem``, which signs and stays secret, and ``ledger.vkey``, which checks and is
        given to everybody.
    """

    folder: Path

    @property
    def verifier_file(self) -> Path:
        """The public key."""
        return self.folder / "ledger.vkey"

    def verifier(self, name: str = "ledger.vkey") -> VerifierKey:
        """Read the public key.

        Parameters
        ----------
        name
            Name of the file that holds it.

        Raises
        ------
        LedgerError
            It is missing or is no key.
        """
        try:
            text = (self.folder / name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise LedgerError(
                f"the ledger's public key cannot be read ({getattr(error, 'strerror', error)})",
                where=str(self.folder / name),
                do="Restore it from a backup, or take the one you gave to others",
            ) from None
        try:
            return VerifierKey.parse(text)
        except LedgerError as error:
            raise LedgerError(error.found, where=str(self.folder / name), do=error.do) from None

    def signing(self) -> SigningKey:
        """Read the secret key, or make both keys where there are none.

        Raises
        ------
        LedgerError
            A key is missing, damaged, or readable for others.
        """
        secret = self.folder / "ledger.pem"
        if secret.exists() and not self.verifier_file.exists() and self._begun.exists():
            self._begun.replace(self.verifier_file)
        if self.verifier_file.exists() or secret.exists():
            return SigningKey.load(secret, self.verifier().name)
        key = SigningKey.generate(f"everyname.invalid/{secrets.token_hex(8)}")
        self.folder.mkdir(parents=True, exist_ok=True)
        # The public key, which alone bears the name, is on disk before the secret one: interrupted
        # in between, both are made once more.
        with written_whole(self._begun, replace=True) as file:
            file.write(f"{key.verifier.text}\n".encode())
        key.save(secret)
        self._begun.replace(self.verifier_file)
        sync_folder(self.folder)
        return key

    @property
    def _begun(self) -> Path:
        return self.folder / ".ledger.vkey.new"


def attest(ledger: LedgerReader, key: SigningKey) -> str:
    """Sign how many entries a ledger has, and the root over them.

    Parameters
    ----------
    ledger
        The ledger.
    key
        Its key.

    Returns
    -------
    str
        A checkpoint as a signed note: to be printed, or sent to somebody who keeps it.
    """
    size = ledger.size()
    return Checkpoint(key.verifier.name, size, ledger.root(size)).signed(key)


def contradicted(
    ledger: LedgerReader, note: str, key: VerifierKey, where: str
) -> Iterator[LedgerAltered]:
    """Check that a ledger still begins with what a checkpoint attests.

    Parameters
    ----------
    ledger
        The ledger.
    note
        The checkpoint, kept outside.
    key
        The ledger's public key.
    where
        What to call the checkpoint.

    Yields
    ------
    LedgerAltered
        One when it does not; none otherwise.
    """
    try:
        checkpoint = Checkpoint.from_note(note, [key])
    except (LedgerError, LedgerAltered) as error:
        yield LedgerAltered(
            f"this is not a checkpoint of this ledger ({error.found})",
            where=where,
            do="Ask who gave it to you",
        )
        return
    size = ledger.size()
    if checkpoint.size > size:
        yield LedgerAltered(
            f"the ledger had {checkpoint.size:,} entries and has {size:,}: its end was cut off",
            where=where,
            do="Restore the ledger from a backup",
        )
        return
    try:
        same = ledger.root(checkpoint.size) == checkpoint.root
    except LedgerAltered as error:
        yield error
        return
    if not same:
        yield LedgerAltered(
            f"the first {checkpoint.size:,} entries are not those that were attested: the ledger "
            "was rewritten",
            where=where,
            do="Restore the ledger from a backup",
        )
