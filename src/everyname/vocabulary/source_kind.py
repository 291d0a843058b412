"""Kind of a source: what it is, and who speaks in it."""

from everyname.vocabulary.code_list import CodeList, synonyms

SOURCE_KIND = CodeList(
    "kind of source",
    {
        "list": "list",
        "article": "article",
        "report": "report",
        "testimony": "testimony",
        "official_statement": "official statement",
        "forensic_register": "forensic register",
        "dataset": "data set",
        "court_record": "court record",
        "other": "other",
        "unknown": "unknown",
    },
    synonyms(
        list="register|roll|memorial list",
        article="news|news article|press article|press",
        report="study|book",
        testimony="witness|witness statement|interview",
        official_statement="statement|press release|decree|parliamentary statement",
        forensic_register="forensic|autopsy register|morgue register",
        dataset="database|table",
        court_record="judgment|court|verdict|indictment",
    ),
)

SPEAKER_KIND = CodeList(
    "kind of speaker",
    {
        "party": "party to the conflict",
        "official": "official body not a party",
        "intergovernmental": "intergovernmental organisation",
        "ngo": "non-governmental organisation",
        "community": "community or relatives",
        "media": "media",
        "academic": "researchers",
        "court": "court",
        "witness": "witness",
        "dataset": "data set",
        "other": "other",
        "unknown": "unknown",
    },
    synonyms(
        party="government of a party|belligerent|armed group",
        official="government|state|authority",
        intergovernmental="un|united nations|igo|international organisation",
        ngo="human rights organisation|civil society|charity",
        community="family|relatives|diaspora|survivors",
        media="press|newspaper|agency|broadcaster|journalist",
        academic="university|scholar|historian",
        court="tribunal",
        witness="eyewitness|survivor",
        dataset="database",
    ),
)

FIGURE_SOURCE_KIND = CodeList(
    "kind of source",
    {**SOURCE_KIND.codes, **SPEAKER_KIND.codes},
)
"""Either of the two: tables of figures put what a source is and who speaks into one column."""
