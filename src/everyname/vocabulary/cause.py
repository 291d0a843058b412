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
        "|hava zərbəsi|قصف|قصف جوي|صاروخ|غارة جوية|հրետակոծություն",
        planted_explosives="planted explosives|unexploded ordnance|mine|landmine|land mine|ied|uxo"
        "|booby trap|car bomb|suicide bomb|mina|mina terrestre|мина|підрив на міні|взрыв мины|міна"
        "|mayın|لغم|عبوة ناسفة|ական",
        small_arms="gunshot|gunfire|shot|shooting|bullet|firearm|rifle|sniper|gun|shot dead|balle"
        "|arme à feu|fusillé|disparo|arma de fuego|огнестрельное ранение|расстрел|расстрелян|пуля"
        "|вогнепальне поранення|розстріл|kurşun|ateşli silah|güllə|odlu silah|رصاص|إطلاق نار|قنص"
        "|գնդակ|հրազեն",
        incendiary="incendiary|fire bomb|napalm|white phosphorus|burned|burnt|сожжен|yandırılıb",
        cbrn="chemical|chemical weapon|gas|nerve agent|biological|radiological|nuclear|sarin"
        "|chlorine|arme chimique|химическое оружие|كيماوي",
        electromagnetic="laser|microwave weapon",
        less_lethal="less-lethal|less lethal|taser|tasered|tear gas|rubber bullet|pepper spray"
        "|baton|bean bag|water cannon",
        denial_of_survival_objects="siege|starvation|hunger|famine|thirst|cold|exposure"
        "|hypothermia|frostbite|lack of medicine|faim|froid|hambre|голод|холод|обморожение"
        "|переохлаждение|açlık|soğuk|aclıq|soyuq|جوع|حصار|برد|սով|ցուրտ",
        accident="conflict accident|accident|accidente|несчастный случай|нещасний випадок|kaza"
        "|qəza|حادث|դժբախտ պատահար",
        other_means="other|knife|stabbed|stabbing|blade|beaten|beating|blunt force|strangled"
        "|hanged|vehicle|autre|otro|нож|избиение|ніж|побиття|diğer|digər|طعن|ضرب|այլ",
    ),
)
