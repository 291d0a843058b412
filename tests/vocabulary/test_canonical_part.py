from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname import vocabulary
from everyname.vocabulary import PersonName, canonical_part, name_latin, skeleton

TABLE = Path(vocabulary.__file__).with_name("nicknames.tsv")


@pytest.mark.parametrize(
    ("part", "canonical"),
    [
        ("bob", "robert"),
        ("misha", "mikhail"),
        ("mykhailo", "mikhail"),
        ("pepe", "yosef"),
        ("mohd", "muhammad"),
        ("abdrahman", "abdrahman"),
        ("abukhaled", "abukhalid"),
        ("viktorovich", "viktor"),
        ("viktorivna", "viktor"),
        ("sergeyevich", "sergei"),
        ("serhiyovych", "sergei"),
        ("nikolaevna", "nikolai"),
        ("yuryevich", "yuri"),
        ("ilyinichna", "ilya"),
        ("petrovna", "peter"),
        ("magomedovich", "muhammad"),
        ("abdurahmanovich", "abdrahman"),
        ("popovich", "popovich"),
        ("ivanova", "ivanov"),
        ("aliyeva", "aliyev"),
        ("putina", "putin"),
        ("marina", "marina"),
        ("zelenskaya", "zelensky"),
        ("zelenskyy", "zelensky"),
        ("kovalska", "kovalsky"),
        ("lavrovs", "lavrov"),
        ("hakobyants", "hakobyan"),
        ("papadopoulou", "papadopoulos"),
        ("jonsdottir", "jon"),
        ("chris", "chris"),
        ("example", "example"),
        ("", ""),
    ],
)
def test_the_canonical_form_of_a_part(part, canonical):
    assert canonical_part(part) == canonical


@pytest.mark.parametrize(
    "names",
    [
        "محمد Mohammed Магомед მუჰამედ मोहम्मद Mehmet",
        "حسين Hüseyn Гусейн Hossein Husain",
        "Олександр Aleksandr ალექსანდრე Ալեքսանդր Αλέξανδρος Саша",
        "დათო David Դավիթ דוד Davit",
        "Γιώργος Giorgos გიორგი Георгий Gevorg",
        "Χρήστος Christos Khristos",
        "Abdurrahman Abdurahman Abdirahman",
    ],
)
def test_one_name_in_many_scripts_has_one_key(names):
    assert len({skeleton(PersonName(name).canonical) for name in names.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hasan", "husayn"),
        ("muhammad", "mahmud"),
        ("ahmad", "hamid"),
        ("karim", "salim"),
        ("yusuf", "yosef"),
        ("maria", "mario"),
        ("sasha", "pasha"),
        ("qasim", "jasim"),
    ],
)
def test_different_names_keep_different_forms(one, other):
    assert canonical_part(one) != canonical_part(other)


def test_the_canonical_form_of_a_whole_name():
    name = PersonName("Петренко, Оля Миколаївна")

    assert name.canonical == "nikolai olga petrenko"
    assert name.in_order == ("petrenko", "olya", "mykolaivna")


def test_every_form_of_the_table_leads_to_one_root():
    owners: dict[str, set[str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, root, *forms = line.split("\t")
        assert kind in {"name", "short", "maybe"}
        if kind == "maybe":
            continue
        for form in [root, *" ".join(forms).split()]:
            assert " " not in name_latin(form)
            owners.setdefault(name_latin(form), set()).add(root)

    assert {form: roots for form, roots in owners.items() if len(roots) > 1} == {}
    assert len(owners) > 2000


@given(st.from_regex(r"[a-z]{0,14}", fullmatch=True))
def test_the_canonical_form_is_stable(part):
    once = canonical_part(part)

    assert once.isascii()
    assert bool(once) == bool(part)
    assert skeleton(canonical_part(part)) == skeleton(once)
