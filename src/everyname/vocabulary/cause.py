"""Cause of death or harm, after the disaggregation of SDG indicator 16.1.2.

The class names follow the indicator's metadata as read second-hand; no conformity is claimed.
"""

from everyname.vocabulary.code_list import CodeList, synonyms

CAUSE = CodeList(
    "cause",
    {
        "heavy_weapons": "heavy weapons and explosive munitions",
        "planted_explosives": "planted explosives and unexploded ordnance",
        "small_arms": "small arms and light weapons",
        "incendiary": "incendiary weapons",
        "cbrn": "chemical, biological, radiological or nuclear weapons",
        "electromagnetic": "electromagnetic weapons",
        "less_lethal": "less-lethal weapons",
        "denial_of_survival_objects": (
            "denial of access to or destruction of objects indispensable to survival"
        ),
        "accident": "accidents related to conflict",
        "other_means": "other means",
        "unknown": "unknown",
    },
    synonyms(
        heavy_weapons="heavy weapons|explosive munitions|shelling|artillery|bombing|bombardment"
        "|air strike|airstrike|missile|rocket|mortar|tank|drone strike|shrapnel|bomb"
        "|bombardement|obus|frappe aérienne|bombardeo|ataque aéreo|артобстрел|обстрел"
        "|авиаудар|бомбардировка|обстріл|авіаудар|bombardıman|hava saldırısı|artilleriya atəşi"
        "|hava zərbəsi|قصف|قصف جوي|صاروخ|غارة جوية|հրետակոծություն"
        "|ракета|ракетный удар|ракетний удар|миномет|миномёт|мінометний обстріл|артилерія"
        "|бомба|осколочное ранение|осколки|уламкове поранення|дрон|удар дрона|füze|roket"
        "|top atışı|havan|bomba|raket|minaatan|mərmi|qəlpə|dron|صواريخ|قذيفة|قذيفة هاون"
        "|مدفعية|شظايا|شظية|طائرة مسيرة|برميل متفجر|قصف مدفعي|بمباران|موشک|خمپاره|توپخانه"
        "|بۆردومان|مووشەک|topbaran|bombebaran|ռմբակոծություն|հրթիռ|արկ|բեկոր|დაბომბვა"
        "|დაბომბვით|რაკეტა|არტილერია|ყუმბარა|הפצצה|רקטה|פגז|טיל|הפגזה|roquette|missile"
        "|éclat d'obus|drone|mortier|artillerie|bombe|artillería|cohete|metralla|misil"
        "|mortero|beschuss|artilleriebeschuss|luftangriff|rakete|granate|granata"
        "|granatiranje|artiljerija|bombardovanje|bombardiranje|raketa|гранатирање|граната"
        "|bombardeamento|artilharia|míssil|estilhaços|炮击|空袭|轰炸|导弹"
        "|serangan udara|bom|artileri|mortir",
        planted_explosives="planted explosives|unexploded ordnance|mine|landmine|land mine|ied|uxo"
        "|booby trap|car bomb|suicide bomb|mina|mina terrestre|мина|підрив на міні|взрыв мины|міна"
        "|mayın|لغم|عبوة ناسفة|ական"
        "|мины|подорвался на мине|растяжка|неразорвавшийся снаряд|вибухівка|mina partlayışı"
        "|minaya düşüb|mayın patlaması|patlayıcı|ألغام|لغم أرضي|سيارة مفخخة|مفخخة|مین"
        "|مین‌گذاری|تله انفجاری|مین زەوی|mayîn|ნაღმი|מוקש|מטען|מטען חבלה|engin explosif"
        "|voiture piégée|mine terrestre|artefacto explosivo|coche bomba"
        "|autobombe|sprengfalle|nagazna mina|eksplozivna naprava|аутобомба|mina antipessoal"
        "|carro-bomba|地雷|汽车炸弹|ranjau|ranjau darat|bom mobil",
        small_arms="gunshot|gunfire|shot|shooting|bullet|firearm|rifle|sniper|gun|shot dead|balle"
        "|arme à feu|fusillé|disparo|arma de fuego|огнестрельное ранение|расстрел|расстрелян|пуля"
        "|вогнепальне поранення|розстріл|kurşun|ateşli silah|güllə|odlu silah|رصاص|إطلاق نار|قنص"
        "|գնդակ|հրազեն"
        "|огнестрел|огнестрельное|пулевое ранение|застрелен|застрелена|снайпер"
        "|кульове поранення|застрелений|kurşunlandı|vuruldu|keskin nişancı"
        "|güllələnib|güllələnmə|güllə yarası|snayper|طلق ناري|رصاصة|قناص|إعدام ميداني"
        "|تیراندازی|گلوله|تیرباران|فیشەک|gule|գնդակահարված|գնդակահարություն|დახვრეტა"
        "|ტყვია|სნაიპერი|ירי|קליע|צלף|tir|tirs|par balle|tireur embusqué|balazo|disparos"
        "|francotirador|schuss|erschossen|schusswaffe|scharfschütze|metak|strijeljan"
        "|streljan|snajper|стрељан|метак|tiro|tiros|arma de fogo"
        "|baleado|枪击|枪杀|枪伤|tembakan|ditembak|peluru",
        incendiary="incendiary|fire bomb|napalm|white phosphorus|burned|burnt|сожжен|yandırılıb"
        "|сожжен заживо|сожжён|сожжена|спалений|спалена|yakıldı|yanaraq öldü|yandırılmış"
        "|محروق|حرق|حروق|سوختگی|سووتان|այրված|დამწვარი|נשרף|brûlé|brûlée|quemado|quemada"
        "|verbrannt|spaljen|spaljena|спаљен|queimado|queimada|烧死|dibakar|terbakar",
        cbrn="chemical|chemical weapon|gas|nerve agent|biological|radiological|nuclear|sarin"
        "|chlorine|arme chimique|химическое оружие|كيماوي"
        "|хімічна зброя|отравляющий газ|зарин|хлор|kimyasal silah|kimyəvi silah"
        "|سلاح كيميائي|غاز|غازات سامة|كيميائي|شیمیایی|سلاح شیمیایی|کیمیابارانی|kîmyewî"
        "|քիմիական զենք|ქიმიური იარაღი|נשק כימי|gaz toxique|arma química|gas tóxico"
        "|chemiewaffen|giftgas|hemijsko oružje|bojni otrovi|хемијско оружје|化学武器|毒气"
        "|senjata kimia",
        electromagnetic="laser|microwave weapon",
        less_lethal="less-lethal|less lethal|taser|tasered|tear gas|rubber bullet|pepper spray"
        "|baton|bean bag|water cannon"
        "|слезоточивый газ|резиновая пуля|сльозогінний газ|göz yaşartıcı gaz"
        "|gözyaşardıcı qaz|غاز مسيل للدموع|قنبلة غاز|رصاص مطاطي|گاز اشک‌آور"
        "|გაზი ცრემლსადენი|גז מדמיע|gaz lacrymogène|gas lacrimógeno|balle en caoutchouc"
        "|bala de goma|tränengas|suzavac|gás lacrimogêneo|催泪弹|gas air mata",
        denial_of_survival_objects="siege|starvation|hunger|famine|thirst|cold|exposure"
        "|hypothermia|frostbite|lack of medicine|faim|froid|hambre|голод|холод|обморожение"
        "|переохлаждение|açlık|soğuk|aclıq|soyuq|جوع|حصار|برد|սով|ցուրտ"
        "|осада|блокада|облога|замерз|замерзание|переохолодження|kuşatma|donma"
        "|blokada|mühasirə|donaraq|سوء التغذية|البرد|الجوع|نقص الدواء|نقص الغذاء|گرسنگی"
        "|سرما|محاصره|برسێتی|سەرما|birçîbûn|շրջափակում|ցրտահարություն|ბლოკადა"
        "|შიმშილი|სიცივე|רעב|קור|מצור|siège|malnutrition|inanition|asedio|desnutrición"
        "|frío|belagerung|unterkühlung|kälte|glad|opsada|hladnoća|глад|опсада|fome|frio"
        "|cerco|desnutrição|饥饿|围困|寒冷|kelaparan|kedinginan|pengepungan",
        accident="conflict accident|accident|accidente|несчастный случай|нещасний випадок|kaza"
        "|qəza|حادث|դժբախտ պատահար"
        "|авария|дтп|дорожно-транспортное происшествие|аварія|trafik kazası|yol qəzası"
        "|حادث سير|تصادف|حادثه|ڕووداو|qezayê|ավտովթար|უბედური შემთხვევა|תאונה"
        "|accident de la route|accidente de tráfico|unfall|verkehrsunfall|nesreća"
        "|saobraćajna nesreća|несрећа|acidente|事故|车祸|kecelakaan",
        other_means="other|knife|stabbed|stabbing|blade|beaten|beating|blunt force|strangled"
        "|hanged|vehicle|autre|otro|нож|избиение|ніж|побиття|diğer|digər|طعن|ضرب|այլ"
        "|зарезан|зарезана|избит|забит до смерти|удушение|повешен|повешена|зарізаний"
        "|побитий|bıçak|bıçaklandı|dövüldü|boğuldu|bıçaqlanıb|bıçaq|döyülüb|boğulub|ذبح"
        "|خنق|شنق|تعذيب حتى الموت|چاقو|ضرب و شتم|خفگی|چەقۆ|kêr|դանակահարված|ծեծ"
        "|დანა|ცემა|דקירה|מכות|poignardé|battu|couteau|cuchillo|apuñalado|golpeado|ahorcado"
        "|messer|erstochen|erschlagen|erwürgt|zaklan|zaklana|pretučen|obješen|заклан"
        "|faca|esfaqueado|espancado|刀|刺伤|殴打|pisau|ditusuk|dipukuli",
    ),
)
