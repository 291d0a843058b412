"""Groups, out of the records that state them and of the persons who are named as their members."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from everyname.counts.figure_records import figures
from everyname.counts.group import Group, Groups, Stray
from everyname.counts.scope import Answer, Scope
from everyname.ledger import Filed, Record, Source

_OF_LIST = re.compile(r"^[a-z0-9-]+:(?=.)")


def groups(
    records: Sequence[Filed],
    sources: Mapping[str, Source],
    person_of: Mapping[str, str],
    scope: Scope,
) -> Groups:
    """Find the groups and their named members.

    Parameters
    ----------
    records
        Records of any kind: those of kind ``group`` are the groups, and a ``person`` record whose
        field ``member_of`` has the number of one in the same source is of a member.
    sources
        Sources by key.
    person_of
        Id of the person of each person record, by the record's id.
    scope
        Whom the case counts: a group whose fate or date is out of it is, too.
    """
    stated = [filed for filed in records if filed.record.kind == "group"]
    numbers = _Numbers(stated)
    members: defaultdict[str, dict[str, None]] = defaultdict(dict)
    strays = []
    for filed in records:
        named = filed.record.values("member_of") if filed.record.kind == "person" else ()
        for number in named:
            found = numbers.find(filed.record.source, number)
            # Who was injured is none of the seven who were killed.
            within = "out" not in scope.answers(filed.record)
            if len(found) == 1 and within:
                members[found[0]][person_of.get(filed.id, filed.id)] = None
                continue
            if not within:
                reason = "this record is out of scope: nobody is taken off the group for it"
            elif found:
                reason = f"{len(found)} groups of its source have this number"
            else:
                reason = "its source has no group of this number"
            strays.append(Stray(record_id=filed.id, member_of=number, reason=reason))
    return Groups(
        groups=tuple(
            Group(
                figure=figure,
                key=filed.record.key,
                members=tuple(sorted(members[filed.id])),
                included=_included(filed.record, scope),
            )
            for filed, figure in zip(stated, figures(stated, sources, "group"), strict=True)
        ),
        strays=tuple(strays),
    )


def _included(record: Record, scope: Scope) -> bool:
    """Whether a group is in scope: what a person of whom only this record speaks would be."""
    yes: set[Answer] = {"in", "unknown"} if scope.unknown == "include" else {"in"}
    return all(answer in yes for answer in scope.answers(record))


class _Numbers:
    """Finds group records by the numbers that their sources give them."""

    def __init__(self, stated: Iterable[Filed]) -> None:
        self._ways: tuple[defaultdict[tuple[str, str], list[str]], ...] = ()
        self._sized: set[str] = set()
        for filed in stated:
            numbers = _numbers(filed.record)
            if any(filed.record.value(bound) for bound in ("low", "best", "high")):
                self._sized.add(filed.id)
            self._ways = self._ways or tuple(defaultdict(list) for _ in numbers)
            for way, number in zip(self._ways, numbers, strict=True):
                if number:
                    way[filed.record.source, number].append(filed.id)

    def find(self, source: str, number: str) -> list[str]:
        """Ids of the groups that have a number, by the first way in which any has it.

        Of several records, the one that says how many people the group is: in a list of persons,
        the rows of a group may all have its number and only one its size.
        """
        found = next((way[source, number] for way in self._ways if (source, number) in way), [])
        sized = [id_ for id_ in found if id_ in self._sized]
        return sized if len(sized) == 1 else found


def _numbers(record: Record) -> tuple[str, ...]:
    """Give the numbers of a record, from the surest; empty where it has none of that kind.

    The key is the partner's number itself, but has the list's name before it where rows name their
    own sources, and the part's name behind it where a row makes several records.
    """
    own = _OF_LIST.sub("", record.key)
    row, _, _ = own.rpartition("/")
    return record.key, own, record.value("listed_id"), row
