"""Spelling of names in other scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.simulation.romanisation import TABLES, cyrillicise, romanise, usual


def last(spellings: int) -> int:
    return spellings - 1


@pytest.mark.parametrize(
    ("locale", "name", "first", "other", "cyrillic"),
    [
        ("ru_RU", "Жуков", "Zhukov", "Joukow", "Жуков"),
        ("hy_AM", "Խաչատրյան", "Khachatryan", "Xachadrian", "Хачатрян"),
        ("ka_GE", "ჯაფარიძე", "Dzhaparidze", "Japharidze", "Джапаридзе"),
        ("el_GR", "Χρήστου", "Khristu", "Hrestou", "Христу"),
        ("az_AZ", "Hacıyev", "Gadzhiyev", "Haciev", "Гаджиев"),
        ("tr_TR", "İPEK", "Ipek", "Ipek", "Ипек"),
        ("ar_AA", "محمد", "Makhamad", "Mehemed", "Махамад"),
    ],
)
def test_a_name_has_a_usual_and_other_spellings(locale, name, first, other, cyrillic):
    assert romanise(name, locale) == first
    assert romanise(name, locale, last) == other
    assert cyrillicise(name, locale) == cyrillic


@pytest.mark.parametrize("locale", sorted(TABLES))
def test_letters_of_every_table_become_latin(locale):
    @given(st.text(sorted({letter for key in TABLES[locale] for letter in key}), max_size=12))
    def spelt(name):
        for choose in (usual, last):
            assert romanise(name, locale, choose).isascii()

    spelt()
