import pytest

from everyname.vocabulary import Place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xocalı", "Xocalı"),
        ("Saint-Example", "saint example"),
        ("Ağdam", "Ağdam "),
        ("Прымерск", "prymersk"),
        ("Al-Mithal (camp)", "al mithal camp"),
        ("Éxample", "EXAMPLE"),
    ],
)
def test_spellings_of_one_place_share_a_key(one, other):
    assert Place(one).key == Place(other).key


def test_the_text_is_kept_as_it_is():
    place = Place(" Ağdam, Əsgəran ")

    assert (place.text, place.key, place.script) == (" Ağdam, Əsgəran ", "aghdam asgaran", "Latin")
