"""The ledger: sources, documents, records and judgements in an append-only log."""

from everyname.ledger.access import Access
from everyname.ledger.assignment import Assignment
from everyname.ledger.attestation import Keys, attest, contradicted
from everyname.ledger.bundle import ProvedEntry, make_bundle
from everyname.ledger.canonical import digest
from everyname.ledger.checkpoint import Checkpoint
from everyname.ledger.cipher import Cipher, database_key
from everyname.ledger.correction import CORRECTED, Correction, corrected
from everyname.ledger.custody import CONVERTED, MADE, RECEIVED, Custody
from everyname.ledger.database import Database
from everyname.ledger.delivery import Delivery
from everyname.ledger.document import MINIMUM, Document, Originals, original_of, sha256_of
from everyname.ledger.erasing import Erased, erase, replay_erasures
from everyname.ledger.erasure import Erasure
from everyname.ledger.filed import Filed
from everyname.ledger.judgement import DECISIONS, Decision, Judgement
from everyname.ledger.ledger import Ledger, utc_now
from everyname.ledger.postgresql import PostgreSQL
from everyname.ledger.reader import LedgerReader
from everyname.ledger.rebuilding import rebuild
from everyname.ledger.record import Locator, Record, Statement
from everyname.ledger.release import Release
from everyname.ledger.ruling import Ruling
from everyname.ledger.signing_key import SigningKey, VerifierKey
from everyname.ledger.source import Source, independent_roots, slug
from everyname.ledger.sqlite import SQLite
from everyname.ledger.values import values_of
from everyname.ledger.vault import Vault
from everyname.ledger.verification import verify
from everyname.ledger.whole_file import written_whole
from everyname.ledger.withdrawal import Withdrawal
from everyname.ledger.writer import Delivered, Writer

__all__ = [
    "CONVERTED",
    "CORRECTED",
    "DECISIONS",
    "MADE",
    "MINIMUM",
    "RECEIVED",
    "Access",
    "Assignment",
    "Checkpoint",
    "Cipher",
    "Correction",
    "Custody",
    "Database",
    "Decision",
    "Delivered",
    "Delivery",
    "Document",
    "Erased",
    "Erasure",
    "Filed",
    "Judgement",
    "Keys",
    "Ledger",
    "LedgerReader",
    "Locator",
    "Originals",
    "PostgreSQL",
    "ProvedEntry",
    "Record",
    "Release",
    "Ruling",
    "SQLite",
    "SigningKey",
    "Source",
    "Statement",
    "Vault",
    "VerifierKey",
    "Withdrawal",
    "Writer",
    "attest",
    "contradicted",
    "corrected",
    "database_key",
    "digest",
    "erase",
    "independent_roots",
    "make_bundle",
    "original_of",
    "rebuild",
    "replay_erasures",
    "sha256_of",
    "slug",
    "utc_now",
    "values_of",
    "verify",
    "written_whole",
]
