"""The outcome page: one chart, what it rests on, each definition by name, both sides of D27."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.clinic import forget
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.products import product
from mooring.core.quantities import Minutes
from tests.clinic.outcomes.rows import AGO, DAY

pytestmark = pytest.mark.django_db


def page(client, patient):
    return client.get(reverse("outcome", args=[patient.id])).content.decode()


def data(words):
    return json.loads(re.search(r'id="outcome-data"[^>]*>(.*?)</script>', words)[1])


def pills(words):
    """What each definition says, by the claim chip beside it."""
    found = re.findall(r'state \w+ pill">(.*?)</span>.*?claims/([\w.]+)/', words, re.S)
    return {claim: state for state, claim in found}


def test_sentence_says_what_the_curve_shows_and_on_how_many_answers_it_rests(
    story, patient, signed_in, alice
):
    story(scores={-2: 20, 1: 10, 8: 8}, infusions=[0], missed=(15, 22))
    words = page(signed_in(alice), patient)
    assert "PHQ-9 20 before the first infusion, 8 at the latest score" in words
    assert "This rests on 3 of 5 answers due." in words
    assert f"<b>{AGO}</b> days since the last infusion" in words


def test_both_remissions_and_response_are_named_each_with_its_own_verdict(
    story, patient, signed_in, alice
):
    # 5 is remission where 5 or less counts (Veterans Affairs), and none where below 5 does.
    story(scores={-2: 20, 1: 5}, infusions=[0])
    assert pills(page(signed_in(alice), patient)) == {
        "response.phq9.50": "met",
        "remission.phq9.lt5": "not met",
        "remission.phq9.le5": "met",
    }


def test_without_a_score_after_the_infusion_everything_is_unknown(story, patient, signed_in, alice):
    story(scores={-2: 20}, infusions=[0])
    words = page(signed_in(alice), patient)
    assert set(pills(words).values()) == {"unknown"}
    assert "Undetermined" in words
    assert "the course is unknown" in words


def test_without_a_baseline_response_is_unknown_and_its_line_is_not_drawn(
    story, patient, signed_in, alice
):
    story(scores={1: 4}, infusions=[0])
    words = page(signed_in(alice), patient)
    assert pills(words)["response.phq9.50"] == "unknown"
    assert pills(words)["remission.phq9.lt5"] == "met"
    assert [line["id"] for line in data(words)["lines"]] == [
        "remission.phq9.lt5",
        "remission.phq9.le5",
    ]


def test_lines_of_the_chart_are_the_highest_scores_that_still_meet_each_definition(
    story, patient, signed_in, alice
):
    story(scores={-2: 19, 1: 12}, infusions=[0])
    lines = {line["id"]: line["value"] for line in data(page(signed_in(alice), patient))["lines"]}
    assert lines == {
        "response.phq9.50": 9.5,
        "remission.phq9.lt5": 4,
        "remission.phq9.le5": 5,
    }


def test_missed_and_incomplete_scales_are_gaps_and_never_points(story, patient, signed_in, alice):
    story(scores={-2: 20, 1: 10, 8: None}, infusions=[0], missed=(15,))
    words = page(signed_in(alice), patient)
    assert [point["total"] for point in data(words)["points"]] == [20, 10]
    assert sorted(gap["why"] for gap in data(words)["gaps"]) == ["incomplete", "missed"]
    assert "incomplete, at least " in words
    assert "not answered" in words
    assert "This rests on 2 of 4 answers due." in words


def test_table_has_the_change_and_the_infusions_before_each_score(story, patient, signed_in, alice):
    story(scores={-2: 20, 1: 10, 5: 5}, infusions=[0, 4])
    words = page(signed_in(alice), patient)
    cells = re.findall(r'<td class="number">([−+–\d %]+)</td><td class="number">(\d)</td>', words)
    assert cells == [("−75 %", "2"), ("−50 %", "1"), ("–", "0")]


@pytest.mark.parametrize(
    ("scores", "infusions", "says"),
    [
        ({-1: 20, 1: 9, 3: 8}, [0, 2], "after infusion 1"),
        ({-1: 20, 1: 18, 3: 15, 5: 9, 7: 9}, [0, 2, 4, 6], "after infusion 3"),
        ({-1: 20, 1: 18, 3: 15}, [0, 2], "too early to call"),
        ({-1: 20, 1: 18, 11: 17}, [0, 2, 4, 6, 8, 10], "by the sixth infusion"),
    ],
)
def test_responder_type_is_by_infusion_and_non_response_waits_for_the_sixth(
    story, patient, signed_in, alice, scores, infusions, says
):
    story(scores=scores, infusions=infusions)
    assert says in page(signed_in(alice), patient)


def test_a_course_of_sprays_speaks_of_sessions_and_tells_no_responder_type(
    story, patient, signed_in, alice
):
    spray = NasalSprayOrder(product("ketamine_nasal_spray_100"), (Minutes(0),), None)
    story(scores={-1: 20, 1: 9, 3: 8}, infusions=[0, 2], by=spray)
    words = page(signed_in(alice), patient)
    assert "PHQ-9 20 before the first session, 8 at the latest score" in words
    assert "Sessions before" in words
    assert "Not told for this course" in words
    assert "A sustained response was first seen after session 1" in words
    assert "infusion" not in words.partition("The types count infusions")[0]


def test_both_sides_of_when_non_response_may_be_called_stand_beside_it(
    story, patient, signed_in, alice
):
    story(scores={-1: 20, 1: 18}, infusions=[0])
    words = page(signed_in(alice), patient)
    assert reverse("disagreement", args=["D27"]) in words
    for claim in ("S4.68", "S2.02", "early-futility-2024.three", "shiroma-2014.response"):
        assert reverse("claim", args=[claim]) in words


def test_lost_response_is_dated_by_the_first_score_of_the_row_that_ended_it(
    story, patient, signed_in, alice
):
    told = story(scores={-1: 20, 1: 9, 3: 9, 15: 15, 22: 16}, infusions=[0])
    lost_at = (told.first + 15 * DAY).astimezone(ZoneInfo("Europe/London"))
    assert f"yes, from {lost_at.day} {lost_at:%b %Y}" in page(signed_in(alice), patient)


def test_no_day_to_come_is_named(story, patient, signed_in, alice):
    """D28: neither the page nor what it draws tells anybody when a response will be lost."""
    story(scores={-1: 20, 1: 9, 3: 9, 15: 9, 22: 9}, infusions=[0])
    words = page(signed_in(alice), patient)
    told = re.findall(r"\b\d{1,2} [A-Z][a-z]{2} \d{4}\b", words)
    days = [datetime.strptime(f"{one} +0000", "%d %b %Y %z").date() for one in told]
    drawn = re.findall(r"\d{4}-\d{2}-\d{2}", json.dumps(data(words)))
    days += [date.fromisoformat(one) for one in drawn]
    assert days
    assert max(days) <= timezone.localdate()


def test_patient_without_a_course_has_a_page_that_says_so(patient, signed_in, alice):
    words = page(signed_in(alice), patient)
    assert "no session yet" in words
    assert "Nothing has fallen due yet." in words


def test_outcome_page_is_for_care_staff(
    patient, signed_in, alice, bob, tara, olga, audrey, ray, charlie, pat, client
):
    url = reverse("outcome", args=[patient.id])
    assert [signed_in(who).get(url).status_code for who in (alice, bob, tara)] == [200] * 3
    for who in (olga, audrey, ray, charlie, pat):
        assert signed_in(who).get(url).status_code == 403
    assert client.get(url).status_code == 302
    nobody = "00000000-0000-7000-8000-000000000000"
    assert signed_in(bob).get(reverse("outcome", args=[nobody])).status_code == 404


def test_the_chart_stands_in_the_clinics_own_time(story, patient, signed_in, alice, clinic_row):
    """An evening score in Denver belongs to that evening, not to the next day in London."""
    told = story(scores={1: 9}, infusions=[0])
    clinic_row.time_zone = "America/Denver"
    clinic_row.save()
    forget()
    drawn = data(page(signed_in(alice), patient))
    here = told.first.astimezone(ZoneInfo("America/Denver"))
    assert drawn["sessions"] == [{"at": f"{here:%Y-%m-%dT%H:%M:%SZ}", "number": 1}]
