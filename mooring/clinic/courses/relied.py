"""A signed order whose weight was corrected or struck: it is held, and who signed it is told."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor
from mooring.clinic.courses import orders
from mooring.clinic.courses.models import Order
from mooring.clinic.live.hub import notify
from mooring.clinic.people.changes import withdrawn_now
from mooring.clinic.people.models import Measurement, Patient
from mooring.clinic.tasks.actions import open_task
from mooring.clinic.tasks.owners import who_is_asked

KIND = "order_weight"


def after_change(by: Actor, patient: Patient, now: datetime) -> None:
    """Tell the prescriber of each order that was signed with a weight withdrawn by this change."""
    rows = [row for row in withdrawn_now(Measurement, patient, now) if row.code == "weight"]
    if not rows:
        return
    signed = Order.objects.filter(
        course__patient=patient, course__ended_at=None, withdrawn_at=None
    ).select_related("course__patient", "course__prescriber", "signed_by")
    for order in signed:
        said = orders.weight_withdrawn(order, clinic_day(now))
        if said is not None:
            _tell(by, order, f"{order.in_brief}. {said}.", rows[0], now)


def _tell(by: Actor, order: Order, detail: str, row: Measurement, now: datetime) -> None:
    owner = order.signed_by if order.signed_by.is_active else who_is_asked(order.course)
    for session in order.sessions.filter(signed_at=None, cancelled_at=None):
        notify(f"session:{session.pk}")
    if owner is not None:
        open_task(
            by,
            patient=order.course.patient,
            kind=KIND,
            title="Order: its weight no longer stands",
            detail=detail,
            owner=owner,
            source=f"{order.pk}:{row.pk}",
            due_at=now,
            now=now,
        )
