"""Opening the clinic, and who may sign in to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator

from mooring.clinic.accounts.actions import (
    add_person,
    change_roles,
    end_access,
    forget_second_step,
    link_patient,
    open_access,
    open_clinic,
    set_password,
)
from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.models import Clinic, RoleAssignment, User
from mooring.clinic.actions import Actor, RefusedError, command
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.permissions import Role
from tests.support.cast import patient_record, person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
GOOD = "three gulls above the mole"
DESK = command("test")


def acting(user: User) -> Actor:
    return Actor(name=str(user), roles=user.roles, user=user)


def opened(**changes) -> Clinic:
    facts = {
        "name": "Harbour Clinic",
        "time_zone": "Europe/London",
        "crisis_text": "Call now.",
        "crisis_phone": "555-0100",
        "emergency_phone": "555-0199",
        "demonstration": False,
    }
    return open_clinic(DESK, **{**facts, **changes}, now=NOW)


def added(**changes) -> User:
    facts = {
        "username": "rosa",
        "display_name": "R. Okafor",
        "credential": "RN",
        "roles": [Role.NURSE],
        "password": GOOD,
    }
    return add_person(DESK, **{**facts, **changes}, now=NOW)


def another_owner(name: str = "oscar") -> User:
    return person(name, f"{name.capitalize()} Owner", "owner")


# --- the clinic ---


def test_a_clinic_is_opened_and_known_at_once():
    assert opened().time_zone == "Europe/London"
    assert the_clinic().name == "Harbour Clinic"


def test_there_is_one_clinic():
    opened()
    with pytest.raises(RefusedError, match="open already"):
        opened(name="Another")
    assert Clinic.objects.count() == 1


@pytest.mark.parametrize(
    "zone", ["", "Europe", "London", "europe/london", "Mars/Base", "../etc/passwd", "/etc/passwd"]
)
def test_a_time_zone_that_is_not_known_is_named_with_what_would_be_right(zone):
    with pytest.raises(RefusedError, match="Write it like Europe/London") as refused:
        opened(time_zone=zone)
    assert refused.value.field == "time_zone"
    assert not Clinic.objects.exists()


# --- people ---


def test_a_person_is_added_with_roles_and_can_be_checked_by_password():
    rosa = added(roles=[Role.NURSE, Role.THERAPIST])
    assert rosa.roles == {Role.NURSE, Role.THERAPIST}
    assert rosa.check_password(GOOD)
    assert str(rosa) == "R. Okafor"


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "at least 12 characters"),
        ("password1234", "too common"),
        ("rosarosarosa1", "too similar to the username"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password, says):
    with pytest.raises(RefusedError, match=says) as refused:
        added(username="rosarosarosa", password=password)
    assert refused.value.field == "password"
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["rosa", "Rosa", "ROSA"])
def test_a_username_is_taken_however_it_is_written(name):
    added()
    with pytest.raises(RefusedError, match="is taken") as refused:
        added(username=name)
    assert refused.value.field == "username"


def test_a_closed_account_opens_again_with_the_roles_it_had(olga, bob):
    end_access(acting(olga), person=bob, now=NOW)
    assert not User.objects.get(pk=bob.pk).is_active
    open_access(acting(olga), person=bob, now=NOW)
    again = User.objects.get(pk=bob.pk)
    assert again.is_active
    assert again.roles == {Role.NURSE}


# --- an owner is always left ---


def test_nobody_closes_their_own_account(olga):
    another_owner()
    with pytest.raises(RefusedError, match="it is your own"):
        end_access(acting(olga), person=olga, now=NOW)


def test_two_owners_who_close_each_other_leave_one(olga):
    """Both asked while both were open; the second finds itself the last."""
    oscar = another_owner()
    first, second = acting(olga), acting(oscar)
    end_access(first, person=oscar, now=NOW)
    with pytest.raises(RefusedError, match="the only owner"):
        end_access(second, person=olga, now=NOW)
    assert User.objects.get(pk=olga.pk).is_active


def test_the_command_line_cannot_close_the_last_owner_either(olga):
    with pytest.raises(RefusedError, match="Make somebody else one first"):
        end_access(DESK, person=olga, now=NOW)


def test_a_closed_owner_does_not_count(olga):
    oscar = another_owner()
    end_access(acting(olga), person=oscar, now=NOW)
    with pytest.raises(RefusedError, match="the only owner") as refused:
        change_roles(acting(olga), person=olga, roles=[Role.NURSE], now=NOW)
    assert refused.value.field == "roles"
    assert User.objects.get(pk=olga.pk).roles == {Role.OWNER}


def test_an_owner_may_hand_over_and_step_down(olga, alice):
    change_roles(acting(olga), person=alice, roles=["owner", "prescriber"], now=NOW)
    change_roles(acting(olga), person=olga, roles=["auditor"], now=NOW)
    assert User.objects.get(pk=alice.pk).roles == {Role.OWNER, Role.PRESCRIBER}
    assert User.objects.get(pk=olga.pk).roles == {Role.AUDITOR}


def test_whoever_is_not_an_owner_can_always_be_closed(olga, bob):
    assert not end_access(acting(olga), person=bob, now=NOW).is_active


# --- roles, passwords, second steps ---


def test_staff_who_are_patients_too_stay_patients(olga, bob):
    RoleAssignment.objects.create(user=bob, role=Role.PATIENT)
    change_roles(acting(olga), person=bob, roles=[Role.THERAPIST], now=NOW)
    assert User.objects.get(pk=bob.pk).roles == {Role.THERAPIST, Role.PATIENT}


def test_the_patient_role_is_not_given_here(olga, bob):
    change_roles(acting(olga), person=bob, roles=[Role.NURSE, Role.PATIENT], now=NOW)
    assert User.objects.get(pk=bob.pk).roles == {Role.NURSE}


def test_a_new_password_replaces_the_forgotten_one(olga, bob):
    set_password(acting(olga), person=bob, password=GOOD, now=NOW)
    assert User.objects.get(pk=bob.pk).check_password(GOOD)


def test_a_weak_new_password_changes_nothing(olga, bob):
    before = bob.password
    with pytest.raises(RefusedError, match="at least 12") as refused:
        set_password(acting(olga), person=bob, password="short", now=NOW)
    assert refused.value.field == "password"
    assert User.objects.get(pk=bob.pk).password == before


def test_a_lost_second_step_is_forgotten_whole(olga, bob, alice):
    for user in (bob, alice):
        Authenticator.objects.create(user=user, type="totp", data={})
    Authenticator.objects.create(user=bob, type="recovery_codes", data={})
    forget_second_step(acting(olga), person=bob, now=NOW)
    assert [found.user for found in Authenticator.objects.all()] == [alice]


def test_nobody_drops_their_own_second_step_this_way(olga):
    Authenticator.objects.create(user=olga, type="totp", data={})
    with pytest.raises(RefusedError, match="your own second step"):
        forget_second_step(acting(olga), person=olga, now=NOW)
    assert Authenticator.objects.count() == 1


def test_a_chart_is_opened_only_to_an_account_with_the_patient_role(olga, bob):
    record = patient_record("Marsh", "Pat")
    with pytest.raises(RefusedError, match="patient role first"):
        link_patient(acting(olga), patient=record, person=bob, now=NOW)
    pat = person("pat", "Pat Marsh", "patient")
    assert link_patient(acting(olga), patient=record, person=pat, now=NOW).account == pat


def test_each_of_these_is_in_the_audit_and_no_password_is(olga, bob):
    by = acting(olga)
    change_roles(by, person=bob, roles=[Role.THERAPIST], now=NOW)
    set_password(by, person=bob, password=GOOD, now=NOW)
    forget_second_step(by, person=bob, now=NOW)
    end_access(by, person=bob, now=NOW)
    open_access(by, person=bob, now=NOW)
    entries = list(AuditRow.objects.order_by("pk"))
    assert [entry.action for entry in entries] == [
        "accounts.change_roles",
        "accounts.set_password",
        "accounts.forget_second_step",
        "accounts.end_access",
        "accounts.open_access",
    ]
    assert {entry.actor_name for entry in entries} == {"O. Petrova"}
    assert GOOD not in str([vars(entry) for entry in entries])
