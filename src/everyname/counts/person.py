"""Person: what the records of one person say together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from everyname.counts.classes import COUNTABLE
from everyname.counts.count import UNKNOWN
from everyname.counts.tally import Tally
from everyname.ledger import Filed, Record


@dataclass(frozen=True, slots=True)
class Person:
    """A documented person.

    Parameters
    ----------
    id
        Permanent id.
    names
        Every name as written, the one that most sources use first.
    classes
        Class of each field that can be counted by, resolved by the rule in force.
    lists
        Lists that hold the person.
    records
        Ids of the records.
    included
        Whether the person is in scope.
    values
        For fields that are not counted by (age, dates): every value stated, most frequent first;
        a value that was ruled on before all others.
    ruled
        Names of the fields on which a panel ruled.
    """

    id: str
    names: tuple[str, ...]
    classes: Mapping[str, str]
    lists: tuple[str, ...]
    records: tuple[str, ...]
    included: bool
    values: Mapping[str, tuple[str, ...]]
    ruled: tuple[str, ...] = ()


LISTED = ("age", "birth_date", "date", "listed_id")


def persons(
    records: Sequence[Filed],
    groups: Sequence[Sequence[int]],
    ids: Sequence[str],
    tally: Tally,
    full_name: Mapping[int, str],
) -> tuple[Person, ...]:
    """Describe every person of the best reading.

    Parameters
    ----------
    records
        Person records, by position.
    groups
        Positions of each person's records, the smallest first.
    ids
        Permanent id of each person.
    tally
        The counts.
    full_name
        Name in each record, by position.

    Returns
    -------
    tuple of Person
        In the order of the ids.
    """
    best = tally.best
    included = set(best.included["cluster"].to_list())
    resolved = {f: dict(best.view(f, "resolved").iter_rows()) for f in COUNTABLE}
    lists: dict[int, list[str]] = {}
    for cluster, name in best.lists.iter_rows():
        lists.setdefault(cluster, []).append(name)
    ruled: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for position, ruling in tally.evidence.rulings:
        ruled[position][ruling.field] = ruling.value if ruling.stance == "asserted" else ""
    found = []
    for id_, positions in zip(ids, groups, strict=True):
        label = positions[0]
        members = [records[p] for p in positions]
        holds = {f: value for p in positions for f, value in ruled.get(p, {}).items()}
        found.append(
            Person(
                id=id_,
                names=_first(holds, "name", (full_name.get(p, "") for p in positions)),
                classes={f: resolved[f].get(label, UNKNOWN) for f in COUNTABLE},
                lists=tuple(sorted(lists.get(label, []))),
                records=tuple(filed.id for filed in members),
                included=label in included,
                values={
                    f: _first(holds, f, (v for m in members for v in _stated(m.record, f)))
                    for f in LISTED
                },
                ruled=tuple(sorted(holds)),
            )
        )
    return tuple(sorted(found, key=lambda person: person.id))


def _stated(record: Record, field: str) -> tuple[str, ...]:
    """Values of a field; a date of death stands in for a date of the incident."""
    values = record.values(field)
    return values or (record.values("date_of_death") if field == "date" else ())


def _first(ruled: Mapping[str, str], field: str, stated: Iterable[str]) -> tuple[str, ...]:
    """Put the value that was ruled on before those that are stated."""
    value = ruled.get(field, "")
    others = _by_frequency(stated)
    return (value, *(other for other in others if other != value)) if value else others


def _by_frequency(values: Iterable[str]) -> tuple[str, ...]:
    counted = Counter(value for value in values if value)
    return tuple(v for v, _ in sorted(counted.items(), key=lambda c: (-c[1], -len(c[0]), c[0])))
