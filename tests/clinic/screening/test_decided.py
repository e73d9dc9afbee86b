"""A decision holds for what it was decided on: the chart changes, and treatment waits.

The same function answers on Today, on the order page, at the start of a course and of a session.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.people import actions as people
from mooring.clinic.screening import actions as screening
from mooring.clinic.screening.decided import standing
from mooring.clinic.screening.models import Decision
from mooring.clinic.screening.standing import fingerprint, screen
from mooring.clinic.sessions.holds import start_holds
from mooring.clinic.sessions.log import read_view
from mooring.clinic.today.readiness import checks
from tests.clinic.courses.steps import signed, started
from tests.clinic.screening.steps import actor, answered, measured, shown
from tests.clinic.sessions.steps import PUMP, planned, ready_to_start, wrote
from tests.support.behind import update_behind

CHANGES = {
    "a ketamine anaphylaxis": ("allergy", "Anaphylaxis to ketamine", "Allergic reaction"),
    "a schizophrenia": ("condition", "Schizophrenia", "Psychosis in the history"),
    "an aneurysm": ("condition", "Cerebral aneurysm", "Aneurysm"),
    "an opioid": ("medication", "Oxycodone 10 mg", "Opioid"),
}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def course(patient, alice, bob, now):
    """Screened by the whole interview, decided, a course started: nothing holds."""
    measured(patient)
    answered(patient, bob)
    decide(patient, alice, now)
    return started(patient, alice, now=now)


def decide(patient, alice, now, decision=Decision.PROCEED):
    seen = fingerprint(screen(patient, now.date()))
    facts = {"decision": decision, "reason": "Discussed.", "seen": seen, "now": now}
    return screening.decide(actor(alice), patient=patient, **facts)


def charted(patient, bob, kind, text, now):
    facts = {"patient": patient, "kind": kind, "text": text, "status": "active", "now": now}
    return people.add_coded(actor(bob), **facts)


def check_of(session, now):
    """What Today says of screening: state, words."""
    session.refresh_from_db()
    found = {each.id: each for each in checks(session, read_view(session, now))}
    return found["screening"].state, found["screening"].text


def test_while_the_chart_is_as_decided_nothing_holds(course, alice, bob, now):
    session = planned(signed(course, alice, now=now), bob, at=now)
    assert standing(course.patient, now.date()).holds == []
    assert check_of(session, now) == ("met", "screening decided")


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_charted_after_the_decision_holds_today_order_and_start(
    course, alice, bob, signed_in, now, change
):
    kind, text, title = CHANGES[change]
    order = signed(course, alice, now=now)
    session = planned(order, bob, at=now)
    charted(course.patient, bob, kind, text, now)

    state, words = check_of(session, now)
    assert state == "block"
    assert words.startswith("screening: look again, new: ") and title in words

    page = signed_in(alice).get(reverse("order_new", args=[course.pk])).content.decode()
    assert "On hold" in page and text in page
    with pytest.raises(RefusedError, match=text):
        signed(course, alice, now=now, dose="0.4")

    (hold,) = start_holds(order, now)
    assert text in hold.text
    assert hold.url == reverse("screening", args=[course.patient.pk])
    ready_to_start(bob, session, now)
    with pytest.raises(RefusedError, match=text):
        wrote(bob, session, now, PUMP)


def test_the_order_preview_does_not_speak_of_bounds_without_the_hold(
    course, alice, bob, signed_in, now
):
    charted(course.patient, bob, "allergy", "Anaphylaxis to ketamine", now)
    typed = {"dose": "0.5", "unit": "mg/kg", "minutes": "40", "line": "10"}
    answer = signed_in(alice).post(reverse("order_preview", args=[course.pk]), typed)
    told = answer.content.decode()
    assert "On hold" in told and "Anaphylaxis to ketamine" in told
    assert " signable" not in told


def test_the_bedside_says_the_hold_with_a_way_to_settle_it(course, alice, bob, signed_in, now):
    session = planned(signed(course, alice, now=now), bob, at=now)
    charted(course.patient, bob, "condition", "Schizophrenia", now)
    told = signed_in(bob).get(reverse("session", args=[session.pk])).content.decode()
    assert "Schizophrenia" in told
    assert f'href="{reverse("screening", args=[course.patient.pk])}"' in told
    assert "Look again" in told


def test_a_new_decision_on_the_new_findings_lifts_the_hold(course, alice, bob, now):
    charted(course.patient, bob, "condition", "Schizophrenia", now)
    assert standing(course.patient, now.date()).suspended
    decide(course.patient, alice, now)
    stands = standing(course.patient, now.date())
    assert (stands.suspended, stands.holds) == (False, [])


def test_a_later_decision_against_treatment_holds_the_start_as_well(course, alice, bob, now):
    order = signed(course, alice, now=now)
    decide(course.patient, alice, now + timedelta(minutes=1), Decision.DECLINE)
    (hold,) = start_holds(order, now)
    assert "Not this treatment" in hold.text


def test_an_answer_that_changes_suspends_and_one_that_stays_does_not(course, bob, now):
    answered(course.patient, bob)
    assert not standing(course.patient, now.date()).suspended
    answered(course.patient, bob, psychosis="past")
    (new,) = standing(course.patient, now.date()).new
    assert new.finding.rule == "psychosis-history"


def test_no_course_starts_on_a_suspended_decision(course, alice, bob, signed_in, now):
    course.ended_at, course.end_reason = now, "Moved."
    course.save()
    charted(course.patient, bob, "condition", "Schizophrenia", now)
    page = signed_in(alice).get(reverse("course_new", args=[course.patient.pk])).content.decode()
    assert "Schizophrenia" in page
    with pytest.raises(RefusedError, match="Schizophrenia"):
        started(course.patient, alice, now=now)


def test_the_screening_page_shows_what_is_new_first(course, alice, bob, signed_in, now):
    charted(course.patient, bob, "condition", "Schizophrenia", now)
    told = shown(signed_in(alice), course.patient)
    assert "New since the decision" in told
    assert told.index("New since the decision") < told.index("Needs evaluation")


def test_a_decision_of_an_older_build_is_held_against_the_findings_it_kept(course, bob, now):
    """Rows of builds before this one kept their findings without origins; none is rewritten."""
    patient = course.patient
    charted(patient, bob, "condition", "Schizophrenia", now)
    kept = [
        {
            "rule": each.rule,
            "tier": each.tier.value,
            "triggers": [{"source": t.source, "text": t.text} for t in each.triggers],
        }
        for each in screen(patient, now.date()).findings
    ]
    update_behind(patient.decisions.all(), findings=kept, policy_version="1")
    assert not standing(patient, now.date()).suspended
    charted(patient, bob, "allergy", "Ketamine", now)
    (new,) = standing(patient, now.date()).new
    assert new.finding.rule == "ketamine-allergy"


def look_again_tasks(patient):
    return patient.tasks.filter(kind="screening_look_again", closed_at=None)


def test_the_prescriber_who_decided_gets_one_task_and_the_next_decision_closes_it(
    course, alice, bob, now
):
    charted(course.patient, bob, "condition", "Schizophrenia", now)
    charted(course.patient, bob, "allergy", "Anaphylaxis to ketamine", now)
    (task,) = look_again_tasks(course.patient)
    assert task.owner == alice
    assert "Schizophrenia" in task.detail and "Anaphylaxis to ketamine" in task.detail
    decide(course.patient, alice, now + timedelta(minutes=1))
    task.refresh_from_db()
    assert task.closed_by == alice
    charted(course.patient, bob, "condition", "Cerebral aneurysm", now + timedelta(minutes=2))
    assert look_again_tasks(course.patient).count() == 1


def test_an_entry_of_which_no_rule_speaks_opens_no_task(course, bob, now):
    charted(course.patient, bob, "condition", "Hay fever", now)
    assert not look_again_tasks(course.patient).exists()


def test_a_session_that_runs_shows_what_is_new_and_goes_on(course, alice, bob, signed_in, now):
    start = now - timedelta(minutes=5)
    session = planned(signed(course, alice, now=start, line="1"), bob, at=start)
    ready_to_start(bob, session, start)
    wrote(bob, session, start, PUMP)
    charted(course.patient, bob, "condition", "Schizophrenia", now)
    told = signed_in(bob).get(reverse("session", args=[session.pk])).content.decode()
    assert "New in the chart since the decision" in told and "Schizophrenia" in told
    assert read_view(session, now).phase == "infusing"
    measured_now = {"kind": "reading", "systolic": 130, "diastolic": 80}
    wrote(bob, session, now, measured_now)


def test_orders_and_sessions_show_allergies_weight_with_its_age_and_findings(
    course, alice, bob, signed_in, now
):
    session = planned(signed(course, alice, now=now), bob, at=now)
    charted(course.patient, bob, "allergy", "Penicillin", now)
    charted(course.patient, bob, "condition", "Schizophrenia", now)
    pages = (
        (bob, reverse("session", args=[session.pk])),
        (alice, reverse("order_new", args=[course.pk])),
        (alice, reverse("order", args=[session.order_id])),
    )
    for person, address in pages:
        told = signed_in(person).get(address).content.decode()
        assert "Penicillin" in told, address
        assert "70 kg" in told and "0 days ago" in told, address
        assert "Psychosis in the history" in told, address


def test_what_was_answered_too_long_ago_is_due_and_shown_and_holds_nothing(course, alice, bob, now):
    session = planned(signed(course, alice, now=now), bob, at=now)
    later = now + timedelta(days=15)
    assert start_holds(session.order, later) == []
    state, words = check_of(session, later)
    assert state == "due" and "Suicidality tier" in words


def test_an_answer_of_not_known_holds_until_it_is_known(course, alice, bob, now):
    order = signed(course, alice, now=now)
    patient = course.patient
    answer = {"question": "pregnancy", "now": now + timedelta(minutes=1)}
    screening.answer(actor(bob), patient=patient, value="not-known", **answer)
    (hold,) = start_holds(order, now)
    assert hold.text.startswith("Pregnancy not known")
    assert hold.url.endswith("#q-pregnancy")
