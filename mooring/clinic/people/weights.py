"""Which of a patient's measurements counts, and reasons to weigh again before a weight does.

Everything that asks for the newest weight asks here: the order, screening, the chart, the
session's plan and Today. So two weights of one minute cannot be the newest in two ways.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mooring.clinic.people.models import BloodPressure, Measurement, Patient
from mooring.core.drugs.weight import first_weight, looks_like_pounds, plausible_weight
from mooring.core.quantities import Kilograms

Taken = tuple[datetime, datetime, datetime, UUID]


def in_order_of_entry(row: Measurement | BloodPressure) -> Taken:
    """A key to sort by: the minute it was taken, and within a minute when it was entered.

    A form knows minutes and a monitor seconds: of one minute the later entry counts, because who
    enters a number a second time means to set the first one right.
    """
    minute = row.taken_at.replace(second=0, microsecond=0)
    return (minute, row.recorded_at, row.taken_at, row.pk)


def newest_first(patient: Patient, code: str, unit: str | None = None) -> list[Measurement]:
    """The measurements of that code, the one that counts first."""
    # Filtered here, so that a list which fetched all measurements beforehand asks no more.
    rows = (
        row for row in patient.measurements.all() if row.code == code and unit in (None, row.unit)
    )
    return sorted(rows, key=in_order_of_entry, reverse=True)


def doubts_of(patient: Patient, new: Kilograms, earlier: list[Measurement]) -> tuple[str, ...]:
    """Reasons to weigh again before that weight is used; empty where there is none.

    `earlier` are the weights before it, the newest first. What looks like pounds is asked about
    once: not where the weight before it was checked by a person, or raised no doubt itself.
    """
    height = next(iter(newest_first(patient, "height", "cm")), None)
    tall = None if height is None else height.value
    last = earlier[0] if earlier else None
    before = None if last is None else Kilograms(last.value)
    found = plausible_weight(new, before, tall)
    vouched = last is not None and (
        last.checked_again or not looks_like_pounds(Kilograms(last.value), tall)
    )
    return found if found or vouched else first_weight(new, tall)
