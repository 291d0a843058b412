"""One invented population on three Spanish lists.

The registry has both given names and both family names with accents; the truth commission's list
capitals without accents, often one given name and one family name; the press writes nicknames,
married names and one family name of the two.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from faker import Faker

from linkage_sets import invented
from linkage_sets.data_set import DataSet, Records, kept
from linkage_sets.invented import Clerk, Names, Person, Rng, Texts, listed, people, typed

_PET = dict(
    pair.split(":")
    for pair in [
        "José:Pepe",
        "Francisco:Paco",
        "Ignacio:Nacho",
        "Manuel:Manolo",
        "Jesús:Chucho",
        "Enrique:Quique",
        "Rafael:Rafa",
        "Alejandro:Alejo",
        "Antonio:Toño",
        "Luis:Lucho",
        "Guillermo:Memo",
        "Roberto:Beto",
        "Eduardo:Lalo",
        "Dolores:Lola",
        "Concepción:Concha",
        "Guadalupe:Lupe",
        "Rosario:Charo",
        "Mercedes:Meche",
        "Isabel:Chabela",
        "Teresa:Tere",
        "Graciela:Chela",
        "Rosa:Rosita",
        "Pedro:Perico",
        "Gabriel:Gabo",
        "Santiago:Santi",
        "Carmen:Carmencita",
        "Beatriz:Bety",
        "Juan:Juancho",
        "Carlos:Carlitos",
        "Ana:Anita",
    ]
)
_BASES = (
    "San Pedro|Santa Rosa|El Carmen|La Unión|Buenavista|Puerto Nuevo|Villa Rica|Las Palmas"
    "|Río Seco|Peñas Blancas"
)
_ENDS = "|de Arriba|de la Sierra|del Monte|Viejo|del Río"
_PLACE_NAMES = tuple(
    f"{base} {end}".strip() for end in _ENDS.split("|") for base in _BASES.split("|")
)


def spanish() -> DataSet:
    """3,000 invented persons on three Spanish lists."""
    return kept("spanish", _spanish, one_to_one=False, score="pairs", made_by=[invented])


def _spanish() -> Records:
    rng = np.random.default_rng(4103)
    fake = Faker("es_CO", providers=["faker.providers.person"])
    fake.seed_instance(4103)

    def pool(kind: str, size: int) -> list[str]:
        drawn = dict.fromkeys(str(getattr(fake, kind)()) for _ in range(20 * size))
        return [name for name in drawn if name.isalpha()][:size]

    names = Names(
        pool("first_name_male", 90), pool("first_name_female", 90), pool("last_name", 300)
    )
    plain = tuple(_plain(place) for place in _PLACE_NAMES)
    clerks = (
        Clerk("registry", 0.6, _registry, _PLACE_NAMES, born=0.8),
        Clerk("commission", 0.5, _commission, plain, born=0.4),
        Clerk("press", 0.35, _press, _PLACE_NAMES, born=0.05),
    )
    return listed(people(names, 3000, rng), clerks, rng)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return "".join(c for c in letters if not unicodedata.combining(c)).upper()


def _both_given(person: Person) -> str:
    """Two given names, or one: two persons in five have one alone."""
    one = int(person.id[1:]) % 5 < 2 or person.given == person.second_given
    return person.given if one else f"{person.given} {person.second_given}"


def _registry(person: Person, rng: Rng) -> Texts:
    families = f"{typed(person.family, rng)} {typed(person.mother_family, rng)}"
    return {"given_name": typed(_both_given(person), rng), "family_name": families}


def _commission(person: Person, rng: Rng) -> Texts:
    given = _both_given(person) if rng.random() < 0.55 else _both_given(person).split()[0]
    families = [person.family]
    if rng.random() < 0.5:
        mother = person.mother_family
        families.append(f"{mother[0]}." if rng.random() < 0.25 else typed(mother, rng))
    name = typed(given, rng), typed(families[0], rng), *families[1:]
    return {"name": _plain(" ".join(name))}


def _press(person: Person, rng: Rng) -> Texts:
    given = _both_given(person).split()
    chance = rng.random()
    own = _PET.get(given[0], given[0]) if chance < 0.12 else given[-1] if chance < 0.2 else given[0]
    if chance > 0.8:
        own = " ".join(given)
    family = typed(person.family, rng)
    if person.sex == "female" and rng.random() < 0.12:
        return {"name": f"{own} {family} de {person.mother_family}"}
    return {"name": f"{typed(own, rng)} {family}"}
