"""Tasks on screen: mine first, overdue in words, closed with an outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from mooring.clinic.audit.models import AuditRow
from mooring.clinic.tasks.actions import close_task, open_task
from mooring.clinic.tasks.models import Task
from tests.clinic.courses.steps import acting
from tests.support.behind import update_behind


def text(response):
    """The page as words, with white space as one space."""
    return " ".join(response.content.decode().split())


def opened(patient, owner, title, due_in=timedelta(hours=1)):
    now = timezone.now()
    return open_task(
        acting(owner),
        patient=patient,
        kind="call_back",
        title=title,
        detail="Item 9 was answered “several days”.",
        owner=owner,
        source=f"test:{title}",
        due_at=now + due_in,
        now=now,
    )


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
def test_people_in_care_read_and_open_tasks(signed_in, request, patient, alice, name, status):
    task = opened(patient, alice, "Call Pat")
    client = signed_in(request.getfixturevalue(name))
    assert client.get("/tasks/").status_code == status
    assert client.get(f"/tasks/{task.pk}/").status_code == status


def test_mine_come_before_those_of_others_and_the_first_due_first(signed_in, patient, alice, bob):
    opened(patient, bob, "Bob's", timedelta(hours=-5))
    opened(patient, alice, "Mine later", timedelta(hours=3))
    opened(patient, alice, "Mine sooner", timedelta(hours=1))
    page = text(signed_in(alice).get("/tasks/"))
    order = [page.index(title) for title in ("Mine sooner", "Mine later", "Bob&#x27;s")]
    assert order == sorted(order)


def test_overdue_is_a_word_and_a_shape(signed_in, patient, alice):
    opened(patient, alice, "Late", timedelta(hours=-1))
    page = text(signed_in(alice).get("/tasks/"))
    assert '<span class="state overdue pill">overdue since' in page


def test_what_is_due_later_is_not_called_overdue(signed_in, patient, alice):
    opened(patient, alice, "Later")
    assert "overdue" not in text(signed_in(alice).get("/tasks/"))


def test_empty_lists_say_so(signed_in, alice):
    page = text(signed_in(alice).get("/tasks/"))
    assert "Nothing waits for you here." in page
    assert "Nothing is open." in page


def test_closing_needs_an_outcome(signed_in, patient, alice, bob):
    task = opened(patient, alice, "Call Pat")
    client = signed_in(bob)
    response = client.post(f"/tasks/{task.pk}/", {"outcome": "  "})
    assert response.status_code == 422
    assert "Say what was done" in text(response)
    assert Task.objects.get().closed_at is None
    response = client.post(f"/tasks/{task.pk}/", {"outcome": "Called; plan agreed."})
    assert response.headers["Location"] == "/tasks/"
    page = text(client.get("/tasks/"))
    assert "Called; plan agreed." in page
    assert "B. Okafor" in page


def test_a_closed_task_offers_no_form_and_is_not_closed_again(signed_in, patient, alice, bob):
    task = opened(patient, alice, "Call Pat")
    close_task(acting(alice), task=task, outcome="Called.", now=timezone.now())
    client = signed_in(bob)
    assert "Close the task" not in text(client.get(f"/tasks/{task.pk}/"))
    response = client.post(f"/tasks/{task.pk}/", {"outcome": "Me too."})
    assert response.status_code == 422
    assert "A. Lindqvist closed this task already" in text(response)
    assert "Me too." in text(response)
    assert Task.objects.get().outcome == "Called."


@pytest.mark.parametrize(("days", "listed"), [(6, True), (8, False)])
def test_closed_tasks_stay_for_a_week(signed_in, patient, alice, days, listed):
    task = opened(patient, alice, "Call Pat")
    close_task(acting(alice), task=task, outcome="Called.", now=timezone.now())
    update_behind(Task.objects.all(), closed_at=timezone.now() - timedelta(days=days))
    assert ("Called." in text(signed_in(alice).get("/tasks/"))) is listed


def test_reading_a_task_opens_the_chart_in_the_audit(signed_in, patient, alice, bob):
    task = opened(patient, alice, "Call Pat")
    signed_in(bob).get(f"/tasks/{task.pk}/")
    row = AuditRow.objects.get(action="chart.opened")
    assert (row.actor_name, row.patient) == ("B. Okafor", patient.id)


def test_an_unknown_task_is_not_found(signed_in, alice):
    assert signed_in(alice).get(f"/tasks/{alice.pk}/").status_code == 404
