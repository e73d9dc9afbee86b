"""A course of Pat's, ready for an order: decided and weighed on 3 November, started on the 5th."""

from __future__ import annotations

import pytest

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Course
from mooring.clinic.people.models import Patient
from tests.clinic.courses.steps import decided, started, weighed


@pytest.fixture
def course(patient: Patient, alice: User) -> Course:
    """Pat Marsh's open course."""
    decided(patient, alice)
    weighed(patient)
    return started(patient, alice)
