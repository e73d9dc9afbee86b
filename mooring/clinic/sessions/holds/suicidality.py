"""Suicidality: a high tier asks for a prescriber's decision, a group for more where it must."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.courses.models import Order
from mooring.clinic.holds import Hold
from mooring.clinic.suicidality.models import Setting
from mooring.clinic.suicidality.settings import GROUP_REGIMENS, setting_holds, start_holds_of
from mooring.clinic.suicidality.tiers import PatientTier, tier_of


def holds(order: Order, moment: datetime) -> list[Hold]:
    """What the patient's tier holds on that day."""
    return holds_of(order, tier_of(order.course.patient, moment), moment)


def holds_of(order: Order, tier: PatientTier, moment: datetime) -> list[Hold]:
    """The same, for who has the tier already."""
    patient = order.course.patient
    held = start_holds_of(patient, tier, moment)
    if order.course.regimen in GROUP_REGIMENS:
        held += setting_holds(patient, Setting.GROUP, moment)
    return held
