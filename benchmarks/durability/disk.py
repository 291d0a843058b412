"""Disk: what a power cut may leave of a sequence of file operations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
STALE = b"\xa5" * SECTOR
TORN = 0.25
ROOT = 0


@dataclass(frozen=True, slots=True)
class Make:
    """A new empty file or folder, which has no name yet."""

    node: int
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Names change in one step: (folder, name, node), with None where a name goes away."""

    changes: tuple[tuple[int, str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes are written into a file."""

    node: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """A file is cut or lengthened to this many bytes."""

    node: int
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """A file or folder is synced; `began` operations were done when the call began.

    None means all that came before it: the call was not interrupted by another thread.
    """

    node: int
    began: int | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """The process wrote a line to its standard output: the world has heard of it."""

    text: str


Operation = Make | Names | Write | Resize | Sync | Say


@dataclass(frozen=True, slots=True)
class Image:
    """What lies on a disk: bytes of each file and all folders, by path below the root."""

    files: Mapping[str, bytes]
    folders: frozenset[str] = frozenset()

    def write_to(self, folder: Path) -> None:
        """Make it real in an empty folder."""
        for name in sorted(self.folders):
            (folder / name).mkdir()
        for name, data in self.files.items():
            (folder / name).write_bytes(data)


@dataclass(slots=True)
class _Content:
    """Sectors and size of a file; a sector that is not there was never written."""

    sectors: dict[int, bytes] = field(default_factory=dict)
    size: int = 0

    def resize(self, size: int) -> None:
        if size < self.size:
            for number in [n for n in self.sectors if n * SECTOR >= size]:
                del self.sectors[number]
            last, kept = divmod(size, SECTOR)
            if last in self.sectors:
                self.sectors[last] = self.sectors[last][:kept].ljust(SECTOR, b"\0")
        self.size = size

    def bytes(self, missing: Callable[[int], bytes]) -> bytes:
        whole = (self.sectors.get(n) or missing(n) for n in range(-(-self.size // SECTOR)))
        return b"".join(whole)[: self.size]


@dataclass(frozen=True, slots=True)
class _Step:
    """One unsynced operation on a file: sectors as the cache held them after it, and a new size."""

    at: int
    sectors: Mapping[int, bytes]
    size: int | None

    def apply(self, content: _Content, kept: Iterable[int], *, resize: bool) -> None:
        if resize and self.size is not None:
            content.resize(self.size)
        content.sectors.update((number, self.sectors[number]) for number in kept)


@dataclass(slots=True)
class _File:
    """A file: what is safe, what the process sees, and the steps between the two."""

    safe: _Content = field(default_factory=_Content)
    seen: _Content = field(default_factory=_Content)
    steps: list[_Step] = field(default_factory=list)

    def write(self, at: int, offset: int, data: bytes) -> None:
        end = offset + len(data)
        size = end if end > self.seen.size else None
        self.seen.size = max(self.seen.size, end)
        touched: dict[int, bytes] = {}
        for number in range(offset // SECTOR, -(-end // SECTOR)):
            start = number * SECTOR
            sector = bytearray(self.seen.sectors.get(number, bytes(SECTOR)))
            low, high = max(offset, start), min(end, start + SECTOR)
            sector[low - start : high - start] = data[low - offset : high - offset]
            touched[number] = self.seen.sectors[number] = bytes(sector)
        self.steps.append(_Step(at, touched, size))

    def resize(self, at: int, size: int) -> None:
        self.seen.resize(size)
        self.steps.append(_Step(at, {}, size))

    def sync(self, before: int) -> None:
        done = sum(step.at < before for step in self.steps)
        for step in self.steps[:done]:
            step.apply(self.safe, step.sectors, resize=True)
        del self.steps[:done]

    def after_a_cut(self, random: Random, keep: float) -> bytes:
        left = _Content(dict(self.safe.sectors), self.safe.size)
        for step in self.steps:
            kept: Iterable[int]
            if 0 < keep < 1 and random.random() < TORN:
                kept = [number for number in step.sectors if random.random() < keep]
            else:
                kept = step.sectors if random.random() < keep else ()
            step.apply(left, kept, resize=step.size is not None and random.random() < keep)

        def missing(number: int) -> bytes:
            lost = number in self.seen.sectors
            return STALE if lost and random.random() < 0.5 else bytes(SECTOR)

        return left.bytes(missing)


@dataclass(slots=True)
class _Renaming:
    """A change of names, and the folders that were not synced since."""

    at: int
    changes: tuple[tuple[int, str, int | None], ...]
    unsynced: set[int]


class Disk:
    """A disk without luck: it keeps what was synced, and of the rest whatever chance leaves.

    The model is stricter than Linux file systems are (ext4 orders its metadata, and its fsync of a
    new file keeps the name too); what survives here relies on POSIX alone.

    - A file is its content, known by a number, apart from its names. Bytes are kept in sectors of
      512; a sector is never half old and half new, and writing to one leaves its neighbours alone.
    - fsync and fdatasync of a file make every write and size that came before the call safe.
      They do nothing for its name.
    - fsync of a folder makes the names in it safe: files and folders made, renamed, removed.
      A change that touches two folders is safe once both were synced.
    - When the power goes, each write that is not safe is, by itself and in any order, kept,
      dropped or torn: of a torn write each sector is kept or dropped by itself. A kept sector holds
      all that the process had written into it up to that write.
    - Each change of a file's size (by truncation or by a write past its end) is kept or dropped by
      itself, independently of the bytes. A kept cut removes what lay beyond it.
    - A sector within the size that was written and lost, and held nothing safe before, reads as
      zeros or as something stale that another file left (`STALE`).
    - Each change of names that is not safe is kept or dropped by itself, and whole: a rename is
      atomic. The last kept change of a name wins. What no name leads to is lost.
    - A sync that is not finished does nothing; one that another thread's operations interrupted
      covers what came before its beginning.
    - Permissions, times and memory-mapped writes are not modelled.
    """

    def __init__(self) -> None:
        self._count = 0
        self._files: dict[int, _File] = {}
        self._folders = {ROOT}
        self._names: dict[tuple[int, str], int] = {}
        self._renamings: list[_Renaming] = []

    def apply(self, operation: Operation) -> None:
        """Do one operation, as the running process sees it."""
        match operation:
            case Make(node, True):
                self._folders.add(node)
            case Make(node, False):
                self._files[node] = _File()
            case Names(changes):
                unsynced = {folder for folder, _, _ in changes}
                self._renamings.append(_Renaming(self._count, changes, unsynced))
            case Write(node, offset, data):
                self._files[node].write(self._count, offset, data)
            case Resize(node, size):
                self._files[node].resize(self._count, size)
            case Sync(node, began):
                self._sync(node, self._count if began is None else began)
            case Say():
                pass
        self._count += 1

    def _sync(self, node: int, before: int) -> None:
        if node not in self._folders:
            self._files[node].sync(before)
            return
        for renaming in self._renamings:
            if renaming.at < before:
                renaming.unsynced.discard(node)
        while self._renamings and not self._renamings[0].unsynced:
            _rename(self._names, self._renamings.pop(0))

    def image(self, random: Random, keep: float = 0.5) -> Image:
        """Cut the power now.

        Parameters
        ----------
        random
            Decides what is kept; the same generator gives the same image.
        keep
            Probability of what is not safe to be kept. At 0 only what is safe is left, at 1 all
            that the process saw; only between these are writes torn.
        """
        names = dict(self._names)
        for renaming in self._renamings:
            if not renaming.unsynced or random.random() < keep:
                _rename(names, renaming)
        files: dict[str, bytes] = {}
        folders: set[str] = set()
        for path, node in _walk(names, self._folders, ROOT, ""):
            if node in self._folders:
                folders.add(path)
            else:
                files[path] = self._files[node].after_a_cut(random, keep)
        return Image(files, frozenset(folders))


def _rename(names: dict[tuple[int, str], int], renaming: _Renaming) -> None:
    for folder, name, node in renaming.changes:
        if node is None:
            names.pop((folder, name), None)
        else:
            names[folder, name] = node


def _walk(
    names: Mapping[tuple[int, str], int], folders: set[int], folder: int, above: str
) -> Iterator[tuple[str, int]]:
    for (parent, name), node in names.items():
        if parent == folder:
            yield above + name, node
            if node in folders:
                yield from _walk(names, folders, node, f"{above}{name}/")
