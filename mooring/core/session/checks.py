"""The checks a schedule can ask for: their names, and when each was last done or not possible."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from mooring.core.session.chart import Measure, newest
from mooring.core.session.entries import Content, Refusal
from mooring.core.session.standing import Standing, of
from mooring.core.session.view import DueState

Check = Literal["blood_pressure", "heart_rate", "spo2", "respiratory_rate", "sedation"]

CHECK_WORDS: dict[Check, str] = {
    "blood_pressure": "Blood pressure",
    "heart_rate": "Heart rate",
    "spo2": "SpO2",
    "respiratory_rate": "Respiratory rate",
    "sedation": "Sedation score",
}

MEASURED_BY: dict[Check, Measure] = {
    "blood_pressure": "systolic",
    "heart_rate": "heart_rate",
    "spo2": "spo2",
    "respiratory_rate": "respiratory_rate",
    "sedation": "moaas",
}

ASKED_AS: dict[str, Check] = {
    **{measure: check for check, measure in MEASURED_BY.items()},
    "diastolic": "blood_pressure",
}
"""The check in which each measure is taken."""


def last_done(log: Sequence[Standing[Content]], check: Check) -> datetime | None:
    """When the check was last done; None when it was not."""
    found = newest(log, MEASURED_BY[check])
    return None if found is None else found.at


def last_refused(log: Sequence[Standing[Content]], check: Check) -> datetime | None:
    """When the check was last not possible; None when that was never so."""
    refused = [r.at for r in of(log, Refusal) if r.content.check == check]
    return refused[-1] if refused else None


def due_state(due_at: datetime, overdue_at: datetime, now: datetime) -> DueState:
    """Upcoming before its time, due from then on, overdue once its grace is over."""
    if now < due_at:
        return DueState.UPCOMING
    return DueState.DUE if now <= overdue_at else DueState.OVERDUE
