import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.checkpoint import Checkpoint
from everyname.ledger.merkle import empty_root
from everyname.ledger.signed_note import sign
from everyname.ledger.signing_key import SigningKey

# The example of the specification.
TEXT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
ROOT = bytes(range(32))
KEY = SigningKey.generate("ledger.example/alpha")
WITNESS = SigningKey.generate("witness.example")


def test_the_specification_s_example_is_read():
    found = Checkpoint.parse(TEXT)

    assert found.origin == "example.com/behind-the-sofa"
    assert found.size == 20_852_163
    assert found.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    assert found.text == TEXT


checkpoints = st.builds(
    Checkpoint,
    st.text(min_size=1).filter(str.isprintable),
    st.integers(1, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
)


@given(checkpoints)
def test_every_checkpoint_comes_back_from_its_text(checkpoint):
    assert Checkpoint.parse(checkpoint.text) == checkpoint


def test_an_empty_ledger_has_a_checkpoint():
    checkpoint = Checkpoint("ledger.example", 0, empty_root())

    assert checkpoint.text == "ledger.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert Checkpoint.parse(checkpoint.text) == checkpoint


def without_canonical_base64(text):
    found = text.replace("q2I=", "q2J=")
    same = base64.b64decode(found.split("\n")[2]) == base64.b64decode(text.split("\n")[2])
    assert same, "this would be another root"
    return found


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT.removesuffix("\n"),
        TEXT + "\n",
        TEXT + "an extension\n",
        "\n" + TEXT,
        TEXT.removeprefix("example.com/behind-the-sofa"),
        TEXT.replace("sofa", "sofa\t"),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("20852163", "020852163"),
        TEXT.replace("20852163", "-1"),
        TEXT.replace("20852163", "+1"),
        TEXT.replace("20852163", "1_000"),
        TEXT.replace("20852163", " 1"),
        TEXT.replace("20852163", "१"),
        TEXT.replace("20852163", "1e3"),
        TEXT.replace("20852163", "00"),
        TEXT.replace("20852163", ""),
        TEXT.replace("20852163", str(2**63)),
        TEXT.replace("20852163", "9" * 5_000),
        TEXT.replace("20852163", "0"),  # with the root of a ledger that has entries
        TEXT.replace("q2I=", "q2I"),
        TEXT.replace("q2I=", "q2I=="),
        TEXT.replace("q2I=", "q2="),
        without_canonical_base64(TEXT),
    ],
)
def test_whatever_is_not_a_checkpoint_is_refused(text):
    with pytest.raises(LedgerError):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [("", 1, ROOT), ("a\nb", 1, ROOT), ("a", -1, ROOT), ("a", 2**63, ROOT), ("a", 1, ROOT[1:])],
)
def test_a_checkpoint_that_cannot_be_is_not_made(origin, size, root):
    with pytest.raises(LedgerError):
        Checkpoint(origin, size, root)


def test_a_signed_checkpoint_is_read_with_the_ledger_s_key():
    checkpoint = Checkpoint(KEY.name, 7, ROOT)

    assert Checkpoint.from_note(checkpoint.signed(KEY), [KEY.verifier]) == checkpoint


def test_a_checkpoint_is_signed_with_the_key_of_its_own_ledger_only():
    with pytest.raises(LedgerError, match="cannot sign for the ledger"):
        Checkpoint("ledger.example/beta", 7, ROOT).signed(KEY)


def test_a_witness_alone_does_not_stand_for_the_ledger():
    note = sign(Checkpoint(KEY.name, 7, ROOT).text, WITNESS)

    with pytest.raises(LedgerAltered, match=r"is signed by witness\.example only"):
        Checkpoint.from_note(note, [KEY.verifier, WITNESS.verifier])


def test_an_altered_signed_checkpoint_is_refused():
    note = Checkpoint(KEY.name, 7, ROOT).signed(KEY)

    with pytest.raises(LedgerAltered, match="is not over this text"):
        Checkpoint.from_note(note.replace("\n7\n", "\n8\n"), [KEY.verifier])
