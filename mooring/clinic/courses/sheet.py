"""What a page shows of an order, typed or signed: the sentence, the arithmetic, the drawings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mooring.clinic.courses import drawing, orders
from mooring.core.drugs.dosed import Administration, Dosed, DrugOrder, WeightMissingError
from mooring.core.drugs.exposure.given import Administered
from mooring.core.drugs.order import PUMP_STEP, BolusOrder, InfusionOrder, InjectionOrder
from mooring.core.drugs.preparation import preparation
from mooring.core.drugs.products import injectables
from mooring.core.drugs.syringe import COMMON_CONCENTRATIONS, SyringeVolume
from mooring.core.drugs.vial_use import VialUse
from mooring.core.protocols import bounds
from mooring.core.protocols.bounds import BoundFinding, BoundsPolicy, Level
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, plain

UNIT_AFTER_NUMBER = re.compile(r"(?<=\d) (?=mg|mL|kg|min)")


@dataclass(frozen=True)
class Vial:
    """What one dose takes from vials of one size, and what it leaves."""

    title: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One order as it can be read, counted again and drawn up."""

    sentence: str
    line: str
    """What goes into the line, with the pump rate; empty where there is no line."""
    vial: str
    """The vial that the order names; empty where it names none."""
    preparation: tuple[str, ...]
    """How what goes into the line is made, from each vial that can be meant."""
    arithmetic: tuple[str, ...]
    syringes: drawing.Syringes | None
    """The common strengths; None without a volume, or while the order has no amount."""
    diluted: drawing.Syringes | None
    """What goes into the line where that is none of the common strengths, to its own scale."""
    bar: drawing.BoundsBar | None
    """None while the dose by body weight is not known, or no policy has its limits."""
    policy: BoundsPolicy | None
    """The policy of the bar."""
    steps: tuple[Administration, ...]
    """What is done when; empty for what runs from a pump."""
    vials: tuple[Vial, ...]

    @property
    def unbroken(self) -> str:
        """The sentence with no number parted from its unit at the end of a line."""
        return UNIT_AFTER_NUMBER.sub("\u00a0", self.sentence)

    @property
    def read(self) -> str:
        """What a person has read who signs this sheet; any change to the order changes it."""
        return " | ".join((self.sentence, self.line, self.vial, *self.preparation))


@dataclass(frozen=True)
class Draft:
    """An order that is not signed: its sheet, and what the bounds say against it."""

    sheet: Sheet
    order: DrugOrder
    findings: tuple[BoundFinding, ...]
    setting: orders.Setting = orders.ALONE

    @property
    def level(self) -> str:
        """The firmest of its findings, or "within"."""
        for level in (Level.REFUSE, Level.HOLD, Level.HARD, Level.SOFT):
            if any(finding.level is level for finding in self.findings):
                return level.value
        return "within"

    @property
    def read(self) -> str:
        """What a person has read who signs it: the sheet, and each finding."""
        said = (self.sheet.read, self.setting.words, *(each.text for each in self.against))
        return " | ".join(said)

    @property
    def needs_second(self) -> bool:
        """True when a second person could open it."""
        return self.level == Level.HARD

    @property
    def needs_reason(self) -> bool:
        """True when the prescriber's own reason opens it."""
        return self.level == Level.SOFT

    @property
    def signable(self) -> bool:
        """False when nobody could sign it as it stands."""
        return self.level not in {Level.REFUSE, Level.HOLD}

    @property
    def needs_weight(self) -> bool:
        """True when a new weight is what it waits for."""
        return any(finding.rule == "weight_needed" for finding in self.findings)

    @property
    def policies(self) -> tuple[BoundsPolicy, ...]:
        """The bounds it was held against."""
        return policies(self.order, self.setting)

    @property
    def counted(self) -> bool:
        """True where its bounds count the doses before it."""
        return any(each.counts_earlier_doses for each in self.policies)

    @property
    def against(self) -> tuple[BoundFinding, ...]:
        """The findings that say something against it."""
        return tuple(each for each in self.findings if each.level is not Level.NOTE)

    @property
    def notes(self) -> tuple[BoundFinding, ...]:
        """What no source speaks of."""
        return tuple(each for each in self.findings if each.level is Level.NOTE)


def policies(order: DrugOrder, setting: orders.Setting = orders.ALONE) -> tuple[BoundsPolicy, ...]:
    """The bounds that speak for the order's drug and route, and for its group."""
    return tuple(bounds.load(name) for name in bounds.for_order(order, group=setting.group))


