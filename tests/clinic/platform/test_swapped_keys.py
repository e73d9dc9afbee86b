"""A key of another's in a question or a form leads nowhere: it is as if nothing had been said."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.sessions.models import TreatmentSession
from tests.support.cast import patient_record
from tests.support.whole_chart import whole_chart

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(patient, alice, bob) -> dict[str, Any]:
    return whole_chart(patient, alice, bob)


@pytest.fixture
def other(alice, bob) -> dict[str, Any]:
    """The chart of another patient."""
    return whole_chart(patient_record("Reyes", "Paul"), alice, bob)


def test_an_order_of_another_chart_is_not_filled_in(mine, other, alice, signed_in):
    address = reverse("order_new", args=[mine["course_id"]])
    page = signed_in(alice).get(address, {"repeat": other["order_id"]})
    assert page.status_code == 200 and page.context["repeats"] is None


def test_a_session_is_not_planned_under_an_order_of_another_chart(mine, other, bob, signed_in):
    address = reverse("session_new", args=[mine["course_id"]])
    client, before = signed_in(bob), TreatmentSession.objects.count()
    asked = client.get(address, {"order": other["order_id"]}).content.decode()
    assert str(other["order_id"]) not in asked
    at = timezone.localtime(timezone.now() + timedelta(days=1))
    sent = {"order": other["order_id"], "room": "Room 9", "scheduled_at": at.isoformat()}
    assert client.post(address, sent).status_code == 422
    assert TreatmentSession.objects.count() == before


def test_a_step_of_another_ladder_is_not_reviewed(mine, other, alice, signed_in):
    address = reverse("step_review", args=[mine["ladder_id"], other["step_id"]])
    assert signed_in(alice).get(address).status_code == 404


def test_a_patient_starts_nobody_else_s_scale(mine, other, pat, signed_in):
    client = signed_in(pat)
    own = client.post(reverse("own_start", args=[mine["assignment_id"]]))
    assert own.status_code == 302
    theirs = client.post(reverse("own_start", args=[other["assignment_id"]]))
    nothing = client.post(reverse("own_start", args=["0190a000-0000-7000-8000-00000000dead"]))
    assert (theirs.status_code, nothing.status_code) == (404, 404)
    # Nothing but the forms' own tokens, which differ on every page.
    same = [
        re.sub(rb"[A-Za-z0-9]{64}|[0-9a-f-]{36}", b"", answer.content)
        for answer in (theirs, nothing)
    ]
    assert same[0] == same[1], "another's is the same as what is not there"


def test_a_link_answers_for_its_own_patient_whoever_is_signed_in(mine, other, pat, signed_in):
    """The key of a link is its token: a patient who is signed in does not make it hers."""
    client = signed_in(pat)
    start = reverse("answer", args=[other["token"]])
    assert client.get(start).status_code == 200
    client.post(start)
    asked = Assignment.objects.get(pk=other["assignment_id"])
    assert not Response.objects.filter(assignment__patient=pat.patient, assignment=asked).exists()


def test_a_link_that_is_over_or_made_up_opens_nothing(mine, client):
    asked = Assignment.objects.get(pk=mine["assignment_id"])
    asked.cancelled_at = timezone.now()
    asked.save(update_fields=["cancelled_at"])
    assert client.get(reverse("answer", args=[mine["token"]])).status_code == 410
    assert client.get(reverse("answer", args=[mine["token"][::-1]])).status_code == 404


def test_the_stream_of_a_session_follows_the_chart_s_door(mine, ray, signed_in):
    topic = {"topic": f"session:{mine['session_id']}"}
    assert signed_in(ray).get(reverse("stream"), topic).status_code == 403
