import os
import re
import stat

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.signed_note import SignedNote, sign, verify
from everyname.ledger.signing_key import SigningKey, VerifierKey

# The example of the specification.
KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SIGNATURE = (
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
)
NOTE = f"This is an example message.\n\n— example.com/foo {SIGNATURE}\n"

ALPHA = SigningKey.generate("ledger.example/alpha")
BETA = SigningKey.generate("ledger.example/beta")


def both(text="one\n"):
    return sign(text, ALPHA) + sign(text, BETA).removeprefix(text + "\n")


def test_the_specification_s_example_verifies():
    assert verify(NOTE, [VerifierKey.parse(KEY)]) == ("example.com/foo",)
    assert SignedNote.parse(NOTE).text == "This is an example message.\n"


@pytest.mark.shared
def test_the_notes_in_the_specifications_parse(shared):
    folder = shared / "data" / "corpora" / "c2sp-specs"
    notes = [
        block
        for name in ("signed-note.md", "tlog-checkpoint.md")
        for block in re.findall(r"```\n(.*?)```", (folder / name).read_text("utf-8"), re.DOTALL)
    ]

    assert [[s.name for s in SignedNote.parse(note).signatures] for note in notes] == [
        ["quasimodo.example/salvatore"],
        ["example.com/foo"],
        ["example.com/behind-the-sofa"],
    ]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n")))
def test_what_is_signed_verifies_and_comes_back(text):
    note = sign(text + "\n", ALPHA)

    assert verify(note, [ALPHA.verifier]) == ("ledger.example/alpha",)
    assert SignedNote.parse(note).text == text + "\n"


def test_only_the_signers_that_are_trusted_are_named():
    trusted = [BETA.verifier, ALPHA.verifier]

    assert verify(both(), trusted) == ("ledger.example/alpha", "ledger.example/beta")
    assert verify(both(), [BETA.verifier]) == ("ledger.example/beta",)


def test_a_note_that_no_trusted_key_signed_is_refused():
    with pytest.raises(LedgerAltered, match=r"not trusted here: ledger\.example/alpha"):
        verify(sign("one\n", ALPHA), [BETA.verifier])


def test_one_wrong_signature_by_a_trusted_key_is_refused_beside_a_right_one():
    note = sign("one\n", ALPHA) + sign("two\n", BETA).removeprefix("two\n\n")

    assert verify(note, [ALPHA.verifier]) == ("ledger.example/alpha",)
    with pytest.raises(LedgerAltered, match=r"ledger\.example/beta"):
        verify(note, [ALPHA.verifier, BETA.verifier])


def test_a_signature_by_another_key_of_the_same_name_is_ignored():
    namesake = SigningKey.generate(ALPHA.name)

    with pytest.raises(LedgerAltered, match="not trusted here"):
        verify(sign("one\n", namesake), [ALPHA.verifier])


def test_sixteen_signatures_are_accepted_and_a_flood_is_not():
    line = sign("one\n", ALPHA).removeprefix("one\n\n")

    assert verify("one\n\n" + 16 * line, [ALPHA.verifier]) == ("ledger.example/alpha",)
    with pytest.raises(LedgerError, match="101 signatures"):
        verify("one\n\n" + 101 * line, [ALPHA.verifier])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        f"text\n— example.com/foo {SIGNATURE}\n",
        NOTE.removesuffix("\n"),
        NOTE + "\n",
        NOTE + "more\n",
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("This", "This\t"),
        NOTE.replace("This", "This\0"),
        NOTE.replace("This", "This\ud800"),
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "—"),
        NOTE.replace("— ", "—  "),
        NOTE.replace("/foo ", "/foo  "),
        NOTE.replace("/foo ", "/foo\u00a0x "),
        NOTE.replace("/foo", "/f+oo"),
        NOTE.replace("=\n", "= \n"),
        NOTE.replace("=\n", "\n"),
        NOTE.replace("=\n", "==\n"),
        NOTE.replace("QM=", "QN="),  # the same bytes, written in another way
        NOTE.replace(SIGNATURE, "Uw2QOg=="),  # an id without a signature
        NOTE.replace(SIGNATURE, "Uw2Q-_kn8srV"),
        "x" * 1_000_001,
    ],
)
def test_whatever_is_not_a_signed_note_is_refused(note):
    with pytest.raises(LedgerError, match="not a signed note"):
        verify(note, [VerifierKey.parse(KEY)])


