"""Mapping files that need no guessing: of published formats, and of a list's next release."""

from __future__ import annotations

from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from everyname.errors import MappingError
from everyname.intake.known import KnownFormat
from everyname.intake.list_table import mapped_table
from everyname.intake.mapping import Mapping
from everyname.intake.proposal import remark
from everyname.intake.table import Table


def known_content(known: KnownFormat, table: Table, source_name: str) -> dict[str, object]:
    """Make the mapping of a list in a published format.

    Parameters
    ----------
    known
        The format.
    table
        The list, as `found_table` gives it.
    source_name
        Name of the source.

    Returns
    -------
    dict
        Parsed TOML, as `Mapping.from_content` takes it.
    """
    content: dict[str, object] = known.mapping(source_name, table.columns)
    read: dict[str, object] = {"header_row": table.header_row, "header_rows": table.header_rows}
    if known.reshapes:
        read = {"format": known.name}
    if table.sheet:
        read["sheet"] = table.sheet
    if table.grid.guessed:
        read["encoding"] = table.grid.guessed
    return {**content, "table": read}


def known_toml(known: KnownFormat, table: Table, source_name: str) -> str:
    """Write the mapping file of a list in a published format.

    Parameters
    ----------
    known, table, source_name
        As in `known_content`.
    """
    document = tomlkit.document()
    document.add(remark(f"How everyname reads {table.file}: as {known.title}."))
    for name, section in known_content(known, table, source_name).items():
        document[name] = section
    return tomlkit.dumps(document)


def mapping_like(like: Path, path: Path, source_name: str) -> str:
    """Write the mapping file of a list's next release, as that of an earlier one says.

    Parameters
    ----------
    like
        Mapping file of the earlier release; its remarks are kept.
    path
        The new release.
    source_name
        Name of its source; the earlier name with the file's name behind it if empty, since
        two sources must not have the same name.

    Raises
    ------
    MappingError
        The mapping cannot be read, or does not fit the new release.
    TableError
        The new release cannot be read.
    """
    mapping = Mapping.load(like)
    mapping.fit(mapped_table(path, mapping.table), like.name)
    try:
        document = tomlkit.parse(like.read_text(encoding="utf-8-sig"))
    except TOMLKitError as error:
        raise MappingError(
            f"this is not TOML ({error})", where=like.name, do="Correct the line it names"
        ) from None
    document["source"]["name"] = source_name or f"{mapping.source.name}, {path.stem}"
    for moment in ("published", "received", "captured"):
        if moment in document["source"]:
            document["source"][moment] = ""
    return tomlkit.dumps(document)
