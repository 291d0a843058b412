"""Letters: which legacy encoding makes of bytes what people write in some language."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

# Letters beyond ASCII of each language, commonest first.
_ALPHABETS = (
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",  # Russian
    "оанивіерткслдмупяьзгбйчхцжшюїєщґф",  # Ukrainian
    "аиоентрсвлдкпмзубгъячщхжцшюйфь",  # Bulgarian
    "аоиенрсјтуквдмпљзгбшчцжњћфхђџѓќѕ",  # Serbian, Macedonian
    "άαοιετσνηυρπκμλςωδγχθφβξζψίόέήύώϊϋΐΰ",  # Greek
    "יוהלאתרבםמשנקדעכחפטגצסןזךץףײ־",  # Hebrew
    "اليمنروتبةعدسفهكقحجشطصخضذثغءئؤظىإأآپچژگ،؟",  # Arabic, Persian
    "éèàêçôîùâûëïœæ",  # French
    "üäöß",
    "óíáéñúü¿¡ªº",
    "ãçáéíóõâêôàúü",
    "àèéìòù",
    "åäöøæé",  # Nordic
    "áíóúýéðþæö",  # Icelandic
    "ąęłóśżćńź",  # Polish
    "áíéěýčřžšůúťňóďľĺŕäô",  # Czech, Slovak
    "áéöóőüíúű",  # Hungarian
    "ăâîșțşţ",  # Romanian
    "šćčžđ",  # Bosnian, Croatian, Serbian
    "ıüşçğöâîİ",  # Turkish
    "āīēšūņļžķģčō",  # Latvian
    "ėšžųįąūčę",  # Lithuanian
    "õäöüšž",  # Estonian
    "ëçẽ",  # Albanian
    "đâăêôơưáàéíóúùýèìọ̀̀̉̃́",  # Vietnamese
    "าานรอกเงมยลวดทสตะปบคหแจพชขใไโผฟศซถธภษณญุูิีึืั่้็์ำ",  # Thai
    "աներիութկմսոյվդլծգշհտպզչջքբխղցփօժռձճֆևթըէ",  # Armenian
)
_COMMON_HAN = {
    "gb18030": "的一是不了在人有我他这中大来上个国到说们为子和你"
    "地出道也时年得就那要下以生会自着去之过家学对可里"
    "后小么心多天而能好都然没日于起还发成事只作当想看文无"
    "开手十用主行方又如前所本见经头面公同三已老从动两长"
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩"
    "唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡丁魏薛叶余潘杜"
    "姓名龄性别男女岁点期死亡伤市县省村区路号月北京海州"
    "南东西安军民明华伟芳娜秀英敏静丽强磊洋艳勇杰娟涛超",
    "big5": "的一是不了在人有我他這中大來上個國到說們為子和你"
    "地出道也時年得就那要下以生會自著去之過家學對可裡"
    "後小麼心多天而能好都然沒日於起還發成事只作當想看文無"
    "開手十用主行方又如前所本見經頭面公同三已老從動兩長"
    "王李張劉陳楊趙黃周吳徐孫胡朱高林何郭馬羅梁宋鄭謝韓"
    "唐馮董程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡丁魏薛葉余潘杜"
    "姓名齡性別男女歲點期死亡傷市縣省村區路號月台北灣海州南東西安軍民明華美玲淑惠志偉雅婷怡君",
    "cp932": "氏名年齢性別場所日付死亡男女歳田中山本佐藤鈴木高橋伊渡"
    "辺小林加吉井上松村清水森池石川前後大阪東京都府県市区町"
    "一二三四五六七八九十月国人子郎美太者地方行方不明",
    "euc_jp": "氏名年齢性別場所日付死亡男女歳田中山本佐藤鈴木高橋伊渡"
    "辺小林加吉井上松村清水森池石川前後大阪東京都府県市区町"
    "一二三四五六七八九十月国人子郎美太者地方行方不明",
    "cp949": "이름나성별장소날짜사망남여자김박최정강조윤장임한오서신권황"
    "안송전홍가다라마바사아차카타파하의는을를에로도고기지시인"
    "영수민현우준호진은경희숙순철동해주원세대구부산광천울"
    "제북군면리년월일생명학교국실종해함이그수있어것들만보",
}  # fmt: skip
SINGLE = (
    "cp1252", "cp1251", "cp1250", "cp1254", "cp1256", "cp1255", "cp1253", "cp1257", "cp1258",
    "koi8_u", "koi8_r", "cp866", "cp874", "iso8859_2", "iso8859_5", "iso8859_15", "mac_roman",
    "mac_cyrillic", "cp850", "cp852", "cp857", "iso8859_6", "cp720", "cp862", "cp737", "cp855",
    "iso8859_16", "iso8859_4", "cp775",
)  # fmt: skip
MULTIPLE = ("gb18030", "big5", "cp932", "euc_jp", "cp949")
# What Windows writes is met more often than the rest.
_RARE = 0.12
# So few characters tell no encoding from another.
FEW = 2
_USUAL = frozenset("«»„“”‘’–—…№°§·\u00a0\u00ad\u200c\u200d\u200e\u200f€£©®™¡¿ªº،؛؟")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _ranks() -> tuple[dict[str, float], ...]:
    return tuple(
        {letter: 1.0 - 0.7 * rank / len(letters) for rank, letter in enumerate(letters)}
        for letters in _ALPHABETS
    )


def likeliest(data: bytes) -> str:
    """Name the encoding in which the bytes make the most usual letters.

    Parameters
    ----------
    data
        Text in no Unicode encoding; some thousand bytes suffice.
    """
    data = b"\n".join(
        {line: None for line in re.split(rb"[\r\n,;\t]+", data) if not line.isascii()}
    )
    windows = data.decode("cp1252", errors="replace")
    if sum(char > "\x7f" for char in windows) <= FEW and _single(windows) >= 0:
        return "cp1252"
    best, best_score = "cp1252", -10.0
    for codec in (*SINGLE, *MULTIPLE):
        text = data.decode(codec, errors="replace")
        score = _multiple(text, codec) if codec in MULTIPLE else _single(text)
        if codec not in MULTIPLE and not codec.startswith("cp125"):
            score -= _RARE
        if score > best_score + 1e-9:
            best, best_score = codec, score
    return best


def _single(text: str) -> float:
    """Score the letters of one script, per character beyond ASCII."""
    beyond = Counter(char for char in text if char > "\x7f")
    total = sum(beyond.values())
    if not total:
        return -5.0
    letters = Counter(char for char in text.casefold() if char > "\x7f" and char != "\u0307")
    scores = [
        sum(many * ranks.get(char, _strange(char)) for char, many in letters.items()) / total
        for ranks in _ranks()
    ]
    return max(scores) - 1.5 * _disorder(text) / total


def _strange(char: str) -> float:
    if char in _USUAL:
        return 0.0
    return -1.0 if char.isalpha() else -1.5


def _disorder(text: str) -> int:
    """Count capitals behind small letters, and words of two scripts."""
    count = 0
    for word in _WORD.findall(text):
        beyond = [char for char in word if char > "\u02ff"]
        if beyond and len(beyond) < len(word) and min(beyond) < "\u1e00":
            count += 1
        if not word.isupper() and not word.islower():
            count += sum(b.isupper() and a.islower() for a, b in pairwise(word))
    return count


def _multiple(text: str, codec: str) -> float:
    """Score characters of a large set: the commonest, the common half, the rest."""
    common = _COMMON_HAN[codec]
    beyond = [char for char in text if char > "\x7f"]
    if not beyond:
        return -5.0
    kana = sum("\u3041" <= char <= "\u30ff" for char in beyond)
    score = 0.0
    for char in beyond:
        if char in common:
            score += 1.6
        elif "\u3041" <= char <= "\u30ff":
            score += 1.2 if codec in {"cp932", "euc_jp"} else -0.5
        elif "\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff5e":
            score += 0.3
        else:
            score += _level(char, codec)
    if codec in {"cp932", "euc_jp"} and kana * 20 < len(beyond):
        score -= 0.2 * len(beyond)
    return score / len(beyond)


def _level(char: str, codec: str) -> float:
    """Say how common the part of the set is in which a character stands."""
    lead = char.encode(codec, errors="ignore")
    if len(lead) != 2:
        return -2.0
    ranges = {
        "gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "cp932": (0x88, 0x97),
        "euc_jp": (0xB0, 0xCF), "cp949": (0xB0, 0xC8),
    }  # fmt: skip
    low, high = ranges[codec]
    plain = codec in {"big5", "cp932"} or lead[1] >= 0xA1
    return 0.55 if low <= lead[0] <= high and plain else -1.0
