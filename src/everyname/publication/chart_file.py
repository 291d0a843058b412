"""Chart file: one drawing as a file that stands by itself."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import PurePath

from everyname.errors import CaseError
from everyname.publication.drawing import PAPER, Drawing
from everyname.publication.words import legible

SUFFIXES = (".svg", ".png", ".html")

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
body {{ margin: 2rem auto; max-width: 46rem; padding: 0 1rem; background: {paper}; color: #22272e;
  font: 1.0625rem/1.6 Charter, Georgia, "Liberation Serif", "Noto Serif", serif; }}
svg.chart {{ display: block; max-width: 100%; height: auto; }}
svg.narrow {{ display: none; }}
@media (max-width: 760px) {{ svg.wide {{ display: none; }}
  svg.narrow {{ display: block; width: 100%; max-width: 34rem; }} }}
</style>
</head>
<body>
<h1>{title}</h1>
{chart}
{words}
</body>
</html>
"""


def chart_file(drawing: Drawing, name: str, words: Sequence[str] = ()) -> bytes:
    """Make a drawing a file.

    Parameters
    ----------
    drawing
        The drawing.
    name
        Name of the file; its ending says what is made: ``.svg``, ``.png`` or ``.html``.
    words
        Paragraphs below the drawing of a page.

    Returns
    -------
    bytes
        A page opens no other address and holds no script.

    Raises
    ------
    CaseError
        The ending is another one.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix == ".png":
        return drawing.png()
    if suffix == ".svg":
        return legible(drawing.svg_alone()).encode()
    if suffix == ".html":
        page = _PAGE.format(
            title=html.escape(drawing.title),
            paper=PAPER,
            chart=drawing.svg("chart"),
            words="\n".join(f"<p>{html.escape(text)}</p>" for text in words),
        )
        return legible(page).encode()
    raise CaseError(
        f"no chart can be written as {suffix or 'a file without an ending'}",
        where=name,
        do=f"Name a file that ends in {', '.join(SUFFIXES)}",
    )
