"""One invented population on an Azerbaijani, a Russian and an English list.

The English list spells some names from Azerbaijani (Huseynov, Mammadov) and some from Russian
(Guseynov, Mamedov); a tenth of its entries are as Turkish papers write them (Hüseyinov).
"""

from __future__ import annotations

import numpy as np

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

_MALE = words("""
Məmməd Əli Hüseyn Həsən Elçin Vüqar Rəşad İlqar Ramiz Tofiq Cavid Elşən Namiq Ceyhun
Qəhrəman Xəlil Şahin Fərhad Rövşən Azər Orxan Yusif Zahid Ağasi Niyazi Bəxtiyar İsmayıl
Vəli Tahir Mübariz Səməd Əhməd Kamran Çingiz Etibar Oqtay Hikmət Sabir Zaur Natiq Aqil
Fikrət""")
_FEMALE = words("""
Aygün Sevinc Günel Leyla Nərgiz Xatirə Şəhla Gülnar Aynur Təranə Könül Ülviyyə Məryəm
Fatimə Zeynəb Zərifə Cəmilə Sədaqət Rəhilə Həcər Çimnaz Qızılgül Pəri Esmira Vəfa Səbinə
Lalə Afaq Tünzalə Mələk Röya Ofelya Gövhər İradə Elnarə""")
_STEMS = words("""
Hüseyn Məmməd Əli Quli Cəfər Həsən İsmayıl Abbas Rüstəm Qasım Nəcəf Şükür Hacı Bayram
Əhməd Kərim Rəhim Süleyman Heydər Mirzə Qurban Orucəli Şirin Zeynal Allahverdi Nəbi
Cavad Ağa Xəlil Mehdi Vəli Səfər İbrahim Musa Yusif Fərzəli Novruz Əsgər Bağır Səmədağa
Çıraq Xudaverdi Dadaş Pənah Tağı Hümbət Köçər Göyüş Məhərrəm Ələkbər""")

_TO_RUSSIAN = table("""
iyye ие|iye ие|iya ия|yev ев|yeva ева|mm м|ə а|a а|b б|c дж|ç ч|d д|e е|f ф|g г
ğ г|h г|x х|ı ы|i и|j ж|k к|q к|l л|m м|n н|o о|ö ё|p п|r р|s с|ş ш|t т|u у|ü ю|v в|y й|z з|yu ю
ya я|ye е""")
_LATER_RUSSIAN = _TO_RUSSIAN | table("ə э|h х|q г|ö о|ü у|mm мм")
_FROM_RUSSIAN = table("""а a|б b|в v|г g|д d|дж j|е e|ё yo|ж zh|з z|и i|й y|к k|л l|м m|н n|о o|п p
р r|с s|т t|у u|ф f|х kh|ц ts|ч ch|ш sh|щ shch|ъ|ы y|ь|э e|ю yu|я ya""")
_FROM_RUSSIAN_OLD = _FROM_RUSSIAN | table("дж dzh|й i|ю iu|я ia|х h")
_TO_ENGLISH = table("""ə a|c j|ç ch|ğ gh|x kh|ı i|q g|ö o|ü u|ş sh|iye iye""")
_TO_ENGLISH_PLAIN = table("""ə e|c c|ç c|ğ g|x x|ı i|q q|ö o|ü u|ş s""")
_TO_TURKISH = table("""ə e|x h|q k|cə ce|hüseyn hüseyin""")
_PLACE_STEMS = words("Ağ Qara Göy Daş Yeni Köhnə Böyük Kiçik Şah Uzun Dərə Çay")
_PLACES = tuple(s + e for s in _PLACE_STEMS for e in ("kənd", "bulaq", "dağlı", "oba", "körpü"))


def turkic() -> DataSet:
    """3,000 invented persons on an Azerbaijani, a Russian and an English list."""
    return kept("turkic", _turkic, one_to_one=False, score="pairs", made_by=[invented])


def _turkic() -> Records:
    rng = np.random.default_rng(4102)
    ends = "ov", "lı", "zadə"
    families = [stem + _end(stem, end) for end in ends for stem in rng.permutation(_STEMS).tolist()]
    clerks = (
        Clerk("commission", 0.6, _azerbaijani, _PLACES, born=0.7),
        Clerk("archive", 0.5, _russian, tuple(map(_cyrillic, _PLACES)), born=0.45),
        Clerk("press", 0.4, _english, tuple(spelt(p, _TO_ENGLISH) for p in _PLACES), born=0.1),
    )
    return listed(people(Names(_MALE, _FEMALE, families), 3000, rng), clerks, rng)


def _end(stem: str, end: str) -> str:
    if end == "lı":
        return "li" if stem[-1] in "əeiöüy" or any(v in stem[-3:] for v in "əeiöü") else "lı"
    vowel = stem[-1] in "aəeıioöuü"
    return "yev" if end == "ov" and vowel else end


def _family(person: Person) -> str:
    ov = person.sex == "female" and person.family.endswith(("ov", "ev"))
    return person.family + "a" if ov else person.family


def _azerbaijani(person: Person, rng: Rng) -> Texts:
    of = "oğlu" if person.sex == "male" else "qızı"
    given, family = typed(person.given, rng), typed(_family(person), rng)
    father = f" {typed(person.father, rng)} {of}" if rng.random() < 0.8 else ""
    return {"name": f"{family} {given}{father}"}


def _cyrillic(text: str) -> str:
    return spelt(text, _TO_RUSSIAN)


def _russian(person: Person, rng: Rng) -> Texts:
    letters = _TO_RUSSIAN if rng.random() < 0.6 else _LATER_RUSSIAN
    given, family, father = (
        typed(spelt(x, letters), rng) for x in (person.given, _family(person), person.father)
    )
    of = "оглы" if person.sex == "male" else "кызы"
    chance = rng.random()
    if chance < 0.08:
        return {"family_name": family, "given_name": f"{given[0]}."}
    told = None if chance < 0.4 else f"{father} {of}"
    return {"family_name": family, "given_name": given, "father_name": told}


def _english(person: Person, rng: Rng) -> Texts:
    chance = rng.random()
    given, family = person.given, _family(person)
    if chance < 0.45:
        given, family = (spelt(x, _TO_ENGLISH) for x in (given, family))
    elif chance < 0.6:
        given, family = (spelt(x, _TO_ENGLISH_PLAIN) for x in (given, family))
    elif chance < 0.7:
        given, family = (spelt(x, _TO_TURKISH) for x in (given, family))
    else:
        letters = _FROM_RUSSIAN if chance < 0.85 else _FROM_RUSSIAN_OLD
        given, family = (spelt(_cyrillic(x), letters) for x in (given, family))
    return {"name": f"{typed(given, rng)} {typed(family, rng)}"}
