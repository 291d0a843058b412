"""How many persons no list holds: several models side by side, or a refusal with its reason.

A count is documented, an estimate is not: it has an interval and assumptions, and Chao's lower
bound says what the total is at least.
"""

from everyname.estimation.capture_models import capture_models, m0, mb, mbh, mh, mt, mth
from everyname.estimation.cell_influence import CellInfluence, cell_influence
from everyname.estimation.chao import Form, chao, chao_equal_lists, chao_log_linear
from everyname.estimation.combined_estimate import CombinedEstimate
from everyname.estimation.comparison import estimate
from everyname.estimation.comparison_result import Comparison, StratumComparison
from everyname.estimation.dependence_sensitivity import (
    DependenceSensitivity,
    PairDependence,
    dependence_sensitivity,
)
from everyname.estimation.design import further_lists, needed_size
from everyname.estimation.doubly_robust import doubly_robust
from everyname.estimation.further_list import FurtherList
from everyname.estimation.graphical import decomposable
from everyname.estimation.highest_order import no_highest_order
from everyname.estimation.imputation import impute
from everyname.estimation.imputed_strata import stratum_estimates
from everyname.estimation.latent_classes import latent_class
from everyname.estimation.leave_one_out import LeaveOneOut, LeftOut, leave_one_out
from everyname.estimation.linkage_replicates import RecordedPersons, persons_of, tables_of
from everyname.estimation.log_linear import loglinear
from everyname.estimation.models import FAMILIES, MODELS, Model
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.replicates import combine
from everyname.estimation.reported_interval import ReportedEstimate, reported
from everyname.estimation.result import (
    AveragedEstimate,
    Estimate,
    LikelihoodEstimate,
    PosteriorEstimate,
    Refusal,
)
from everyname.estimation.sample_coverage import sample_coverage
from everyname.estimation.stepwise_sparse import sparse
from everyname.estimation.strata import by_stratum, sum_of_strata, tables_by_stratum
from everyname.estimation.stratified_estimate import StratifiedEstimate
from everyname.estimation.stratified_rows import tables_by
from everyname.estimation.table_input import TableLike, as_table
from everyname.estimation.two_list import TwoListForm, estimate_pairs, two_list

__all__ = [
    "FAMILIES",
    "MODELS",
    "AveragedEstimate",
    "CellInfluence",
    "CombinedEstimate",
    "Comparison",
    "DependenceSensitivity",
    "Estimate",
    "Form",
    "FurtherList",
    "LeaveOneOut",
    "LeftOut",
    "LikelihoodEstimate",
    "Model",
    "PairDependence",
    "PatternTable",
    "PosteriorEstimate",
    "RecordedPersons",
    "Refusal",
    "ReportedEstimate",
    "StratifiedEstimate",
    "StratumComparison",
    "TableLike",
    "TwoListForm",
    "as_table",
    "by_stratum",
    "capture_models",
    "cell_influence",
    "chao",
    "chao_equal_lists",
    "chao_log_linear",
    "combine",
    "decomposable",
    "dependence_sensitivity",
    "doubly_robust",
    "estimate",
    "estimate_pairs",
    "further_lists",
    "impute",
    "latent_class",
    "leave_one_out",
    "loglinear",
    "m0",
    "mb",
    "mbh",
    "mh",
    "mt",
    "mth",
    "needed_size",
    "no_highest_order",
    "persons_of",
    "reported",
    "sample_coverage",
    "sparse",
    "stratum_estimates",
    "sum_of_strata",
    "tables_by",
    "tables_by_stratum",
    "tables_of",
    "two_list",
]
