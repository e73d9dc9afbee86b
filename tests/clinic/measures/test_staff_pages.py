"""Staff see what is open, answered and missed, hand over a link, and read every answer."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.audit.models import AuditRow
from mooring.clinic.measures.actions import plan_baseline
from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.tokens import find
from tests.clinic.measures.steps import (
    DAY,
    ITEMS,
    NOTHING,
    SIXTEEN,
    answered,
    command_line,
    infused,
    planned,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(session):
    """Pat's session, held eleven days ago: the day after and the first week have fallen due."""
    return infused(session, timezone.now() - 11 * DAY)


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_list_says_how_many_of_the_scales_due_were_answered(held, patient, signed_in, bob):
    answered(planned(held)[0], SIXTEEN)
    words = page(signed_in(bob), "scales", patient.id)
    assert "PHQ-9: answered 1 of 2 due" in words
    assert "PHQ-9, 24 hours after session 1" in words
    assert "<b>16</b> of 27" in words
    assert "moderately severe" in words
    assert words.count("not answered") == 1


def test_incomplete_scale_has_no_total_and_names_what_is_missing(held, patient, signed_in, bob):
    response = answered(planned(held)[0], {k: v for k, v in SIXTEEN.items() if k != "phq9.3"})
    client = signed_in(bob)
    assert "incomplete, at least 15 of 27" in page(client, "scales", patient.id)
    words = page(client, "response", response.id)
    assert "No total." in words
    assert "at least 15 " in words
    assert "1 of 9 items was left out on purpose" in words
    assert words.count("left out on purpose</span>") == 1


def test_response_page_shows_each_item_with_its_answer(held, signed_in, tara):
    response = answered(planned(held)[0], SIXTEEN)
    words = page(signed_in(tara), "response", response.id)
    cells = re.findall(r'<td class="number">(\d)</td>\s*</tr>', words)
    assert [int(points) for points in cells] == list(SIXTEEN.values())
    assert "Poor appetite or overeating" in words
    assert "LOINC codes are copyright Regenstrief Institute, Inc." in words
    assert 'role="alert"' not in words.partition("</main>")[0]


def test_item_9_is_marked_with_its_claim_and_the_task_that_was_opened(held, signed_in, alice):
    response = answered(planned(held)[0], {**NOTHING, "phq9.9": 1})
    words = page(signed_in(alice), "response", response.id)
    assert "assess suicidality today" in words
    assert "phq-9.item-9" in words
    assert "The task is with A. Lindqvist" in words
    assert "thoughts of self-harm" in page(
        signed_in(alice), "scales", response.assignment.patient_id
    )


def test_item_9_left_out_is_shown_as_unknown_and_not_as_no(held, signed_in, alice):
    response = answered(planned(held)[0], dict.fromkeys(ITEMS[:8], 0))
    words = page(signed_in(alice), "response", response.id)
    assert "was left unsaid: ask today" in words
    assert '<span class="state stop' in words
    assert "declined on purpose" in words
    assert "at least 0 " in words


def test_asking_now_shows_the_link_as_text_and_as_a_picture_this_once(patient, signed_in, bob):
    words = signed_in(bob).post(reverse("assignment_new", args=[patient.id])).content.decode()
    link = re.search(r"http://testserver/scales/a/([\w-]{43})/", words)
    assert find(link[1]) == Assignment.objects.get()
    assert re.search(r'<svg [^>]*viewBox="0 0 \d+ \d+"[^>]*><path d="M', words)
    assert "style=" not in words


def test_picture_holds_the_link(patient, signed_in, bob):
    from qrcode import QRCode

    words = signed_in(bob).post(reverse("assignment_new", args=[patient.id])).content.decode()
    link = re.search(r"http://testserver/scales/a/[\w-]{43}/", words)[0]
    code = QRCode(border=2)
    code.add_data(link)
    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+),(\d+)H", words)}
    modules = code.get_matrix()
    assert drawn == {(x, y) for y, row in enumerate(modules) for x, dark in enumerate(row) if dark}


