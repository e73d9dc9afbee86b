"""Makes one linear system of a model, the parameters of its people and what they are given."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology.expressions import Expression
from mooring.core.pharmacology.models.model import PublishedModel, require
from mooring.core.pharmacology.models.structure import Portion
from mooring.core.pharmacology.regimen import IN_PIECES, Amount, DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.system import Floats, Input, LinearSystem


class UnfitRegimenError(ValueError):
    """A regimen or a set of parameters that this model cannot be run with; names the field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field}: {sentence}")
        self.field = field


def build(
    model: PublishedModel,
    parameters: Mapping[str, Floats],
    regimen: Regimen,
    covariates: Mapping[str, Floats | float],
    *,
    as_racemate: bool = False,
    nonmem_compat: bool = False,
) -> LinearSystem:
    """The systems of all subjects, one after the other.

    `parameters` are the people's own values, or `typical(model, covariates)`, in the model's
    units, each with shape (subjects,) or without one; so are the covariates. `as_racemate` runs a
    model of the S form with racemic ketamine, as if both forms behaved like it; the concentrations
    are then of both together. Bioavailability scales the amount of an infusion and keeps its
    duration; `nonmem_compat` keeps its rate instead, as NONMEM, rxode2 and mrgsolve do.

    Raises UnfitRegimenError naming the field that does not fit, CovariateMissingError, and
    ValueError naming a covariate that no adult has.
    """
    _check_drug(model, regimen.drug, as_racemate)
    people = _People(model, parameters, covariates)
    inputs = [
        entry
        for number, event in enumerate(regimen.events)
        for entry in _inputs(people, event, f"events[{number}]", nonmem_compat)
    ]
    return LinearSystem(
        rates=_rates(people),
        readout=_readout(people),
        inputs=tuple(inputs),
        states=model.states,
        outputs=tuple(output.analyte for output in model.outputs),
    )


class _People:
    """The values of all subjects, of one length."""

    def __init__(
        self,
        model: PublishedModel,
        parameters: Mapping[str, Floats],
        covariates: Mapping[str, Floats | float],
    ) -> None:
        require(model.covariates, covariates, f"the model '{model.id}'")
        for name in model.parameters:
            if name not in parameters:
                raise UnfitRegimenError("parameters", f"'{name}' has no value")
        for name in parameters:
            if name not in model.parameters:
                raise UnfitRegimenError("parameters", f"the model has no '{name}'")
        self.model = model
        self.covariates = covariates
        self.values: dict[str, Floats | float] = {**covariates, **parameters}
        shapes = [np.shape(value) for value in self.values.values()]
        self.subjects = int(np.broadcast_shapes((1,), *shapes)[0])

    def each(self, formula: Expression, field: str, nth: int = 1) -> Floats:
        """The formula for every subject, shape (subjects,); a number from 0 on, or it raises."""
        with np.errstate(all="ignore"):
            value = formula({**self.values, "nth": float(nth)})
        if not np.all(np.isfinite(value) & (value >= 0)):
            raise UnfitRegimenError(field, f"'{formula.text}' is not a number from 0 on")
        return np.broadcast_to(value, (self.subjects,)).astype(np.float64)


def _check_drug(model: PublishedModel, drug: Drug, as_racemate: bool) -> None:
    if as_racemate and (model.drug, drug) != (Drug.ESKETAMINE, Drug.RACEMIC_KETAMINE):
        raise UnfitRegimenError("as_racemate", "only for racemic ketamine in an esketamine model")
    if drug is not model.drug and not as_racemate:
        raise UnfitRegimenError(
            "drug", f"the model '{model.id}' is of {model.drug.display}, not of {drug.display}"
        )


def _rates(people: _People) -> Floats:
    """A, per minute: what leaves one state arrives in another or leaves the body."""
    model = people.model
    at = {state: number for number, state in enumerate(model.states)}
    rates = np.zeros((people.subjects, len(at), len(at)))
    for flow in model.flows:
        field = f"parameters: the flow from {flow.source} to {flow.to or 'outside'}"
        rate = people.each(flow.rate, field) / model.minutes
        rates[:, at[flow.source], at[flow.source]] -= rate
        if flow.to is not None:
            rates[:, at[flow.to], at[flow.source]] += rate
    return rates


def _readout(people: _People) -> Floats:
    model = people.model
    readout = np.zeros((people.subjects, len(model.outputs), len(model.states)))
    for number, output in enumerate(model.outputs):
        scale = people.each(output.scale, f"parameters: the output {output.analyte}")
        readout[:, number, model.states.index(output.state)] = scale
    return readout


def _inputs(people: _People, event: DoseEvent, field: str, rate_kept: bool) -> list[Input]:
    entry = people.model.input_for(event.given_as)
    if entry is None:
        raise UnfitRegimenError(f"{field}.given_as", _ways(people.model, event.given_as))
    _check_event(event, field)
    amount = _milligrams(people, event, field)
    found = [_input(people, event, portion, amount, field) for portion in entry.portions]
    if rate_kept and event.duration is not None:
        return [replace(one, duration=one.duration * one.amount / amount) for one in found]
    return found


def _ways(model: PublishedModel, given_as: GivenAs) -> str:
    ways = ", ".join(one.given_as.replace("_", " ") for one in model.inputs)
    asked = given_as.replace("_", " ")
    return f"the model '{model.id}' does not say what becomes of {asked}; it knows {ways}"


def _check_event(event: DoseEvent, field: str) -> None:
    """Every field says something the model uses, or the event is refused."""
    if not (math.isfinite(event.time) and event.time >= 0):
        raise UnfitRegimenError(f"{field}.time", "minutes from 0 on")
    if not (math.isfinite(event.amount) and event.amount > 0):
        raise UnfitRegimenError(f"{field}.amount", "more than 0")
    if event.nth < 1 or (event.nth > 1 and event.given_as not in IN_PIECES):
        raise UnfitRegimenError(f"{field}.nth", "counts nasal devices and sprays, from 1 on")
    _check_duration(event, f"{field}.duration")


def _check_duration(event: DoseEvent, field: str) -> None:
    infused = event.given_as is GivenAs.INTRAVENOUS_INFUSION
    if infused and not (event.duration is not None and 0 < event.duration < math.inf):
        raise UnfitRegimenError(field, "an infusion takes more than 0 minutes; say how many")
    if not infused and event.duration is not None:
        way = event.given_as.replace("_", " ")
        raise UnfitRegimenError(field, f"{way} is given at once; leave the duration out")


def _milligrams(people: _People, event: DoseEvent, field: str) -> Floats:
    if event.unit is Amount.MILLIGRAMS:
        return np.full(people.subjects, event.amount)
    require(("weight",), people.covariates, f"{field}.unit mg/kg")
    return np.broadcast_to(event.amount * people.covariates["weight"], (people.subjects,))


def _input(
    people: _People, event: DoseEvent, portion: Portion, amount: Floats, field: str
) -> Input:
    def minutes(formula: Expression | None, otherwise: float) -> Floats:
        if formula is None:
            return np.full(people.subjects, otherwise)
        return people.each(formula, field, event.nth) * people.model.minutes

    ordered = 0.0 if event.duration is None else event.duration
    return Input(
        state=people.model.states.index(portion.into),
        amount=amount * people.each(portion.fraction, field, event.nth),
        start=event.time + minutes(portion.lag, 0.0),
        duration=minutes(portion.duration, ordered),
    )
