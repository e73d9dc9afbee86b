"""Whatever is ended, corrected and struck: nothing is lost, nothing is changed in what it says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.people.corrections import ROWS
from mooring.clinic.people.models import (
    BloodPressure,
    CodedRow,
    Measurement,
    Medication,
    Patient,
    RecordRow,
)
from tests.clinic.people.correcting import corrected, ended, one_of_each, struck
from tests.support.cast import patient_record

pytestmark = pytest.mark.django_db
NOT_SAID = {"withdrawn_at", "withdrawn_by_id", "withdrawn_why", "replaced_by_id"}
"""What of a row may change: all else is what it says."""
Step = tuple[str, int]


def said(row: Model) -> dict[str, Any]:
    """What a row says, read from the database."""
    stored = type(row)._base_manager.filter(pk=row.pk).values().get()
    return {name: value for name, value in stored.items() if name not in NOT_SAID}


def correct(by: User, row: RecordRow) -> RecordRow:
    if isinstance(row, Measurement):
        return corrected(by, row, value=row.value + Decimal("0.1"), doubt_settled=True)
    if isinstance(row, BloodPressure):
        return corrected(by, row, systolic=Decimal(row.systolic + 1))
    assert isinstance(row, CodedRow)
    return corrected(by, row, text=row.text + ".")


def end(by: User, row: RecordRow) -> RecordRow:
    if not isinstance(row, CodedRow):
        raise RefusedError("A number does not end.")
    return ended(by, row, "stopped" if isinstance(row, Medication) else "resolved")


DO: dict[str, Callable[[User, RecordRow], RecordRow]] = {
    "correct": correct,
    "end": end,
    "strike": struck,
}


class Story:
    """A chart with one entry of each kind, and everything that was done with them."""

    def __init__(self, by: User) -> None:
        self.by = by
        number = Patient.objects.count()
        self.patient = patient_record("Quill", f"Ada {number}", identifier=f"Q-{number}")
        self.rows = list(one_of_each(by, self.patient).values())
        self.roots = {row.pk: row.pk for row in self.rows}
        self.as_written = {row.pk: said(row) for row in self.rows}

    def do(self, step: Step) -> None:
        what, place = step
        old = self.rows[place % len(self.rows)]
        try:
            made = DO[what](self.by, type(old).everything.get(pk=old.pk))
        except RefusedError:
            return
        if made.pk not in self.as_written:
            self.rows.append(made)
            self.roots[made.pk] = self.roots[old.pk]
            self.as_written[made.pk] = said(made)

    def stored(self, manager: str) -> list[RecordRow]:
        return [
            row
            for model in ROWS.values()
            for row in getattr(model, manager).filter(patient=self.patient)
        ]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(list(DO)), st.integers(0, 9)), min_size=2, max_size=8)
)
def test_one_entry_of_a_chain_stands_at_most_and_none_is_lost(steps: list[Step], bob: User) -> None:
    story = Story(bob)
    for step in steps:
        story.do(step)
    everything = story.stored("everything")
    assert {row.pk: said(row) for row in everything} == story.as_written
    standing = [story.roots[row.pk] for row in story.stored("objects")]
    assert len(standing) == len(set(standing))
    for row in everything:
        assert (row.withdrawn_at is None) == (row.withdrawn_by is None) == (not row.withdrawn_why)
        if row.replaced_by is not None:
            assert story.roots[row.replaced_by.pk] == story.roots[row.pk]
            assert row.withdrawn_at is not None
