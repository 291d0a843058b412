import errno
import io
import os
import re
import resource
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import age_file, age_passphrase
from everyname.ledger.age_file import decrypt_bytes, decrypt_file, encrypt_bytes, encrypt_file
from everyname.ledger.age_reader import Identities, Passphrase, Recipients
from everyname.ledger.stream import Stream
from everyname.ledger.whole_file import written_whole

WORDS = Passphrase("four invented words änd", cost=1)
IDENTITY = Identities.generate()
OTHER = Identities.generate()
PAIRS = [(WORDS, WORDS), (IDENTITY.recipients, IDENTITY)]
KINDS = ["passphrase", "identity"]
CHUNK = 65536
DATA = b"Name\nAda Invented\n"
CUT = (LedgerAltered, "this age file is cut short or was altered", "Take another copy of the file")
FREE_DISK = "Free the disk or name a folder of your own, then run again"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def limited(kind, limit):
    before = resource.getrlimit(kind)
    resource.setrlimit(kind, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(kind, before)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(PAIRS),
    st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5]),
    st.binary(min_size=1, max_size=20),
)
def test_what_was_encrypted_decrypts(pair, size, pattern):
    to, by = pair
    data = (pattern * (size // len(pattern) + 1))[:size]
    assert decrypt_bytes(encrypt_bytes(data, to), by) == data


@settings(deadline=None)
@given(st.text(min_size=1).filter(str.strip), st.binary(max_size=100))
def test_any_passphrase_decrypts_what_it_encrypted(text, data):
    words = Passphrase(text, cost=1)
    assert decrypt_bytes(encrypt_bytes(data, words), Passphrase(text)) == data


@pytest.mark.parametrize(("to", "by"), PAIRS, ids=KINDS)
def test_files_are_whole_and_for_their_owner_only(tmp_path, to, by):
    source, sealed, opened = (tmp_path / name for name in ("source", "sealed.age", "opened"))
    source.write_bytes(DATA * 10_000)
    encrypt_file(source, sealed, to)
    decrypt_file(sealed, opened, by)
    assert opened.read_bytes() == source.read_bytes()
    assert names(tmp_path) == ["opened", "sealed.age", "source"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (sealed, opened)] == [0o600, 0o600]
    assert DATA not in sealed.read_bytes()


@pytest.mark.parametrize("size", [0, 3, CHUNK, 2 * CHUNK + 1])
def test_files_are_those_of_age(size):
    data = os.urandom(size)
    identity = pyrage.x25519.Identity.from_str(IDENTITY.keys[0])
    assert pyrage.passphrase.decrypt(encrypt_bytes(data, WORDS), WORDS.text) == data
    assert pyrage.decrypt(encrypt_bytes(data, IDENTITY.recipients), [identity]) == data
    assert decrypt_bytes(pyrage.encrypt(data, [identity.to_public()]), IDENTITY) == data


def test_a_file_that_age_made_by_passphrase_opens():
    # pyrage takes about a second for each.
    sealed = pyrage.passphrase.encrypt(DATA * 10_000, WORDS.text)
    assert decrypt_bytes(sealed, WORDS) == DATA * 10_000


def test_the_header_of_a_file_by_passphrase_is_as_specified():
    sealed = encrypt_bytes(b"", Passphrase("four invented words"))
    assert re.fullmatch(
        rb"age-encryption\.org/v1\n"
        rb"-> scrypt [A-Za-z0-9+/]{22} 18\n"
        rb"[A-Za-z0-9+/]{43}\n"
        rb"--- [A-Za-z0-9+/]{43}\n"
        rb"[\x00-\xff]{32}",
        sealed,
    )


def test_any_of_several_identities_opens_what_is_encrypted_to_several():
    sealed = encrypt_bytes(DATA, Recipients(OTHER.recipients.keys + IDENTITY.recipients.keys))
    third = Identities.generate()
    assert decrypt_bytes(sealed, IDENTITY) == DATA
    assert decrypt_bytes(sealed, Identities(third.keys + OTHER.keys)) == DATA


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_identity_file_is_read_as_age_keygen_writes_it(tmp_path, end):
    path = tmp_path / "identity.txt"
    lines = ["# created: 2031-05-01", f"# public key: {IDENTITY.recipients.keys[0]}", ""]
    path.write_bytes(end.join([*lines, *IDENTITY.keys, ""]).encode())
    assert Identities.load(path) == IDENTITY


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"# nothing else\n",
            (
                "{path}: there is no age identity. Give the line that begins with "
                "AGE-SECRET-KEY-1, as age-keygen writes it"
            ),
        ),
        (
            b"AGE-SECRET-KEY-1QQ\xff\n",
            (
                "{path}: identity 1 is not one of age (X25519). Give the line that begins with "
                "AGE-SECRET-KEY-1, as age-keygen writes it"
            ),
        ),
        (
            None,
            (
                "{path}: this file cannot be read (No such file or directory). "
                "Correct the name or the permissions, then run again"
            ),
        ),
    ],
    ids=["empty", "no identity", "missing"],
)
def test_a_file_that_is_no_identity_file_is_refused(tmp_path, content, message):
    path = tmp_path / "identity.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LedgerError) as caught:
        Identities.load(path)
    assert str(caught.value) == message.format(path=path)


