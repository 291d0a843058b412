from lists import converted, notes

from everyname.intake.name_reading import MORE, OTHERS, SEVERAL

NAME = (
    '[columns.Name]\nfield = "name"\n[columns.Age]\nfield = "age"\n[columns.Sex]\nfield = "sex"\n'
)


def kinds(conversion):
    return [(r.kind, [tuple(s)[:2] for s in r.statements]) for r in conversion.records]


def test_a_row_that_speaks_of_several_people_is_a_group():
    conversion = converted(
        [
            ["No", "Name", "Age", "Sex"],
            ["1", "Ada Invented", "34", "female"],
            ["2", "family of seven", "", ""],
            ["3", "5 unidentified men", "", "male"],
            ["4", "about forty villagers", "", ""],
            ["5", "unidentified man", "", "male"],
            ["6", "wife of Ben Invented", "", ""],
        ],
        f'{NAME}[records]\nkey = "No"\n[constants]\nfate = "killed"',
    )
    assert kinds(conversion) == [
        ("person", [("name", "Ada Invented"), ("age", "34"), ("sex", "female"),
                    ("fate", "killed")]),
        ("group", [("low", "7"), ("best", "7"), ("high", "7"), ("unit", "persons"),
                   ("note", "family of seven"), ("fate", "killed")]),
        ("group", [("low", "5"), ("best", "5"), ("high", "5"), ("unit", "persons"),
                   ("victim_class", "men"), ("note", "5 unidentified men"), ("sex", "male"),
                   ("fate", "killed")]),
        ("group", [("best", "40"), ("unit", "persons"), ("note", "about forty villagers"),
                   ("fate", "killed")]),
        ("person", [("name", "unidentified man"), ("sex", "male"), ("fate", "killed")]),
        ("person", [("name", "wife of Ben Invented"), ("fate", "killed")]),
    ]  # fmt: skip
    one = converted([["Name", "Age", "Sex"], ["family of seven", "40", ""]], NAME)
    # What only one person has keeps the row a person: it is flagged all the same.
    assert [kind for kind, _ in kinds(one)] == ["person"]
    assert SEVERAL in [note[4] for note in notes(one)]
    assert [(n[0], n[4]) for n in notes(conversion) if n[4] == SEVERAL] == [
        (3, SEVERAL), (4, SEVERAL), (5, SEVERAL),
    ]  # fmt: skip
    assert [(n[0], n[4]) for n in notes(conversion) if n[4] == "approximate"] == [
        (5, "approximate")
    ]
    assert conversion.account.adds_up


def test_a_named_person_with_others_stays_a_person_and_is_pointed_out():
    conversion = converted(
        [["Name"], ["Ben Invented and family"], ["Ada Invented"], ["Twins of Cleo"], ["villagers"]],
        '[columns.Name]\nfield = "name"',
    )
    assert kinds(conversion) == [
        ("person", [("name", "Ben Invented and family")]),
        ("person", [("name", "Ada Invented")]),
        ("person", [("name", "Twins of Cleo")]),
        ("group", [("low", "2"), ("unit", "persons"), ("note", "villagers")]),
    ]
    assert [(n[0], n[4]) for n in notes(conversion)] == [
        (2, OTHERS), (4, OTHERS), (5, SEVERAL), (5, "vague"), (5, "number not stated"),
    ]  # fmt: skip


def test_a_cell_of_names_can_hold_more_than_a_name():
    conversion = converted(
        [
            ["Name"],
            ["Али Вымышлен (Əli Uydurma)"],
            ["Ada Invented, daughter of Ben"],
            ["Cleo Invented, 34 years old"],
            ["Dan Invented"],
        ],
        '[columns.Name]\nfield = "name"',
    )
    assert [said for _, said in kinds(conversion)] == [
        [("name", "Али Вымышлен"), ("name_other", "Əli Uydurma")],
        [("name", "Ada Invented"), ("father_name", "Ben")],
        [("name", "Cleo Invented"), ("note", "34 years old")],
        [("name", "Dan Invented")],
    ]
    # The cell itself is kept as written.
    assert next(iter(conversion.records)).cells == (("Name", "Али Вымышлен (Əli Uydurma)"),)
    assert [n[4] for n in notes(conversion) if n[4] == MORE] == [MORE]


def test_a_named_member_is_tied_to_the_group():
    conversion = converted(
        [["No", "Name", "Of"], ["1", "family of seven", ""], ["2", "Ada Invented", "1"]],
        '[records]\nkey = "No"\n[columns.Name]\nfield = "name"\n[columns.Of]\nfield = "member_of"',
    )
    assert [(r.kind, r.key, r.value("member_of")) for r in conversion.records] == [
        ("group", "1", ""), ("person", "2", "1"),
    ]  # fmt: skip
