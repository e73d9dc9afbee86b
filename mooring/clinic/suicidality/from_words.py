"""A remark that speaks of wanting to die: somebody is called about its author, if a patient."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor
from mooring.clinic.people.models import Patient
from mooring.clinic.suicidality.calling import call
from mooring.clinic.tasks.models import Task
from mooring.core.protocols.suicidality import load

KIND = "crisis_remark"


def call_about(by: Actor, *, passage: str, text: str, now: datetime) -> Task | None:
    """One task a patient and day, with every such remark; None where the author is no patient."""
    if by.patient is None:
        return None
    patient = Patient.objects.get(pk=by.patient)
    return call(
        by,
        patient,
        kind=KIND,
        title="A remark speaks of wanting to die: read and call",
        detail=f"On the handbook, {passage}: “{' '.join(text.split())}”",
        source=f"handbook.Remark:{patient.pk}:{clinic_day(now)}",
        within=load().answer_called_within,
        now=now,
    )
