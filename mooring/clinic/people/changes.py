"""Tells whoever has to know that a chart was changed, within the same transaction.

A listener registers when its app starts, so that the chart need not know who listens.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor
from mooring.clinic.people.models import Patient, RecordRow
from mooring.core.protocols.screening.evaluate import PAST
from mooring.core.words import day

R = TypeVar("R", bound=RecordRow)

Listener = Callable[[Actor, Patient, datetime], None]
listeners: list[Listener] = []


def chart_changed(by: Actor, patient: Patient, now: datetime) -> None:
    """Tell every listener. Called by the actions that write in a chart, once their row is there."""
    for listener in listeners:
        listener(by, patient, now)


def withdrawn_now(model: type[R], patient: Patient, now: datetime) -> list[R]:
    """The rows of one kind that this change struck or replaced: what a listener has to look at."""
    rows = model.everything.filter(patient=patient, withdrawn_at=now)
    return list(rows.select_related("replaced_by", "withdrawn_by"))


def is_over(row: RecordRow) -> bool:
    """True for an entry whose status says so; what is measured is never over."""
    return getattr(row, "status", "").casefold() in PAST


def ended(row: RecordRow) -> bool:
    """True where a withdrawn row was right until it ended: nothing that relied on it was wrong."""
    return row.replaced_by is not None and is_over(row.replaced_by) and not is_over(row)


def how_withdrawn(row: RecordRow) -> str:
    """For example "struck by R. Okafor on 5 Nov 2026: wrong chart"."""
    how = "struck" if row.replaced_by is None else "ended" if ended(row) else "corrected"
    assert row.withdrawn_at is not None  # noqa: S101
    on = day(clinic_day(row.withdrawn_at))
    return f"{how} by {row.withdrawn_by} on {on}: {row.withdrawn_why}"
