"""The screening decision: none, against treatment, or suspended by what came into the chart."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses.models import Course
from mooring.clinic.holds import Hold
from mooring.clinic.screening.decided import standing


def holds(course: Course, moment: datetime) -> list[Hold]:
    """What the newest decision does not carry."""
    return standing(course.patient, clinic_day(moment)).holds
