"""Between the record, the stored order and the order as core counts with it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses.models import Order
from mooring.clinic.people.models import Measurement, Patient
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.weight import Weight, WeightMethod, plausible_weight
from mooring.core.protocols import bounds
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Minutes,
)

BOUNDS = "iv_racemic"
"""The bounds policy that orders are held against."""

WEIGHT_STEP = "0.01"
"""Kilograms; finer than any scale of a clinic. A weight is used and shown to this step."""

BODY_WEIGHTS = (Decimal("0.1"), Decimal(999))
"""Kilograms; a number outside is a slip of an import and no weight to order by."""


def weight_of(patient: Patient) -> Weight | None:
    """The newest weight of the record; None when there is none, or it is no body weight."""
    newest = _weights(patient).first()
    low, high = BODY_WEIGHTS
    if newest is None or not low <= newest.value <= high:
        return None
    return _weight(newest)


def weight_doubts(patient: Patient) -> tuple[str, ...]:
    """Reasons to weigh again before the newest weight is used; empty when there is none."""
    newest = weight_of(patient)
    if newest is None:
        return ()
    earlier = _weights(patient)[1:2]
    height = patient.measurements.filter(code="height", unit="cm").first()
    return plausible_weight(
        newest.value,
        Kilograms(earlier[0].value) if earlier else None,
        height.value if height else None,
    )


def infusion(order: Order) -> InfusionOrder:
    """The stored order as core counts with it."""
    weight = None
    if order.weight_kg is not None and order.weight_taken_on is not None:
        weight = Weight(
            Kilograms(order.weight_kg), order.weight_taken_on, weight_method(order.weight_method)
        )
    return InfusionOrder(
        drug=Drug(order.drug),
        route=Route(order.route),
        dose=dose(order.dose_value, order.dose_unit),
        weight=weight,
        over=Minutes(order.over_minutes),
    )


def weight_method(said: str) -> WeightMethod:
    """How a weight was found; unknown for anything but the words that the record's form offers."""
    known = {method.value: method for method in WeightMethod}
    return known.get(said, WeightMethod.UNKNOWN)


def dose(value: Decimal, unit: str) -> MilligramsPerKilogram | Milligrams:
    """A number and its unit as a typed dose. Raises KeyError for any other unit."""
    units: dict[str, type[MilligramsPerKilogram] | type[Milligrams]]
    units = {"mg/kg": MilligramsPerKilogram, "mg": Milligrams}
    return units[unit](value)


def concentration(order: Order) -> MilligramsPerMillilitre:
    """What goes into the line, after dilution."""
    return MilligramsPerMillilitre(order.concentration_mg_per_ml)


def findings(
    written: InfusionOrder, line: MilligramsPerMillilitre, on: date
) -> tuple[bounds.BoundFinding, ...]:
    """What the bounds policy says against an order written on that day."""
    return bounds.check(bounds.load(BOUNDS), written, on, line)


def snapshot(found: tuple[bounds.BoundFinding, ...], on: date) -> dict[str, Any]:
    """The findings as they are kept with the signature, with the policy's version."""
    policy = bounds.load(BOUNDS)
    said = [{**asdict(finding), "claims": list(finding.claims)} for finding in found]
    return {
        "policy": policy.id,
        "version": policy.version,
        "on": on.isoformat(),
        "findings": said,
    }


def use_holds(order: Order, on: date) -> tuple[str, ...]:
    """Why this order cannot be used on that day; empty when nothing stands against it."""
    if order.withdrawn_at is not None:
        return ("The order was withdrawn: sign a new one.",)
    return infusion(order).holds(on)


def signing(order: Order) -> AuditRow | None:
    """The audit row of the signature."""
    return AuditRow.objects.filter(
        action="courses.sign_order", patient=order.patient_key, body__contains=str(order.pk)
    ).first()


def _weights(patient: Patient) -> QuerySet[Measurement]:
    return Measurement.objects.filter(patient=patient, code="weight", unit="kg")


def _weight(measured: Measurement) -> Weight:
    return Weight(
        Kilograms(measured.value).rounded(WEIGHT_STEP),
        clinic_day(measured.taken_at),
        weight_method(measured.method),
    )
