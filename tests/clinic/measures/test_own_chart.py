"""A patient's account shows their own chart: what is asked, the curve, the next session, help."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.measures.actions import plan_baseline
from tests.clinic.measures.steps import DAY, SIXTEEN, answered, command_line, infused, planned
from tests.clinic.measures.walk import answer_all, send
from tests.support.cast import patient_record, person
from tests.support.clinical import session_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(signed_in, pat):
    """Pat, signed in."""
    return signed_in(pat)


def chart(client):
    return client.get(reverse("own_chart")).content.decode()


def test_scale_that_is_due_can_be_started_and_answered_without_a_link(own, course):
    asked = plan_baseline(command_line(), course=course, now=timezone.now())
    assert "A few short questions" in chart(own)
    start = own.post(reverse("own_start", args=[asked.id]))
    token = re.search(r"/scales/a/([\w-]{43})/", start["Location"])[1]
    answer_all(own, token, SIXTEEN)
    assert "Thank you" in send(own, token).content.decode()
    assert "Nothing to answer now." in chart(own)


def test_own_curve_has_the_scores_and_no_lines_to_fall_short_of(own, session):
    infused(session, timezone.now() - 2 * DAY)
    answered(planned(session)[0], SIXTEEN)
    words = chart(own)
    data = json.loads(re.search(r'id="outcome-data"[^>]*>(.*?)</script>', words)[1])
    assert [point["total"] for point in data["points"]] == [16]
    assert [one["number"] for one in data["sessions"]] == [1]
    assert data["lines"] == []
    assert '<td class="number">16</td>' in words


def test_next_session_and_crisis_help_are_shown(own, session):
    session.scheduled_at = timezone.now() + DAY
    session.save()
    words = chart(own)
    assert "Room 2" in words
    assert "555-0100" in words


def test_without_anything_the_page_says_so(own):
    words = chart(own)
    assert "Nothing to answer now." in words
    assert "None is planned at the moment." in words
    assert "After your first answers" in words


def test_another_patients_scale_cannot_be_started(own, alice):
    theirs = session_for(patient_record("Reed", "Jo"), alice).course
    asked = plan_baseline(command_line(), course=theirs, now=timezone.now())
    assert own.post(reverse("own_start", args=[asked.id])).status_code == 404


def test_scale_that_is_over_leads_back_with_the_reason(own, course):
    asked = plan_baseline(command_line(), course=course, now=timezone.now() - 30 * DAY)
    page = own.post(reverse("own_start", args=[asked.id]), follow=True)
    assert "The time to answer is over" in page.content.decode()


def test_account_without_a_record_says_what_to_do_and_still_shows_help(signed_in, clinic_row):
    words = chart(signed_in(person("lou", "Lou", "patient")))
    assert "Ask the clinic to connect it" in words
    assert "555-0100" in words


def test_own_chart_is_for_patients_only(
    signed_in, alice, bob, tara, olga, audrey, ray, charlie, client
):
    for who in (alice, bob, tara, olga, audrey, ray, charlie):
        assert signed_in(who).get(reverse("own_chart")).status_code == 403
    assert client.get(reverse("own_chart")).status_code == 302
