"""A new, empty case."""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack, suppress
from pathlib import Path

from everyname.case import corrections_file, judgements_file, rulings_file, withdrawals_file
from everyname.case.folder import CaseFolder
from everyname.errors import CaseError

TEMPLATE = """\
# A case: what is counted, from which lists, by which rules.

[case]
title = {title}
summary = ""                      # one or two neutral sentences
codebook = "1.0"                  # version of the rules below; published with every count

[scope]
what = "Persons killed"           # whom the case counts, in words
fates = ["killed", "died_of_conditions"]   # empty list: any fate
date = ""                         # period of the incidents, such as "2031" or "2031-02/2031-05"
unknown = "include"               # persons whose fate or date no source states: include, exclude
# elderly_from = 65               # without it there is no band "elderly"

# A list, in the sense of estimation, is a group of files under lists/ that were made together.
# Put the files into lists/, write their mappings with `everyname map`, and name them here:
[lists]
# hospital = ["hospital.csv"]
# press = ["press-2031.csv", "press-2032.xlsx"]

[rules]
conflict = "majority"             # majority of independent sources; range; source_order

[linkage]
threshold = 0.5                   # match probability from which two records are one person
undecided = [0.05, 0.95]          # between these a pair is undecided: it makes low and high

[[breakdowns]]
by = ["sex"]

[[breakdowns]]
by = ["age_band"]

[[breakdowns]]
by = ["month"]

[estimate]
lists = []                        # empty: all lists

# A published claim to check; repeat the section for each.
# [[claims]]
# id = "ministry"
# text = "More than 600 people were killed"
# said_by = "Ministry of ..."
# said_on = "2031-06-11"
# address = ""
# copies = []                     # sources that the claim repeats
# low = 600                       # low, best, high: as far as they are stated
# unit = "persons"
# fate = "killed"
# victim_class = "all"

# Nothing about a person is published that is not named here. Add "name" to name the dead.
[publish]
fields = ["sex", "age_band", "date", "fate"]
persons = false
"""

GITIGNORE = "out/\n"


def new_case(path: Path, passphrase: str = "", recovery: Path | None = None) -> None:
    """Make a case folder.

    Parameters
    ----------
    path
        The folder: new, or empty.
    passphrase
        With which the ledger and the preserved originals are encrypted; empty for a case that is
        not.
    recovery
        File that the recovery key is written to, outside of the folder; for an encrypted case.

    Raises
    ------
    CaseError
        The folder holds something already, or cannot be made; or a case is to be encrypted and
        there is no file for its recovery key.
    LedgerError
        The keys cannot be written, or the recovery file would lie in the folder.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise CaseError(
            "there is something here already", where=str(path), do="Name a new or empty folder"
        )
    if passphrase and recovery is None:
        raise CaseError(
            "an encrypted case needs a recovery key: without it, all is lost with the passphrase",
            where=str(path),
            do="Name a file for it, best on a medium that is kept apart",
        )
    with ExitStack() as undo:
        undo.callback(_remove, path, existed=path.exists())
        _make(path)
        if passphrase and recovery is not None:
            CaseFolder(path).vault.create(
                passphrase, recovery, label=path.resolve().name, outside_of=path
            )
        undo.pop_all()


def _make(path: Path) -> None:
    try:
        for folder in ("lists", "accounts", "hand"):
            (path / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CaseError(
            f"the folder cannot be made ({error.strerror})", where=str(path), do="Name another"
        ) from None
    title = json.dumps(path.resolve().name, ensure_ascii=False)
    (path / "case.toml").write_text(TEMPLATE.format(title=title), encoding="utf-8")
    for name, file in (
        ("judgements", judgements_file),
        ("corrections", corrections_file),
        ("withdrawals", withdrawals_file),
        ("rulings", rulings_file),
    ):
        header = ",".join(file.COLUMNS) + "\n"
        (path / "hand" / f"{name}.csv").write_text(header, encoding="utf-8")
    (path / ".gitignore").write_text(GITIGNORE, encoding="utf-8")


def _remove(path: Path, *, existed: bool) -> None:
    """Leave nothing of a case that could not be made; what went wrong is what is reported."""
    for made in path.iterdir() if existed else ():
        shutil.rmtree(made, ignore_errors=True)
        with suppress(OSError):
            made.unlink(missing_ok=True)
    if not existed:
        shutil.rmtree(path, ignore_errors=True)
