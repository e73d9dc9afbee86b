"""Tells whoever has to know that a chart was changed, within the same transaction.

A listener registers when its app starts, so that the chart need not know who listens.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mooring.clinic.actions import Actor
from mooring.clinic.people.models import Patient

Listener = Callable[[Actor, Patient, datetime], None]
listeners: list[Listener] = []


def chart_changed(by: Actor, patient: Patient, now: datetime) -> None:
    """Tell every listener. Called by the actions that add to a chart, after their row is there."""
    for listener in listeners:
        listener(by, patient, now)
