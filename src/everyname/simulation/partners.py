"""The partners of the valley and their four lists: whom they reach, how they err and write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from everyname.simulation import spelling
from everyname.simulation.columns import (
    Column,
    birth_year,
    coded,
    given_first,
    man_or_boy,
    surname_comma_given,
    surname_first,
    village_in_cyrillic,
    village_in_latin,
)
from everyname.simulation.coverage import Reach
from everyname.simulation.lists import ListDesign
from everyname.simulation.mistakes import Entry, Habits
from everyname.simulation.population import ADULT

YEARS_TYPED_AS_AGES = 2
FEBRUARY = 2


def _year_typed_as_age(entries: list[Entry]) -> list[Entry]:
    adults = [
        n
        for n, e in enumerate(entries)
        if e.birth_date and isinstance(e.age, int) and e.age > ADULT
    ]
    for n in adults[5 : 5 + YEARS_TYPED_AS_AGES]:
        entries[n] = replace(entries[n], age=birth_year(entries[n]), birth_date=None)
    return entries


def _no_such_day(entries: list[Entry]) -> list[Entry]:
    for n, entry in enumerate(entries):
        if isinstance(entry.date, date) and entry.date.month == FEBRUARY:
            entries[n] = replace(entry, date=f"31.02.{entry.date.year}")
            break
    return entries


def _formula(entries: list[Entry]) -> list[Entry]:
    return [*entries[:-1], replace(entries[-1], note="=B2")] if entries else entries


HOSPITAL = ListDesign(
    name="hospital",
    file="hospital.csv",
    source={
        "name": "Register of Tamrud hospital",
        "publisher": "Tamrud District Hospital",
        "kind": "list",
        "language": "en",
        "reliability": "B",
    },
    number="Reg. No",
    columns=(
        Column("Patient (surname, name, patronymic)", surname_comma_given, "name"),
        coded("M/F", "sex", {"male": "M", "female": "F"}),
        Column("Year of birth", birth_year, "birth_date", order="ymd"),
        Column("Age", lambda e: e.age, "age"),
        Column("Date of injury", lambda e: e.date, "date", order="ymd"),
        Column("Brought from", village_in_latin, "place"),
        coded(
            "Outcome",
            "fate",
            {"killed": "died of wounds", "died_of_conditions": "died of exposure"},
        ),
        coded("Category", "status", {"civilian": "C", "armed_forces": "S"}),
    ),
    reach=Reach(
        base=0.35, remote=-2.4, female=-0.15, child=0.3, elderly=-0.8, armed=0.5, cold=-0.5
    ),
    habits=Habits(no_father=0.25, no_age=0.08, age_off=0.12, no_birth=0.3, no_status=0.15),
    render=spelling.by_clerk,
    faults=_year_typed_as_age,
)

BURIALS = ListDesign(
    name="burials",
    file="burials.xlsx",
    source={
        "name": "Книга захоронений",
        "publisher": "Совет кладбищ долины",
        "kind": "list",
        "language": "ru",
        "reliability": "B",
    },
    number="№",
    columns=(
        Column("Фамилия", lambda e: e.name.family, "family_name"),
        Column("Имя", lambda e: e.name.given, "given_name"),
        Column("Отчество", lambda e: e.name.father, "father_name"),
        coded("Пол", "sex", {"male": "м", "female": "ж"}),
        Column("Дата рождения", lambda e: e.birth_date, "birth_date", order="dmy"),
        Column("Дата смерти", lambda e: e.date, "date", order="dmy"),
        Column("Село", village_in_cyrillic, "place"),
        Column("Участок", lambda e: f"{e.place[0]}-{e.reported.day}"),
    ),
    reach=Reach(
        base=0.45,
        remote=-2.0,
        child=-0.2,
        elderly=0.4,
        armed=-0.6,
        cold=0.3,
        places={"Mzikara": -0.9, "Karadun": 0.4},
    ),
    habits=Habits(typo=0.015, no_birth=0.15, date_off=0.08, no_father=0.15, twice=0.02),
    render=spelling.own_script,
    titles=("Книга захоронений долины", "Переписано с книг восьми кладбищ"),
    sheet="Захоронения",
)

RIGHTS_GROUP = ListDesign(
    name="rights_group",
    file="rights-group.csv",
    source={
        "name": "Поіменний список правозахисної групи",
        "publisher": "Правозахисна група «Долина»",
        "kind": "list",
        "language": "uk",
        "reliability": "B",
    },
    number="Номер",
    columns=(
        Column("Прізвище, ім'я, по батькові", surname_first, "name"),
        coded("Стать", "sex", {"male": "ч", "female": "ж"}),
        Column("Дата народження", lambda e: e.birth_date, "birth_date", "dmy", style="%d.%m.%Y"),
        Column("Вік", lambda e: e.age, "age"),
        Column("Дата події", lambda e: e.date, "date", "dmy", style="%d.%m.%Y"),
        Column("Населений пункт", village_in_cyrillic, "place"),
        coded(
            "Статус",
            "status",
            {"civilian": "цивільна особа", "armed_forces": "військовослужбовець"},
        ),
        coded(
            "Доля",
            "fate",
            {
                "killed": "вбито",
                "died_of_conditions": "смерть від холоду",
                "missing": "зникнення безвісти",
            },
        ),
    ),
    reach=Reach(
        base=0.4,
        remote=-2.1,
        female=0.4,
        child=0.5,
        armed=-1.6,
        missing=0.6,
        places={"Mzikara": 0.8},
    ),
    habits=Habits(
        swapped=0.05, no_birth=0.4, no_age=0.15, found_later=0.02, no_status=0.05, twice=0.03
    ),
    render=spelling.in_cyrillic,
    faults=_no_such_day,
    delimiter=";",
)

PRESS = ListDesign(
    name="press",
    file="press.csv",
    source={
        "name": "Names in the press",
        "publisher": "Press archive of the valley",
        "kind": "article",
        "language": "en",
        "reliability": "C",
    },
    number="Item",
    columns=(
        Column("Published", lambda e: e.reported, "date_reported", "mdy", style="%m/%d/%Y"),
        Column("Name in the article", given_first, "name"),
        Column("Age", lambda e: e.age, "age"),
        Column(
            "Described as",
            man_or_boy,
            "sex",
            codes={"man": "male", "boy": "male", "woman": "female", "girl": "female"},
        ),
        Column("Day", lambda e: e.date, "date", "mdy", style="%m/%d/%Y"),
        Column("Village", village_in_cyrillic, "place"),
        coded("Said to be", "status", {"civilian": "resident", "armed_forces": "fighter"}),
        coded(
            "Fate",
            "fate",
            {"killed": "killed", "died_of_conditions": "froze to death", "missing": "missing"},
        ),
        Column("Remark", lambda e: e.note, "note"),
    ),
    reach=Reach(
        base=-0.8,
        remote=-1.5,
        female=0.3,
        child=0.7,
        armed=0.2,
        missing=0.3,
        places={"Tamrud": 0.7},
    ),
    habits=Habits(
        typo=0.06,
        no_name=0.03,
        age_off=0.25,
        vague_age=0.1,
        no_age=0.2,
        no_date=0.08,
        date_off=0.15,
        no_sex=0.1,
        no_status=0.4,
        wrong_status=0.03,
        twice=0.04,
    ),
    render=spelling.by_ear,
    faults=_formula,
    encoding="windows-1251",
)

LISTS = (HOSPITAL, BURIALS, RIGHTS_GROUP, PRESS)
