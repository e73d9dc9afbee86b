"""The ladder of a course: started by a prescriber, read from the sessions, reviewed, ended."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import columns
from mooring.clinic.ladders import actions
from mooring.clinic.ladders.models import Ladder, StepReview
from mooring.clinic.ladders.reading import POLICY, others_given, steps_taken, where
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.products import product
from mooring.core.protocols.ladders.standing import Decision, Trouble
from mooring.core.quantities import Minutes
from tests.clinic.sessions.steps import (
    acting,
    planned,
    ready_to_start,
    signature,
    signed_order,
    wrote,
)

pytestmark = pytest.mark.django_db
ASKED = dict.fromkeys(POLICY.checklist.items, Trouble.NONE)


@pytest.fixture
def morning():
    """Two days ago: a first step lies behind."""
    return timezone.now() - timedelta(days=2)


@pytest.fixture
def ladder(patient, alice, morning):
    course = signed_order(patient, alice, at=morning - timedelta(days=1)).course
    return actions.start(acting(alice), course=course, reason="Lives far away.", now=morning)


def order_of(ladder, alice, sprays):
    """Sprays ten minutes apart, signed for the ladder's course."""
    minutes = tuple(Minutes(10 * number) for number in range(sprays))
    written = NasalSprayOrder(product("ketamine_nasal_spray_100"), minutes, None)
    facts = {"findings": {}, "signed_by": alice, "signed_at": ladder.started_at}
    return Order.objects.create(course=ladder.course, **columns(written, None), **facts)


def taken(ladder, alice, bob, sprays, start):
    """A session that gives the sprays in time, all of them."""
    session = planned(order_of(ladder, alice, sprays), bob, at=start)
    ready_to_start(bob, session, start)
    for number in range(sprays):
        dose = {"kind": "dose_given", "step": number + 1, "amount_mg": "10"}
        wrote(bob, session, start + timedelta(minutes=10 * number), dose)
    session.refresh_from_db()
    return session


def closed(session, alice):
    """Signed by a prescriber with criteria open, so that another session can start."""
    at = session.scheduled_at + timedelta(hours=3)
    wrote(alice, session, at, signature(alice, override_reason="Everything was seen on paper."))


def reviewed(ladder, alice, session, at, **more):
    facts = {"answers": ASKED, "decision": Decision.GO_ON, "words": "Quiet.", "now": at, **more}
    return actions.review(acting(alice), ladder=ladder, session=session, **facts)


def page(client, ladder):
    answer = client.get(reverse("ladder", args=[ladder.course_id]))
    assert answer.status_code == 200
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))


def test_before_a_start_the_page_says_what_the_ladder_would_be(patient, alice, signed_in):
    course = signed_order(patient, alice).course
    answer = signed_in(alice).get(reverse("ladder", args=[course.pk]))
    read = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))
    assert "Not started" in read
    assert "1. 10 mg" in read and "3. 50 mg" in read
    assert "at minute 0, 10, 20, 30, 40; then 3 hours of watching from the last spray" in read
    assert "40 sprays × 0.1 mL = 4 mL; 40 × 10 mg = 400 mg" in read
    assert "44 sprays × 0.1 mL = 4.4 mL; 44 × 10 mg = 440 mg" in read
    assert "switch is off" in read
    assert "Is there a place with a lock" in read


def test_the_first_step_waits_for_nothing_and_its_order_is_filled_in(ladder, alice, signed_in):
    client = signed_in(alice)
    assert "Next by the source: step 1" in page(client, ladder)
    answer = client.get(reverse("ladder", args=[ladder.course_id])).content.decode()
    (link,) = re.findall(r'href="([^"]+)">Write the order of step 1', answer)
    form = client.get(html.unescape(link)).content.decode()
    assert re.search(r'name="sprays"[^>]*value="1"|value="1"[^>]*name="sprays"', form)


def test_an_order_of_the_next_step_that_stands_is_named_and_not_written_again(
    ladder, alice, bob, signed_in
):
    order = order_of(ladder, alice, 1)
    read = page(signed_in(alice), ladder)
    assert "The order of step 1 was signed" in read
    assert "No session of it is planned." in read
    assert "Write the order" not in read
    planned(order, bob, at=timezone.now() + timedelta(days=1))
    read = page(signed_in(alice), ladder)
    assert "Its session is planned for" in read


def test_an_order_of_another_step_is_not_the_next_step_s(ladder, alice, signed_in):
    order_of(ladder, alice, 3)
    assert "Write the order of step 1" in page(signed_in(alice), ladder)


def test_a_session_of_the_steps_sprays_is_the_step(ladder, alice, bob, morning):
    first = taken(ladder, alice, bob, 1, morning + timedelta(minutes=5))
    (step,) = steps_taken(ladder, timezone.now())
    assert (step.session, step.taken.step, step.review) == (first, 1, None)
    assert step.taken.watched_until is None


