"""What a nurse of the demonstration writes down during one session, minute by minute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random

from mooring.clinic.demo.cast import Person
from mooring.core.session import entries as e

# Minutes from arrival to the pump's start, and what happens after it.
START = 25
RISE = {10: 0.55, 20: 0.9, 30: 1.0, 40: 1.0, 55: 0.6, 70: 0.3, 85: 0.12, 100: 0.05, 115: 0.0}
STOPPED_AT = 20


@dataclass(frozen=True)
class Course:
    """What the order says, as the bedside needs it."""

    total_mg: Decimal
    over_minutes: Decimal
    concentration: Decimal


Line = tuple[timedelta, e.AnyContent]


def minutes(count: float) -> timedelta:
    """A length of time."""
    return timedelta(minutes=count)


def arrival(person: Person, random: Random, *, by_the_nose: bool = False) -> Iterator[Line]:
    """Check-in and the paired seated baseline."""
    yield (
        minutes(2),
        e.CheckIn(
            identified_by=("name", "birth_date"),
            last_food="over_8_h" if random.randint(7, 11) > 8 else "6_to_8_h",
            last_drink="2_to_4_h",
            nasal_medicine="none" if by_the_nose else None,
            escort_name=random.choice(("their sister", "their partner", "a friend", "their son")),
            escort_phone="020 7946 0000",
            substances=(),
            medicines=(),
        ),
    )
    yield minutes(8), reading(person, 0, random, seated=True)
    yield minutes(15), reading(person, 0, random, seated=True)


def reading(person: Person, rise: float, random: Random, *, seated: bool = False) -> e.Reading:
    """Vital signs at a part of the infusion's peak effect; 0 is before it, 1 the peak."""
    jitter = random.randint
    return e.Reading(
        systolic=person.systolic + round(rise * jitter(8, 24)) + (0 if seated else jitter(-3, 3)),
        diastolic=person.diastolic + round(rise * jitter(5, 15)) + (0 if seated else jitter(-2, 2)),
        heart_rate=person.heart_rate + round(rise * jitter(2, 14)),
        spo2=jitter(96, 99),
        respiratory_rate=jitter(13, 17),
        position="seated" if seated else "reclined",
        oxygen_litres_per_minute=Decimal(0),
    )


def start(course: Course) -> e.InfusionStart:
    """The pump starts at the ordered rate."""
    return e.InfusionStart(
        rate_mg_per_minute=round(course.total_mg / course.over_minutes, 4),
        drawn_up_mg=course.total_mg,
        concentration_mg_per_ml=course.concentration,
    )


def infusion(person: Person, course: Course, random: Random) -> Iterator[Line]:
    """The infusion as ordered, with the readings of every ten minutes."""
    yield minutes(START), start(course)
    yield minutes(START + 6), symptom("dissociation", random.choice(("mild", "moderate")))
    for after in (10, 20, 30):
        yield minutes(START + after), reading(person, RISE[after], random)
    if random.random() < 0.2:
        yield minutes(START + 32), symptom("nausea", "mild")
    yield minutes(START + 40), e.InfusionComplete()
    yield minutes(START + 40.5), reading(person, RISE[40], random)


def stopped(person: Person, course: Course, random: Random) -> Iterator[Line]:
    """An infusion that the stop rule's banner ended: 45 mmHg over baseline after 20 minutes."""
    yield minutes(START), start(course)
    yield minutes(START + 10), reading(person, RISE[10], random)
    high = e.Reading(
        systolic=person.systolic + 47,
        diastolic=person.diastolic + 14,
        heart_rate=person.heart_rate + 22,
        spo2=97,
        position="reclined",
    )
    yield minutes(START + STOPPED_AT), high
    yield minutes(START + STOPPED_AT + 1), e.InfusionPause(reason="stop rule: blood pressure")
    yield minutes(START + STOPPED_AT + 2), high
    yield (
        minutes(START + STOPPED_AT + 3),
        e.Intervention(intervention="prescriber_called", detail="E. Marsh at the bedside"),
    )
    yield (
        minutes(START + STOPPED_AT + 4),
        e.InfusionStop(reason="Second high reading; stopped with the prescriber present"),
    )
    yield minutes(START + 30), reading(person, RISE[30], random)


def symptom(name: e.SymptomId, severity: str) -> e.Symptom:
    """One side effect."""
    return e.Symptom.model_validate({"symptom": name, "severity": severity})


def recovery(person: Person, random: Random) -> Iterator[Line]:
    """From the end of the infusion until nothing blocks leaving any more."""
    for after in (55, 70, 85, 100, 115):
        yield minutes(START + after), reading(person, RISE[after], random)
    fit = {"activity": 2, "nausea_and_vomiting": 2, "pain": 2, "bleeding": 2}
    yield minutes(START + 98), e.Padss(vital_signs=2, **{**fit, "activity": 1})
    yield minutes(START + 118), e.Sedation(moaas=5)
    yield minutes(START + 119), e.Padss(vital_signs=2, **fit)
    for place, criterion in enumerate(READINESS):
        yield (
            minutes(START + 120 + place / 4),
            found_met(criterion),
        )


def found_met(criterion: str) -> e.Readiness:
    """The criterion looked at and met; suicidal thoughts were asked about and denied."""
    answer = {"ideation": "no"} if criterion == "suicidal_ideation_asked" else {}
    return e.Readiness.model_validate({"criterion": criterion, "met": True, **answer})


READINESS = (
    "oriented",
    "steady_gait",
    "nausea_controlled",
    "escort_present",
    "driving_restriction_acknowledged",
    "suicidal_ideation_asked",
)


def signature(name: str, credential: str) -> Line:
    """The sign-off."""
    return minutes(START + 124), e.SignOff(clinician=name, credential=credential)
