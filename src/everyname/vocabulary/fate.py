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
        "|დაღუპული|נהרג|נהרגה|getötet"
        "|qətlə yetirilib|qətlə yetirilmiş|öldürülən|vəfat edib|katledildi|vefat etti"
        "|hayatını kaybetti|убиты|погибли|скончался|скончалась|помер|померла|загинули"
        "|استشهد|استشهدت|توفي|توفيت|کشته شد|کشته شده|مقتول|فوت|جان باخته|شهید|کوژراو|شەهید"
        "|kuştî|hat kuştin|şehîd|morto|morta|falecido|falecida|assassinado"
        "|assassinada|tot|gestorben|ermordet|gefallen|ubijen|ubijena|poginuo|poginula|mrtav"
        "|mrtva|umro|umrla|убијен|убијена|погинуо|погинула|умро|死亡|遇难|被杀|tewas|meninggal"
        "|terbunuh|dibunuh|gugur|הרוג|הרוגה|נרצח|נרצחה|מת|გარდაცვლილი|მკვდარი|მოკლეს"
        "|զոհվել է|սպանվել է|մահացած|assassiné|assassinée|tués|muertos",
        died_of_conditions="died of conditions|died of cold|died of hunger|died of disease|frozen"
        "|froze to death|starved|starvation|exposure|mort de froid|mort de faim|замерз|замёрз"
        "|замерзла|замёрзла|умер от голода|donarak öldü|donub|donaraq ölüb"
        "|erfroren|verhungert|smrznut|smrznula|umro od gladi|замръзнал|morreu de fome"
        "|morreu de frio|murió de hambre|murió de frío|mort de maladie|умерла от голода"
        "|замерзли|помер від голоду|замерзла насмерть|açlıqdan ölüb|açlıktan öldü"
        "|مات جوعا|ماتت جوعا|مات بردا|冻死|饿死|mati kelaparan|ցրտահարված"
        "|სიცივით გარდაცვლილი",
        missing="disappeared|missing person|enforced disappearance|mia|disparu|disparue"
        "|desaparecido|desaparecida|пропал|пропала|пропавший|пропавшая|пропал без вести"
        "|пропавший без вести|без вести пропавший|зник|зникла|зниклий|зникла безвісти|kayıp|itkin"
        "|itkin düşüb|مفقود|مفقودة|ناپدید|անհետ կորած|անհայտ կորած|უგზო უკვლოდ დაკარგული|נעדר"
        "|vermisst|desaparecidos|nestao|nestala|nestali|нестао|нестала|зниклий безвісти"
        "|пропала без вести|безвісти зниклий|kayıplar|itkin düşmüş|itkin düşən|مفقود الأثر"
        "|ناپدید شده|گمشده|مفقودالاثر|بێ سەروشوێن|winda|wenda|失踪|hilang|נעדרת|დაკარგული"
        "|უგზო-უკვლოდ დაკარგული|անհետացած|disparus",
        held="hostage|captive|prisoner|detained|detainee|imprisoned|otage|détenu|détenue|rehén"
        "|detenido|detenida|заложник|заложница|пленный|задержан|задержана|заручник|полонений"
        "|затриманий|rehine|esir|tutuklu|girov|əsir|رهينة|أسير|أسيرة|معتقل|معتقلة|محتجز"
        "|պատանդ|գերի|მძევალი|חטוף"
        "|festgenommen|gefangen|geisel|inhaftiert|zatočen|zatočena|zarobljen|zarobljena"
        "|zatvoren|talac|taoc|заробљен|заточен|detido|detida|preso|presa|refém|prisionero"
        "|prisionera|secuestrado|secuestrada|prisonnier|prisonnière|в плену|арестован"
        "|арестована|у полоні|полонена|gözaltında|əsir düşüb|girov götürülüb|saxlanılıb"
        "|معتقلة|مختطف|مختطفة|سجين|اسیر|زندانی|بازداشت|گروگان|دیل|dîl|girtî|rehîn|被拘留|人质|被捕"
        "|ditahan|sandera|tahanan|חטופה|שבוי|עצור|დაკავებული|ტყვე|գերեվարված",
        released="freed|exchanged|libéré|libérée|liberado|liberada|освобожден|освобождена"
        "|освобождён|звільнений|звільнена|serbest bırakıldı|azad edilib|أفرج عنه|أفرج عنها|محرر"
        "|ազատված"
        "|freigelassen|pušten|puštena|oslobođen|oslobođena|razmijenjen|razmenjen|пуштен"
        "|ослобођен|libertado|libertada|solto|solta|获释|释放|dibebaskan|bebas|שוחרר|שוחררה"
        "|გათავისუფლებული|გაცვლილი|آزاد|آزاد شده|ئازاد کراو|berdayî|обменян|обменяна"
        "|отпущен|обміняний|serbest|dəyişdirilib|əsirlikdən azad edilib|ազատ արձակված",
        injured="wounded|hurt|wia|blessé|blessée|herido|herida|ранен|ранена"
        "|раненый|раненая|поранений|поранена|yaralı|yaralandı|yaralanıb|جريح|جريحة|مصاب|مصابة"
        "|جرحى|مجروح|վիրավոր|დაჭრილი|פצוע|verletzt"
        "|verwundet|ranjen|ranjena|povrijeđen|povređen|рањен|рањена|ferido|ferida|受伤|luka"
        "|luka-luka|terluka|cedera|פצועה|დაჭრილები|زخمی|مجروح شده|بریندار|birîndar|раненые"
        "|поранені|yaralılar|xəsarət alıb",
        displaced="refugee|idp|internally displaced|deported|expelled|evacuated|déplacé|déplacée"
        "|réfugié|desplazado|desplazada|беженец|беженка|перемещен|переселенец|біженець"
        "|переміщений|yerinden edilmiş|mülteci|qaçqın|məcburi köçkün|نازح|نازحة|لاجئ|مهجر"
        "|տեղահանված|փախստական|დევნილი"
        "|vertrieben|flüchtling|raseljen|raseljena|prognan|prognana|izbjeglica|izbeglica"
        "|расељен|избеглица|deslocado|deslocada|refugiado|refugiada|流离失所|难民|pengungsi"
        "|mengungsi|עקור|פליט|ლტოლვილი|იძულებით გადაადგილებული|آواره|پناهنده|ئاوارە|پەنابەر"
        "|koçber|penaber|переселена|переселенка|внутренне перемещенный"
        "|вынужденный переселенец|qaçqınlar|didərgin|բռնի տեղահանված",
        sexual_violence="sexual violence|rape|raped|viol|violée|violación|изнасилована|зґвалтована"
        "|tecavüz|zorlama|اغتصاب|عنف جنسي|բռնաբարված"
        "|vergewaltigt|vergewaltigung|silovan|silovana|silovanje|силована|estupro|estuprada"
        "|violada|agresión sexual|强奸|性暴力|pemerkosaan|diperkosa|kekerasan seksual|אונס"
        "|אלימות מינית|გაუპატიურება|تجاوز|تجاوز جنسی|دەستدرێژی سێکسی|tecawiz|изнасилование"
        "|сексуальное насилие|сексуальне насильство|cinsel şiddet|cinsi zorakılıq"
        "|սեռական բռնություն",
        tortured="torture|ill-treated|torturé|torturée|torturado|torturada|пытки|подвергся пыткам"
        "|катування|işkence|işgəncə|تعذيب|խոշտանգված"
        "|gefoltert|folter|mučen|mučena|mučenje|мучен|tortura|酷刑"
        "|disiksa|penyiksaan|עינויים|წამება|ნაწამები|شکنجه|شکنجه شده|ئەشکەنجە|îşkence"
        "|замучен|замучена|під тортурами|işkence gördü|işgəncə verilib|խոշտանգում",
        identified_remains="body identified|remains identified|identified body|identified"
        "|restes identifiés|restos identificados|останки опознаны|тело опознано"
        "|identifizierte überreste|identificiran|identificirani ostaci"
        "|restos mortais identificados|опознан|опознана|опізнаний|опізнана"
        "|kimliği tespit edildi|meyiti tanınıb|جثة معلومة الهوية|შეიდენტიფიცირებული"
        "|ճանաչված|זוהה",
        unidentified_remains="unidentified body|unidentified|body unidentified"
        "|remains unidentified|restes non identifiés|restos sin identificar"
        "|неопознанные останки|неопознанное тело|جثة مجهولة الهوية"
        "|neidentificiran|neidentificirani ostaci|nicht identifizierte überreste"
        "|restos mortais não identificados|неопознан|неопознана|неопізнане тіло"
        "|kimliği belirsiz ceset|naməlum meyit|رفات مجهولة|جسد ناشناس|անհայտ դի",
    ),
)
