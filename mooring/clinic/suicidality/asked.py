"""The answer about suicidal thoughts before leaving: anything but a no calls somebody."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.actions import Actor
from mooring.clinic.people.models import Patient
from mooring.clinic.suicidality.calling import call
from mooring.clinic.tasks.models import Task
from mooring.core.protocols.suicidality import load
from mooring.core.session.entries import AnyContent, Correction, Readiness
from mooring.core.session.labels import IDEATION_WORDS

KIND = "ideation_answer"


def call_about_answer(
    by: Actor, patient: Patient, session: object, content: AnyContent, now: datetime
) -> Task | None:
    """Open one task a session for an answer that is not a no, or add to it; None otherwise.

    An answer that comes by a correction counts like any other.
    """
    said = content.replacement if isinstance(content, Correction) else content
    if not isinstance(said, Readiness) or said.ideation in (None, "no"):
        return None
    words = IDEATION_WORDS[said.ideation]
    return call(
        by,
        patient,
        kind=KIND,
        title="Suicidal thoughts before leaving: see the patient",
        detail=f"Asked before leaving: {words}.{f' {said.detail}' if said.detail else ''}",
        source=f"treatment.Session:{session}",
        within=load().answer_called_within,
        now=now,
    )
