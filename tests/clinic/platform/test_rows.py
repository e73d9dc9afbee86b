"""A row's digest in the audit is the same when it is read again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db import models

from mooring.clinic.people.models import Measurement
from mooring.clinic.rows import Row, canonical
from mooring.clinic.screening.models import ScreeningDecision

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def field(model: type[Row], name: str) -> models.Field[Any, Any]:
    return model._meta.get_field(name)


@pytest.mark.parametrize(
    ("model", "name", "stored", "read_back"),
    [
        (Measurement, "value", Decimal("70"), Decimal("70.000")),
        (Measurement, "value", Decimal("70.12345"), Decimal("70.123")),
        (ScreeningDecision, "findings", {"b": 1, "a": [2]}, {"a": [2], "b": 1}),
        (ScreeningDecision, "findings", [(1, 2)], [[1, 2]]),
        (
            Measurement,
            "taken_at",
            datetime(2026, 11, 3, 9, tzinfo=UTC),
            datetime(2026, 11, 3, 10, tzinfo=timezone(timedelta(hours=1))),
        ),
    ],
)
def test_what_a_database_gives_back_otherwise_reads_the_same(model, name, stored, read_back):
    of = field(model, name)
    assert canonical(stored, of) == canonical(read_back, of)


@pytest.mark.parametrize(
    ("model", "name", "one", "other"),
    [
        (Measurement, "value", Decimal("3.5"), Decimal("35")),
        (Measurement, "unit", "kg", "lb"),
        (ScreeningDecision, "findings", [1, 2], [2, 1]),
        (ScreeningDecision, "override", True, False),
    ],
)
def test_what_differs_reads_differently(model, name, one, other):
    assert canonical(one, field(model, name)) != canonical(other, field(model, name))


def test_a_column_that_a_later_version_adds_changes_no_digest_until_it_says_something(patient):
    """Columns that hold nothing, or their default, are not in it."""
    row = Measurement(patient=patient, code="weight", value=1, unit="kg", taken_at=NOW, origin="",
                      recorded_at=NOW)  # fmt: skip
    before = row.digest()
    row.withdrawn_at, row.withdrawn_why, row.checked_again = None, "", False
    assert row.digest() == before
    row.checked_again = True
    assert row.digest() != before


def test_a_measurement_has_the_same_digest_when_read_again(patient):
    row = Measurement.objects.create(
        patient=patient,
        code="weight",
        value=Decimal("70"),
        unit="kg",
        taken_at=NOW,
        origin="entered by hand",
        recorded_at=NOW,
    )
    assert Measurement.objects.get(pk=row.pk).digest() == row.digest()


def test_a_decision_has_the_same_digest_when_read_again(patient, alice):
    row = ScreeningDecision.objects.create(
        patient=patient,
        policy="iv_ketamine",
        policy_version="1",
        findings=[{"tier": "block", "rule": "pregnant", "claims": ["S4.32"]}],
        verdict="Cannot start",
        decision="decline",
        reason="Pregnant",
        override=False,
        decided_by=alice,
        decided_at=NOW,
    )
    assert ScreeningDecision.objects.get(pk=row.pk).digest() == row.digest()
