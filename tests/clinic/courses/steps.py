"""Steps on the way to an order, as short calls: decided, weighed, a course, an order."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor
from mooring.clinic.courses import actions, orders
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.courses.second import SecondPerson
from mooring.clinic.people.models import Measurement, Patient
from mooring.clinic.screening.models import ScreeningDecision
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import InfusionOrder
from mooring.core.protocols.screening.choosing import Plan, policy_for
from mooring.core.quantities import MilligramsPerMillilitre, Minutes
from tests.support.behind import update_behind
from tests.support.clinical import screened

NOVEMBER_3 = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
NOVEMBER_5 = datetime(2026, 11, 5, 10, 0, tzinfo=UTC)


def acting(user: User) -> Actor:
    """The person as an actor."""
    return Actor(name=str(user), roles=user.roles, user=user)


def decided(
    patient: Patient, by: User, decision: str = "proceed", at: datetime = NOVEMBER_3
) -> ScreeningDecision:
    """A signed screening decision, on an interview in which nothing was found."""
    screened(patient, by, at)
    return ScreeningDecision.objects.create(
        patient=patient,
        policy="iv_ketamine",
        policy_version="1",
        findings=[],
        verdict="Nothing stands against it",
        decision=decision,
        reason="Two adequate trials without response.",
        override=False,
        decided_by=by,
        decided_at=at,
    )


def decided_for(course: Course, drug: Drug, route: Route) -> ScreeningDecision:
    """A newer decision than the last, by the policy that judges this drug and route."""
    plan = Plan(drug, route, course.indication, course.model_of_care)
    last = course.patient.decisions.latest("decided_at")
    made = decided(course.patient, last.decided_by, at=last.decided_at + timedelta(seconds=1))
    update_behind(ScreeningDecision.objects.filter(pk=made.pk), policy=policy_for(plan))
    return made


def weighed(
    patient: Patient, kilograms: str = "70", at: datetime = NOVEMBER_3, method: str = "weighed"
) -> Measurement:
    """A weight in the record."""
    return Measurement.objects.create(
        patient=patient,
        code="weight",
        value=Decimal(kilograms),
        unit="kg",
        method=method,
        taken_at=at,
        origin="entered by hand by B. Okafor",
        recorded_at=at,
    )


def started(patient: Patient, by: User, now: datetime = NOVEMBER_5, **more: Any) -> Course:
    """A course for depression with separate therapy."""
    facts = {
        "indication": "depression",
        "model_of_care": "infusion_and_therapy",
        "model_reason": "She sees her own therapist every week.",
        **more,
    }
    return actions.start_course(acting(by), patient=patient, now=now, **facts)


def written(
    patient: Patient, dose: str = "0.5", unit: str = "mg/kg", minutes: str = "40", **more: Any
) -> InfusionOrder:
    """An order as the prescriber typed it, with the newest weight of the record."""
    facts = {
        "drug": Drug.RACEMIC_KETAMINE,
        "route": Route.INTRAVENOUS_INFUSION,
        "weight": orders.weight_of(patient),
        **more,
    }
    return InfusionOrder(dose=orders.dose(Decimal(dose), unit), over=Minutes(minutes), **facts)


def signed(
    course: Course,
    by: User,
    now: datetime = NOVEMBER_5,
    line: str = "10",
    second: SecondPerson | None = None,
    standing: Collection[UUID] | None = None,
    **typed: Any,
) -> Order:
    """A signed order; the worked example unless told otherwise."""
    return actions.sign_order(
        acting(by),
        course=course,
        order=written(course.patient, **typed),
        concentration=MilligramsPerMillilitre(line),
        second=second,
        standing=standing,
        now=now,
    )


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)
