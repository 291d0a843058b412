"""A list that could be added to a table, and what it would give."""

from __future__ import annotations

from html import escape

from pydantic import BaseModel, ConfigDict

from everyname.estimation.result import Refusal

REFERENCE = (
    "Darroch (1958), Biometrika 45, 343-359; Sandland and Cormack (1984), Biometrika 71, 27-33;"
    " Seber (1982), The Estimation of Animal Abundance, section 3.1."
)


class FurtherList(BaseModel):
    """A list that could be added, or a list of the table that could grow.

    Attributes
    ----------
    name
        Its name; that of a list of the table stands for this list grown to `size`.
    size
        Persons it would hold.
    like
        A list of the table whose persons it favours: each class has its odds multiplied alike.
        Empty: it reaches every class alike. Under independence there is no difference.
    tied_to
        A list of the table that it overlaps with beyond this; empty: none. The tie is then
        estimated too, which costs precision.
    odds_ratio
        Of that tie, given everything else; above 1 it holds the same persons more often.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    size: int
    like: str = ""
    tied_to: str = ""
    odds_ratio: float = 1.0


class Option(BaseModel):
    """What one further list would give.

    Attributes
    ----------
    list
        The list, as it was asked about.
    recorded
        Persons that would be in at least one list, expected.
    expected_low, expected_high, expected_width
        The interval to be expected, and its width (persons).
    narrowing
        1 less the expected width over the width without the list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    list: FurtherList
    recorded: float
    expected_low: float
    expected_high: float
    expected_width: float
    narrowing: float


class FurtherLists(BaseModel):
    """Further lists, ranked by how narrow an interval they would give.

    Attributes
    ----------
    model
        The model taken to hold.
    total
        Persons under that model, which all expectations start from.
    low, high, width
        The interval of that model as the table stands.
    level
        Nominal coverage of the intervals.
    options
        The lists asked about, the narrowest interval first.
    refused
        Lists without an expected interval, each with its reason.
    assumptions
        What must hold, a sentence each.
    reference
        The papers.
    settings
        The numbers used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    total: float
    low: float
    high: float
    width: float
    level: float
    options: tuple[Option, ...]
    refused: tuple[Refusal, ...]
    assumptions: tuple[str, ...]
    reference: str = REFERENCE
    settings: dict[str, str | int | float]

    @property
    def words(self) -> str:
        """The result in sentences."""
        now = f"Now the interval is {self.low:,.0f} to {self.high:,.0f}, {self.width:,.0f} wide."
        if not self.options:
            return f"{now} No list asked about has an expected interval."
        best = self.options[0]
        change = f"{abs(best.narrowing):.0%} {'narrower' if best.narrowing >= 0 else 'wider'}"
        return (
            f"{now} Of the lists asked about, {best.list.name} with {best.list.size:,} persons"
            f" would narrow it most: to about {best.expected_low:,.0f} to"
            f" {best.expected_high:,.0f}, {change}, if the model holds."
        )

    def _repr_html_(self) -> str:
        """Show the ranking with its assumptions in a notebook."""
        rows = "".join(
            f"<tr><td>{escape(option.list.name)}</td><td>{option.list.size:,}</td>"
            f"<td>{option.expected_low:,.0f} to {option.expected_high:,.0f}</td>"
            f"<td>{option.expected_width:,.0f}</td><td>{option.narrowing:.0%}</td></tr>"
            for option in self.options
        )
        points = "".join(f"<li>{escape(text)}</li>" for text in self.assumptions)
        refused = "".join(
            f"<p>{escape(refusal.model)}: {escape(refusal.reason)}</p>" for refusal in self.refused
        )
        return (
            f"<div><p>{escape(self.words)}</p><table><tr><th>list</th><th>persons</th>"
            f"<th>expected interval</th><th>width</th><th>narrower by</th></tr>{rows}</table>"
            f"{refused}<p>It assumes:</p><ul>{points}</ul><p>{escape(self.reference)}</p></div>"
        )


class NeededSize(BaseModel):
    """How large a list must become for the interval to be as narrow as asked.

    Attributes
    ----------
    list
        The list, with the smallest size that is enough.
    size_now
        Persons it holds in the table; 0 for a list that is not there yet.
    width_now, width_asked
        Width of the interval as the table stands, and the width asked for (persons).
    option
        What that size would give.
    assumptions
        What must hold, a sentence each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    list: FurtherList
    size_now: int
    width_now: float
    width_asked: float
    option: Option
    assumptions: tuple[str, ...]

    @property
    def words(self) -> str:
        """The result as a sentence."""
        grow = f"grow from {self.size_now:,} to" if self.size_now else "hold"
        return (
            f"For an interval {self.width_asked:,.0f} wide instead of {self.width_now:,.0f},"
            f" {self.list.name} must {grow} about {self.list.size:,} persons, if the model holds."
        )

    def _repr_html_(self) -> str:
        """Show the size with its assumptions in a notebook."""
        points = "".join(f"<li>{escape(text)}</li>" for text in self.assumptions)
        return f"<div><p>{escape(self.words)}</p><p>It assumes:</p><ul>{points}</ul></div>"
