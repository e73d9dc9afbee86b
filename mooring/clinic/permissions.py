"""Who may do what: one table, declared on every view (`doors.py`) and every action."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a person does in the program; one person may hold several."""

    PRESCRIBER = "prescriber"
    NURSE = "nurse"
    THERAPIST = "therapist"
    PATIENT = "patient"
    OWNER = "owner"
    AUDITOR = "auditor"
    RESEARCHER = "researcher"


PRESCRIBER, NURSE, THERAPIST = Role.PRESCRIBER, Role.NURSE, Role.THERAPIST
PATIENT, OWNER, AUDITOR, RESEARCHER = Role.PATIENT, Role.OWNER, Role.AUDITOR, Role.RESEARCHER
CARE = frozenset({PRESCRIBER, NURSE, THERAPIST})
STAFF = CARE | {OWNER, AUDITOR, RESEARCHER}

PERMISSIONS: dict[str, frozenset[Role]] = {
    "home.view": STAFF | {PATIENT},
    "bedside_pin.set": STAFF,
    "today.view": CARE,
    "patient.view": CARE,
    "chart.break_glass": CARE,
    "chart.restrict": frozenset({PRESCRIBER, OWNER}),
    "chart.review": frozenset({OWNER}),
    "patient.create": frozenset({PRESCRIBER, NURSE}),
    "identity.correct": frozenset({PRESCRIBER, NURSE}),
    "record.change": frozenset({PRESCRIBER, NURSE}),
    "record.import": frozenset({PRESCRIBER, NURSE, OWNER}),
    "screening.view": CARE,
    "screening.answer": CARE,
    "screening.decide": frozenset({PRESCRIBER}),
    "course.view": CARE,
    "course.start": frozenset({PRESCRIBER}),
    "course.end": frozenset({PRESCRIBER}),
    "order.sign": frozenset({PRESCRIBER}),
    "order.withdraw": frozenset({PRESCRIBER}),
    "vial.check": frozenset({PRESCRIBER, NURSE}),
    "prescription.view": CARE,
    "prescription.sign": frozenset({PRESCRIBER}),
    "take_home.switch": frozenset({OWNER}),
    "ladder.view": CARE,
    "ladder.start": frozenset({PRESCRIBER}),
    "ladder.review": frozenset({PRESCRIBER}),
    "comparison.view": CARE,
    "pharmacology.view": CARE,
    "consent.record": CARE,
    "therapy_visit.record": frozenset({PRESCRIBER, THERAPIST}),
    "session.view": CARE,
    "session.schedule": frozenset({PRESCRIBER, NURSE}),
    "session.record": frozenset({PRESCRIBER, NURSE}),
    "session.sign": frozenset({PRESCRIBER, NURSE}),
    "exposure.view": CARE,
    "watch.record": frozenset({PRESCRIBER, NURSE}),
    "watch.review": frozenset({PRESCRIBER}),
    "measure.view": CARE,
    "measure.assign": CARE,
    "measure.answer": frozenset({PATIENT}),
    "task.view": CARE,
    "task.open": STAFF | {PATIENT},
    "task.close": CARE,
    "suicidality.enter": CARE,
    "suicidality.open": frozenset({PRESCRIBER}),
    "outcome.view": CARE,
    "program.view": frozenset({PRESCRIBER, OWNER, RESEARCHER}),
    "handbook.read": STAFF | {PATIENT},
    "handbook.remark": STAFF | {PATIENT},
    "handbook.view": STAFF,
    "handbook.edit": frozenset({PRESCRIBER, OWNER}),
    "audit.view": frozenset({OWNER, AUDITOR}),
    "account.manage": frozenset({OWNER}),
    "clinic.change": frozenset({OWNER}),
    "own_chart.view": frozenset({PATIENT}),
}


SIGNED = frozenset(
    {"order.sign", "screening.decide", "prescription.sign", "session.sign", "suicidality.open"}
)
"""What a person signs: they show anew that it is them, and the audit keeps how."""


def allowed(roles: Iterable[str], permission: str) -> bool:
    """True when one of the roles carries the permission. An unknown permission raises KeyError."""
    return not PERMISSIONS[permission].isdisjoint(Role(role) for role in roles)
