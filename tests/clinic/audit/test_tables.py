"""Verify compares the clinic's tables with the audit: what was changed behind it is named."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from mooring.clinic.actions import command
from mooring.clinic.audit.models import AuditRow, WrittenRow
from mooring.clinic.audit.tables import take_over
from mooring.clinic.audit.verdict import MOST_SHOWN, examine, verify
from mooring.clinic.database.guards import CHANGED_IN_PART, WRITTEN_ROWS, lifted
from mooring.clinic.people.actions import (
    Identity,
    add_blood_pressure,
    add_coded,
    add_measurement,
    register_patient,
)
from mooring.clinic.people.models import BloodPressure, Condition, Measurement, Patient
from tests.clinic.audit.conftest import NOON

pytestmark = pytest.mark.django_db
BY = command("test")


@pytest.fixture
def chart(clinic_row: Any) -> Patient:
    """A chart with a blood pressure, a weight and a condition, all written by actions."""
    take_over(BY, NOON)
    patient = register_patient(BY, Identity("Quill", "Ada", None, None, "H-1"), now=NOON)
    at = {"taken_at": NOON, "now": NOON + timedelta(minutes=1)}
    add_blood_pressure(BY, patient=patient, systolic=Decimal(120), diastolic=Decimal(80), **at)
    add_measurement(BY, patient=patient, code="weight", value=Decimal("70.12345"), **at)
    add_coded(BY, patient=patient, kind="condition", text="Asthma", status="active", now=NOON)
    return patient


def sql(statement: str, *values: object) -> None:
    """As the owner of the database can, who takes the guards down."""
    with lifted(*CHANGED_IN_PART), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_the_actions_wrote_stands_in_the_tables(chart: Patient) -> None:
    verdict = examine()
    assert verdict.whole
    assert str(verdict).endswith("The clinic's tables hold what they wrote.")


def test_a_changed_blood_pressure_is_named_with_the_row_that_wrote_it(chart: Patient) -> None:
    pressure = BloodPressure.objects.get()
    sql("UPDATE people_bloodpressure SET systolic = 190")
    verdict = examine()
    written = AuditRow.objects.get(action="people.add_blood_pressure").sequence
    assert not verdict.whole
    assert verdict.differences == (
        f"blood pressure {pressure.pk} of record H-1 was changed after test wrote it on"
        f" 2 Mar 2026, 12:01 UTC (row {written} of the audit).",
    )


def test_a_deleted_row_is_named(chart: Patient) -> None:
    sql("DELETE FROM people_condition")
    [found] = examine().differences
    assert "of record H-1 was deleted after test wrote it" in found


def test_an_added_row_is_named(chart: Patient) -> None:
    Condition.objects.create(
        patient=chart, text="Epilepsy", status="active", origin="nobody", recorded_at=NOON
    )
    [found] = examine().differences
    assert found.startswith("condition ")
    assert found.endswith(" was added: no action wrote it.")


def test_a_change_through_an_action_is_no_difference(chart: Patient) -> None:
    add_coded(BY, patient=chart, kind="allergy", text="Latex", status="active", now=NOON)
    assert examine().whole


def test_a_digest_that_was_made_to_fit_the_changed_row_is_found(chart: Patient) -> None:
    sql("UPDATE people_bloodpressure SET systolic = 190")
    fitting = BloodPressure.objects.get().digest()
    with lifted(WRITTEN_ROWS):
        sql("UPDATE audit_writtenrow SET digest = %s WHERE \"table\" = %s", fitting,
            "people.BloodPressure")  # fmt: skip
    written = AuditRow.objects.get(action="people.add_blood_pressure").sequence
    assert f"The digests of what row {written} wrote were changed" in str(examine())


def test_digests_that_were_taken_away_are_found(chart: Patient) -> None:
    with lifted(WRITTEN_ROWS):
        sql("DELETE FROM audit_writtenrow")
    assert verify().sequence == 1


@pytest.mark.parametrize("sequence", [0, 900])
def test_digests_that_no_action_left_are_found(chart: Patient, sequence: int) -> None:
    row = Measurement.objects.get()
    WrittenRow.objects.create(
        sequence=sequence, table="people.Measurement", row=row.pk, digest=row.digest()
    )
    assert verify().sequence == sequence


def test_the_first_differences_are_named_and_the_others_counted(chart: Patient) -> None:
    for number in range(MOST_SHOWN + 5):
        Condition.objects.create(
            patient=chart, text=f"{number}", status="active", origin="", recorded_at=NOON
        )
    verdict = examine()
    assert len(verdict.differences) == MOST_SHOWN
    assert str(verdict).endswith("And 5 more.")


def test_rows_of_before_are_taken_over_once_and_watched_from_then_on(clinic_row: Any) -> None:
    """A clinic that an earlier version kept has no digests; what stands is where they begin."""
    Patient.objects.create(family_name="Old", identifier="H-9", registered_at=NOON)
    take_over(BY, NOON)
    assert examine().whole
    sql("UPDATE people_patient SET family_name = 'New'")
    take_over(BY, NOON + timedelta(days=1))
    [found] = examine().differences
    assert found.startswith("patient ")
    assert " was changed after test wrote it on 2 Mar 2026" in found


def test_a_broken_audit_is_told_before_the_tables_are_looked_at(chart: Patient) -> None:
    sql("UPDATE people_bloodpressure SET systolic = 190")
    with lifted(WRITTEN_ROWS):
        sql("DELETE FROM audit_writtenrow")
    assert not examine().compared
