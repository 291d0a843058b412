"""Fate: what happened to a person. One person may move from missing to identified remains."""

from everyname.vocabulary.code_list import CodeList, synonyms

FATE = CodeList(
    "fate",
    {
        "killed": "killed",
        "died_of_conditions": "died of conditions (cold, hunger, disease)",
        "missing": "missing",
        "held": "held (hostage, detainee)",
        "released": "released",
        "injured": "injured",
        "displaced": "displaced",
        "sexual_violence": "subjected to sexual violence",
        "tortured": "tortured",
        "identified_remains": "identified remains",
        "unidentified_remains": "unidentified remains",
        "unknown": "unknown",
    },
    synonyms(
        killed="dead|death|deaths|fatality|murdered|executed|slain|shot dead|kia|deceased|tué|tuée"
        "|mort|morte|décédé|décédée|muerto|muerta|asesinado|asesinada|fallecido|fallecida"
        "|убит|убита|убитый|погиб|погибла|погибший|погибшая|умер|умерла|вбитий|вбита|загинув"
        "|загинула|загиблий|загибла|öldü|öldürüldü|ölü|şehit|öldürülüb|öldürülmüş|həlak olub"
        "|şəhid|ölüb|قتل|قتيل|قتيلة|قتلى|شهيد|شهيدة|متوفى|کشته|սպանված|զոհված|զոհ|მოკლული"
        "|დაღუპული|נהרג|נהרגה|getötet",
        died_of_conditions="died of conditions|died of cold|died of hunger|died of disease|frozen"
        "|froze to death|starved|starvation|exposure|mort de froid|mort de faim|замерз|замёрз"
        "|замерзла|замёрзла|умер от голода|donarak öldü|donub|donaraq ölüb",
        missing="disappeared|missing person|enforced disappearance|mia|disparu|disparue"
        "|desaparecido|desaparecida|пропал|пропала|пропавший|пропавшая|пропал без вести"
        "|пропавший без вести|без вести пропавший|зник|зникла|зниклий|зникла безвісти|kayıp|itkin"
        "|itkin düşüb|مفقود|مفقودة|ناپدید|անհետ կորած|անհայտ կորած|უგზო უკვლოდ დაკარგული|נעדר",
        held="hostage|captive|prisoner|detained|detainee|imprisoned|otage|détenu|détenue|rehén"
        "|detenido|detenida|заложник|заложница|пленный|задержан|задержана|заручник|полонений"
        "|затриманий|rehine|esir|tutuklu|girov|əsir|رهينة|أسير|أسيرة|معتقل|معتقلة|محتجز"
        "|պատանդ|գերի|მძევალი|חטוף",
        released="freed|exchanged|libéré|libérée|liberado|liberada|освобожден|освобождена"
        "|освобождён|звільнений|звільнена|serbest bırakıldı|azad edilib|أفرج عنه|أفرج عنها|محرر"
        "|ազատված",
        injured="wounded|hurt|wia|blessé|blessée|herido|herida|ранен|ранена"
        "|раненый|раненая|поранений|поранена|yaralı|yaralandı|yaralanıb|جريح|جريحة|مصاب|مصابة"
        "|جرحى|مجروح|վիրավոր|დაჭრილი|פצוע|verletzt",
        displaced="refugee|idp|internally displaced|deported|expelled|evacuated|déplacé|déplacée"
        "|réfugié|desplazado|desplazada|беженец|беженка|перемещен|переселенец|біженець"
        "|переміщений|yerinden edilmiş|mülteci|qaçqın|məcburi köçkün|نازح|نازحة|لاجئ|مهجر"
        "|տեղահանված|փախստական|დევნილი",
        sexual_violence="sexual violence|rape|raped|viol|violée|violación|изнасилована|зґвалтована"
        "|tecavüz|zorlama|اغتصاب|عنف جنسي|բռնաբարված",
        tortured="torture|ill-treated|torturé|torturée|torturado|torturada|пытки|подвергся пыткам"
        "|катування|işkence|işgəncə|تعذيب|խոշտանգված",
        identified_remains="body identified|remains identified|identified body|identified"
        "|restes identifiés|restos identificados|останки опознаны|тело опознано",
        unidentified_remains="unidentified body|unidentified|body unidentified"
        "|remains unidentified|restes non identifiés|restos sin identificar"
        "|неопознанные останки|неопознанное тело|جثة مجهولة الهوية",
    ),
)
