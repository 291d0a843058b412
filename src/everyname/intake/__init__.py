"""Intake: a partner's file becomes records, every cell accounted for."""

from everyname.intake.accounting import CellAccount, CellNote, total
from everyname.intake.conversion import Conversion, convert
from everyname.intake.header import find_header
from everyname.intake.list_file import TEXT, WORKBOOKS, read_table
from everyname.intake.mapping import Mapping, SourceSection, describe
from everyname.intake.proposal import Proposal, propose
from everyname.intake.table import Table, TableOptions

__all__ = [
    "TEXT",
    "WORKBOOKS",
    "CellAccount",
    "CellNote",
    "Conversion",
    "Mapping",
    "Proposal",
    "SourceSection",
    "Table",
    "TableOptions",
    "convert",
    "describe",
    "find_header",
    "propose",
    "read_table",
    "total",
]