PUBLIC_KEY = "Give the line that begins with age1, as age-keygen shows it"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Passphrase(" \n"),
            "the passphrase is empty. Choose one of five or more random words",
        ),
        (
            lambda: Passphrase("a\udcff"),
            (
                "the passphrase holds a character that is not valid Unicode. "
                "Type it again, without that character"
            ),
        ),
        (lambda: Passphrase("a", cost=23), "a cost of 23. Give 1 to 22, or none"),
        (lambda: Passphrase("a", cost=0), "a cost of 0. Give 1 to 22, or none"),
        (lambda: Recipients(()), f"there is no public key to encrypt to. {PUBLIC_KEY}"),
        (
            lambda: Recipients((*IDENTITY.recipients.keys, "age1wrong")),
            f"'age1wrong' is not an age public key (X25519). {PUBLIC_KEY}",
        ),
        (
            lambda: Recipients(IDENTITY.keys),
            f"this is not an age public key (X25519). {PUBLIC_KEY}",
        ),
    ],
    ids=[
        "empty passphrase",
        "no Unicode",
        "high cost",
        "low cost",
        "no key",
        "wrong key",
        "secret key as a public one",
    ],
)
def test_what_cannot_encrypt_is_refused(make, message):
    with pytest.raises(LedgerError) as caught:
        make()
    assert str(caught.value) == message


def test_secrets_are_not_shown():
    assert (repr(WORDS), repr(IDENTITY)) == ("Passphrase(cost=1)", "Identities()")


ARMORED = pyrage.encrypt(DATA, [pyrage.x25519.Identity.generate().to_public()], armored=True)
NO_AGE_FILE = (
    LedgerError,
    "this is not an age file (or one that is armored as text)",
    "Name a file that was encrypted with age, without --armor",
)


