"""How many persons no list holds: several models side by side, or a refusal with its reason.

A count is documented, an estimate is not: it has an interval and assumptions, and Chao's lower
bound says what the total is at least.
"""

from everyname.estimation.chao import Form, chao, chao_equal_lists, chao_log_linear
from everyname.estimation.estimate import Estimate, Refusal
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.side_by_side import estimate_all
from everyname.estimation.two_list import TwoListForm, estimate_pairs, two_list

__all__ = [
    "Estimate",
    "Form",
    "PatternTable",
    "Refusal",
    "TwoListForm",
    "chao",
    "chao_equal_lists",
    "chao_log_linear",
    "estimate_all",
    "estimate_pairs",
    "two_list",
]
