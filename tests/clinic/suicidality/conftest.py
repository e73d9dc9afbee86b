"""Pat, screened, with nothing about suicidality on the chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.clinic.courses.steps import acting

if TYPE_CHECKING:
    from mooring.clinic.accounts.models import User
    from mooring.clinic.people.models import Patient
    from mooring.clinic.suicidality.models import TierEntry

Enter = Callable[..., "TierEntry"]


@pytest.fixture
def enter(patient: Patient) -> Enter:
    """`enter(bob, "high")` puts a tier on Pat's chart, now unless `now` says otherwise."""
    from mooring.clinic.suicidality.actions import enter_tier

    def entered(by: User, tier: str, **more: Any) -> TierEntry:
        facts = {"reasons": "Asked and listened to.", "now": timezone.now(), **more}
        return enter_tier(acting(by), patient=patient, tier=tier, **facts)

    return entered
