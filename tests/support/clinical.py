"""Rows that many tests stand on: a screened patient in a course with a signed order."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.quantities import (
    Kilograms,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Minutes,
)

if TYPE_CHECKING:
    from mooring.clinic.accounts.models import User
    from mooring.clinic.people.models import Patient
    from mooring.clinic.sessions.models import TreatmentSession

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def half_a_milligram(weighed_on: date) -> dict[str, Any]:
    """The columns of an order: 0.5 mg/kg for 70 kg over 40 minutes, at 1 mg/mL in the line."""
    from mooring.clinic.courses.orders import columns

    weight = Weight(Kilograms(70), weighed_on, WeightMethod.WEIGHED)
    order = InfusionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAVENOUS_INFUSION,
        MilligramsPerKilogram("0.5"),
        weight,
        Minutes(40),
    )
    return columns(order, MilligramsPerMillilitre(1))


NOTHING_FOUND = {
    "pregnancy": "no-test-negative",
    "breastfeeding": "no",
    "ketamine-allergy": "never",
    "psychosis": "never",
    "family-psychosis": "no",
    "mania": "never",
    "suicidality": "none",
    "heart-disease": "none",
    "aneurysm-avm-haemorrhage": "no",
    "stroke": "no",
    "hypertension": "none",
    "liver-disease": "none",
    "thyroid": "none",
    "ketamine-misuse": "never",
    "other-substance-use": "none",
    "withdrawal-risk": "no",
    "severe-dissociation": "no",
    "personality-disorder": "no",
    "antidepressant-trials": "3-or-more",
    "rems-enrolled": "yes",
}
"""One answer a question with which nothing of any interview in the clinic speaks."""


def screened(patient: Patient, by: User, at: datetime = NOON) -> None:
    """The whole interview answered and both lists asked, with nothing found, written as rows."""
    from mooring.clinic.people.models import ListName, ListStatement
    from mooring.clinic.screening.models import InterviewAnswer

    facts = {"patient": patient, "detail": "in words", "answered_at": at, "answered_by": str(by)}
    InterviewAnswer.objects.bulk_create(
        InterviewAnswer(question=question, value=value, **facts)
        for question, value in NOTHING_FOUND.items()
    )
    ListStatement.objects.bulk_create(
        ListStatement(patient=patient, list=name, none=True, said_by=by, said_at=at)
        for name in ListName
    )


def session_for(patient: Patient, prescriber: User, at: datetime = NOON) -> TreatmentSession:
    """A planned session, with the decision, course and order it needs, written as rows."""
    from mooring.clinic.courses.models import Course, Order
    from mooring.clinic.screening.models import ScreeningDecision
    from mooring.clinic.sessions.models import TreatmentSession

    screened(patient, prescriber, at)
    decision = ScreeningDecision.objects.create(
        patient=patient,
        policy="iv_ketamine",
        policy_version="1",
        findings=[],
        verdict="",
        decision="proceed",
        reason="For a test.",
        override=False,
        decided_by=prescriber,
        decided_at=at,
    )
    course = Course.objects.create(
        patient=patient,
        screening=decision,
        indication="depression",
        model_of_care="infusion_and_therapy",
        model_reason="For a test.",
        regimen="iv_series",
        prescriber=prescriber,
        started_at=at,
    )
    order = Order.objects.create(
        course=course,
        **half_a_milligram(date(2026, 3, 1)),
        findings={},
        signed_by=prescriber,
        signed_at=at,
    )
    return TreatmentSession.objects.create(
        course=course,
        order=order,
        number=1,
        scheduled_at=at,
        room="Room 2",
        stopping=["emory_s2"],
        monitoring="szarmach_times",
        starting="iv_start",
        leaving="iv_recovery",
    )
