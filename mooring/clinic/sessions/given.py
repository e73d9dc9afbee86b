"""The doses on a patient's record: the one place that reads them, for bounds, sums and watch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.courses.models import Order
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.log import view_if_judged
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.exposure import Administered
from mooring.core.quantities import Milligrams
from mooring.core.session.view import SessionView


def doses_given(patient: Patient, now: datetime) -> tuple[Administered, ...]:
    """Every dose that a session here has begun to give, oldest first, with what it gave up to now.

    What was given elsewhere is not on the record and does not count; a start that was a slip and
    was corrected away gave nothing.
    """
    return tuple(_doses(patient, now))


def _doses(patient: Patient, now: datetime) -> Iterator[Administered]:
    zone = ZoneInfo(the_clinic().time_zone)
    rows = TreatmentSession.objects.filter(
        course__patient=patient, started_at__lte=now, cancelled_at__isnull=True
    )
    for session in rows.select_related("order", "course").order_by("started_at"):
        view, order = view_if_judged(session, now), session.order
        started_at = session.started_at if view is None else view.started_at
        if started_at is not None:
            at, amount = started_at.astimezone(zone), amount_given(view, order)
            yield Administered(at, Route(order.route), Drug(order.drug), amount)


def amount_given(view: SessionView | None, order: Order) -> Milligrams | None:
    """What went in, to a hundredth of a milligram: no pump tells more.

    None where a policy of the session is missing, so that its log cannot be folded; and while
    nobody has charted an end and the pump would have given more than was ordered: a forgotten end
    is not a dose that goes on for days.
    """
    if view is None:
        return None
    if view.ended_at is None and view.given_mg > order.total_mg:
        return None
    return Milligrams(view.given_mg).rounded("0.01")
