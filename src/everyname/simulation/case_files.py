"""The text of the files of a simulated case."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import tomlkit
import xlsxwriter  # type: ignore[import-untyped]

from everyname.simulation.columns import Cell, Column
from everyname.simulation.lists import ListDesign
from everyname.simulation.mistakes import Entry
from everyname.simulation.population import ELDERLY, Person
from everyname.simulation.scenario import Scenario

JUDGEMENTS = "record_a,record_b,decision,reviewer,time,reason\n"
COUNTED = ("killed", "died_of_conditions")
# A workbook states when it was made; a fixed time keeps equal runs equal to the byte.
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - workbooks keep no time zone


def csv_text(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Return rows as CSV with line feeds; None is an empty cell."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def list_bytes(design: ListDesign, entries: Sequence[Entry]) -> bytes:
    """Return the file of a list: a workbook where the design names a sheet, else CSV."""
    table = [(design.number, *(column.header for column in design.columns))]
    rows: list[tuple[Cell, ...]] = [
        (number, *(column.write(entry) for column in design.columns))
        for number, entry in enumerate(entries, start=1)
    ]
    if design.sheet:
        return _workbook(design, table[0], rows)
    written = [(row[0], *map(_text, row[1:], design.columns)) for row in rows]
    titles = [(title,) for title in design.titles]
    return csv_text([*titles, *table, *written], design.delimiter).encode(design.encoding)


def _text(cell: Cell, column: Column) -> Cell:
    return cell.strftime(column.style) if isinstance(cell, date) else cell


def _workbook(design: ListDesign, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet = book.add_worksheet(design.sheet)
        for at, title in enumerate(design.titles):
            sheet.write_string(at, 0, title)
        for across, name in enumerate(header):
            sheet.write_string(len(design.titles), across, name)
        for down, row in enumerate(rows, start=design.header_row):
            for across, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(down, across, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(down, across, cell)
                elif cell:
                    sheet.write_string(down, across, cell)
    return out.getvalue()


def mapping_text(design: ListDesign, published: str) -> str:
    """Return the mapping that stands beside a list.

    Parameters
    ----------
    design
        The list.
    published
        When it was published, as EDTF.
    """
    table: dict[str, object] = {"header_row": design.header_row}
    if design.sheet:
        table |= {"sheet": design.sheet}
    else:
        table |= {"encoding": design.encoding, "delimiter": design.delimiter}
    columns: dict[str, dict[str, object]] = {design.number: {"field": "listed_id"}}
    columns |= {column.header: _mapped(column) for column in design.columns if column.field}
    return tomlkit.dumps(
        {
            "source": {**design.source, "published": published, "party": False, "derived_from": []},
            "table": table,
            "records": {"kind": "person", "key": design.number},
            "columns": columns,
        }
    )


def _mapped(column: Column) -> dict[str, object]:
    mapped: dict[str, object] = {"field": column.field}
    if column.order:
        mapped["order"] = column.order
    if column.codes:
        codes = tomlkit.inline_table()
        codes.update(column.codes)
        mapped["codes"] = codes
    return mapped


def case_text(scenario: Scenario, designs: Sequence[ListDesign], people: Sequence[Person]) -> str:
    """Return ``case.toml``: scope, lists, breakdowns, four claims, publication, truth."""
    year = str(scenario.year)
    breakdowns = (["sex"], ["age_band"], ["status"], ["fate"], ["month"], ["place"])
    return tomlkit.dumps(
        {
            "case": {
                "title": scenario.title,
                "summary": (
                    f"A simulated case: every person, place, incident and claim of {scenario.title}"
                    f" in {year} is invented, and the truth is known."
                ),
                "codebook": "1.0",
            },
            "scope": {
                "what": f"Persons killed or dead of conditions in {scenario.title} in {year}",
                "fates": list(COUNTED),
                "date": year,
                "unknown": "include",
                "elderly_from": ELDERLY,
            },
            "lists": {design.name: [design.file] for design in designs},
            "rules": {"conflict": "majority"},
            "linkage": {"threshold": 0.5, "undecided": [0.05, 0.95]},
            "breakdowns": [{"by": by} for by in (*breakdowns, ["sex", "age_band"])],
            "estimate": {"lists": []},
            "claims": claims(scenario, people),
            "publish": {
                "fields": ["name", "sex", "age_band", "date", "place", "fate", "list"],
                "persons": True,
            },
            "truth": {
                "file": "truth.csv",
                "people": "truth-persons.csv",
                "persons": scenario.persons,
            },
        }
    )


def claims(scenario: Scenario, people: Sequence[Person]) -> list[dict[str, object]]:
    """Return four fictional claims: one right, one too low, one far too high, one of families."""
    dead = [person for person in people if person.fate in COUNTED]
    families = len({person.family for person in dead})
    killed = sum(person.fate == "killed" for person in dead)
    few, many = len(dead) * 45 // 100, len(dead) * 9 // 2
    # Right in both readings of "killed": with and without those who died of conditions.
    low, high = killed * 97 // 1000 * 10, -(-len(dead) * 105 // 1000) * 10
    says = {
        "registry": (f"Between {low:,} and {high:,} people were killed", low, None, high),
        "district-north": (f"No more than {few:,} people were killed", None, None, few),
        "district-south": (f"{many:,} people were killed", many, many, many),
        "aid-fund": (f"{families:,} families lost somebody", families, families, families),
    }
    speakers = {
        "registry": "Civil registry of the valley",
        "district-north": "Council of the northern district",
        "district-south": "Council of the southern district",
        "aid-fund": "Aid fund of the valley",
    }
    return [
        {
            "id": key,
            "text": text,
            "said_by": speakers[key],
            "said_on": f"{scenario.year + 1}-03",
            "address": f"https://{key}.example/statement",
            "copies": [],
            **{
                name: number
                for name, number in (("low", least), ("best", best), ("high", most))
                if number is not None
            },
            "unit": "families" if key == "aid-fund" else "persons",
            "fate": "killed",
            "victim_class": "all",
            "place": "",
            "as_of": "",
        }
        for key, (text, least, best, most) in says.items()
    ]


def truth_text(designs: Sequence[ListDesign], entries: Sequence[Sequence[Entry]]) -> str:
    """Return ``truth.csv``: which person each row of each list is about."""
    rows = [
        (design.file, row, entry.person)
        for design, listed in zip(designs, entries, strict=True)
        for row, entry in enumerate(listed, start=design.header_row + 1)
    ]
    return csv_text([("file", "row", "person"), *rows])


def persons_text(people: Sequence[Person], on_lists: Mapping[str, Sequence[str]]) -> str:
    """Return ``truth-persons.csv``: every person and the lists that hold the person."""
    header = ("person", "sex", "birth_date", "date", "place", "fate", "status", "on_lists")
    rows = [
        (p.id, p.sex, p.birth_date, p.date, p.place, p.fate, p.status, "+".join(on_lists[p.id]))
        for p in people
    ]
    return csv_text([header, *rows])
