"""Vault: the data key of an encrypted ledger, wrapped by a passphrase and for recovery."""

from __future__ import annotations

import os
import secrets
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.age_file import decrypt_bytes, encrypt_bytes
from everyname.ledger.age_reader import Identities, Passphrase
from everyname.ledger.cipher import DATA_KEY_BYTES, check_data_key
from everyname.ledger.whole_file import sync_folder, written_whole

_RECOVERY_FILE = """\
# Recovery key of the encrypted ledger: {label}
# It opens the ledger when the passphrase is lost. There is no second copy of it.
# Anyone who holds this file, and a copy of the ledger, can read the ledger.
# Keep it apart from the ledger and from its backups, such as on paper in a safe.
# It is an age identity (age-encryption.org); its public key is
# {recipient}
{identity}
"""


@dataclass(frozen=True, slots=True)
class Vault:
    """The wrapped data key of an encrypted ledger.

    The data key is 32 random bytes that stay the same for the ledger's life. On disk it is only
    found wrapped: in ``data-key.age``, which the passphrase opens, and in
    ``data-key.recovery.age``, which the recovery file opens. Both are plain age files.

    Parameters
    ----------
    folder
        Where the two files are kept; made when the vault is created.
    cost
        As of `Passphrase`.
    """

    folder: Path
    cost: int = 18

    @property
    def by_passphrase(self) -> Path:
        """The data key, wrapped by the passphrase."""
        return self.folder / "data-key.age"

    @property
    def by_recovery(self) -> Path:
        """The data key, wrapped for the recovery file."""
        return self.folder / "data-key.recovery.age"

    @property
    def exists(self) -> bool:
        """Whether the ledger is encrypted: one wrapped data key of two is enough to say so."""
        return any(os.path.lexists(path) for path in (self.by_passphrase, self.by_recovery))

    def create(self, passphrase: str, recovery: Path, *, label: str, outside_of: Path) -> bytes:
        """Make a data key, and prove that the passphrase and the recovery file each unlock it.

        Whatever fails, nothing is left behind; only a process killed or a computer switched off
        on the way leaves some of the files, and then no key was returned that anything could have
        been encrypted with.

        Parameters
        ----------
        passphrase
            To unlock the ledger with; not empty.
        recovery
            File to write the recovery key to, once; in a folder that is there.
        label
            What the recovery file calls the ledger.
        outside_of
            Folder in which the recovery file must not be, such as that of the case: what is copied
            along with the ledger protects nothing.

        Returns
        -------
        bytes
            The data key.

        Raises
        ------
        LedgerError
            The passphrase is empty, one of the files is there already, the recovery file would be
            inside, or something could not be written or was not read back as written.
        """
        words = Passphrase(passphrase, self.cost)
        self._refuse_unless_new(recovery, outside_of)
        key, identity = secrets.token_bytes(DATA_KEY_BYTES), Identities.generate()
        text = _RECOVERY_FILE.format(
            label=_one_line(label), recipient=identity.recipients.keys[0], identity=identity.keys[0]
        )
        with ExitStack() as undo:
            _write_once(recovery, text.encode(), undo)
            _make_folders(self.folder, undo)
            # The passphrase's comes last: with it the vault is whole.
            for path, reader in (
                (self.by_recovery, identity.recipients),
                (self.by_passphrase, words),
            ):
                with written_whole(path) as file:
                    file.write(encrypt_bytes(key, reader))
                undo.callback(_remove, path)
            for path, unlocked in (
                (recovery, self.recover(recovery)),
                (self.by_passphrase, self.unlock(passphrase)),
            ):
                if unlocked != key:
                    raise LedgerAltered(
                        "this does not unlock the data key that was just made",
                        where=str(path),
                        do="Check the disk, or name another, and run again",
                    )
            undo.pop_all()
        return key

    def unlock(self, passphrase: str) -> bytes:
        """Get the data key by the passphrase.

        Raises
        ------
        LedgerAltered
            The wrapped key is cut short or altered.
        LedgerError
            The passphrase is wrong or empty, or the wrapped key is missing or cannot be read.
        """
        return _unwrapped(
            self.by_passphrase,
            Passphrase(passphrase),
            missing="Unlock the ledger with its recovery file and set a new passphrase, or restore "
            "this file from a backup",
        )

    def recover(self, recovery: Path) -> bytes:
        """Get the data key by the recovery file.

        Parameters
        ----------
        recovery
            The file that `create` wrote.

        Raises
        ------
        LedgerAltered
            The wrapped key is cut short or altered.
        LedgerError
            The recovery file is missing, cannot be read, holds no identity or that of another
            ledger; or the wrapped key is missing or cannot be read.
        """
        return _unwrapped(
            self.by_recovery,
            Identities.load(recovery),
            missing="Unlock the ledger with its passphrase, or restore this file from a backup",
        )

    def change_passphrase(self, key: bytes, passphrase: str) -> None:
        """Wrap the data key by another passphrase; the old one is replaced at once, or not at all.

        The data key stays the same: who has an old copy of ``data-key.age`` and the old passphrase
        can still read the ledger.

        Parameters
        ----------
        key
            The data key, as `unlock` or `recover` returned it. The vault cannot tell it from
            another.
        passphrase
            The new one; not empty.

        Raises
        ------
        LedgerError
            The passphrase is empty, the key is none, there is no vault here, or the file cannot be
            written.
        """
        words = Passphrase(passphrase, self.cost)
        check_data_key(key)
        if not self.exists:
            raise LedgerError(
                "there is no wrapped data key here: this ledger is not encrypted",
                where=str(self.folder),
                do="Name the folder of an encrypted ledger",
            )
        wrapped = encrypt_bytes(key, words)
        with written_whole(self.by_passphrase, replace=True) as file:
            file.write(wrapped)

    def _refuse_unless_new(self, recovery: Path, outside_of: Path) -> None:
        for path in (self.by_passphrase, self.by_recovery):
            if os.path.lexists(path):
                raise LedgerError(
                    "a wrapped data key is here already, and what it encrypts is lost without it",
                    where=str(path),
                    do="Unlock or recover it; move it away only if it never encrypted a ledger",
                )
        for folder in (outside_of, self.folder):
            if _is_inside(recovery, folder):
                raise LedgerError(
                    f"the recovery file would be inside {folder}, and be copied along with it",
                    where=str(recovery),
                    do="Name a file elsewhere, best on a medium that is kept apart",
                )