def test_before_the_first_infusion_asking_now_asks_for_the_baseline(course, signed_in, bob):
    signed_in(bob).post(reverse("assignment_new", args=[course.patient_id]))
    assert Assignment.objects.get().occasion == "baseline"


def test_asking_while_one_is_open_gives_a_new_link_for_that_one(course, signed_in, bob):
    there = plan_baseline(command_line(), course=course, now=timezone.now())
    signed_in(bob).post(reverse("assignment_new", args=[course.patient_id]))
    assert Assignment.objects.count() == 1
    assert find(there.token) is None


def test_link_can_be_made_ahead_and_opens_when_its_time_comes(held, signed_in, bob, client):
    ahead = planned(held)[-1]
    words = signed_in(bob).post(reverse("assignment_link", args=[ahead.id])).content.decode()
    token = re.search(r"/scales/a/([\w-]{43})/", words)[1]
    assert "A little early" in client.get(f"/scales/a/{token}/").content.decode()


def test_no_link_is_made_for_what_is_over(held, patient, signed_in, bob):
    missed = planned(held)[0]
    answer = signed_in(bob).post(reverse("assignment_link", args=[missed.id]), follow=True)
    assert "The time to answer is over" in answer.content.decode()
    assert answer.request["PATH_INFO"] == reverse("scales", args=[patient.id])


def test_opening_the_pages_is_in_the_audit(held, patient, signed_in, bob):
    response = answered(planned(held)[0])
    client = signed_in(bob)
    page(client, "response", response.id)
    page(client, "scales", patient.id)
    opened = AuditRow.objects.filter(action="chart.opened", patient=patient.id)
    assert opened.get(actor_name=str(bob)).body.count('"detail":"response"') == 1


def test_only_care_staff_reach_the_pages(
    held, patient, signed_in, alice, bob, tara, olga, audrey, ray, charlie, pat, client
):
    response = answered(planned(held)[0])
    pages = [("scales", patient.id), ("response", response.id)]
    for name, key in pages:
        for who in (alice, bob, tara):
            assert signed_in(who).get(reverse(name, args=[key])).status_code == 200
        for who in (olga, audrey, ray, charlie, pat):
            assert signed_in(who).get(reverse(name, args=[key])).status_code == 403
        assert client.get(reverse(name, args=[key])).status_code == 302


def test_only_care_staff_make_links(held, patient, signed_in, olga, audrey, ray, charlie, pat):
    ahead = planned(held)[-1]
    for who in (olga, audrey, ray, charlie, pat):
        for url in (
            reverse("assignment_new", args=[patient.id]),
            reverse("assignment_link", args=[ahead.id]),
        ):
            assert signed_in(who).post(url).status_code == 403
    assert not AuditRow.objects.filter(action="measures.renew_link").exists()


def test_links_are_made_by_sending_a_form_never_by_opening_a_page(patient, signed_in, bob):
    assert signed_in(bob).get(reverse("assignment_new", args=[patient.id])).status_code == 405
    assert not Assignment.objects.exists()


def test_unknown_patients_and_answers_are_not_found(signed_in, bob):
    nobody = "00000000-0000-7000-8000-000000000000"
    for name in ("scales", "response"):
        assert signed_in(bob).get(reverse(name, args=[nobody])).status_code == 404
    for name in ("assignment_new", "assignment_link"):
        assert signed_in(bob).post(reverse(name, args=[nobody])).status_code == 404


def test_scale_asked_by_hand_closes_after_three_days(patient, session, signed_in, bob):
    infused(session, timezone.now() - timedelta(days=30))
    signed_in(bob).post(reverse("assignment_new", args=[patient.id]))
    asked = Assignment.objects.get()
    assert (asked.occasion, asked.expires_at - asked.due_at) == ("weekly", 3 * DAY)
