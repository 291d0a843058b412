"""Data package: what the files of open data hold, for machines (Frictionless Data Package 1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from everyname.publication.edition import Edition
from everyname.publication.words import field_words, legible

_WHOLE = "integer"
_FIELDS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "counts": (
        ("id", "string", "Conditions that the persons meet, as sex=female; total for everyone"),
        ("low", _WHOLE, "Undecided pairs are one person; only what no source contradicts"),
        ("best", _WHOLE, "The threshold and the conflict rule in force"),
        ("high", _WHOLE, "Undecided pairs are two persons; whatever any source says"),
        ("codebook", "string", "Version of the inclusion rules"),
    ),
    "figures": (
        ("record", "string", "Id of the record in the ledger"),
        ("said_by", "string", "Who states the figure"),
        ("source_kind", "string", "Kind of source"),
        ("said_on", "string", "When, as EDTF"),
        ("low", _WHOLE, "Lowest number; a low alone is an open figure"),
        ("best", _WHOLE, "Number"),
        ("high", _WHOLE, "Highest number"),
        ("unit", "string", "Counting unit; figures in different units are not comparable"),
        ("fate", "string", "Fate counted"),
        ("victim_class", "string", "Whom the figure counts"),
        ("counts_what", "string", "What is counted, in the source's words"),
        ("place", "string", "Place of the event; empty for the case's own"),
        ("date", "string", "Date of the event, as EDTF; empty for the case's own"),
        ("as_of", "string", "Day up to which the figure counts, as EDTF"),
        ("reported_in", "string", "Where it was read"),
        ("address", "string", "Web address it was read at"),
        ("read", "string", "Whether the source or a copy was read"),
        ("roots", "string", "Independent primary sources behind it, separated by semicolons"),
        ("note", "string", "Anything else"),
        ("corrected", "string", "Fields in which the team's word stands and not the source's"),
    ),
    "findings": (
        ("claim", "string", "Name of the claim in the case"),
        ("text", "string", "The claim in words"),
        ("said_by", "string", "Who claims it"),
        ("said_on", "string", "When, as EDTF"),
        ("address", "string", "Where it can be read"),
        ("low", _WHOLE, "Lowest number claimed"),
        ("best", _WHOLE, "Number claimed"),
        ("high", _WHOLE, "Highest number claimed"),
        ("unit", "string", "Counting unit"),
        ("fate", "string", "Fate"),
        ("victim_class", "string", "Whom the claim counts"),
        ("outcome", "string", "Outcome over all; no verdict"),
        ("basis", "string", "What the claim could be compared with"),
        ("independent_roots", _WHOLE, "Primary sources behind agreeing figures, not the claim's"),
        ("supports", "string", "Ids of counts and records that agree, separated by semicolons"),
        ("contradicts", "string", "Ids of counts and records that do not agree"),
        ("explanation", "string", "The outcome in words"),
        ("note", "string", "Whether the claim agrees only with what it repeats"),
    ),
    "sources": (
        ("key", "string", "Key of the source in the ledger"),
        ("name", "string", "Name"),
        ("kind", "string", "Kind of source"),
        ("publisher", "string", "Publisher"),
        ("published", "string", "Date of publication, as EDTF"),
        ("language", "string", "Language"),
        ("reliability", "string", "Reliability A to F; F cannot be judged"),
        ("party", "boolean", "Whether the source is a party to the conflict"),
        ("derived_from", "string", "Keys of sources it copies, separated by semicolons"),
        ("files", "string", "Files in which it speaks, separated by semicolons"),
        ("document", "string", "SHA-256 of the first of these files, as preserved"),
        ("records", _WHOLE, "Records of any kind"),
        ("persons", _WHOLE, "Documented persons in scope whom it names"),
        ("alone", _WHOLE, "Of these, persons in no other source"),
        ("below_minimum", "string", "What a digital capture lacks of the Berkeley minimum"),
    ),
}
_ABOUT = {
    "counts": "Documented persons. Rows of different breakdowns, and low and high of any rows, do"
    " not add up.",
    "patterns": "How many documented persons in scope each combination of lists holds.",
    "persons": "Documented persons, with the fields that the publication profile allows.",
    "figures": "Figures that sources state, as they state them. Figures are never added up.",
    "findings": "Claims of others and what came of checking them.",
    "sources": "Sources and what each contributed.",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name, its type in a data package, and what it holds."""

    name: str
    type: str
    description: str


def columns(table: str, edition: Edition) -> tuple[Column, ...]:
    """Columns of one of the files of an edition.

    Parameters
    ----------
    table
        counts, patterns, persons, figures, findings or sources.
    edition
        The edition, which has its own lists and its own profile.
    """
    if table == "persons":
        return tuple(Column(legible(n), "string", legible(field_words(n))) for n in edition.columns)
    if table == "patterns":
        lists = map(legible, edition.patterns.lists if edition.patterns else ())
        held = (Column(name, _WHOLE, f"1 where {name} holds them, else 0") for name in lists)
        return (*held, Column("persons", _WHOLE, "Persons with this pattern"))
    return tuple(Column(*field) for field in _FIELDS[table])


def data_package(edition: Edition, tables: Sequence[tuple[str, bytes]]) -> bytes:
    """Describe the files of an edition.

    Parameters
    ----------
    edition
        The edition.
    tables
        Name and bytes of each file.

    Returns
    -------
    bytes
        ``datapackage.json``.

    References
    ----------
    Frictionless Data Package, version 1; each resource carries its SHA-256 and its length.
    """
    package = {
        "profile": "tabular-data-package",
        "name": "everyname-edition",
        "title": legible(edition.title),
        "description": legible(edition.summary),
        "created": edition.made,
        "everyname": {
            "version": edition.version,
            "codebook": edition.scope.codebook,
            "scope": legible(edition.scope.what),
            "ledger_entries": edition.entries,
            "ledger_head": edition.head,
            "text": "A text that a spreadsheet would take for a formula begins with an apostrophe.",
        },
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table,
                "path": f"{table}.csv",
                "description": _ABOUT[table],
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "schema": {
                    "fields": [
                        {"name": c.name, "type": c.type, "description": c.description}
                        for c in columns(table, edition)
                    ],
                    "missingValues": [""],
                },
            }
            for table, content in tables
        ],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
