"""The only writers of prescriptions: signed by a prescriber, voided with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.courses.models import Order
from mooring.clinic.prescriptions.models import SignedPrescription
from mooring.clinic.prescriptions.switch import take_home_switched_on
from mooring.core.drugs.prescription import Prescription, doses_that_last, missing, sections, text
from mooring.core.protocols.ladders import home_gates
from mooring.core.protocols.ladders import load as load_ladder

GATES = load_ladder("intranasal_steps")


@action("prescription.sign")
def sign(
    by: Actor,
    *,
    order: Order,
    prescription: Prescription,
    gates: Mapping[str, bool | None],
    typed: Mapping[str, Any],
    now: datetime,
) -> SignedPrescription:
    """Sign what was read. `gates` are the answers that home use asks for."""
    if by.user is None or not by.user.credential:
        raise RefusedError("Your account names no credential: ask the clinic's owner to add it.")
    if order.withdrawn_at is not None:
        raise RefusedError("This order is withdrawn: a prescription needs one that stands.")
    require_complete(prescription)
    require_lasting(prescription)
    if prescription.at_home:
        require_gates(gates)
    return SignedPrescription.objects.create(
        order=order,
        sections=[[heading, list(lines)] for heading, lines in sections(prescription)],
        text=text(prescription),
        typed=dict(typed),
        at_home=prescription.at_home,
        doses=prescription.doses,
        follow_up_on=prescription.follow_up_on,
        signed_by=by.user,
        signed_at=now,
    )


@action("prescription.sign")
def void(
    by: Actor,  # noqa: ARG001
    *,
    prescription: SignedPrescription,
    reason: str,
    now: datetime,
) -> SignedPrescription:
    """Take a prescription back; it stays readable."""
    if prescription.voided_at is not None:
        raise RefusedError("This prescription is voided already.")
    if not reason.strip():
        raise RefusedError("Say why it is voided.", field="reason")
    prescription.voided_at, prescription.void_reason = now, reason.strip()
    prescription.save(update_fields=["voided_at", "void_reason"])
    return prescription


def require_complete(prescription: Prescription) -> None:
    """Every element that a pharmacy needs is there."""
    open_ones = missing(prescription)
    if open_ones:
        field, name = open_ones[0]
        raise RefusedError(f"A pharmacy needs {name}.", field=field)


def require_lasting(prescription: Prescription) -> None:
    """No more than lasts until the follow-up."""
    p = prescription
    try:
        most = doses_that_last(p.per_week, p.issued_on, p.follow_up_on)
    except ValueError as early:
        raise RefusedError("The follow-up comes after today.", field="follow_up_on") from early
    if p.doses > most:
        words = f"Until the follow-up {most} doses last at {p.per_week} a week: write no more."
        raise RefusedError(words, field="doses")


def require_gates(answers: Mapping[str, bool | None]) -> None:
    """Nothing goes home before the clinic's switch and every question say yes."""
    holds = home_gates(GATES, switched_on=take_home_switched_on(), answers=answers)
    if holds:
        raise RefusedError(*[hold.text for hold in holds])
