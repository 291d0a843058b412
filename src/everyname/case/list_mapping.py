"""The mapping of a list of a case: its mapping file, or that of the published format it is in."""

from __future__ import annotations

import json
from dataclasses import dataclass

from everyname.case.folder import CaseFolder
from everyname.case.stage import file_digest, write_json
from everyname.errors import MappingError
from everyname.intake import Mapping, TableOptions, found_table, known_content
from everyname.ledger import sha256_of


@dataclass(frozen=True, slots=True)
class ListMapping:
    """How a list is read.

    Parameters
    ----------
    mapping
        Which column is which field.
    digest
        SHA-256 of what says so.
    where
        Name of the mapping file, or of the list where none is needed.
    """

    mapping: Mapping
    digest: str
    where: str

    @classmethod
    def of(cls, folder: CaseFolder, file: str) -> ListMapping:
        """Read the mapping file of a list, or recognise the format that the list is in.

        Parameters
        ----------
        folder
            The case.
        file
            Name under ``lists/``.

        Raises
        ------
        MappingError
            There is no mapping file and the list is in no known format, or it cannot be used.
        TableError
            There is no mapping file, and the list cannot be read.
        """
        path = folder.mapping_file(file)
        if path.is_file():
            return cls(Mapping.load(path), file_digest(path), path.name)
        content = _recognised(folder, file)
        if content is None:
            raise MappingError(
                f"there is no mapping file {path.name} beside this list, and it is in no "
                "published format that is known",
                where=str(folder.list_file(file)),
                do=f"Write one with: everyname map {folder.list_file(file)}",
            )
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return cls(Mapping.from_content(content, file), sha256_of(text.encode()), file)


def _recognised(folder: CaseFolder, file: str) -> dict[str, object] | None:
    """Recognise a list's format; what was found of these bytes before is not looked for again."""
    path = folder.list_file(file)
    kept = folder.work / "intake" / f"{file}.format.json"
    digest = file_digest(path)
    try:
        known = json.loads(kept.read_text(encoding="utf-8"))
        if known["list"] == digest:
            content: dict[str, object] | None = known["content"]
            return content
    except (OSError, ValueError, KeyError, TypeError):
        pass
    table, found = found_table(path, TableOptions())
    content = known_content(found, table, path.stem) if found else None
    write_json(kept, {"list": digest, "content": content})
    return content
