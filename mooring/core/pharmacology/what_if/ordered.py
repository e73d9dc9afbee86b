"""An order of the clinic as a regimen that models can be run with."""

from __future__ import annotations

from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.nasal import NasalDeviceOrder, NasalSprayOrder
from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.products import NasalDevice, products
from mooring.core.pharmacology.regimen import DoseEvent, GivenAs, Regimen


def regimen_of(order: DrugOrder) -> Regimen:
    """What is given when, in minutes and milligrams of base.

    An infusion keeps its minutes; a bolus is given at once, whatever minutes it was ordered over.
    Raises WeightMissingError for mg/kg without a weight: no weight is ever assumed.
    """
    way = _given_as(order)
    numbered = isinstance(order, NasalSprayOrder | NasalDeviceOrder)
    share = _base_share(order)
    events = tuple(
        DoseEvent(
            time=float(done.minute.value),
            amount=float(done.amount.value) * share,
            given_as=way,
            duration=_duration(order, way),
            nth=number if numbered else 1,
        )
        for number, done in enumerate(order.administrations(), 1)
    )
    return Regimen(order.drug, events)


def _given_as(order: DrugOrder) -> GivenAs:
    """The route, and into the nose also by what."""
    if isinstance(order, NasalSprayOrder):
        return GivenAs.NASAL_SPRAY
    if isinstance(order, NasalDeviceOrder):
        return GivenAs.NASAL_DEVICE
    return GivenAs(order.route.value)


def _duration(order: DrugOrder, way: GivenAs) -> float | None:
    if way is GivenAs.INTRAVENOUS_INFUSION and isinstance(order, InfusionOrder):
        return float(order.over.value)
    return None


def _base_share(order: DrugOrder) -> float:
    """Milligrams of base in one milligram as the order counts them.

    Only a compounded product is ever counted as hydrochloride. What a milligram of that holds
    stands on the label of the nasal device; the racemate weighs the same as either of its forms.
    """
    if not (isinstance(order, ByMouthOrder) and order.counted == "hydrochloride"):
        return 1.0
    device = next(one for one in products() if isinstance(one, NasalDevice))
    return float(device.mg_per_device / device.salt_mg_per_device)
