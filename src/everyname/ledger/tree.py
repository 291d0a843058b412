"""TreeReader: the Merkle tree over the entries, as it lies in the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from everyname.errors import LedgerAltered
from everyname.ledger.database import Database
from everyname.ledger.merkle import Node, leaf_hash, node_hash

LOWEST = 4
"""Lowest level that is stored: what lies below is soon made again from 16 entries."""


def stored(nodes: Iterable[Node]) -> list[Node]:
    """Those nodes that the ledger keeps."""
    return [node for node in nodes if node[0] >= LOWEST]


class TreeReader:
    """Reads nodes of the tree; a `merkle.Nodes`.

    Parameters
    ----------
    database
        Where the ledger is kept.
    connection
        An open connection to it.
    """

    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._connection = connection

    def __call__(self, level: int, index: int, /) -> bytes:
        """Read the hash of one node.

        Parameters
        ----------
        level
            0 for leaves.
        index
            Number of the node on its level, from 0.

        Raises
        ------
        LedgerAltered
            The node, or the entry of the leaf, is not there.
        """
        if 0 < level < LOWEST:
            return node_hash(self(level - 1, 2 * index), self(level - 1, 2 * index + 1))
        if level:
            query = "SELECT hash FROM node WHERE level = ? AND position = ?"
            row = self._database.fetch(self._connection, query, level, index)
        else:
            query = "SELECT body FROM entry WHERE seq = ?"
            row = self._database.fetch(self._connection, query, index + 1)
        if row is None or not isinstance(row[0], bytes):
            raise LedgerAltered(
                f"node {index} on level {level} of the tree is missing",
                where=self._database.label,
                do="Verify the ledger, and restore it from a backup",
            )
        return row[0] if level else leaf_hash(row[0])
