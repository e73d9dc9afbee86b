"""An order of any kind as plain JSON, and back.

The JSON is what a signed order is kept as, so reading is strict: a field that is missing, unknown
or at odds with another is refused by its name, and nothing is filled in. Numbers are text, because
JSON's own numbers are not exact.
"""

import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from mooring.core.datafiles import Frozen
from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalDeviceOrder, NasalSprayOrder, Nostril
from mooring.core.drugs.order import BolusOrder, InfusionOrder, InjectionOrder
from mooring.core.drugs.products import ByMouth, NasalDevice, NasalSpray, product
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
    Quantity,
    plain,
)

AnyOrder = (
    InfusionOrder | BolusOrder | InjectionOrder | NasalSprayOrder | NasalDeviceOrder | ByMouthOrder
)
Kind = TypeVar("Kind", NasalSpray, NasalDevice, ByMouth)
Number = Annotated[str, Field(pattern=r"^[0-9]{1,10}(\.[0-9]{1,30})?$")]

_UNITS: dict[str, type[Quantity]] = {
    each.unit: each
    for each in (Milligrams, MilligramsPerKilogram, MilligramsPerMillilitre, Millilitres)
}


class _Amount(Frozen):
    value: Number

    def of(self, unit: str) -> Any:
        """The typed amount of that unit."""
        return _UNITS[unit](Decimal(self.value))


class _Dose(_Amount):
    unit: Literal["mg", "mg/kg"]


class _Strength(_Amount):
    unit: Literal["mg", "mg/mL"]


class _Quantity(_Amount):
    unit: Literal["pieces", "mL"]

    def counted(self) -> int | Millilitres:
        """Whole pieces or a volume."""
        if self.unit == "mL":
            return Millilitres(Decimal(self.value))
        if not self.value.isdigit():
            raise ValueError(f"quantity: pieces are counted whole, for example 2, not {self.value}")
        return int(self.value)


class _Weight(Frozen):
    kg: Number
    measured_on: date
    method: WeightMethod

    def read(self) -> Weight:
        """The weight."""
        return Weight(Kilograms(Decimal(self.kg)), self.measured_on, self.method)


class _Common(Frozen):
    drug: Drug
    route: Route
    weight: _Weight | None

    @property
    def weighed(self) -> Weight | None:
        """The weight, where one was recorded."""
        return None if self.weight is None else self.weight.read()


class _Needle(_Common):
    dose: _Dose
    strength_mg_per_ml: Number | None

    @property
    def needle(self) -> tuple[Drug, Route, Any, Weight | None]:
        """What every order by needle begins with."""
        return self.drug, self.route, self.dose.of(self.dose.unit), self.weighed

    @property
    def strength(self) -> MilligramsPerMillilitre | None:
        """What the order says of the vial."""
        number = self.strength_mg_per_ml
        return None if number is None else MilligramsPerMillilitre(Decimal(number))


class _Infusion(_Needle):
    kind: Literal["infusion"]
    over_minutes: Number

    def read(self) -> InfusionOrder:
        """The order."""
        if self.route is not Route.INTRAVENOUS_INFUSION:
            raise ValueError(f"route: an infusion goes into a vein, not {self.route.display}")
        return InfusionOrder(*self.needle, Minutes(Decimal(self.over_minutes)), self.strength)


class _Bolus(_Needle):
    kind: Literal["bolus"]
    over_minutes: Number

    def read(self) -> BolusOrder:
        """The order."""
        return BolusOrder(*self.needle, Minutes(Decimal(self.over_minutes)), self.strength)


class _Injection(_Needle):
    kind: Literal["injection"]

    def read(self) -> InjectionOrder:
        """The order."""
        return InjectionOrder(*self.needle, self.strength)


class _Made(_Common):
    product: str


class _Spray(_Made):
    kind: Literal["nasal_spray"]
    mg_per_spray: Number
    at_minutes: tuple[Number, ...]
    first: Nostril

    def read(self) -> NasalSprayOrder:
        """The order."""
        bottle = _product(self.product, NasalSpray)
        _require("mg_per_spray", Decimal(self.mg_per_spray), bottle.in_one.value)
        at = tuple(Minutes(Decimal(minute)) for minute in self.at_minutes)
        return NasalSprayOrder(bottle, at, self.weighed, self.first)


class _Device(_Made):
    kind: Literal["nasal_device"]
    mg_per_device: Number
    devices: int
    gap_minutes: Number | None

    def read(self) -> NasalDeviceOrder:
        """The order."""
        device = _product(self.product, NasalDevice)
        _require("mg_per_device", Decimal(self.mg_per_device), device.in_one.value)
        gap = None if self.gap_minutes is None else Minutes(Decimal(self.gap_minutes))
        return NasalDeviceOrder(device, self.devices, self.weighed, gap)


