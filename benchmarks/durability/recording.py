"""Recording: the file operations of a real process, read from what strace saw.

Every call is taken from the kernel's side: Python's own writes (the originals) and those of the
database driver's C code lie in one log in their true order, and nothing of the program is replaced.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from disk import ROOT, Make, Names, Operation, Resize, Say, Sync, Write

# Calls that change files in a way that the recording does not follow: it stops at them.
FOREIGN = {
    *("writev", "pwritev", "pwritev2", "sync_file_range", "msync", "truncate", "splice"),
    *("symlink", "symlinkat", "sendfile", "copy_file_range"),
}
# Calls after which descriptors or writes would escape it.
ESCAPES = {"fork", "vfork", "io_uring_setup"}
FOLLOWED = {
    *("open", "openat", "creat", "close", "lseek", "write", "pwrite64", "ftruncate", "fallocate"),
    *("fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "unlink"),
    *("unlinkat", "mkdir", "mkdirat", "rmdir", "mmap", "clone", "clone3"),
}
_LINE = re.compile(r"(\d+) +(.*)", re.DOTALL)
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+|\?).*", re.DOTALL)
_UNFINISHED = re.compile(r"((\w+)\(.*) <unfinished \.\.\.>", re.DOTALL)
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>(.*)", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


class NotUnderstood(Exception):  # noqa: N818 - says what happened
    """The process did something that the recording does not follow."""


@dataclass(frozen=True, slots=True)
class Call:
    """A finished call: its arguments with texts taken out and given apart."""

    name: str
    arguments: str
    texts: tuple[bytes, ...]
    result: int
    interrupted: bool

    def number(self, position: int) -> int:
        """An argument that is a number."""
        return int(self.arguments.split(", ")[position], 0)


def possible() -> str:
    """Why nothing can be recorded here; empty when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    command = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "true"]
    tried = subprocess.run(command, check=False, capture_output=True, text=True)
    return f"strace cannot trace ({tried.stderr.strip()})" if tried.returncode else ""


def record(script: Path, arguments: Sequence[str], folder: Path, log: Path) -> list[Operation]:
    """Run a Python script under strace and return what it did below a folder.

    Parameters
    ----------
    script, arguments
        What to run.
    folder
        Empty folder; only what happens below it is recorded.
    log
        Where strace writes.
    """
    calls = ",".join(sorted(FOLLOWED | FOREIGN | ESCAPES))
    subprocess.run(
        [
            *("strace", "-f", "--seccomp-bpf", "-qq", "-xx", "-s", "100000000"),
            *("-e", "signal=none", "-e", f"trace={calls}", "-o", str(log)),
            *(sys.executable, "-B", str(script), *arguments),
        ],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
    )
    with log.open(encoding="ascii") as lines:
        return operations(lines, folder)


def operations(lines: Iterator[str], folder: Path) -> list[Operation]:
    """Translate the lines of a log into operations below a folder."""
    follower = _Follower(folder)
    for line in lines:
        follower.line(line.rstrip("\n"))
    return follower.done


