"""Ways to spell a name in another script, as clerks do: each letter has more than one.

The tables are this project's own. For each letter the first spelling is the one a clerk
schooled in Russian writes; the others are met beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Choose = Callable[[int], int]
"""Given the number of spellings of a letter, the index of the one to write."""

CYRILLIC = """а a|б b|в v,w|г g|ґ g|д d|е e|ё e,yo,io|ж zh,j|з z|и i|і i|ї i,yi|й y,i,j|к k
л l|м m|н n|о o|п p|р r|с s|т t|у u,ou|ф f|х kh,h|ц ts,c|ч ch,tch|ш sh|щ shch,sch|ъ |ы y,i|ь |э e
ю yu,iu|я ya,ia|є e,ye|ʼ |ий y,iy,i"""

ARMENIAN = """ա a|բ b|գ g|դ d|ե e|զ z|է e|ը y,e|թ t,th|ժ zh,j|ի i|լ l|խ kh,x|ծ ts,tz|կ k,g|հ g,h
ձ dz|ղ g,gh|ճ ch,j|մ m|յ y,i|ն n|շ sh|ո o,vo|չ ch|պ p,b|ջ dzh,j|ռ r,rr|ս s|վ v|տ t,d|ր r|ց ts,tz
ւ v|փ p,ph|ք k,q|օ o|ֆ f|և ev,yev|ու u,ou"""

GEORGIAN = """ა a|ბ b|გ g|დ d|ე e|ვ v|ზ z|თ t,th|ი i|კ k|ლ l|მ m|ნ n|ო o|პ p|ჟ zh|რ r|ს s|ტ t|უ u
ფ p,ph|ქ k,q|ღ g,gh|ყ k,q|შ sh|ჩ ch|ც ts,c|ძ dz|წ ts,tz|ჭ ch,tch|ხ kh,x|ჯ dzh,j|ჰ g,h"""

GREEK = """α a|β v,b|γ g,gh|δ d,dh|ε e|ζ z|η i,e|θ f,th|ι i|κ k,c|λ l|μ m|ν n|ξ ks,x|ο o|π p|ρ r
σ s|ς s|τ t|υ i,y|φ f,ph|χ kh,ch,h|ψ ps|ω o|ά a|έ e|ή i,e|ί i|ό o|ύ i,y|ώ o|ϊ i|ΐ i|ϋ i|ΰ i
ου u,ou|ού u,ou|μπ b,mp|ντ nd,nt|γγ ng|γκ g,gk|αι e,ai|ει i,ei|οι i,oi|ευ ev,ef|αυ av,af"""

TURKIC = """a a|b b|c dzh,j,c|ç ch,c|d d|e e|ə a,e|f f|g g|ğ g,gh|h g,h|x kh,x|ı y,i|i i|j zh,j|k k
q k,g,q|l l|m m|n n|o o|ö o,oe|p p|r r|s s|ş sh,s|t t|u u|ü u,yu,ue|v v|w v|y y,i|z z
â a|û u|î i|ıy iy,i|iy iy,i"""

ARABIC = """ا a|أ a|إ i|آ a|ء |ؤ u|ئ i|ب b|ت t|ة a,ah,e|ث s,th|ج dzh,j,g|ح kh,h|خ kh|د d|ذ z,dh|ر r
ز z|س s|ش sh,ch|ص s|ض d,dh|ط t|ظ z|ع a|غ g,gh|ف f|ق k,q|ك k|ل l|م m|ن n|ه kh,h|و u,o,ou|ي i,y,ee
ى a"""

BACK = """a а|b б|v в|w в|g г|d д|e е|z з|i и|y й|k к|l л|m м|n н|o о|p п|r р|s с|t т|u у|f ф|h х
j дж|c ц|q к|x х|zh ж|kh х|gh г|th т|ph ф|ts ц|tz ц|ch ч|sh ш
shch щ|dzh дж|ya я|yu ю|ye е|yo ё|ou у"""

VOWELS = "aeiouyаеёиоуыэюяй"


def _table(text: str) -> dict[str, tuple[str, ...]]:
    rows = (row.partition(" ") for row in re.split(r"[|\n]", text))
    return {letter: tuple(spellings.split(",")) for letter, _, spellings in rows}


TABLES = {
    "ru_RU": _table(CYRILLIC),
    "uk_UA": _table(CYRILLIC) | {"г": ("g", "h"), "и": ("i", "y")},
    "hy_AM": _table(ARMENIAN),
    "ka_GE": _table(GEORGIAN),
    "el_GR": _table(GREEK),
    "az_AZ": _table(TURKIC),
    "tr_TR": _table(TURKIC),
    "ar_AA": _table(ARABIC),
}
TO_CYRILLIC = _table(BACK)


def usual(_: int) -> int:
    """Choose the first spelling of every letter."""
    return 0


def romanise(text: str, locale: str, choose: Choose = usual) -> str:
    """Spell a name in Latin letters.

    Parameters
    ----------
    text
        A name in the script of ``locale``.
    locale
        A key of `TABLES`.
    choose
        Which spelling of a letter to write; asked once per letter and name.

    Raises
    ------
    KeyError
        If no table is kept for the locale.
    """
    spelt = _spell(_lower(text, locale), TABLES[locale], choose)
    if locale == "ar_AA":
        # Short vowels are not written: a clerk who hears none writes one between consonants.
        spelt = re.sub(r"(?<=[^aeiouy\W])·(?=[^aeiouy\W])", "ae"[choose(2)], spelt)
    return _title(spelt.replace("·", ""))


def cyrillicise(text: str, locale: str) -> str:
    """Spell a name in Cyrillic letters; names that are Cyrillic already stay as they are."""
    if locale in {"ru_RU", "uk_UA"}:
        return text
    spelt = _spell(romanise(text, locale).lower(), TO_CYRILLIC, usual).replace("·", "")
    # An й between consonants cannot be said; there the letter y stood for ы.
    return _title(re.sub(f"(?<![{VOWELS}])й(?![{VOWELS}])", "ы", spelt))


def _lower(text: str, locale: str) -> str:
    if locale in {"az_AZ", "tr_TR"}:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def _spell(text: str, table: Mapping[str, tuple[str, ...]], choose: Choose) -> str:
    """Spell letter by letter, longest match first, with a middle dot between letters."""
    chosen: dict[str, str] = {}
    longest = max(map(len, table))
    parts: list[str] = []
    at = 0
    while at < len(text):
        letter = next(
            (text[at : at + n] for n in range(longest, 0, -1) if text[at : at + n] in table),
            text[at],
        )
        if letter not in chosen:
            spellings = table.get(letter, (letter,))
            chosen[letter] = spellings[choose(len(spellings)) if len(spellings) > 1 else 0]
        parts.append(chosen[letter])
        at += len(letter)
    return "·".join(parts)


def _title(text: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), text)
