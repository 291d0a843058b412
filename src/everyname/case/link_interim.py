"""LinkInterim: what linking lists has found so far, kept so that an interruption costs little."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import polars as pl

from everyname.case.list_to_link import ListRead, ListToLink
from everyname.case.stage import Progress, code_digest, write_text
from everyname.linkage import Model, Pairs

_COLUMNS = ("a", "b", "probability", "conflict")
_OURS = ("list-*.parquet", "list-*.json", "pairs-*.parquet", "model-*.json", ".*.part")


class LinkInterim:
    """Interim results in a folder, each under a name made of all that it depends on.

    Parameters
    ----------
    folder
        Where; made when something is kept. None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def values(self, which: ListToLink, progress: Progress) -> tuple[pl.DataFrame, ListRead, str]:
        """Values of a list, read or kept; what became of it; and the key that says which."""
        key = _key(*which.digests)
        if self._folder is not None:
            table, told = (self._folder / f"list-{key}.{e}" for e in ("parquet", "json"))
            if table.is_file() and told.is_file():
                progress(f"taking {which.name} as it was read before")
                read = ListRead.model_validate_json(told.read_text(encoding="utf-8"))
                return pl.read_parquet(table), read, key
        values, read = which.read(progress)
        if self._folder is not None:
            self._keep(table, values.write_parquet)
            write_text(told, read.model_dump_json(indent=1) + "\n")
        return values, read, key

    def scored(self, keys: tuple[str, ...], sample: int) -> tuple[Pairs, Model] | None:
        """Scored pairs and model of these lists, if they were kept."""
        if self._folder is None:
            return None
        table, told = self._scores(keys, sample)
        if not (table.is_file() and told.is_file()):
            return None
        frame = pl.read_parquet(table)
        a, b, probability, conflict = (frame[name].to_numpy() for name in _COLUMNS)
        repeats = float(frame["repeats"][0]) if frame.height else 0.0
        pairs = Pairs(a, b, probability, conflict, repeats)
        return pairs, Model.from_json(told.read_text(encoding="utf-8"))

    def keep_scored(self, keys: tuple[str, ...], sample: int, pairs: Pairs, model: Model) -> None:
        """Keep scored pairs and the model of these lists."""
        if self._folder is None:
            return
        table, told = self._scores(keys, sample)
        frame = pl.DataFrame({name: getattr(pairs, name) for name in _COLUMNS}).with_columns(
            repeats=pl.lit(pairs.repeats, pl.Float64)
        )
        self._keep(table, frame.write_parquet)
        write_text(told, model.json() + "\n")

    def _scores(self, keys: tuple[str, ...], sample: int) -> tuple[Path, Path]:
        key = _key(*keys, str(sample))
        folder = self._folder or Path()
        return folder / f"pairs-{key}.parquet", folder / f"model-{key}.json"

    def _keep(self, path: Path, write: Callable[[Path], None]) -> None:
        # It holds what the lists say about people.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.part")
        write(temporary)
        temporary.replace(path)

    def remove(self) -> None:
        """Remove what was kept; what else is in the folder stays."""
        if self._folder is None or not self._folder.is_dir():
            return
        for pattern in _OURS:
            for path in self._folder.glob(pattern):
                path.unlink()
        if not any(self._folder.iterdir()):
            self._folder.rmdir()


def _key(*parts: str) -> str:
    whole = json.dumps([code_digest(), *parts])
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:24]
