"""Who a patient is can be corrected: what stood there is kept, with who, when and why."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.clinic.actions import OWN_CHART, RefusedError, command
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.actions import Identity
from mooring.clinic.people.identity import correct_identity
from mooring.clinic.people.models import IdentityChange, Patient
from tests.clinic.people.correcting import NOW, acting
from tests.support.cast import patient_record

pytestmark = pytest.mark.django_db
COLUMNS = (
    "family_name", "given_name", "birth_date", "sex", "identifier", "phone", "emergency_contact",
)  # fmt: skip


def changed(by: User, patient: Patient, why="the passport says so", seen=None, **changes):
    """The patient's identity, corrected; `seen` is what the page had shown."""
    stands = Patient.objects.get(pk=patient.pk)
    identity = Identity(**{**{name: getattr(stands, name) for name in COLUMNS}, **changes})
    count = stands.identity_changes.count() if seen is None else seen
    another = changes.pop("another_person", False)
    return correct_identity(
        acting(by), patient=patient, identity=identity, seen=count, why=why,
        another_person=another, now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("family_name", "Marsh", "Marsh-Ellery"),
        ("given_name", "Pat", "Patricia"),
        ("birth_date", "1981-03-12", date(1981, 12, 3)),
        ("birth_date", "1981-03-12", None),
        ("sex", "female", None),
        ("identifier", "H-0001", "H-0077"),
        ("phone", "", "555-0123"),
        ("emergency_contact", "", "Jo, sister, 555-0144"),
    ],
)
def test_each_part_of_an_identity_is_corrected_and_the_one_before_kept(
    name, before, after, patient, bob
):
    change = changed(bob, patient, **{name: after})
    patient.refresh_from_db()
    assert getattr(patient, name) == after
    kept = after.isoformat() if isinstance(after, date) else after
    assert (change.before, change.after) == ({name: before}, {name: kept})
    assert (change.why, change.changed_by, change.changed_at) == (
        "the passport says so", bob, NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"family_name": " "}, "family_name"),
        ({"identifier": ""}, "identifier"),
        ({"identifier": "H-0002"}, "identifier"),
        ({"birth_date": date(2026, 11, 6)}, "birth_date"),
        ({"birth_date": date(1890, 1, 1)}, "birth_date"),
        ({"phone": "555", "why": " "}, "why"),
        ({"family_name": "Harper", "given_name": "Alex"}, "another_person"),
        ({}, None),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(changes, field, patient, bob):
    patient_record("Harper", "Alex", identifier="H-0002")
    with pytest.raises(RefusedError) as refused:
        changed(bob, patient, **changes)
    assert refused.value.field == field
    patient.refresh_from_db()
    assert (patient.name, patient.identifier, patient.phone) == ("Marsh, Pat", "H-0001", "")
    assert not IdentityChange.objects.exists()


def test_a_namesake_is_taken_when_somebody_says_that_it_is_another(patient, bob):
    patient_record("Harper", "Alex", identifier="H-0002")
    identity = Identity("Harper", "Alex", patient.birth_date, "female", "H-0001")
    correct_identity(
        acting(bob), patient=patient, identity=identity, seen=0, why="married",
        another_person=True, now=NOW,
    )  # fmt: skip
    assert Patient.objects.filter(family_name="Harper").count() == 2


def test_a_telephone_is_corrected_beside_a_namesake_without_asking(patient, bob):
    patient_record("Marsh", "Pat", identifier="H-0002")
    changed(bob, patient, phone="555-0123")


def test_who_reads_an_identity_that_was_corrected_meanwhile_is_told(patient, alice, bob):
    changed(alice, patient, given_name="Patricia")
    with pytest.raises(RefusedError, match=r"A\. Lindqvist corrected this since .*passport"):
        changed(bob, patient, seen=0, phone="555-0123")


@pytest.mark.parametrize("who", ["charlie", "tara", "olga", "audrey", "ray", "pat"])
def test_who_opens_no_chart_corrects_no_identity(who, patient, request):
    with pytest.raises(PermissionDenied):
        changed(request.getfixturevalue(who), patient, phone="555")
    assert not IdentityChange.objects.exists()


def test_staff_who_are_patients_do_not_correct_themselves(pat):
    RoleAssignment.objects.create(user=pat, role="nurse")
    with pytest.raises(PermissionDenied, match=OWN_CHART):
        changed(User.objects.get(pk=pat.pk), pat.patient, birth_date=date(1999, 1, 1))
    assert not IdentityChange.objects.exists()


def test_a_command_corrects_nobody(patient):
    identity = Identity("Marsh", "Patricia", patient.birth_date, "female", "H-0001")
    with pytest.raises(RefusedError, match="name of a person"):
        correct_identity(
            command("import"), patient=patient, identity=identity, seen=0, why="x", now=NOW
        )


def test_the_audit_has_the_correction_and_no_database_lets_it_be_changed(patient, bob):
    change = changed(bob, patient, given_name="Patricia")
    row = AuditRow.objects.latest("sequence")
    assert (row.action, row.patient) == ("people.correct_identity", patient.pk)
    assert str(change.pk) in row.body
    for do in (
        lambda: IdentityChange.objects.update(why="another"),
        lambda: IdentityChange.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            do()
