"""Who weighs what holds a start."""

from __future__ import annotations

import pytest
from django.test import Client

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.sessions.models import TreatmentSession
from tests.clinic.sessions.steps import BASELINE, minute, wrote

pytestmark = pytest.mark.django_db

ABOUT = {"hold": "fasting.food", "fact": "09:50", "text": "Food 10 min ago"}
DECISION = {
    "kind": "prescriber_decision", "decision": "go_on", "weighed": [ABOUT],
    "reason": "Clear broth",
}  # fmt: skip


def test_a_nurse_decides_nothing(session: TreatmentSession, bob: User) -> None:
    with pytest.raises(RefusedError, match="Only a prescriber weighs"):
        wrote(bob, session, minute(-5), DECISION)


def test_a_correction_is_no_way_round_it(session: TreatmentSession, bob: User) -> None:
    row = wrote(bob, session, minute(-8), BASELINE)
    correction = {
        "kind": "correction", "corrects": str(row.pk), "reason": "Slip", "replacement": DECISION,
    }  # fmt: skip
    with pytest.raises(RefusedError, match="Only a prescriber weighs"):
        wrote(bob, session, minute(-5), correction)


def test_a_prescriber_weighs_only_what_holds(session: TreatmentSession, alice: User) -> None:
    with pytest.raises(RefusedError, match="does not hold the start"):
        wrote(alice, session, minute(-5), DECISION)


def test_a_character_no_text_can_hold_is_named_also_deep_inside(
    session: TreatmentSession, client: Client, alice: User
) -> None:
    client.force_login(alice)
    about = {**ABOUT, "text": "Food\x00"}
    sent = {
        "id": "01890a5d-ac96-774b-bcce-b302099a8057", "effective_at": "2026-03-02T09:55:00Z",
        "content": {**DECISION, "weighed": [about]},
    }  # fmt: skip
    url = f"/sessions/{session.pk}/entries/"
    answer = client.post(url, sent, content_type="application/json")
    assert answer.status_code == 422
    [problem] = answer.json()["problems"]
    assert problem["field"] == "text"
    assert "hidden character" in problem["say"]
