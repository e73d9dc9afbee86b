"""The write of a vial check."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.courses import orders
from mooring.clinic.courses.models import Order
from mooring.clinic.vials.models import Verdict, VialCheck
from mooring.core.drugs.code_check import CodeCheck, check_code


@action("vial.check")
def check_vial(by: Actor, *, order: Order, code: str, now: datetime) -> VialCheck:
    """Hold a typed or scanned code against a signed order, and keep what was found.

    It decides nothing: an order stays as it is whatever a code says.
    """
    if by.user is None:
        raise RefusedError("A vial is checked by a person who is signed in.")
    if order.withdrawn_at is not None:
        raise RefusedError("This order was withdrawn: nothing is given from it.")
    if order.course.ended_at is not None:
        raise RefusedError("The course has ended: nothing is given from this order.")
    on, line = clinic_day(now), orders.concentration(order)
    found = check_code(order.as_written, code, on, line)
    product, package = found.reading.product, found.package
    return VialCheck.objects.create(
        order=order,
        code=code,
        product="" if product is None else product.id,
        read_as=found.reading.said,
        lot=package.lot or "",
        serial=package.serial or "",
        expires_on=package.expires_on,
        verdict=verdict(found),
        said=list(found.said),
        checked_by=by.user,
        checked_at=now,
    )


def verdict(found: CodeCheck) -> Verdict:
    """What a check comes to. A code that is not known never agrees, and may be past its day."""
    known = found.reading.product is not None
    if known and not found.agrees:
        return Verdict.DIFFERS
    if found.expired:
        return Verdict.EXPIRED
    if known:
        return Verdict.AGREES
    return Verdict.UNKNOWN if found.reading.is_code else Verdict.UNREAD
