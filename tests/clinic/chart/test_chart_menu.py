"""Every page of a patient carries one menu, and what comes next is a button in sight."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.clinic.courses.steps import NOVEMBER_5, decided, signed, started, weighed
from tests.clinic.sessions.steps import planned

pytestmark = pytest.mark.django_db


def menu(answer) -> list[str]:
    """The labels of the menu, in order."""
    nav = re.search(r'<nav class="chart-menu".*?</nav>', answer.content.decode(), re.S)
    return re.findall(r"<li><a [^>]*>([^<]+)</a>", nav[0])


def step(answer) -> str:
    """The words of the next step; empty where there is none."""
    found = re.search(r'next-step" href="[^"]+">([^<]+)<', answer.content.decode())
    return found[1] if found else ""


def test_the_pages_of_a_patient_share_one_menu(signed_in, alice, patient):
    client = signed_in(alice)
    chart = menu(client.get(f"/patients/{patient.pk}/"))
    assert chart == [
        "Chart", "Screening", "Course", "Interactions", "Suicidality", "Exposure and watch",
        "Outcome", "Scales",
    ]  # fmt: skip
    for page in ("screening", "interactions", "suicidality", "exposure", "outcome", "scales"):
        assert menu(client.get(reverse(page, args=[patient.pk]))) == chart, page


def test_the_menu_marks_the_page_that_is_open(signed_in, alice, patient):
    page = signed_in(alice).get(f"/screening/{patient.pk}/").content.decode()
    assert f'<a href="/screening/{patient.pk}/" aria-current="page">Screening</a>' in page


def test_a_therapist_is_offered_no_course_to_start(signed_in, tara, patient):
    assert "Course" not in menu(signed_in(tara).get(f"/patients/{patient.pk}/"))


def test_the_next_step_goes_from_the_interview_to_the_session(signed_in, alice, bob, patient):
    client, chart = signed_in(alice), f"/patients/{patient.pk}/"
    assert step(client.get(chart)) == "Screening interview"
    decided(patient, alice)
    assert step(client.get(chart)) == "Start a course"
    weighed(patient)
    course = started(patient, alice)
    assert step(client.get(chart)) == "Write an order"
    order = signed(course, alice)
    assert step(client.get(chart)) == "Schedule a session"
    session = planned(order, bob, at=NOVEMBER_5)
    assert step(client.get(chart)) == f"Open session {session.number}"


def test_a_nurse_is_not_sent_to_what_a_prescriber_does(signed_in, alice, bob, patient):
    decided(patient, alice)
    started(patient, alice)
    assert step(signed_in(bob).get(f"/patients/{patient.pk}/")) == ""
