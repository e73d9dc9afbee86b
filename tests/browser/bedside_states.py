"""Sessions in the states in which a bedside is looked at: made with the program's own writers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import columns
from mooring.clinic.people.actions import add_coded
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.log import read_view
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.sessions.signs import banners
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.products import product
from mooring.core.quantities import Minutes
from tests.clinic.sessions.steps import (
    BASELINE,
    acting,
    measured,
    planned,
    ready_to_start,
    recovered,
    running,
    signature,
    signed_order,
    wrote,
)


class Bedside:
    """One patient's sessions, each `minutes` into its infusion."""

    def __init__(self, patient: Patient, prescriber: User, nurse: User) -> None:
        self.patient, self.prescriber, self.nurse = patient, prescriber, nurse

    def before(self) -> TreatmentSession:
        """Nothing is written: everything that a start needs is missing."""
        now = timezone.now()
        return planned(signed_order(self.patient, self.prescriber, at=now), self.nurse, at=now)

    def quiet(self, minutes: float = 12) -> tuple[TreatmentSession, datetime]:
        """An infusion in which nothing speaks, with one reading after ten minutes."""
        start = timezone.now() - timedelta(minutes=minutes)
        order = signed_order(self.patient, self.prescriber, at=start)
        session = planned(order, self.nurse, at=start)
        running(self.nurse, session, start)
        self.writes(session, start, 10, {**BASELINE, "systolic": 134, "diastolic": 86})
        return session, start

    def alarmed(self) -> TreatmentSession:
        """Stop, call and caution at once, none of them seen, and screening held meanwhile."""
        session, start = self.quiet()
        at_once = {"systolic": 200, "diastolic": 118, "heart_rate": 155, "spo2": 90}
        self.writes(session, start, 11, {**BASELINE, **at_once, "respiratory_rate": 9})
        self.writes(session, start, 11, {"kind": "symptom", "symptom": "chest_pain",
                                         "severity": "severe"})  # fmt: skip
        # 45 mg are in after 12 minutes, of 35 ordered.
        faster = {"kind": "infusion_rate", "rate_mg_per_minute": "20", "reason": "Pump slipped",
                  "timing": "has_happened"}  # fmt: skip
        self.writes(session, start, 10.2, faster)
        return session

    def sees_everything(self, session: TreatmentSession) -> None:
        """The nurse marks every banner as seen."""
        for banner in banners(read_view(session, timezone.now()).alerts):
            wrote(self.nurse, session, timezone.now(), json.loads(banner.seen))

    def every_limit(self) -> TreatmentSession:
        """Readings between call and stop on either side, so that the chart draws all it can."""
        session, start = self.quiet(20)
        high = {"systolic": 185, "diastolic": 112, "heart_rate": 155, "spo2": 91}
        low = {"systolic": 85, "diastolic": 45, "heart_rate": 45, "spo2": 90}
        for minute, found in ((12, high), (14, low), (16, {"systolic": 150, "diastolic": 95})):
            self.writes(session, start, minute, {"kind": "reading", **found})
        return session

    def arrested(self) -> TreatmentSession:
        """Heart rate 0, SpO2 40: the axes reach as far down as they can."""
        session, start = self.quiet()
        gone = {"kind": "reading", "heart_rate": 0, "spo2": 40}
        self.writes(session, start, 11, gone)
        return session

    def new_in_the_chart(self) -> None:
        """An illness charted after the decision: screening holds what rests on it."""
        now = timezone.now()
        facts = {"kind": "condition", "text": "Schizophrenia", "status": "active", "now": now}
        add_coded(acting(self.nurse), patient=self.patient, **facts)

    def between_doses(self) -> TreatmentSession:
        """Three sprays, the first given: the next waits for its minute."""
        now = timezone.now()
        infusion = signed_order(self.patient, self.prescriber, at=now)
        spray = product("ketamine_nasal_spray_100")
        sprays = NasalSprayOrder(spray, (Minutes(0), Minutes(10), Minutes(20)), None)
        facts = {"findings": {}, "signed_by": self.prescriber, "signed_at": now}
        order = Order.objects.create(course=infusion.course, **columns(sprays, None), **facts)
        session = planned(order, self.nurse, at=now)
        start = now - timedelta(minutes=6)
        ready_to_start(self.nurse, session, start)
        self.writes(session, start, 0, {"kind": "dose_given", "step": 1, "amount_mg": "10"})
        return session

    def leaving(self) -> TreatmentSession:
        """The dose is in, and most of what leaving needs is open."""
        session, start = self.quiet(60)
        self.writes(session, start, 40, {"kind": "infusion_complete"})
        measured(self.nurse, session, start + timedelta(minutes=55), "128/82")
        return session

    def signed(self) -> TreatmentSession:
        """Everything met, and signed."""
        session, start = self.quiet(130)
        recovered(self.nurse, session, start)
        self.writes(session, start, 126, signature(self.nurse))
        return session

    def writes(
        self, session: TreatmentSession, start: datetime, minute: float, facts: dict[str, Any]
    ) -> None:
        """One entry of the nurse, so many minutes after the start."""
        wrote(self.nurse, session, start + timedelta(minutes=minute), facts)