@given(st.text(st.sampled_from("ab\n— +=/\tA0é"), max_size=60) | st.text())
def test_any_text_is_refused_with_an_error_of_the_ledger(text):
    with pytest.raises(LedgerError):
        verify(text, [ALPHA.verifier])


@pytest.mark.parametrize("text", ["", "one", "one\rtwo\n", "one\x1b[2J\n", "\udcff\n"])
def test_a_text_that_cannot_stand_in_a_note_is_not_signed(text):
    with pytest.raises(LedgerError, match="not a signed note"):
        sign(text, ALPHA)


def test_a_verifier_key_comes_back_from_its_line():
    key = VerifierKey.parse(KEY)

    assert key.text == KEY
    assert (key.name, key.id.hex()) == ("example.com/foo", "530d903a")
    assert VerifierKey.parse(ALPHA.verifier.text) == ALPHA.verifier


@pytest.mark.parametrize("place", range(len(KEY)))
def test_a_verifier_key_with_one_wrong_character_is_refused(place):
    for other in {KEY[place].swapcase(), "A", "9", " ", "+", "", KEY[place] * 2} - {KEY[place]}:
        with pytest.raises(LedgerError):
            VerifierKey.parse(KEY[:place] + other + KEY[place + 1 :])


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\u202eb"])
def test_a_key_has_a_name_that_can_stand_in_a_signature_line(name):
    with pytest.raises(LedgerError, match="cannot be the name of a key"):
        SigningKey.generate(name)


def test_two_trusted_keys_are_not_taken_for_one(monkeypatch):
    monkeypatch.setattr(VerifierKey, "id", b"same")

    with pytest.raises(LedgerError, match="two keys are both"):
        verify(NOTE, [ALPHA.verifier, SigningKey.generate(ALPHA.name).verifier])


def test_a_saved_key_signs_as_before_and_only_its_owner_can_read_it(tmp_path):
    path = tmp_path / "keys" / "alpha.pem"
    umask = os.umask(0)
    try:
        ALPHA.save(path)
    finally:
        os.umask(umask)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    assert path.read_text().startswith("-----BEGIN PRIVATE KEY-----\n")
    loaded = SigningKey.load(path, ALPHA.name)
    assert loaded.verifier == ALPHA.verifier
    assert sign("one\n", loaded) == sign("one\n", ALPHA)


def test_a_key_is_never_written_over(tmp_path):
    path = tmp_path / "alpha.pem"
    ALPHA.save(path)

    with pytest.raises(LedgerError, match="a file is here already"):
        BETA.save(path)
    assert SigningKey.load(path, ALPHA.name).verifier == ALPHA.verifier
    assert list(tmp_path.iterdir()) == [path]


def test_a_key_does_not_show_in_messages():
    assert repr(ALPHA) == "SigningKey(name='ledger.example/alpha')"


def encrypted(secret):
    return secret.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"passphrase"),
    )


def of_another_kind():
    return Ed448PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.mark.parametrize(
    ("data", "mode", "message"),
    [
        (None, 0, "the signing key cannot be read"),
        (b"", 0o600, "this is not a signing key"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", 0o600, "not a signing"),
        (encrypted(ALPHA.secret), 0o600, "not encrypted"),
        (of_another_kind(), 0o600, "not an Ed25519 key"),
        (b"whatever", 0o640, "others can read this signing key"),
    ],
)
def test_a_file_that_is_no_private_key_is_refused_with_its_name(tmp_path, data, mode, message):
    path = tmp_path / "alpha.pem"
    if data is not None:
        path.write_bytes(data)
        path.chmod(mode)

    with pytest.raises(LedgerError, match=message) as refused:
        SigningKey.load(path, "ledger.example/alpha")
    assert refused.value.where == str(path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(LedgerError, match="could not be written"):
        ALPHA.save(tmp_path / "file" / "alpha.pem")
