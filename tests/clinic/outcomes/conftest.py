"""Pat's course with scores over time, as rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.clinic.outcomes.rows import Told, told

if TYPE_CHECKING:
    from mooring.clinic.accounts.models import User
    from mooring.clinic.people.models import Patient


@pytest.fixture
def story(patient: Patient, alice: User) -> Callable[..., Told]:
    """`story(scores={-2: 20, 1: 9}, infusions=[0])`: days since the first infusion, 40 days ago."""
    return lambda **facts: told(patient, alice, timezone.now(), **facts)
