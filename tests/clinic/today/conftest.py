"""A day with one session of Pat's in it: everything is dated from the clock that pages read."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession
from tests.clinic.courses.steps import decided, signed, started, weighed
from tests.clinic.sessions.steps import planned


@pytest.fixture
def now() -> datetime:
    """The clinic's noon of today, so that hours before and after it fall on the same day."""
    here = timezone.now().astimezone(ZoneInfo("Europe/London"))
    return here.replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def course(patient: Patient, alice: User, now: datetime) -> Course:
    """Decided and weighed a week ago."""
    week_ago = now - timedelta(days=7)
    decided(patient, alice, at=week_ago)
    weighed(patient, at=week_ago)
    return started(patient, alice, now=week_ago)


@pytest.fixture
def order(course: Course, alice: User, now: datetime) -> Order:
    """The worked example at 1 mg/mL, which the pump of the tests holds, signed a week ago."""
    return signed(course, alice, now=now - timedelta(days=7), line="1")


@pytest.fixture
def session(order: Order, bob: User, now: datetime) -> TreatmentSession:
    """Planned for one hour after noon, in Room 2."""
    return planned(order, bob, at=now + timedelta(hours=1))
