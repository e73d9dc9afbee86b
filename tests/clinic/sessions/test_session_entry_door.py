"""The door through which a device sends entries: what it answers, and to whom."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import uuid_utils.compat
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring.clinic.accounts.models import User
from mooring.clinic.sessions import wire
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from tests.clinic.sessions.steps import BASELINE

pytestmark = pytest.mark.django_db

Door = Callable[..., HttpResponse]
SignedIn = Callable[[User], Client]


def entry(content: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """An entry as a device sends it, of this moment."""
    facts = {
        "id": str(uuid_utils.compat.uuid7()),
        "effective_at": timezone.now().isoformat(),
        "content": content or BASELINE,
    }
    return {**facts, **more}


def send(client: Client, session: TreatmentSession, body: Any) -> HttpResponse:
    """Post a body, as JSON unless it is text already."""
    url = reverse("session_entry", args=[session.pk])
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(url, text, content_type="application/json")


@pytest.fixture
def nurse(signed_in: SignedIn, bob: User) -> Client:
    """Bob's tablet."""
    return signed_in(bob)


def test_a_new_entry_is_answered_with_its_number(nurse: Client, session: TreatmentSession) -> None:
    answer = send(nurse, session, entry())
    assert (answer.status_code, answer.json()) == (201, {"sequence": 1})


def test_an_entry_sent_again_is_answered_as_the_first_time(
    nurse: Client, session: TreatmentSession
) -> None:
    sent = entry()
    send(nurse, session, sent)
    send(nurse, session, entry())
    answer = send(nurse, session, sent)
    assert (answer.status_code, answer.json()) == (200, {"sequence": 1})
    assert SessionEntry.objects.count() == 2


def test_another_entry_under_a_stored_id_is_refused(
    nurse: Client, session: TreatmentSession
) -> None:
    sent = entry()
    send(nurse, session, sent)
    answer = send(nurse, session, {**sent, "content": {**BASELINE, "systolic": 121}})
    assert answer.status_code == 409
    assert "new id" in answer.json()["reasons"][0]


def test_what_cannot_stand_is_refused_with_every_reason(
    nurse: Client, session: TreatmentSession
) -> None:
    pump = {
        "kind": "infusion_start", "rate_mg_per_minute": "0.875", "drawn_up_mg": "35",
        "concentration_mg_per_ml": "1",
    }  # fmt: skip
    answer = send(nurse, session, entry(pump))
    assert answer.status_code == 409
    assert "Check-in is not done" in answer.json()["reasons"]
    assert len(answer.json()["reasons"]) > 3


