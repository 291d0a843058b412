"""One invented population on a Ukrainian, a Russian and an English list.

The Ukrainian register writes three parts in columns, the Russian list one text of three parts or
of a family name with initials, the English one "given family", spelt from Ukrainian or Russian.
"""

from __future__ import annotations

import numpy as np
from faker import Faker

from linkage_sets import invented
from linkage_sets.data_set import DataSet, Records, kept
from linkage_sets.invented import (
    Clerk,
    Names,
    Person,
    Rng,
    Texts,
    listed,
    people,
    spelt,
    table,
    typed,
    words,
)

# Ukrainian, Russian, the same of the patronymic of sons and daughters, pet name.
_MALE = """Олександр Александр Олександрович Олександрівна Александрович Александровна Саша
Сергій Сергей Сергійович Сергіївна Сергеевич Сергеевна Серёжа
Володимир Владимир Володимирович Володимирівна Владимирович Владимировна Вова
Микола Николай Миколайович Миколаївна Николаевич Николаевна Коля
Андрій Андрей Андрійович Андріївна Андреевич Андреевна Андрюша
Іван Иван Іванович Іванівна Иванович Ивановна Ваня
Василь Василий Васильович Василівна Васильевич Васильевна Вася
Михайло Михаил Михайлович Михайлівна Михайлович Михайловна Миша
Віктор Виктор Вікторович Вікторівна Викторович Викторовна Витя
Петро Пётр Петрович Петрівна Петрович Петровна Петя
Дмитро Дмитрий Дмитрович Дмитрівна Дмитриевич Дмитриевна Дима
Юрій Юрий Юрійович Юріївна Юрьевич Юрьевна Юра
Анатолій Анатолий Анатолійович Анатоліївна Анатольевич Анатольевна Толя
Олексій Алексей Олексійович Олексіївна Алексеевич Алексеевна Лёша
Євген Евгений Євгенович Євгенівна Евгеньевич Евгеньевна Женя
Григорій Григорий Григорович Григорівна Григорьевич Григорьевна Гриша
Олег Олег Олегович Олегівна Олегович Олеговна Олежка
Павло Павел Павлович Павлівна Павлович Павловна Паша
Роман Роман Романович Романівна Романович Романовна Рома
Максим Максим Максимович Максимівна Максимович Максимовна Макс
Степан Степан Степанович Степанівна Степанович Степановна Стёпа
Федір Фёдор Федорович Федорівна Фёдорович Фёдоровна Федя
Данило Даниил Данилович Данилівна Даниилович Данииловна Даня
Гліб Глеб Глібович Глібівна Глебович Глебовна Глеб
Тарас Тарас Тарасович Тарасівна Тарасович Тарасовна Тарасик
Ігор Игорь Ігорович Ігорівна Игоревич Игоревна Гоша
Артем Артём Артемович Артемівна Артёмович Артёмовна Тёма
Кирило Кирилл Кирилович Кирилівна Кириллович Кирилловна Кирюша
Матвій Матвей Матвійович Матвіївна Матвеевич Матвеевна Мотя
Ярослав Ярослав Ярославович Ярославівна Ярославович Ярославовна Слава"""

_FEMALE = """Олена Елена Лена|Наталія Наталья Наташа|Тетяна Татьяна Таня|Ольга Ольга Оля
Ірина Ирина Ира|Галина Галина Галя|Марія Мария Маша|Ганна Анна Аня|Світлана Светлана Света
Любов Любовь Люба|Надія Надежда Надя|Катерина Екатерина Катя|Людмила Людмила Люда
Оксана Оксана Оксана|Юлія Юлия Юля|Валентина Валентина Валя|Віра Вера Вера|Ніна Нина Нина
Раїса Раиса Рая|Євгенія Евгения Женя|Софія София Соня|Анастасія Анастасия Настя
Дарина Дарья Даша|Вікторія Виктория Вика|Лідія Лидия Лида|Параска Прасковья Паша
Мирослава Мирослава Мира|Зоряна Зоряна Зоряна|Уляна Ульяна Уля|Єлизавета Елизавета Лиза"""