@pytest.mark.parametrize(
    ("sealed", "by", "refusal"),
    [
        (
            encrypt_bytes(DATA, WORDS),
            Passphrase("three invented words"),
            (
                LedgerError,
                "the passphrase is wrong",
                "Type it again; if it is surely right, this file was altered: take another copy",
            ),
        ),
        (
            encrypt_bytes(DATA, IDENTITY.recipients),
            OTHER,
            (
                LedgerError,
                "this file is not encrypted to this identity",
                "Give the identity of one of the public keys it was encrypted to",
            ),
        ),
        (
            encrypt_bytes(DATA, WORDS),
            IDENTITY,
            (
                LedgerError,
                "this file is encrypted by a passphrase and no identity opens it",
                "Give its passphrase",
            ),
        ),
        (
            encrypt_bytes(DATA, IDENTITY.recipients),
            WORDS,
            (
                LedgerError,
                "this file is encrypted to public keys and no passphrase opens it",
                "Give the identity of one of them",
            ),
        ),
        (DATA * 10, WORDS, NO_AGE_FILE),
        (DATA * 10, IDENTITY, NO_AGE_FILE),
        (ARMORED, IDENTITY, NO_AGE_FILE),
        (b"", IDENTITY, CUT),
        (encrypt_bytes(DATA, WORDS) + b"\n", WORDS, CUT),
        (encrypt_bytes(DATA, IDENTITY.recipients) + b"\n", IDENTITY, CUT),
        (
            encrypt_bytes(DATA, WORDS).replace(b" 1\n", b" 23\n", 1),
            WORDS,
            (
                LedgerError,
                "to try a passphrase on this file takes 8,192 MiB of memory",
                (
                    "Use a computer with more memory and the age program, or a file from "
                    "somebody you trust"
                ),
            ),
        ),
    ],
    ids=[
        "wrong passphrase",
        "wrong identity",
        "identity for a passphrase",
        "passphrase for an identity",
        "text, by passphrase",
        "text, by identity",
        "armored",
        "empty",
        "longer, by passphrase",
        "longer, by identity",
        "scrypt that fills the memory",
    ],
)
def test_what_does_not_open_is_refused_and_leaves_nothing(tmp_path, sealed, by, refusal):
    source = tmp_path / "sealed.age"
    source.write_bytes(sealed)
    with pytest.raises(LedgerError) as caught:
        decrypt_file(source, tmp_path / "opened", by)
    error = caught.value
    assert (type(error), error.found, error.do) == refusal
    assert error.where == str(source)
    assert names(tmp_path) == ["sealed.age"]


@pytest.mark.parametrize(("to", "by"), PAIRS, ids=KINDS)
def test_every_cut_is_found(tmp_path, to, by):
    source, sealed = tmp_path / "sealed.age", encrypt_bytes(bytes(CHUNK) + DATA, to)
    first_chunk = len(sealed) - len(DATA) - 16 - CHUNK - 16
    chunk_ends = (first_chunk, first_chunk + CHUNK + 16)
    lengths = [*range(first_chunk), *(end + step for end in chunk_ends for step in (-1, 0, 1))]
    for length in [*lengths, len(sealed) - 1]:
        source.write_bytes(sealed[:length])
        with pytest.raises(LedgerAltered) as caught:
            decrypt_file(source, tmp_path / "opened", by)
        assert (type(caught.value), caught.value.found, caught.value.do) == CUT
        assert names(tmp_path) == ["sealed.age"]


@pytest.mark.parametrize(("to", "by"), PAIRS, ids=KINDS)
def test_every_flipped_bit_is_found(to, by):
    sealed = encrypt_bytes(DATA, to)
    for place in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises(LedgerError):
            decrypt_bytes(bytes(flipped), by)


def test_an_empty_last_chunk_after_a_full_one_is_refused():
    # An age file of the same content has one form only.
    sealed = encrypt_bytes(bytes(CHUNK), WORDS)
    begun = sealed[: -CHUNK - 32]
    header, nonce = begun, sealed[-CHUNK - 32 : -CHUNK - 16]
    source = Stream(io.BytesIO(header), "")
    parts = age_passphrase._HEADER.fullmatch(source.read())
    salt, wrapped = (age_passphrase._unbase64(parts[group]) for group in (2, 4))
    key = age_passphrase._stretched(WORDS.text, salt, 1, source)
    file_key = age_passphrase.ChaCha20Poly1305(key).decrypt(bytes(12), wrapped, None)
    payload = age_passphrase.ChaCha20Poly1305(age_passphrase._derived(file_key, nonce, b"payload"))
    chunks = [
        payload.encrypt(age_passphrase._chunk_nonce(number, last=last), data, None)
        for number, data, last in ((0, bytes(CHUNK), False), (1, b"", True))
    ]
    with pytest.raises(LedgerAltered):
        decrypt_bytes(begun + nonce + b"".join(chunks), WORDS)


