"""A tier on the chart: who enters it, what it opens, what overtakes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.record import read_record
from mooring.clinic.screening.actions import answer as answer_screening
from mooring.clinic.suicidality.actions import enter_tier, screen, write_plan
from mooring.clinic.suicidality.models import SafetyPlan, TierEntry
from mooring.clinic.suicidality.tiers import tier_of
from mooring.clinic.tasks.models import Task
from mooring.core.protocols.suicidality import Tier
from tests.clinic.courses.steps import acting
from tests.clinic.measures.steps import command_line

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NO = {"cssrs.1": False, "cssrs.2": False, "cssrs.6": False}


@pytest.fixture
def now():
    return timezone.now()


def test_without_an_entry_the_tier_is_unknown_and_says_so(patient, now):
    assert tier_of(patient, now).in_words == "unknown: no tier was entered yet"


def test_a_tier_counts_from_its_own_moment_on(enter, bob, patient, now):
    """A start that is charted late is judged by what was known at its time."""
    enter(bob, "low", now=now - DAY)
    enter(bob, "high", now=now)
    answer_screening(
        acting(bob), patient=patient, question="suicidality", value="moderate", now=now + DAY
    )
    told = [tier_of(patient, moment).tier for moment in (now - 2 * DAY, now - DAY, now, now + DAY)]
    assert told == [Tier.UNKNOWN, Tier.LOW, Tier.HIGH, Tier.MODERATE]


@pytest.mark.parametrize(
    ("tier", "hours"), [("high", 1), ("moderate", 4), ("low", None), ("none", None)]
)
def test_high_and_moderate_open_a_task_for_the_same_day(enter, bob, alice, now, tier, hours):
    enter(bob, tier, now=now)
    tasks = list(Task.objects.all())
    assert [task.due_at - now for task in tasks] == ([timedelta(hours=hours)] if hours else [])
    assert all(task.urgent and task.owner == alice for task in tasks)


def test_entry_keeps_who_when_why_and_the_policy(enter, bob, patient, now):
    row = enter(bob, "low", reasons=" A wish to be dead, no more. ", now=now)
    assert (row.entered_by, row.entered_at, row.basis) == (bob, now, "judgement")
    assert (row.reasons, row.policy) == ("A wish to be dead, no more.", "suicidality_triage 1")
    assert AuditRow.objects.get(action="suicidality.enter_tier").patient == patient.id
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        TierEntry.objects.filter(pk=row.pk).update(tier="none")


@pytest.mark.parametrize(
    ("facts", "says"),
    [({"tier": "severe"}, "Choose a tier"), ({"reasons": " "}, "Say what the tier rests on")],
)
def test_tier_needs_its_reasons(patient, bob, now, facts, says):
    given = {"tier": "low", "reasons": "Asked.", **facts}
    with pytest.raises(RefusedError, match=says):
        enter_tier(acting(bob), patient=patient, now=now, **given)


def test_only_people_in_care_enter_one_under_their_own_name(patient, olga, pat, now):
    for person in (olga, pat):
        with pytest.raises(PermissionDenied):
            enter_tier(acting(person), patient=patient, tier="low", reasons="x", now=now)
    with pytest.raises(RefusedError, match="name of a person"):
        enter_tier(command_line(), patient=patient, tier="low", reasons="x", now=now)


def test_screener_leads_to_its_tier_with_the_answers_kept(patient, bob, now):
    answers = {**NO, "cssrs.6": True, "cssrs.6.recent": True}
    row = screen(acting(bob), patient=patient, answers=answers, now=now)
    assert (row.tier, row.basis, row.answers) == ("high", "screener", answers)
    assert "last three months" in row.reasons


def test_declined_question_makes_it_at_least(patient, bob, now):
    screen(acting(bob), patient=patient, answers={**NO, "cssrs.1": True, "cssrs.6": None}, now=now)
    assert tier_of(patient, now).in_words == "at least low"


def test_answers_that_do_not_follow_the_skip_logic_are_refused_by_question(patient, bob, now):
    with pytest.raises(RefusedError, match=r"cssrs\.3: it is not asked"):
        screen(acting(bob), patient=patient, answers={**NO, "cssrs.3": True}, now=now)


def test_tier_settles_the_screening_question_as_well(enter, bob, patient, now):
    enter(bob, "moderate", now=now)
    assert read_record(patient, now.date()).answers["suicidality"].value == "moderate"


def test_later_screening_answer_is_the_tier_that_counts(enter, bob, patient, now):
    enter(bob, "high", now=now - DAY)
    answer_screening(
        acting(bob), patient=patient, question="suicidality", value="low", now=now - DAY / 2
    )
    assert tier_of(patient, now).tier is Tier.LOW


def plan(by, patient, now, **more):
    facts = {
        "warning_signs": "I stop answering the phone.",
        "whom_to_call": "Jo, 555 0101",
        "review_on": (now + 14 * DAY).date(),
        **more,
    }
    return write_plan(acting(by), patient=patient, now=now, **facts)


def test_safety_plan_shows_on_the_chart_and_to_the_patient(signed_in, bob, pat, patient, now):
    plan(bob, patient, now)
    chart = signed_in(bob).get(f"/patients/{patient.pk}/suicidality/").content.decode()
    assert "I stop answering the phone." in chart
    assert "looked at again on" in chart
    own = signed_in(pat).get("/scales/mine/").content.decode()
    assert "Your safety plan" in own
    assert "Jo, 555 0101" in own


def test_safety_plan_past_its_review_shows_as_overdue(signed_in, bob, patient, now):
    plan(bob, patient, now - 20 * DAY, review_on=(now - 3 * DAY).date())
    for address in (f"/patients/{patient.pk}/suicidality/", f"/patients/{patient.pk}/"):
        assert "review overdue since" in signed_in(bob).get(address).content.decode()


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"warning_signs": " "}, "warning_signs"), ({"whom_to_call": ""}, "whom_to_call")],
)
def test_safety_plan_says_enough(bob, patient, now, facts, field):
    with pytest.raises(RefusedError) as refused:
        plan(bob, patient, now, **facts)
    assert refused.value.field == field
    with pytest.raises(RefusedError, match="on a later day"):
        plan(bob, patient, now, review_on=now.date())
    assert not SafetyPlan.objects.exists()


@pytest.mark.parametrize("tier", ["moderate", "high"])
def test_tier_answered_in_the_interview_calls_somebody_the_same_day(
    signed_in, patient, alice, bob, tier
):
    address = f"/screening/{patient.pk}/interview/"
    for _ in range(2):
        signed_in(bob).post(address, {"answer.suicidality": tier, "answer.stroke": "no"})
    task = Task.objects.get()
    assert (task.owner, task.urgent) == (alice, True)
    assert task.title == f"Suicidality tier {tier}: see or call today"
    assert "Answered in the screening interview by B. Okafor, without reasons" in task.detail


@pytest.mark.parametrize("tier", ["none", "low", "not-obtainable"])
def test_other_answers_of_the_interview_call_nobody(signed_in, patient, alice, bob, tier):
    answers = {"answer.suicidality": tier, "detail.suicidality.not-obtainable": "left the room"}
    signed_in(bob).post(f"/screening/{patient.pk}/interview/", answers)
    assert not Task.objects.exists()


def test_tier_with_reasons_opens_one_task_and_not_a_second_for_its_answer(
    enter, patient, alice, bob, now
):
    enter(bob, "high", now=now)
    assert Task.objects.filter(kind="suicidality_tier").count() == 1


def test_page_says_that_an_answer_without_reasons_opens_nothing_yet(signed_in, patient, alice, bob):
    signed_in(bob).post(f"/screening/{patient.pk}/interview/", {"answer.suicidality": "high"})
    page = signed_in(alice).get(f"/patients/{patient.pk}/suicidality/").content.decode()
    assert "Answered in the screening interview" in page
    assert "Open what the tier holds" not in page
