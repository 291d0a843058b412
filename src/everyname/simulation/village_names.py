"""Names of fictional villages, in Latin and in Cyrillic letters."""

from __future__ import annotations

import numpy as np

from everyname.simulation.valley import VILLAGES

FIRST = (
    "tam там|os ос|kar кар|bel бел|mzi мзи|lef леф|sud суд|zar зар|dor дор|vel вел|nar нар|gor гор"
    "|lav лав|pir пир|tur тур|ash аш|hal хал|bor бор|mer мер|sal сал|yen ен|uk ук|for фор|ral рал"
)
MIDDLE = "a а|i и|o о|u у|an ан|el ел|or ор|ina ина|ada ада|eri ери|umo умо|ola ола"
LAST = (
    "rud руд|lan лан|dun дун|grin грин|kara кара|kory коры|lin лин|bek бек|vat ват|mir мир"
    "|sten стен|tova това|shen шен|dza дза|por пор|gul гул|nitsa ница|vari вари|kend кенд|tal тал"
)


def village_names(count: int) -> tuple[list[str], list[str]]:
    """Return names of villages: those of the valley, and others made of syllables.

    Parameters
    ----------
    count
        How many; at most some thousands.

    Returns
    -------
    tuple of list of str
        In Latin and in Cyrillic letters.
    """
    pairs = [(each.latin, each.cyrillic) for each in VILLAGES]
    first, middle, last = (
        [tuple(syllable.split()) for syllable in text.split("|")] for text in (FIRST, MIDDLE, LAST)
    )
    made = [
        ("".join(latin).capitalize(), "".join(cyrillic).capitalize())
        for a in first
        for b in middle
        for c in last
        for latin, cyrillic in [zip(a, b, c, strict=True)]
    ]
    known = {latin for latin, _ in pairs}
    # Drawn once and for all: a seed changes who lives, and not where.
    order = np.random.default_rng(0).permutation(len(made))
    unused = (made[at] for at in order.tolist())
    pairs += [pair for pair in dict.fromkeys(unused) if pair[0] not in known]
    return [latin for latin, _ in pairs[:count]], [cyrillic for _, cyrillic in pairs[:count]]
