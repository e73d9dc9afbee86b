"""A finding of the watch that waits for a prescriber: a task with an owner, until it is reviewed.

Only findings open one. What is merely due stands on the chart and, before a session, on the day's
list: after every dose something is due for everybody, and a task each time would bury the rest.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from mooring.clinic.actions import Actor
from mooring.clinic.courses.models import Course
from mooring.clinic.exposure.models import WatchEntry
from mooring.clinic.exposure.reading import POLICY, PRESSURE, organs, pressure
from mooring.clinic.people.changes import how_withdrawn, withdrawn_now
from mooring.clinic.people.models import BloodPressure, Patient
from mooring.clinic.rows import Row
from mooring.clinic.sessions.given import doses_given
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.tasks.actions import close_task, open_task
from mooring.clinic.tasks.models import Task
from mooring.clinic.tasks.owners import who_is_asked
from mooring.core.protocols.watch import OrganWatch, Result, Why

DUE_IN = timedelta(days=2)
"""The clinic's choice, without a source; earlier where a session comes before."""


def follow(by: Actor, entry: WatchEntry, now: datetime) -> None:
    """After an entry: give the prescriber what it found, or close what it has settled."""
    watch = organ_of(entry.item)
    is_review, found = entry.item == watch.review, entry.result == Result.FOUND
    if not (is_review or found or entry.corrects_id):
        return
    waits = waiting(entry.patient, watch, now)
    if waits:
        call(by, entry.patient, watch, entry, waits, now)
    else:
        words = "Reviewed" if is_review else "The entry was corrected"
        settle(by, entry.patient, watch, f"{words}: {entry.words or entry.result}", now)


def follow_pressure(by: Actor, row: BloodPressure, now: datetime) -> None:
    """A raised resting pressure of somebody in treatment calls the prescriber; before a course
    the screening speaks."""
    treated = row.patient.courses.filter(ended_at=None).exists()
    if not treated or pressure(row).result is not Result.FOUND:
        return
    watch = organ_of(PRESSURE)
    waits = waiting(row.patient, watch, now)
    if waits:
        call(by, row.patient, watch, row, waits, now)


def after_change(by: Actor, patient: Patient, now: datetime) -> None:
    """After a corrected or struck blood pressure: call for what still waits, or close the task."""
    rows = withdrawn_now(BloodPressure, patient, now)
    if not rows or not patient.courses.filter(ended_at=None).exists():
        return
    watch = organ_of(PRESSURE)
    waits = waiting(patient, watch, now)
    if waits:
        call(by, patient, watch, rows[0], waits, now)
    else:
        settle(by, patient, watch, f"The blood pressure was {how_withdrawn(rows[0])}", now)


def call(
    by: Actor, patient: Patient, watch: OrganWatch, row: Row, waits: list[Why], now: datetime
) -> Task | None:
    """Open the task of an organ, unless one is open already; None where there is nobody to ask."""
    owner = who_is_asked(ongoing(patient))
    if owner is None or tasks(patient, watch).exists():
        return None
    return open_task(
        by,
        patient=patient,
        kind=kind(watch),
        title=f"{watch.title}: a finding to review",
        detail="\n".join(why.text for why in waits),
        owner=owner,
        source=f"{row._meta.label}:{row.pk}",
        due_at=due_at(patient, now),
        now=now,
    )


def settle(by: Actor, patient: Patient, watch: OrganWatch, outcome: str, now: datetime) -> None:
    """Close the organ's task: no finding of it waits any more."""
    for task in tasks(patient, watch):
        close_task(by, task=task, outcome=outcome, now=now)


def waiting(patient: Patient, watch: OrganWatch, now: datetime) -> list[Why]:
    """The organ's findings that no prescriber has looked at."""
    found = organs(patient, doses_given(patient, now), now)
    own = next(one for one in found if one.watch.organ is watch.organ)
    return [why for why in own.whys if why.rule == "finding"]


def ongoing(patient: Patient) -> Course | None:
    """The newest course that goes on, or else the newest."""
    going_on = patient.courses.filter(ended_at=None).first()
    return going_on or patient.courses.first()


def tasks(patient: Patient, watch: OrganWatch) -> QuerySet[Task]:
    """The organ's open tasks."""
    return Task.objects.filter(patient=patient, kind=kind(watch), closed_at=None)


def kind(watch: OrganWatch) -> str:
    """The kind of an organ's tasks."""
    return f"watch_{watch.organ}"


def organ_of(item: str) -> OrganWatch:
    """The organ of an item or of a review."""
    return next(
        watch
        for watch in POLICY.organs
        if item == watch.review or item in {one.id for one in watch.items}
    )


def due_at(patient: Patient, now: datetime) -> datetime:
    """Before the next session, and within DUE_IN."""
    planned = TreatmentSession.objects.filter(
        course__patient=patient, scheduled_at__gt=now, started_at=None, cancelled_at=None
    )
    following = planned.order_by("scheduled_at").values_list("scheduled_at", flat=True).first()
    return min(now + DUE_IN, following or now + DUE_IN)
