"""Publication: an edition as a report for readers and as open data for machines."""

from everyname.publication.chart_file import chart_file
from everyname.publication.comparison_drawings import (
    ComparisonDrawings,
    draw_comparison,
    save_comparison,
)
from everyname.publication.edition import (
    Edition,
    FileAccount,
    LinkageAccount,
    Response,
    SourceShare,
    Truth,
)
from everyname.publication.group_words import beside_words
from everyname.publication.open_data import write
from everyname.publication.overlap_table import OverlapTable
from everyname.publication.plot import Plot
from everyname.publication.report import render
from everyname.publication.sentences import conflict_kind
from everyname.publication.waterfall import signed, waterfall

__all__ = [
    "ComparisonDrawings",
    "Edition",
    "FileAccount",
    "LinkageAccount",
    "OverlapTable",
    "Plot",
    "Response",
    "SourceShare",
    "Truth",
    "beside_words",
    "chart_file",
    "conflict_kind",
    "draw_comparison",
    "render",
    "save_comparison",
    "signed",
    "waterfall",
    "write",
]
