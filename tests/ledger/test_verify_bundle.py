import base64
import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from everyname.errors import LedgerError
from everyname.ledger import merkle, verify_bundle
from everyname.ledger.bundle import ProvedEntry, make_bundle
from everyname.ledger.canonical import canonical_json
from everyname.ledger.checkpoint import Checkpoint
from everyname.ledger.signed_note import sign
from everyname.ledger.signing_key import SigningKey
from everyname.ledger.verify_bundle import Refused, check, ed25519_accepts

FILE = Path(verify_bundle.__file__)
AT = "2031-08-01T10:00:00+00:00"
# RFC 8032's second test key: with a known key, every bundle here is always the same.
TEST_KEY = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
KEY = SigningKey("ledger.example/a", Ed25519PrivateKey.from_private_bytes(bytes.fromhex(TEST_KEY)))
VERIFIER = KEY.verifier.text
CONTENTS = [
    {"values": [["name", name]]}
    for name in ("Anna Vale", "Борис Лес", "علی‌رضا", "Dan \u202e\x1b[2J Hill", "E", "F", "G")
]


class SmallLedger:
    """Seven entries, kept in memory."""

    def __init__(self, contents=CONTENTS):
        self.nodes = merkle.MemoryNodes()
        self.entries = []
        for seq, content in enumerate(contents, 1):
            salt, data = hashlib.sha256(b"%d" % seq).digest()[:16], canonical_json(content)
            commitment = hashlib.sha256(salt + data).hexdigest()
            body = canonical_json(
                {"at": AT, "commitment": commitment, "kind": "record", "seq": seq, "v": 1}
            )
            leaf = merkle.leaf_hash(body)
            self.nodes.add(list(merkle.completed(seq - 1, leaf, self.nodes)))
            self.entries.append((body, salt, data))

    def proved(self, *numbers, size=7, erased=()):
        for seq in numbers:
            body, salt, data = self.entries[seq - 1]
            proof = tuple(merkle.inclusion_proof(seq - 1, size, self.nodes))
            yield (
                ProvedEntry(body, proof) if seq in erased else ProvedEntry(body, proof, salt, data)
            )

    def checkpoint(self, size=7, key=KEY):
        return Checkpoint(key.name, size, merkle.root(size, self.nodes)).signed(key)

    def older(self, size, new=7):
        return self.checkpoint(size), merkle.consistency_proof(size, new, self.nodes)


LEDGER = SmallLedger()


def bundle_of(*numbers, erased=(), older=None):
    return make_bundle(
        list(LEDGER.proved(*numbers, erased=erased)), LEDGER.checkpoint(), VERIFIER, older
    )


BUNDLE = bundle_of(1, 3, erased=(3,), older=LEDGER.older(3))


def written(bundle):
    return json.dumps(bundle, indent=1, sort_keys=True) + "\n"


def refused(text, key=None):
    try:
        check(text, key)
    except Refused:
        return True
    return False


