"""The screening decision: none, against treatment, or suspended by what came into the chart.

What the record says of itself comes first: a person who has died, a chart that another replaces.
"""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses.models import Course
from mooring.clinic.holds import Hold
from mooring.clinic.people.record_state import record_holds
from mooring.clinic.screening.decided import standing


def holds(course: Course, moment: datetime) -> list[Hold]:
    """What the newest decision does not carry."""
    patient = course.patient
    return [*record_holds(patient), *standing(patient, clinic_day(moment)).holds]
