"""Writes about the clinic itself and the people who work in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import available_timezones

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mooring.clinic.accounts import limits, sign_ins
from mooring.clinic.accounts.clinic import changed
from mooring.clinic.accounts.models import (
    BedsidePin,
    Clinic,
    RoleAssignment,
    SignInReset,
    User,
)
from mooring.clinic.accounts.pins import device_check, weakness
from mooring.clinic.accounts.stood import bedside_stands, doors_stand, roles_stand
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.once.standing import still
from mooring.clinic.people.models import Patient
from mooring.clinic.permissions import STAFF, Role

DOORS = (
    "sign_with_pin",
    "sign_with_password",
    "sign_with_passkey",
    "sign_minutes",
    "wrong_at_a_place",
    "wait_minutes",
    "wrong_from_an_address",
    "wrong_for_an_account",
)
"""What an owner states about getting in and signing: columns of Clinic."""


@action("clinic.change")
def open_clinic(
    by: Actor,  # noqa: ARG001
    *,
    name: str,
    time_zone: str,
    crisis_text: str,
    crisis_phone: str,
    emergency_phone: str,
    demonstration: bool,
    now: datetime,  # noqa: ARG001
    idle_minutes: int = 10,
) -> Clinic:
    """Make the one clinic row. Refused when there is one, or the zone is not an IANA name."""
    if Clinic.objects.exists():
        raise RefusedError("This clinic is open already.")
    require_zone(time_zone)
    clinic = Clinic.objects.create(
        name=name,
        time_zone=time_zone,
        demonstration=demonstration,
        crisis_text=crisis_text,
        crisis_phone=crisis_phone,
        emergency_phone=emergency_phone,
        idle_minutes=idle_minutes,
    )
    changed()
    return clinic


def require_zone(name: str) -> None:
    """Refuse a time zone that the zone database does not know."""
    if name not in available_timezones():
        raise RefusedError(
            f"Time zone: {name} is not known. Write it like Europe/London or America/New_York.",
            field="time_zone",
        )


@action("account.manage")
def add_person(
    by: Actor,  # noqa: ARG001
    *,
    username: str,
    display_name: str,
    credential: str,
    roles: Iterable[Role],
    password: str,
    now: datetime,
    chosen: bool = False,
) -> User:
    """Make an account with its roles. The password must pass the clinic's rules.

    `chosen` says that the person chose it; one that was given is changed at the first sign-in.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise RefusedError(f"Username: {username} is taken; choose another.", field="username")
    person = User(
        username=username,
        display_name=display_name,
        credential=credential,
        date_joined=now,
        must_change_password=not chosen,
    )
    require_good_password(password, person)
    person.set_password(password)
    person.save()
    give_roles(person, roles)
    return person


def require_good_password(password: str, person: User) -> None:
    """Refuse a password that the clinic's rules do not allow, in their words."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise RefusedError(*weak.messages, field="password") from weak


def give_roles(person: User, roles: Iterable[Role]) -> None:
    """Add roles to an account."""
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=person, role=role) for role in sorted(roles)
    )


@action("account.manage")
def change_roles(by: Actor, *, person: User, roles: Iterable[Role], now: datetime) -> User:
    """Set what a person does in the clinic, and sign them out. Whoever is a patient stays one."""
    # Held first: two owners may be setting the roles of one person.
    person = User.objects.select_for_update().get(pk=person.pk)
    still(roles_stand(person))
    wanted = frozenset(map(Role, roles))
    if Role.OWNER not in wanted:
        require_another_owner(person, "roles")
    person.assignments.filter(role__in=STAFF).delete()
    give_roles(person, wanted & STAFF)
    if not is_own(by, person):
        sign_ins.end(person.pk, now)
    return person


@action("account.manage")
def set_password(by: Actor, *, person: User, password: str, now: datetime) -> User:
    """Give a person who forgot theirs a new password. It ends whatever they are signed in to.

    Their bedside PIN goes with the old password: somebody else may have known both. What was
    wrong before counts no more.
    """
    require_good_password(password, person)
    person.set_password(password)
    person.must_change_password = not is_own(by, person)
    person.save(update_fields=["password", "must_change_password"])
    note_reset(by, person, "password", now)
    BedsidePin.objects.filter(user=person).delete()
    limits.forgive(person.username)
    return person


@action("bedside_pin.set")
def set_bedside_pin(by: Actor, *, pin: str, now: datetime) -> BedsidePin:
    """Set the PIN that opens one's own locked screen, in place of the one before.

    RefusedError when it is too easy to guess.
    """
    weak = weakness(pin)
    if weak is not None:
        raise RefusedError(weak, field="pin")
    check = device_check(pin)
    row, _ = BedsidePin.objects.update_or_create(
        user=require_person(by),
        defaults={
            "secret": make_password(pin),
            "device_salt": check.salt,
            "device_digits": check.digits,
            "set_at": now,
        },
    )
    return row


@action("bedside_pin.set")
def remove_bedside_pin(by: Actor, *, now: datetime) -> User:  # noqa: ARG001
    """Take one's own PIN away. Refused when there is none."""
    person = require_person(by)
    taken, _ = BedsidePin.objects.filter(user=person).delete()
    if not taken:
        raise RefusedError("You have no bedside PIN.")
    return person


