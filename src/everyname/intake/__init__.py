"""Intake: a partner's file becomes records, every cell accounted for."""

from everyname.intake.accounting import CellAccount, CellNote, total
from everyname.intake.cells import Cells
from everyname.intake.column_proposal import ColumnProposal
from everyname.intake.conversion import Conversion, RecordsOfTable, convert
from everyname.intake.header import field_for_header
from everyname.intake.known import KnownFormat
from everyname.intake.known_mapping import known_content, known_toml, mapping_like
from everyname.intake.list_file import read_grid, read_table
from everyname.intake.list_release import ListRelease, RowChange, compare, compare_tables
from everyname.intake.list_table import found_table, headed_table, mapped_table
from everyname.intake.listed_row import ListedRow
from everyname.intake.mapping import Mapping
from everyname.intake.proposal import Proposal, propose
from everyname.intake.source_section import SourceSection
from everyname.intake.strict import Strict, describe
from everyname.intake.table import Grid, GridNote, Table, TableOptions

__all__ = [
    "CellAccount",
    "CellNote",
    "Cells",
    "ColumnProposal",
    "Conversion",
    "Grid",
    "GridNote",
    "KnownFormat",
    "ListRelease",
    "ListedRow",
    "Mapping",
    "Proposal",
    "RecordsOfTable",
    "RowChange",
    "SourceSection",
    "Strict",
    "Table",
    "TableOptions",
    "compare",
    "compare_tables",
    "convert",
    "describe",
    "field_for_header",
    "found_table",
    "headed_table",
    "known_content",
    "known_toml",
    "mapped_table",
    "mapping_like",
    "propose",
    "read_grid",
    "read_table",
    "total",
]