def test_what_the_next_step_waits_for_is_named(ladder, alice, bob, morning, signed_in):
    taken(ladder, alice, bob, 1, morning + timedelta(minutes=5))
    read = page(signed_in(bob), ladder)
    assert "Next by the source: step 2 It waits for:" in read
    assert "Nobody wrote down until when step 1 was watched." in read
    assert "The review of step 1 is due." in read
    assert "Not asked after step 1: nausea." in read
    assert "Write the order" not in read


def test_after_a_watched_and_reviewed_step_the_next_one_is_open(ladder, alice, bob, morning):
    first = taken(ladder, alice, bob, 1, morning)
    first.signed_at = morning + timedelta(hours=3)
    first.save()
    reviewed(ladder, alice, first, morning + timedelta(hours=25))
    standing = where(ladder, steps_taken(ladder, timezone.now()), (), morning + timedelta(hours=26))
    assert (standing.next_step, standing.holds) == (2, ())


def test_a_later_review_takes_the_place_of_an_earlier_one(ladder, alice, bob, morning):
    first = taken(ladder, alice, bob, 1, morning)
    reviewed(ladder, alice, first, morning + timedelta(hours=24))
    later = morning + timedelta(hours=25)
    reviewed(ladder, alice, first, later, decision=Decision.STAY, words="Asked again: nausea.")
    (step,) = steps_taken(ladder, timezone.now())
    assert step.taken.decision is Decision.STAY
    assert StepReview.objects.count() == 2


def test_sprays_that_are_no_step_and_sessions_before_the_start_do_not_count(
    ladder, alice, bob, morning
):
    before = taken(ladder, alice, bob, 1, morning - timedelta(days=1))
    closed(before, alice)
    taken(ladder, alice, bob, 2, morning + timedelta(minutes=5))
    assert steps_taken(ladder, timezone.now()) == ()


def test_a_skipped_step_is_said_and_not_hidden(ladder, alice, bob, morning, signed_in):
    taken(ladder, alice, bob, 3, morning + timedelta(minutes=5))
    read = page(signed_in(alice), ladder)
    assert "The record skips a step" in read
    assert "Step: 2 was taken before step 1" in read


def test_a_review_through_the_page_keeps_what_was_not_asked_as_not_asked(
    ladder, alice, bob, morning, signed_in
):
    first = taken(ladder, alice, bob, 1, morning)
    url = reverse("step_review", args=[ladder.pk, first.pk])
    client = signed_in(alice)
    typed = {"item_0": "mild", "item_1": "none", "decision": "go_on", "words": "Slept well."}
    assert client.post(url, {**typed, "words": ""}).status_code == 422
    assert client.post(url, typed).status_code == 302
    (step,) = steps_taken(ladder, timezone.now())
    assert [said for _, said in step.answers] == ["mild", "none", None, None]
    assert AuditRow.objects.filter(action="ladders.review", patient=first.patient_key).exists()
    assert "not asked" in page(client, ladder)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"words": " "}, "Say how it went"),
        ({"answers": {"nausea": Trouble.NONE}}, "The checklist asks"),
    ],
)
def test_a_review_that_cannot_stand_says_what_would_be_right(
    ladder, alice, bob, morning, more, says
):
    first = taken(ladder, alice, bob, 1, morning)
    with pytest.raises(RefusedError, match=says):
        reviewed(ladder, alice, first, morning + timedelta(hours=25), **more)


def test_only_a_finished_step_of_this_ladder_is_reviewed(ladder, alice, bob, morning):
    going_on = planned(order_of(ladder, alice, 3), bob, at=morning)
    ready_to_start(bob, going_on, morning)
    wrote(bob, going_on, morning, {"kind": "dose_given", "step": 1, "amount_mg": "10"})
    going_on.refresh_from_db()
    with pytest.raises(RefusedError, match="still going on"):
        reviewed(ladder, alice, going_on, morning + timedelta(hours=1))
    infusion = ladder.course.orders.get(kind="infusion")
    other = planned(infusion, bob, at=morning + timedelta(days=1))
    with pytest.raises(RefusedError, match="not a step"):
        reviewed(ladder, alice, other, morning + timedelta(hours=1))


def test_one_ladder_at_a_time_and_each_with_its_reason(ladder, alice, morning):
    with pytest.raises(RefusedError, match="goes on in this course already"):
        actions.start(acting(alice), course=ladder.course, reason="Again", now=morning)
    with pytest.raises(RefusedError, match="Say why the ladder ends"):
        actions.end(acting(alice), ladder=ladder, reason=" ", now=morning)
    actions.end(acting(alice), ladder=ladder, reason="No effect.", now=morning)
    with pytest.raises(RefusedError, match="ended already"):
        actions.end(acting(alice), ladder=ladder, reason="No effect.", now=morning)
    with pytest.raises(RefusedError, match="Say why the dose"):
        actions.start(acting(alice), course=ladder.course, reason=" ", now=morning)
    with pytest.raises(RefusedError, match="This ladder has ended"):
        reviewed(ladder, alice, ladder.course.sessions.first(), morning)
    again = actions.start(acting(alice), course=ladder.course, reason="Once more.", now=morning)
    assert Ladder.objects.filter(ended_at=None).get() == again