@pytest.mark.parametrize(
    ("body", "field", "say"),
    [
        ("", "body", "must be one JSON object"),
        ("[]", "body", "must be an object"),
        ("[" * 5000, "body", "must be one JSON object"),
        (b"\xff\xfe", "body", "must be one JSON object"),
        (entry(effective_at="2026-03-02T10:00:00"), "effective_at", "must carry its offset"),
        (entry(effective_at="yesterday"), "effective_at", "must be a time"),
        (entry(effective_at=None), "effective_at", "must be a time"),
        (entry(effective_at="0001-01-01T00:00:00+14:00"), "effective_at", "check the year"),
        (entry(id="7"), "id", "must be a UUID"),
        (entry(by="bob"), "by", "is not known here"),
        (entry({"kind": "vibes"}), "content", "kind must be one of"),
        (entry({"systolic": 120}), "content", "needs its kind"),
        (entry({**BASELINE, "systolic": 400}), "systolic", "must be 300 or less"),
        (entry({**BASELINE, "systolic": True}), "systolic", "must be a whole number"),
        (entry({**BASELINE, "systolic": "120"}), "systolic", "must be a whole number"),
        (entry({**BASELINE, "systolic": 70}), "systolic", "must be higher than the diastolic"),
        (entry({**BASELINE, "diastolic": None}), "diastolic", "a blood pressure needs both"),
        (entry({"kind": "reading"}), "reading", "enter at least one"),
        (entry({"kind": "sedation", "moaas": 6}), "moaas", "must be 5 or less"),
        (entry({"kind": "note", "text": ""}), "text", "must not be empty"),
        (entry({"kind": "note", "text": "a\x00b"}), "text", "holds a hidden character"),
        (entry({"kind": "note", "text": "x" * 2001}), "text", "at most 2000"),
        (entry({"kind": "readiness", "criterion": "oriented", "met": "yes"}), "met", "true or"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_field_by_field(
    nurse: Client, session: TreatmentSession, body: Any, field: str, say: str
) -> None:
    answer = send(nurse, session, body)
    assert answer.status_code == 422
    assert [p for p in answer.json()["problems"] if p["field"] == field and say in p["say"]]
    assert SessionEntry.objects.count() == 0


def test_every_problem_is_named_at_once(nurse: Client, session: TreatmentSession) -> None:
    answer = send(nurse, session, entry({**BASELINE, "spo2": 101, "heart_rate": 305}, id="7"))
    fields = {problem["field"] for problem in answer.json()["problems"]}
    assert fields == {"id", "spo2", "heart_rate"}


def test_the_answers_never_call_the_nurse_wrong(nurse: Client, session: TreatmentSession) -> None:
    for body in ("{", entry({**BASELINE, "spo2": "x"}), entry(effective_at=[])):
        said = send(nurse, session, body).content.decode().lower()
        assert "error" not in said
        assert "invalid" not in said


def test_nobody_writes_in_anothers_name_on_a_shared_tablet(
    nurse: Client, session: TreatmentSession, alice: User, bob: User
) -> None:
    url = reverse("session_entry", args=[session.pk])
    body, kind = json.dumps(entry()), "application/json"
    answer = nurse.post(url, body, content_type=kind, headers={"X-Mooring-By": str(alice.pk)})
    assert answer.status_code == 412
    assert SessionEntry.objects.count() == 0
    answer = nurse.post(url, body, content_type=kind, headers={"X-Mooring-By": str(bob.pk)})
    assert answer.status_code == 201


def test_the_future_is_refused(nurse: Client, session: TreatmentSession) -> None:
    later = (timezone.now() + timedelta(minutes=5)).isoformat()
    answer = send(nurse, session, entry(effective_at=later))
    assert answer.status_code == 409
    assert "future" in answer.json()["reasons"][0]


def test_an_unknown_session_is_not_found(nurse: Client, session: TreatmentSession) -> None:
    session.pk = uuid_utils.compat.uuid7()
    assert send(nurse, session, entry()).status_code == 404


def test_it_is_a_door_for_posting_only(nurse: Client, session: TreatmentSession) -> None:
    assert nurse.get(reverse("session_entry", args=[session.pk])).status_code == 405


@pytest.mark.parametrize("name", ["charlie", "tara", "olga", "audrey", "ray", "pat"])
def test_it_is_closed_to_everyone_else(
    session: TreatmentSession, signed_in: SignedIn, name: str, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(name))
    assert send(client, session, entry()).status_code == 403
    assert SessionEntry.objects.count() == 0


def test_who_is_not_signed_in_is_sent_to_sign_in(session: TreatmentSession) -> None:
    answer = send(Client(), session, entry())
    assert answer.status_code == 302
    assert SessionEntry.objects.count() == 0


def test_a_request_without_the_token_is_not_taken(session: TreatmentSession, bob: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert send(client, session, entry()).status_code == 403
    assert SessionEntry.objects.count() == 0


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(json_values | st.fixed_dictionaries({"id": json_values, "content": json_values}))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_sent_is_read_or_answered_in_words(value: Any) -> None:
    try:
        wire.read(json.dumps(value).encode())
    except wire.ProblemsError as unread:
        assert unread.problems
        assert all(problem.say for problem in unread.problems)