_TO_RUSSIAN = table("""ський ский|ська ская|цький цкий|цька цкая|зький зкий|зька зкая|ій ий
ьє ье|йо ё|ьо ё|і и|ї и|є е|ґ г|ʼ ъ|' ъ""")
_FROM_UKRAINIAN = table("""а a|б b|в v|г h|ґ g|д d|е e|є ie|ж zh|з z|зг zgh|и y|і i|ї i|й i|к k|л l
м m|н n|о o|п p|р r|с s|т t|у u|ф f|х kh|ц ts|ч ch|ш sh|щ shch|ь|ю iu|я ia|ʼ|'|ий yi""")
_FROM_RUSSIAN = table("""а a|б b|в v|г g|д d|е e|ё e|ж zh|з z|и i|й y|к k|л l|м m|н n|о o|п p|р r
с s|т t|у u|ф f|х kh|ц ts|ч ch|ш sh|щ shch|ъ|ы y|ь|э e|ю yu|я ya|ий y|ия iya""")

_SONS = {line.split()[0]: line.split()[1:] for line in _MALE.splitlines()}
_WOMEN = {one.split()[0]: one.split()[1:] for one in _FEMALE.replace("\n", "|").split("|") if one}
_STEMS = words("""Верх Дубо Камʼян Зелен Стар Нов Криниц Яблун Вільх Тополь Бережан Сосн""")
_ENDS = words("івка ичі ове инці поле")
_PLACES = tuple(stem + end for stem in _STEMS for end in _ENDS)
_RUSSIAN_PLACES = tuple(spelt(place, _TO_RUSSIAN) for place in _PLACES)
_ENGLISH_PLACES = tuple(spelt(place, _FROM_UKRAINIAN) for place in _PLACES)


def slavic() -> DataSet:
    """3,000 invented persons on a Ukrainian, a Russian and an English list."""
    return kept("slavic", _slavic, one_to_one=False, score="pairs", made_by=[invented])


def _slavic() -> Records:
    rng = np.random.default_rng(4101)
    fake = Faker("uk_UA", providers=["faker.providers.person"])
    fake.seed_instance(4101)
    families = list(dict.fromkeys(fake.last_name_male() for _ in range(1500)))[:420]
    names = Names(tuple(_SONS), tuple(_WOMEN), families)
    clerks = (
        Clerk("register", 0.6, _ukrainian, _PLACES, born=0.75),
        Clerk("camp", 0.5, _russian, _RUSSIAN_PLACES, born=0.5),
        Clerk("press", 0.4, _english, _ENGLISH_PLACES, born=0.1),
    )
    return listed(people(names, 3000, rng), clerks, rng)


def _family(person: Person) -> str:
    """Family name in Ukrainian, of the person's sex."""
    family = person.family
    if person.sex == "male":
        return family
    if family.endswith("ий"):
        return family[:-2] + "а"
    return family + "а" if family.endswith(("ов", "ев", "єв", "ин", "їн", "ін")) else family


def _ukrainian(person: Person, rng: Rng) -> Texts:
    father = _SONS[person.father][1 if person.sex == "male" else 2]
    return {
        "given_name": typed(person.given, rng),
        "father_name": None if rng.random() < 0.12 else typed(father, rng),
        "family_name": typed(_family(person), rng),
    }


def _russian(person: Person, rng: Rng) -> Texts:
    given, pet = _russian_given(person)
    father = _SONS[person.father][3 if person.sex == "male" else 4]
    family = typed(spelt(_family(person), _TO_RUSSIAN), rng)
    chance = rng.random()
    if chance < 0.1:
        return {"name": f"{family} {given[0]}. {father[0]}."}
    if chance < 0.16:
        return {"name": f"{family} {pet}"}
    if chance < 0.3:
        return {"name": f"{family} {typed(given, rng)}"}
    return {"name": f"{family} {typed(given, rng)} {typed(father, rng)}"}


def _english(person: Person, rng: Rng) -> Texts:
    if rng.random() < 0.55:
        given, family = (spelt(x, _FROM_UKRAINIAN) for x in (person.given, _family(person)))
    else:
        russian = _russian_given(person)[0], spelt(_family(person), _TO_RUSSIAN)
        given, family = (spelt(x, _FROM_RUSSIAN) for x in russian)
    given, family = typed(given, rng), typed(family, rng)
    return {"name": f"{family} {given}" if rng.random() < 0.08 else f"{given} {family}"}


def _russian_given(person: Person) -> tuple[str, str]:
    """Given name in Russian, and its pet form."""
    if person.sex == "male":
        russian = _SONS[person.given]
        return russian[0], russian[-1]
    russian = _WOMEN[person.given]
    return russian[0], russian[1]
