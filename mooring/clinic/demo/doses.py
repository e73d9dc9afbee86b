"""What a nurse writes down in a session whose doses no pump gives, minute by minute."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from mooring.clinic.demo.bedside import (
    READINESS,
    RISE,
    START,
    Line,
    arrival,
    found_met,
    minutes,
    reading,
    signature,
    symptom,
)
from mooring.clinic.demo.cast import Person
from mooring.clinic.sessions.log import plan_of, policies_of
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.drug import Route
from mooring.core.protocols.leaving.policy import LeavePolicy
from mooring.core.session import entries as e
from mooring.core.session.view import PlannedDose

CLOSE = (10, 20, 30, 40)
"""Minutes after the first dose at which the demonstration measures; later every 15 minutes."""


def whole(person: Person, session: TreatmentSession, random: Random) -> list[Line]:
    """The session from arrival to signature, every dose given as ordered."""
    planned = plan_of(session.order).doses
    leaves = leaves_after(policies_of(session).leaving, float(planned[-1].minute))
    found = [
        *arrival(person, random, by_the_nose=session.order.route == Route.INTRANASAL),
        *given(planned),
        (minutes(START + 12), symptom("dissociation", random.choice(("mild", "moderate")))),
        *watched(person, leaves, random),
        *ready(leaves),
    ]
    assert session.sitter is not None  # noqa: S101 - schedule refuses a session without one
    _, signed = signature(session.sitter.display_name, session.sitter.credential)
    return sorted([*found, (minutes(START + leaves + 4), signed)], key=lambda line: line[0])


def given(planned: tuple[PlannedDose, ...]) -> Iterator[Line]:
    """Each dose at its minute."""
    for step, dose in enumerate(planned, start=1):
        yield (
            minutes(START + float(dose.minute)),
            e.DoseGiven(step=step, amount_mg=dose.milligrams),
        )


def leaves_after(policy: LeavePolicy, last: float) -> float:
    """Minutes from the first dose until the policy's time is over, the last dose at `last`."""
    since = {"start": 0.0, "end": last}
    return max(since[time.since] + float(time.at_least.value) for time in policy.minimum_time)


def watched(person: Person, until: float, random: Random) -> Iterator[Line]:
    """Readings as the effect comes and goes; a little after each full minute."""
    later = range(55, int(until) + 1, 15)
    for after in (*CLOSE, *later):
        yield minutes(START + after + 0.5), reading(person, RISE.get(after, 0.0), random)
    yield minutes(START + 30.8), e.Sedation(moaas=4)


def ready(leaves: float) -> Iterator[Line]:
    """What leaving asks for, looked at when its time has come."""
    fit = e.Padss(vital_signs=2, activity=2, nausea_and_vomiting=2, pain=2, bleeding=2)
    yield minutes(START + leaves - 22), fit
    yield minutes(START + leaves + 1), e.Sedation(moaas=5)
    yield minutes(START + leaves + 1), fit
    for place, criterion in enumerate(READINESS):
        yield (
            minutes(START + leaves + 2 + place / 4),
            found_met(criterion),
        )
