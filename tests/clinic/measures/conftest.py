"""Alice's course for Pat, with one session planned at noon on 2 March 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.clinic.measures.steps import command_line
from tests.support.clinical import NOON, session_for

if TYPE_CHECKING:
    from mooring.clinic.accounts.models import User
    from mooring.clinic.courses.models import Course
    from mooring.clinic.measures.models import Assignment
    from mooring.clinic.people.models import Patient
    from mooring.clinic.sessions.models import TreatmentSession


@pytest.fixture
def session(patient: Patient, alice: User) -> TreatmentSession:
    """Pat's first session, not held yet."""
    return session_for(patient, alice)


@pytest.fixture
def course(session: TreatmentSession) -> Course:
    """Pat's course; A. Lindqvist prescribes."""
    return session.course


@pytest.fixture
def baseline(course: Course) -> Assignment:
    """The scale before the first session, asked at noon; `baseline.token` opens it."""
    from mooring.clinic.measures.actions import plan_baseline

    return plan_baseline(command_line(), course=course, now=NOON)