def _is_inside(path: Path, folder: Path) -> bool:
    real = Path(os.path.realpath(path))
    if real.is_relative_to(os.path.realpath(folder)):
        return True
    # The same folder can have two paths: a bind mount, or a disk that takes A for a.
    return any(_is_same(parent, folder) for parent in real.parents)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _one_line(label: str) -> str:
    # A line break would end the comment, and the rest would be read as a key.
    shown = "".join(char if char.isprintable() else " " for char in label)
    return " ".join(shown.split()) or "(no name)"


def _write_once(path: Path, data: bytes, undo: ExitStack) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        undo.callback(_remove, path)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except FileExistsError:
        raise LedgerError(
            "a file is here already, and a recovery key is never written over another",
            where=str(path),
            do="Name another file",
        ) from None
    except OSError as error:
        raise LedgerError(
            f"the recovery file could not be written ({error.strerror})",
            where=str(path),
            do="Name a file in a folder that is there and that you can write to",
        ) from error


def _make_folders(folder: Path, undo: ExitStack) -> None:
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700)
            undo.callback(_remove_folder, path)
            sync_folder(path.parent)
    except OSError as error:
        raise LedgerError(
            f"the folder of the data key could not be made ({error.strerror})",
            where=str(folder),
            do="Free the disk or correct the folder's permissions, then run again",
        ) from error


def _remove(path: Path) -> None:
    # What went wrong first is what is reported.
    with suppress(OSError):
        path.unlink()


def _remove_folder(path: Path) -> None:
    with suppress(OSError):
        path.rmdir()


def _unwrapped(path: Path, by: Passphrase | Identities, *, missing: str) -> bytes:
    try:
        wrapped = path.read_bytes()
    except FileNotFoundError:
        raise LedgerError("this wrapped data key is missing", where=str(path), do=missing) from None
    except OSError as error:
        raise LedgerError(
            f"this wrapped data key cannot be read ({error.strerror})",
            where=str(path),
            do="Correct its permissions, or restore it from a backup",
        ) from error
    key = decrypt_bytes(wrapped, by, str(path))
    if len(key) != DATA_KEY_BYTES:
        raise LedgerAltered(
            f"this wraps {len(key)} bytes, which are no data key",
            where=str(path),
            do="Restore it from a backup",
        )
    return key
