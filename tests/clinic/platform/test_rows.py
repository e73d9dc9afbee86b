"""A row's digest in the audit is the same when it is read again."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from mooring.clinic.people.models import Measurement
from mooring.clinic.rows import canonical
from mooring.clinic.screening.models import ScreeningDecision

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stored", "read_back"),
    [
        (Decimal("70"), Decimal("70.000")),
        ({"b": 1, "a": [2]}, {"a": [2], "b": 1}),
        (
            datetime(2026, 11, 3, 9, tzinfo=UTC),
            datetime(2026, 11, 3, 10, tzinfo=timezone(timedelta(hours=1))),
        ),
    ],
)
def test_what_a_database_gives_back_otherwise_reads_the_same(stored, read_back):
    assert canonical(stored) == canonical(read_back)


@pytest.mark.parametrize(
    ("one", "other"), [(None, ""), (0, None), (Decimal("3.5"), Decimal("35")), ([1, 2], [2, 1])]
)
def test_what_differs_reads_differently(one, other):
    assert canonical(one) != canonical(other)


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
