"""Merkle tree: one hash for a whole log, and short proofs of what stands in it.

The tree is kept as its perfect subtrees: node (level, index) is the hash over the leaves from
``index * 2**level`` up to the next node of that level. A node never changes once it is complete:
a database only ever adds nodes, about two a leaf, and a root or a proof reads about log2(n).

References
----------
RFC 6962 (2013) and RFC 9162 (2021), Certificate Transparency, section 2.1 of both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from everyname.errors import LedgerError

_TOO_LARGE = 2**63  # a size that no ledger reaches, so that no number can stall a verification

Node = tuple[int, int, bytes]
"""Level, index within the level, hash."""


class Nodes(Protocol):
    """Reader of stored nodes."""

    def __call__(self, level: int, index: int, /) -> bytes:
        """Hash of the complete node at this level and index."""


class MemoryNodes(dict[tuple[int, int], bytes]):
    """Nodes kept in memory."""

    def __call__(self, level: int, index: int, /) -> bytes:
        """Hash of the complete node at this level and index."""
        return self[level, index]

    def add(self, nodes: Iterable[Node]) -> None:
        """Keep these nodes."""
        self.update(((level, index), hash_) for level, index, hash_ in nodes)


def leaf_hash(data: bytes) -> bytes:
    """Hash of an entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def empty_root() -> bytes:
    """Root of a tree without leaves."""
    return hashlib.sha256().digest()


def completed(size: int, leaf: bytes, node: Nodes) -> Iterator[Node]:
    """Nodes that one more leaf completes.

    Parameters
    ----------
    size
        Number of leaves before.
    leaf
        Hash of the new leaf.
    node
        Reader of the nodes stored so far.

    Yields
    ------
    Node
        The leaf itself, then upwards; two on average.
    """
    level, index = 0, size
    yield level, index, leaf
    while index % 2:
        leaf = node_hash(node(level, index - 1), leaf)
        level, index = level + 1, index // 2
        yield level, index, leaf


def append_many(size: int, leaves: Iterable[bytes], node: Nodes) -> Iterator[Node]:
    """Nodes that many more leaves complete, level by level.

    Parameters
    ----------
    size
        Number of leaves before.
    leaves
        Hashes of the new leaves, in order.
    node
        Reader of the nodes stored before; none of those yielded here is read.

    Yields
    ------
    Node
        The same nodes as from `completed`, leaf after leaf.
    """
    level, first, row = 0, size, list(leaves)
    sha256 = hashlib.sha256
    while row:
        yield from ((level, index, hash_) for index, hash_ in enumerate(row, first))
        if first % 2:
            first -= 1
            row.insert(0, node(level, first))
        # As in node_hash, without a call for each of a million nodes.
        pairs = zip(row[::2], row[1::2], strict=False)  # a last one without a pair waits
        row = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        level, first = level + 1, first // 2


def root(size: int, node: Nodes) -> bytes:
    """Root over the first leaves.

    Parameters
    ----------
    size
        Number of leaves; may be less than are stored.
    node
        Reader of the stored nodes.

    Raises
    ------
    LedgerError
        A size below 0.
    """
    if size < 0:
        raise LedgerError(f"a ledger has no {size} entries", do="Ask for a size from 0")
    return _subtree(0, size, node) if size else empty_root()


def inclusion_proof(index: int, size: int, node: Nodes) -> list[bytes]:
    """Hashes that lead from a leaf to the root.

    Parameters
    ----------
    index
        Number of the leaf, from 0.
    size
        Number of leaves of the tree.
    node
        Reader of the stored nodes.

    Raises
    ------
    LedgerError
        An index outside of the tree.
    """
    if not 0 <= index < size:
        raise LedgerError(
            f"entry {index + 1} is not among the first {size}", do="Ask for an entry from 1 on"
        )
    proof: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = _middle(start, stop)
        if index < middle:
            proof.append(_subtree(middle, stop, node))
            stop = middle
        else:
            proof.append(_subtree(start, middle, node))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, node: Nodes) -> list[bytes]:
    """Hashes that show a tree to be the beginning of a larger one.

    Parameters
    ----------
    old, new
        Numbers of leaves of the two trees.
    node
        Reader of the stored nodes.

    Raises
    ------
    LedgerError
        An old size below 1, of which nothing can be shown, or above the new one.
    """
    if not 0 < old <= new:
        raise LedgerError(
            f"a ledger of {new} entries cannot be compared with one of {old}",
            do=f"Compare it with a size from 1 to {new}",
        )
    proof: list[bytes] = []
    start, stop = 0, new
    while stop != old:
        middle = _middle(start, stop)
        if old <= middle:
            proof.append(_subtree(middle, stop, node))
            stop = middle
        else:
            proof.append(_subtree(start, middle, node))
            start = middle
    if start:
        proof.append(_subtree(start, stop, node))
    return proof[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether a proof leads from a leaf to a root.

    Parameters
    ----------
    leaf
        Hash of the leaf.
    index
        Number of the leaf, from 0.
    size
        Number of leaves of the tree.
    proof
        As from `inclusion_proof`.
    root
        Root of the tree.

    Returns
    -------
    bool
        False for whatever is no proof; nothing is raised.

    References
    ----------
    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size < _TOO_LARGE or not _hashes(leaf, root, *proof):
        return False
    return _climbed(index, size - 1, leaf, proof)[1] == root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether a proof shows one tree to be the beginning of another.

    Parameters
    ----------
    old, new
        Numbers of leaves of the two trees. Of an empty tree nothing can be shown.
    old_root, new_root
        Their roots.
    proof
        As from `consistency_proof`.

    Returns
    -------
    bool
        False for whatever is no proof; nothing is raised.

    References
    ----------
    RFC 9162, section 2.1.4.2.
    """
    if not 0 < old <= new < _TOO_LARGE or not _hashes(old_root, new_root, *proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    index, last = old - 1, new - 1
    while index % 2:
        index, last = index // 2, last // 2
    return bool(path) and _climbed(index, last, path[0], path[1:]) == (old_root, new_root)


def _climbed(index: int, last: int, start: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Roots of the tree that ends with this node, and of the whole one; empty for no proof."""
    before = after = start
    for hash_ in path:
        if last == 0:
            return b"", b""
        if index % 2 or index == last:
            before, after = node_hash(hash_, before), node_hash(hash_, after)
            # Up here, the right edge has no sibling.
            while index and index % 2 == 0:
                index, last = index // 2, last // 2
        else:
            after = node_hash(after, hash_)
        index, last = index // 2, last // 2
    return (before, after) if last == 0 else (b"", b"")


def _hashes(*values: bytes) -> bool:
    return all(isinstance(value, bytes) and len(value) == 32 for value in values)


def _middle(start: int, stop: int) -> int:
    """Where RFC 6962 splits: the largest power of two below the number of leaves."""
    return start + (1 << (stop - start - 1).bit_length() - 1)


def _subtree(start: int, stop: int, node: Nodes) -> bytes:
    """Root over the leaves of one side of a split."""
    width = stop - start
    levels = [level for level in range(width.bit_length()) if width >> level & 1]
    first, *rest = ((level, (start >> level) + (width >> level) - 1) for level in levels)
    hash_ = node(*first)
    for level, index in rest:
        hash_ = node_hash(node(level, index), hash_)
    return hash_
