"""CaseFolder: where things lie in a case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from everyname.case.case_file import CaseFile
from everyname.errors import CaseError
from everyname.ledger import Originals


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """A case folder.

    Parameters
    ----------
    path
        The folder.
    """

    path: Path

    def file(self) -> CaseFile:
        """Read ``case.toml``; raises CaseError when it is not as it should be."""
        return CaseFile.load(self.path / "case.toml")

    @property
    def ledger(self) -> Path:
        """The ledger."""
        return self.path / "out" / "ledger.sqlite"

    @property
    def originals(self) -> Originals:
        """The preserved originals."""
        return Originals(self.path / "out" / "originals")

    @property
    def work(self) -> Path:
        """What stages hand to each other."""
        return self.path / "out" / "work"

    @property
    def report(self) -> Path:
        """The report."""
        return self.path / "out" / "report" / "index.html"

    @property
    def data(self) -> Path:
        """Open data."""
        return self.path / "out" / "data"

    @property
    def receipt(self) -> Path:
        """What the last finished run left."""
        return self.path / "out" / "receipt.json"

    @property
    def judgements(self) -> Path:
        """Human judgements."""
        return self.path / "hand" / "judgements.csv"

    def list_file(self, name: str) -> Path:
        """A partner's file.

        Raises
        ------
        CaseError
            The name leads out of the folder ``lists/``.
        """
        folder = (self.path / "lists").resolve()
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise CaseError(
                f"the list {name!r} lies outside lists/",
                where=str(self.path / "case.toml"),
                do="Copy the file into lists/",
            )
        return self.path / "lists" / name

    def mapping_file(self, name: str) -> Path:
        """The mapping beside a partner's file."""
        return self.list_file(name).with_suffix(".toml")
