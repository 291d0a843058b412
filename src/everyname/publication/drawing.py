"""Drawing: one chart in two widths, as SVG that can stand beside others in a page."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

INK = "#22272e"
MUTED = "#5b636d"
RULE = "#d5d8dc"
BAR = "#a9b8c6"
MARK = "#2c4a64"
ASIDE = "#d9d6cf"
ESTIMATE = "#80571a"
PAPER = "#fdfcfa"

_CONFIG = {
    "background": None,
    "aria": False,
    "font": "sans-serif",
    "view": {"stroke": None},
    "locale": {"number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}},
}
_DOTS = 2.0
_ID = re.compile(r'\bid="([^"]+)"')
_LANGUAGE_NOISE = re.compile(
    r' (?:role|aria-[a-z]+|pointer-events|class)="[^"]*"| xmlns(?::xlink)?="[^"]*"'
)
_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


@dataclass(frozen=True, slots=True)
class Size:
    """Width of a drawing.

    Parameters
    ----------
    name
        wide or narrow: the class the style sheet shows or hides.
    width
        In pixels, at which letters have their real size.
    stacked
        Whether labels stand above their marks instead of beside them.
    """

    name: str
    width: int
    stacked: bool

    @property
    def letters(self) -> int:
        """Height of letters in pixels."""
        return 12 if self.stacked else 13


WIDE = Size("wide", 740, stacked=False)
NARROW = Size("narrow", 350, stacked=True)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, not yet drawn.

    Parameters
    ----------
    title
        What it shows, in a few words.
    text
        The same in words, for whoever does not see it.
    specs
        Vega-Lite specification for each size.
    """

    title: str
    text: str
    specs: Mapping[Size, Mapping[str, Any]] = field(repr=False)

    def svg(self, key: str) -> str:
        """Draw in all sizes.

        Parameters
        ----------
        key
            Unique in the page, of letters, digits and hyphens: every id starts with it.

        Returns
        -------
        str
            One ``svg`` element for each size, of the class ``chart`` and the size's name.
        """
        return "".join(
            _labelled(_drawn(spec), f"{key}-{size.name}", size, self)
            for size, spec in self.specs.items()
        )

    def svg_alone(self) -> str:
        """Draw in the wide size on paper, as a document of its own with a title and a text."""
        svg = _drawn(self.specs[WIDE], PAPER)
        told = f"<title>{html.escape(self.title)}</title><desc>{html.escape(self.text)}</desc>"
        return _ROOT.sub(lambda root: f"{root.group()}{told}", svg, count=1)

    def png(self) -> bytes:
        """Draw in the wide size on paper, two dots to a pixel."""
        import vl_convert

        whole = {**self.specs[WIDE], "config": {**_CONFIG, "background": PAPER}}
        return vl_convert.vegalite_to_png(whole, scale=_DOTS, allowed_base_urls=[])


def _drawn(spec: Mapping[str, Any], background: str | None = None) -> str:
    import vl_convert

    whole = {**spec, "config": {**_CONFIG, "background": background}}
    # Data stand in the specification; no address may be opened.
    return vl_convert.vegalite_to_svg(whole, allowed_base_urls=[])


def _labelled(svg: str, key: str, size: Size, drawing: Drawing) -> str:
    """Give ids a prefix, the picture a title and a text, and take its size out."""
    box = _SIZE.search(svg)
    width, height = box.groups() if box else (str(size.width), str(size.width))
    for name in set(_ID.findall(svg)):
        svg = svg.replace(f'id="{name}"', f'id="{key}-{name}"')
        svg = svg.replace(f"url(#{name})", f"url(#{key}-{name})")
        svg = svg.replace(f'href="#{name}"', f'href="#{key}-{name}"')
    root = (
        f'<svg class="chart {size.name}" role="img" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" aria-labelledby="{key}-title {key}-text">'
        f'<title id="{key}-title">{html.escape(drawing.title)}</title>'
        f'<desc id="{key}-text">{html.escape(drawing.text)}</desc>'
    )
    inner = _ROOT.sub("", svg, count=1)
    return root + re.sub(r"<[^>]*>", lambda tag: _LANGUAGE_NOISE.sub("", tag.group()), inner)
