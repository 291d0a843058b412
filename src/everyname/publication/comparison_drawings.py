"""Drawings of a comparison: overlaps, models, posteriors, sensitivity; for notebook or files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from everyname.estimation import Comparison
from everyname.publication.drawing import Drawing
from everyname.publication.environment import page_environment
from everyname.publication.forest import CAPTION as FOREST_CAPTION
from everyname.publication.overlap_table import OverlapTable, overlap_table
from everyname.publication.plot import Plot
from everyname.publication.posterior_plot import CAPTION as POSTERIOR_CAPTION
from everyname.publication.sensitivity_plot import CAPTION as SENSITIVITY_CAPTION
from everyname.publication.shown_estimates import ShownEstimates, patterns_of, shown_comparison
from everyname.publication.upset import MOST, by_size, upset
from everyname.publication.words import Words, legible, number, plural

PAGE = "comparison.html"
_WORDS = Words(())


@dataclass(frozen=True, slots=True)
class ComparisonDrawings:
    """Drawings of one comparison of models.

    Parameters
    ----------
    overlap
        Persons in each two lists.
    upset
        Capture patterns; None where nobody is in a list.
    forest
        The models, the reported interval first; None where no model gives a number.
    posterior
        Posteriors; None where no result holds draws, as when it was read from JSON.
    sensitivity
        For each model with a sensitivity parameter.
    """

    overlap: OverlapTable
    upset: Plot | None
    forest: Plot | None
    posterior: Plot | None
    sensitivity: tuple[Plot, ...]

    @property
    def plots(self) -> Mapping[str, Plot]:
        """The plots that there are, by name."""
        return dict(self._named())

    def _named(self) -> Iterator[tuple[str, Plot]]:
        for name, plot in (
            ("forest", self.forest),
            ("upset", self.upset),
            ("posterior", self.posterior),
        ):
            if plot is not None:
                yield name, plot
        for place, plot in enumerate(self.sensitivity, start=1):
            yield ("sensitivity" if place == 1 else f"sensitivity-{place}"), plot

    def save(self, folder: str | Path, suffixes: Sequence[str] = (".svg", ".png")) -> list[Path]:
        """Write every plot.

        Parameters
        ----------
        folder
            Made where it is missing.
        suffixes
            Kinds of files: ``.svg``, ``.png``, ``.html``.

        Raises
        ------
        CaseError
            A suffix is another one.
        """
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        return [
            plot.save(place / f"{name}{suffix}")
            for name, plot in self._named()
            for suffix in suffixes
        ]

    def _repr_html_(self) -> str:
        """Show all of them in a notebook."""
        plots = "".join(plot._repr_html_() for _, plot in self._named())
        return f"<div>{self.overlap.html()}{plots}</div>"


def draw_comparison(found: Comparison) -> ComparisonDrawings:
    """Draw a comparison of models.

    Parameters
    ----------
    found
        What `everyname.estimation.estimate` returns; of strata the whole is drawn, and each
        stratum by ``draw_comparison(found.strata[0].comparison)``.

    Examples
    --------
    >>> from everyname.estimation import estimate
    >>> found = estimate([[1, 1], [1, 0], [0, 1]], [20, 40, 70], models=["chapman"])
    >>> drawn = draw_comparison(found)
    >>> sorted(drawn.plots)
    ['forest', 'upset']
    """
    return _drawn(found, shown_comparison(found, _WORDS))


def save_comparison(
    found: Comparison, folder: str | Path, suffixes: Sequence[str] = (".svg", ".png")
) -> list[Path]:
    """Write the drawings of a comparison, and one page with all of it.

    Parameters
    ----------
    found
        What `everyname.estimation.estimate` returns.
    folder
        Made where it is missing. ``comparison.html`` is a page that needs nothing else; strata
        have folders of their own, ``stratum-1`` and so on, with the stratum as the page's title.
    suffixes
        Kinds of files for the drawings: ``.svg``, ``.png``, ``.html``.

    Returns
    -------
    list of Path
        The files written, the page first.

    Raises
    ------
    CaseError
        A suffix is another one.
    """
    return _saved(found, Path(folder), suffixes, "How many are on no list")


def _saved(found: Comparison, folder: Path, suffixes: Sequence[str], title: str) -> list[Path]:
    shown = shown_comparison(found, _WORDS)
    drawn = _drawn(found, shown)
    files_written = drawn.save(folder, suffixes)
    page = folder / PAGE
    page.write_text(_page(shown, drawn, title), encoding="utf-8")
    for place, stratum in enumerate(found.strata, start=1):
        files_written += _saved(
            stratum.comparison, folder / f"stratum-{place}", suffixes, stratum.stratum
        )
    return [page, *files_written]


def _drawn(found: Comparison, shown: ShownEstimates) -> ComparisonDrawings:
    patterns = patterns_of(found)
    overlaps = upset(patterns, _WORDS)
    more = len(by_size(patterns)) - MOST
    left = f" {plural(more, 'smaller pattern')} not drawn." if more > 0 else ""
    return ComparisonDrawings(
        overlap=overlap_table(patterns, _WORDS),
        upset=_plot(overlaps, f"{number(found.observed)} persons in all.{left}"),
        forest=_plot(shown.chart, FOREST_CAPTION),
        posterior=_plot(shown.posterior, POSTERIOR_CAPTION),
        sensitivity=tuple(Plot(curve, SENSITIVITY_CAPTION) for curve in shown.curves),
    )


def _plot(drawing: Drawing | None, caption: str) -> Plot | None:
    return None if drawing is None else Plot(drawing, caption)


def _page(shown: ShownEstimates, drawn: ComparisonDrawings, title: str) -> str:
    css = files(__package__).joinpath("templates/report.css").read_text(encoding="utf-8")
    page = (
        page_environment()
        .get_template("comparison.html.j2")
        .render(
            title=title,
            css=css,
            estimates=shown,
            upset=drawn.upset and drawn.upset.drawing,
            upset_caption=drawn.upset.caption if drawn.upset else "",
            forest_caption=FOREST_CAPTION,
            posterior_caption=POSTERIOR_CAPTION,
            sensitivity_caption=SENSITIVITY_CAPTION,
        )
    )
    return legible(page)
