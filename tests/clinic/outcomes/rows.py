"""Courses with scores, written as rows: aggregates need many people and no walks through pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.support.behind import unguarded
from tests.support.clinical import session_for

if TYPE_CHECKING:
    from mooring.clinic.accounts.models import User
    from mooring.clinic.measures.models import Assignment, Response
    from mooring.clinic.people.models import Patient
    from mooring.core.drugs.dosed import DrugOrder

DAY = timedelta(days=1)
AGO = 40


@dataclass
class Told:
    """One patient's course, told in days since the first infusion."""

    patient: Patient
    first: datetime


def told(
    patient: Patient,
    prescriber: User,
    now: datetime,
    scores: dict[float, int | None],
    infusions: list[float],
    missed: tuple[float, ...] = (),
    by: DrugOrder | None = None,
) -> Told:
    """A course whose first session was 40 days ago. A score of None is an incomplete scale.

    Its sessions are infusions, or as the order `by` gives them.
    """
    from mooring.clinic.courses.models import Order
    from mooring.clinic.courses.orders import columns
    from mooring.clinic.sessions.models import TreatmentSession

    first = now - AGO * DAY
    planned = session_for(patient, prescriber, first - 10 * DAY)
    fields = ("course", "order", "room", "stopping", "monitoring", "starting", "leaving")
    shared = {field: getattr(planned, field) for field in fields}
    with unguarded(TreatmentSession):
        planned.delete()
    if by is not None:
        of = planned.order
        signed = {"findings": {}, "signed_by": of.signed_by, "signed_at": of.signed_at}
        shared["order"] = Order.objects.create(course=of.course, **columns(by, None), **signed)
    for number, day in enumerate(infusions, 1):
        at = first + day * DAY
        TreatmentSession.objects.create(
            **shared, number=number, scheduled_at=at, started_at=at, ended_at=at + DAY / 36
        )
    for day, total in scores.items():
        respond(asked(patient, shared["course"], first + day * DAY), total)
    for day in missed:
        asked(patient, shared["course"], first + day * DAY)
    return Told(patient, first)


def asked(patient: Patient, course: object, at: datetime) -> Assignment:
    """A scale that was due then."""
    from mooring.clinic.measures.planning import make

    return make(
        patient=patient,
        course=course,
        measure="phq9",
        occasion="weekly",
        due_at=at,
        expires_at=at + 3 * DAY,
    )


def respond(assignment: Assignment, total: int | None) -> Response:
    """Answers at the due time that add up to this; None leaves the first item out."""
    from mooring.clinic.measures.models import Response
    from mooring.core.measures import MEASURES

    measure = MEASURES[assignment.measure]
    left = total or 0
    answers = {}
    for item in measure.items:
        answers[item.id] = min(3, left)
        left -= answers[item.id]
    if total is None:
        del answers["phq9.1"]
    score = measure.score(answers)
    return Response.objects.create(
        assignment=assignment,
        answers=answers,
        total=score.total,
        band=score.band.label if score.band else "",
        started_at=assignment.due_at,
        completed_at=assignment.due_at,
    )
