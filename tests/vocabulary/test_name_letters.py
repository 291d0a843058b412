import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import PersonName, name_latin


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Κυριάκος", "kyriakos"),
        ("Χρήστος", "khristos"),
        ("Μπάμπης", "bampis"),
        ("Παπανδρέου", "papandreu"),
        ("Сергій", "serhii"),
        ("Гулієв", "huliyev"),
        ("Сергей", "sergey"),
        ("בנימין", "bnymyn"),
        ("יוסף", "ywsf"),
        ("אברהם", "avrhm"),
        ("नरेन्द्र", "narendr"),
        ("मोहम्मद", "mohammad"),
        ("ज़ाकिर", "zakir"),
        ("মোহাম্মদ", "mohammad"),
        ("ਸਿੰਘ", "singh"),
        ("王小明", "wang xiaoming"),
        ("欧阳小明", "ouyang xiaoming"),
        ("김정은", "kim jeongeun"),
        ("Əliyev", "aliyev"),
        ("Şahin", "shahin"),
        ("Example", "example"),
    ],
)
def test_names_in_latin_letters(name, spelled):
    assert name_latin(name) == spelled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王小明", "Xiaoming Wang"),
        ("Рядовой Иван Примеров", "Примеров Иван"),
        ("الشهيد سمير المصري", "سمير المصري"),
        ("د. سمير المصري", "سمير المصري"),
        ("г-н Иван Примеров", "Иван Примеров"),
        ("श्री राम कुमार", "राम कुमार"),
        ("პოლკოვნიკი ლევან მაგალითი", "ლევან მაგალითი"),
        ("Umm Khalid", "Um Khalid"),
        ("Айбек уулу Нурлан", "Нурлан Айбек"),
        ("Doctor Aram Davit Example", "Aram Davit Example"),
        ("Mawlawi Karim Sample Example", "Karim Sample Example"),
    ],
)
def test_titles_order_and_glue_do_not_change_the_key(one, other):
    assert PersonName(one).key == PersonName(other).key


@pytest.mark.parametrize("name", ["Imam Sample", "Shahid Sample", "Bayan Sample", "Coronel Sample"])
def test_a_title_that_is_a_name_stays_where_little_else_is_left(name):
    assert len(PersonName(name).key.split()) == 2


@given(st.text(max_size=40))
def test_any_text_comes_out_in_plain_letters(text):
    spelled = name_latin(text)

    assert spelled.isascii()
    assert spelled == spelled.lower() == " ".join(spelled.split())
