"""The only writers of prescriptions: signed by a prescriber, voided with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.courses.models import Order
from mooring.clinic.prescriptions import standing
from mooring.clinic.prescriptions.models import SignedPrescription, Voiding
from mooring.clinic.prescriptions.record import GATES, against, kept
from mooring.clinic.prescriptions.switch import take_home_switched_on
from mooring.clinic.suicidality.models import Setting
from mooring.clinic.suicidality.settings import setting_holds
from mooring.core.drugs.prescription import (
    Prescription,
    doses_that_last,
    last_day_valid,
    missing,
    sections,
    text,
)
from mooring.core.protocols.ladders import Answer, home_gates
from mooring.core.words import day


@action("prescription.sign")
def sign(
    by: Actor,
    *,
    order: Order,
    prescription: Prescription,
    gates: Mapping[str, Answer],
    typed: Mapping[str, Any],
    now: datetime,
) -> SignedPrescription:
    """Sign what was read. `gates` are the answers that home use asks for."""
    if by.user is None or not by.user.credential:
        raise RefusedError("Your account names no credential: ask the clinic's owner to add it.")
    order = locked(order)
    require_standing(order)
    require_complete(prescription)
    require_lasting(prescription)
    require_no_other(order, prescription)
    if prescription.at_home:
        require_gates(order, gates, prescription.issued_on)
        require_setting(order, now)
    return SignedPrescription.objects.create(
        order=order,
        sections=[[heading, list(lines)] for heading, lines in sections(prescription)],
        text=text(prescription),
        typed=dict(typed),
        at_home=prescription.at_home,
        gates=kept(order, gates, prescription.issued_on) if prescription.at_home else [],
        doses=prescription.doses,
        follow_up_on=prescription.follow_up_on,
        signed_by=by.user,
        signed_at=now,
    )


@action("prescription.sign")
def void(
    by: Actor,
    *,
    prescription: SignedPrescription,
    reason: str,
    now: datetime,
) -> Voiding:
    """Take a prescription back; it stays readable. Any prescriber may, under their own name."""
    locked(prescription.order)
    if Voiding.objects.filter(prescription=prescription).exists():
        raise RefusedError("This prescription is voided already.")
    if not reason.strip():
        raise RefusedError("Say why it is voided.", field="reason")
    return Voiding.objects.create(
        prescription=prescription, reason=reason.strip(), voided_by=by.user, voided_at=now
    )


def locked(order: Order) -> Order:
    """The order, held until the end of the transaction on PostgreSQL: one writer at a time."""
    rows = Order.objects.select_related("course__patient").select_for_update(of=("self",))
    return rows.get(pk=order.pk)


def require_standing(order: Order) -> None:
    """The order stands, in a course that goes on."""
    if order.withdrawn_at is not None:
        raise RefusedError("This order is withdrawn: a prescription needs one that stands.")
    if order.course.ended_at is not None:
        raise RefusedError("This course has ended: a prescription needs one that goes on.")


def require_complete(prescription: Prescription) -> None:
    """Every element that a pharmacy needs is there."""
    open_ones = missing(prescription)
    if open_ones:
        field, name = open_ones[0]
        raise RefusedError(f"A pharmacy needs {name}.", field=field)


def require_lasting(prescription: Prescription) -> None:
    """No more than lasts until the follow-up, and a follow-up while it can still be filled."""
    p = prescription
    try:
        most = doses_that_last(p.per_week, p.issued_on, p.follow_up_on)
    except ValueError as early:
        raise RefusedError("The follow-up comes after today.", field="follow_up_on") from early
    valid = last_day_valid(p.issued_on)
    if p.follow_up_on > valid:
        words = f"A prescription issued today is not filled after {day(valid)}: follow up by then."
        raise RefusedError(words, field="follow_up_on")
    if p.doses > most:
        words = f"Until the follow-up {most} doses last at {p.per_week} a week: write no more."
        raise RefusedError(words, field="doses")


def require_no_other(order: Order, prescription: Prescription) -> None:
    """What was prescribed before has to be used up: two sheets would fill twice as much."""
    others = standing.prescriptions(order.course.patient, prescription.issued_on)
    if prescription.at_home:
        others = others.filter(at_home=True) | others.filter(order=order)
    else:
        others = others.filter(order=order)
    other = others.first()
    if other is not None:
        until = f"lasts until its follow-up on {day(other.follow_up_on)}"
        what = f"Prescription {other.number} of this patient {until}"
        raise RefusedError(f"{what}: void it first, or write the next one from that day on.")


def require_setting(order: Order, now: datetime) -> None:
    """The suicidality tier lets something go home, or two people opened it."""
    holds = setting_holds(order.course.patient, Setting.HOME, now)
    if holds:
        raise RefusedError(*[hold.text for hold in holds])


def require_gates(order: Order, answers: Mapping[str, Answer], today: date) -> None:
    """Nothing goes home before the clinic's switch and every question say yes."""
    holds = home_gates(
        GATES,
        switched_on=take_home_switched_on(),
        answers=answers,
        today=today,
        record=against(order, today),
    )
    if holds:
        raise RefusedError(*[hold.text for hold in holds])