def test_too_little_memory_for_scrypt_is_an_error():
    sealed = encrypt_bytes(DATA, WORDS).replace(b" 1\n", b" 22\n", 1)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    with limited(resource.RLIMIT_AS, used + 2**30), pytest.raises(LedgerError) as caught:
        decrypt_bytes(sealed, WORDS, "sealed.age")
    assert str(caught.value).startswith(
        "sealed.age: to try a passphrase on this file takes 4,096 MiB of memory. "
    )


@pytest.mark.parametrize(("to", "by"), PAIRS, ids=KINDS)
@pytest.mark.parametrize("target", ["file", "link to nothing"])
def test_a_file_that_is_there_is_not_written_over(tmp_path, to, by, target):
    source, sealed, there = tmp_path / "source", tmp_path / "sealed.age", tmp_path / "there"
    source.write_bytes(DATA)
    encrypt_file(source, sealed, to)
    if target == "file":
        there.write_bytes(b"kept")
    else:
        there.symlink_to(tmp_path / "nothing")
    for act in (lambda: encrypt_file(source, there, to), lambda: decrypt_file(sealed, there, by)):
        with pytest.raises(LedgerError) as caught:
            act()
        assert str(caught.value) == (
            f"{there}: a file is here already. Name another file, or move that one away"
        )
    assert names(tmp_path) == ["sealed.age", "source", "there"]
    assert target != "file" or there.read_bytes() == b"kept"


def no_link(*_):
    raise PermissionError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("links", [True, False], ids=["links", "disk without links"])
def test_a_file_that_appears_meanwhile_is_not_written_over(tmp_path, monkeypatch, links):
    if not links:
        monkeypatch.setattr(os, "link", no_link)
    target = tmp_path / "target"

    def write():
        with written_whole(target) as file:
            file.write(b"new")
            target.write_bytes(b"kept")

    with pytest.raises(LedgerError, match="a file is here already"):
        write()
    assert (names(tmp_path), target.read_bytes()) == (["target"], b"kept")


def test_a_disk_without_links_is_written_to(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", no_link)
    with written_whole(tmp_path / "target") as file:
        file.write(b"new")
    assert (names(tmp_path), (tmp_path / "target").read_bytes()) == (["target"], b"new")


@pytest.mark.parametrize(
    ("source", "reason"),
    [("missing", "No such file or directory"), ("folder", "Is a directory")],
)
def test_a_source_that_cannot_be_read_is_refused(tmp_path, source, reason):
    (tmp_path / "folder").mkdir()
    path = tmp_path / source
    for act, reader in ((encrypt_file, WORDS), (decrypt_file, IDENTITY)):
        with pytest.raises(LedgerError) as caught:
            act(path, tmp_path / "target", reader)
        assert str(caught.value) == (
            f"{path}: this file cannot be read ({reason}). "
            "Correct the name or the permissions, then run again"
        )
    assert names(tmp_path) == ["folder"]


def test_a_target_in_no_folder_is_refused(tmp_path):
    source, target = tmp_path / "source", tmp_path / "none" / "target"
    source.write_bytes(DATA)
    with pytest.raises(LedgerError) as caught:
        encrypt_file(source, target, WORDS)
    assert str(caught.value) == (
        f"{target}: this file could not be written (No such file or directory). {FREE_DISK}"
    )


@pytest.mark.parametrize(("to", "by"), PAIRS, ids=KINDS)
@pytest.mark.parametrize("size", [10, 4 * CHUNK])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path, to, by, size):
    source, sealed, target = (tmp_path / name for name in ("source", "sealed.age", "target"))
    source.write_bytes(bytes(size))
    encrypt_file(source, sealed, to)
    for act in (lambda: encrypt_file(source, target, to), lambda: decrypt_file(sealed, target, by)):
        with limited(resource.RLIMIT_FSIZE, size - 1), pytest.raises(LedgerError) as caught:
            act()
        assert str(caught.value) == (
            f"{target}: this file could not be written (File too large). {FREE_DISK}"
        )
        assert names(tmp_path) == ["sealed.age", "source"]


