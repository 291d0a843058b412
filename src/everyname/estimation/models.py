"""Models by their short names, and what sets them apart: what each takes for granted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, Literal

from everyname.errors import EstimationError
from everyname.estimation.pattern_table import PatternTable
from everyname.estimation.result import Estimate, Refusal

PAIRS = "pairs"
_MOST_PAIRED = 5


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be asked for by name.

    Parameters
    ----------
    name
        Short name, as in ``--models``.
    module, function
        Where its estimator is: a module of this package, loaded when the model is first used.
    family
        What it takes for granted, as `FAMILIES` names it.
    settings
        Names and values of the estimator's arguments besides table, level and seed.
    seeded
        Whether the estimator draws random numbers.
    usual
        Whether it is shown unless models are named.
    checks
        How often it is run again: not at all, without each of the lists, or also with one person
        more and fewer in each small pattern. Slow models are not run again.
    quick
        Arguments in place of `settings` when it is run again: only the point is used then, so that
        an interval by many draws would be waste.
    """

    name: str
    module: str
    function: str
    family: str
    settings: tuple[tuple[str, Any], ...] = ()
    seeded: bool = False
    usual: bool = True
    checks: Literal["none", "lists", "persons"] = "none"
    quick: tuple[tuple[str, Any], ...] = ()

    def run(
        self, table: PatternTable, *, level: float = 0.95, seed: int = 1, again: bool = False
    ) -> tuple[Estimate | Refusal, ...]:
        """Estimate; a model of two lists gives a result for every pair of lists.

        Parameters
        ----------
        table, level, seed
            As estimators take them.
        again
            Whether it is run again on a table changed a little, for the point alone.
        """
        arguments = {**dict(self.settings), **({"seed": seed} if self.seeded else {})}
        arguments |= dict(self.quick) if again else {}
        found = self._estimator()(table, level=level, **arguments)
        return found if isinstance(found, tuple) else (found,)

    def _estimator(self) -> Callable[..., Any]:
        estimator: Callable[..., Any] = getattr(
            import_module(f"everyname.estimation.{self.module}"), self.function
        )
        return estimator


FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "bound": "only bound the number from below",
        PAIRS: "take two lists at a time, and these as independent of each other",
        "coverage": "judge from how often persons come back how much the lists have reached",
        "reach": "let persons or lists differ in reach, and take the lists as independent else",
        "interactions": "let some lists depend on each other and others not",
        "highest order": "let lists depend on each other in every way except all of them at once",
        "classes": (
            "take the population as made of groups, within each of which the lists are independent"
        ),
    }
)
"""What the models of each family do, by its name; the order is that in which they are shown."""


def _capture(name: str, model: str) -> Model:
    return Model(name, "capture_models", "capture_model", "reach", (("model", model),), usual=False)


MODELS: Mapping[str, Model] = MappingProxyType(
    {
        model.name: model
        for model in (
            Model("chao", "chao", "chao", "bound", checks="persons"),
            Model("chapman", "two_list", "estimate_pairs", PAIRS, checks="persons"),
            Model(
                "lincoln-petersen",
                "two_list",
                "estimate_pairs",
                PAIRS,
                (("form", "lincoln-petersen"),),
                usual=False,
            ),
            Model(
                "sample-coverage",
                "sample_coverage",
                "sample_coverage",
                "coverage",
                checks="persons",
                quick=(("replicates", 100),),
            ),
            _capture("m0", "M0"),
            _capture("mt", "Mt"),
            _capture("mh", "Mh"),
            _capture("mth", "Mth"),
            _capture("mb", "Mb"),
            _capture("mbh", "Mbh"),
            Model("loglinear", "log_linear", "loglinear", "interactions", checks="lists"),
            Model("decomposable", "graphical", "decomposable", "interactions", checks="lists"),
            Model("sparse", "stepwise_sparse", "sparse", "interactions", seeded=True),
            Model(
                "highest-order",
                "highest_order",
                "no_highest_order",
                "highest order",
                checks="lists",
            ),
            Model("latent-class", "latent_classes", "latent_class", "classes", seeded=True),
        )
    }
)
"""Models by short name, in the order in which they are shown."""


def chosen_models(names: Iterable[str] | str | None, table: PatternTable) -> tuple[Model, ...]:
    """Choose models by name.

    Parameters
    ----------
    names
        Short names, or one; None for the usual ones, which differ in what they take for granted.
        Pairs of lists are among these up to 5 lists.
    table
        The capture patterns they are for.

    Raises
    ------
    EstimationError
        Where a name is of no model, or none is given.
    """
    if names is None:
        few = int((table.sizes > 0).sum()) <= _MOST_PAIRED
        return tuple(
            model for model in MODELS.values() if model.usual and (few or model.family != PAIRS)
        )
    names = (names,) if isinstance(names, str) else names
    wanted = list(dict.fromkeys(str(name).strip() for name in names))
    for name in wanted:
        if name not in MODELS:
            raise EstimationError(
                f"there is no model {name!r}", do=f"Choose from {', '.join(MODELS)}."
            )
    if not wanted:
        raise EstimationError("no model is named", do=f"Choose from {', '.join(MODELS)}.")
    return tuple(model for model in MODELS.values() if model.name in wanted)
