import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import cipher
from everyname.ledger.cipher import Cipher, database_key

KEY = bytes(range(32))
DATA = b"Name\nAda Invented\n"
NAME = hashlib.sha256(DATA).hexdigest()
OTHER_NAME = hashlib.sha256(b"other").hexdigest()
NOT_OPENED = "this original was altered, put in another's place, or sealed with another key"
NOT_SEALED = "this original is not encrypted, or is cut short"


@settings(deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=500))
def test_what_was_sealed_opens_under_its_name(key, data):
    name = hashlib.sha256(data).hexdigest()
    sealed = Cipher(key).seal(data, name)
    assert len(sealed) == len(data) + 39
    assert Cipher(key).open(sealed, name) == data


def test_an_original_longer_than_a_slice_is_put_together_again(monkeypatch):
    monkeypatch.setattr(cipher, "_SLICE", 7)
    sealed = Cipher(KEY).seal(DATA, NAME)
    monkeypatch.undo()
    assert Cipher(KEY).open(sealed, NAME) == DATA


def test_sealed_bytes_are_as_documented_and_others_each_time():
    sealed = Cipher(KEY).seal(DATA, NAME)
    assert sealed[:11] == b"everyname\x00\x01"
    # The derived keys are fixed for good: another one would lock every ledger that there is.
    derived = cipher._derived(KEY, b"everyname originals at rest, AES-256-GCM, 1")
    assert derived.hex() == "4b1c36bd9f1f787f330cf8f5b3265460828bad4395fdb9d53bf0b62a0a453963"
    opened = AESGCM(derived).decrypt(sealed[11:23], sealed[23:], sealed[:11] + NAME.encode())
    assert opened == DATA
    assert DATA not in sealed
    assert Cipher(KEY).seal(DATA, NAME) != sealed


def test_every_flipped_bit_is_found():
    sealed = Cipher(KEY).seal(DATA, NAME)
    for place in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises(LedgerAltered):
            Cipher(KEY).open(bytes(flipped), NAME)


def test_every_cut_is_found():
    sealed = Cipher(KEY).seal(DATA, NAME)
    for length in range(len(sealed)):
        with pytest.raises(LedgerAltered) as caught:
            Cipher(KEY).open(sealed[:length], NAME)
        assert caught.value.found == (NOT_SEALED if length < 39 else NOT_OPENED)


@pytest.mark.parametrize(
    ("key", "name", "change", "message"),
    [
        (KEY, OTHER_NAME, bytes, f"{OTHER_NAME}: {NOT_OPENED}. Restore it from a backup"),
        (bytes(32), NAME, bytes, f"{NAME}: {NOT_OPENED}. Restore it from a backup"),
        (KEY, NAME, lambda _: DATA, f"{NAME}: {NOT_SEALED}. Restore it from a backup"),
        (
            KEY,
            NAME,
            lambda sealed: sealed[:10] + b"\x02" + sealed[11:],
            (
                f"{NAME}: this original was altered, or sealed by another everyname (form 2, not "
                "1). Restore it from a backup, or open it with the everyname that sealed it"
            ),
        ),
    ],
    ids=["put in another's place", "another key", "never sealed", "another form"],
)
def test_what_is_not_the_sealed_original_is_refused(key, name, change, message):
    sealed = Cipher(KEY).seal(DATA, NAME)
    with pytest.raises(LedgerAltered) as caught:
        Cipher(key).open(change(sealed), name)
    assert str(caught.value) == message


@pytest.mark.parametrize("name", ["", "list.csv", NAME.upper(), NAME[:-1], NAME + "\n"])
def test_a_name_that_is_no_sha256_is_refused(name):
    sealed = Cipher(KEY).seal(DATA, NAME)
    for act, data in ((Cipher(KEY).seal, DATA), (Cipher(KEY).open, sealed)):
        with pytest.raises(LedgerError) as caught:
            act(data, name)
        assert str(caught.value) == (
            f"{name!r} is not the SHA-256 of an original. Give 64 hexadecimal digits"
        )


class Enormous(bytes):
    """Says that it has more bytes than GCM encrypts under one nonce."""

    def __len__(self):
        return 2**36 - 31


def test_more_than_gcm_can_encrypt_is_refused():
    with pytest.raises(LedgerError) as caught:
        Cipher(KEY).seal(Enormous(), NAME)
    assert str(caught.value) == (
        f"{NAME}: 68,719,476,705 bytes are more than can be encrypted as one original. "
        "Split the file into parts of less than 64 GiB, and import each"
    )


def test_the_database_key_is_another_key_than_that_of_originals():
    assert database_key(KEY) == "bb2dd92de2e555a3141086f71fb93d149a109e220edf80cd39fa8c75129a7a41"


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_a_data_key_of_another_length_is_refused(key):
    for use in (Cipher, database_key):
        with pytest.raises(LedgerError) as caught:
            use(key)
        assert str(caught.value) == (
            f"a data key of {len(key)} bytes, not of 32. Unlock the ledger's vault to get its key"
        )


def test_the_data_key_is_not_shown():
    assert repr(Cipher(KEY)) == "Cipher()"