def run(*arguments, python=(sys.executable, "-I")):
    return subprocess.run(
        [*python, FILE, *arguments], capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_a_bundle_says_what_is_proved():
    text = bundle_of(1, 2, 3, 4, erased=(1,), older=LEDGER.older(3))

    root = "3a5e9a30f81b489875990f41b4a9decb80ae540d2f4b1e1d1cd7cfe63b0fc49e"
    old_root = "a60eebae2f1db39611c01feee7c8a544d367d85b4664ced171d466d92cf3f5b8"
    entered = f"(record, {AT} by the ledger's clock) is in the ledger. Its content"
    assert check(text, VERIFIER) == [
        f"Ledger ledger.example/a, 7 entries, root {root}.",
        f"Entry 1 {entered} is not here: erased or withheld.",
        f'Entry 2 {entered}: {{"values":[["name","Борис Лес"]]}}',
        f'Entry 3 {entered}: {{"values":[["name","علی\\u200cرضا"]]}}',
        f'Entry 4 {entered}: {{"values":[["name","Dan \\u202e\\u001b[2J Hill"]]}}',
        (
            f"When the ledger had 3 entries, its root was {old_root}: "
            "these entries are all there, unchanged."
        ),
        f"Signed with your key, {VERIFIER}.",
    ]


@given(st.sets(st.integers(1, 7)), st.sets(st.integers(1, 7)), st.none() | st.integers(1, 7))
@settings(max_examples=25, deadline=None)
def test_whatever_is_taken_from_a_ledger_is_proved(numbers, erased, old):
    older = None if old is None else LEDGER.older(old)
    if not numbers and older is None:
        return
    text = bundle_of(*sorted(numbers), erased=erased, older=older)

    assert len(check(text)) == 2 + len(numbers) + (older is not None)


ANY = '0aA=+ \n\t"\\,{[é\u2028'


def mutations(text):
    for place, old in enumerate(text):
        start, end = text[:place], text[place + 1 :]
        any_other = ANY[place % len(ANY)]
        others = {old.swapcase(), chr(ord(old) ^ 1), chr(ord(old) + 1), any_other} - {old}
        yield place, "deleted", start + end
        for other in sorted(others):
            yield place, f"replaced by {other!r}", start + other + end
        for other in (old, any_other):
            yield place, f"preceded by {other!r}", start + other + old + end
    for other in "\n 0}]\0":
        yield len(text), f"followed by {other!r}", text + other


def test_no_bundle_with_one_character_deleted_replaced_or_inserted_is_accepted():
    assert check(BUNDLE)

    accepted = [
        (place, what)
        for place, what, text in mutations(BUNDLE)
        if text != BUNDLE and not refused(text)
    ]
    assert accepted == []


def test_no_bundle_with_two_characters_swapped_is_accepted():
    swapped = (
        BUNDLE[:n] + BUNDLE[n + 1] + BUNDLE[n] + BUNDLE[n + 2 :] for n in range(len(BUNDLE) - 1)
    )

    assert [text for text in swapped if text != BUNDLE and not refused(text)] == []


def test_no_bundle_cut_off_is_accepted():
    assert [n for n in range(len(BUNDLE)) if not refused(BUNDLE[:n])] == []


BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def test_a_signature_written_in_another_way_is_refused():
    # Three of these are the same bytes: the last character has two bits to spare.
    start, end = BUNDLE.split("Ngk=", 1)
    others = [start + "Ng" + last + "=" + end for last in BASE64 if last != "k"]

    assert len(others) == 63
    assert [text for text in others if not refused(text)] == []


def test_a_key_that_could_deceive_the_reader_is_refused():
    def bundle_by(name, kind):
        typed = kind + KEY.verifier.public
        id_ = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
        note = Checkpoint(KEY.name, 7, merkle.root(7, LEDGER.nodes)).text.replace(KEY.name, name)
        signature = base64.b64encode(id_ + KEY.secret.sign(note.encode())).decode()
        return change(
            key=f"{name}+{id_.hex()}+{base64.b64encode(typed).decode()}",
            checkpoint=f"{note}\n— {name} {signature}\n",
            older=None,
        )

    assert check(bundle_by("ledger.example/b", b"\x01"))
    assert refused(bundle_by("ledger.example/b", b"\x04"))
    assert refused(bundle_by("ledger.example/\u202eb", b"\x01"))
    assert refused(bundle_by("ledger.example/\x1b[2J", b"\x01"))


def test_a_proof_longer_than_the_tree_is_high_is_refused():
    leaf, other = merkle.leaf_hash(b"1"), merkle.leaf_hash(b"2")
    root = merkle.node_hash(other, leaf)

    assert not verify_bundle.included(leaf, 0, 1, [other], root)
    assert not merkle.verify_inclusion(leaf, 0, 1, [other], root)


def change(**members):
    return written(json.loads(BUNDLE) | members)


def change_entry(**members):
    entry, *rest = json.loads(BUNDLE)["entries"]
    return change(entries=[entry | members, *rest])


PARSED = json.loads(BUNDLE)
FIRST, SECOND = PARSED["entries"]
HUGE = "9" * 5_000


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a bundle"),
        ("[" * 100_000, "not a bundle"),
        (HUGE, "not a bundle"),
        ("null\n", "does not hold bundle, checkpoint, entries, key, older"),
        ("NaN\n", "does not hold bundle, checkpoint"),
        (BUNDLE.replace("\n", "\r\n"), "not written as"),
        (json.dumps(PARSED), "not written as"),
        (BUNDLE.replace('"key"', '"key": "",\n "key"'), "not written as"),
        (change(note="unsigned"), "nothing else"),
        (change_entry(note="unsigned"), "nothing else"),
        (change(bundle="everyname bundle 2"), "format"),
        (change(bundle=1), "format"),
        (change(entries=[], older=None), "empty"),
        (change(entries={}), "empty"),
        (change(entries=None), "empty"),
        (change(entries=[None]), "does not hold body"),
        (change(older=[]), "does not hold checkpoint, proof"),
        (change(key=None), "not a verifier key"),
        (change(key=VERIFIER.replace("ledger", "l\ud800dger")), "not an Ed25519 key"),
        (change(key=VERIFIER + "\n"), "not a verifier key"),
        (change(checkpoint=7), "a checkpoint is malformed"),
        (change(checkpoint=PARSED["checkpoint"] * 2), "a checkpoint is malformed"),
        (change(checkpoint=PARSED["checkpoint"].replace("\n7\n", f"\n{HUGE}\n")), "malformed"),
        (change(checkpoint=PARSED["checkpoint"].replace("\n7\n", "\n07\n")), "malformed"),
        (change(entries=[SECOND, FIRST]), "entry 1 is out of order"),
        (change(entries=[FIRST, FIRST]), "entry 1 is out of order"),
        (change_entry(salt=None), "the content of entry 1 is malformed"),
        (change_entry(content=None), "the content of entry 1 is malformed"),
        (change_entry(content=["x"]), "the content of entry 1 is malformed"),
        (change_entry(content="\ud800"), "not the one that was entered"),
        (change_entry(salt=FIRST["salt"].upper()), "the content of entry 1 is malformed"),
        (
            # The same bytes in the same order, cut in another place.
            change_entry(salt=FIRST["salt"] + "7b", content=FIRST["content"][1:]),
            "the content of entry 1 is malformed",
        ),
        (change_entry(proof=None), "a proof is malformed"),
        (change_entry(proof=[7]), "a proof is malformed"),
        (change_entry(proof=FIRST["proof"][:-1]), "entry 1 is not in this ledger"),
        (change_entry(proof=FIRST["proof"] * 40), "entry 1 is not in this ledger"),
        (change_entry(body=FIRST["body"].replace(":1,", ":2,")), "entry 2 is not in this ledger"),
        (change_entry(body=FIRST["body"].replace('"v":1', '"v":true')), "malformed"),
        (change_entry(body=FIRST["body"] + " "), "malformed"),
        (change(older={**PARSED["older"], "proof": []}), "older checkpoint differs"),
        (change(older={**PARSED["older"], "checkpoint": LEDGER.checkpoint(4)}), "differs"),
        (change(older={**PARSED["older"], "checkpoint": LEDGER.checkpoint(7)}), "differs"),
    ],
)
def test_what_is_not_as_it_must_be_is_refused_with_the_reason(text, why):
    with pytest.raises(Refused, match=why):
        check(text)


