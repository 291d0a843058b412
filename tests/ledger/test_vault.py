import errno
import os
import re
import stat

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import vault as vault_module
from everyname.ledger.age_file import encrypt_bytes
from everyname.ledger.age_reader import Identities, Passphrase
from everyname.ledger.vault import Vault

WORDS = "four invented words änd"
RESTORE = "Restore it from a backup"


class Place:
    """A case's folder with a cheap vault, and a memory stick beside it."""

    def __init__(self, folder):
        self.case = folder / "case"
        self.vault = Vault(self.case / "ledger" / "keys", cost=1)
        self.stick = folder / "stick"
        self.recovery = self.stick / "recovery.txt"
        for made in (self.case, self.stick):
            made.mkdir()

    def create(self, passphrase=WORDS, recovery=None, label="River Valley"):
        return self.vault.create(
            passphrase, recovery or self.recovery, label=label, outside_of=self.case
        )


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


@pytest.fixture
def created(place):
    place.key = place.create()
    return place


def everything(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


WHOLE = [
    "case",
    "case/ledger",
    "case/ledger/keys",
    "case/ledger/keys/data-key.age",
    "case/ledger/keys/data-key.recovery.age",
    "stick",
    "stick/recovery.txt",
]
NOTHING = ["case", "stick"]


def test_both_ways_unlock_one_key_of_32_bytes(created, tmp_path):
    again = Vault(created.vault.folder)
    assert len(created.key) == 32
    assert (again.unlock(WORDS), again.recover(created.recovery)) == (created.key, created.key)
    assert everything(tmp_path) == WHOLE


def test_no_two_vaults_have_one_key(tmp_path):
    keys = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        keys.add(Place(tmp_path / name).create())
    assert len(keys) == 2


def test_files_are_for_their_owner_only_and_hold_no_key_in_the_clear(created):
    files = [created.vault.by_passphrase, created.vault.by_recovery, created.recovery]
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600] * 3
    assert stat.S_IMODE(created.vault.folder.stat().st_mode) == 0o700
    for path in files:
        assert created.key not in path.read_bytes()
        assert created.key.hex() not in path.read_bytes().decode("latin-1").lower()


def test_the_recovery_file_says_what_it_is_for(created):
    pattern = r"""# Recovery key of the encrypted ledger: River Valley
# It opens the ledger when the passphrase is lost\. There is no second copy of it\.
# Anyone who holds this file, and a copy of the ledger, can read the ledger\.
# Keep it apart from the ledger and from its backups, such as on paper in a safe\.
# It is an age identity \(age-encryption\.org\); its public key is
# (age1[0-9a-z]{58})
AGE-SECRET-KEY-1[0-9A-Z]{58}
"""
    found = re.fullmatch(pattern, created.recovery.read_text(encoding="utf-8"))
    assert found
    assert Identities.load(created.recovery).recipients.keys == (found[1],)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Two\nAGE-SECRET-KEY-1X", "Two AGE-SECRET-KEY-1X"),
        ("\x1b[31mred\u2028line\x85", "[31mred line"),
        ("", "(no name)"),
        ("Đolina reke", "Đolina reke"),
    ],
)
def test_a_label_stays_in_its_comment(place, label, shown):
    key = place.create(label=label)
    first = place.recovery.read_text(encoding="utf-8").split("\n")[0]
    assert first == f"# Recovery key of the encrypted ledger: {shown}"
    assert place.vault.recover(place.recovery) == key


@settings(max_examples=20, deadline=None)
@given(st.text())
def test_no_label_harms_the_recovery_file(label):
    text = vault_module._RECOVERY_FILE.format(
        label=vault_module._one_line(label), recipient="age1", identity="AGE"
    )
    assert [line for line in text.splitlines() if not line.startswith("#")] == ["AGE"]


def test_wrapped_keys_are_plain_age_files(created):
    by_passphrase = created.vault.by_passphrase.read_bytes()
    identity = pyrage.x25519.Identity.from_str(Identities.load(created.recovery).keys[0])
    assert pyrage.passphrase.decrypt(by_passphrase, WORDS) == created.key
    assert pyrage.decrypt(created.vault.by_recovery.read_bytes(), [identity]) == created.key


