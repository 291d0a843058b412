"""Status of a person under international humanitarian law, always as attributed by someone."""

from everyname.vocabulary.code_list import CodeList, synonyms

STATUS = CodeList(
    "status",
    {
        "civilian": "civilian",
        "other_protected_person": "other protected person",
        "armed_forces": "member of armed forces",
        "direct_participation": "directly participating in hostilities",
        "unknown": "unknown",
    },
    synonyms(
        civilian="civilians|civ|civil|non-combatant|noncombatant|civile|civils|civiles"
        "|гражданский|гражданская|гражданское лицо|мирный житель|мирная жительница"
        "|цивільний|цивільна|цивільна особа|sivil|mülki|mülki şəxs|dinc sakin|مدني|مدنية"
        "|غیرنظامی|քաղաքացիական|խաղաղ բնակիչ|სამოქალაქო|אזרח"
        "|população civil|zivilist|zivilistin|zivilperson|civilni|civilna"
        "|civilno lice|civilna osoba|цивил|цивилно лице|平民|民间人|warga sipil|sipil"
        "|მშვიდობიანი მოქალაქე|אזרחית|شهروند غیرنظامی|مەدەنی|sivîl|مدنيون"
        "|мирное население|мирний житель|мирна жителька|мирный|civil person|خەڵکی سڤیل",
        other_protected_person="protected person|hors de combat|prisoner of war|pow"
        "|medical personnel|religious personnel|personne protégée|persona protegida"
        "|военнопленный|військовополонений|savaş esiri|hərbi əsir|أسير حرب|ռազմագերի"
        "|kriegsgefangener|prisioneiro de guerra|prisionero de guerra|prisonnier de guerre"
        "|ratni zarobljenik|ратни заробљеник|战俘|tawanan perang|שבוי מלחמה|اسیر جنگی"
        "|sanitäter|медработник|медичний працівник|tibb işçisi"
        "|sağlık personeli",
        armed_forces="armed forces|military|soldier|serviceman|servicewoman|combatant|mil"
        "|militaire|soldat|militar|soldado|combatiente|военный|военнослужащий|солдат"
        "|військовий|військовослужбовець|asker|hərbçi|hərbi qulluqçu|əsgər|عسكري|جندي|نظامی"
        "|զինվորական|զինծառայող|զինվոր|ჯარისკაცი|חייל"
        "|soldaten|militär|militares|vojnik|vojno lice|припадник војске|војник|军人|士兵"
        "|tentara|prajurit|ოფიცერი|სამხედრო|سرباز|ارتشی|سەرباز|leşker|serbaz|офицер"
        "|military personnel|service member",
        direct_participation="direct participation|direct participation in hostilities|dph"
        "|fighter|militant|armed civilian|combattant irrégulier|participant direct"
        "|участник боевых действий|боевик|مقاتل|مسلح"
        "|kämpfer|borac|borci|pejuang"
        "|رزمنده|چەکدار|şervan|бойовик|silahlı militan",
    ),
)
