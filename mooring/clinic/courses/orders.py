"""Between the record, the stored order and the order as core counts with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.people.changes import how_withdrawn
from mooring.clinic.people.models import Measurement, Patient
from mooring.clinic.people.weights import doubts_of, newest_first
from mooring.core.datafiles import DataFileError
from mooring.core.drugs.dosed import Dosed, DrugOrder
from mooring.core.drugs.exposure.given import Administered
from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.drugs.written import kind_of, write
from mooring.core.protocols import bounds
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    plain,
)

WEIGHT_STEP = "0.01"
"""Kilograms; finer than any scale of a clinic. A weight is used and shown to this step."""

BODY_WEIGHTS = (Decimal("0.1"), Decimal(999))
"""Kilograms; a number outside is a slip of an import and no weight to order by."""


@dataclass(frozen=True)
class Setting:
    """Whether an order is given in a group, as far as it is known."""

    group_plan: bool = False
    """True where the course follows the plan of a group."""
    members: int | None = None
    """1 is one person alone; None is not recorded."""

    @property
    def group(self) -> bool:
        """True where the bounds of a group speak."""
        return bounds.given_in_group(self.members, in_group=self.group_plan)

    @property
    def words(self) -> str:
        """For the order as it is read; empty where nothing was said."""
        if self.members is None:
            return ""
        return "Given alone" if self.members == 1 else f"In a group of {self.members}"


ALONE = Setting()
GROUP_PLAN = "sublingual_group"
"""The regimen, and the bounds, of a group under the tongue."""


def setting(course: Course, members: int | None) -> Setting:
    """The setting of an order of that course with so many members."""
    return Setting(course.regimen == GROUP_PLAN, members)


def policies_of(order: Order) -> tuple[bounds.BoundsPolicy, ...]:
    """The bounds that spoke when it was signed, in the version that was signed.

    An order, or a version, of before versions were kept is shown under the newest.
    """
    found = order.findings if isinstance(order.findings, dict) else {}
    if "policies" not in found:
        return tuple(bounds.load(name) for name in bounds.for_order(order.as_written))
    return tuple(_kept(said["policy"], said["version"]) for said in found["policies"])


def _kept(name: str, version: str) -> bounds.BoundsPolicy:
    try:
        return bounds.load(name, version)
    except DataFileError:
        return bounds.load(name)


def weight_of(patient: Patient) -> Weight | None:
    """The newest weight of the record; None when there is none, or it is no body weight."""
    newest = next(iter(newest_first(patient, "weight", "kg")), None)
    low, high = BODY_WEIGHTS
    if newest is None or not low <= newest.value <= high:
        return None
    return _weight(newest)


def weight_doubts(patient: Patient) -> tuple[str, ...]:
    """Reasons to weigh again before the newest weight is used; empty when there is none.

    A weight that was entered as checked is doubted no more; an imported one nobody has checked.
    """
    row, *earlier = newest_first(patient, "weight", "kg") or (None,)
    if row is None or weight_of(patient) is None or row.checked_again:
        return ()
    return doubts_of(patient, _weight(row).value, earlier)


def columns(order: DrugOrder, line: MilligramsPerMillilitre | None) -> dict[str, Any]:
    """What the row of this order holds. Raises ValueError for an order that cannot be kept."""
    return {
        "kind": kind_of(order),
        "written": write(order),
        "drug": order.drug.value,
        "route": order.route.value,
        "total_mg": order.total().value,
        "over_minutes": order.over.value if isinstance(order, InfusionOrder) else None,
        "concentration_mg_per_ml": None if line is None else line.value,
    }


def weight_method(said: str) -> WeightMethod:
    """How a weight was found; unknown for anything but the words that the record's form offers."""
    known = {method.value: method for method in WeightMethod}
    return known.get(said, WeightMethod.UNKNOWN)


def dose(value: Decimal, unit: str) -> MilligramsPerKilogram | Milligrams:
    """A number and its unit as a typed dose. Raises KeyError for any other unit."""
    units: dict[str, type[MilligramsPerKilogram] | type[Milligrams]]
    units = {"mg/kg": MilligramsPerKilogram, "mg": Milligrams}
    return units[unit](value)


