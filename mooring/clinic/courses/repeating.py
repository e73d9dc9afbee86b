"""A signed order as the form would hold it, so that it can be written again: checked, and new.

The weight is none of the fields: it is read anew from the record, never carried over.
"""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import urlencode
from uuid import UUID

from mooring.clinic.courses.models import Order
from mooring.clinic.courses.order_forms import OPEN
from mooring.clinic.courses.ways import Way
from mooring.clinic.people.models import Patient
from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalDeviceOrder, NasalSprayOrder
from mooring.core.drugs.order import InfusionOrder, InjectionOrder
from mooring.core.drugs.written import AnyOrder
from mooring.core.quantities import Millilitres, plain


def last_order(patient: Patient, way: Way | None = None) -> Order | None:
    """The newest signed order, of that drug and route if one is named; withdrawn ones apart."""
    signed = Order.objects.filter(course__patient=patient, withdrawn_at__isnull=True)
    if way is not None:
        signed = signed.filter(drug=way.drug.value, route=way.route.value)
    return signed.select_related("course", "signed_by").order_by("-signed_at").first()


def order_of(patient: Patient, named: str) -> Order | None:
    """The order with that id, where it is one of the patient's; None for any other text."""
    try:
        key = UUID(named)
    except ValueError:
        return None
    found = Order.objects.filter(course__patient=patient, pk=key)
    return found.select_related("course", "signed_by").first()


def way_of(order: Order) -> Way:
    """Its drug and route."""
    return Way(Drug(order.drug), Route(order.route))


def query(order: Order) -> str:
    """What follows the question mark in the address that writes it again."""
    return urlencode({"way": way_of(order).id, "repeat": str(order.pk)})


def fields(order: Order) -> dict[str, str]:
    """The fields of its form, each as a person would type it."""
    return {**_group(order), **_line(order), **_own(order.as_written)}


def _group(order: Order) -> dict[str, str]:
    return {} if order.group_of is None else {"group_of": str(order.group_of)}


def _line(order: Order) -> dict[str, str]:
    line, over = order.concentration_mg_per_ml, order.over_minutes
    said = {"concentration": line, "over_minutes": over}
    return {name: plain(number) for name, number in said.items() if number is not None}


def _own(written: AnyOrder) -> dict[str, str]:
    match written:
        case InfusionOrder() | InjectionOrder():
            vial = OPEN if written.strength is None else plain(written.strength.value)
            dose = {"dose_value": plain(written.dose.value), "dose_unit": written.dose.unit}
            return {**dose, "strength": vial}
        case NasalSprayOrder():
            return {"product": written.product.id, **_sprays(written)}
        case NasalDeviceOrder():
            gap = {} if written.gap is None else {"gap": plain(written.gap.value)}
            return {"product": written.product.id, "devices": str(written.devices), **gap}
        case ByMouthOrder():
            quantity = written.quantity
            many = plain(quantity.value) if isinstance(quantity, Millilitres) else str(quantity)
            return {
                "product": written.product.id,
                "strength": plain(written.strength.value),
                "quantity": many,
                "counted": written.counted,
            }


def _sprays(written: NasalSprayOrder) -> dict[str, str]:
    """Equal distances as one, others minute by minute."""
    minutes = [at.value for at in written.at]
    gaps = {later - earlier for earlier, later in pairwise(minutes)}
    said = {"sprays": str(len(minutes)), "first": written.first.value}
    if len(gaps) == 1:
        return {**said, "apart": plain(gaps.pop())}
    return said if not gaps else {**said, "at": ", ".join(plain(minute) for minute in minutes)}
