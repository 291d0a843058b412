"""Counting unit: figures in different units are not comparable."""

from everyname.vocabulary.code_list import CodeList, synonyms

COUNTING_UNIT = CodeList(
    "counting unit",
    {
        "persons": "persons",
        "families": "families",
        "households": "households",
        "bodies": "bodies",
        "bodies_examined": "bodies examined",
        "burials": "burials",
        "remains": "remains",
        "buildings": "buildings",
        "settlements": "settlements",
        "incidents": "incidents",
        "unknown": "unknown",
    },
    synonyms(
        persons="person|people|individuals|victims|casualties|names|personnes|personas|человек"
        "|чел|люди|людей|осіб|kişi|nəfər|شخص|أشخاص|մարդ|մարդիկ"
        "|adam|insan|pessoas|personen|osobe|osoba|lica|особе|лица|лиц|人|名|orang"
        "|jiwa|איש|אנשים|ადამიანი|პირი|نفر|اشخاص|تن|کەس|kes|mirov|жертв|жертвы|жертви"
        "|victimes|víctimas|ضحايا|قتلى|qurban|kurban|անձ|անձինք|հոգի",
        families="family|familles|familias|семей|семьи|сімей|aile|ailə|عائلة|عائلات|ընտանիք"
        "|семья|родин|сімʼї|родини|ailələr|aileler|خانواده|خانوار|خێزان|malbat|ოჯახი|משפחה"
        "|משפחות|família|famílias|familien|familie|porodica|porodice|obitelj|obitelji"
        "|породица|家庭|keluarga|ընտանիքներ|famille|familia",
        households="household|foyers|hogares|домохозяйств|hane|أسرة|أسر"
        "|домохозяйство|домогосподарств|домогосподарства|haneler|ev təsərrüfatı"
        "|домаћинства|domaćinstva|kućanstva|haushalte|agregados familiares|ménages"
        "|rumah tangga|户|משקי בית|კომლი|տնային տնտեսություն",
        bodies="body|corpse|corpses|corps|cadavres|cuerpos|cadáveres|тел|тела|трупов|тіл"
        "|ceset|cəsəd|meyit|جثة|جثث|դիակ"
        "|труп|трупы|тіла|трупів|тело|cesetler|meyitlər|cəsədlər|جثمان|جثامين|جسد|اجساد"
        "|جنازه|تەرم|გვამი|ცხედარი|גופה|גופות|corpo|corpos|leiche|leichen"
        "|tijelo|tijela|telo|tela|leševi|mayat|jenazah|尸体|遗体|դիակներ|դի|մարմին",
        bodies_examined="examined bodies|autopsies|corps examinés|cuerpos examinados"
        "|обследованные тела|исследованные трупы"
        "|обстежені тіла|müayinə olunmuş meyitlər|incelenen cesetler|جثث مفحوصة"
        "|untersuchte leichen|pregledana tijela|corpos examinados|հետազոտված դիակներ",
        burials="burial|graves|grave|buried|enterrements|entierros|захоронений|могил|поховань|mezar"
        "|qəbir|قبر|قبور|գերեզման"
        "|могила|захоронения|поховання|mezarlar|qəbirlər|dəfn|قبور جماعية|گور|قبرها|گۆڕ"
        "|gor|საფლავი|קבר|קברים|sepultura|sepulturas|túmulos|gräber|grab|grob|grobovi"
        "|grobnica|гроб|гробови|kuburan|坟墓|墓|գերեզմաններ|tombes|tumbas",
        remains="human remains|restes|restos|останки|останков|останків|kalıntı|qalıq|رفات"
        "|скелеты|скелет|рештки|kalıntılar|insan qalıqları|بقايا|بقايا بشرية|بقایا"
        "|بقایای انسانی|ئێسک و پرووسک|ნეშტი|שרידים|restos mortais|überreste|gebeine"
        "|posmrtni ostaci|ostaci|посмртни остаци|sisa jenazah|遗骸|աճյուն|աճյուններ",
        buildings="building|houses|house|homes|maisons|casas|домов|будинків|ev|بيوت|مباني|տուն"
        "|здания|здание|дома|дом|будинки|будинок|будівлі|evler|binalar|bina|evlər|مبنى"
        "|منازل|منزل|بيت|ساختمان|خانه|خانوو|خانی|სახლი|შენობა|בית|בתים|בניין|בניינים"
        "|edifícios|edificios|bâtiments|gebäude|häuser|zgrade|kuće|zgrada|куће|bangunan"
        "|rumah|建筑|房屋|շենքեր|տներ|շենք",
        settlements="settlement|villages|village|towns|сёл|населённых пунктов|köy|kənd|قرى|գյուղ"
        "|село|деревня|деревни|населенных пунктов|села|сіл|населених пунктів|köyler|kəndlər"
        "|قرية|بلدات|روستا|روستاها|گوند|gund|სოფელი|כפר|כפרים|aldeias|aldeas|pueblos|dörfer"
        "|orte|sela|naselja|desa|村庄|գյուղեր",
        incidents="incident|attacks|events|cases|инцидентов"
        "|инцидент|случаев|случаи|інцидентів|інциденти|olay|olaylar|hadisə|hadisələr"
        "|insident|حادثة|حوادث|رویداد|حوادث امنیتی|ڕووداوەکان|bûyer|ინციდენტი|אירוע|אירועים"
        "|incidentes|vorfälle|incidenti|инциденти|insiden|kejadian|事件|դեպքեր|միջադեպ",
    ),
)
