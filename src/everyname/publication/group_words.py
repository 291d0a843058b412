"""Group words: what the report and the summary say about groups of unnamed people."""

from __future__ import annotations

from collections.abc import Callable

from everyname.counts import Count, Figure, Groups, with_groups
from everyname.publication.words import number, plural


def beside_words(total: Count | None, groups: Groups | None) -> str:
    """Say how many are left unnamed in groups beside the count; empty where nobody is.

    Parameters
    ----------
    total
        Documented persons in scope; None where nobody is counted.
    groups
        The groups; None where nothing may be published of them.
    """
    if groups is None or not groups.counted:
        return ""
    told = (
        f"sources speak of {plural(len(groups.counted), 'group')} of unnamed people in scope;"
        f" left unnamed are {groups.remaining.words}"
    )
    if total is None:
        return f"{told[:1].upper()}{told[1:]}."
    return f"Beside the count, and not in it, {told}."


def group_facts(total: Count | None, groups: Groups | None) -> tuple[tuple[str, str], ...]:
    """Give the numbers of the groups, each with its name.

    Parameters
    ----------
    total, groups
        As in `beside_words`.

    Returns
    -------
    tuple of tuple of str
        The persons documented incl. unnamed groups are the last of them, where persons are counted.
    """
    if groups is None:
        return ()
    out = len(groups.groups) - len(groups.included)
    other = len(groups.included) - len(groups.counted)
    records = number(len(groups.groups))
    if out:
        records += f", of which {number(out)} out of scope"
    facts = [("Group records", records)]
    if other:
        left_out = f"{number(other)}, left out below: how many persons they are is not known"
        facts.append(("Not in persons, or without a number", left_out))
    if not groups.counted:
        return tuple(facts)
    facts += [
        ("People in the others, as stated", groups.stated.words),
        ("Named among them", f"{plural(groups.named, 'person')}, whom the count has one by one"),
        ("Left unnamed", groups.remaining.words),
    ]
    if total is not None:
        counted = f"{number(total.best)} ({number(total.low)} to {number(total.high)})"
        words = f"{with_groups(total, groups).words}; the count alone is {counted}"
        facts.append(("Documented incl. unnamed groups", words))
    return tuple(facts)


def rule_words(groups: Groups | None) -> str:
    """Say how groups of several sources are put together; empty where there is nothing to say."""
    if groups is None or not groups.several_sources:
        return ""
    return (
        "The groups of two sources may be the same people: low and best are those of the source in"
        " which they are largest, high is the sum over independent sources."
    )


def of_group(groups: Groups | None) -> Callable[[Figure], str]:
    """Make the words for one group: who of it is named, and whether it is in scope.

    Parameters
    ----------
    groups
        As in `beside_words`.
    """
    known = {g.figure.record_id: g for g in groups.groups} if groups else {}

    def words(figure: Figure) -> str:
        group = known.get(figure.record_id)
        if group is None:
            return ""
        told = [] if group.included else ["Out of scope"]
        if group.members:
            named = len(group.members)
            verb = "is" if named == 1 else "are"
            left = f", {group.remaining.words} left unnamed" if group.remaining else ""
            more = "; more than the group is said to have" if group.overfull else ""
            told.append(f"{plural(named, 'person')} of it {verb} named{left}{more}")
        return f"{'. '.join(told)}." if told else ""

    return words
