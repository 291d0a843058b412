"""Check a bundle: the proof that entries stand in a ledger as they were when it was signed.

This file needs nothing but Python 3.9 or newer:

    python verify_bundle.py BUNDLE [--key KEY]

It says in words what is proved (exit status 0), or why nothing is (1; 2 when there is no such
file). Every character of the file is checked:

1. It is written in the one way in which a bundle can be written, with nothing left over.
2. The body of each entry leads, hash by hash, to the root that the checkpoint names (RFC 6962).
3. The content of each entry, with its salt, is the one that the body commits to. A content may be
   absent, erased or withheld: that the entry was made is proved all the same.
4. The older checkpoint, if any, is of the same ledger: nothing was changed or removed since then.
5. The checkpoints are signed with the key (C2SP signed-note; Ed25519, RFC 8032).

It cannot tell whether what an entry says is true, nor whose key it is: get the key from its owner
by another way than the bundle, and name it with --key.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

FORMAT = "everyname bundle 1"
HASH = re.compile("[0-9a-f]{64}")
SALT = re.compile("[0-9a-f]{32}")
KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})")
CHECKPOINT = re.compile(  # origin, size and root; an empty line; a signature line
    r"(([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n)\n— ([^\n ]+) ([A-Za-z0-9+/]{91}=)\n"
)
BODY = re.compile(
    r'\{"at":"([0-9T:.Z+-]+)","commitment":"([0-9a-f]{64})","kind":"([a-z_]+)",'
    r'"seq":([1-9][0-9]{0,18}),"v":1\}'
)


class Refused(Exception):  # noqa: N818 - says what happened
    """The bundle proves nothing, and why."""


def check(text: str, key: str | None = None) -> list[str]:
    """Check the text of a bundle; return what is proved, a sentence a line.

    Without a key that the reader trusts, the one in the bundle is taken. Raises Refused when
    anything at all is not as it must be.
    """
    bundle = _parsed(text)
    _need(key is None or key == bundle["key"], "it is signed with another key than yours")
    name, key_id, public = _key(bundle["key"])
    size, root, signed = _checkpoint(bundle["checkpoint"], name, key_id)
    lines = [f"Ledger {name}, {size} entries, root {root.hex()}."]
    notes, older, last = [signed], bundle["older"], 0
    for entry in bundle["entries"]:
        seq, line = _entry(entry, size, root)
        _need(seq > last, f"entry {seq} is out of order")
        last = seq
        lines.append(line)
    if older is not None:
        old_size, old_root, old_signed = _checkpoint(older["checkpoint"], name, key_id)
        proof = _hashes(older["proof"])
        _need(consistent(old_size, size, old_root, root, proof), "the older checkpoint differs")
        notes.append(old_signed)
        lines.append(
            f"When the ledger had {old_size} entries, its root was {old_root.hex()}: "
            "these entries are all there, unchanged."
        )
    for message, signature in notes:
        _need(ed25519_accepts(public, message, signature), "a checkpoint's signature is wrong")
    whose = "your key" if key else "a key that came with the bundle: compare it with its owner's"
    return [*lines, f"Signed with {whose}, {bundle['key']}."]


def _parsed(text: str) -> dict[str, Any]:
    try:
        bundle = json.loads(text)
        same = json.dumps(bundle, indent=1, sort_keys=True) + "\n" == text
    except (ValueError, RecursionError):
        raise Refused("the file is not a bundle, or is damaged") from None
    _need(same, "the file is not written as a bundle is")
    _members(bundle, ["bundle", "checkpoint", "entries", "key", "older"])
    _need(bundle["bundle"] == FORMAT, f"the file is not of the format {FORMAT!r}")
    entries, older = bundle["entries"], bundle["older"]
    _need(isinstance(entries, list) and bool(entries or older), "the bundle is empty")
    for entry in entries:
        _members(entry, ["body", "content", "proof", "salt"])
    if older is not None:
        _members(older, ["checkpoint", "proof"])
    return dict(bundle)


def _key(text: object) -> tuple[str, bytes, bytes]:
    name, key_id, encoded = _match(KEY, text, "the key is not a verifier key").groups()
    typed = base64.b64decode(encoded)  # 44 characters are 33 bytes: a type and the key
    expected = hashlib.sha256(name.encode("utf-8", "replace") + b"\n" + typed).digest()[:4]
    sound = name.isprintable() and typed[0] == 1 and expected.hex() == key_id
    _need(sound, "the key is not an Ed25519 key, or was copied wrongly")
    return name, expected, typed[1:]


def _checkpoint(note: object, name: str, key_id: bytes) -> tuple[int, bytes, tuple[bytes, bytes]]:
    match = _match(CHECKPOINT, note, "a checkpoint is malformed")
    signed_text, origin, size, root, signer, signature = match.groups()
    _need(origin == signer == name, "a checkpoint is of another ledger than the key")
    # The last character of base64 holds spare bits, which could be altered unnoticed.
    for encoded in (root, signature):
        canonical = base64.b64encode(base64.b64decode(encoded)).decode() == encoded
        _need(canonical, "a checkpoint is malformed")
    data = base64.b64decode(signature)
    _need(data[:4] == key_id, "a checkpoint is signed with another key")
    return int(size), base64.b64decode(root), (signed_text.encode(), data[4:])


def _entry(entry: dict[str, Any], size: int, root: bytes) -> tuple[int, str]:
    body, salt, content = entry["body"], entry["salt"], entry["content"]
    at, commitment, kind, number = _match(BODY, body, "the body of an entry is malformed").groups()
    leaf = hashlib.sha256(b"\x00" + body.encode()).digest()
    proof, seq = _hashes(entry["proof"]), int(number)
    _need(included(leaf, seq - 1, size, proof, root), f"entry {seq} is not in this ledger")
    line = f"Entry {seq} ({kind}, {at} by the ledger's clock) is in the ledger."
    if salt is None and content is None:
        return seq, f"{line} Its content is not here: erased or withheld."
    sound = isinstance(salt, str) and SALT.fullmatch(salt) and isinstance(content, str)
    _need(bool(sound), f"the content of entry {seq} is malformed")
    data = bytes.fromhex(salt) + content.encode("utf-8", "surrogatepass")
    same = hashlib.sha256(data).hexdigest() == commitment
    _need(same, f"the content of entry {seq} is not the one that was entered")
    # A content must not be able to steer the reader's terminal.
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in content)
    return seq, f"{line} Its content: {shown}"


def _hashes(found: object) -> list[bytes]:
    _need(isinstance(found, list), "a proof is malformed")
    texts: list[object] = found if isinstance(found, list) else []
    return [bytes.fromhex(_match(HASH, text, "a proof is malformed")[0]) for text in texts]


def _match(pattern: re.Pattern[str], text: object, otherwise: str) -> re.Match[str]:
    match = pattern.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise Refused(otherwise)
    return match


def _members(found: object, names: list[str]) -> None:
    sound = isinstance(found, dict) and sorted(found) == names
    _need(sound, f"one of its parts does not hold {', '.join(names)} and nothing else")


def _need(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise Refused(otherwise)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Tell whether a proof leads from a leaf to the root (RFC 9162, section 2.1.3.2)."""
    return index < size and _climbed(index, size - 1, leaf, proof)[1] == root


