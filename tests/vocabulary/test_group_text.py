import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import COUNTING_UNIT, GroupText, parse_group
from everyname.vocabulary.group_text import may_be_several

VAGUE_FAMILY = ("vague", "family, number not stated")
NOT_STATED = ("vague", "number not stated")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("family of seven", 7),
        ("Family of 7 persons", 7),
        ("family (5)", 5),
        ("семья из семи человек", 7),
        ("сім'я з п'яти осіб", 5),
        ("عائلة من سبعة أفراد", 7),
        ("yedi kişilik aile", 7),
        ("beş nəfərlik ailə", 5),
        ("7 հոգանոց ընտանիք", 7),
        ("famille de sept personnes", 7),
        ("una familia de siete", 7),
        ("خانواده هفت نفره", 7),
        ("12 members of the Example family", 12),
        ("his wife and three children", 4),
        ("mother and 3 children of Aram", 4),
        ("a woman and two children", 3),
        ("жена и трое детей", 4),
        ("wife and two sons", 3),
        ("and 6 others", 6),
        ("+ 3 more", 3),
        ("и ещё 6 человек", 6),
        ("ещё 3 человека", 3),
        ("baby twins", 2),
        ("طفلان", 2),
        ("group of 12 people", 12),
        ("qırx nəfər", 40),
        ("beş nəfər", 5),
        ("on nəfər", 10),
        ("sept personnes", 7),
        ("wife, 2 children", 3),
        ("его жена, мать", 2),
        ("mother and child", 2),
        ("family of seven (Miller)", 7),
        ("family of 7, Alder Mill", 7),
        ("family of 7 from Alder Mill", 7),
        ("family of Aram, 5 persons", 5),
        ("семья из семи человек (Кузнецовы)", 7),
        ("Miller family of seven", 7),
        ("Miller family (7)", 7),
        ("Miller family - 7 persons", 7),
        ("семья Ивановых (5 человек)", 5),
        ("семья Ивановых, пятеро", 5),
        ("сім'я Коваленків (4 особи)", 4),
        ("Kaya ailesi (6 kişi)", 6),
        ("5 kişilik Kaya ailesi", 5),
        ("عائلة المصري (7 أفراد)", 7),
        ("famille Dupont, 4 personnes", 4),
        ("bir ailə, 4 nəfər", 4),
        ("3 brothers Miller", 3),
        ("три брата Ивановы", 3),
        ("5 неизвестных", 5),
        ("трое неизвестных", 3),
        ("Neuf inconnus", 9),
    ],
)
def test_so_many_unnamed_persons(text, number):
    assert parse_group(text) == GroupText(number, number, number, "persons", "", (), text)


