"""Steps of a session as short calls: planned, checked in, measured, started, ended.

Times are minutes from START, the moment at which the pump starts in most tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import uuid_utils.compat

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.models import ScreeningDecision
from mooring.clinic.sessions import actions
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.core.session.entries import CONTENT, AnyContent
from tests.support.clinical import half_a_milligram, screened

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

CHECK_IN = {
    "kind": "check_in",
    "identified_by": ["name", "birth_date"],
    "last_food_at": "2026-03-01T20:00:00Z",
    "last_fluid_at": "2026-03-02T06:00:00Z",
    "nasal_medicine": "none",
    "escort_name": "her sister Jo",
    "substances_today": "none",
    "medicines_today": "sertraline 100 mg at 07:00",
}
BASELINE = {
    "kind": "reading",
    "systolic": 120,
    "diastolic": 78,
    "heart_rate": 72,
    "spo2": 98,
    "respiratory_rate": 14,
    "position": "seated",
    "oxygen_litres_per_minute": "0",
}
PUMP = {
    "kind": "infusion_start",
    "rate_mg_per_minute": "0.875",
    "drawn_up_mg": "35",
    "concentration_mg_per_ml": "1",
}


def acting(user: User) -> Actor:
    """The person as an actor."""
    return Actor(name=str(user), roles=user.roles, user=user)


def minute(number: float) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=number)


def signed_order(patient: Patient, prescriber: User, at: datetime = START) -> Order:
    """35 mg (0.5 mg/kg for 70 kg) over 40 minutes at 1 mg/mL, in a course of its own."""
    screened(patient, prescriber, at)
    decision = ScreeningDecision.objects.create(
        patient=patient, policy="iv_ketamine", policy_version="1", findings=[], verdict="",
        decision="proceed", reason="Two trials without response.", override=False,
        decided_by=prescriber, decided_at=at,
    )  # fmt: skip
    course = Course.objects.create(
        patient=patient, screening=decision, indication="depression",
        model_of_care="infusion_and_therapy", model_reason="She sees her own therapist.",
        regimen="iv_series", prescriber=prescriber, started_at=at,
    )  # fmt: skip
    return Order.objects.create(
        course=course, **half_a_milligram(at.date()), findings={}, signed_by=prescriber,
        signed_at=at,
    )  # fmt: skip


def planned(order: Order, by: User, at: datetime = START, **more: Any) -> TreatmentSession:
    """A session with the policies that are chosen when nobody chooses others."""
    facts = {"room": "Room 2", "sitter": by, "now": at, **more}
    return actions.schedule(acting(by), order=order, scheduled_at=at, **facts)


def content(**facts: Any) -> AnyContent:
    """The content of an entry from its fields."""
    return CONTENT.validate_python(facts)


def wrote(
    by: User, session: TreatmentSession, at: datetime, facts: dict[str, Any], **more: Any
) -> SessionEntry:
    """One entry, written at the moment it speaks of unless told otherwise."""
    given = {"entry_id": uuid_utils.compat.uuid7(), "effective_at": at, "now": at, **more}
    return actions.write_entry(acting(by), session=session, content=content(**facts), **given)


def measured(by: User, session: TreatmentSession, at: datetime, pressure: str) -> SessionEntry:
    """A blood pressure alone, for example "165/90"."""
    systolic, diastolic = (int(part) for part in pressure.split("/"))
    facts = {"kind": "reading", "systolic": systolic, "diastolic": diastolic}
    return wrote(by, session, at, facts)


def ready_to_start(by: User, session: TreatmentSession, start: datetime = START) -> None:
    """Checked in, with two seated readings 120/78 ten and five minutes before the start."""
    shift = start - START
    asked = dict(CHECK_IN)
    for name in ("last_food_at", "last_fluid_at"):
        asked[name] = (datetime.fromisoformat(CHECK_IN[name]) + shift).isoformat()
    wrote(by, session, start - timedelta(minutes=15), asked)
    wrote(by, session, start - timedelta(minutes=10), BASELINE)
    wrote(by, session, start - timedelta(minutes=5), BASELINE)


def running(by: User, session: TreatmentSession, start: datetime = START) -> None:
    """Ready, and the pump started."""
    ready_to_start(by, session, start)
    wrote(by, session, start, PUMP)


def recovered(by: User, session: TreatmentSession, start: datetime = START) -> datetime:
    """The whole dose in after 40 minutes and every criterion met; the moment at which it is."""
    wrote(by, session, start + timedelta(minutes=40), {"kind": "infusion_complete"})
    for at in (100, 121):
        moment = start + timedelta(minutes=at)
        wrote(by, session, moment, BASELINE)
        wrote(by, session, moment, {"kind": "sedation", "moaas": 5})
        wrote(by, session, moment, PADSS)
    end = start + timedelta(minutes=125)
    for criterion in CRITERIA:
        answer = {"ideation": "no"} if criterion == "suicidal_ideation_asked" else {}
        looked = {"kind": "readiness", "criterion": criterion, "met": True, **answer}
        wrote(by, session, end, looked)
    return end


PADSS = {
    "kind": "padss", "vital_signs": 2, "activity": 2, "nausea_and_vomiting": 2,
    "pain": 2, "bleeding": 2,
}  # fmt: skip
CRITERIA: Sequence[str] = (
    "oriented", "steady_gait", "nausea_controlled", "escort_present",
    "driving_restriction_acknowledged", "suicidal_ideation_asked",
)  # fmt: skip


def signature(user: User, **more: Any) -> dict[str, Any]:
    """A sign-off in the person's own name."""
    return {
        "kind": "sign_off", "clinician": str(user), "credential": user.credential, **more,
    }  # fmt: skip
