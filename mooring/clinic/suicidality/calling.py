"""Opens the urgent task that an answer, a tier or a remark about suicidality asks for."""

from __future__ import annotations

from datetime import datetime, timedelta

from mooring.clinic.actions import Actor
from mooring.clinic.people.models import Patient
from mooring.clinic.tasks.actions import add_to_task, open_task
from mooring.clinic.tasks.models import Task
from mooring.clinic.tasks.owners import newest_course, who_is_asked
from mooring.core.protocols.cited import Number
from mooring.core.protocols.suicidality import load


def call(
    by: Actor,
    patient: Patient,
    *,
    kind: str,
    title: str,
    detail: str,
    source: str,
    within: Number,
    now: datetime,
) -> Task | None:
    """One task for one source, with a clock; said again it is added to. None: nobody to ask."""
    owner = who_is_asked(newest_course(patient))
    if owner is None:
        return None
    task = open_task(
        by,
        patient=patient,
        kind=kind,
        title=title,
        detail=detail,
        owner=owner,
        source=source,
        due_at=now + timedelta(hours=float(within.value)),
        escalates_every=int(load().escalates_every.value),
        now=now,
    )
    return add_to_task(by, task=task, detail=detail, now=now)
