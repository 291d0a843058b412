import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import CODE_LISTS, FIELDS, SEX, Reading, ReadOptions

WORDS = {
    "sex": "male|мужской|ذكر|erkek|kişi|արական|homme|hombre|مرد|זכר|კაცი|پیاو|homem|mann|muškarac"
    "|男|laki-laki",
    "fate": "killed|убит|قتيل|öldü|öldürülüb|սպանված|tué|asesinado|کشته شده|נהרג|მოკლული|کوژراو"
    "|morto|getötet|ubijen|死亡|tewas",
    "cause": "small_arms|расстрелян|رصاص|kurşun|güllə|գնդակ|balle|disparo|گلوله|ירי|ტყვია|gule|tiro"
    "|schuss|metak|枪击|tembakan",
    "status": "civilian|цивільний|مدني|sivil|mülki|քաղաքացիական|civil|غیرنظامی|אזרח|სამოქალაქო"
    "|sivîl|zivilist|civilna osoba|平民|warga sipil",
    "unit": "families|семей|عائلات|aile|ailə|ընտանիք|familles|familias|خانواده|משפחות|ოჯახი|malbat"
    "|famílias|familien|porodice|家庭|keluarga",
}


@pytest.mark.parametrize(
    ("name", "word"), [(name, word) for name, line in WORDS.items() for word in line.split("|")]
)
def test_codes_are_understood_in_the_languages_of_the_field(name, word):
    first = WORDS[name].split("|")[0]

    assert CODE_LISTS[name].read(word).value == first


@pytest.mark.parametrize("name", sorted(CODE_LISTS))
def test_every_code_is_read_back_as_itself(name):
    for code in CODE_LISTS[name].codes:
        assert CODE_LISTS[name].read(code).value == code


def test_a_letter_stays_flagged():
    assert SEX.read("m") == Reading("male", flags=("one-letter code",))


@pytest.mark.parametrize("name", ["Sara", "Ali Vali oğlu", "سميرة", "wife of Ali"])
def test_sex_is_never_taken_from_a_name(name):
    assert SEX.read(name).rejected


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=60))
def test_no_text_makes_a_reader_raise(name, text):
    assert isinstance(FIELDS[name].read(text, ReadOptions()), Reading)