def test_a_passphrase_is_stretched_as_age_does(place):
    vault = Vault(place.vault.folder)
    key = vault.create(WORDS, place.recovery, label="", outside_of=place.case)
    assert vault.by_passphrase.read_bytes().split(b"\n")[1].endswith(b" 18")
    assert vault.unlock(WORDS) == key


def test_a_ledger_without_its_passphrase_file_is_recovered(created):
    created.vault.by_passphrase.unlink()
    assert created.vault.exists
    with pytest.raises(LedgerError) as caught:
        created.vault.unlock(WORDS)
    assert str(caught.value) == (
        f"{created.vault.by_passphrase}: this wrapped data key is missing. Unlock the ledger with "
        "its recovery file and set a new passphrase, or restore this file from a backup"
    )
    key = created.vault.recover(created.recovery)
    created.vault.change_passphrase(key, "other words")
    assert created.vault.unlock("other words") == key == created.key


def test_a_ledger_without_its_recovery_wrapping_is_unlocked(created):
    created.vault.by_recovery.unlink()
    assert created.vault.exists
    assert created.vault.unlock(WORDS) == created.key
    with pytest.raises(LedgerError) as caught:
        created.vault.recover(created.recovery)
    assert str(caught.value) == (
        f"{created.vault.by_recovery}: this wrapped data key is missing. "
        "Unlock the ledger with its passphrase, or restore this file from a backup"
    )


def test_a_changed_passphrase_takes_the_place_of_the_old_one(created, tmp_path):
    created.vault.change_passphrase(created.key, "other words")
    assert created.vault.unlock("other words") == created.key
    with pytest.raises(LedgerError) as caught:
        created.vault.unlock(WORDS)
    assert caught.value.found == "the passphrase is wrong"
    assert created.vault.recover(created.recovery) == created.key
    assert everything(tmp_path) == WHOLE
    assert stat.S_IMODE(created.vault.by_passphrase.stat().st_mode) == 0o600


class FailingDisk:
    """A disk that fails at the nth sync."""

    def __init__(self, nth):
        self.left = nth

    def fsync(self, _):
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.EIO, "Input/output error")


