"""The task of looking again: opened when the chart outgrows a decision, closed by the next."""

from __future__ import annotations

import hashlib
from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.decided import Standing, in_words, standing
from mooring.clinic.tasks.actions import add_to_task, close_task, open_task

KIND = "screening_look_again"


def after_change(by: Actor, patient: Patient, now: datetime) -> None:
    """Give the prescriber who decided the task of looking again, once for what is new."""
    stands = standing(patient, clinic_day(now))
    if not stands.suspended or stands.decision is None:
        return
    detail = "New in the chart: " + "; ".join(in_words(each) for each in stands.new)
    task = patient.tasks.filter(kind=KIND, closed_at=None).first()
    if task is not None:
        add_to_task(by, task=task, detail=detail, now=now)
        return
    open_task(
        by,
        patient=patient,
        kind=KIND,
        title="Screening: look again",
        detail=detail,
        owner=stands.decision.decided_by,
        source=source(stands),
        due_at=now,
        now=now,
    )


def after_decision(by: Actor, patient: Patient, outcome: str, now: datetime) -> None:
    """Close the task: a prescriber has looked."""
    for task in patient.tasks.filter(kind=KIND, closed_at=None):
        close_task(by, task=task, outcome=outcome, now=now)


def source(stands: Standing) -> str:
    """One task for one decision and what is new to it."""
    assert stands.decision is not None  # noqa: S101
    new = "|".join(in_words(each) for each in stands.new)
    return f"{stands.decision.pk}:{hashlib.sha256(new.encode()).hexdigest()[:32]}"
