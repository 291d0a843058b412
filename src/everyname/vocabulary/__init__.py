"""Value types of the field: names, partial dates, ages, codes, places and numbers; no I/O."""

from everyname.vocabulary.age import ADULT_FROM, Age, Band, age_at, band
from everyname.vocabulary.age_group import AGE_GROUPS
from everyname.vocabulary.age_text import parse_age
from everyname.vocabulary.canonical_part import canonical_part
from everyname.vocabulary.cause import CAUSE
from everyname.vocabulary.code_list import CodeList, folded, synonyms
from everyname.vocabulary.counting_unit import COUNTING_UNIT
from everyname.vocabulary.date_text import parse_date
from everyname.vocabulary.fate import FATE
from everyname.vocabulary.field import CODE_LISTS, FIELDS, KINDS, Field, extended_fields, field
from everyname.vocabulary.group_text import GroupText, parse_group
from everyname.vocabulary.name_alignment import PartPair
from everyname.vocabulary.name_letters import name_latin
from everyname.vocabulary.name_likeness import (
    SAME_NAME_FROM,
    NameLikeness,
    compare_names,
)
from everyname.vocabulary.name_text import NameText, parse_name
from everyname.vocabulary.number_word import number_in_words
from everyname.vocabulary.partial_date import PartialDate
from everyname.vocabulary.person_name import PersonName
from everyname.vocabulary.place import PLACE_PRECISION, Place
from everyname.vocabulary.quantity import Quantity, parse_quantity
from everyname.vocabulary.reading import DateOrder, Reading, ReadOptions, Stance
from everyname.vocabulary.reliability import (
    CREDIBILITY,
    RELIABILITY,
    read_credibility,
    read_reliability,
)
from everyname.vocabulary.script import latin, script
from everyname.vocabulary.sex import SEX
from everyname.vocabulary.skeleton import skeleton
from everyname.vocabulary.source_kind import FIGURE_SOURCE_KIND, SOURCE_KIND, SPEAKER_KIND
from everyname.vocabulary.status import STATUS
from everyname.vocabulary.victim_class import VICTIM_CLASSES, Where, conditions, victim_class

__all__ = [
    "ADULT_FROM",
    "AGE_GROUPS",
    "CAUSE",
    "CODE_LISTS",
    "COUNTING_UNIT",
    "CREDIBILITY",
    "FATE",
    "FIELDS",
    "FIGURE_SOURCE_KIND",
    "KINDS",
    "PLACE_PRECISION",
    "RELIABILITY",
    "SAME_NAME_FROM",
    "SEX",
    "SOURCE_KIND",
    "SPEAKER_KIND",
    "STATUS",
    "VICTIM_CLASSES",
    "Age",
    "Band",
    "CodeList",
    "DateOrder",
    "Field",
    "GroupText",
    "NameLikeness",
    "NameText",
    "PartPair",
    "PartialDate",
    "PersonName",
    "Place",
    "Quantity",
    "ReadOptions",
    "Reading",
    "Stance",
    "Where",
    "age_at",
    "band",
    "canonical_part",
    "compare_names",
    "conditions",
    "extended_fields",
    "field",
    "folded",
    "latin",
    "name_latin",
    "number_in_words",
    "parse_age",
    "parse_date",
    "parse_group",
    "parse_name",
    "parse_quantity",
    "read_credibility",
    "read_reliability",
    "script",
    "skeleton",
    "synonyms",
    "victim_class",
]
