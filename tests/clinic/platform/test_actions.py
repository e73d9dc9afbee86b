"""An action is one transaction: permission, change, audit row; all or nothing."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections

from mooring.clinic.actions import Actor, RefusedError, action, command, writing
from mooring.clinic.audit import chain
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.verdict import verify
from mooring.clinic.people.models import Condition, Patient
from mooring.clinic.permissions import Role
from tests.support.cast import patient_record

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@action("record.change")
def note_condition(by: Actor, *, patient: Patient, text: str, now: datetime) -> Condition:
    """An action as slices write them."""
    row = Condition.objects.create(
        patient=patient, origin="a test", recorded_at=now, text=text, status="active"
    )
    if text == "refused":
        raise RefusedError("Conditions: this one cannot be.", field="text")
    return row


@action("measure.answer")
def answer_for(by: Actor, *, patient: Patient, now: datetime) -> Condition:
    """An action that a patient may do."""
    return Condition.objects.create(
        patient=patient, origin="a test", recorded_at=now, text="x", status="active"
    )


@pytest.fixture
def nurse(bob):
    return Actor(name=str(bob), roles=bob.roles, user=bob)


def test_the_change_and_its_audit_row_stand_together(nurse, bob, patient):
    row = note_condition(nurse, patient=patient, text="asthma", now=NOW)
    audited = AuditRow.objects.last()
    assert Condition.objects.get() == row
    assert (audited.actor_name, audited.patient, audited.at) == ("B. Okafor", patient.pk, NOW)
    assert f'"subject_id":"{row.pk}"' in audited.body
    assert f'"digest":"{row.digest()}"' in audited.body
    assert f'"actor":"{bob.pk}"' in audited.body


def test_a_refused_action_leaves_only_the_word_that_it_was(nurse, patient):
    with pytest.raises(RefusedError) as refused:
        note_condition(nurse, patient=patient, text="refused", now=NOW)
    assert refused.value.reasons == ("Conditions: this one cannot be.",)
    assert refused.value.field == "text"
    assert not Condition.objects.exists()
    (told,) = AuditRow.objects.all()
    assert told.action.startswith("refused.") and "this one cannot be" not in told.body


def test_a_change_that_cannot_be_audited_does_not_stand(bob, patient):
    nameless = Actor(name=None, roles=bob.roles, user=bob)
    with pytest.raises(IntegrityError):
        note_condition(nameless, patient=patient, text="asthma", now=NOW)
    assert not Condition.objects.exists()


def test_whoever_lacks_the_permission_is_refused_before_anything_is_read(tara, patient):
    with pytest.raises(PermissionDenied, match=r"record\.change"):
        note_condition(Actor(name="x", roles=tara.roles, user=tara))


def test_a_patient_writes_about_nobody_else(pat, patient):
    herself = Actor(name="Pat", roles=pat.roles, user=pat, patient=patient.pk)
    answer_for(herself, patient=patient, now=NOW)
    other = patient_record("Harper", "Alex")
    with pytest.raises(PermissionDenied):
        answer_for(herself, patient=other, now=NOW)
    assert list(Condition.objects.values_list("patient", flat=True)) == [patient.pk]
    rows = AuditRow.objects.order_by("sequence").values_list("action", "patient")
    written, refused = rows
    assert written[0].removeprefix("refused.") == written[0]
    assert refused == (f"refused.{written[0]}", other.pk)


def test_a_permission_that_is_not_in_the_table_is_refused_when_it_is_declared():
    with pytest.raises(KeyError, match="is not in"):
        action("everything.do")


def test_the_command_line_acts_as_staff_and_never_as_a_patient():
    by = command("import")
    assert by.key == "command:import"
    assert by.roles == frozenset(Role) - {Role.PATIENT}


def test_a_patient_s_link_is_named_by_the_patient():
    key = UUID("0190a000-0000-7000-8000-000000000001")
    by = Actor(name="Pat", roles=frozenset(), kind="patient link", patient=key)
    assert by.key == f"patient link:{key}"


def test_a_changed_row_has_another_digest(patient):
    before = patient.digest()
    assert patient.digest() == before
    patient.phone = "555-0123"
    assert patient.digest() != before


def test_many_writers_at_once_make_one_chain_without_a_gap(transactional_db, clinic_row):
    """Eight threads, ten rows each: every row follows from the one before it."""
    failures: list[Exception] = []

    def write(number: int) -> None:
        try:
            for _ in range(10):
                with writing():
                    chain.append(
                        at=NOW, actor=str(number), actor_name="x", action="test.row",
                        subject="x", subject_id="1", patient=None,
                    )  # fmt: skip
        except Exception as problem:
            failures.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert AuditRow.objects.count() == 80
    assert verify().whole
