"""Environment: templates with the filters that every page uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from everyname.publication.words import number, setting_words, share_words, web_address

if TYPE_CHECKING:
    from jinja2 import Environment


def page_environment() -> Environment:
    """Open the templates; every text that is put into a page is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        {
            "number": number,
            "share": share_words,
            "setting": setting_words,
            "web": web_address,
            "ratio": ratio_words,
        }
    )
    return environment


def ratio_words(value: float | None) -> str:
    """Odds ratio with three significant digits; a dash where none does what is asked."""
    return "–" if value is None else f"{value:.3g}"
