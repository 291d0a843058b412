"""ZIP archives that hold a list: the one file within, or the one that is named."""

from __future__ import annotations

import os
import struct
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from everyname.errors import TableError
from everyname.intake.workbook_package import BOMB_FROM, BOMB_RATIO, BROKEN

LARGEST = 1_000_000_000
"""Bytes of the file within."""
LARGEST_DIRECTORY = 32 << 20
SHOWN = 20
_END = struct.Struct("<4s4H2LH")
_FAR_END = struct.Struct("<4sLQL")


@dataclass(frozen=True, slots=True)
class Member:
    """A file taken out of an archive.

    Parameters
    ----------
    name
        Its name within the archive.
    file
        Its content, in memory and on no disk.
    names
        Names of all lists in the archive.
    sheet
        What is left of the sheet wanted, once the member's name is taken off.
    """

    name: str
    file: BinaryIO
    names: tuple[str, ...]
    sheet: str


def archive_names(file: BinaryIO) -> list[str]:
    """Names of all the files in an archive.

    Raises
    ------
    TableError
        It is no archive, or a damaged one, or its directory alone is larger than any.
    """
    return [info.filename for info in _opened(file).infolist()]


def take_out(name: str, file: BinaryIO, wanted: str, endings: frozenset[str]) -> Member:
    """Take the list out of an archive.

    Parameters
    ----------
    name
        Name of the archive, for messages.
    file
        The archive.
    wanted
        Name of the file within, without its folders where no other is called so, and after a
        slash the sheet in it; where the archive holds one list only, the sheet alone will do.
    endings
        Endings of lists; other files are taken only where no list is there.

    Raises
    ------
    TableError
        Several files and none named, no such file, an encrypted or damaged one, or one that
        unpacks to more than any list.
    """
    archive = _opened(file)
    files = [info for info in archive.infolist() if _counts(info)]
    lists = [i for i in files if PurePosixPath(i.filename).suffix.lower() in endings] or files
    names = tuple(info.filename for info in lists)
    if not lists:
        raise TableError("this archive is empty", where=name, do="Send the archive with its list")
    named = _named(files, wanted)
    if named:
        info, rest = named
        return Member(info.filename, _unpacked(name, archive, info), names, rest)
    if len(lists) == 1:
        return Member(names[0], _unpacked(name, archive, lists[0]), names, wanted)
    shown = ", ".join(map(repr, names[:SHOWN]))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    missing = f"no file {wanted!r}" if wanted else "several files"
    raise TableError(
        f"there is {missing} in this archive" if wanted else f"this archive holds {missing}",
        where=name,
        do=f"Name one with --sheet, or as sheet under [table] in the mapping file: {shown}{more}",
    )


def _named(files: list[zipfile.ZipInfo], wanted: str) -> tuple[zipfile.ZipInfo, str] | None:
    """The file that is wanted, and what is left of its name for the sheet in it."""
    for called in (lambda info: info.filename, _last):
        found = [
            info
            for info in files
            if wanted == called(info) or wanted.startswith(f"{called(info)}/")
        ]
        # Only a whole name may be a part of another one: the first then stands for it.
        if found and (len(found) == 1 or called is not _last):
            return found[0], wanted[len(called(found[0])) + 1 :]
    return None


def _last(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename.replace("\\", "/")).name


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    if _directory_size(file) > LARGEST_DIRECTORY:
        raise TableError(
            "this archive holds more files than can be listed", do="Send the list alone"
        )
    file.seek(0)
    try:
        return zipfile.ZipFile(file)
    except BROKEN as error:
        raise TableError(
            f"this archive is damaged ({type(error).__name__})", do="Send the file again"
        ) from None


def _directory_size(file: BinaryIO) -> int:
    """Size in bytes that the archive says its directory has."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - _END.size - 0xFFFF))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        return 0
    size = _END.unpack_from(tail, at)[5]
    locator = at - _FAR_END.size
    if locator < 0 or not tail.startswith(b"PK\x06\x07", locator):
        return int(size)
    file.seek(min(_FAR_END.unpack_from(tail, locator)[2], length))
    record = file.read(56)
    if len(record) < 56:
        return int(size)
    return int(max(size if size != 0xFFFFFFFF else 0, struct.unpack_from("<Q", record, 40)[0]))


def _counts(info: zipfile.ZipInfo) -> bool:
    """Tell a file from a folder and from what systems put beside files."""
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    hidden = not parts or parts[0] == "__MACOSX" or parts[-1].startswith(".")
    return not (info.is_dir() or hidden)


def _unpacked(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    where = f"{name}, {info.filename}"
    if info.flag_bits & 1:
        raise TableError("the file is encrypted", where=where, do="Send it without a password")
    # Names of the dead are not left on a disk by a copy that nobody knows of.
    unpacked = os.fdopen(os.memfd_create("everyname"), "w+b")
    try:
        with archive.open(info) as packed:
            while chunk := packed.read(1 << 20):
                unpacked.write(chunk)
                _weigh(unpacked.tell(), info, where)
    except BROKEN as error:
        unpacked.close()
        raise TableError(
            f"the file cannot be unpacked ({type(error).__name__})",
            where=where,
            do="Send the archive again, or the list itself",
        ) from None
    except TableError:
        unpacked.close()
        raise
    unpacked.flush()
    return unpacked


def _weigh(done: int, info: zipfile.ZipInfo, where: str) -> None:
    if done > LARGEST or (done > BOMB_FROM and done > BOMB_RATIO * max(info.compress_size, 1)):
        raise TableError(
            f"the file unpacks to more than {done:,} bytes, as no list does",
            where=where,
            do="Send the list itself, not packed",
        )
