"""ProvableLedger: how large a ledger is, its root, and the proofs of its entries."""

from __future__ import annotations

from sqlalchemy import func, select

from everyname.errors import LedgerError
from everyname.ledger import schema
from everyname.ledger.bundle import ProvedEntry
from everyname.ledger.merkle import consistency_proof, inclusion_proof, root
from everyname.ledger.opened import OpenedLedger
from everyname.ledger.tree import TreeReader

ASIDE = ("access", "custody", "release")
"""Kinds of entries that change nothing of what is published: who took, kept or gave out what."""


class ProvableLedger(OpenedLedger):
    """A ledger that proves what it holds; made as `OpenedLedger`."""

    def size(self) -> int:
        """Number of entries."""
        with self._reading() as connection:
            return connection.execute(select(func.max(schema.entry.c.seq))).scalar_one() or 0

    def published_size(self) -> int:
        """Number of entries that what is published follows from; those behind are of `ASIDE`."""
        entry = schema.entry.c
        query = (
            select(entry.seq).where(entry.kind.not_in(ASIDE)).order_by(entry.seq.desc()).limit(1)
        )
        with self._reading() as connection:
            return connection.execute(query).scalar() or 0

    def root(self, size: int | None = None) -> bytes:
        """Root of the Merkle tree over the first entries.

        Parameters
        ----------
        size
            Number of entries; None for all.

        Raises
        ------
        LedgerAltered
            A node of the tree is missing.
        """
        with self._reading() as connection:
            nodes = TreeReader(self.database, connection)
            return root(self.size() if size is None else size, nodes)

    def proved(self, seq: int, size: int) -> ProvedEntry:
        """Read an entry with the proof that it is among the first entries.

        Parameters
        ----------
        seq
            Number of the entry, from 1.
        size
            Number of entries of the tree.

        Returns
        -------
        ProvedEntry
            Without salt and content where the content was erased, and for the first entry.

        Raises
        ------
        LedgerError
            There is no such entry.
        """
        query = (
            "SELECT body, salt, content FROM entry LEFT JOIN sealed ON sealed.seq = entry.seq "
            "WHERE entry.seq = ?"
        )
        with self._reading() as connection:
            row = self.database.fetch(connection, query, seq)
            if row is None:
                raise LedgerError(f"there is no entry {seq}", where=self.where, do="Name another")
            nodes = TreeReader(self.database, connection)
            proof = inclusion_proof(seq - 1, size, nodes)
            first = self.database.fetch(connection, "SELECT min(seq) FROM sealed")
        if first is not None and first[0] == seq:
            # Its salt is the ledger's secret.
            row = (row[0], None, None)
        body, salt, content = (part if isinstance(part, bytes) else None for part in row)
        return ProvedEntry(body or b"", tuple(proof), salt, content)

    def grown_from(self, old: int, new: int) -> list[bytes]:
        """Prove that the first `old` entries are the beginning of the first `new`.

        Raises
        ------
        LedgerError
            There are not so many entries.
        """
        with self._reading() as connection:
            return consistency_proof(old, new, TreeReader(self.database, connection))