def require_person(by: Actor) -> User:
    """Who is signed in; refused to the command line, which has no screen to lock."""
    if by.user is None:
        raise RefusedError("This belongs to a person who is signed in.")
    return by.user


@action("account.manage")
def forget_second_step(by: Actor, *, person: User, now: datetime) -> User:
    """Let a person who lost their app or passkey set up the second step anew."""
    if by.user is not None and by.user.pk == person.pk:
        raise RefusedError("Another owner has to do this: it is your own second step.")
    Authenticator.objects.filter(user=person).delete()
    note_reset(by, person, "second_step", now)
    return person


def is_own(by: Actor, person: User) -> bool:
    """True where people act on their own account."""
    return by.user is not None and by.user.pk == person.pk


def note_reset(by: Actor, person: User, what: str, now: datetime) -> None:
    """Write down whose sign-in was reset by whom, and end where they are signed in."""
    if not is_own(by, person):
        SignInReset.objects.create(user=person, what=what, by=by.user, at=now)
    sign_ins.end(person.pk, now)


@action("home.view")
def read_resets(by: Actor, *, now: datetime) -> User:
    """Say that one has read who reset one's sign-in."""
    person = require_person(by)
    for row in SignInReset.objects.filter(user=person, read_at=None):
        row.read_at = now
        row.save(update_fields=["read_at"])
    return person


@action("home.view")
def end_sign_ins(
    by: Actor, *, now: datetime, only: UUID | None = None, but: str | None = None
) -> User:
    """End one's own sign-ins elsewhere: one, or all but one."""
    person = require_person(by)
    sign_ins.end(person.pk, now, only=only, but=but)
    return person


@action("account.manage")
def link_patient(by: Actor, *, patient: Patient, person: User, now: datetime) -> Patient:  # noqa: ARG001
    """Let a person with the patient role see their own chart."""
    if Role.PATIENT not in person.roles:
        raise RefusedError(f"{person} needs the patient role first.")
    patient.account = person
    patient.save(update_fields=["account"])
    return patient


@action("account.manage")
def end_access(by: Actor, *, person: User, now: datetime) -> User:
    """Close an account: it signs in no more, and what it signed stays signed."""
    if by.user is not None and by.user.pk == person.pk:
        raise RefusedError("Another owner has to close this account: it is your own.")
    require_another_owner(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    sign_ins.end(person.pk, now)
    return person


@action("account.manage")
def open_access(by: Actor, *, person: User, now: datetime) -> User:  # noqa: ARG001
    """Open a closed account again, with the roles it had."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person


def require_another_owner(person: User, field: str | None = None) -> None:
    """Refuse what would leave the clinic without anybody who can let people in.

    The owners' rows are locked, so that two owners cannot close each other at the same moment.
    """
    owners = User.objects.select_for_update().filter(is_active=True, assignments__role=Role.OWNER)
    if {owner.pk for owner in owners} == {person.pk}:
        raise RefusedError(
            f"{person} is the only owner. Make somebody else one first.", field=field
        )


@action("clinic.change")
def set_doors(by: Actor, /, *, now: datetime, **stated: int | bool) -> Clinic:  # noqa: ARG001
    """State how many wrong tries a door takes, and by what people sign; see `DOORS`."""
    clinic = Clinic.objects.select_for_update().first()
    if clinic is None:
        raise RefusedError("There is no clinic yet: open it first.")
    if not any(stated[f"sign_with_{way}"] for way in ("pin", "password", "passkey")):
        raise RefusedError("People have to sign with something: choose at least one.")
    still(doors_stand(clinic, DOORS))
    for name in DOORS:
        setattr(clinic, name, stated[name])
    clinic.save(update_fields=DOORS)
    changed()
    return clinic


@action("clinic.change")
def set_bedside(
    by: Actor,  # noqa: ARG001
    *,
    priming_ml: Decimal | None,
    vial_check_required: bool,
    now: datetime,  # noqa: ARG001
) -> Clinic:
    """State what every bedside of the clinic does. Sessions that run follow it at once."""
    clinic = Clinic.objects.select_for_update().first()
    if clinic is None:
        raise RefusedError("There is no clinic yet: open it first.")
    still(bedside_stands(clinic))
    clinic.priming_ml, clinic.vial_check_required = priming_ml, vial_check_required
    clinic.save(update_fields=["priming_ml", "vial_check_required"])
    changed()
    return clinic
