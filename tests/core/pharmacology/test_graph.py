"""A model, its people and a regimen become one linear system, or a sentence says why not."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology import models
from mooring.core.pharmacology.graph import UnfitRegimenError, build
from mooring.core.pharmacology.models import CovariateMissingError, PublishedModel, typical
from mooring.core.pharmacology.regimen import Amount, DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.system import LinearSystem
from tests.support.propagator import profiles

INFUSION = DoseEvent(10, 35, GivenAs.INTRAVENOUS_INFUSION, duration=40)
BOLUS = DoseEvent(0, 5, GivenAs.INTRAVENOUS_BOLUS)
DEVICE = DoseEvent(0, 28, GivenAs.NASAL_DEVICE)
PERSON = {"weight": 70.0, "age": 45.0, "asian": 0.0, "japanese": 0.0}


def system(
    name: str,
    *events: DoseEvent,
    drug: Drug = Drug.ESKETAMINE,
    people: dict[str, Any] | None = None,
    **options: bool,
) -> LinearSystem:
    model, who = models.load(name), PERSON if people is None else people
    return build(model, typical(model, who), Regimen(drug, events), who, **options)


def test_an_infusion_arrives_whole_when_it_runs() -> None:
    (entry,) = system("otto_2021", INFUSION).inputs
    assert entry.amount.tolist() == [35]
    assert entry.start.tolist() == [10]
    assert entry.duration.tolist() == [40]


def test_a_device_divides_into_the_nose_and_what_is_swallowed() -> None:
    nose, swallowed = system("perez_ruixo_2021", DEVICE).inputs
    assert nose.amount[0] == pytest.approx(28 * 0.54)
    assert nose.duration[0] == 0
    assert swallowed.amount[0] == pytest.approx(28 * 0.46 * 0.64)
    assert swallowed.duration[0] == pytest.approx(0.53 * 60)


@pytest.mark.parametrize("nth", [2, 3, 4])
def test_every_device_after_the_first_takes_up_the_same_smaller_share(nth: int) -> None:
    nose, swallowed = system("perez_ruixo_2021", replace(DEVICE, nth=nth)).inputs
    assert nose.amount[0] == pytest.approx(28 * 0.54 * 0.62)
    assert swallowed.amount[0] == pytest.approx(28 * (1 - 0.54 * 0.62) * 0.64)


def test_a_dose_by_weight_is_each_persons_own() -> None:
    people = {**PERSON, "weight": np.array([50.0, 90.0])}
    by_weight = replace(BOLUS, amount=0.5, unit=Amount.MILLIGRAMS_PER_KILOGRAM)
    built = system("otto_2021", by_weight, people=people)
    assert built.subjects == 2
    assert built.inputs[0].amount.tolist() == [25, 45]
    assert built.rates.shape == (2, 6, 6)
    assert built.readout.shape == (2, 2, 6)


def test_a_dose_by_weight_needs_a_weight_even_where_the_model_does_not() -> None:
    people = {"age": 45.0, "asian": 0.0, "japanese": 0.0}
    by_weight = replace(DEVICE, unit=Amount.MILLIGRAMS_PER_KILOGRAM)
    with pytest.raises(CovariateMissingError, match=r"weight: events\[0\].unit mg/kg needs it"):
        system("perez_ruixo_2021", by_weight, people=people)


@pytest.mark.parametrize("name", models.names())
def test_nothing_is_made_from_nothing(name: str) -> None:
    """What leaves a state arrives elsewhere or leaves the body: no column is above 0."""
    rates = system(name, drug=models.load(name).drug).rates[0]
    assert (rates.sum(axis=0) <= 1e-12).all()
    assert (rates - np.diag(np.diag(rates)) >= 0).all()


@given(amount=st.floats(0.5, 200), other=st.floats(0.5, 200))
def test_two_doses_add_up(amount: float, other: float) -> None:
    times = np.linspace(0, 300, 31)
    first, second = replace(BOLUS, amount=amount), replace(INFUSION, amount=other)
    together = profiles(system("otto_2021", first, second), times)
    apart = profiles(system("otto_2021", first), times) + profiles(
        system("otto_2021", second), times
    )
    assert together == pytest.approx(apart)


REFUSED: dict[str, tuple[str, DoseEvent, str, str]] = {
    "a way the model does not know": (
        "otto_2021",
        DEVICE,
        "events[0].given_as",
        "does not say what becomes of nasal device; it knows intravenous infusion",
    ),
    "an infusion without its minutes": (
        "otto_2021",
        replace(INFUSION, duration=None),
        "events[0].duration",
        "more than 0 minutes",
    ),
    "an infusion in no time": (
        "otto_2021",
        replace(INFUSION, duration=0),
        "events[0].duration",
        "more than 0 minutes",
    ),
    "a bolus with minutes": (
        "otto_2021",
        replace(BOLUS, duration=5),
        "events[0].duration",
        "intravenous bolus is given at once; leave the duration out",
    ),
    "a film whose duration the model itself knows": (
        "simons_2022",
        DoseEvent(0, 50, GivenAs.SUBLINGUAL, duration=10),
        "events[0].duration",
        "leave the duration out",
    ),
    "no amount": ("otto_2021", replace(BOLUS, amount=0), "events[0].amount", "more than 0"),
    "an unknown amount": (
        "otto_2021",
        replace(BOLUS, amount=float("nan")),
        "events[0].amount",
        "more than 0",
    ),
    "a time before the start": (
        "otto_2021",
        replace(BOLUS, time=-1),
        "events[0].time",
        "minutes from 0 on",
    ),
    "a second bolus counted as a device": (
        "otto_2021",
        replace(BOLUS, nth=2),
        "events[0].nth",
        "counts nasal devices",
    ),
    "a device before the first": (
        "perez_ruixo_2021",
        replace(DEVICE, nth=0),
        "events[0].nth",
        "from 1 on",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_field_the_model_cannot_use_is_refused_by_name(case: str) -> None:
    name, event, field, sentence = REFUSED[case]
    with pytest.raises(UnfitRegimenError) as refused:
        system(name, event)
    assert refused.value.field == field
    assert sentence in str(refused.value)


def test_racemic_ketamine_runs_through_an_esketamine_model_only_on_request() -> None:
    with pytest.raises(UnfitRegimenError, match="is of esKETAmine, not of KETAmine"):
        system("otto_2021", INFUSION, drug=Drug.RACEMIC_KETAMINE)
    asked = system("otto_2021", INFUSION, drug=Drug.RACEMIC_KETAMINE, as_racemate=True)
    assert asked.inputs[0].amount.tolist() == [35]


def test_esketamine_never_runs_through_a_racemic_model() -> None:
    with pytest.raises(UnfitRegimenError, match="is of KETAmine"):
        system("kamp_2020", INFUSION)
    with pytest.raises(UnfitRegimenError, match="as_racemate: only for racemic ketamine"):
        system("kamp_2020", INFUSION, as_racemate=True)
    with pytest.raises(UnfitRegimenError, match="as_racemate: only for racemic ketamine"):
        system("otto_2021", INFUSION, as_racemate=True)


def kamp(**changes: Any) -> LinearSystem:
    model = models.load("kamp_2020")
    regimen = Regimen(Drug.RACEMIC_KETAMINE, (BOLUS,))
    parameters = {**typical(model, PERSON), **changes}
    return build(model, {k: v for k, v in parameters.items() if v is not None}, regimen, PERSON)


def test_people_have_values_of_their_own() -> None:
    built = kamp(cl=np.array([60.0, 90.0]))
    assert built.subjects == 2
    assert built.rates[:, 0, 0] == pytest.approx(
        [-(60 + 161 + 79) / 25 / 60, -(90 + 161 + 79) / 25 / 60]
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cl": None}, "parameters: 'cl' has no value"),
        ({"f_im": np.array(0.9)}, "parameters: the model has no 'f_im'"),
        ({"cl": np.array(-1.0)}, "the flow from central to outside: 'cl / v1'"),
        ({"q2": np.array(float("nan"))}, "the flow from central to fast"),
        ({"v1": np.array(0.0)}, "is not a number from 0 on"),
    ],
)
def test_parameters_that_make_no_model_are_named(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UnfitRegimenError, match=sentence):
        kamp(**changes)


def test_a_covariate_the_model_needs_is_asked_for() -> None:
    model = models.load("kamp_2020")
    regimen = Regimen(Drug.RACEMIC_KETAMINE, (BOLUS,))
    with pytest.raises(CovariateMissingError, match="weight: the model 'kamp_2020' needs it"):
        build(model, typical(model, PERSON), regimen, {})


def test_a_lag_moves_the_start_and_nothing_else() -> None:
    data = models.load("kamp_2020").model_dump(by_alias=True)
    portion = data["inputs"][1]["portions"][0]
    data["inputs"][1]["portions"] = [{**portion, "lag": "0.25"}]
    model = PublishedModel.model_validate(data)
    regimen = Regimen(Drug.RACEMIC_KETAMINE, (replace(BOLUS, time=30),))
    (entry,) = build(model, typical(model, PERSON), regimen, PERSON).inputs
    assert (entry.start[0], entry.amount[0], entry.duration[0]) == (45, 5, 0)
