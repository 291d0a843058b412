"""Claims of others, compared like with like with the documented count and with other figures."""

from everyname.claims.check import check
from everyname.claims.claim import Claim
from everyname.claims.comparable import (
    Counted,
    Difference,
    count_difference,
    figure_difference,
)
from everyname.claims.finding import Basis, Evidence, Finding, Outcome
from everyname.claims.residual import DISJOINT, Residual, breakdown_residual
from everyname.claims.roots import party_key

__all__ = [
    "DISJOINT",
    "Basis",
    "Claim",
    "Counted",
    "Difference",
    "Evidence",
    "Finding",
    "Outcome",
    "Residual",
    "breakdown_residual",
    "check",
    "count_difference",
    "figure_difference",
    "party_key",
]
