"""The ledger: sources, documents, records and judgements in an append-only log."""

from everyname.ledger.assignment import Assignment
from everyname.ledger.canonical import digest
from everyname.ledger.delivery import Delivery
from everyname.ledger.document import Document, Originals, sha256_of
from everyname.ledger.judgement import DECISIONS, Decision, Judgement
from everyname.ledger.ledger import Ledger, utc_now
from everyname.ledger.reader import Filed, LedgerReader
from everyname.ledger.record import Locator, Record, Statement
from everyname.ledger.source import Source, independent_roots, slug
from everyname.ledger.verification import verify
from everyname.ledger.writer import Writer

__all__ = [
    "DECISIONS",
    "Assignment",
    "Decision",
    "Delivery",
    "Document",
    "Filed",
    "Judgement",
    "Ledger",
    "LedgerReader",
    "Locator",
    "Originals",
    "Record",
    "Source",
    "Statement",
    "Writer",
    "digest",
    "independent_roots",
    "sha256_of",
    "slug",
    "utc_now",
    "verify",
]
