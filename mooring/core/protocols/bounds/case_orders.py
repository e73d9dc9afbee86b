"""An order as a case table writes it down, for every route."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal, TypeVar

from pydantic import Field

from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.exposure.given import Administered
from mooring.core.drugs.nasal import NasalDeviceOrder, NasalSprayOrder
from mooring.core.drugs.order import BolusOrder, InfusionOrder, InjectionOrder
from mooring.core.drugs.products import ByMouth, NasalDevice, NasalSpray, products
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.protocols.loading import Frozen
from mooring.core.quantities import Kilograms, Milligrams, MilligramsPerKilogram, Minutes

NEEDLE = {Route.INTRAMUSCULAR, Route.SUBCUTANEOUS}


class Earlier(Frozen):
    """A dose that was given before the order."""

    days_ago: int = Field(ge=0)
    mg: Decimal | None = None
    """None says that the amount is not on record."""
    drug: Drug = Drug.RACEMIC_KETAMINE
    route: Route = Route.INTRAVENOUS_INFUSION

    def administered(self, on: date) -> Administered:
        """As the record holds it, given at noon."""
        at = datetime.combine(on - timedelta(days=self.days_ago), time(12), UTC)
        amount = None if self.mg is None else Milligrams(self.mg)
        return Administered(at, self.route, self.drug, amount)


class CaseOrder(Frozen):
    """One order: a dose, or sprays, devices or pieces."""

    drug: Drug = Drug.RACEMIC_KETAMINE
    route: Route = Route.INTRAVENOUS_INFUSION
    dose: Decimal = Field(default=Decimal(0), ge=0)
    """By vein or needle; 0 where sprays, devices or pieces are counted."""
    unit: Literal["mg", "mg/kg"] = "mg/kg"
    minutes: Decimal = Decimal(40)
    """An infusion or a bolus takes them."""
    sprays: tuple[Decimal, ...] = ()
    """The minute of each spray of 10 mg."""
    devices: int = 0
    pieces: int = 0
    """Troches under the tongue, tablets by mouth."""
    piece_mg: Decimal = Decimal(0)
    weight_kg: Decimal | None = None
    weight_age_days: int = 0

    @property
    def takes_time(self) -> bool:
        """True for what goes into a vein over minutes."""
        return self.route not in NEEDLE

    def order(self, on: date) -> DrugOrder:
        """The order, written on that day."""
        weight = self._weight(on)
        if self.devices:
            device = _made(NasalDevice, "esketamine_nasal_device_28")
            return NasalDeviceOrder(device, self.devices, weight)
        if self.sprays:
            at = tuple(Minutes(minute) for minute in self.sprays)
            return NasalSprayOrder(_made(NasalSpray, "ketamine_nasal_spray_100"), at, weight)
        if self.pieces:
            form = "ketamine_troche" if self.route is Route.SUBLINGUAL else "ketamine_tablet"
            one, made = Milligrams(self.piece_mg), _made(ByMouth, form)
            return ByMouthOrder(made, self.route, one, self.pieces, "hydrochloride", weight)
        if self.route in NEEDLE:
            return InjectionOrder(self.drug, self.route, self._dose(), weight)
        kind = BolusOrder if self.route is Route.INTRAVENOUS_BOLUS else InfusionOrder
        return kind(self.drug, self.route, self._dose(), weight, Minutes(self.minutes))

    def _dose(self) -> Milligrams | MilligramsPerKilogram:
        return Milligrams(self.dose) if self.unit == "mg" else MilligramsPerKilogram(self.dose)

    def _weight(self, on: date) -> Weight | None:
        if self.weight_kg is None:
            return None
        measured_on = on - timedelta(days=self.weight_age_days)
        return Weight(Kilograms(self.weight_kg), measured_on, WeightMethod.WEIGHED)


Made = TypeVar("Made", NasalDevice, NasalSpray, ByMouth)


def _made(kind: type[Made], name: str) -> Made:
    """The product of that id, which is of that kind."""
    return next(each for each in products() if isinstance(each, kind) and each.id == name)
