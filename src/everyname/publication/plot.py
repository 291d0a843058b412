"""Plot: a drawing with its caption, as a notebook shows it and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from everyname.publication.chart_file import chart_file
from everyname.publication.drawing import Drawing
from everyname.publication.words import legible


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing that stands by itself.

    Parameters
    ----------
    drawing
        The drawing.
    caption
        How to read it.
    """

    drawing: Drawing
    caption: str = ""

    @property
    def text(self) -> str:
        """The same in words, for whoever does not see it."""
        return self.drawing.text

    def save(self, path: str | Path) -> Path:
        """Write the plot.

        Parameters
        ----------
        path
            A file that ends in ``.svg``, ``.png`` or ``.html``.

        Raises
        ------
        CaseError
            The ending is another one.
        """
        file = Path(path)
        words = (self.caption,) if self.caption else ()
        file.write_bytes(chart_file(self.drawing, file.name, words))
        return file

    def _repr_svg_(self) -> str:
        """Show the plot in a notebook."""
        return legible(self.drawing.svg_alone())

    def _repr_html_(self) -> str:
        """Show the plot with its caption in a notebook."""
        return (
            f"<figure>{self._repr_svg_()}<figcaption>{escape(self.caption)}</figcaption></figure>"
        )
