"""What is missing before a session may start: one line, each with a word and a state."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from mooring.clinic.courses import actions
from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.sessions.log import read_view
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.suicidality.actions import enter_tier
from mooring.clinic.today.readiness import checks
from tests.clinic.courses.steps import acting, decided, weighed
from tests.clinic.sessions.steps import CHECK_IN, wrote
from tests.support.behind import delete_behind, save_behind, update_behind


def stands(session, now):
    """Each check by its id: its state and its words."""
    row = TreatmentSession.objects.select_related("order", "course__patient").get(pk=session.pk)
    return {check.id: (check.state, check.text) for check in checks(row, read_view(row, now))}


def prepared(course, by, now):
    actions.record_therapy_visit(
        acting(by),
        course=course,
        purpose="preparation",
        visited_at=now - timedelta(days=2),
        summary="What will happen.",
        now=now,
    )


def answered(course, now):
    baseline = Assignment.objects.get(course=course, occasion="baseline")
    Response.objects.create(
        assignment=baseline, answers={}, total=16, started_at=now, completed_at=now
    )


def tier(course, by, found, now):
    enter_tier(acting(by), patient=course.patient, tier=found, reasons="Asked.", now=now)


@pytest.mark.parametrize(
    ("found", "state"),
    [("none", "met"), ("low", "caution"), ("moderate", "due"), ("high", "block")],
)
def test_the_tier_stands_beside_the_session_and_high_holds_it(
    session, course, bob, now, found, state
):
    tier(course, bob, found, now)
    assert stands(session, now)["suicidality"] == (state, f"suicidality {found}")


def test_before_anything_is_done_only_what_is_known_is_met(session, now):
    assert stands(session, now) == {
        "screening": ("met", "screening decided"),
        "order": ("met", "order 35 mg"),
        "weight": ("met", "weight 70 kg"),
        "scale": ("due", "baseline PHQ-9 not answered"),
        "suicidality": ("met", "suicidality none"),
        "preparation": ("due", "preparation not recorded"),
        "escort": ("unknown", "escort not named"),
    }


def test_all_is_met_once_all_is_done(session, course, tara, bob, now):
    prepared(course, tara, now)
    answered(course, now)
    tier(course, bob, "none", now)
    wrote(bob, session, now, {**CHECK_IN, "last_food_at": None, "last_fluid_at": None})
    assert {state for state, _ in stands(session, now).values()} == {"met"}


@pytest.mark.parametrize("decision", ["evaluate", "decline"])
def test_a_newer_decision_against_the_treatment_blocks(session, patient, alice, now, decision):
    decided(patient, alice, decision, at=now)
    assert stands(session, now)["screening"][0] == "block"


def test_a_decision_against_the_findings_stays_in_sight(session, patient, now):
    """An override stands out for ever after (S5.14)."""
    update_behind(patient.decisions.all(), override=True)
    assert stands(session, now)["screening"] == ("caution", "screening decided, override")


def test_without_a_decision_screening_blocks(session, patient, now):
    update_behind(patient.decisions.all(), patient=other_patient())
    assert stands(session, now)["screening"] == ("block", "no screening decision")


def other_patient():
    from tests.support.cast import patient_record

    return patient_record("Reyes", "Luz")


def test_a_withdrawn_order_blocks(session, order, alice, now):
    actions.withdraw_order(acting(alice), order=order, reason="Weighed anew.", now=now)
    assert stands(session, now)["order"] == ("block", "order withdrawn")


def test_an_ended_course_blocks(session, course, alice, now):
    actions.end_course(acting(alice), course=course, reason="Moved.", now=now)
    assert stands(session, now)["order"] == ("block", "course has ended")


@pytest.mark.parametrize(("days", "state"), [(83, "met"), (84, "due")])
def test_the_weight_of_the_order_is_due_from_its_ninety_first_day(session, now, days, state):
    assert stands(session, now + timedelta(days=days))["weight"][0] == state


def test_a_newer_weight_than_the_ordered_one_is_pointed_out(session, patient, now):
    weighed(patient, "74", at=now)
    assert stands(session, now)["weight"] == ("caution", "weighs 74 kg, ordered for 70 kg")


def test_a_scale_nobody_asked_is_unknown_and_not_due(session, course, now):
    delete_behind(Assignment.objects.filter(course=course))
    assert stands(session, now)["scale"] == ("unknown", "baseline PHQ-9 not asked")


def test_a_cancelled_scale_counts_as_not_asked(session, course, now):
    Assignment.objects.filter(course=course).update(cancelled_at=now)
    assert stands(session, now)["scale"][0] == "unknown"


def test_where_the_model_of_care_has_no_preparation_none_is_missed(session, course, now):
    course.model_of_care = "infusion"
    save_behind(course)
    assert "preparation" not in stands(session, now)


def test_an_integration_visit_is_no_preparation(session, course, tara, now):
    prepared(course, tara, now)
    update_behind(course.therapy_visits.all(), purpose="integration")
    assert stands(session, now)["preparation"][0] == "due"


def test_a_check_in_without_an_escort_leaves_the_escort_unknown(session, bob, now):
    wrote(bob, session, now, {"kind": "check_in", "substances_today": "none"})
    assert stands(session, now)["escort"] == ("unknown", "escort not named")


def test_what_is_not_known_is_a_state_of_its_own_and_drawn_hollow(session, now, signed_in, bob):
    """Unknown is never met: nobody has said who takes the patient home."""
    assert stands(session, now)["escort"] == ("unknown", "escort not named")
    page = signed_in(bob).get("/today/list/").content.decode()
    assert re.search(r'class="[^"]*\bunknown\b[^"]*">\s*escort not named', page)


def test_what_stops_a_start_stands_before_what_is_weighed(session, patient, alice, now):
    update_behind(patient.decisions.all(), override=True)
    actions.withdraw_order(acting(alice), order=session.order, reason="Weighed anew.", now=now)
    states = [state for state, _ in stands(session, now).values()]
    assert states == sorted(states, key=("block", "due", "unknown", "caution", "met").index)
    assert states[0] == "block" and "caution" in states