class _Follower:
    """Follows descriptors and names through a log; each node is a number."""

    def __init__(self, folder: Path) -> None:
        self.done: list[Operation] = []
        self._folder = PurePosixPath(folder)
        self._nodes = {self._folder: ROOT}
        self._folders: set[PurePosixPath] = set()
        self._made = ROOT
        self._open: dict[int, tuple[int, PurePosixPath]] = {}
        self._position: dict[int, int] = {}
        self._started: dict[str, tuple[str, int]] = {}

    def line(self, line: str) -> None:
        thread, rest = _matched(_LINE, line).groups()
        if unfinished := _UNFINISHED.fullmatch(rest):
            self._started[thread] = (unfinished[1], len(self.done))
            # Another thread may be given the number before the end of this call is logged.
            if unfinished[2] == "close":
                self._open.pop(int(unfinished[1][6:].rstrip(")")), None)
            return
        began = None
        if resumed := _RESUMED.fullmatch(rest):
            text, began = self._started.pop(thread)
            rest = text + resumed[1]
        if rest.startswith(("---", "+++")) or rest.endswith(" <unfinished ...>"):
            return
        name, arguments, result = _matched(_CALL, rest).groups()
        if result == "?" or int(result) < 0:
            return
        texts = tuple(bytes.fromhex(t[1].replace("\\x", "")) for t in _TEXT.finditer(arguments))
        call = Call(name, _TEXT.sub('""', arguments), texts, int(result), began is not None)
        self._call(call, began)

    def _call(self, call: Call, began: int | None) -> None:
        match call.name:
            case "open" | "openat" | "creat":
                self._opened(call)
            case "close":
                if not call.interrupted:
                    self._open.pop(call.number(0), None)
            case "mmap":
                self._mapped(call)
            case "clone" | "clone3":
                if "CLONE_FILES" not in call.arguments:
                    raise NotUnderstood("the workload started another process")
            case "rename" | "renameat" | "renameat2" | "link" | "linkat" | "unlink" | "unlinkat":
                self._renamed(call)
            case "mkdir" | "mkdirat" | "rmdir":
                self._foldered(call)
            case name if name in ESCAPES:
                raise NotUnderstood(f"the workload called {name}")
            case name if name in FOREIGN:
                self._foreign(call)
            case _:
                self._content(call, began)

    def _path(self, text: bytes) -> PurePosixPath:
        return PurePosixPath("/", text.decode())

    def _inside(self, path: PurePosixPath) -> bool:
        return path.is_relative_to(self._folder)

    def _place(self, path: PurePosixPath, node: int | None) -> tuple[int, str, int | None]:
        if node is None:
            del self._nodes[path]
        else:
            self._nodes[path] = node
        return self._nodes[path.parent], path.name, node

    def _make(self, path: PurePosixPath, *, is_folder: bool = False) -> None:
        self._made += 1
        if is_folder:
            self._folders.add(path)
        self.done.append(Make(self._made, is_folder))
        self.done.append(Names((self._place(path, self._made),)))

    def _opened(self, call: Call) -> None:
        self._open.pop(call.result, None)
        path = self._path(call.texts[0])
        if not self._inside(path):
            return
        if "O_APPEND" in call.arguments or "O_TMPFILE" in call.arguments:
            raise NotUnderstood(f"{path} was opened in a way that is not followed")
        if path not in self._nodes:
            self._make(path)
        elif "O_TRUNC" in call.arguments or call.name == "creat":
            self.done.append(Resize(self._nodes[path], 0))
        self._open[call.result] = (self._nodes[path], path)
        self._position[call.result] = 0

    def _mapped(self, call: Call) -> None:
        if "PROT_WRITE" in call.arguments and "MAP_SHARED" in call.arguments:
            handle = call.arguments.split(", ")[4]
            path = self._open.get(int(handle), (0, None))[1]
            if path is not None and not path.name.endswith("-shm"):
                raise NotUnderstood(f"{path} is written through mapped memory")

    def _renamed(self, call: Call) -> None:
        old, new = self._path(call.texts[0]), self._path(call.texts[-1])
        if not self._inside(old) and not self._inside(new):
            return
        node = self._nodes[old]
        if "EXCHANGE" in call.arguments or (len(call.texts) > 1 and old in self._folders):
            raise NotUnderstood(f"{old} was renamed in a way that is not followed")
        if len(call.texts) == 1:
            self.done.append(Names((self._place(old, None),)))
        elif call.name.startswith("link"):
            self.done.append(Names((self._place(new, node),)))
        else:
            self.done.append(Names((self._place(old, None), self._place(new, node))))

    def _foldered(self, call: Call) -> None:
        path = self._path(call.texts[0])
        if self._inside(path) and call.name == "rmdir":
            self.done.append(Names((self._place(path, None),)))
        elif self._inside(path) and path != self._folder:
            self._make(path, is_folder=True)

    def _foreign(self, call: Call) -> None:
        paths = [self._path(text) for text in call.texts]
        numbers = [int(n) for n in re.findall(r"(?<![\w.])\d+(?=,)", call.arguments)[:2]]
        if any(map(self._inside, paths)) or any(number in self._open for number in numbers):
            raise NotUnderstood(f"{call.name} on a file of the ledger is not followed")

    def _content(self, call: Call, began: int | None) -> None:
        handle = call.number(0)
        if call.name == "write" and handle == 1:
            self.done.append(Say(call.texts[0].decode()))
        if handle not in self._open:
            return
        node, path = self._open[handle]
        if call.name == "lseek":
            self._position[handle] = call.result
        elif call.name in ("write", "pwrite64"):
            at = self._position[handle] if call.name == "write" else call.number(3)
            self.done.append(Write(node, at, call.texts[0][: call.result]))
            if call.name == "write":
                self._position[handle] += call.result
        elif call.name == "ftruncate":
            self.done.append(Resize(node, call.number(1)))
        elif call.name in ("fsync", "fdatasync"):
            self.done.append(Sync(node, began))
        else:
            raise NotUnderstood(f"{call.name} on {path} is not followed")


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise NotUnderstood(f"a line of the log cannot be read: {text[:200]}")
    return found
