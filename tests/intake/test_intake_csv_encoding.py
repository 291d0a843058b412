"""Encodings of text files: marks, UTF-8 with damage, wide characters, letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.intake.csv_file import read_csv
from everyname.intake.table import GridNote, TableOptions
from everyname.intake.text_encoding import find_encoding

LISTS = {
    "cp1251": "Имя;Место\nИван Вымышлен;Верхняя Мельница\n",
    "koi8_r": "Имя;Место\nИван Вымышлен;Верхняя Мельница\n",
    "cp866": "Имя;Место\nИван Вымышлен;Верхняя Мельница\n",
    "cp1253": "Όνομα;Ηλικία\nΓιώργος Φανταστικός;34\n",
    "cp1255": "שם;גיל\nעדה בדויה;34\n",
    "cp1256": "الاسم;العمر\nعلي مختلق;34\n",
    "cp1254": "Adı;Yaş\nAyşe Uydurma;34\nİbrahim Çiğdem;3\n",
    "cp1250": "Imię;Wiek\nŁukasz Zmyślony;34\n",
    "cp1252": "Nom;Âge\nChloé Inventée;34\n",
    "cp1257": "Vardas;Amžius\nŽydrūnė Išgalvota;34\n",
    "cp874": "ชื่อ;อายุ\nสมชาย สมมติ;34\n",
    "gb18030": "姓名;年龄\n王小明;34\n",
    "big5": "姓名;年齡\n陳美玲;34\n",
    "cp932": "氏名;年齢\n山田たろう;34\n",
    "euc_jp": "氏名;年齢\n山田たろう;34\n",
    "cp949": "이름;나이\n김철수;34\n",
}


def grid_of(data, **options):
    return read_csv("list.csv", data, TableOptions(**options))


@pytest.mark.parametrize("codec", LISTS)
def test_letters_tell_the_encoding_of_a_short_list(codec):
    found = find_encoding(LISTS[codec].encode(codec))
    assert found.guessed
    assert LISTS[codec].encode(codec).decode(found.codec) == LISTS[codec]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [LISTS["cp1251"], LISTS["cp1252"], "Name,Age\nAda,3\n"])
def test_wide_characters_without_a_mark(codec, text):
    found = find_encoding(text.encode(codec))
    assert (found.codec, found.guessed) == (codec, True)


def test_a_few_bad_bytes_do_not_change_utf_8():
    text = LISTS["cp1251"].encode()
    grid = grid_of(text + b"Zo\xe9;a\x81\n")
    assert grid.cells.row(2) == ["Zoé", "a\\x81"]
    assert grid.dialect == "utf-8, semicolon"
    assert grid.notes == (
        GridNote(3, 1, "bytes that are not utf-8: read as Windows would"),
        GridNote(3, 2, "bytes that are not utf-8: read as Windows would"),
    )


def test_as_many_letters_of_utf_8_as_bad_bytes_keep_it():
    grid = grid_of("No,Name\n1,José\n".encode() + b"2,Mar\xeda\n")
    assert list(grid.cells.rows()) == [["No", "Name"], ["1", "José"], ["2", "María"]]
    assert grid.dialect == "utf-8, comma"
    assert grid.notes == (GridNote(3, 2, "bytes that are not utf-8: read as Windows would"),)


def test_letters_encoded_twice_are_noted_and_not_changed():
    once = LISTS["cp1251"].encode().decode("cp1252", errors="replace").replace("\ufffd", "")
    grid = grid_of("Имя;Место\n".encode().decode("latin-1").encode() * 3)
    assert grid.notes[0] == GridNote(
        0, 0, "letters look like UTF-8 that was read as another encoding and saved so"
    )
    assert grid_of(LISTS["cp1251"].encode()).notes == ()
    assert once != LISTS["cp1251"]


def test_half_characters_in_utf_16_are_noted():
    data = "\ufeffa;b\n1;2\n3;".encode("utf-16-le") + b"\x00\xd8" + "x\n".encode("utf-16-le")
    grid = grid_of(data)
    assert grid.cells.row(2) == ["3", "\\ud800x"]
    assert [(note.row, note.column) for note in grid.all_notes] == [(3, 2)]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_utf_8_is_never_guessed_to_be_anything_else(text):
    found = find_encoding(("\ufeff" + text).encode())
    assert found.codec == "utf-8-sig"
