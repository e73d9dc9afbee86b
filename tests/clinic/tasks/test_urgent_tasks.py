"""A task with a clock: first on Today, on to the next person, handed over with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.measures.actions import answer, assign, by_link, note_watched
from mooring.clinic.tasks.actions import close_task, hand_over, open_task
from mooring.clinic.tasks.models import HandOver, Task
from mooring.clinic.tasks.urgent import urgent
from tests.clinic.courses.steps import acting
from tests.clinic.measures.steps import NOTHING, command_line
from tests.clinic.tasks.test_task_pages import text
from tests.support.behind import update_behind

pytestmark = pytest.mark.django_db
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def call(patient, alice, now):
    """Alice's urgent task, due in an hour, with one more person every half hour."""
    return urgent_task(patient, alice, now + timedelta(hours=1))


def urgent_task(patient, owner, due_at, source="test:1"):
    return open_task(
        acting(owner),
        patient=patient,
        kind="self_harm_answer",
        title="Read and call",
        detail="Item 9.",
        owner=owner,
        source=source,
        due_at=due_at,
        escalates_every=30,
        now=due_at - timedelta(hours=1),
    )


def names(task, moment):
    return [str(person) for person in urgent(task, moment).with_whom]


def test_before_it_is_due_its_owner_holds_it(call, bob, tara):
    assert names(call, call.due_at - timedelta(seconds=1)) == ["A. Lindqvist"]


def test_from_its_due_time_on_one_more_person_every_half_hour_holds_it(call, bob, tara):
    assert names(call, call.due_at) == ["A. Lindqvist", "B. Okafor"]
    assert names(call, call.due_at + HALF_HOUR - timedelta(seconds=1)) == [
        "A. Lindqvist",
        "B. Okafor",
    ]
    everybody = ["A. Lindqvist", "B. Okafor", "T. Nakamura"]
    assert names(call, call.due_at + HALF_HOUR) == everybody
    assert names(call, call.due_at + 9 * HALF_HOUR) == everybody


def test_it_says_when_it_goes_on_until_everybody_has_it(call, bob):
    assert urgent(call, call.due_at - HALF_HOUR).next_at == call.due_at
    assert urgent(call, call.due_at).next_at is None


def test_owner_who_has_left_is_replaced_at_once(call, alice, bob):
    alice.is_active = False
    alice.save()
    call.refresh_from_db()
    assert names(call, call.due_at - HALF_HOUR) == ["B. Okafor"]


def test_everybody_in_care_sees_it_first_on_today(signed_in, call, alice, bob, patient):
    patient.phone = "555 0142"
    patient.save()
    page = text(signed_in(bob).get("/today/"))
    assert page.index("Read and call") < page.index("To come")
    assert 'href="tel:5550142"' in page
    assert "With A. Lindqvist; goes on to the next person at" in page


def test_overdue_today_says_whom_it_has_gone_on_to(signed_in, patient, alice, bob, tara, now):
    urgent_task(patient, alice, now - timedelta(minutes=10))
    page = text(signed_in(tara).get("/today/"))
    assert "overdue since" in page
    assert "With A. Lindqvist; now also with B. Okafor; goes on to one more person at" in page


def test_it_stands_apart_from_the_tasks_without_a_clock(signed_in, call, alice):
    page = text(signed_in(alice).get("/tasks/"))
    assert page.index("First of all") < page.index("Read and call") < page.index("With my name")
    assert page.count("Read and call") == 1


def test_task_of_an_earlier_build_has_a_clock_by_its_kind(call, bob):
    update_behind(Task.objects.filter(pk=call.pk), escalates_every=None)
    call.refresh_from_db()
    assert names(call, call.due_at) == ["A. Lindqvist", "B. Okafor"]


def test_task_shows_the_number_the_contact_and_the_answers(signed_in, patient, alice):
    patient.phone, patient.emergency_contact = "555 0142", "Sam Marsh, brother, 555 0143"
    patient.save()
    now = timezone.now()
    asked = assign(
        command_line(),
        patient=patient,
        measure="phq9",
        occasion="weekly",
        due_at=now,
        expires_at=now + timedelta(days=3),
        now=now,
    )
    note_watched(by_link(patient), assignment=asked, item="phq9.9", value=2, now=now)
    client = signed_in(alice)
    page = text(client.get(f"/tasks/{Task.objects.get().pk}/"))
    assert "Call 555 0142" in page
    assert "Sam Marsh, brother, 555 0143" in page
    assert "More than half the days (2)" in page
    assert "The form has not been sent" in page
    some = {**NOTHING, "phq9.9": 2}
    del some["phq9.4"]
    answer(by_link(patient), assignment=asked, answers=some, started_at=now, now=now)
    page = text(client.get(f"/tasks/{Task.objects.get().pk}/"))
    assert "PHQ-9 at least 2 of 27" in page
    assert "left out on purpose" in page


def test_without_a_number_in_the_record_the_task_says_so(signed_in, call, alice):
    assert text(signed_in(alice).get(f"/tasks/{call.pk}/")).count("not in the record") == 2


def give(client, task, to, reason="I am with a patient until three."):
    return client.post(f"/tasks/{task.pk}/hand-over/", {"to": to.pk, "reason": reason}, follow=True)


def test_it_can_be_given_to_somebody_else_with_a_reason(signed_in, call, alice, bob):
    page = text(give(signed_in(alice), call, bob))
    call.refresh_from_db()
    assert (call.owner, call.closed_at) == (bob, None)
    assert "A. Lindqvist to B. Okafor" in page
    assert "I am with a patient until three." in page
    row = AuditRow.objects.get(action="tasks.hand_over")
    assert (row.actor_name, row.patient) == ("A. Lindqvist", call.patient_id)


def test_its_clock_runs_on_when_it_is_given_away(signed_in, call, alice, bob):
    due_at = call.due_at
    give(signed_in(alice), call, bob)
    call.refresh_from_db()
    assert call.due_at == due_at


@pytest.mark.parametrize(
    ("reason", "to", "says"),
    [
        (" ", "bob", "Say why it goes"),
        ("Busy", "alice", "Choose who takes it"),
        ("Busy", "olga", "Choose who takes it"),
        ("Busy", "pat", "Choose who takes it"),
    ],
)
def test_it_is_given_only_with_a_reason_to_another_person_in_care(
    signed_in, request, call, alice, bob, reason, to, says
):
    response = give(signed_in(alice), call, request.getfixturevalue(to), reason)
    assert response.status_code == 422
    assert says in text(response)
    call.refresh_from_db()
    assert call.owner == alice


def test_actions_refuse_what_no_form_would_send(call, alice, bob, olga, charlie, now):
    by = acting(alice)
    for to, reason, says in [
        (alice, "x", "has this task already"),
        (olga, "x", "somebody in care"),
        (bob, " ", "Say why"),
    ]:
        with pytest.raises(RefusedError, match=says):
            hand_over(by, task=call, to=to, reason=reason, now=now)
    with pytest.raises(PermissionDenied):
        hand_over(acting(charlie), task=call, to=bob, reason="x", now=now)
    with pytest.raises(RefusedError, match="name of a person"):
        hand_over(command_line(), task=call, to=bob, reason="x", now=now)
    close_task(by, task=call, outcome="Called.", now=now)
    with pytest.raises(RefusedError, match="closed this task already"):
        hand_over(by, task=call, to=bob, reason="x", now=now)


def test_hand_over_is_never_changed(call, alice, bob, now):
    made = hand_over(acting(alice), task=call, to=bob, reason="Busy.", now=now)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        HandOver.objects.filter(pk=made.pk).update(reason="Other.")