def test_a_change_that_fails_keeps_the_old_passphrase(created, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", FailingDisk(1).fsync)
    with pytest.raises(LedgerError) as caught:
        created.vault.change_passphrase(created.key, "other words")
    assert caught.value.found == "this file could not be written (Input/output error)"
    assert created.vault.unlock(WORDS) == created.key
    assert everything(tmp_path) == WHOLE


@pytest.mark.parametrize("passphrase", ["", " \t"])
def test_an_empty_passphrase_is_refused(created, tmp_path, passphrase):
    for act in (
        lambda: Place.create(created, passphrase),
        lambda: created.vault.unlock(passphrase),
        lambda: created.vault.change_passphrase(created.key, passphrase),
    ):
        with pytest.raises(LedgerError) as caught:
            act()
        assert str(caught.value) == (
            "the passphrase is empty. Choose one of five or more random words"
        )
    assert everything(tmp_path) == WHOLE


def test_what_is_no_key_is_not_wrapped(created):
    with pytest.raises(LedgerError) as caught:
        created.vault.change_passphrase(created.key[:-1], "other words")
    assert caught.value.found == "a data key of 31 bytes, not of 32"
    assert created.vault.unlock(WORDS) == created.key


def test_a_passphrase_of_no_vault_is_not_changed(place, tmp_path):
    assert not place.vault.exists
    with pytest.raises(LedgerError) as caught:
        place.vault.change_passphrase(bytes(32), WORDS)
    assert str(caught.value) == (
        f"{place.vault.folder}: there is no wrapped data key here: this ledger is not encrypted. "
        "Name the folder of an encrypted ledger"
    )
    assert everything(tmp_path) == NOTHING


@pytest.mark.parametrize("left", ["data-key.age", "data-key.recovery.age"])
def test_a_vault_is_not_made_over_another(created, tmp_path, left):
    there = created.vault.folder / left
    for path in created.vault.folder.iterdir():
        if path != there:
            path.unlink()
    before, content = everything(tmp_path), there.read_bytes()
    with pytest.raises(LedgerError) as caught:
        created.create(recovery=created.stick / "second.txt")
    assert str(caught.value) == (
        f"{there}: a wrapped data key is here already, and what it encrypts is lost without it. "
        "Unlock or recover it; move it away only if it never encrypted a ledger"
    )
    assert (everything(tmp_path), there.read_bytes()) == (before, content)


def test_a_recovery_file_is_not_written_over(place, tmp_path):
    place.recovery.write_text("of another ledger")
    with pytest.raises(LedgerError) as caught:
        place.create()
    assert str(caught.value) == (
        f"{place.recovery}: a file is here already, and a recovery key is never written over "
        "another. Name another file"
    )
    assert place.recovery.read_text() == "of another ledger"
    assert everything(tmp_path) == [*NOTHING, "stick/recovery.txt"]


def test_a_recovery_file_in_no_folder_is_refused(place, tmp_path):
    recovery = place.stick / "none" / "recovery.txt"
    with pytest.raises(LedgerError) as caught:
        place.create(recovery=recovery)
    assert str(caught.value) == (
        f"{recovery}: the recovery file could not be written (No such file or directory). "
        "Name a file in a folder that is there and that you can write to"
    )
    assert everything(tmp_path) == NOTHING


@pytest.mark.parametrize(
    "recovery", ["case/recovery.txt", "case/../case/a/recovery.txt", "link/recovery.txt"]
)
def test_a_recovery_file_inside_the_case_is_refused(place, tmp_path, recovery):
    (place.case / "lists").mkdir()
    (tmp_path / "link").symlink_to(place.case / "lists")
    before = everything(tmp_path)
    with pytest.raises(LedgerError) as caught:
        place.create(recovery=tmp_path / recovery)
    assert str(caught.value) == (
        f"{tmp_path / recovery}: the recovery file would be inside {place.case}, and be copied "
        "along with it. Name a file elsewhere, best on a medium that is kept apart"
    )
    assert everything(tmp_path) == before


def test_a_recovery_file_inside_the_vault_is_refused(place):
    with pytest.raises(LedgerError) as caught:
        place.vault.create(WORDS, place.vault.folder / "r.txt", label="", outside_of=place.stick)
    assert caught.value.found == (
        f"the recovery file would be inside {place.vault.folder}, and be copied along with it"
    )


def test_a_folder_under_a_second_path_is_known_again(tmp_path, monkeypatch):
    # As under a bind mount: neither path leads to the other by its text.
    (tmp_path / "case").mkdir()
    (tmp_path / "link").symlink_to("case")
    monkeypatch.setattr(os.path, "realpath", os.path.abspath)
    assert vault_module._is_inside(tmp_path / "link" / "a" / "b", tmp_path / "case")
    assert not vault_module._is_inside(tmp_path / "stick" / "b", tmp_path / "case")


def count_syncs(folder, monkeypatch):
    disk = FailingDisk(0)
    monkeypatch.setattr(os, "fsync", disk.fsync)
    Place(folder).create()
    monkeypatch.undo()
    return -disk.left


def test_a_create_that_fails_at_any_sync_leaves_nothing(tmp_path, monkeypatch):
    (tmp_path / "whole").mkdir()
    syncs = count_syncs(tmp_path / "whole", monkeypatch)
    assert syncs == 8  # recovery file, two folders and two wrapped keys, with what they are in
    for nth in range(1, syncs + 1):
        folder = tmp_path / str(nth)
        folder.mkdir()
        place = Place(folder)
        monkeypatch.setattr(os, "fsync", FailingDisk(nth).fsync)
        with pytest.raises(LedgerError, match=r"\(Input/output error\)"):
            place.create()
        monkeypatch.undo()
        assert everything(folder) == NOTHING
        place.create()


def stopped(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["encrypt_bytes", "decrypt_bytes", "sync_folder"])
def test_an_interrupted_create_leaves_nothing(place, tmp_path, monkeypatch, step):
    monkeypatch.setattr(vault_module, step, stopped)
    with pytest.raises(KeyboardInterrupt):
        place.create()
    assert everything(tmp_path) == NOTHING


def wrapping_another_key(_, reader):
    return encrypt_bytes(b"\xff" * 32, reader)


def test_a_vault_that_unlocks_another_key_is_not_kept(place, tmp_path, monkeypatch):
    monkeypatch.setattr(vault_module, "encrypt_bytes", wrapping_another_key)
    with pytest.raises(LedgerAltered) as caught:
        place.create()
    assert str(caught.value) == (
        f"{place.recovery}: this does not unlock the data key that was just made. "
        "Check the disk, or name another, and run again"
    )
    assert everything(tmp_path) == NOTHING


def test_a_folder_that_cannot_be_made_is_refused(place, tmp_path):
    (place.case / "ledger").write_text("a file")
    with pytest.raises(LedgerError) as caught:
        place.create()
    assert str(caught.value) == (
        f"{place.vault.folder}: the folder of the data key could not be made (Not a directory). "
        "Free the disk or correct the folder's permissions, then run again"
    )
    assert everything(tmp_path) == ["case", "case/ledger", "stick"]


def test_a_folder_that_was_there_stays(place, tmp_path, monkeypatch):
    place.vault.folder.mkdir(parents=True)
    monkeypatch.setattr(vault_module, "encrypt_bytes", stopped)
    with pytest.raises(KeyboardInterrupt):
        place.create()
    assert everything(tmp_path) == ["case", "case/ledger", "case/ledger/keys", "stick"]


def cut(path):
    path.write_bytes(path.read_bytes()[:-1])


def put_folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("harm", "kind", "message"),
    [
        (
            cut,
            LedgerAltered,
            "this age file is cut short or was altered. Take another copy of the file",
        ),
        (
            put_folder,
            LedgerError,
            (
                "this wrapped data key cannot be read (Is a directory). "
                "Correct its permissions, or restore it from a backup"
            ),
        ),
    ],
)
def test_harm_to_a_wrapped_key_is_found(created, harm, kind, message):
    for path, act in (
        (created.vault.by_passphrase, lambda: created.vault.unlock(WORDS)),
        (created.vault.by_recovery, lambda: created.vault.recover(created.recovery)),
    ):
        harm(path)
        with pytest.raises(LedgerError) as caught:
            act()
        assert (type(caught.value), str(caught.value)) == (kind, f"{path}: {message}")


