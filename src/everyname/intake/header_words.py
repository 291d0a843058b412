"""Words by which lists head their columns, in the languages they come in."""

from __future__ import annotations

from collections.abc import Mapping

from everyname.intake.header_words_date import DATES
from everyname.intake.header_words_incident import INCIDENT
from everyname.intake.header_words_person import PERSON

HEADER_WORDS: Mapping[str, tuple[str, ...]] = {**DATES, **PERSON, **INCIDENT}
"""Field, and what its column is called.

A word matches as a whole word of the header; a phrase in order; one that begins with ``=`` only
as the whole header, since its words mean much else beside others. Earlier fields win over later
ones, so the specific stand before the general. Marks that are often left out in typing (accents,
vowel points) do not matter. Languages without spaces between words need their compounds whole.
"""

# Headers that hold a word of a field and speak of something else, which no field takes.
OTHER_WORDS: tuple[str, ...] = (
    "mother name", "mother s name", "mothers name", "name of mother", "mother",
    "grandfather name", "grandfather", "husband name", "wife name", "hospital name",
    "name of hospital", "name of the hospital", "file name", "filename", "user name", "username",
    "name of reporter", "reporter name", "informant name", "name of informant", "place name id",
    "family members", "marital status", "family status", "employment status", "case status",
    "record status", "date added", "date entered", "entry date", "date of entry", "last updated",
    "date updated", "update date", "date modified", "burial date", "date of burial",
    "place of burial", "burial place", "phone number", "telephone number", "page number",
    "account number", "number of children", "имя матери", "мать", "семейное положение",
    "дата захоронения", "место захоронения", "дата обновления", "ім'я матері", "сімейний стан",
    "місце поховання", "anne adı", "ana adı", "medeni hali", "ailə vəziyyəti", "nom de la mère",
    "état civil", "situation familiale", "lieu d inhumation", "nombre de la madre",
    "estado civil", "nome da mãe", "nome della madre", "stato civile", "name der mutter",
    "familienstand", "grabstelle", "naam moeder", "burgerlijke staat", "imię matki",
    "stan cywilny", "ime majke", "bračno stanje", "emri i nënës", "gjendja civile",
    "όνομα μητέρας", "μητρώνυμο", "οικογενειακή κατάσταση", "اسم الأم", "اسم الوالدة",
    "الحالة الاجتماعية", "الحالة المدنية", "مكان الدفن", "نام مادر", "وضعیت تاهل",
    "والدہ کا نام", "שם האם", "מצב משפחתי", "մոր անունը", "დედის სახელი", "navê dayikê",
    "የእናት ስም", "jina la mama", "nama ibu", "status perkawinan", "ชื่อมารดา", "माता का नाम",
    "தாய் பெயர்", "මවගේ නම", "母亲姓名", "婚姻状况", "母の名",
)  # fmt: skip