def test_a_bundle_signed_again_by_somebody_else_does_not_pass_the_reader_s_key():
    forger = SigningKey.generate(KEY.name)
    forged = SmallLedger([{"values": [["name", "Nobody"]]}] * 7)
    text = make_bundle(list(forged.proved(1)), forged.checkpoint(key=forger), forger.verifier.text)

    assert check(text)[-1] == (
        "Signed with a key that came with the bundle: compare it with its owner's, "
        f"{forger.verifier.text}."
    )
    with pytest.raises(Refused, match="another key than yours"):
        check(text, VERIFIER)
    with pytest.raises(Refused, match="a checkpoint is signed with another key"):
        check(text.replace(forger.verifier.text, VERIFIER), VERIFIER)


def test_a_ledger_whose_past_was_rewritten_does_not_fit_its_older_checkpoint():
    rewritten = SmallLedger([*CONTENTS[:1], {"values": []}, *CONTENTS[2:]])
    proof = merkle.consistency_proof(3, 7, rewritten.nodes)

    with pytest.raises(LedgerError, match="the older checkpoint differs"):
        make_bundle(
            list(rewritten.proved(1)),
            rewritten.checkpoint(),
            VERIFIER,
            (LEDGER.checkpoint(3), proof),
        )


def entry():
    return next(LEDGER.proved(2))


