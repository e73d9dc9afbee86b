"""A refused write leaves a row: who, which action or page, whose chart, and why; nothing typed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.clinic.actions import RefusedError, action
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.actions import Identity, register_patient
from mooring.clinic.tasks.actions import close_task
from mooring.clinic.tasks.models import Task
from tests.clinic.sessions.steps import acting
from tests.support.whole_chart import whole_chart

pytestmark = pytest.mark.django_db
TYPED = "Zanzibar-Typed-Text"


@pytest.fixture
def chart(patient, alice, bob) -> dict[str, Any]:
    return whole_chart(patient, alice, bob)


def refusals() -> list[AuditRow]:
    return list(AuditRow.objects.filter(action__startswith="refused."))


def body(row: AuditRow) -> dict[str, Any]:
    return json.loads(row.body)


def test_a_page_that_a_role_does_not_open(chart, bob, patient, signed_in):
    answer = signed_in(bob).post(reverse("screening_decide", args=[patient.pk]), {"reason": TYPED})
    assert answer.status_code == 403
    (row,) = refusals()
    assert (row.action, row.actor_name, row.patient) == (
        "refused.screening_decide", str(bob), patient.pk,
    )  # fmt: skip
    assert body(row)["detail"] == "not permitted: screening.decide"
    assert TYPED not in row.body


def test_their_own_chart(chart, pat, patient, signed_in):
    RoleAssignment.objects.create(user=pat, role="nurse")
    client = signed_in(User.objects.get(pk=pat.pk))
    address = reverse("record_add", args=[patient.pk, "condition"])
    assert client.post(address, {"text": TYPED, "status": "active"}).status_code == 403
    (row,) = refusals()
    assert body(row)["detail"] == "not permitted: own chart"
    assert (row.patient, TYPED in row.body) == (patient.pk, False)


def test_reading_a_chart_that_a_role_does_not_open(chart, ray, patient, signed_in):
    assert signed_in(ray).get(reverse("patient", args=[patient.pk])).status_code == 403
    assert [row.action for row in refusals()] == ["refused.patient"]


def test_a_page_about_nobody_is_no_row_when_it_is_only_looked_for(ray, signed_in):
    assert signed_in(ray).get(reverse("rooms_calling")).status_code == 403
    assert refusals() == []


def test_a_rule_that_stands_against_an_action(chart, bob, patient):
    task = Task.objects.get(pk=chart["task_id"])
    close_task(acting(bob), task=task, outcome="Called.", now=timezone.now())
    with pytest.raises(RefusedError):
        close_task(acting(bob), task=task, outcome=TYPED, now=timezone.now())
    (row,) = refusals()
    assert (row.action, row.patient) == ("refused.tasks.close_task", patient.pk)
    assert body(row)["detail"] == "a rule stands against it"
    assert TYPED not in row.body


def test_a_rule_is_named_by_its_field_alone(bob, patient):
    facts = {"family_name": TYPED, "given_name": "Pat", "birth_date": None, "sex": None}
    twice = Identity(**facts, identifier=patient.identifier, phone="", emergency_contact="")
    with pytest.raises(RefusedError, match=patient.identifier):
        register_patient(acting(bob), twice, another_person=False, now=timezone.now())
    (row,) = refusals()
    assert body(row)["detail"] == "a rule stands against it, at identifier"
    assert TYPED not in row.body and patient.identifier not in row.body


def test_an_action_that_a_role_does_not_open_wherever_it_is_called_from(chart, tara):
    task = Task.objects.get(pk=chart["task_id"])
    from mooring.clinic.sessions.actions import cancel

    session = task.patient.courses.first().sessions.first()
    with pytest.raises(PermissionDenied):
        cancel(acting(tara), session=session, reason=TYPED, now=timezone.now())
    (row,) = refusals()
    assert (row.action, row.patient) == ("refused.sessions.cancel", task.patient_id)


def test_the_bedside_is_told_by_its_action(chart, bob, signed_in):
    entry = {"id": str(chart["task_id"]), "effective_at": timezone.now().isoformat(),
             "content": {"kind": "infusion_complete", "note": TYPED}}  # fmt: skip
    address = reverse("session_entry", args=[chart["session_id"]])
    answer = signed_in(bob).post(address, json.dumps(entry), content_type="application/json")
    written = [row for row in refusals() if row.action == "refused.sessions.record"]
    assert (answer.status_code, len(written)) in ((409, 1), (422, 0))
    assert all(TYPED not in row.body for row in refusals())


def test_a_flood_of_the_same_refusal_is_one_row_and_a_number(
    chart, bob, patient, signed_in, monkeypatch
):
    client, address = signed_in(bob), reverse("screening_decide", args=[patient.pk])
    for _ in range(50):
        client.post(address)
    assert len(refusals()) == 1
    client.post(reverse("course_new", args=[patient.pk]))
    assert len(refusals()) == 2
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr("mooring.clinic.web.now", lambda: later)
    client.post(address)
    last = refusals()[-1]
    assert body(last)["detail"] == (
        "not permitted: screening.decide; before this also 49 times within a minute"
    )


def test_a_form_from_elsewhere_is_a_refused_write_of_who_is_signed_in(bob):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("patient_new")).status_code == 403
    assert [body(row)["detail"] for row in refusals()] == ["came without its cookie"]


def test_whoever_is_not_signed_in_leaves_no_row(client, clinic_row, patient):
    client.post(reverse("screening_decide", args=[patient.pk]))
    assert refusals() == []


def test_an_action_within_an_action_is_told_once_by_the_one_that_was_asked_for(bob):
    @action("task.close")
    def inner(by, /, *, now):
        raise RefusedError("Not so.")

    @action("task.close")
    def outer(by, /, *, now):
        return inner(by, now=now)

    with pytest.raises(RefusedError):
        outer(acting(bob), now=timezone.now())
    (row,) = refusals()
    assert row.action == "refused.platform.outer"
