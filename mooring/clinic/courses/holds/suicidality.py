"""Suicidality: an order of a group's course waits for what the tier asks for."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.courses.models import Course
from mooring.clinic.holds import Hold
from mooring.clinic.suicidality.models import Setting
from mooring.clinic.suicidality.settings import GROUP_REGIMENS, setting_holds


def holds(course: Course, moment: datetime) -> list[Hold]:
    """What the patient's tier holds; nothing outside a group."""
    if course.regimen not in GROUP_REGIMENS:
        return []
    return setting_holds(course.patient, Setting.GROUP, moment)
