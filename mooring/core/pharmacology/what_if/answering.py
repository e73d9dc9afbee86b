"""Which published models answer for a regimen and a person, and why the others are silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology import models
from mooring.core.pharmacology.caveats import Caveat, beside
from mooring.core.pharmacology.models import ModelInput, Parameter, PublishedModel, require
from mooring.core.pharmacology.regimen import Amount, GivenAs, Regimen
from mooring.core.pharmacology.what_if.seen import of_ketamine

REFERENCE = {"asian": 0.0, "japanese": 0.0}
"""Whom the models take as reference; said beside each curve that asks for it."""
REFERENCE_AGE = 60.0
"""Years up to which age changes nothing in any model here."""


@dataclass(frozen=True)
class Person:
    """For whom it is worked out. None is not known and is never filled in."""

    weight: float | None
    """Kilograms."""
    age: float | None = None
    """Years."""


@dataclass(frozen=True)
class Answer:
    """A model that has an input for the regimen, ready to be run."""

    model: PublishedModel
    as_racemate: bool
    covariates: dict[str, float]
    variant: str
    """Which of the contested values is drawn; empty where nothing is contested."""
    studied: str
    """The doses that were studied in this way."""
    reference: str
    """For whom it stands where the person's own facts are not known; empty where it needs none."""
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True)
class Silent:
    """A model that draws nothing, and why."""

    model: PublishedModel
    why: str


def answering(regimen: Regimen, person: Person) -> tuple[tuple[Answer, ...], tuple[Silent, ...]]:
    """The models that answer, venous before arterial, and those that do not.

    All events of the regimen are given in one way. Raises ValueError when they are not.
    """
    way = _way(regimen)
    answers, silent = list[Answer](), list[Silent]()
    for name in models.names():
        model = of_ketamine(name)
        why = _why_silent(model, regimen, way, person)
        if why:
            silent.append(Silent(model, why))
        else:
            answers.extend(_answers(model, regimen.drug, way, person))
    answers.sort(key=lambda one: (one.model.sampling_site != "venous", one.as_racemate))
    return tuple(answers), tuple(silent)


def _way(regimen: Regimen) -> GivenAs:
    ways = {event.given_as for event in regimen.events}
    if len(ways) != 1:
        raise ValueError("events: at least one, and all given in one way")
    return ways.pop()


def _why_silent(model: PublishedModel, regimen: Regimen, way: GivenAs, person: Person) -> str:
    """The first reason; empty when the model answers."""
    if model.input_for(way) is None:
        return f"does not say what becomes of {_WAYS[way]}"
    if way is GivenAs.NASAL_DEVICE and regimen.drug is not Drug.ESKETAMINE:
        return "knows the nasal device with the esketamine it holds, and with nothing else"
    if model.drug is not regimen.drug and model.drug is not Drug.ESKETAMINE:
        return f"is of {model.drug.display}, and nothing turns one drug into the other"
    if person.weight is None and _weighs(model, regimen):
        return "needs a weight, and none is known"
    return _unlike(model, regimen, person)


def _unlike(model: PublishedModel, regimen: Regimen, person: Person) -> str:
    """What of the person no adult of these models has; empty where all fits."""
    needed = {*model.covariates, *(["weight"] if _weighs(model, regimen) else [])}
    try:
        require(sorted(needed), _covariates(person), model.id)
    except ValueError as problem:
        return f"is not asked about such a person: {problem}"
    return ""


def _weighs(model: PublishedModel, regimen: Regimen) -> bool:
    by_weight = any(event.unit is Amount.MILLIGRAMS_PER_KILOGRAM for event in regimen.events)
    return by_weight or "weight" in model.covariates


_WAYS = {
    GivenAs.INTRAVENOUS_INFUSION: "an infusion",
    GivenAs.INTRAVENOUS_BOLUS: "a bolus",
    GivenAs.INTRAMUSCULAR: "an injection into a muscle",
    GivenAs.SUBCUTANEOUS: "an injection under the skin",
    GivenAs.NASAL_SPRAY: "a compounded nasal spray",
    GivenAs.NASAL_DEVICE: "the nasal device",
    GivenAs.SUBLINGUAL: "a dose under the tongue",
    GivenAs.ORAL: "a swallowed dose",
}


def _answers(model: PublishedModel, drug: Drug, way: GivenAs, person: Person) -> Iterator[Answer]:
    """One answer, or one for each value of what is contested about the way in."""
    entry = model.input_for(way)
    assert entry is not None  # noqa: S101  # a model without it is silent
    as_racemate = model.drug is not drug
    for version, variant in _variants(model, entry):
        yield Answer(
            model=version,
            as_racemate=as_racemate,
            covariates=_covariates(person),
            variant=variant,
            studied=entry.doses,
            reference=_reference(model, person),
            caveats=beside(model.id, way, as_racemate, [one.analyte for one in model.outputs]),
        )


def _variants(model: PublishedModel, entry: ModelInput) -> list[tuple[PublishedModel, str]]:
    used = {name for part in entry.portions for name in part.fraction.names}
    found = [(model, "")]
    for name, one in model.parameters.items():
        if name in used and one.alternatives:
            found = [(_with(model, name, other), _arrives(other)) for other in _values(one)]
    return found


def _values(one: Parameter) -> list[Parameter]:
    """The parameter with each of its published values."""
    others = [
        one.model_copy(update={"value": other.value, "population": other.population})
        for other in one.alternatives
    ]
    return [one, *others]


def _with(model: PublishedModel, name: str, one: Parameter) -> PublishedModel:
    return model.model_copy(update={"parameters": {**model.parameters, name: one}})


def _arrives(one: Parameter) -> str:
    return f"if {one.value * 100:.0f} % of it arrives ({one.population})"


def _covariates(person: Person) -> dict[str, float]:
    age = REFERENCE_AGE if person.age is None else person.age
    known = {**REFERENCE, "age": age}
    if person.weight is not None:
        known["weight"] = person.weight
    return known


def _reference(model: PublishedModel, person: Person) -> str:
    if "asian" not in model.covariates:
        return ""
    years = f"{person.age:.0f} years" if person.age is not None else "at most 60 years"
    unknown = "" if person.age is not None else ", as the age is not known here"
    return (
        f"For a person of {years}{unknown}, and not Asian: in Asian people the model finds higher"
        " concentrations. Weight changes nothing in it."
    )
