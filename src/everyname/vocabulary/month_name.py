"""Month names as lists write them, in nine languages."""

from __future__ import annotations

import re

from everyname.vocabulary.code_list import folded

# A line that begins with a space goes on with the month above: English, French, Spanish, Russian,
# Ukrainian, Turkish, Azerbaijani, Arabic (three traditions), Armenian.
_MONTHS = """january jan janvier janv enero ene января январь янв січня січень січ ocak oca
 yanvar yan
 يناير جانفي كانون_الثاني հունվար հունվարի
february feb febr février fév févr febrero февраля февраль фев лютого лютий лют şubat şub
 fevral fev فبراير فيفري شباط փետրվար փետրվարի
march mar mars marzo марта март мар березня березень бер mart مارس آذار մարտ մարտի
april apr avril avr abril abr апреля апрель апр квітня квітень кві nisan nis aprel أبريل
 ابريل أفريل نيسان ապրիլ ապրիլի
may mai mayo мая май травня травень тра mayıs مايو ماي أيار մայիս մայիսի
june jun juin junio июня июнь июн червня червень чер haziran haz iyun يونيو جوان حزيران
 հունիս հունիսի
july jul juillet juil julio июля июль июл липня липень лип temmuz tem iyul يوليو جويلية
 تموز հուլիս հուլիսի
august aug août agosto ago августа август авг серпня серпень сер ağustos ağu avqust avq
 أغسطس أوت آب օգոստոս օգոստոսի
september sep sept septembre septiembre setiembre сентября сентябрь сен сент вересня
 вересень вер eylül eyl sentyabr sentabr سبتمبر أيلول սեպտեմբեր սեպտեմբերի
october oct octobre octubre октября октябрь окт жовтня жовтень жов ekim eki oktyabr oktabr
 أكتوبر تشرين_الأول հոկտեմբեր հոկտեմբերի
november nov novembre noviembre ноября ноябрь ноя листопада листопад лис kasım kas noyabr
 نوفمبر تشرين_الثاني նոյեմբեր նոյեմբերի
december dec décembre déc diciembre dic декабря декабрь дек грудня грудень гру aralık ara
 dekabr dek ديسمبر كانون_الأول դեկտեմբեր դեկտեմբերի"""
_NUMBERED = [
    (name.replace("_", " "), number)
    for number, names in enumerate(_MONTHS.replace("\n ", " ").splitlines(), 1)
    for name in names.split()
]
_NUMBER = {folded(name): number for name, number in _NUMBERED}
_TWO_WORDS = re.compile(
    "|".join(
        re.escape(form) for name, _ in _NUMBERED if " " in name for form in (name, folded(name))
    )
)


def month_number(word: str) -> int | None:
    """Number of the month (1-12) that a word names, or None."""
    return _NUMBER.get(folded(word))


def joined_months(text: str) -> str:
    """Join month names of two words with a low line, so that a word is a month."""
    return _TWO_WORDS.sub(lambda found: found[0].replace(" ", "_"), text)
