"""Report: one edition as one page that needs nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from everyname.counts import Figure
from everyname.publication import sentences
from everyname.publication.edition import Edition
from everyname.publication.environment import page_environment
from everyname.publication.forest import CAPTION as FOREST_CAPTION
from everyname.publication.group_words import beside_words, group_facts, of_group, rule_words
from everyname.publication.level_weights import level_weights
from everyname.publication.posterior_plot import CAPTION as POSTERIOR_CAPTION
from everyname.publication.quantity import second_hand
from everyname.publication.sections import (
    shown_breakdown,
    shown_claim,
    shown_overlaps,
    shown_persons,
    shown_quantities,
    shown_timeline,
    split_timeline,
)
from everyname.publication.sensitivity_plot import CAPTION as SENSITIVITY_CAPTION
from everyname.publication.shown_estimates import (
    ShownEstimates,
    shown_comparison,
    shown_results,
)
from everyname.publication.words import (
    Words,
    date_words,
    field_words,
    figure_words,
    legible,
    listing,
    time_words,
)
from everyname.vocabulary import RELIABILITY

if TYPE_CHECKING:
    from jinja2 import Environment


# Short ones only: a long one has to break.
_SPANS = re.compile(r"(?<![\d–-])(\d{1,4}(?:[–-]\d{1,4}){1,2})(?![\d–-])")


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the report: its id, its title, and its template."""

    key: str
    title: str
    template: str


def render(edition: Edition) -> str:
    """Write the report of an edition.

    Parameters
    ----------
    edition
        Everything that the report shows.

    Returns
    -------
    str
        One HTML page with its style and its charts inside: it has no script and opens no address.
        U+FFFD stands for control characters.
        Equal editions give equal pages.
    """
    words = Words(edition.labels)
    environment = _environment(edition, words)
    page = environment.get_template("report.html.j2").render(_context(edition, words))
    return legible(page)


def _context(edition: Edition, words: Words) -> dict[str, Any]:
    by_time, breakdowns = split_timeline(edition)
    context: dict[str, Any] = {
        "edition": edition,
        "css": files(__package__).joinpath("templates/report.css").read_text(encoding="utf-8"),
        "scope_words": edition.scope.what,
        "fates": listing([words.label("fate", fate) for fate in edition.scope.fates], "or"),
        "conflict_words": sentences.CONFLICT[edition.scope.conflict],
        "what_this_is": sentences.what_this_is(edition),
        "count_words": sentences.count_words(edition),
        "unstated_words": sentences.unstated_words(edition.unstated),
        "estimated": bool(edition.estimates or edition.comparison),
        "breakdowns": [shown_breakdown(b, words) for b in breakdowns],
        "placing_words": sentences.placing_words(edition),
        "beside_words": beside_words(edition.total, edition.unnamed),
        "group_facts": group_facts(edition.total, edition.unnamed),
        "group_rule": rule_words(edition.unnamed),
        "withheld_words": sentences.withheld_words(edition.withheld),
        "timeline": shown_timeline(by_time, words) if by_time and by_time.rows else None,
        "overlaps": shown_overlaps(edition, words),
        "estimates": _estimates(edition, words),
        "forest_caption": FOREST_CAPTION,
        "posterior_caption": POSTERIOR_CAPTION,
        "sensitivity_caption": SENSITIVITY_CAPTION,
        "claims": [shown_claim(finding, words) for finding in edition.findings],
        "quantities": shown_quantities(edition, words),
        "second_hand": sentences.second_hand_words(edition),
        "figure_ids": _numbered(edition),
        "responses": sorted(edition.responses, key=lambda r: (r.date, r.said_by, r.record_id)),
        "sources_words": sentences.sources_words(edition),
        "decisions_words": sentences.decisions_words(edition),
        "cells_words": sentences.cells_words(edition.files),
        "persons": shown_persons(edition, words),
    }
    if edition.linkage is not None:
        context["linkage_words"] = sentences.linkage_words(edition.linkage)
        context["candidate_words"] = sentences.candidate_words(edition.linkage)
        context["linked_conflict_words"] = sentences.linked_conflict_words(edition.linkage)
        context["threshold_words"] = sentences.threshold_words(edition.linkage)
        context["level_weights"] = level_weights(edition.linkage.levels)
    return {**context, "parts": _parts(edition, context)}


def _parts(edition: Edition, context: dict[str, Any]) -> list[Part]:
    """Sections that have something to show, in their order."""
    counted = edition.total is not None
    shown = (
        (counted, "count", "The count"),
        # Without a count, the figures lead and the scope follows them.
        (not counted and edition.figures, "figures", "Figures by source"),
        (True, "scope", "Scope and rules"),
        (counted and (context["breakdowns"] or edition.withheld), "breakdowns", "Who they were"),
        (counted and context["timeline"], "timeline", "When it happened"),
        (counted and context["overlaps"], "lists", "Which lists hold whom"),
        (counted and context["estimated"], "estimates", "Estimates, apart from the count"),
        (edition.findings, "claims", "Claims checked"),
        (counted and edition.figures, "figures", "Figures by source"),
        (edition.groups, "groups", "Groups of unnamed people"),
        (edition.responses, "responses", "Responses and positions"),
        (True, "sources", "Sources"),
        (True, "method", "How each number was made"),
        (counted, "persons", "The persons"),
    )
    return [Part(key, title, key) for there, key, title in shown if there]


def _estimates(edition: Edition, words: Words) -> ShownEstimates:
    if edition.comparison is None:
        return shown_results(edition.estimates, edition.total)
    return shown_comparison(edition.comparison, words, edition.total)


def _numbered(edition: Edition) -> dict[str, int]:
    """Short number of each figure, for links inside the page."""
    told = (*edition.figures, *edition.groups)
    return {record: i for i, record in enumerate(dict.fromkeys(f.record_id for f in told), start=1)}


def _environment(edition: Edition, words: Words) -> Environment:
    environment = page_environment()
    names = {source.key: source.name for source in edition.sources}

    def roots(figure: Figure) -> str:
        found = [names.get(root, root) for root in figure.roots if root != figure.source_id]
        return listing([name for name in found if name != figure.said_by])

    environment.filters.update(
        {
            "pieces": _pieces,
            "date": date_words,
            "time": time_words,
            "capitalize_first": lambda text: text[:1].upper() + text[1:],
            "figure_words": lambda f: figure_words(f.low, f.best, f.high),
            "second_hand": second_hand,
            "of_group": of_group(edition.unnamed),
            "roots": roots,
            "source_names": lambda keys: listing([names.get(key, key) for key in keys]),
            "list_name": lambda name: words.label("list", name),
            "fate": lambda code: words.label("fate", code),
            "unit": lambda code: words.label("unit", code),
            "source_kind": lambda code: words.label("source_kind", code),
            "reliability": _reliability,
            "field_names": lambda names: listing([field_words(name).lower() for name in names]),
        }
    )
    return environment


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Cut a title into texts, and whether each is kept in one line, as 25-26 is."""
    return [(piece, bool(place % 2)) for place, piece in enumerate(_SPANS.split(text))]


def _reliability(code: str) -> str:
    word = RELIABILITY.get(code, "")
    return f"{code}, {word}" if word else code
