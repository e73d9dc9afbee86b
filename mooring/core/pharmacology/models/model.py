"""A published model as a whole: what it says of itself, and that its parts fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology.expressions import FUNCTION_NAMES, Expression, Values
from mooring.core.pharmacology.models.parameters import Parameter, Status
from mooring.core.pharmacology.models.structure import Covariance, Flow, ModelInput, Output
from mooring.core.pharmacology.regimen import GivenAs
from mooring.core.pharmacology.system import Floats

Covariate = Literal["weight", "age", "asian", "japanese"]


class SamplingSite(StrEnum):
    """Where blood was drawn. Early arterial concentrations are about twice the venous ones."""

    ARTERIAL = "arterial"
    VENOUS = "venous"


class Source(Frozen):
    """A paper the numbers come from."""

    key: str
    citation: str
    doi: str = ""
    seen_through: str = ""
    """Where the paper's numbers were read, when it was not in the paper itself."""


class PublishedModel(Frozen):
    """One published model of adults. Raises on reading when a name in it leads nowhere."""

    id: str
    title: str
    drug: Drug
    sampling_site: SamplingSite
    population: str
    adults: Literal[True]
    """Models of children are not read here."""
    status: Status
    """The least followed-back of the numbers that carry the model."""
    note: str = ""
    time_unit: Literal["h", "min"]
    covariates: tuple[Covariate, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    parameters: dict[str, Parameter]
    covariances: tuple[Covariance, ...] = ()
    states: tuple[str, ...] = Field(min_length=1)
    flows: tuple[Flow, ...] = Field(min_length=1)
    inputs: tuple[ModelInput, ...] = Field(min_length=1)
    outputs: tuple[Output, ...] = Field(min_length=1)

    @property
    def minutes(self) -> float:
        """Minutes in one unit of the model's time."""
        return 60.0 if self.time_unit == "h" else 1.0

    def input_for(self, given_as: GivenAs) -> ModelInput | None:
        """What becomes of a dose given so; None when the model does not say."""
        return next((one for one in self.inputs if one.given_as is given_as), None)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        self._names_once()
        self._states_known()
        self._formulas_known()
        self._papers_known()
        return self

    def _names_once(self) -> None:
        names = [*self.parameters, *self.covariates, *FUNCTION_NAMES, "nth"]
        lists: dict[str, Iterable[str]] = {
            "name": names,
            "state": self.states,
            "input": [one.given_as for one in self.inputs],
            "output": [one.analyte for one in self.outputs],
        }
        for what, entries in lists.items():
            for entry, count in Counter(entries).items():
                if count > 1:
                    raise ValueError(f"the {what} '{entry}' stands here more than once")

    def _states_known(self) -> None:
        used = [flow.source for flow in self.flows]
        used += [flow.to for flow in self.flows if flow.to is not None]
        used += [part.into for one in self.inputs for part in one.portions]
        used += [output.state for output in self.outputs]
        _refuse_unknown("state", used, self.states)

    def _formulas_known(self) -> None:
        known = {*self.parameters, *self.covariates}
        for formula in self._formulas():
            _refuse_unknown("name", sorted(formula.names), known)
        for formula in self._input_formulas():
            _refuse_unknown("name", sorted(formula.names), known | {"nth"})
        for block in self.covariances:
            _refuse_unknown("parameter", block.parameters, self.parameters)

    def _formulas(self) -> list[Expression]:
        typical = [one.typical for one in self.parameters.values() if one.typical is not None]
        return [*typical, *(one.rate for one in self.flows), *(one.scale for one in self.outputs)]

    def _input_formulas(self) -> list[Expression]:
        portions = [part for one in self.inputs for part in one.portions]
        formulas = [(part.fraction, part.duration, part.lag) for part in portions]
        return [formula for three in formulas for formula in three if formula is not None]

    def _papers_known(self) -> None:
        keys = [source.key for source in self.sources]
        papers = [one.paper for one in self.parameters.values()]
        others = [other.paper for one in self.parameters.values() for other in one.alternatives]
        _refuse_unknown("source", [*papers, *others], keys)


def _refuse_unknown(what: str, used: Iterable[str], known: Iterable[str]) -> None:
    there = set(known)
    for name in used:
        if name not in there:
            raise ValueError(f"no {what} is called '{name}'; there are: {', '.join(sorted(there))}")


_RANGES: dict[str, tuple[float, float, str]] = {
    "weight": (25, 400, "kilograms of an adult, from 25 to 400"),
    "age": (18, 120, "years from 18 to 120; the models are of adults"),
    "asian": (0, 1, "1 or 0"),
    "japanese": (0, 1, "1 or 0"),
}
"""What a covariate of an adult can be, and the words for it."""


class CovariateMissingError(ValueError):
    """The model asks for something about the person that was not given."""


def typical(model: PublishedModel, covariates: Mapping[str, Floats | float]) -> dict[str, Floats]:
    """Each parameter's typical value for people of these covariates, in the model's own units.

    Raises CovariateMissingError naming the covariate that the model needs and that is not there,
    ValueError naming one that no adult has.
    """
    require(model.covariates, covariates, f"the model '{model.id}'")
    published: Values = {name: one.value for name, one in model.parameters.items()}
    values: Values = {**covariates, **published}
    return {
        name: np.asarray(one.value) if one.typical is None else one.typical(values)
        for name, one in model.parameters.items()
    }


def require(needed: Iterable[str], given: Mapping[str, Floats | float], who: str) -> None:
    """Raise CovariateMissingError for the first of `needed` that is not in `given`, and ValueError
    for one that no adult has."""
    for name in needed:
        if name not in given:
            raise CovariateMissingError(f"{name}: {who} needs it")
        _check(name, given[name])
    if "japanese" in needed and np.any(np.asarray(given["japanese"]) > np.asarray(given["asian"])):
        raise ValueError("japanese: 1 only where asian is 1 too")


def _check(name: str, value: object) -> None:
    """One number, or one for each person, that can be one of an adult."""
    low, high, wanted = _RANGES[name]
    try:
        found = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name}: {value!r} is not a number; {wanted}") from None
    fits = (found >= low) & (found <= high)
    if high == 1:
        fits &= (found == low) | (found == high)
    if not np.all(fits):
        raise ValueError(f"{name}: {wanted}")
