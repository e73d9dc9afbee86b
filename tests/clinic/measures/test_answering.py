"""What is stored when a patient answers, and what an answer about self-harm sets in motion."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.measures.actions import answer, by_link, note_watched
from mooring.clinic.measures.models import Response, WatchedAnswer
from mooring.clinic.measures.self_harm import task_about
from mooring.clinic.tasks.actions import close_task
from mooring.clinic.tasks.models import Task
from tests.clinic.measures.steps import (
    DAY,
    ITEMS,
    NOTHING,
    SIXTEEN,
    answered,
    command_line,
    infused,
    next_session,
    person,
    planned,
)
from tests.support.cast import patient_record
from tests.support.clinical import NOON

pytestmark = pytest.mark.django_db
SEVERAL_DAYS = {**NOTHING, "phq9.9": 1}


def send(assignment, answers, by=None, started_at=NOON, now=NOON):
    return answer(
        by or by_link(assignment.patient),
        assignment=assignment,
        answers=answers,
        started_at=started_at,
        now=now,
    )


def test_total_and_band_are_those_of_the_form(baseline):
    response = send(baseline, SIXTEEN)
    assert (response.total, response.band) == (16, "moderately severe")
    assert response.answers == SIXTEEN


def test_item_left_out_leaves_the_total_unknown(baseline):
    response = send(baseline, {item: 3 for item in ITEMS if item != "phq9.3"})
    assert (response.total, response.band) == (None, "")
    assert "phq9.3" not in response.answers


def test_beginning_and_sending_are_both_kept(baseline):
    response = send(baseline, NOTHING, now=NOON + timedelta(minutes=1))
    assert response.completed_at - response.started_at == timedelta(minutes=1)


def test_sending_is_in_the_audit_under_the_patients_link(baseline, patient):
    send(baseline, NOTHING)
    row = AuditRow.objects.get(action="measures.answer")
    assert (row.patient, row.actor_name) == (patient.id, "Marsh, Pat")


@pytest.mark.parametrize(
    "answers",
    [{**NOTHING, "phq9.10": 0}, {**NOTHING, "phq9.1": 4}, {**NOTHING, "phq9.1": -1}, {"": 0}],
)
def test_answers_that_do_not_fit_the_scale_are_refused_with_what_would_fit(baseline, answers):
    with pytest.raises(RefusedError, match=r"no such item|choose one of"):
        send(baseline, answers)
    assert not Response.objects.exists()


@pytest.mark.parametrize("value", [1, 2, 3])
def test_any_answer_above_0_to_item_9_gives_the_prescriber_a_task(baseline, alice, value):
    response = send(baseline, {**NOTHING, "phq9.9": value})
    task = Task.objects.get()
    assert task == task_about(response.assignment)
    assert (task.kind, task.owner, task.patient) == ("self_harm_answer", alice, baseline.patient)
    assert task.source == f"measures.Assignment:{baseline.id}"
    assert f"item 9: {['', 'Several', 'More', 'Nearly'][value]}" in task.detail
    assert NOON < task.due_at <= NOON + timedelta(hours=1)


def test_low_total_does_not_quiet_item_9(baseline):
    assert send(baseline, SEVERAL_DAYS).total == 1
    assert Task.objects.count() == 1


def test_item_9_at_0_opens_no_task(baseline):
    send(baseline, SIXTEEN)
    assert not Task.objects.exists()


def test_item_9_declined_is_a_task_like_an_answer_above_0(baseline, alice):
    send(baseline, dict.fromkeys(ITEMS[:8], 3))
    task = Task.objects.get()
    assert (task.kind, task.owner) == ("self_harm_answer", alice)
    assert task.title == "Question about self-harm declined: ask and call"
    assert "item 9: declined on purpose" in task.detail


def note(assignment, value, at=NOON):
    return note_watched(
        by_link(assignment.patient), assignment=assignment, item="phq9.9", value=value, now=at
    )


@pytest.mark.parametrize("value", [1, 3, None])
def test_answer_that_calls_someone_opens_the_task_when_it_is_given(baseline, alice, value):
    note(baseline, value)
    task = Task.objects.get()
    assert (task.owner, task.escalates_every) == (alice, 30)
    assert task.due_at == NOON + timedelta(hours=1)


def test_sending_adds_to_the_task_that_the_answer_opened(baseline):
    note(baseline, None)
    send(baseline, {**NOTHING, "phq9.9": 2}, now=NOON + timedelta(minutes=2))
    task = Task.objects.get()
    assert "declined on purpose" in task.detail
    assert "More than half the days (2)" in task.detail


def test_taking_the_answer_back_leaves_the_task_open_and_both_answers_kept(baseline):
    note(baseline, 3)
    note(baseline, 0)
    assert Task.objects.get().closed_at is None
    assert [row.value for row in baseline.watched_answers.all()] == [3, 0]


def close(task, by, at):
    return close_task(person(by), task=task, outcome="Called, safe at home.", now=at)


def test_what_a_closed_task_was_closed_on_opens_no_second(baseline, bob):
    note(baseline, 2)
    close(Task.objects.get(), bob, NOON + timedelta(minutes=5))
    send(baseline, {**NOTHING, "phq9.9": 2}, now=NOON + timedelta(minutes=6))
    assert Task.objects.count() == 1


def test_later_answer_that_a_closed_task_did_not_know_opens_another(baseline, bob):
    note(baseline, 1)
    close(Task.objects.get(), bob, NOON + timedelta(minutes=5))
    send(baseline, {**NOTHING, "phq9.9": 3}, now=NOON + timedelta(minutes=6))
    second = Task.objects.get(closed_at=None)
    assert second.source == f"measures.Assignment:{baseline.id}#2"
    assert task_about(baseline) == second


def test_only_a_watched_question_is_kept_before_sending(baseline):
    with pytest.raises(RefusedError, match=r"phq9\.3: no answer to it calls anyone"):
        note_watched(
            by_link(baseline.patient), assignment=baseline, item="phq9.3", value=3, now=NOON
        )
    with pytest.raises(RefusedError, match="choose one of"):
        note(baseline, 7)


def test_kept_answer_cannot_be_changed(baseline):
    row = note(baseline, 3)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        WatchedAnswer.objects.filter(pk=row.pk).update(value=0)


def test_second_sending_is_refused_and_opens_no_second_task(baseline):
    send(baseline, SEVERAL_DAYS)
    with pytest.raises(RefusedError, match="already arrived"):
        send(baseline, {**NOTHING, "phq9.9": 3})
    assert (Response.objects.count(), Task.objects.count()) == (1, 1)
    assert Response.objects.get().answers == SEVERAL_DAYS


def test_answer_and_task_stand_or_fall_together(baseline, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("no task")

    monkeypatch.setattr("mooring.clinic.measures.self_harm.open_task", broken)
    with pytest.raises(RuntimeError):
        send(baseline, SEVERAL_DAYS)
    assert not Response.objects.exists()


def test_prescriber_who_has_left_is_not_given_the_task(baseline, alice, bob):
    alice.is_active = False
    alice.save()
    send(baseline, SEVERAL_DAYS)
    assert Task.objects.get().owner == bob


def test_answers_are_kept_even_when_nobody_is_left_to_give_the_task_to(baseline, alice):
    alice.is_active = False
    alice.save()
    assert send(baseline, SEVERAL_DAYS).answers["phq9.9"] == 1
    assert not Task.objects.exists()


def test_answers_begun_in_time_count_however_long_they_took(session):
    asked = planned(infused(session))[0]
    last = asked.expires_at - timedelta(minutes=1)
    response = send(asked, NOTHING, started_at=last, now=asked.expires_at + timedelta(minutes=5))
    assert response.total == 0


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=3)])
def test_answers_begun_after_the_window_are_refused(session, late):
    asked = planned(infused(session))[0]
    with pytest.raises(RefusedError, match="is over"):
        send(asked, NOTHING, started_at=asked.expires_at + late, now=asked.expires_at + late)


def test_answers_before_the_window_are_refused(session):
    asked = planned(infused(session))[0]
    with pytest.raises(RefusedError, match="too early"):
        send(asked, NOTHING, started_at=NOON, now=NOON)


def test_answers_begun_before_the_scale_was_cancelled_still_count(session):
    week = planned(infused(session))[1]
    begun = week.due_at - timedelta(hours=1)
    planned(next_session(session, week.due_at), now=week.due_at)
    assert send(week, NOTHING, started_at=begun, now=week.due_at + timedelta(minutes=1)).total == 0


def test_answers_begun_after_the_scale_was_cancelled_are_refused(session):
    week = planned(infused(session))[1]
    planned(next_session(session, NOON + 4 * DAY))
    with pytest.raises(RefusedError, match="is over"):
        answered(week)


def test_nobody_answers_for_another_patient(baseline):
    other = patient_record("Reed", "Jo")
    with pytest.raises(PermissionDenied):
        send(baseline, NOTHING, by=by_link(other))
    assert not Response.objects.exists()


def test_staff_cannot_answer_for_a_patient(baseline, alice, bob, tara, olga, audrey, ray, charlie):
    for who in (alice, bob, tara, olga, audrey, ray, charlie):
        with pytest.raises(PermissionDenied):
            send(baseline, NOTHING, by=person(who))
    with pytest.raises(PermissionDenied):
        send(baseline, NOTHING, by=command_line())


@pytest.mark.django_db(transaction=True)
def test_of_many_sendings_at_one_moment_one_is_stored_with_one_task(baseline):
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: tried(baseline), range(8)))
    assert sorted(outcomes) == ["refused"] * 7 + ["stored"]
    assert (Response.objects.count(), Task.objects.count()) == (1, 1)


def tried(assignment):
    """Send once, on a connection of this thread's own."""
    try:
        send(assignment, SEVERAL_DAYS)
    except RefusedError:
        return "refused"
    finally:
        connection.close()
    return "stored"
