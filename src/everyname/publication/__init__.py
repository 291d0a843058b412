"""Publication: an edition as a report for readers and as open data for machines."""

from everyname.publication.chart_file import chart_file
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
from everyname.publication.report import render
from everyname.publication.sentences import conflict_kind
from everyname.publication.waterfall import signed, waterfall

__all__ = [
    "Edition",
    "FileAccount",
    "LinkageAccount",
    "Response",
    "SourceShare",
    "Truth",
    "beside_words",
    "chart_file",
    "conflict_kind",
    "render",
    "signed",
    "waterfall",
    "write",
]
