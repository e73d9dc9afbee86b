"""A planned session of Pat's, on 2 March 2026 at 10:00."""

from __future__ import annotations

import pytest

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Order
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession
from tests.clinic.sessions.steps import planned, signed_order
from tests.support.policies import shelf  # noqa: F401


@pytest.fixture
def order(patient: Patient, alice: User) -> Order:
    """35 mg over 40 minutes, signed by the prescriber."""
    return signed_order(patient, alice)


@pytest.fixture
def session(order: Order, bob: User) -> TreatmentSession:
    """The first session under it; nothing is written yet."""
    return planned(order, bob)
