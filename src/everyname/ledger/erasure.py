"""Erasure: contents that were removed by law or by right, and who ordered it.

The log keeps the entries: that something was entered, and when, stays provable. What was said is
gone, with the salt without which nobody can test a guess against the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger.canonical import Json, digest
from everyname.ledger.signed_note import SignedNote, sign, verify
from everyname.ledger.signing_key import SigningKey, VerifierKey

_TITLE = "everyname erasure"


@dataclass(frozen=True, slots=True)
class Erasure:
    """An order to erase contents, carried out.

    Parameters
    ----------
    targets
        Number and commitment of each entry whose content was erased.
    documents
        SHA-256 of the originals that were removed with them.
    references
        Keyed digests of the references that were erased, so that a list that still holds them
        does not bring them back.
    by
        Who ordered it.
    why
        On which ground.
    note
        All of it, signed with the ledger's key; of who ordered it and why, a digest.
    """

    targets: tuple[tuple[int, str], ...]
    documents: tuple[str, ...]
    references: tuple[str, ...]
    by: str
    why: str
    note: str

    @property
    def content(self) -> dict[str, Json]:
        """The content that is sealed in the ledger."""
        return {
            "erases": [seq for seq, _ in self.targets],
            "commitments": [commitment for _, commitment in self.targets],
            "documents": list(self.documents),
            "references": list(self.references),
            "by": self.by,
            "why": self.why,
            "note": self.note,
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Make an erasure from its sealed content."""
        return cls(
            targets=tuple(zip(content["erases"], content["commitments"], strict=True)),
            documents=tuple(content["documents"]),
            references=tuple(content["references"]),
            by=content["by"],
            why=content["why"],
            note=content["note"],
        )

    @classmethod
    def ordered(
        cls,
        targets: tuple[tuple[int, str], ...],
        documents: tuple[str, ...],
        references: tuple[str, ...],
        by: str,
        why: str,
        key: SigningKey,
    ) -> Self:
        """Sign an order.

        Parameters
        ----------
        targets, documents, references, by, why
            As for the class.
        key
            The ledger's key.
        """
        ordered = digest("everyname.ordered.1", by, why)
        note = sign(_text(key.name, ordered, targets, documents, references), key)
        return cls(targets, documents, references, by, why, note)

    def signed_by(self, key: VerifierKey) -> bool:
        """Whether the ledger's key signed just this order, its ground and who gave it."""
        try:
            verify(self.note, [key])
            said = SignedNote.parse(self.note).text
        except (LedgerAltered, LedgerError):
            return False
        ordered = digest("everyname.ordered.1", self.by, self.why)
        return said == _text(key.name, ordered, self.targets, self.documents, self.references)

    @classmethod
    def from_note(cls, note: str, key: VerifierKey) -> Self:
        """Read an order that was kept outside the ledger; who ordered it and why are not in it.

        Raises
        ------
        LedgerAltered
            It is not signed with the key.
        LedgerError
            It is no order to erase.
        """
        verify(note, [key])
        title, origin, *lines = SignedNote.parse(note).text.splitlines()
        if title != _TITLE or origin != key.name:
            raise LedgerError(
                "this note orders no erasure in this ledger", do="Name the folder of another case"
            )
        parts = [line.split(" ") for line in lines]
        return cls(
            targets=tuple((int(part[1]), part[2]) for part in parts if part[0] == "entry"),
            documents=tuple(part[1] for part in parts if part[0] == "document"),
            references=tuple(part[1] for part in parts if part[0] == "reference"),
            by="",
            why="",
            note=note,
        )


def _text(
    origin: str,
    ordered: str,
    targets: tuple[tuple[int, str], ...],
    documents: tuple[str, ...],
    references: tuple[str, ...],
) -> str:
    lines = [_TITLE, origin, f"ordered {ordered}"]
    lines += [f"entry {seq} {commitment}" for seq, commitment in targets]
    lines += [f"document {sha256}" for sha256 in documents]
    lines += [f"reference {reference}" for reference in references]
    return "\n".join(lines) + "\n"
