"""CaseFolder: where things lie in a case."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from everyname.case.case_file import CaseFile
from everyname.errors import CaseError
from everyname.ledger import (
    Cipher,
    Database,
    Keys,
    Originals,
    PostgreSQL,
    SigningKey,
    SQLite,
    Vault,
    database_key,
)

PASSPHRASE = "EVERYNAME_PASSPHRASE"  # noqa: S105 - where it is looked for
"""Variable of the environment that holds the passphrase of an encrypted case."""

_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """A case folder.

    Parameters
    ----------
    path
        The folder.
    """

    path: Path

    def file(self) -> CaseFile:
        """Read ``case.toml``; raises CaseError when it is not as it should be."""
        return CaseFile.load(self.path / "case.toml")

    @property
    def ledger(self) -> Database:
        """The ledger: a database that case.toml names, or else a file of the case."""
        address = self.file().ledger.address
        return PostgreSQL(address) if address else self.ledger_by(self.data_key())

    def ledger_by(self, key: bytes) -> Database:
        """The ledger, opened by a data key; an empty one opens what is not encrypted."""
        address = self.file().ledger.address
        if address:
            return PostgreSQL(address)
        return SQLite(self._ledger_file, database_key(key) if key else "")

    @property
    def _ledger_file(self) -> Path:
        return self.path / "out" / "ledger.sqlite"

    @property
    def vault(self) -> Vault:
        """Where an encrypted case keeps the key of its ledger, wrapped."""
        return Vault(self.keys.folder)

    def data_key(self) -> bytes:
        """Key of the ledger and the originals; empty when the case is not encrypted.

        Raises
        ------
        CaseError
            Nobody gave a passphrase, or the files that it opens are gone.
        LedgerError
            It is the wrong one.
        """
        if not self.vault.exists:
            self._refuse_lost_vault()
            return b""
        passphrase = os.environ.get(PASSPHRASE, "")
        if not passphrase:
            raise CaseError(
                "this case is encrypted",
                where=str(self.path),
                do=f"Give its passphrase in the environment, as {PASSPHRASE}",
            )
        return _unlocked(self.vault, passphrase)

    @property
    def keys(self) -> Keys:
        """The ledger's keys."""
        return Keys(self.path / "out" / "keys")

    def signing_key(self) -> SigningKey:
        """Return the key that signs for the ledger; made where nothing was ever signed.

        Raises
        ------
        CaseError
            Something was signed, and the key is gone: another one would be a stranger's.
        LedgerError
            The key is damaged, or readable for others.
        """
        signed = any(self.checkpoints.glob("*.txt"))
        if signed and not any(
            (self.keys.folder / n).exists() for n in ("ledger.pem", "ledger.vkey")
        ):
            raise CaseError(
                "the ledger's keys are gone",
                where=str(self.keys.folder),
                do="Restore them from a backup: what is signed with another key is not believed",
            )
        return self.keys.signing()

    @property
    def checkpoints(self) -> Path:
        """Signed checkpoints, one for each size at which a run ended."""
        return self.path / "out" / "checkpoints"

    def _refuse_lost_vault(self) -> None:
        """Tell a ledger whose wrapped keys are gone from one that was never encrypted."""
        try:
            with self._ledger_file.open("rb") as file:
                begins = file.read(len(_SQLITE))
        except OSError:
            return
        if begins and begins != _SQLITE:
            raise CaseError(
                "the ledger is encrypted and the files that wrap its key, data-key.age and "
                "data-key.recovery.age, are gone; or it is damaged",
                where=str(self._ledger_file),
                do=f"Restore the two files into {self.keys.folder} from a backup; neither the "
                "passphrase nor the recovery key opens the ledger without them",
            )

    @property
    def originals(self) -> Originals:
        """The preserved originals."""
        return self.originals_by(self.data_key())

    def originals_by(self, key: bytes) -> Originals:
        """The preserved originals, opened by a data key, as of `ledger_by`."""
        return Originals(self.path / "out" / "originals", Cipher(key) if key else None)

    @property
    def work(self) -> Path:
        """What stages hand to each other."""
        return self.path / "out" / "work"

    @property
    def report(self) -> Path:
        """The report."""
        return self.path / "out" / "report" / "index.html"

    @property
    def data(self) -> Path:
        """Open data."""
        return self.path / "out" / "data"

    @property
    def receipt(self) -> Path:
        """What the last finished run left."""
        return self.path / "out" / "receipt.json"

    def list_file(self, name: str) -> Path:
        """A partner's file.

        Raises
        ------
        CaseError
            The name leads out of the folder ``lists/``.
        """
        folder = (self.path / "lists").resolve()
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise CaseError(
                f"the list {name!r} lies outside lists/",
                where=str(self.path / "case.toml"),
                do="Copy the file into lists/",
            )
        return self.path / "lists" / name

    def mapping_file(self, name: str) -> Path:
        """The mapping beside a partner's file."""
        return self.list_file(name).with_suffix(".toml")


@lru_cache(maxsize=8)
def _unlocked(vault: Vault, passphrase: str) -> bytes:
    return vault.unlock(passphrase)
