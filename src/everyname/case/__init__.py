"""A case: a folder, and the run from its lists to its report."""

from everyname.case.access import record_access
from everyname.case.backup import Backup, back_up
from everyname.case.case_file import CaseFile
from everyname.case.custody import CustodyLog, add_custody, custody_log
from everyname.case.erasing import ErasedRecord, erase_record
from everyname.case.explained import PairExplained, PersonExplained
from everyname.case.explaining import explain_pair, explain_person
from everyname.case.exporting import Exported, export_list
from everyname.case.folder import CaseFolder
from everyname.case.link_interim import LinkInterim
from everyname.case.linking import LinkOutput, link_lists
from everyname.case.list_to_link import ListRead
from everyname.case.new import new_case
from everyname.case.proving import prove
from everyname.case.rebuilding import rebuild_ledger
from everyname.case.recovery import recover
from everyname.case.releasing import release
from everyname.case.restoring import Restored, lock_of, restore
from everyname.case.review import Review, reviewing
from everyname.case.run import Run, TakenIn, run, take_in
from everyname.case.standing import Standing
from everyname.case.summary import Summary
from everyname.case.verification import verify

__all__ = [
    "Backup",
    "CaseFile",
    "CaseFolder",
    "CustodyLog",
    "ErasedRecord",
    "Exported",
    "LinkInterim",
    "LinkOutput",
    "ListRead",
    "PairExplained",
    "PersonExplained",
    "Restored",
    "Review",
    "Run",
    "Standing",
    "Summary",
    "TakenIn",
    "add_custody",
    "back_up",
    "custody_log",
    "erase_record",
    "explain_pair",
    "explain_person",
    "export_list",
    "link_lists",
    "lock_of",
    "new_case",
    "prove",
    "rebuild_ledger",
    "record_access",
    "recover",
    "release",
    "restore",
    "reviewing",
    "run",
    "take_in",
    "verify",
]
