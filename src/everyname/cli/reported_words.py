"""The reported interval in words: what it rests on, and what linkage and missing fields add."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from everyname.estimation import Estimate, Refusal, ReportedEstimate
from everyname.estimation.combined_estimate import CombinedEstimate

_LEAST_SHOWN = 0.005


def answer(result: Estimate | Refusal) -> str:
    """Say what a result gives, or that it is refused and why."""
    return f"no estimate. {result.reason}" if isinstance(result, Refusal) else result.words


def reported_words(reported: Estimate | Refusal) -> Iterator[str]:
    """Say in a few sentences what the reported interval rests on; nothing of a refusal.

    Parameters
    ----------
    reported
        The reported result.
    """
    if not isinstance(reported, ReportedEstimate):
        return
    shown = [each for each in reported.families if each.weight >= _LEAST_SHOWN]
    left = len(reported.families) - len(shown)
    for each in shown:
        yield (
            f"If {each.takes_for_granted}: {floor(each.low):,} to {ceil(each.high):,}"
            f" ({each.weight:.0%} of the evidence)."
        )
    if left:
        yield f"{left} other kind{'s' if left > 1 else ''} of models: under 1% of the evidence."
    # The first of the diagnostics says the shares again.
    yield from reported.diagnostics[1:]


def with_linkage_words(found: Estimate | Refusal) -> str:
    """Say the reported interval with the uncertainty of linkage, and whose share it is."""
    return f"{answer(found)} {shares_words(found)}".strip()


def shares_words(found: Estimate | Refusal) -> str:
    """Say how much of the variance is whose; an empty text where it is not known."""
    return found.shares_in_words if isinstance(found, CombinedEstimate) else ""
