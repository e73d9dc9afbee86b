"""The pages of a course: who may open them, what they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses import actions
from mooring.clinic.courses.models import Course, TherapyVisit
from mooring.clinic.courses.orders import weight_of
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.nasal import NasalDeviceOrder
from mooring.core.drugs.products import product
from tests.clinic.courses.steps import NOVEMBER_5, acting, decided, signed, started, weighed

CHOSEN = {
    "indication": "depression",
    "model_of_care": "psycholytic",
    "model_reason": "He wants to talk while it acts.",
    "regimen": "iv_series",
}
VISIT = {
    "purpose": "preparation",
    "visited_at": "2026-11-04T15:30",
    "summary": "What will happen, what helps.",
    "intention": "To sleep again.",
    "touch_consent": "Only my shoulder.",
}


def held(course, order, day, **more):
    """An infusion that was given and ended on that day."""
    start = datetime(2026, 10, day, 10, tzinfo=UTC)
    return TreatmentSession.objects.create(
        course=course,
        order=order,
        number=course.sessions.count() + 1,
        scheduled_at=start,
        room="Room 2",
        stopping=["emory_s2"],
        monitoring="emory_q10",
        starting="iv_start",
        leaving="iv_recovery",
        started_at=start,
        ended_at=start + timedelta(minutes=40),
        **more,
    )


def text(response):
    """The page as words, with white space as one space."""
    return " ".join(response.content.decode().split())


# Starting


def test_a_prescriber_starts_a_course_from_the_form(signed_in, alice, patient):
    decided(patient, alice, at=timezone.now())
    response = signed_in(alice).post(f"/courses/for/{patient.id}/new/", CHOSEN)
    course = Course.objects.get()
    assert response.headers["Location"] == f"/courses/{course.pk}/orders/new/"
    assert (course.model_of_care, course.model_reason) == (
        "psycholytic",
        "He wants to talk while it acts.",
    )


def test_no_model_of_care_is_chosen_beforehand(signed_in, alice, patient):
    decided(patient, alice, at=timezone.now())
    page = text(signed_in(alice).get(f"/courses/for/{patient.id}/new/"))
    assert "Ketamine-assisted psychotherapy" in page
    assert "S1.07" in page
    assert " checked" not in page


def test_the_form_keeps_what_was_typed_and_says_what_is_missing(signed_in, alice, patient):
    decided(patient, alice, at=timezone.now())
    response = signed_in(alice).post(
        f"/courses/for/{patient.id}/new/", {**CHOSEN, "model_of_care": ""}
    )
    assert response.status_code == 422
    assert "He wants to talk while it acts." in text(response)
    assert not Course.objects.exists()


def test_without_a_decision_the_page_offers_screening_instead_of_a_form(signed_in, alice, patient):
    page = text(signed_in(alice).get(f"/courses/for/{patient.id}/new/"))
    assert "no screening decision yet" in page
    assert f"/screening/{patient.id}/" in page
    assert "Start the course" not in page


def test_a_refusal_between_reading_and_sending_is_said_and_nothing_is_made(
    signed_in, alice, patient
):
    decided(patient, alice, "decline", at=timezone.now())
    response = signed_in(alice).post(f"/courses/for/{patient.id}/new/", CHOSEN)
    assert response.status_code == 422
    assert "Not this treatment" in text(response)
    assert not Course.objects.exists()


@pytest.mark.parametrize(
    ("name", "status"),
    [("alice", 200), ("bob", 403), ("tara", 403), ("charlie", 403), ("olga", 403), ("pat", 403)],
)
def test_only_a_prescriber_opens_the_start_form(signed_in, request, patient, alice, name, status):
    decided(patient, alice, at=timezone.now())
    client = signed_in(request.getfixturevalue(name))
    assert client.get(f"/courses/for/{patient.id}/new/").status_code == status


# The course page


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("alice", 200),
        ("bob", 200),
        ("tara", 200),
        ("charlie", 403),
        ("olga", 403),
        ("audrey", 403),
        ("ray", 403),
        ("pat", 403),
    ],
)
def test_people_in_care_read_the_course(signed_in, request, course, name, status):
    client = signed_in(request.getfixturevalue(name))
    assert client.get(f"/courses/{course.pk}/").status_code == status


def test_opening_the_course_is_audited(signed_in, bob, course):
    signed_in(bob).get(f"/courses/{course.pk}/")
    row = AuditRow.objects.get(action="chart.opened")
    assert (row.actor_name, row.patient) == ("B. Okafor", course.patient_id)


def test_a_stranger_is_asked_to_sign_in(client, course):
    response = client.get(f"/courses/{course.pk}/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")


def test_before_the_first_infusion_nothing_is_called_on_plan(signed_in, bob, course):
    page = text(signed_in(bob).get(f"/courses/{course.pk}/"))
    assert "0 of 6 infusions; 0 of 3 therapy visits." in page
    assert "No infusion yet" in page
    assert "Nothing departs" not in page


def test_infusions_that_were_given_are_counted_and_planned_ones_are_not(
    signed_in, bob, alice, course
):
    order = signed(course, alice)
    held(course, order, 20)
    held(course, order, 22)
    TreatmentSession.objects.filter(number=2).update(ended_at=None, started_at=None)
    assert "1 of 6 infusions" in text(signed_in(bob).get(f"/courses/{course.pk}/"))


def test_what_departs_from_the_plan_is_told_with_its_claims(signed_in, bob, alice, course):
    """Six on six days: more than three in a week, and not spread over two weeks (S4.64, S4.65)."""
    order = signed(course, alice)
    for day in range(1, 7):
        held(course, order, day)
    page = text(signed_in(bob).get(f"/courses/{course.pk}/"))
    assert "6 infusions in the seven days from 1 Oct 2026; the plan has at most 3." in page
    assert "Infusion 6 fell in week 1" in page
    assert "0 therapy visits by the end of the series" in page
    assert "/handbook/claims/S4.65/" in page


def test_non_response_is_shown_as_two_sides_and_never_as_a_verdict(signed_in, bob, course):
    page = text(signed_in(bob).get(f"/courses/{course.pk}/"))
    assert "/handbook/disagreements/D27/" in page
    assert "judge at four to five" in page
    assert "One dose can last for weeks." in page
    assert "Mooring draws no conclusion here" in page
    assert "non-responder" not in page.lower()


def test_a_touch_nobody_asked_about_reads_as_not_asked(signed_in, tara, course):
    client = signed_in(tara)
    client.post(f"/courses/{course.pk}/visits/new/", VISIT)
    client.post(f"/courses/{course.pk}/visits/new/", {**VISIT, "touch_consent": ""})
    page = text(client.get(f"/courses/{course.pk}/"))
    assert "“Only my shoulder.”" in page
    assert "not asked" in page


def test_buttons_are_shown_to_those_who_may_use_them(signed_in, alice, bob, tara, course):
    pages = {
        user.username: text(signed_in(user).get(f"/courses/{course.pk}/"))
        for user in (alice, bob, tara)
    }
    assert [name for name, page in pages.items() if "Write an order" in page] == ["alice"]
    assert [name for name, page in pages.items() if "Record a visit" in page] == ["alice", "tara"]
    assert [name for name, page in pages.items() if "End the course" in page] == ["alice"]


# Visits and the end


def test_a_visit_is_kept_at_the_clinic_s_own_time(signed_in, tara, course):
    response = signed_in(tara).post(f"/courses/{course.pk}/visits/new/", VISIT)
    assert response.status_code == 302
    visit = TherapyVisit.objects.get()
    assert visit.visited_at == datetime(2026, 11, 4, 15, 30, tzinfo=UTC)
    assert (visit.therapist, visit.touch_consent) == (tara, "Only my shoulder.")


@pytest.mark.parametrize(
    ("field", "value"),
    [("visited_at", "yesterday"), ("visited_at", "2099-01-01T10:00"), ("summary", "")],
)
def test_a_visit_that_cannot_be_kept_says_what_would_be_right(
    signed_in, tara, course, field, value
):
    response = signed_in(tara).post(f"/courses/{course.pk}/visits/new/", {**VISIT, field: value})
    assert response.status_code == 422
    assert "To sleep again." in text(response)
    assert not TherapyVisit.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("tara", 200), ("alice", 200), ("bob", 403)])
def test_who_may_record_a_visit(signed_in, request, course, name, status):
    client = signed_in(request.getfixturevalue(name))
    assert client.get(f"/courses/{course.pk}/visits/new/").status_code == status


def test_a_course_ends_with_a_reason_and_reads_so(signed_in, alice, course):
    client, address = signed_in(alice), f"/courses/{course.pk}/end/"
    assert "can no longer be used" in text(client.get(address))
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Six infusions done."}).status_code == 302
    page = text(client.get(f"/courses/{course.pk}/"))
    assert "Six infusions done." in page
    assert "Write an order" not in page


def test_a_course_that_has_ended_is_not_ended_again(signed_in, alice, course):
    actions.end_course(acting(alice), course=course, reason="Moved.", now=NOVEMBER_5)
    response = signed_in(alice).post(f"/courses/{course.pk}/end/", {"reason": "Again."})
    assert response.status_code == 422
    assert Course.objects.get().end_reason == "Moved."


def test_a_nurse_ends_no_course(signed_in, bob, course):
    assert signed_in(bob).get(f"/courses/{course.pk}/end/").status_code == 403


def test_an_unknown_course_is_not_found(signed_in, alice):
    assert signed_in(alice).get(f"/courses/{alice.pk}/").status_code == 404


def test_the_whole_way_from_decision_to_order_can_be_walked_today(signed_in, alice, patient):
    decided(patient, alice, at=timezone.now())
    weighed(patient, at=timezone.now() - timedelta(days=1))
    course = started(patient, alice, now=timezone.now())
    assert "None yet. A session is scheduled under a signed order." in text(
        signed_in(alice).get(f"/courses/{course.pk}/")
    )


# A course by another route


def test_a_course_of_devices_is_held_against_the_label_and_counts_no_infusion(
    signed_in, alice, patient
):
    decided(patient, alice, at=timezone.now())
    weighed(patient)
    course = started(patient, alice, regimen="esketamine_label")
    infusion = signed(course, alice)
    device = NasalDeviceOrder(product("esketamine_nasal_device_28"), 2, weight_of(patient))
    devices = actions.sign_order(acting(alice), course=course, order=device, now=NOVEMBER_5)
    for day in (5, 8):
        held(course, devices, day)
    held(course, infusion, 9)
    page = text(signed_in(alice).get(f"/courses/{course.pk}/"))
    assert "2 sessions, week" in page
    assert "Counted: esKETAmine, intranasal" in page
    assert "Weeks 1 to 4: two sessions a week" in page
    assert "spravato-label.visits" in page
    assert "infusions a week" not in page


def test_a_course_that_no_plan_fits_is_held_against_none(signed_in, alice, patient):
    decided(patient, alice)
    course = started(patient, alice, regimen=actions.NO_PLAN)
    page = text(signed_in(alice).get(f"/courses/{course.pk}/"))
    assert "No plan was chosen for this course" in page
    assert "infusions" not in page


def test_a_plan_that_is_not_one_of_those_listed_is_refused(signed_in, alice, patient):
    decided(patient, alice)
    client = signed_in(alice)
    answer = client.post(f"/courses/for/{patient.id}/new/", {**CHOSEN, "regimen": "weekly"})
    assert answer.status_code == 422
    with pytest.raises(RefusedError, match="Choose one of those listed"):
        started(patient, alice, regimen="weekly")
