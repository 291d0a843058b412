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
        "|чел|люди|людей|осіб|kişi|nəfər|شخص|أشخاص|մարդ|մարդիկ",
        families="family|familles|familias|семей|семьи|сімей|aile|ailə|عائلة|عائلات|ընտանիք",
        households="household|foyers|hogares|домохозяйств|hane|أسرة|أسر",
        bodies="body|corpse|corpses|corps|cadavres|cuerpos|cadáveres|тел|тела|трупов|тіл"
        "|ceset|cəsəd|meyit|جثة|جثث|դիակ",
        bodies_examined="examined bodies|autopsies|corps examinés|cuerpos examinados"
        "|обследованные тела|исследованные трупы",
        burials="burial|graves|grave|buried|enterrements|entierros|захоронений|могил|поховань|mezar"
        "|qəbir|قبر|قبور|գերեզման",
        remains="human remains|restes|restos|останки|останков|останків|kalıntı|qalıq|رفات",
        buildings="building|houses|house|homes|maisons|casas|домов|будинків|ev|بيوت|مباني|տուն",
        settlements="settlement|villages|village|towns|сёл|населённых пунктов|köy|kənd|قرى|գյուղ",
        incidents="incident|attacks|events|cases|инцидентов",
    ),
)
