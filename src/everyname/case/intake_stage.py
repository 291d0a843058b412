"""The intake stage: each list becomes records in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everyname.case.folder import CaseFolder
from everyname.case.receiving import made_from, receive
from everyname.case.stage import Progress, file_digest, write_text
from everyname.errors import CaseError, MappingError
from everyname.intake import CellAccount, Conversion, convert, read_table
from everyname.intake import Mapping as ListMapping
from everyname.ledger import Ledger, Source


@dataclass(frozen=True, slots=True)
class IntakeOfFile:
    """Takes one list into the ledger.

    Parameters
    ----------
    folder
        The case.
    file
        Name under ``lists/``.
    """

    folder: CaseFolder
    file: str

    @property
    def account_file(self) -> Path:
        """Where the account of the cells is kept."""
        return self.folder.work / "intake" / f"{self.file}.json"

    def inputs(self) -> Mapping[str, Any]:
        """Digests of the list, of its mapping, and of what it was made from."""
        path = self.folder.list_file(self.file)
        if not path.is_file():
            raise CaseError(
                f"case.toml names the list {self.file!r}, and there is no such file under lists/",
                where=str(self.folder.path / "case.toml"),
                do="Put the file there, or correct [lists]",
            )
        mapping = self.folder.mapping_file(self.file)
        if not mapping.is_file():
            raise MappingError(
                f"there is no mapping file {mapping.name} beside this list",
                where=str(path),
                do=f"Write one with: everyname map {path}",
            )
        source = ListMapping.load(mapping).source
        original = made_from(self.folder, self.file, source) if source.made_from else None
        return {
            "list": file_digest(path),
            "mapping": file_digest(mapping),
            "made_from": file_digest(original) if original else "",
        }

    def ready(self) -> bool:
        """Whether the ledger's latest delivery of this file is of just these inputs."""
        if not self.folder.ledger.exists():
            return False
        with Ledger.open(self.folder.ledger) as ledger:
            delivery = ledger.deliveries().get(self.file)
        if delivery is None:
            return False
        inputs = self.inputs()
        preserved = all(
            self.folder.originals.path(sha256).is_file()
            for sha256 in (inputs["list"], inputs["made_from"])
            if sha256
        )
        entered = delivery.document, delivery.mapping
        return entered == (inputs["list"], inputs["mapping"]) and preserved

    def work(self, progress: Progress) -> tuple[Path, ...]:
        """Read the list, preserve its original, and enter its records."""
        progress(f"reading {self.file}")
        path = self.folder.list_file(self.file)
        mapping_path = self.folder.mapping_file(self.file)
        mapping = ListMapping.load(mapping_path)
        table = read_table(path, mapping.table.options())
        digest = file_digest(path)
        conversion = convert(table, mapping, digest, mapping_path.name)
        progress(f"entering {len(conversion.records):,} records of {self.file}")
        self._enter(mapping, file_digest(mapping_path), conversion, progress)
        write_text(self.account_file, conversion.account.model_dump_json(indent=1) + "\n")
        return (self.account_file,)

    def _enter(
        self,
        mapping: ListMapping,
        mapping_digest: str,
        conversion: Conversion,
        progress: Progress,
    ) -> None:
        with Ledger.open(self.folder.ledger) as ledger:
            sha256 = receive(self.folder, self.file, mapping.source, ledger)
            with ledger.writing() as writer:
                for source in conversion.sources.values():
                    writer.source(source)
            ledger.deliver(
                self.file,
                sha256,
                mapping_digest,
                conversion.records,
                progress=lambda done: progress(f"entered {done:,} records of {self.file}"),
            )

    def account(self) -> CellAccount:
        """Read where the cells went."""
        return CellAccount.model_validate_json(self.account_file.read_text(encoding="utf-8"))


def refuse_shared_sources(folder: CaseFolder, files: tuple[str, ...]) -> None:
    """Refuse two lists that give themselves the same source name.

    Their records would have the same references, and judgements could not tell them apart.

    Raises
    ------
    MappingError
        Naming both mapping files.
    """
    seen: dict[str, str] = {}
    for file in files:
        try:
            mapping = ListMapping.load(folder.mapping_file(file))
        except MappingError:
            continue  # said when the list itself is taken in
        source: Source = mapping.source.source()
        if source.key in seen:
            raise MappingError(
                f"the source name {mapping.source.name!r} is also that of {seen[source.key]}",
                where=folder.mapping_file(file).name,
                do="Give each list a source name of its own, such as with the date of its release",
            )
        seen[source.key] = file