@pytest.mark.parametrize(
    ("entries", "note", "message"),
    [
        ([], LEDGER.checkpoint(), "the bundle is empty"),
        ([entry(), entry()], LEDGER.checkpoint(), "out of order"),
        ([replace(entry(), salt=bytes(16))], LEDGER.checkpoint(), "not the one that was entered"),
        ([replace(entry(), body=b"\xff")], LEDGER.checkpoint(), "not readable as text"),
        ([entry()], LEDGER.checkpoint(6), "not in this ledger"),
        ([entry()], sign("text\n", KEY), "malformed"),
    ],
)
def test_a_bundle_that_would_prove_nothing_is_not_made(entries, note, message):
    with pytest.raises(LedgerError, match=message):
        make_bundle(entries, note, VERIFIER)


def test_the_file_alone_checks_a_bundle_and_needs_nothing_but_python(tmp_path):
    path = tmp_path / "bundle.json"
    path.write_text(BUNDLE)
    alone = tmp_path / "verify_bundle.py"
    alone.write_bytes(FILE.read_bytes())
    # Without site-packages there is nothing but the standard library.
    done = subprocess.run(
        [sys.executable, "-I", "-S", alone, path, "--key", VERIFIER],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "\n".join(["PROVED", *check(BUNDLE, VERIFIER), ""])


def test_a_terminal_without_the_letters_of_a_name_still_gets_the_answer(tmp_path):
    path = tmp_path / "bundle.json"
    path.write_text(bundle_of(2))
    done = subprocess.run(
        [sys.executable, FILE, path],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii"},
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u0411\u043e\u0440\u0438\u0441" in done.stdout


@pytest.mark.parametrize(
    ("data", "arguments", "status", "message"),
    [
        (BUNDLE.replace("record", "figure").encode(), [], 1, "NOT PROVED: entry 1 is not in this"),
        (BUNDLE.encode("utf-16"), [], 1, "NOT PROVED: the file is damaged."),
        (b"\xff", [], 1, "NOT PROVED: the file is damaged."),
        (BUNDLE.encode(), ["--key", "other"], 1, "NOT PROVED: it is signed with another key"),
        (None, [], 2, "cannot be read: No such file or directory"),
        (BUNDLE.encode(), ["--keys"], 2, "usage: verify_bundle.py"),
    ],
)
def test_the_exit_status_tells_refusal_from_a_file_that_is_not_there(
    tmp_path, data, arguments, status, message
):
    path = tmp_path / "bundle.json"
    if data is not None:
        path.write_bytes(data)
    done = run(path, *arguments)

    assert (done.returncode, done.stdout) == (status, "")
    assert message in done.stderr


# RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc).
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
            "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        TEST_KEY,
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        b"\xaf\x82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").digest(),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_the_signatures_of_rfc_8032_are_accepted_and_nothing_near_them(
    secret, public, message, signature
):
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    public, signature = bytes.fromhex(public), bytes.fromhex(signature)

    assert key.public_key().public_bytes_raw() == public
    assert key.sign(message) == signature
    assert ed25519_accepts(public, message, signature)
    assert not ed25519_accepts(public, message + b"\0", signature)
    for bit in range(0, 512, 31):
        flipped = int.from_bytes(signature, "big") ^ 1 << bit
        assert not ed25519_accepts(public, message, flipped.to_bytes(64, "big"))
    for bit in range(0, 256, 31):
        flipped = int.from_bytes(public, "big") ^ 1 << bit
        assert not ed25519_accepts(flipped.to_bytes(32, "big"), message, signature)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=300))
@settings(max_examples=25, deadline=None)
def test_what_cryptography_signs_is_accepted(secret, message):
    key = Ed25519PrivateKey.from_private_bytes(secret)

    assert ed25519_accepts(key.public_key().public_bytes_raw(), message, key.sign(message))


