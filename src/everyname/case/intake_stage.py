"""The intake stage: each list becomes records in the ledger."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everyname.case.folder import CaseFolder
from everyname.case.stage import Progress, file_digest, write_text
from everyname.errors import CaseError, MappingError
from everyname.intake import CellAccount, Conversion, convert, read_table
from everyname.intake import Mapping as ListMapping
from everyname.ledger import Document, Ledger, Source, utc_now

mimetypes.add_type("text/csv", ".csv")
mimetypes.add_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")


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
        """Digests of the list and of its mapping."""
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
        return {"list": file_digest(path), "mapping": file_digest(mapping)}

    def ready(self) -> bool:
        """Whether the ledger's latest delivery of this file is of just these inputs."""
        if not self.folder.ledger.is_file():
            return False
        with Ledger.open(self.folder.ledger) as ledger:
            delivery = ledger.deliveries().get(self.file)
        if delivery is None:
            return False
        given = {"list": delivery.document, "mapping": delivery.mapping}
        preserved = self.folder.originals.path(delivery.document).is_file()
        return given == self.inputs() and preserved

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
        self._enter(path, mapping, file_digest(mapping_path), conversion)
        write_text(self.account_file, conversion.account.model_dump_json(indent=1) + "\n")
        return (self.account_file,)

    def _enter(
        self, path: Path, mapping: ListMapping, mapping_digest: str, conversion: Conversion
    ) -> None:
        data = path.read_bytes()
        sha256 = self.folder.originals.preserve(data)
        document = Document(
            sha256=sha256,
            name=self.file,
            media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            size=len(data),
            received=utc_now().isoformat(timespec="seconds"),
            received_from=mapping.source.received_from,
        )
        with Ledger.open(self.folder.ledger) as ledger, ledger.writing() as writer:
            writer.document(document)
            for source in conversion.sources.values():
                writer.source(source)
            writer.deliver(self.file, sha256, mapping_digest, conversion.records)

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
