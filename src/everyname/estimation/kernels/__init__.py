"""Arithmetic of the estimators, on NumPy arrays and plain numbers only.

Nothing here knows a case, a record or a word of a report, so that each formula can be checked
against its paper line by line.
"""

from everyname.estimation.kernels.bound import differing_lists, equal_lists
from everyname.estimation.kernels.capture_designs import chao_log_linear_fit
from everyname.estimation.kernels.frequencies import frequencies, singles
from everyname.estimation.kernels.interval import log_normal
from everyname.estimation.kernels.two_list import chapman, lincoln_petersen

__all__ = [
    "chao_log_linear_fit",
    "chapman",
    "differing_lists",
    "equal_lists",
    "frequencies",
    "lincoln_petersen",
    "log_normal",
    "singles",
]
