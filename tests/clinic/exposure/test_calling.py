"""A finding of the watch becomes a task of a prescriber, and the review closes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.exposure.actions import (
    add_pressure,
    record_look,
    record_review,
    withdraw_review,
)
from mooring.clinic.exposure.models import WatchEntry
from mooring.clinic.exposure.reading import organs
from mooring.clinic.tasks.models import Task
from mooring.core.protocols.watch import Organ, Result, State
from tests.clinic.sessions.steps import acting, planned, ready_to_start, signed_order, wrote

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def course(patient, alice):
    """A course of alice's that goes on."""
    return signed_order(patient, alice, at=NOW - timedelta(days=3)).course


def looked(by, patient, item="liver_tests", result=Result.FOUND, words="ALT 96 U/L", **more):
    values = {"taken_on": NOW.date(), "now": NOW, **more}
    return record_look(acting(by), patient=patient, item=item, result=result, words=words, **values)


def reviewed(by, patient, organ=Organ.LIVER, words="Again in two weeks.", **more):
    values = {"taken_on": NOW.date(), "now": NOW, **more}
    return record_review(acting(by), patient=patient, organ=organ, words=words, **values)


def test_a_finding_is_a_task_of_the_courses_prescriber(course, patient, alice, bob):
    looked(bob, patient)
    task = Task.objects.get()
    assert (task.owner, task.patient, task.closed_at) == (alice, patient, None)
    assert task.title == "Liver: a finding to review"
    assert "ALT 96 U/L" in task.detail
    assert task.due_at == NOW + timedelta(days=2)


@pytest.mark.parametrize("result", [Result.NOTHING, Result.NOT_DONE])
def test_what_was_not_found_opens_no_task(course, patient, bob, result):
    looked(bob, patient, result=result, words="quiet")
    assert not Task.objects.exists()


def test_a_finding_is_reviewed_before_the_next_session(course, patient, alice, bob):
    tomorrow = NOW + timedelta(hours=20)
    planned(course.orders.get(), bob, at=tomorrow, now=NOW)
    looked(bob, patient)
    assert Task.objects.get().due_at == tomorrow


def test_findings_of_one_organ_share_a_task_and_those_of_another_have_their_own(
    course, patient, bob
):
    looked(bob, patient)
    looked(bob, patient, words="AST 88 U/L")
    looked(bob, patient, item="urinary_symptoms", words="urgency")
    assert sorted(Task.objects.values_list("kind", flat=True)) == ["watch_liver", "watch_urinary"]


def test_the_review_closes_the_task_with_its_words(course, patient, alice, bob):
    looked(bob, patient)
    reviewed(alice, patient)
    task = Task.objects.get()
    assert (task.closed_by, task.outcome) == (alice, "Reviewed: Again in two weeks.")


def test_a_review_of_an_earlier_day_leaves_the_task_open(course, patient, alice, bob):
    looked(bob, patient)
    reviewed(alice, patient, taken_on=NOW.date() - timedelta(days=1))
    assert Task.objects.get().closed_at is None


def test_a_correction_closes_the_task_and_one_to_a_finding_opens_it(course, patient, bob):
    slip = looked(bob, patient)
    right = looked(bob, patient, result=Result.NOTHING, words="ALT 9.6 U/L", corrects=slip)
    assert Task.objects.get().outcome == "The entry was corrected: ALT 9.6 U/L"
    looked(bob, patient, words="ALT 96 U/L after all", corrects=right)
    assert Task.objects.filter(closed_at=None).count() == 1


def test_a_review_that_is_taken_back_lets_the_finding_wait_again(
    course, patient, alice, bob, signed_in
):
    today = timezone.localdate()
    now = timezone.now()
    looked(bob, patient, taken_on=today, now=now)
    mistaken = reviewed(alice, patient, taken_on=today, now=now)
    url = reverse("review_withdraw", args=[patient.pk, mistaken.pk])
    assert signed_in(bob).get(url).status_code == 403
    client = signed_in(alice)
    assert client.post(url, {"words": ""}).status_code == 422
    assert client.post(url, {"words": "Another patient's."}).status_code == 302
    assert Task.objects.filter(closed_at=None).count() == 1
    found = {one.watch.organ: one for one in organs(patient, (), timezone.now())}
    assert "finding" in [why.rule for why in found[Organ.LIVER].whys]
    with pytest.raises(RefusedError, match="corrects this one already"):
        withdraw_review(acting(alice), entry=mistaken, words="Again", now=now)


def test_only_a_review_is_taken_back(course, patient, alice, bob):
    entry = looked(bob, patient)
    with pytest.raises(RefusedError, match="Only a review"):
        withdraw_review(acting(alice), entry=entry, words="x", now=NOW)
    review = reviewed(alice, patient)
    with pytest.raises(RefusedError, match="Say what the mistake was"):
        withdraw_review(acting(alice), entry=review, words=" ", now=NOW)
    assert WatchEntry.objects.count() == 2


def pressed(by, patient, pressure):
    systolic, diastolic = pressure.split("/")
    values = {"systolic": int(systolic), "diastolic": int(diastolic), "taken_at": NOW}
    return add_pressure(acting(by), patient=patient, now=NOW, **values)


def test_a_raised_resting_pressure_in_treatment_is_a_task(course, patient, bob):
    pressed(bob, patient, "138/88")
    assert not Task.objects.exists()
    pressed(bob, patient, "148/92")
    assert Task.objects.filter(detail__contains="148/92 mmHg").exists()


def test_before_any_course_the_screening_speaks_and_no_task_is_opened(patient, bob):
    pressed(bob, patient, "148/92")
    assert not Task.objects.exists()


# --- the pressures before a session ---


def pressure_of(patient, now):
    return {one.watch.organ: one for one in organs(patient, (), now)}[Organ.BLOOD_PRESSURE]


def test_the_two_seated_readings_before_a_session_are_a_resting_pressure(
    course, patient, alice, bob
):
    """120/78 twice, ten and five minutes before the first dose."""
    assert pressure_of(patient, NOW).items[0].last == ()
    session = planned(course.orders.get(), bob, at=NOW)
    ready_to_start(bob, session, NOW)
    standing = pressure_of(patient, NOW)
    (last,) = standing.items[0].last
    assert last.text == "120/78 mmHg (mean of two seated readings before a session)"
    assert standing.state is State.DONE


def test_one_reading_alone_is_no_resting_pressure(course, patient, alice, bob):
    session = planned(course.orders.get(), bob, at=NOW)
    seated = {"kind": "reading", "systolic": 150, "diastolic": 78, "position": "seated"}
    wrote(bob, session, NOW, seated)
    assert pressure_of(patient, NOW).items[0].last == ()
    wrote(bob, session, NOW + timedelta(minutes=5), {**seated, "systolic": 131})
    standing = pressure_of(patient, NOW + timedelta(minutes=5))
    assert "140.5/78 mmHg" in standing.whys[0].text
    assert standing.whys[0].rule == "finding"
