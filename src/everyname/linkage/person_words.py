"""Words on what holds a person together and where it would fall apart."""

from __future__ import annotations

from collections.abc import Sequence

from everyname.linkage.bonds import Bond, Bonds
from everyname.linkage.natural_frequency import are, of_many

_MOST_NAMED = 6


def person_words(id_: str, references: Sequence[str], bonds: Bonds) -> tuple[str, ...]:
    """Tell what holds a person together.

    Parameters
    ----------
    id_
        Of the person.
    references
        Of the person's records, by position in `bonds`.
    bonds
        What holds them together.

    Returns
    -------
    tuple of str
        Sentences that need no knowledge of statistics.
    """
    if len(references) == 1:
        return (f"{id_} has one record, {references[0]}: nothing was put together.",)
    told = [f"{id_} has {len(references)} records."]
    told += [_bond(bond, references) for bond in bonds.tree[:_MOST_NAMED]]
    if len(bonds.tree) > _MOST_NAMED:
        told.append(f"{len(bonds.tree) - _MOST_NAMED} more bonds hold the rest.")
    if bonds.loose:
        parts = "; ".join(_listed(part, references) for part in bonds.loose)
        told.append(f"No single pair connects these parts with each other: {parts}.")
    if len(references) > 2:
        told += _weakest(bonds, references)
    told += [_against(bond, references) for bond in bonds.against[:_MOST_NAMED]]
    if len(bonds.against) > _MOST_NAMED:
        told.append(f"{len(bonds.against) - _MOST_NAMED} more pairs speak against it.")
    if bonds.unscored:
        verb, pairs = ("was", "pair") if bonds.unscored == 1 else ("were", "pairs")
        told.append(
            f"{bonds.unscored} {pairs} of these records {verb} not scored, or held too improbable"
            " to keep: others hold them together."
        )
    if not bonds.against:
        told.append("No scored pair of these records is more probably two persons than one.")
    return tuple(told)


def _bond(bond: Bond, references: Sequence[str]) -> str:
    ends = f"{references[bond.a]} and {references[bond.b]}"
    if bond.judged:
        return f"{ends}: judged to be one person."
    found = of_many(bond.probability)
    return f"{ends}: {found} pairs like this {are(found)} of one person."


def _weakest(bonds: Bonds, references: Sequence[str]) -> list[str]:
    weakest = bonds.weakest
    if weakest is None:
        return ["Judgements alone hold these records together."]
    one, other = (_listed(side, references) for side in bonds.sides)
    scored, pairs = bonds.across
    told = (
        f"It would fall apart first between {references[weakest.a]} and {references[weakest.b]}"
        f" ({of_many(weakest.probability)} such pairs): {one} on one side,"
        f" {other} on the other."
    )
    if pairs > 1:
        told += f" Of the {pairs} pairs between the two sides, {scored} were scored."
    return [told]


def _against(bond: Bond, references: Sequence[str]) -> str:
    ends = f"{references[bond.a]} and {references[bond.b]}"
    if bond.conflict:
        return f"Against it: the names of {ends} have nothing in common."
    found = of_many(bond.probability)
    return f"Against it: of pairs like {ends}, only {found} {are(found)} of one person."


def _listed(places: Sequence[int], references: Sequence[str]) -> str:
    named = [references[place] for place in places[:_MOST_NAMED]]
    more = len(places) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