def test_a_second_form_of_the_same_signature_is_refused():
    _, public, message, signature = VECTORS[0]
    public, signature = bytes.fromhex(public), bytes.fromhex(signature)
    s = int.from_bytes(signature[32:], "little") + verify_bundle.L

    assert not ed25519_accepts(public, message, signature[:32] + s.to_bytes(32, "little"))


# The encodings of the eight points of small order, and the other ways to write some of them.
SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]


@pytest.mark.parametrize("public", SMALL_ORDER)
def test_a_key_of_small_order_signs_nothing(public):
    key = bytes.fromhex(public)
    neutral = bytes.fromhex(SMALL_ORDER[0]) + bytes(32)

    # One message in eight at most needs no secret with such a key.
    assert not any(ed25519_accepts(key, bytes([n]), neutral) for n in range(24))
    assert not any(ed25519_accepts(key, bytes([n]), key + bytes(32)) for n in range(24))


def test_a_key_with_a_part_of_small_order_signs_nothing():
    secret = 12345
    base = verify_bundle._decoded(b"\x58" + b"\x66" * 31)
    two = verify_bundle._decoded(bytes.fromhex(SMALL_ORDER[1]))
    mixed = verify_bundle._encoded(verify_bundle._add(verify_bundle._times(secret, base), two))
    nonce = verify_bundle._encoded(verify_bundle._times(99, base))
    for n in range(8):
        message = bytes([n])
        k = int.from_bytes(hashlib.sha512(nonce + mixed + message).digest(), "little")
        s = (99 + k * secret) % verify_bundle.L
        # For every second message the equation holds, with or without the part of order two.
        assert not ed25519_accepts(mixed, message, nonce + s.to_bytes(32, "little"))


@given(st.binary(max_size=70), st.binary(max_size=70))
def test_garbage_is_refused_and_raises_nothing(public, signature):
    assert not ed25519_accepts(public, b"", signature)


@given(st.integers(1, 40), st.data())
def test_the_file_s_own_merkle_proofs_agree_with_the_ledger_s(new, data):
    leaves = [merkle.leaf_hash(b"%d" % n) for n in range(new)]
    nodes = merkle.MemoryNodes()
    nodes.add(merkle.append_many(0, leaves, nodes))
    index, old = data.draw(st.integers(0, new)), data.draw(st.integers(0, new + 1))
    root, old_root = merkle.root(new, nodes), merkle.root(min(old, new), nodes)
    of = data.draw(st.integers(1, new))
    inclusion = merkle.inclusion_proof(data.draw(st.integers(0, of - 1)), of, nodes)
    consistency = merkle.consistency_proof(data.draw(st.integers(1, of)), of, nodes)
    leaf = leaves[min(index, new - 1)]

    assert verify_bundle.included(leaf, index, new, inclusion, root) == merkle.verify_inclusion(
        leaf, index, new, inclusion, root
    )
    assert verify_bundle.consistent(
        old, new, old_root, root, consistency
    ) == merkle.verify_consistency(old, new, old_root, root, consistency)


@pytest.mark.shared
def test_the_file_s_own_merkle_proofs_pass_the_public_vectors(shared):
    folder = shared / "data" / "corpora" / "merkle-vectors" / "testdata"
    differing = []
    for file in sorted(
        [*folder.glob("inclusion/**/*.json"), *folder.glob("consistency/**/*.json")]
    ):
        v = json.loads(file.read_text(encoding="utf-8"))
        proof = [base64.b64decode(hash_) for hash_ in v["proof"] or []]
        hashes = [base64.b64decode(v[n]) for n in ("leafHash", "root", "root1", "root2") if n in v]
        if "leafHash" in v:
            leaf, root = hashes
            holds = verify_bundle.included(leaf, v["leafIdx"], v["treeSize"], proof, root)
        else:
            holds = verify_bundle.consistent(v["size1"], v["size2"], *hashes, proof)
        if holds == v["wantErr"]:
            differing.append(file.name)

    # An empty root and an empty leaf hash: no bundle can hold them, the lengths are checked before.
    assert differing == ["empty-root-and-leaf.json"]
