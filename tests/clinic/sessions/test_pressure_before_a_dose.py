"""The pressure before a dose: the diastolic holds too, and esketamine's is weighed at the chair."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Order
from mooring.clinic.sessions import screen
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.nasal import NasalDeviceOrder
from mooring.core.drugs.products import NasalDevice, product
from tests.clinic.sessions.steps import BASELINE, CHECK_IN, PUMP, START, minute, planned, wrote
from tests.clinic.sessions.test_doses_at_the_bedside import another

pytestmark = pytest.mark.django_db

FIRST_DEVICE = {"kind": "dose_given", "step": 1, "amount_mg": "28"}


def arrives(by: User, session: TreatmentSession, systolic: int, diastolic: int) -> None:
    reading = {**BASELINE, "systolic": systolic, "diastolic": diastolic}
    wrote(by, session, minute(-15), CHECK_IN)
    wrote(by, session, minute(-10), reading)
    wrote(by, session, minute(-5), reading)


@pytest.fixture
def devices(order: Order, bob: User) -> TreatmentSession:
    """A session of two esketamine devices, whose patient has 152/94."""
    device = product("esketamine_nasal_device_28")
    assert isinstance(device, NasalDevice)
    session = planned(another(order, NasalDeviceOrder(device, 2, None)), bob)
    arrives(bob, session, 152, 94)
    return session


def to_weigh(session: TreatmentSession) -> dict[str, Any]:
    """What the panel of a decision opens with, at the first thing that a prescriber may open."""
    tasks = screen.live(session, START)["start"]
    found: dict[str, Any] = json.loads(next(task.weigh for task in tasks if task.weigh))
    return {"weighed": found["weighed"]}


def test_an_infusion_is_not_started_at_a_diastolic_of_110(
    session: TreatmentSession, bob: User
) -> None:
    arrives(bob, session, 150, 110)
    with pytest.raises(RefusedError, match="Diastolic blood pressure 110 is 110 mmHg or more"):
        wrote(bob, session, minute(0), PUMP)


def test_esketamine_above_140_over_90_is_not_given_on_a_nurses_word(
    devices: TreatmentSession, bob: User
) -> None:
    with pytest.raises(RefusedError, match="A prescriber weighs it before the dose"):
        wrote(bob, devices, minute(0), FIRST_DEVICE)
    decision = {
        "kind": "prescriber_decision", "decision": "go_on", "reason": "Calm", **to_weigh(devices),
    }  # fmt: skip
    with pytest.raises(RefusedError, match="Only a prescriber weighs"):
        wrote(bob, devices, minute(-1), decision)


def test_a_prescribers_decision_at_the_chair_opens_the_dose_and_stays_in_the_record(
    client: Client, devices: TreatmentSession, alice: User, bob: User
) -> None:
    decision = {
        "kind": "prescriber_decision", "decision": "go_on", "reason": "148/92 at home for a year",
        **to_weigh(devices),
    }  # fmt: skip
    wrote(alice, devices, minute(-1), decision)
    wrote(bob, devices, minute(0), FIRST_DEVICE)
    client.force_login(bob)
    page = client.get(f"/sessions/{devices.pk}/record/").content.decode()
    assert "Prescriber weighed and goes on: Blood pressure 152/94" in page
    assert "148/92 at home for a year" in page


def test_the_page_names_the_pressure_and_who_opens_it(
    client: Client, devices: TreatmentSession, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mooring.clinic.sessions.views.now", lambda: START)
    client.force_login(bob)
    page = client.get(f"/sessions/{devices.pk}/").content.decode()
    assert "Blood pressure 152/94: systolic above 140 mmHg, diastolic above 90 mmHg" in page
    assert "or a prescriber decides" in page
