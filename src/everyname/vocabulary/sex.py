"""Sex as recorded by a source."""

from everyname.vocabulary.code_list import CodeList, synonyms

SEX = CodeList(
    "sex",
    {"male": "man/boy", "female": "woman/girl", "other": "other", "unknown": "unknown"},
    synonyms(
        male="m|man|boy|men|boys|males|masculine|homme|garçon|masculin|hombre|niño|varón|masculino"
        "|м|муж|мужской|мужчина|мальчик|чол|чоловік|чоловіча|хлопчик|хлопець"
        "|erkek|oğlan|kişi|ذكر|رجل|ولد|طفل ذكر|مرد|پسر|արական|տղամարդ|տղա|კაცი|მამრობითი|זכר"
        "|männlich|mann",
        female="f|woman|girl|women|girls|females|feminine|femme|fille|féminin|mujer|niña|femenino"
        "|femenina|ж|жен|женский|женщина|девочка|девушка|жін|жінка|жіноча|дівчина|дівчинка"
        "|kadın|qadın|kız|qız|أنثى|انثي|امرأة|بنت|فتاة|زن|دختر|իգական|կին|աղջիկ|ქალი"
        "|მდედრობითი|נקבה|weiblich|frau",
        other="autre|otro|otra|другой|другое|інше|diğer|digər|آخر|այլ|intersex|non-binary"
        "|nonbinary|diverse",
    ),
)
