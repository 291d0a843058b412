"""Words by which lists head their columns, in the languages they come in."""

from __future__ import annotations

from collections.abc import Mapping

# Field, and what its column is called. A word matches as a whole word of the header; a phrase
# in order. Earlier fields win over later ones, so the specific stand before the general.
HEADER_WORDS: Mapping[str, tuple[str, ...]] = {
    "birth_date": (
        "birth date", "date of birth", "dob", "born", "birthdate", "birthday", "дата рождения",
        "дата народження", "dogum tarihi", "doğum tarihi", "date de naissance",
        "fecha de nacimiento", "geburtsdatum", "تاريخ الميلاد", "təvəllüd", "doğum",
    ),
    "date_reported": ("date reported", "report date", "reported on", "date of report"),
    "date_of_death": ("date of death", "death date", "died on", "дата смерти", "ölüm tarihi"),
    "date": (
        "date", "incident date", "date of incident", "killed on", "event date", "when",
        "дата", "tarih", "fecha", "datum", "تاريخ", "ամսաթիվ", "თარიღი",
    ),
    "given_name": (
        "given name", "first name", "forename", "fname", "имя", "ім'я", "prénom", "prenom",
        "vorname", "الاسم الأول",
    ),
    "family_name": (
        "family name", "last name", "surname", "lname", "фамилия", "прізвище", "soyad",
        "soyadı", "apellido", "apellidos", "nachname", "اسم العائلة", "nom de famille",
    ),
    "father_name": (
        "father name", "father s name", "fathers name", "patronymic", "отчество",
        "по батькові", "ata adı", "اسم الأب",
    ),
    "name": (
        "name", "full name", "victim name", "victim s name", "names", "фио", "ф и о", "пiб",
        "піб", "adı", "ad", "ad soyad", "nombre", "nom", "الاسم", "اسم", "անուն", "სახელი",
        "όνομα", "имя фамилия",
    ),
    "age_band": ("age group", "age band", "child adult", "возрастная группа"),
    "age": (
        "age", "aged", "victim age", "victim s age", "возраст", "вік", "yaş", "yas", "edad",
        "âge", "alter", "العمر", "տարիք", "ასაკი", "years old",
    ),
    "sex": (
        "sex", "gender", "victim gender", "victim s gender", "пол", "стать", "cins", "cinsiyet",
        "cinsi", "sexo", "sexe", "geschlecht", "الجنس", "սեռ", "სქესი",
    ),
    "status": ("status", "civilian", "civilian status", "combatant", "статус"),
    "fate": ("fate", "outcome", "судьба", "type of harm"),
    "cause": ("cause", "cause of death", "weapon", "manner of death", "причина смерти"),
    "latitude": ("latitude", "lat", "широта"),
    "longitude": ("longitude", "lon", "lng", "long", "долгота"),
    "place_origin": (
        "place of origin", "residence", "home", "hometown", "from", "place of residence",
    ),
    "place": (
        "place", "location", "city", "town", "village", "place of death", "место", "село",
        "город", "місце", "yer", "lugar", "lieu", "ort", "مكان", "المدينة", "վայր", "ადგილი",
    ),
    "listed_id": ("id", "no", "number", "nr", "№", "record id", "serial", "номер", "n"),
    "note": (
        "note", "notes", "remark", "remarks", "comment", "comments", "description", "details",
        "примечание", "примечания", "qeyd",
    ),
    "low": ("low", "min", "minimum", "low estimate"),
    "best": ("best", "best estimate", "figure", "total", "killed"),
    "high": ("high", "max", "maximum", "high estimate"),
    "unit": ("unit", "counting unit"),
    "victim_class": ("victim class", "group", "category of victim"),
    "said_by": ("said by", "according to", "source"),
    "said_on": ("said on", "stated on"),
    "address": ("url", "address", "link"),
}  # fmt: skip
