"""Suicidality: a high tier asks for a prescriber's decision, a group for more where it must."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.courses.models import Order
from mooring.clinic.holds import Hold
from mooring.clinic.suicidality.models import Setting
from mooring.clinic.suicidality.settings import GROUP_REGIMENS, setting_holds, start_holds
from mooring.clinic.suicidality.tiers import PatientTier


def holds(order: Order, moment: datetime, known: PatientTier | None = None) -> list[Hold]:
    """What the tier holds on that day; `known` is it, where it was read already."""
    patient = order.course.patient
    held = start_holds(patient, moment, known)
    if order.course.regimen in GROUP_REGIMENS:
        held += setting_holds(patient, Setting.GROUP, moment)
    return held