@pytest.mark.parametrize(
    ("text", "bounds", "unit", "people", "flags"),
    [
        ("about forty villagers", (None, 40, None), "persons", "", ("approximate",)),
        ("около сорока жителей", (None, 40, None), "persons", "", ("approximate",)),
        ("حوالي أربعين مدنيا", (None, 40, None), "persons", "", ("approximate",)),
        ("unos cuarenta campesinos", (None, 40, None), "persons", "", ("approximate",)),
        ("at least ten civilians", (10, None, None), "persons", "civilians", ("at least",)),
        ("dozens of villagers", (24, None, None), "persons", "", ("vague",)),
        ("2 or 3 men", (2, None, 3), "persons", "men", ("range",)),
        ("10-15 people", (10, None, 15), "persons", "", ("range",)),
        ("5 unidentified men", (5, 5, 5), "persons", "men", ()),
        ("5 неизвестных мужчин", (5, 5, 5), "persons", "men", ()),
        ("5 անհայտ տղամարդ", (5, 5, 5), "persons", "men", ()),
        ("cinq hommes non identifiés", (5, 5, 5), "persons", "men", ()),
        ("خمسة رجال مجهولين", (5, 5, 5), "persons", "men", ()),
        ("two children", (2, 2, 2), "persons", "children", ()),
        ("TWO MEN", (2, 2, 2), "persons", "men", ()),
        ("три женщины", (3, 3, 3), "persons", "women", ()),
        ("пятеро детей", (5, 5, 5), "persons", "children", ()),
        ("unidentified bodies (12)", (12, 12, 12), "bodies", "", ()),
        ("три неопознанных тела", (3, 3, 3), "bodies", "", ()),
        ("two hundred families", (200, 200, 200), "families", "", ()),
        ("unidentified bodies", (2, None, None), "bodies", "", ("vague",)),
        ("family of Aram Example", (2, None, None), "persons", "", VAGUE_FAMILY),
        ("the Example family", (2, None, None), "persons", "", VAGUE_FAMILY),
        ("family of Maria dos Santos", (2, None, None), "persons", "", VAGUE_FAMILY),
        ("The Miller family (about 7)", (None, 7, None), "persons", "", ("approximate",)),
        ("Miller family of 3 to 5", (3, None, 5), "persons", "", ("range",)),
        ("c. 40 people", (None, 40, None), "persons", "", ("approximate",)),
        ("villagers", (2, None, None), "persons", "", NOT_STATED),
        ("Local villagers", (2, None, None), "persons", "", NOT_STATED),
        ("soldiers", (2, None, None), "persons", "combatants", NOT_STATED),
        ("children", (2, None, None), "persons", "children", NOT_STATED),
        ("мирные жители", (2, None, None), "persons", "civilians", NOT_STATED),
        ("unknown number of prisoners", (2, None, None), "persons", "", NOT_STATED),
        ("неизвестное число пленных", (2, None, None), "persons", "", NOT_STATED),
        ("his wife and children", (3, None, None), "persons", "", ("at least",)),
        ("children of Aram", (2, None, None), "persons", "", ("at least",)),
    ],
)
def test_ranges_units_and_classes_as_the_text_states_them(text, bounds, unit, people, flags):
    assert parse_group(text) == GroupText(*bounds, unit, people, flags, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unidentified man",
        "Unidentified man 5",
        "Unknown 12",
        "John Doe 3",
        "wife of Aram",
        "his wife",
        "baby of Sara",
        "child of Aram",
        "mother of 3 children",
        "father of two",
        "one of two brothers killed",
        "daughter of two refugees",
        "one man",
        "1 man",
        "Men",
        "Children",
        "Семён Семья",
        "Sept",
        "Una",
        "Six",
        "Seven",
        "Yedi",
        "Otuz Example",
        "Kırk Adam",
        "KIRK ADAM",
        "kirk adam",
        "SABA ADAM",
        "OTTO ADAM",
        "SITA MEN",
        "DUA KURBAN",
        "Seven Uno Men",
        "child, boy",
        "ребенок, девочка",
        "infant, girl",
        "Boy, Baby",
        "woman, mother",
        "Son, Mari",
        "Child, Mari",
        "Niño, Mari",
        "a boy, infant",
        "Mary 12",
        "Dos Santos",
        "Maria Dos Santos",
        "Иван Сорок",
        "Тринадцать",
        "5. Aram Example",
        "Aram and Davit",
        "Aram Example and 3 children",
        "3 month old baby",
        "two-year-old boy",
        "boy, 12",
        "Sister Mary",
        "12",
        "forty",
        "Family",
        "عائلة",
        "unknown",
        "\x00",
    ],
)
def test_names_and_single_persons_are_no_group(text):
    assert parse_group(text) is None


