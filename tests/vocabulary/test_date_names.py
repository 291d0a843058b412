import pytest
from cldr_date_names import TABLE, table

from everyname.vocabulary.date_word import cldr_weekdays, date_words
from everyname.vocabulary.month_name import foreign_months, own_months


def test_the_table_of_names_is_what_cldr_gives():
    pytest.importorskip("babel", reason="Babel makes the table and is no dependency")

    assert TABLE.read_text(encoding="utf-8") == table()


def test_no_word_is_both_a_month_and_something_else():
    words = set(date_words()) | set(cldr_weekdays())

    assert not words & set(own_months())
    assert not words & set(foreign_months())
    assert not set(own_months()) & set(foreign_months())
