"""The outcome of checking a claim, with what speaks for it and against it."""

from __future__ import annotations

from html import escape
from typing import Literal

from pydantic import BaseModel, ConfigDict

from everyname.claims.claim import Claim

Outcome = Literal[
    "consistent", "inconsistent", "outside the range", "not comparable", "cannot be checked"
]
Basis = Literal["count", "figures", "count and figures", "nothing"]


class Evidence(BaseModel):
    """One count or figure that a claim was put beside.

    Attributes
    ----------
    kind, id
        Whether it is a count or a figure, and the id of the count or of the figure's record.
    range
        Its numbers in words.
    said_by
        Who states the figure; empty for a count.
    why
        Why it speaks for the claim, against it, or not to it.
    repeats
        Whether it goes back to nothing but the claimant and the sources the claim copies.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["count", "figure"]
    id: str
    range: str
    said_by: str = ""
    why: str
    repeats: bool = False


class Finding(BaseModel):
    """What came of checking one claim against the record.

    Attributes
    ----------
    claim
        The claim.
    outcome
        The outcome over all; `check` says how it is made.
    basis
        What the claim could be compared with.
    against_count, against_figures
        The outcome on each basis alone; None where there was none to look at.
    supports, contradicts
        What agrees with the claim and what does not.
    undecided
        What was compared and neither agrees with the claim nor excludes it.
    not_compared
        What counts something else, each with why.
    independent_roots
        Primary sources behind the agreeing figures, without the claimant, the sources the claim
        copies, and whatever these go back to.
    explanation
        The outcome in words.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: Claim
    outcome: Outcome
    basis: Basis
    against_count: Outcome | None = None
    against_figures: Outcome | None = None
    supports: tuple[Evidence, ...] = ()
    contradicts: tuple[Evidence, ...] = ()
    undecided: tuple[Evidence, ...] = ()
    not_compared: tuple[Evidence, ...] = ()
    independent_roots: int = 0
    explanation: str

    def _repr_html_(self) -> str:
        """Show the finding in a notebook."""
        groups = (
            ("Agrees", self.supports),
            ("Does not agree", self.contradicts),
            ("Does not exclude it", self.undecided),
            ("Not compared", self.not_compared),
        )
        lists = "".join(
            f"<p>{title}</p><ul>{''.join(_item(piece) for piece in found)}</ul>"
            for title, found in groups
            if found
        )
        return (
            f"<div><p>{escape(self.claim.text)} ({escape(self.claim.said_by)})</p>"
            f"<p><strong>{self.outcome}</strong>. {escape(self.explanation)}</p>{lists}</div>"
        )


def _item(piece: Evidence) -> str:
    who = f", {escape(piece.said_by)}" if piece.said_by else ""
    return f"<li>{escape(piece.range)}{who}: {escape(piece.why)} ({escape(piece.id)})</li>"
