"""A case: a folder, and the run from its lists to its report."""

from everyname.case.case_file import CaseFile
from everyname.case.folder import CaseFolder
from everyname.case.new import new_case
from everyname.case.run import Run, run
from everyname.case.summary import Summary
from everyname.case.verification import verify

__all__ = ["CaseFile", "CaseFolder", "Run", "Summary", "new_case", "run", "verify"]
