"""The result of averaging decomposable graphs: the number of persons, graph by graph."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from everyname.estimation.result import Estimate, PosteriorEstimate


class Graph(BaseModel):
    """One decomposable graph: which lists depend on each other, and what follows.

    Attributes
    ----------
    cliques
        Sets of lists that all depend on each other; lists of different sets are independent
        given the lists the sets share.
    probability
        Posterior probability among the graphs averaged.
    point, low, high
        Median of the number of persons under this graph and its interval.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cliques: tuple[tuple[str, ...], ...]
    probability: float
    point: float
    low: float
    high: float

    @property
    def words(self) -> str:
        """The graph by its cliques, as ``[hospital press][survey]``."""
        return "".join(f"[{' '.join(clique)}]" for clique in self.cliques)


class GraphicalEstimate(PosteriorEstimate):
    """The posterior of the number of persons, averaged over decomposable graphs.

    Attributes
    ----------
    graphs
        The ten most probable graphs, best first.
    complete_probability
        Posterior probability of the complete graph had it been averaged in with the same prior
        weight. Under it the number is not identified: near 1, the lists show a dependence that no
        other graph has, and the estimate should not be trusted.
    mass_near_cap
        Posterior probability of more unrecorded than half the range considered.
    support, probability
        Numbers of persons, ascending, and the posterior probability of each; numbers between them
        lie on a smooth curve through them. Left out of JSON.
    """

    graphs: tuple[Graph, ...]
    complete_probability: float
    mass_near_cap: float
    support: NDArray[np.float64] | None = Field(default=None, exclude=True, repr=False)
    probability: NDArray[np.float64] | None = Field(default=None, exclude=True, repr=False)

    def _repr_html_(self) -> str:
        """Show the result with its graphs in a notebook."""
        rows = "".join(
            f"<tr><td>{escape(graph.words)}</td><td>{graph.probability:.3f}</td>"
            f"<td>{graph.point:,.0f}</td><td>{graph.low:,.0f} to {graph.high:,.0f}</td></tr>"
            for graph in self.graphs
        )
        head = "<tr><th>Graph</th><th>Probability</th><th>Median</th><th>Interval</th></tr>"
        return f"{Estimate._repr_html_(self)}<table>{head}{rows}</table>"