def concentration(order: Order) -> MilligramsPerMillilitre | None:
    """What goes into the line, after dilution; None where there is no line."""
    said = order.concentration_mg_per_ml
    return None if said is None else MilligramsPerMillilitre(said)


def findings(
    written: DrugOrder,
    line: MilligramsPerMillilitre | None,
    on: date,
    given_before: Sequence[Administered] | None,
    doubts: Sequence[str] = (),
    setting: Setting = ALONE,
) -> tuple[bounds.BoundFinding, ...]:
    """What stands against an order written on that day: its bounds, and doubts of its weight."""
    found = bounds.check_order(
        written, on, line, given_before, group_of=setting.members, in_group=setting.group_plan
    )
    return (*found, *(_held(doubt) for doubt in doubts if by_weight(written)))


def by_weight(written: DrugOrder) -> bool:
    """True where the amount, or some limit of it, comes from the body weight."""
    policies = [bounds.load(name) for name in bounds.for_order(written)]
    return isinstance(written, Dosed) or any(each.by_weight for each in policies)


def _held(doubt: str) -> bounds.BoundFinding:
    text = f"weight: {doubt}. Weigh again, or enter it anew as checked"
    return bounds.BoundFinding(
        "weight_needed", bounds.Level.HOLD, text, ("choice.weight-plausible", "choice.first-weight")
    )


def standing(course: Course, on: date) -> list[Order]:
    """The orders of a course that can be used on that day, newest first."""
    return [each for each in course.orders.all() if not use_holds(each, on)]


def snapshot(
    written: DrugOrder,
    found: tuple[bounds.BoundFinding, ...],
    on: date,
    setting: Setting = ALONE,
) -> dict[str, Any]:
    """The findings as they are kept with the signature, with each policy's version."""
    said = [{**asdict(finding), "claims": list(finding.claims)} for finding in found]
    policies = [bounds.load(name) for name in bounds.for_order(written, group=setting.group)]
    return {
        "policies": [{"policy": each.id, "version": each.version} for each in policies],
        "on": on.isoformat(),
        "findings": said,
    }


def use_holds(order: Order, on: date) -> tuple[str, ...]:
    """Why this order cannot be used on that day; empty when nothing stands against it."""
    if order.withdrawn_at is not None:
        return ("The order was withdrawn: sign a new one.",)
    if order.course.ended_at is not None:
        return ("The course has ended: a session needs one that goes on.",)
    gone = weight_withdrawn(order, on)
    return (*order.as_written.holds(on), *([gone] if gone else []))


def weight_withdrawn(order: Order, on: date) -> str | None:
    """That the weight it was signed with was struck or corrected since; None while it carries it.

    Another weight of the same value that is not too old on that day carries it as well.
    """
    ordered, patient = order.as_written.weight, order.course.patient
    if ordered is None:
        return None
    stand = (_weight(row) for row in newest_first(patient, "weight", "kg"))
    if any(each.value == ordered.value and each.holds(on) is None for each in stand):
        return None
    rows = Measurement.everything.filter(
        patient=patient, code="weight", unit="kg", withdrawn_at__isnull=False
    ).select_related("withdrawn_by", "replaced_by")
    row = next((row for row in rows if _weight(row) == ordered), None)
    if row is None:
        return None
    instead = row.replaced_by
    now = f" It says {plain(instead.value)} kg now." if isinstance(instead, Measurement) else ""
    said = f"The weight this order was signed with, {ordered.text()}, was {how_withdrawn(row)}."
    return f"{said}{now} Sign a new order"


def signing(order: Order) -> AuditRow | None:
    """The audit row of the signature."""
    return AuditRow.objects.filter(
        action="courses.sign_order", patient=order.patient_key, body__contains=str(order.pk)
    ).first()


def _weight(measured: Measurement) -> Weight:
    return Weight(
        Kilograms(measured.value).rounded(WEIGHT_STEP),
        clinic_day(measured.taken_at),
        weight_method(measured.method),
    )