class FullDisk(io.BytesIO):
    """A file on a disk that is full."""

    def write(self, _):
        raise OSError(errno.ENOSPC, "No space left on device")


class BadSector(io.BytesIO):
    """A file that cannot be read to its end."""

    def read(self, size=-1, /):
        if self.tell() >= 60:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(min(size, 60))


class Stopped(io.BytesIO):
    """A file during whose reading somebody presses Ctrl-C."""

    def read(self, size=-1, /):
        if self.tell() >= 60:
            raise KeyboardInterrupt
        return super().read(min(size, 60))


ERRORS = [
    (BadSector, io.BytesIO, LedgerError, "source: this file cannot be read (Input/output error)"),
    (
        io.BytesIO,
        FullDisk,
        LedgerError,
        "target: this file could not be written (No space left on device)",
    ),
    (Stopped, io.BytesIO, KeyboardInterrupt, ""),
]


@pytest.mark.parametrize(("to", "by"), PAIRS, ids=KINDS)
@pytest.mark.parametrize(("source", "target", "kind", "message"), ERRORS)
def test_no_error_is_hidden_by_pyrage(to, by, source, target, kind, message):
    # pyrage says nothing of an error in writing its last 8 KiB, and gives others its own type.
    for act, reader, data in (
        (age_file.encrypt_stream, to, DATA * 5),
        (age_file.decrypt_stream, by, encrypt_bytes(DATA * 5, to)),
    ):
        streams = Stream(source(data), "source"), Stream(target(), "target")
        with pytest.raises(kind) as caught:
            act(*streams, reader)
        assert str(caught.value).startswith(message)


def refusing(*_):
    raise pyrage.EncryptError("invented reason")


def test_a_refusal_of_pyrage_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(pyrage, "encrypt_io", refusing)
    source = tmp_path / "source"
    source.write_bytes(DATA)
    with pytest.raises(LedgerError) as caught:
        encrypt_file(source, tmp_path / "target", IDENTITY.recipients)
    assert str(caught.value) == (
        f"{source}: age cannot encrypt this (invented reason). Take another copy of the file"
    )
    assert names(tmp_path) == ["source"]


class Disk:
    """Remembers what was synced, and can fail at it."""

    def __init__(self, failing=""):
        self.synced = []
        self.failing = failing

    def fsync(self, descriptor):
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        self.synced.append(kind)
        if kind == self.failing:
            raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize("replace", [True, False])
def test_file_and_folder_are_synced(tmp_path, monkeypatch, replace):
    disk = Disk()
    monkeypatch.setattr(os, "fsync", disk.fsync)
    with written_whole(tmp_path / "target", replace=replace) as file:
        file.write(b"new")
    assert disk.synced == ["file", "folder"]


@pytest.mark.parametrize("failing", ["file", "folder"])
def test_what_is_not_on_the_disk_is_not_there(tmp_path, monkeypatch, failing):
    monkeypatch.setattr(os, "fsync", Disk(failing).fsync)
    source = tmp_path / "source"
    source.write_bytes(DATA)
    with pytest.raises(LedgerError) as caught:
        encrypt_file(source, tmp_path / "target", WORDS)
    assert caught.value.found == "this file could not be written (Input/output error)"
    assert names(tmp_path) == ["source"]


MEASURE = """
import resource, sys
from pathlib import Path
from everyname.ledger.age_file import decrypt_file, encrypt_file
from everyname.ledger.age_reader import Identities, Passphrase
folder = Path(sys.argv[1])
with (folder / "source").open("wb") as file:
    file.truncate(64 * 2**20)
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
words, identity = Passphrase("four invented words", cost=1), Identities.generate()
before = peak()
for to, by in ((words, words), (identity.recipients, identity)):
    encrypt_file(folder / "source", folder / "sealed", to)
    decrypt_file(folder / "sealed", folder / "opened", by)
    (folder / "sealed").unlink()
    (folder / "opened").unlink()
print(peak() - before)
"""


def test_memory_stays_the_same_for_large_files(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 8 * 1024  # KiB, for files of 64 MiB