def test_a_course_that_ended_takes_no_ladder(ladder, alice, morning):
    course = ladder.course
    course.ended_at, course.end_reason = morning, "Moved away"
    course.save()
    with pytest.raises(RefusedError, match="course that goes on"):
        actions.start(acting(alice), course=course, reason="x", now=morning)


def test_a_review_is_never_changed_or_deleted(ladder, alice, bob, morning):
    kept = reviewed(ladder, alice, taken(ladder, alice, bob, 1, morning), morning)
    for change in (
        lambda: StepReview.objects.filter(pk=kept.pk).update(words="other"),
        lambda: StepReview.objects.filter(pk=kept.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_only_a_prescriber_starts_reviews_and_ends(ladder, alice, bob, tara, morning):
    step = taken(ladder, alice, bob, 1, morning)
    for user in (bob, tara):
        with pytest.raises(PermissionDenied):
            actions.end(acting(user), ladder=ladder, reason="x", now=morning)
        with pytest.raises(PermissionDenied):
            reviewed(ladder, user, step, morning)


def test_a_step_that_was_stopped_half_way_comes_again(ladder, alice, bob, morning, signed_in):
    whole = taken(ladder, alice, bob, 1, morning)
    closed(whole, alice)
    session = planned(order_of(ladder, alice, 3), bob, at=morning + timedelta(days=1))
    start = morning + timedelta(days=1)
    ready_to_start(bob, session, start)
    wrote(bob, session, start, {"kind": "dose_given", "step": 1, "amount_mg": "10"})
    stop = start + timedelta(minutes=9)
    wrote(bob, session, stop, {"kind": "dosing_stopped", "reason": "Too strange."})
    reviewed(ladder, alice, whole, morning + timedelta(hours=24))
    now = timezone.now()
    standing = where(ladder, steps_taken(ladder, now), others_given(ladder, now), now)
    assert (standing.next_step, standing.behind) == (2, {1})
    assert "gave 10 mg of 30 mg" in page(signed_in(bob), ladder)


def test_a_start_that_was_corrected_away_took_no_step(ladder, alice, bob, morning):
    session = planned(order_of(ladder, alice, 1), bob, at=morning)
    ready_to_start(bob, session, morning)
    slip = {"kind": "dose_given", "step": 1, "amount_mg": "10"}
    entry = wrote(bob, session, morning, slip)
    correction = {"kind": "correction", "corrects": str(entry.id), "reason": "Wrong patient."}
    wrote(bob, session, morning + timedelta(minutes=1), correction)
    assert steps_taken(ladder, timezone.now()) == ()


def test_sprays_at_other_minutes_and_other_drugs_are_shown_as_other_doses(
    ladder, alice, bob, morning, signed_in
):
    minutes = tuple(Minutes(5 * number) for number in range(3))
    faster = NasalSprayOrder(product("ketamine_nasal_spray_100"), minutes, None)
    facts = {"findings": {}, "signed_by": alice, "signed_at": ladder.started_at}
    order = Order.objects.create(course=ladder.course, **columns(faster, None), **facts)
    session = planned(order, bob, at=morning)
    ready_to_start(bob, session, morning)
    wrote(bob, session, morning, {"kind": "dose_given", "step": 1, "amount_mg": "10"})
    assert steps_taken(ladder, timezone.now()) == ()
    read = page(signed_in(bob), ladder)
    assert "Other doses meanwhile" in read
    assert "at minutes 0, 5, 10" in read
    held = where(ladder, (), others_given(ladder, morning), morning + timedelta(hours=1))
    assert [hold.rule for hold in held.holds] == ["separate_days"]


def test_what_follows_on_the_end_of_a_ladder_is_no_step_of_it(ladder, alice, bob, morning):
    actions.end(acting(alice), ladder=ladder, reason="Infusions.", now=morning)
    taken(ladder, alice, bob, 1, morning + timedelta(hours=1))
    assert steps_taken(ladder, timezone.now()) == ()
    assert others_given(ladder, timezone.now()) == ()


def test_two_ladders_of_one_patient_tell_each_other_of_their_doses(
    ladder, patient, alice, bob, morning
):
    course = signed_order(patient, alice, at=morning - timedelta(hours=2)).course
    other = actions.start(acting(alice), course=course, reason="A second course.", now=morning)
    first = taken(ladder, alice, bob, 1, morning + timedelta(minutes=5))
    assert others_given(other, timezone.now()) == (first,)
