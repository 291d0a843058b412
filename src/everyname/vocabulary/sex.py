"""Sex as recorded by a source."""

from everyname.vocabulary.code_list import CodeList, synonyms

SEX = CodeList(
    "sex",
    {"male": "man/boy", "female": "woman/girl", "other": "other", "unknown": "unknown"},
    synonyms(
        male="m|man|boy|men|boys|males|masculine|homme|garçon|masculin|hombre|niño|varón|masculino"
        "|м|муж|мужской|мужчина|мальчик|чол|чоловік|чоловіча|хлопчик|хлопець"
        "|erkek|oğlan|kişi|ذكر|رجل|ولد|طفل ذكر|مرد|پسر|արական|տղամարդ|տղա|კაცი|მამრობითი|זכר"
        "|männlich|mann"
        "|чоловічий|kişi cinsi|мужской пол|мужчины|մղամարդ|მამაკაცი|ბიჭი|גבר|ילד זכר"
        "|مذكر|رجال|مذکر|نێر|پیاو|کوڕ|nêr|mêr|zilam|homem|menino|rapaz|junge"
        "|herr|muško|muški|muškarac|muž|dječak|dečak|мушки|мушкарац|дечак|男|男性|男子|남|남성|남자"
        "|laki-laki|lelaki|pria|मर्द|पुरुष|ανδρας|άνδρας|maschio|uomo|mężczyzna",
        female="f|woman|girl|women|girls|females|feminine|femme|fille|féminin|mujer|niña|femenino"
        "|femenina|ж|жен|женский|женщина|девочка|девушка|жін|жінка|жіноча|дівчина|дівчинка"
        "|kadın|qadın|kız|qız|أنثى|انثي|امرأة|بنت|فتاة|زن|دختر|իգական|կին|աղջիկ|ქალი"
        "|მდედრობითი|נקבה|weiblich|frau"
        "|жіночий|женский пол|женщины|დედაკაცი|გოგო|אישה|אשה|ילדה|مؤنث|نساء|مونث|مێ|ژن|کچ"
        "|mê|jin|keç|mulher|menina|feminino|mädchen|žensko|ženski|žena|djevojčica|devojčica"
        "|женски|жена|девојчица|女|女性|女子|여|여성|여자|perempuan|wanita|स्त्री|महिला|γυναίκα"
        "|femmina|donna|kobieta",
        other="autre|otro|otra|другой|другое|інше|diğer|digər|آخر|այլ|intersex|non-binary"
        "|nonbinary|diverse"
        "|drugo|andere|outro|outra|دیگر|其他|lainnya|אחר|სხვა",
    ),
)
