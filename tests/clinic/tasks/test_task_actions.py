"""A task has an owner; it is opened once for one source and closed with an outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mooring.clinic.actions import Actor, RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.permissions import Role
from mooring.clinic.tasks.actions import close_task, open_task
from mooring.clinic.tasks.models import Task
from tests.support.cast import NOON


def acting(user):
    return Actor(name=str(user), roles=user.roles, user=user)


def opened(by, patient, owner, **more):
    facts = {
        "kind": "self_harm_answer",
        "title": "Read the answer to question 9 and call",
        "detail": "PHQ-9 of today",
        "source": "measures.Response:1",
        "due_at": NOON + timedelta(hours=1),
        **more,
    }
    return open_task(by, patient=patient, owner=owner, now=NOON, **facts)


def test_a_task_names_who_has_to_do_it_and_by_when(patient, alice, bob):
    task = opened(acting(bob), patient, alice)
    assert (task.owner, task.opened_at, task.due_at) == (alice, NOON, NOON + timedelta(hours=1))
    assert AuditRow.objects.get(action="tasks.open_task").patient == patient.id


def test_the_same_source_opens_one_task_of_a_kind(patient, alice, bob):
    first = opened(acting(bob), patient, alice)
    again = opened(acting(bob), patient, bob, title="Something else")
    assert again == first
    assert (again.title, again.owner) == ("Read the answer to question 9 and call", alice)
    assert opened(acting(bob), patient, alice, kind="call_back") != first
    assert opened(acting(bob), patient, alice, source="measures.Response:2") != first


def test_a_closed_task_is_not_opened_again_by_the_same_source(patient, alice):
    task = opened(acting(alice), patient, alice)
    close_task(acting(alice), task=task, outcome="Called; lives with her sister.", now=NOON)
    assert opened(acting(alice), patient, alice).closed_at == NOON
    assert Task.objects.count() == 1


def test_a_patient_link_opens_a_task_about_its_own_patient_only(patient, alice):
    from tests.support.cast import patient_record

    link = Actor("Pat Marsh", frozenset({Role.PATIENT}), kind="patient link", patient=patient.id)
    assert opened(link, patient, alice).patient == patient
    other = patient_record("Reyes", "Luz")
    with pytest.raises(PermissionDenied):
        opened(link, other, alice, source="measures.Response:9")
    assert Task.objects.count() == 1


def test_closing_takes_a_name_a_time_and_an_outcome(patient, alice, bob):
    task = opened(acting(bob), patient, alice)
    with pytest.raises(RefusedError) as refused:
        close_task(acting(alice), task=task, outcome="  ", now=NOON)
    assert refused.value.field == "outcome"
    closed = close_task(acting(bob), task=task, outcome="Called at noon; plan agreed.", now=NOON)
    assert (closed.closed_by, closed.closed_at) == (bob, NOON)
    assert closed.outcome == "Called at noon; plan agreed."


def test_a_task_is_closed_once(patient, alice, bob):
    task = opened(acting(bob), patient, alice)
    close_task(acting(bob), task=task, outcome="Called.", now=NOON)
    with pytest.raises(RefusedError, match="Okafor closed this task already"):
        close_task(acting(alice), task=task, outcome="Me too.", now=NOON)
    assert Task.objects.get().outcome == "Called."


def test_only_people_in_care_close_tasks(patient, alice, olga, audrey, charlie, pat):
    task = opened(acting(alice), patient, alice)
    for other in (olga, audrey, charlie, pat):
        with pytest.raises(PermissionDenied):
            close_task(acting(other), task=task, outcome="Done.", now=NOON)


def test_a_command_closes_nothing(patient, alice):
    task = opened(acting(alice), patient, alice)
    by = Actor("night job", frozenset({Role.NURSE}), kind="command")
    with pytest.raises(RefusedError, match="name of a person"):
        close_task(by, task=task, outcome="Done.", now=NOON)
