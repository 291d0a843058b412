import pytest

from everyname.intake.cells import Cells
from everyname.intake.header import field_for_header, header_rows
from everyname.intake.header_words import HEADER_WORDS
from everyname.intake.table import Grid, shape
from everyname.vocabulary import FIELDS


def grid(*rows):
    return Grid("list.csv", "", Cells.pack(rows), "utf-8, comma")


def test_every_word_is_of_a_field():
    assert set(HEADER_WORDS) <= set(FIELDS)


@pytest.mark.parametrize(
    ("rows", "found", "columns"),
    [
        (
            [["Register"], [], ["Valley", "2031"], ["No", "Name", "Age"], ["1", "Ada", "34"]],
            (4, 1),
            ("No", "Name", "Age"),
        ),
        (
            [
                ["Victim", "", "", "Incident", ""],
                ["Name", "Age", "Sex", "Date", "Place"],
                ["Ada", "34", "F", "2031-05-01", "Valley"],
            ],
            (1, 2),
            ("Victim / Name", "Victim / Age", "Victim / Sex", "Incident / Date",
             "Incident / Place"),
        ),
        (
            [
                ["No", "Victim", "", "Date"],
                ["", "Name", "Age", ""],
                ["1", "Ada", "34", "2031-05-01"],
            ],
            (1, 2),
            ("No", "Victim / Name", "Victim / Age", "Date"),
        ),
        (
            [
                ["Register", "", "", ""],
                ["Who", "", "Where", ""],
                ["Victim", "", "Incident", ""],
                ["Name", "Age", "Place", "Date"],
                ["Ada", "34", "Valley", "2031"],
            ],
            (2, 3),
            ("Who / Victim / Name", "Who / Victim / Age", "Where / Incident / Place",
             "Where / Incident / Date"),
        ),
        (
            [["Updated 2031-05-01", "", "Draft"], ["Name", "Age", "Place"], ["Ada", "34", "Hill"]],
            (2, 1),
            ("Name", "Age", "Place"),
        ),
        # A row of values is no part of the header, whatever its words.
        ([["Name", "", "Fate"], ["Ada", "x", "killed"]], (1, 1), ("Name", "(column 2)", "Fate")),
        ([["q1", "q2"], ["a", "b"]], (1, 1), ("q1", "q2")),
        ([["A title"], ["q1", "q2", "q3"], ["a", "b", "c"]], (2, 1), ("q1", "q2", "q3")),
        ([["姓名", "性别", "年龄"], ["某甲", "女", "34"]], (1, 1), ("姓名", "性别", "年龄")),
    ],
)  # fmt: skip
def test_the_rows_of_the_header_are_found(rows, found, columns):
    assert header_rows(grid(*rows)) == found
    assert shape(grid(*rows), *found).columns == columns


@pytest.mark.parametrize("rows", [[], [[]], [["", " "], []]])
def test_a_list_without_a_header(rows):
    assert header_rows(grid(*rows)) == (1, 1)


def test_a_wide_and_long_header_is_found_at_once():
    assert header_rows(grid(["Name", "Age", *["x" * 200] * 16_000], ["Ada", "34"])) == (1, 1)


IN_LANGUAGES = {
    "name": "Full Name|nom et prénom|nombre completo|nome completo|ФИО|ПІБ|Adı Soyadı"
    "|անուն ազգանուն|სახელი გვარი|الاسم الرباعي|نام و نام خانوادگی|שם מלא|nav û paşnav"
    "|ime i prezime"
    "|emri dhe mbiemri|ሙሉ ስም|jina kamili|nama lengkap|အမည်|ชื่อ-นามสกุล|पूरा नाम|முழு பெயர்|නම"
    "|姓名|氏名|성명|ονοματεπώνυμο|imię i nazwisko|volledige naam|Vor- und Nachname",
    "father_name": "отчество|по батькові|ata adı|اسم الأب|نام پدر|שם האב|հայրանուն|მამის სახელი",
    "age": "Age|âge|edad|idade|Alter|возраст|вік|yaş|տարիք|ასაკი|العمر|سن|גיל|starost|mosha|ዕድሜ"
    "|umri|usia|အသက်|อายุ|उम्र|عمر|வயது|වයස|年龄|年齢|나이|ηλικία|età|leeftijd|wiek",
    "sex": "Gender|sexe|sexo|Geschlecht|пол|стать|cinsiyet|cins|սեռ|სქესი|الجنس|جنسیت|מין|spol"
    "|gjinia|ጾታ|jinsia|jenis kelamin|เพศ|लिंग|பால்|性别|性別|성별|φύλο|sesso|geslacht|płeć",
    "birth_date": "date de naissance|fecha de nacimiento|Дата рождения|doğum tarihi|تاريخ الميلاد",
    "date_of_death": "date du décès|fecha de muerte|Дата смерті|ölüm tarihi|تاريخ الاستشهاد"
    "|tanggal kematian|死亡日期|사망일|data zgonu|datum smrti|Sterbedatum|تاریخ وفات",
    "date": "Date|fecha|data|Datum|дата|tarih|tarix|ամսաթիվ|თარიღი|التاريخ|تاریخ|תאריך|ቀን|tarehe"
    "|tanggal|ရက်စွဲ"
    "|วันที่|तारीख|தேதி|දිනය|日期|날짜|ημερομηνία",
    "place": "Location|lieu|lugar|luogo|Ort|место|місце|yer|վայր|ადგილი|المكان|מקום|mjesto|vendi"
    "|ቦታ|mahali|tempat|နေရာ|สถานที่|स्थान|இடம்|ස්ථානය|地点|場所|장소|τόπος|plaats|miejsce",
    "cause": "Cause of death|cause du décès|causa de muerte|причина смерти|ölüm nedeni|سبب الوفاة"
    "|penyebab kematian|मृत्यु का कारण|死因|사망원인|uzrok smrti|przyczyna zgonu|Todesursache",
    "note": "Notes|remarques|observaciones|примечание|примітки|qeyd|ملاحظات|توضیحات|הערות|napomena"
    "|shënime|catatan|หมายเหตุ|टिप्पणी|குறிப்பு|备注|備考|비고|παρατηρήσεις|uwagi|opmerkingen",
    "listed_id": "No.|№|n°|номер|sıra no|رقم|ردیف|מספר|redni broj"
    "|ተራ ቁጥር|ลำดับ|编号|番号|번호|lfd. Nr.",
    "": "Mother's name|Marital status|اسم الأم|имя матери|Date of burial|état civil|",
}  # fmt: skip


@pytest.mark.parametrize("field", IN_LANGUAGES)
def test_headers_are_known_in_many_languages(field):
    words = IN_LANGUAGES[field].split("|")
    assert {word: field_for_header(word) for word in words} == dict.fromkeys(words, field)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("NÚMERO", "listed_id"),
        ("Prenom", "given_name"),
        ("Victim / Name", "name"),
        ("Incident / Date", "date"),
        ("Data source", "said_by"),
        ("Father / Name", "father_name"),
        ("x" * 500, ""),
    ],
)
def test_marks_and_groups_do_not_matter(header, field):
    assert field_for_header(header) == field
