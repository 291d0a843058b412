"""Truth: how far a simulated case's record is from what is known to be true."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Hashable, Sequence

from everyname.case.case_file import TruthSection
from everyname.case.folder import CaseFolder
from everyname.case.linkage_stage import Linked
from everyname.errors import CaseError
from everyname.publication import Truth


def truth_of(
    folder: CaseFolder, section: TruthSection | None, linked: Linked, fates: Collection[str]
) -> Truth | None:
    """Compare persons with the truth that a simulation left.

    Parameters
    ----------
    folder
        The case.
    section
        Where the truth is; None where the case is not simulated.
    linked
        Who is who.
    fates
        Fates in scope; empty for any.

    Returns
    -------
    Truth or None
        None where there is no truth to compare with.

    Raises
    ------
    CaseError
        The file is missing, or a record is not in it.
    """
    if section is None:
        return None
    path = folder.path / section.file
    try:
        with path.open(encoding="utf-8", newline="") as file:
            known = {(row["file"], int(row["row"])): row["person"] for row in csv.DictReader(file)}
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise CaseError(
            f"the truth cannot be read ({error})",
            where=str(path),
            do="Remove [truth] from case.toml, or simulate the case again",
        ) from None
    persons = []
    for filed in linked.records:
        place = (filed.file, filed.record.locator.row)
        if place not in known:
            raise CaseError(
                f"{filed.file}, row {place[1]} is not in the truth",
                where=str(path),
                do="Remove [truth] from case.toml: the lists are no longer the simulated ones",
            )
        persons.append(known[place])
    precision, recall = pairwise(linked.labels.best.tolist(), persons)
    in_scope = _in_scope(folder, section, fates)
    return Truth(
        persons=section.persons,
        recorded=len(set(persons)),
        in_scope=None if in_scope is None else len(in_scope),
        recorded_in_scope=None if in_scope is None else len(in_scope & set(persons)),
        precision=precision,
        recall=recall,
    )


def _in_scope(folder: CaseFolder, section: TruthSection, fates: Collection[str]) -> set[str] | None:
    """Persons whose true fate is in scope; None where the truth does not say."""
    if not section.people:
        return None
    path = folder.path / section.people
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {
                row["person"] for row in csv.DictReader(file) if not fates or row["fate"] in fates
            }
    except (OSError, KeyError, ValueError) as error:
        raise CaseError(
            f"the truth about persons cannot be read ({error})",
            where=str(path),
            do="Remove people under [truth] in case.toml",
        ) from None


def pairwise(found: Sequence[Hashable], true: Sequence[Hashable]) -> tuple[float, float]:
    """Pairwise precision and recall of a clustering.

    Parameters
    ----------
    found, true
        Cluster of each record, found and true.

    Returns
    -------
    tuple of float
        Share of the pairs put together that belong together, and share of those that belong
        together that were put together; 1 where there are none.
    """
    both = _pairs(Counter(zip(found, true, strict=True)))
    in_found, in_true = _pairs(Counter(found)), _pairs(Counter(true))
    return (both / in_found if in_found else 1.0), (both / in_true if in_true else 1.0)


def _pairs(sizes: Counter[Hashable]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())