def sheet(
    order: DrugOrder,
    line: MilligramsPerMillilitre | None,
    held_by: tuple[BoundsPolicy, ...] | None = None,
) -> Sheet:
    """The sheet of an order. Without a weight a dose in mg/kg has no amounts to show.

    `held_by` are the bounds of a signed order as they were signed; None takes today's.
    """
    held_by = policies(order) if held_by is None else held_by
    policy = next((each for each in held_by if drawing.has_bar(each)), None)
    per_kilogram = order.per_kilogram()
    bar = drawing.bounds_bar(policy, per_kilogram) if policy and per_kilogram else None
    amounts = _amounts(order)
    known = amounts is not None
    infused = isinstance(order, InfusionOrder) and not isinstance(order, BolusOrder)
    return Sheet(
        sentence=order.sentence(),
        line=_line(order, line) if known else line.text() if line else "",
        vial=order.strength.text() if isinstance(order, Dosed) and order.strength else "",
        preparation=_preparation(order, line) if known else (),
        arithmetic=_arithmetic(order, line) if known else (),
        syringes=_syringes(order, line) if known else None,
        diluted=_diluted(order, line) if known else None,
        bar=bar,
        policy=policy,
        steps=order.administrations() if known and not infused else (),
        vials=_vials(order, amounts) if amounts is not None else (),
    )


def draft(
    order: DrugOrder,
    line: MilligramsPerMillilitre | None,
    on: date,
    given_before: tuple[Administered, ...],
    doubts: tuple[str, ...] = (),
    setting: orders.Setting = orders.ALONE,
    beside: tuple[BoundFinding, ...] = (),
) -> Draft:
    """The sheet of a typed order with its findings on that day; `doubts` are of its weight.

    `beside` are findings about the patient's day, as a session that is open.
    """
    found = orders.findings(order, line, on, given_before, doubts, setting)
    return Draft(sheet(order, line), order, (*found, *beside), setting)


def _amounts(order: DrugOrder) -> Milligrams | None:
    try:
        return order.total()
    except WeightMissingError:
        return None


def _line(order: DrugOrder, line: MilligramsPerMillilitre | None) -> str:
    if line is None or not isinstance(order, InfusionOrder):
        return ""
    if isinstance(order, BolusOrder):
        return f"{_exact(order.syringe(line))} of {line.text()}, by hand over {order.over.text()}"
    return f"{line.text()}, pump at {_pump_rate(order, line)}"


def _preparation(order: DrugOrder, line: MilligramsPerMillilitre | None) -> tuple[str, ...]:
    return preparation(order, line) if isinstance(order, InfusionOrder) and line else ()


def _syringes(order: DrugOrder, line: MilligramsPerMillilitre | None) -> drawing.Syringes | None:
    if not isinstance(order, InfusionOrder | InjectionOrder):
        return None
    chosen = line if isinstance(order, InfusionOrder) else order.strength
    return drawing.syringes(order.volumes(), chosen)


def _diluted(order: DrugOrder, line: MilligramsPerMillilitre | None) -> drawing.Syringes | None:
    if line is None or line in COMMON_CONCENTRATIONS or not isinstance(order, Dosed):
        return None
    return drawing.syringes([order.syringe(line)], line)


def _arithmetic(order: DrugOrder, line: MilligramsPerMillilitre | None) -> tuple[str, ...]:
    steps = order.arithmetic()
    if line is None or not isinstance(order, InfusionOrder):
        return steps
    volume = order.syringe(line)
    if line not in COMMON_CONCENTRATIONS:
        steps = (*steps, f"{order.total().text()} ÷ {line.text()} = {_exact(volume)}")
    if isinstance(order, BolusOrder):
        return steps
    return (*steps, f"{_exact(volume)} ÷ {order.over.text()} = {_pump_rate(order, line)}")


def _exact(volume: SyringeVolume) -> str:
    return volume.exact.text() if volume.exact == volume.drawn else f"about {volume.drawn.text()}"


def _pump_rate(infusion: InfusionOrder, line: MilligramsPerMillilitre) -> str:
    rate = infusion.pump_rate(line)
    rounded = rate.rounded(PUMP_STEP)
    return rounded.text() if rounded == rate else f"about {rounded.text()}"


def _vials(order: DrugOrder, amount: Milligrams) -> tuple[Vial, ...]:
    """For every size of vial that the order can be drawn from; of the ordered strength if named."""
    if not isinstance(order, Dosed):
        return ()
    sizes = {
        (product.concentration_mg_per_ml, vial.volume_ml): VialUse(amount, product, vial)
        for product in injectables()
        if product.drug is order.drug and order.route in product.routes
        if order.strength in (None, product.strength)
        for vial in product.vials
    }
    return tuple(
        Vial(f"From a vial of {plain(use.vial.volume.value)} mL at {strength} mg/mL", use.text())
        for (strength, _), use in sorted(sizes.items())
    )