def consistent(old: int, new: int, old_root: bytes, root: bytes, proof: list[bytes]) -> bool:
    """Tell whether a tree is the beginning of another (RFC 9162, section 2.1.4.2)."""
    if not 0 < old < new:
        return 0 < old == new and old_root == root and not proof
    path = [old_root, *proof] if old & (old - 1) == 0 else proof
    index, last = old - 1, new - 1
    while index % 2:
        index, last = index // 2, last // 2
    return bool(path) and _climbed(index, last, path[0], path[1:]) == (old_root, root)


def _climbed(index: int, last: int, start: bytes, path: list[bytes]) -> tuple[bytes, bytes]:
    """Roots of the tree that ends with this node, and of the whole one; empty for no proof."""
    before = after = start
    for other in path:
        if last == 0:
            return b"", b""
        if index % 2 or index == last:
            before, after = _node(other, before), _node(other, after)
            while index and index % 2 == 0:
                index, last = index // 2, last // 2
        else:
            after = _node(after, other)
        index, last = index // 2, last // 2
    return (before, after) if last == 0 else (b"", b"")


# Ed25519: points (x : y : z : t) with t = xy/z on -x^2 + y^2 = 1 + D x^2 y^2 modulo P.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]
NEUTRAL = (0, 1, 1, 0)


def _add(a: Point, b: Point) -> Point:
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * D * a[3] * b[3] % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(scalar: int, point: Point) -> Point:
    total: Point = NEUTRAL
    while scalar:
        if scalar % 2:
            total = _add(total, point)
        point, scalar = _add(point, point), scalar // 2
    return total


def _decoded(data: bytes) -> Point | None:
    y, odd = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * v**3 * pow(u * v**7, (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or v * x * x % P != u or (x == 0 and odd):
        return None
    x = x if x % 2 == odd else P - x
    return x, y, 1, x * y % P


def _encoded(point: Point) -> bytes:
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | x % 2 << 255).to_bytes(32, "little")


def ed25519_accepts(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature is valid (RFC 8032, section 5.1.7), strictly.

    Only the one encoding of each number is accepted, and only keys in the group of order L.
    """
    if len(public) != 32 or len(signature) != 64:
        return False
    key, s = _decoded(public), int.from_bytes(signature[32:], "little")
    base = _decoded(b"\x58" + b"\x66" * 31)
    if key is None or base is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    minus_key = (P - key[0], key[1], 1, P - key[3])
    if _encoded(_add(_times(s, base), _times(k, minus_key))) != signature[:32]:
        return False
    return key[:2] != NEUTRAL[:2] and _encoded(_times(L, key)) == _encoded(NEUTRAL)


def main() -> None:
    """Check the bundle named on the command line."""
    about, details = (__doc__ or "").split("\n\n", 1)
    parser = argparse.ArgumentParser(
        description=about, epilog=details, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", type=Path, help="the file to check")
    parser.add_argument("--key", help="the verifier key as its owner published it")
    arguments = parser.parse_args()
    try:
        lines = check(arguments.bundle.read_bytes().decode("ascii"), arguments.key)
    except OSError as error:
        parser.exit(2, f"{arguments.bundle} cannot be read: {error.strerror}\n")
    except (Refused, UnicodeDecodeError) as error:
        why = error if isinstance(error, Refused) else "the file is damaged"
        parser.exit(1, f"NOT PROVED: {why}.\n")
    # Names are in every script, and some terminals lack some.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    print("PROVED", *lines, sep="\n")  # noqa: T201 - run on its own, it answers on the terminal


if __name__ == "__main__":
    main()
