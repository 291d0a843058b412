"""The mapping of a list of a case: its mapping file, or that of the published format it is in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from everyname.case.folder import CaseFolder
from everyname.case.stage import file_digest, write_json
from everyname.errors import MappingError
from everyname.intake import Mapping, TableOptions, found_table, known_content
from everyname.intake.header import field_for_header
from everyname.ledger import sha256_of

RULES = 2
"""Version of the rules by which formats are recognised: what older ones found is not used."""
_DECISIVE = frozenset({"fate", "status"})


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
            There is no mapping file and the list is in no known format, or has a column beside
            those of the format that speaks of fate or status; or the mapping cannot be used.
        TableError
            There is no mapping file, and the list cannot be read.
        """
        path = folder.mapping_file(file)
        if path.is_file():
            return cls(Mapping.load(path), file_digest(path), path.name)
        found = _recognised(folder, file)
        if found.content is None or found.doubt:
            raise MappingError(
                f"there is no mapping file {path.name} beside this list, and {found.why_not}",
                where=str(folder.list_file(file)),
                do=f"Write one with: everyname map {folder.list_file(file)}",
            )
        text = json.dumps(found.content, sort_keys=True, ensure_ascii=False)
        return cls(Mapping.from_content(found.content, file), sha256_of(text.encode()), file)


@dataclass(frozen=True, slots=True)
class _Recognised:
    """What a list's columns say of its format.

    ``doubt`` names the columns that speak of fate or status and are none of the format's: what
    the publisher says of everybody need not hold in such a list.
    """

    content: dict[str, object] | None = None
    title: str = ""
    doubt: tuple[str, ...] = ()

    @property
    def why_not(self) -> str:
        """Why the format does not do without a mapping file."""
        if self.content is None:
            return "it is in no published format that is known"
        named = ", ".join(map(repr, self.doubt))
        return (
            f"though it looks like {self.title}, that format has no column {named}, which seems "
            "to say what happened to a person or who they were"
        )


def _recognised(folder: CaseFolder, file: str) -> _Recognised:
    """Recognise a list's format; what was found of these bytes before is not looked for again."""
    path = folder.list_file(file)
    kept = folder.work / "intake" / f"{file}.format.json"
    digest = file_digest(path)
    try:
        known = json.loads(kept.read_text(encoding="utf-8"))
        if known["list"] == digest and known["rules"] == RULES:
            return _Recognised(known["content"], known["title"], tuple(known["doubt"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    table, found = found_table(path, TableOptions())
    recognised = _Recognised()
    if found:
        others = found.others(table.columns)
        doubt = tuple(column for column in others if field_for_header(column) in _DECISIVE)
        recognised = _Recognised(known_content(found, table, path.stem), found.title, doubt)
    write_json(kept, {"list": digest, "rules": RULES, **asdict(recognised)})
    return recognised
