"""A new, empty case."""

from __future__ import annotations

import json
from pathlib import Path

from everyname.case.judgements_file import COLUMNS
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


def new_case(path: Path) -> None:
    """Make a case folder.

    Parameters
    ----------
    path
        The folder: new, or empty.

    Raises
    ------
    CaseError
        The folder holds something already, or cannot be made.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise CaseError(
            "there is something here already", where=str(path), do="Name a new or empty folder"
        )
    try:
        for folder in ("lists", "accounts", "hand"):
            (path / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CaseError(
            f"the folder cannot be made ({error.strerror})", where=str(path), do="Name another"
        ) from None
    title = json.dumps(path.resolve().name, ensure_ascii=False)
    (path / "case.toml").write_text(TEMPLATE.format(title=title), encoding="utf-8")
    (path / "hand" / "judgements.csv").write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    (path / ".gitignore").write_text(GITIGNORE, encoding="utf-8")
