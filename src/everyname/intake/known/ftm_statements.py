"""FollowTheMoney statements: a row for each value becomes a row for each entity."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from everyname.errors import TableError
from everyname.intake.cells import Cells
from everyname.intake.table import Grid, GridNote

MOST = 10
"""Values of one property that have columns of their own; further ones share the last."""
_NEEDED = ("entity_id", "prop", "schema", "value", "dataset")


@dataclass(slots=True)
class _Entity:
    """What one data set says of one entity, as it comes."""

    schemata: dict[str, None] = field(default_factory=dict)
    values: dict[str, dict[str, None]] = field(default_factory=dict)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def one_row_an_entity(grid: Grid) -> Grid:
    """Bring the statements of each entity of each data set together in one row.

    A record is what one source says: the statements of two data sets on one entity make two
    rows, also where the publisher holds both to be the same person (``canonical_id``, which is
    a column here, is the publisher's judgement and not ours).

    Columns are named by schema and property, such as ``Person.birthDate``, so that a mapping of
    persons does not take companies. Several values of one property stand in ``Person.name``,
    ``Person.name 2`` and so on, in the order of the file and each once; from the tenth on they
    share a column, with "; " between them. ``(rows)`` says which rows of the file an entity is
    made of, and ``(statements)`` holds every cell of these rows as JSON, a list for each: so no
    cell is lost.

    Parameters
    ----------
    grid
        The cells, the first row naming the columns.

    Raises
    ------
    TableError
        A column is missing.
    """
    header = [cell.strip().casefold() for cell in grid.cells.row(0)]
    try:
        at = {name: header.index(name) for name in _NEEDED}
    except ValueError:
        raise TableError(
            f"statements have the columns {', '.join(_NEEDED)}", where=grid.file,
            do="Export the statements as CSV with their header",
        ) from None  # fmt: skip
    canonical = header.index("canonical_id") if "canonical_id" in header else None
    entities: dict[tuple[str, str], _Entity] = {}
    for number, row in enumerate(grid.cells.rows(1), start=grid.first + 1):
        _take(entities, number, row, at, canonical)
    note = GridNote(
        0, 0, f"{len(grid.cells) - 1} statements stand in {len(entities)} rows, one for each "
        "entity of a data set"
    )  # fmt: skip
    rows = [_row(key, entity) for key, entity in entities.items()]
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    cells = Cells.pack(_rows(columns, rows))
    return replace(grid, cells=cells, notes=(note,))


def _take(
    entities: dict[tuple[str, str], _Entity],
    number: int,
    row: list[str],
    at: dict[str, int],
    canonical: int | None,
) -> None:
    def cell(position: int | None) -> str:
        return row[position] if position is not None and position < len(row) else ""

    key = (cell(at["dataset"]).strip(), cell(at["entity_id"]).strip())
    entity = entities.setdefault(key, _Entity())
    entity.rows.append((number, row))
    entity.schemata[cell(at["schema"]).strip()] = None
    if canonical is not None:
        entity.values.setdefault("canonical_id", {})[cell(canonical)] = None
    prop = cell(at["prop"]).strip()
    # "Person:name" and "name" are the same property in two layouts.
    entity.values.setdefault(prop.rpartition(":")[2], {})[cell(at["value"])] = None


def _row(key: tuple[str, str], entity: _Entity) -> dict[str, str]:
    dataset, entity_id = key
    # Statements of a person can be made as of a legal entity; the narrower one holds.
    schema = "Person" if "Person" in entity.schemata else next(iter(entity.schemata))
    found = {f"{schema}.dataset": dataset, f"{schema}.entity_id": entity_id}
    for prop, values in entity.values.items():
        texts = list(values)
        shared = [*texts[: MOST - 1], "; ".join(texts[MOST - 1 :])] if texts[MOST:] else texts
        for position, text in enumerate(shared, start=1):
            name = f"{schema}.{prop}"
            found[name if position == 1 else f"{name} {position}"] = text
    found["(rows)"] = ", ".join(str(number) for number, _ in entity.rows)
    found["(statements)"] = json.dumps([row for _, row in entity.rows], ensure_ascii=False)
    return found


def _rows(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> Iterator[list[str]]:
    yield list(columns)
    for row in rows:
        yield [row.get(name, "") for name in columns]
