"""The doses on a patient's record, as the bounds count them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.log import read_view
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.exposure.given import Administered
from mooring.core.quantities import Milligrams


def given_before(patient: Patient, now: datetime) -> tuple[Administered, ...]:
    """Every dose that a session of this clinic charted for the patient, oldest first.

    What was given elsewhere is not on the record and does not count.
    """
    zone = ZoneInfo(the_clinic().time_zone)
    rows = TreatmentSession.objects.filter(
        course__patient=patient, started_at__isnull=False, cancelled_at__isnull=True
    )
    return tuple(
        administered(session, now, zone)
        for session in rows.select_related("order").order_by("started_at")
    )


def administered(session: TreatmentSession, now: datetime, zone: ZoneInfo) -> Administered:
    """What one session gave up to now."""
    view, order = read_view(session, now), session.order
    at = (view.started_at or now).astimezone(zone)
    return Administered(at, Route(order.route), Drug(order.drug), Milligrams(view.given_mg))
