"""Suicidal thoughts, asked before leaving: the answer is kept, and a yes opens the path."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mooring.clinic.actions import RefusedError
from mooring.clinic.sessions.log import read_view
from mooring.clinic.suicidality.tiers import tier_of
from mooring.clinic.tasks.models import Task
from mooring.core.protocols.suicidality import Tier
from tests.clinic.sessions.steps import planned, recovered, running, signed_order, wrote

pytestmark = pytest.mark.django_db
ASKED = {"kind": "readiness", "criterion": "suicidal_ideation_asked", "met": True}


@pytest.fixture
def session(patient, alice, bob):
    """A session of Pat's in which everything for leaving is met."""
    made = planned(signed_order(patient, alice), bob)
    running(bob, made)
    made.met_at = recovered(bob, made)
    return made


def after(session, minutes=1):
    return session.met_at + timedelta(minutes=minutes)


def open_now(session, at):
    return {blocker.id: blocker.text for blocker in read_view(session, at).leave_blockers}


def test_no_meets_it_and_calls_nobody(session):
    assert open_now(session, after(session)) == {}
    assert not Task.objects.exists()


@pytest.mark.parametrize("answer", ["passive", "active", "plan_or_intent", "declined"])
def test_any_other_answer_calls_somebody_and_stays_open(session, bob, alice, answer):
    row = wrote(bob, session, after(session), {**ASKED, "ideation": answer})
    assert row.detail["ideation"] == answer
    task = Task.objects.get()
    assert (task.owner, task.urgent) == (alice, True)
    assert task.due_at == after(session) + timedelta(hours=1)
    assert "a prescriber decides" in open_now(session, after(session))["suicidal_ideation_asked"]
    assert tier_of(session.course.patient, after(session)).tier is Tier.UNKNOWN


def test_answer_that_comes_by_a_correction_calls_too(session, bob):
    row = session.entries.filter(detail__criterion="suicidal_ideation_asked").get()
    correction = {
        "kind": "correction", "corrects": str(row.pk), "reason": "Said otherwise at the door",
        "replacement": {**ASKED, "ideation": "active"},
    }  # fmt: skip
    wrote(bob, session, after(session), correction)
    assert "active thoughts of suicide" in Task.objects.get().detail


def test_only_a_prescriber_decides_after_it(session, alice, bob):
    decided = {**ASKED, "ideation": "passive", "decided": "Seen; goes home with her brother."}
    with pytest.raises(RefusedError, match="Only a prescriber decides after an answer"):
        wrote(bob, session, after(session), decided)
    wrote(alice, session, after(session), decided)
    assert open_now(session, after(session)) == {}
    assert Task.objects.count() == 1


def test_second_answer_of_the_session_is_added_to_the_task(session, bob):
    wrote(bob, session, after(session), {**ASKED, "ideation": "declined"})
    wrote(bob, session, after(session, 2), {**ASKED, "ideation": "plan_or_intent"})
    detail = Task.objects.get().detail
    assert "declined to answer" in detail
    assert "thoughts with a plan or intent" in detail


def test_met_without_an_answer_stays_open(session, bob):
    wrote(bob, session, after(session), ASKED)
    left = open_now(session, after(session))
    assert "the answer is not recorded" in left["suicidal_ideation_asked"]


def test_bedside_has_a_panel_for_the_answer(signed_in, session, alice):
    page = signed_in(alice).get(f"/sessions/{session.pk}/").content.decode()
    assert 'id="panel-ideation"' in page
    for value in ("no", "passive", "active", "plan_or_intent", "declined"):
        assert f'name="ideation" value="{value}"' in page