class _ByMouth(_Made):
    kind: Literal["by_mouth"]
    strength: _Strength
    quantity: _Quantity
    counted: Literal["base", "hydrochloride"]

    def read(self) -> ByMouthOrder:
        """The order."""
        form = _product(self.product, ByMouth)
        strength, quantity = self.strength.of(self.strength.unit), self.quantity.counted()
        return ByMouthOrder(form, self.route, strength, quantity, self.counted, self.weighed)


_Written = Annotated[
    _Infusion | _Bolus | _Injection | _Spray | _Device | _ByMouth, Field(discriminator="kind")
]
_READER: TypeAdapter[_Written] = TypeAdapter(_Written)


def kind_of(order: DrugOrder) -> str:
    """The name of the order's kind, for example "infusion". Raises TypeError for another class."""
    kinds: dict[type, str] = {
        InfusionOrder: "infusion",
        BolusOrder: "bolus",
        InjectionOrder: "injection",
        NasalSprayOrder: "nasal_spray",
        NasalDeviceOrder: "nasal_device",
        ByMouthOrder: "by_mouth",
    }
    if type(order) not in kinds:
        raise TypeError(f"order: {type(order).__name__} is no kind of order that is written down")
    return kinds[type(order)]


def write(order: DrugOrder) -> dict[str, Any]:
    """The order as plain JSON. Raises ValueError for one that could not be read back."""
    said = {
        "kind": kind_of(order),
        "drug": order.drug.value,
        "route": order.route.value,
        "weight": _weight(order.weight),
        **_own(order),
    }
    if read(said) != order:
        raise ValueError("order: it would not be read back as it is; nothing was written")
    return said


def read(said: object) -> AnyOrder:
    """The order that the JSON holds.

    Raises ValueError that names the field and what would be right, for anything that is missing,
    unknown, or contradicts another field or the product.
    """
    try:
        found = _READER.validate_json(json.dumps(said), strict=True)
    except ValidationError as failed:
        raise ValueError("; ".join(_sentence(each) for each in failed.errors())) from failed
    order = found.read()
    for field in ("drug", "route"):
        _require(field, getattr(found, field).value, getattr(order, field).value)
    return order


def _own(order: DrugOrder) -> dict[str, Any]:
    """What only this kind of order says."""
    match order:
        case InfusionOrder():
            return {**_needle(order), "over_minutes": plain(order.over.value)}
        case InjectionOrder():
            return _needle(order)
        case NasalSprayOrder():
            return {
                "product": order.product.id,
                "mg_per_spray": plain(order.product.in_one.value),
                "at_minutes": [plain(minute.value) for minute in order.at],
                "first": order.first.value,
            }
        case NasalDeviceOrder():
            return {
                "product": order.product.id,
                "mg_per_device": plain(order.product.in_one.value),
                "devices": order.devices,
                "gap_minutes": None if order.gap is None else plain(order.gap.value),
            }
        case _:
            return _by_mouth(order)


def _needle(order: InfusionOrder | InjectionOrder) -> dict[str, Any]:
    strength = None if order.strength is None else plain(order.strength.value)
    return {"dose": _amount(order.dose), "strength_mg_per_ml": strength}


def _by_mouth(order: Any) -> dict[str, Any]:
    counts = isinstance(order.quantity, int)
    pieces = {"value": str(order.quantity), "unit": "pieces"}
    return {
        "product": order.product.id,
        "strength": _amount(order.strength),
        "quantity": pieces if counts else _amount(order.quantity),
        "counted": order.counted,
    }


def _amount(quantity: Quantity) -> dict[str, str]:
    return {"value": plain(quantity.value), "unit": quantity.unit}


def _weight(weight: Weight | None) -> dict[str, str] | None:
    if weight is None:
        return None
    return {
        "kg": plain(weight.value.value),
        "measured_on": weight.measured_on.isoformat(),
        "method": weight.method.value,
    }


def _product(name: str, kind: type[Kind]) -> Kind:
    """The product of that id, which has to be of that kind."""
    try:
        found = product(name)
    except KeyError as unknown:
        raise ValueError(f"product: {unknown.args[0]}") from unknown
    if not isinstance(found, kind):
        raise ValueError(f"product: {found.name} is not for this kind of order")
    return found


def _require(field: str, said: object, known: object) -> None:
    if said != known:
        raise ValueError(f"{field}: the order says {said}, its product or kind says {known}")


def _sentence(found: Any) -> str:
    """One of pydantic's findings: the field, and what would be right."""
    field = ".".join(str(part) for part in found["loc"][1:]) or "kind"
    words = {
        "missing": "is needed",
        "extra_forbidden": "is not known for this kind of order",
        "string_pattern_mismatch": 'is a plain number as text, for example "0.5"',
    }
    return f"{field}: {words.get(found['type'], found['msg'])}"
