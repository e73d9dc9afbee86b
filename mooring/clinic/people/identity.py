"""Corrections of who a patient is: what stood there is kept beside what stands now."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.once.standing import still
from mooring.clinic.people.actions import (
    Identity,
    check_birth_date,
    check_nobody_alike,
    check_number,
)
from mooring.clinic.people.changes import chart_changed
from mooring.clinic.people.corrections import reason
from mooring.clinic.people.models import IdentityChange, Patient
from mooring.clinic.people.stood import identity_stands

NEEDED = {
    "family_name": "A family name is needed.",
    "identifier": "A record number is needed.",
}


@action("identity.correct")
def correct_identity(
    by: Actor,
    *,
    patient: Patient,
    identity: Identity,
    seen: int,
    why: str,
    another_person: bool = False,
    now: datetime,
) -> IdentityChange:
    """Correct names, birth date, sex, record number, telephone or whom to call in an emergency.

    `seen` is how many corrections had been made when the page was opened: another since then
    refuses. So do a record number that is another patient's, a missing reason, and, until someone
    says that it is another person, a name and birth date that another patient has.
    """
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    still(identity_stands(patient))
    newest = patient.identity_changes.select_related("changed_by").first()
    if newest is not None and patient.identity_changes.count() != seen:
        raise RefusedError(
            f"{newest.changed_by} corrected this since the page was opened: {newest.why}. Here it"
            " is as it stands now."
        )
    for name, words in NEEDED.items():
        if not getattr(identity, name).strip():
            raise RefusedError(words, field=name)
    return change_identity(by, patient, identity, why, another_person=another_person, now=now)


def change_identity(
    by: Actor,
    patient: Patient,
    identity: Identity,
    why: str,
    *,
    another_person: bool,
    now: datetime,
) -> IdentityChange:
    """Write what differs, and keep what stood there. RefusedError where nothing does."""
    after = differing(patient, identity)
    if not after:
        raise RefusedError("This is what stands there already. Change what is not right.")
    change = change_columns(by, patient, after, why, another_person=another_person, now=now)
    chart_changed(by, patient, now)
    return change


def change_columns(
    by: Actor,
    patient: Patient,
    after: dict[str, Any],
    why: str,
    *,
    another_person: bool,
    now: datetime,
) -> IdentityChange:
    """Write these columns of a patient, and keep what stood there. Tells nobody by itself."""
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and do it there.")
    said, before = reason(why), {name: getattr(patient, name) for name in after}
    for name, value in after.items():
        setattr(patient, name, value)
    _check(patient, after, another_person=another_person, now=now)
    patient.save(update_fields=list(after))
    return IdentityChange.objects.create(
        patient=patient,
        before=_kept(before),
        after=_kept(after),
        why=said,
        changed_by=by.user,
        changed_at=now,
    )


def differing(patient: Patient, identity: Identity) -> dict[str, Any]:
    """The columns of a patient that `identity` says otherwise."""
    said = asdict(identity)
    return {name: value for name, value in said.items() if getattr(patient, name) != value}


def _check(patient: Patient, after: dict[str, Any], *, another_person: bool, now: datetime) -> None:
    if "birth_date" in after:
        check_birth_date(patient.birth_date, clinic_day(now))
    if "identifier" in after:
        check_number(patient)
    if {"family_name", "given_name", "birth_date"} & set(after) and not another_person:
        check_nobody_alike(patient)


def _kept(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns as JSON holds them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in columns.items()
    }
