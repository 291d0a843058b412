"""What a cell of names says beyond the name: other spellings, the father, or several people."""

from __future__ import annotations

from everyname.ledger import Statement
from everyname.vocabulary.group_text import GroupText, may_be_several, parse_group
from everyname.vocabulary.name_text import parse_name

SEVERAL = (
    "speaks of several unnamed people: made a group record, unless the row states what only one "
    "person has"
)
MORE = "says more than the name: what stands behind it is kept as a note"
OTHERS = "may speak of more than one person: look at the source"


def name_statements(name: Statement) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Divide what a cell of names says among the fields it speaks of.

    Parameters
    ----------
    name
        The statement of the whole cell.

    Returns
    -------
    statements, flags
        The name without other spellings, each of them as ``name_other``, the father as
        ``father_name``, anything else as ``note``; the statement itself where there is no more.
    """
    doubts = (OTHERS,) if may_be_several(name.value) else ()
    if name.stance != "asserted":
        return (name,), doubts
    said = parse_name(name.value)
    if said.unknown or not said.name:
        return (name,), doubts
    found = [Statement("name", said.name)]
    found.extend(Statement("name_other", other) for other in said.others)
    if said.father:
        found.append(Statement("father_name", said.father))
    if said.rest:
        found.append(Statement("note", said.rest))
    return tuple(found), (MORE, *doubts) if said.rest else doubts


def group_statements(text: str) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """What a cell of names says of several unnamed people; empty where it names one person.

    Parameters
    ----------
    text
        The cell, as written.

    Returns
    -------
    statements, flags
        Of a group record: low, best and high as far as they are stated, the counting unit, who
        they are, and the text; and how the number is stated, such as "approximate".
    """
    # A plain name of letters has no number in it, and no word for people.
    group = parse_group(text)
    return ((), ()) if group is None else (_of(group), group.flags)


def _of(group: GroupText) -> tuple[Statement, ...]:
    numbers = (("low", group.low), ("best", group.best), ("high", group.high))
    said = [Statement(name, str(number)) for name, number in numbers if number is not None]
    said.append(Statement("unit", group.unit))
    if group.victim_class:
        said.append(Statement("victim_class", group.victim_class))
    return (*said, Statement("note", " ".join(group.text.split())))
