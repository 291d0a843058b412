"""Age group at the incident: the SDG 16.1.2 minimum, and elderly where a case declares it."""

from everyname.vocabulary.code_list import CodeList, synonyms

AGE_GROUPS = CodeList(
    "age band",
    {
        "child": "child (under 18)",
        "adult": "adult (18 and over)",
        "elderly": "elderly",
        "unknown": "unknown",
    },
    synonyms(
        child="children|minor|minors|under 18|<18|0-17|kid|juvenile|underage|infant|baby|newborn"
        "|toddler|teenager|teen|boy|girl|enfant|mineur|bébé|niño|niña|menor"
        "|menor de edad|ребенок|ребёнок|дети"
        "|несовершеннолетний|несовершеннолетняя|младенец|подросток"
        "|дитина|неповнолітній|неповнолітня|çocuk|bebek|uşaq|körpə|yeniyetmə|طفل|طفلة|أطفال|قاصر"
        "|رضيع|رضيعة|کودک|երեխա|անչափահաս|ბავშვი|ילד|ילדה"
        "|kind|kinder|minderjährig|minderjährige|criança|crianças|menor de idade|dijete"
        "|djeca|dete|deca|maloljetnik|maloletnik|дете|деца|儿童|未成年|孩子|anak|anak-anak|bayi"
        "|بچه|خردسال|نوجوان|نوزاد|منداڵ|zarok|pitik|ბავშვები|არასრულწლოვანი|תינוק|קטין"
        "|קטינה|ילדים|малыш|підліток|немовля|діти|uşaqlar|çocuklar"
        "|yetkinlik yaşına çatmayan|reşit olmayan|երեխաներ|մանուկ|دون 18|تحت السن القانوني",
        adult="adults|grown-up|18+|over 18|adulte|adulto|adulta|mayor de edad|взрослый|взрослая"
        "|совершеннолетний|дорослий|доросла|yetişkin|böyük|yetkin|بالغ|بالغة|راشد|بزرگسال"
        "|չափահաս|ზრდასრული|מבוגר"
        "|erwachsen|erwachsene|erwachsener|punoljetan|punoljetna|punoletan|punoletna"
        "|odrasli|odrasla|пунолетан|одрасли|adultos|成人|成年|dewasa|بالغین|بزرگ سال|گەورە"
        "|پێگەیشتوو|სრულწლოვანი|בוגר|בוגרת|повнолітній|повнолітня|взрослые|дорослі"
        "|böyüklər|yetişkinler|reşit|չափահասներ|بالغون|بالغين",
        elderly="old|aged|old man|old woman|senior|seniors|older person|older persons|personne âgée"
        "|vieillard|anciano|anciana|tercera edad|пожилой|пожилая|старик|старуха|літній|літня"
        "|yaşlı|ahıl|مسن|مسنة|سالمند|ծեր|მოხუცი|קשיש|קשישה"
        "|älter|stariji|starija|starac|starica|старији|старац|idoso|idosa"
        "|idosos|老人|老年|lansia|lanjut usia|پیر|پیرمرد|پیرزن|کهنسال|بەساڵاچوو"
        "|pîr|მოხუცები|ხანდაზმული|זקן|זקנה|пожилые|престарелый|престарелая"
        "|людина похилого віку|yaşlılar|ihtiyar|qoca|ծերունի|տարեց|شيخ كبير|عجوز",
    ),
)
