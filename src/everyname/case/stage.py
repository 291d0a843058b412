"""Stage: one named step of a run, redone only when something it depends on changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

import everyname

Progress = Callable[[str], None]
State = Literal["done", "unchanged"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step.

    Parameters
    ----------
    name
        As shown.
    inputs
        Everything that the result depends on, as JSON.
    work
        Does the step and returns the files it wrote.
    ready
        Whether what the step leaves outside its files is still there.
    """

    name: str
    inputs: Callable[[], Mapping[str, Any]]
    work: Callable[[Progress], tuple[Path, ...]]
    ready: Callable[[], bool] = lambda: True


class StageBook:
    """Remembers with which inputs each stage was done, and what came out.

    Parameters
    ----------
    path
        The JSON file that remembers.
    root
        Folder that the names of outputs are relative to.
    before_change
        Called before a stage changes anything.
    """

    def __init__(
        self, path: Path, root: Path, before_change: Callable[[], None] = lambda: None
    ) -> None:
        self._before_change = before_change
        self._path = path
        self._root = root
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        # A book of another shape was not written here: every stage is done again.
        sound = isinstance(kept, dict) and all(
            isinstance(e, dict) and isinstance(e.get("outputs"), dict) for e in kept.values()
        )
        self._entries: dict[str, dict[str, Any]] = kept if sound else {}

    def do(self, stage: Stage, progress: Progress) -> State:
        """Do a stage, unless it was done with the same inputs and its outputs are untouched.

        Parameters
        ----------
        stage
            The step.
        progress
            Told in a few words what is being done.

        Returns
        -------
        str
            done or unchanged.
        """
        key = _digest({"code": code_digest(), "inputs": stage.inputs()})
        if self._holds(stage.name, key) and stage.ready():
            return "unchanged"
        self._entries.pop(stage.name, None)
        self._before_change()
        outputs = stage.work(progress)
        self._entries[stage.name] = {
            "key": key,
            "outputs": {str(p.relative_to(self._root)): file_digest(p) for p in outputs},
        }
        write_json(self._path, self._entries)
        return "done"

    def keep_only(self, names: set[str]) -> None:
        """Forget stages that the case no longer has."""
        if set(self._entries) - names:
            self._entries = {n: e for n, e in self._entries.items() if n in names}
            write_json(self._path, self._entries)

    def outputs(self) -> Mapping[str, str]:
        """SHA-256 of every output of every stage, by its name."""
        return {n: d for entry in self._entries.values() for n, d in entry["outputs"].items()}

    def _holds(self, name: str, key: str) -> bool:
        entry = self._entries.get(name)
        if entry is None or entry.get("key") != key:
            return False
        return all(
            (self._root / output).is_file() and file_digest(self._root / output) == digest
            for output, digest in entry["outputs"].items()
        )


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_json(path: Path, content: object) -> None:
    """Write JSON so that a reader sees the old file or the new one, never half of it."""
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write text so that a reader sees the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


@lru_cache(maxsize=1)
def code_digest() -> str:
    """SHA-256 over this version of everyname: its number and every file of the package."""
    whole = hashlib.sha256(everyname.__version__.encode())
    for name, content in sorted(_files(files("everyname"), "")):
        whole.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return whole.hexdigest()


def _files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for child in folder.iterdir():
        if child.is_dir():
            if child.name != "__pycache__":
                found += _files(child, f"{prefix}{child.name}/")
        elif not child.name.endswith(".pyc"):
            found.append((prefix + child.name, child.read_bytes()))
    return found