BESIDE_A_NAME = [
    "John Miller and family",
    "Mary Miller (and two children)",
    "Иванов и ещё двое",
    "John Miller and 3 others",
    "John Miller +2",
    "John Miller and his wife",
    "Dr. Hassan Test and his two sons",
    "John and Mary Miller",
    "JOHN AND MARY MILLER",
    "John & Mary Miller",
    "Jean et Marie Dupont",
    "Juan y María Pérez",
    "Иван и Мария Петровы",
    "Əli və Vəli Uydurma",
    "Əli və ailəsi",
    "علي وزوجته",
    "Петров с женой",
    "Twins of Fatima",
    "Miller brothers",
    "Miller family",
    "Mary 12, Ali 14",
    "John Miller and family (5)",
]
# A number that is not understood as the number of persons: never "at least 2".
NUMBER_UNCLEAR = [
    "family of seven (five survived)",
    "family of Aram, flat 12",
    "Miller family (1992)",
    "Miller family, 7 Mill Road",
    "father of a family of seven",
]


@pytest.mark.parametrize("text", BESIDE_A_NAME + NUMBER_UNCLEAR)
def test_others_beside_a_named_person_are_pointed_out(text):
    assert (parse_group(text), may_be_several(text)) == (None, True)


ORDINARY = """
Ramon y Cajal|Santiago Ramón y Cajal|Ortega y Gasset|José Ortega y Gasset|Said And|Seven|Yedi|
Mary 12|Mary (12)|Otuz Example|Kırk Adam|Maria Dos Santos|maria dos santos|dos santos|Иван Сорок|
Ali Y Adam|John E Men|Иван И. Петров|Петров И С|С. Петров|Ирина Родина|Родина Анна|Jeurys Familia|
Mammad Ali oğlu|Əliyev Vəli Məmməd oğlu|Ali bin Said|محمد وليد|وحيد سامي|أحمد عبد الرحمن|
ابن سينا|Sister Mary|Anna Ten Boom|Dupont fils|Van der Berg|Abu Bakr al-Test|Six|Sept|Jean Neuf|
Тринадцать|Nguyen Van Ba|Tran Ba Muoi|Ba Maw|Nam Le|Ayşe Yedi Example|Cleo Invented, 34 years old|
Ada Invented, daughter of Ben|Али Вымышлен (Əli Uydurma)|Արամ Օրինակյան|Անի Պողոսյան|Иванов, Иван|
Miller, John|John Miller Jr.|Anne-Marie Dupont|O'Neil Sean|Ана Марија Пример|Олена Ковальчук|
Pompeu Fabra i Poch|Mehmet Ali Örnek|زهرا محمدی|სალომე მაგალითი|王小明|김철수|Fatima bint Ali|
Ivan Petrovich Sidorov|Wife Example|Unidentified man|mother of 3 children|father of two|
one of two brothers killed|5. Aram Example|3 month old baby|boy, 12|wife of Ben|William Sevenoaks
"""


def ordinary_names():
    names = [name.strip() for name in ORDINARY.strip().split("|")]
    assert len(names) >= 60
    return names


@pytest.mark.parametrize("text", ordinary_names())
def test_an_ordinary_name_speaks_of_nobody_else(text):
    assert (parse_group(text), may_be_several(text)) == (None, False)


@given(st.text(max_size=80))
def test_any_text_is_looked_through_for_others(text):
    assert may_be_several(text) in {True, False}


NAMES = ["Aram", "Seven", "Sara", "Kırk", "Men", "Uno", "Семь", "Example", "al-Masri", "سمير"]


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
def test_no_name_is_taken_for_a_group(parts):
    assert parse_group(" ".join(parts)) is None


WORDS = ["5", "two", "family", "of", "men", "and", "wife", "his", "(12)", "children", "about", "+"]


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_any_text_gives_several_people_in_order_or_none(text):
    found = parse_group(text)

    if found is not None:
        stated = [n for n in (found.low, found.best, found.high) if n is not None]
        assert stated == sorted(stated)
        assert stated[-1] >= 2
        assert found.unit in COUNTING_UNIT
        assert found.text == text


@given(st.integers(2, 100_000))
def test_a_number_before_a_noun_is_the_number(number):
    found = parse_group(f"{number} people")

    assert found == GroupText(number, number, number, "persons", "", (), f"{number} people")
