import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import NameText, PersonName, parse_name


@pytest.mark.parametrize(
    ("text", "name", "others"),
    [
        ("Aram Example", "Aram Example", ()),
        ("Али Экземпляров (Əli Ekzemplyarov)", "Али Экземпляров", ("Əli Ekzemplyarov",)),
        ("Vüqar / Вугар", "Vüqar", ("Вугар",)),
        ("Mohammed Example (Muhammad Example)", "Mohammed Example", ("Muhammad Example",)),
        ("Aram Example a.k.a. Abu Omar", "Aram Example", ("Abu Omar",)),
        ("Aram Example, alias Tiger", "Aram Example", ("Tiger",)),
        ('Aram Example (known as "Tiger")', "Aram Example", ("Tiger",)),
        # The bracket and the second name may be a place and another person.
        ("Aram Example (Agdam)", "Aram Example (Agdam)", ()),
        ("Aram / Davit", "Aram / Davit", ()),
        ("Alias Example", "Alias Example", ()),
    ],
)
def test_other_spellings_where_they_can_only_be_that(text, name, others):
    assert parse_name(text) == NameText(text, name=name, others=others)


@pytest.mark.parametrize(
    ("text", "father"),
    [
        ("Ali Vali oğlu", "Vali"),
        ("Example Ali Vali oğlu", "Vali"),
        ("ƏLİ VƏLİ OĞLU", "VƏLİ"),
        ("Али Вели оглы", "Вели"),
        ("Sara Vali qızı", "Vali"),
        ("Ali bin Vali", "Vali"),
        ("Ali ibn Abd al-Rahman Example", "Abd al-Rahman"),
        ("سارة بنت عبد الرحمن", "عبد الرحمن"),
        # A patronymic and a surname are not said to be the father's name.
        ("Ivan Ivanovich Example", ""),
        ("Ali Kara Oğlu", ""),
        ("Vali oğlu", ""),
    ],
)
def test_the_father_only_where_the_text_says_so(text, father):
    assert parse_name(text) == NameText(text, name=text, father=father)


def test_a_relation_behind_the_name():
    son, wife = parse_name("Ali, son of Vali"), parse_name("Sara (wife of Ali)")

    assert (son.name, son.father, son.relation, son.relative_of) == ("Ali", "Vali", "son", "Vali")
    assert (wife.name, wife.father, wife.relation, wife.relative_of) == ("Sara", "", "wife", "Ali")


@pytest.mark.parametrize(
    ("text", "relation", "other"),
    [
        ("unidentified man", "", ""),
        ("N.N.", "", ""),
        ("Unknown 12", "", ""),
        ("John Doe 3", "", ""),
        ("имя неизвестно", "", ""),
        ("wife of Aram Example", "wife", "Aram Example"),
        ("baby of Sara", "child", "Sara"),
        ("Aram's son", "son", "Aram"),
        ("James' wife", "wife", "James"),
        ("жена Ивана", "wife", "Ивана"),
        ("زوجة سمير", "wife", "سمير"),
        ("Unidentified man, son of Aram", "son", "Aram"),
        # "The son Alexei" or "the son of Alexei": not told.
        ("сын Алексей Экземпляров", "", ""),
        ("", "", ""),
    ],
)
def test_texts_that_name_nobody_keep_the_relation(text, relation, other):
    assert parse_name(text) == NameText(text, unknown=True, relation=relation, relative_of=other)


def test_family_and_given_name_around_a_comma():
    assert parse_name("Example, Mary Ann") == NameText(
        "Example, Mary Ann", name="Example, Mary Ann", family="Example", given="Mary Ann"
    )
    assert parse_name("Example, Jr").family == ""
    assert parse_name("Aram Example, Davit Example").family == ""


def test_an_age_behind_the_name_is_set_apart():
    assert parse_name("Aram Example, 34") == NameText(
        "Aram Example, 34", name="Aram Example", rest="34"
    )
    assert parse_name("Aram Example (34 years)").rest == "34 years"


PIECES = ["Aram", "Əli", "Али", "son of", "oğlu", "bin", "(", ")", "/", ",", "aka", "'s wife", "34"]


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_any_text_is_kept_and_nothing_is_invented(text):
    found = parse_name(text)

    assert found.text == text
    said = [found.name, *found.others, found.father, found.relative_of, found.rest]
    shown = PersonName(text).text
    for piece in said:
        for word in piece.split():
            assert (
                word.strip("'\"«»“”„‘’ ,.;:()[]") in " ".join(shown.split()) or not text.isascii()
            )
    assert not (found.unknown and found.name)


@given(st.lists(st.sampled_from(["Aram", "Davit", "Карим", "سمير", "Hüseyn"]), min_size=1))
def test_a_plain_name_stays_as_it_is(parts):
    text = " ".join(parts[:5])

    assert parse_name(text) == NameText(text, name=text)
