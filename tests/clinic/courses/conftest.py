"""A course of Pat's, ready for an order: decided and weighed on 3 November, started on the 5th."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Course
from mooring.clinic.people.models import Patient
from tests.clinic.courses.steps import decided, started, weighed
from tests.support.policies import shelf  # noqa: F401


@pytest.fixture
def course(patient: Patient, alice: User) -> Course:
    """Pat Marsh's open course."""
    decided(patient, alice)
    weighed(patient)
    return started(patient, alice)


@pytest.fixture
def today(patient: Patient, alice: User) -> Course:
    """Pat's course, decided and weighed yesterday: pages take the time from the clock."""
    now = timezone.now()
    decided(patient, alice, at=now)
    weighed(patient, at=now - timedelta(days=1))
    return started(patient, alice, now=now)


@pytest.fixture
def prescriber(signed_in: Callable[[User], Client], alice: User) -> Client:
    """Alice's browser."""
    return signed_in(alice)
