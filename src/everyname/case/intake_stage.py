"""The intake stage: each list becomes records in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everyname.case.folder import CaseFolder
from everyname.case.list_mapping import ListMapping
from everyname.case.list_releases import latest_release, naming_columns
from everyname.case.receiving import made_from, receive
from everyname.case.stage import Progress, file_digest, write_text
from everyname.errors import CaseError, MappingError, TableError
from everyname.intake import CellAccount, Conversion, ListRelease, convert, mapped_table
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
        listed = ListMapping.of(self.folder, self.file)
        source = listed.mapping.source
        original = made_from(self.folder, self.file, source) if source.made_from else None
        return {
            "list": file_digest(path),
            "mapping": listed.digest,
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

    @property
    def release_file(self) -> Path:
        """What a newer release of the list changed; there is none before the second release."""
        return self.folder.work / "intake" / f"{self.file}.release.json"

    def work(self, progress: Progress) -> tuple[Path, ...]:
        """Read the list, preserve its original, and enter its records."""
        progress(f"reading {self.file}")
        path = self.folder.list_file(self.file)
        listed = ListMapping.of(self.folder, self.file)
        table = mapped_table(path, listed.mapping.table)
        digest = file_digest(path)
        conversion = convert(table, listed.mapping, digest, listed.where, progress)
        progress(f"entering {len(conversion.records):,} records of {self.file}")
        release = self._enter(listed, conversion, progress)
        write_text(self.account_file, conversion.account.model_dump_json(indent=1) + "\n")
        if release is None:
            self.release_file.unlink(missing_ok=True)
            return (self.account_file,)
        write_text(self.release_file, release.model_dump_json(indent=1) + "\n")
        return self.account_file, self.release_file

    def _enter(
        self, listed: ListMapping, conversion: Conversion, progress: Progress
    ) -> ListRelease | None:
        with Ledger.open(self.folder.ledger) as ledger:
            sha256 = receive(self.folder, self.file, listed.mapping.source, ledger)
            with ledger.writing() as writer:
                for source in conversion.sources.values():
                    writer.source(source)
            ledger.deliver(
                self.file,
                sha256,
                listed.digest,
                conversion.records,
                progress=lambda done: progress(f"entered {done:,} records of {self.file}"),
            )
            mapping = listed.mapping
            names = naming_columns(mapping)
            return latest_release(ledger, self.file, mapping.records.key, names)

    def release(self) -> ListRelease | None:
        """Read what the newer release of the list changed; None before the second."""
        if not self.release_file.is_file():
            return None
        return ListRelease.model_validate_json(self.release_file.read_text(encoding="utf-8"))

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
            mapping = ListMapping.of(folder, file).mapping
        except (MappingError, TableError, OSError):
            continue  # said when the list itself is taken in
        source: Source = mapping.source.source()
        if source.key in seen:
            raise MappingError(
                f"the source name {mapping.source.name!r} is also that of {seen[source.key]}",
                where=folder.mapping_file(file).name,
                do="Give each list a source name of its own, such as with the date of its release",
            )
        seen[source.key] = file