def test_what_wraps_no_key_is_found(created):
    path = created.vault.by_passphrase
    path.write_bytes(encrypt_bytes(b"short", Passphrase(WORDS, cost=1)))
    with pytest.raises(LedgerAltered) as caught:
        created.vault.unlock(WORDS)
    assert str(caught.value) == f"{path}: this wraps 5 bytes, which are no data key. {RESTORE}"


def test_every_flipped_bit_of_a_wrapped_key_is_found(created):
    for path, act in (
        (created.vault.by_passphrase, lambda: created.vault.unlock(WORDS)),
        (created.vault.by_recovery, lambda: created.vault.recover(created.recovery)),
    ):
        whole = path.read_bytes()
        for place in range(len(whole) * 8):
            flipped = bytearray(whole)
            flipped[place // 8] ^= 1 << place % 8
            path.write_bytes(flipped)
            with pytest.raises(LedgerError):
                act()


def test_a_recovery_file_of_another_ledger_is_refused(created, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(Identities.generate().keys[0] + "\n")
    with pytest.raises(LedgerError) as caught:
        created.vault.recover(other)
    assert str(caught.value) == (
        f"{created.vault.by_recovery}: this file is not encrypted to this identity. "
        "Give the identity of one of the public keys it was encrypted to"
    )


def test_a_recovery_file_that_is_missing_is_refused(created, tmp_path):
    missing = tmp_path / "missing.txt"
    with pytest.raises(LedgerError) as caught:
        created.vault.recover(missing)
    assert str(caught.value) == (
        f"{missing}: this file cannot be read (No such file or directory). "
        "Correct the name or the permissions, then run again"
    )
