"""A course starts on a signed screening decision, by a model of care that somebody chose."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from mooring.clinic.actions import RefusedError, command
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses import actions, care
from mooring.clinic.courses.models import Course, TherapyVisit
from tests.clinic.courses.steps import NOVEMBER_5, acting, days, decided, started


def visit(course, by, **more):
    facts = {
        "purpose": "preparation",
        "visited_at": NOVEMBER_5,
        "summary": "What will happen, who will be there, what helps.",
        "now": NOVEMBER_5,
        **more,
    }
    return actions.record_therapy_visit(acting(by), course=course, **facts)


def test_a_course_starts_on_the_newest_decision_and_says_who_started_it(patient, alice):
    decision = decided(patient, alice)
    course = started(patient, alice)
    assert (course.screening, course.prescriber, course.started_at) == (
        decision,
        alice,
        NOVEMBER_5,
    )
    assert (course.regimen, course.indication) == ("iv_series", "depression")
    row = AuditRow.objects.get(action="courses.start_course")
    assert (row.actor_name, row.patient) == ("A. Lindqvist", patient.id)


def test_the_scale_before_the_first_session_is_asked_for_at_once(course):
    (asked,) = course.assignments.all()
    assert (asked.measure, asked.occasion) == ("phq9", "baseline")


def test_no_course_starts_without_a_screening_decision(patient, alice):
    with pytest.raises(RefusedError, match="no screening decision yet"):
        started(patient, alice)


@pytest.mark.parametrize(
    ("newest", "words"),
    [("evaluate", "Evaluate further first"), ("decline", "Not this treatment")],
)
def test_a_newer_decision_that_is_not_proceed_stops_the_start(patient, alice, newest, words):
    decided(patient, alice)
    decided(patient, alice, newest, at=NOVEMBER_5)
    with pytest.raises(RefusedError, match=words):
        started(patient, alice)
    assert not Course.objects.exists()


def test_a_newer_proceed_opens_the_way_again(patient, alice):
    decided(patient, alice, "decline")
    decided(patient, alice, at=NOVEMBER_5)
    assert started(patient, alice).patient == patient


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("indication", "headache"),
        ("model_of_care", ""),
        ("model_of_care", "unlisted"),
        ("model_reason", "   "),
    ],
)
def test_indication_model_and_reason_have_no_default(patient, alice, field, value):
    decided(patient, alice)
    with pytest.raises(RefusedError) as refused:
        started(patient, alice, **{field: value})
    assert refused.value.field == field


def test_another_indication_is_put_in_words(patient, alice):
    decided(patient, alice)
    with pytest.raises(RefusedError) as refused:
        started(patient, alice, indication="other")
    assert refused.value.field == "indication_detail"
    course = started(patient, alice, indication="other", indication_detail="Tinnitus distress")
    assert course.indication_detail == "Tinnitus distress"


def test_a_second_course_waits_until_the_first_has_ended(course, patient, alice):
    with pytest.raises(RefusedError, match="open already"):
        started(patient, alice)
    actions.end_course(acting(alice), course=course, reason="Moved away.", now=NOVEMBER_5)
    assert started(patient, alice).pk != course.pk


def test_only_a_prescriber_starts_and_ends_a_course(course, patient, alice, bob, tara, charlie):
    for other in (bob, tara, charlie):
        with pytest.raises(PermissionDenied):
            started(patient, other)
        with pytest.raises(PermissionDenied):
            actions.end_course(acting(other), course=course, reason="x", now=NOVEMBER_5)


def test_a_command_cannot_sign(patient, alice):
    decided(patient, alice)
    with pytest.raises(RefusedError, match="name of a person"):
        actions.start_course(
            command("import"),
            patient=patient,
            indication="depression",
            model_of_care="infusion",
            model_reason="x",
            now=NOVEMBER_5,
        )


def test_a_course_ends_once_and_with_a_reason(course, alice):
    with pytest.raises(RefusedError) as refused:
        actions.end_course(acting(alice), course=course, reason=" ", now=NOVEMBER_5)
    assert refused.value.field == "reason"
    ended = actions.end_course(
        acting(alice), course=course, reason="Six infusions done.", now=NOVEMBER_5
    )
    assert (ended.ended_at, ended.end_reason) == (NOVEMBER_5, "Six infusions done.")
    with pytest.raises(RefusedError, match="has ended"):
        actions.end_course(acting(alice), course=course, reason="again", now=NOVEMBER_5)


def test_a_therapist_records_a_visit_in_the_patient_s_own_words(course, tara):
    kept = visit(
        course,
        tara,
        intention="To let the week be the week.",
        touch_consent="Hand only. Ask.",
    )
    assert (kept.therapist, kept.touch_consent) == (tara, "Hand only. Ask.")
    assert kept.patient_key == course.patient_id


def test_a_touch_consent_nobody_asked_for_stays_empty(course, alice):
    assert visit(course, alice).touch_consent == ""


def test_a_visit_is_recorded_after_it_was_held(course, tara):
    with pytest.raises(RefusedError) as refused:
        visit(course, tara, visited_at=NOVEMBER_5 + days(1))
    assert refused.value.field == "visited_at"


@pytest.mark.parametrize(("field", "value"), [("purpose", "chat"), ("summary", "")])
def test_a_visit_has_a_purpose_and_a_summary(course, tara, field, value):
    with pytest.raises(RefusedError) as refused:
        visit(course, tara, **{field: value})
    assert refused.value.field == field


def test_a_nurse_records_no_therapy_visit(course, bob):
    with pytest.raises(PermissionDenied):
        visit(course, bob)


def test_nothing_is_added_to_a_course_that_has_ended(course, alice, tara):
    actions.end_course(acting(alice), course=course, reason="Moved away.", now=NOVEMBER_5)
    with pytest.raises(RefusedError, match="has ended"):
        visit(course, tara)
    assert not TherapyVisit.objects.exists()


def test_every_model_of_care_cites_what_says_so_and_none_comes_first_by_rank():
    models = care.care().models
    assert {model.id for model in models} == {
        "infusion",
        "infusion_and_therapy",
        "ketamine_assisted_psychotherapy",
        "psycholytic",
        "medicine",
        "group",
        "home",
    }
    assert all(model.claims for model in models)
    assert "S1.07" in care.care().choosing
