"""What a page shows of an order, typed or signed: the sentence, the arithmetic, the drawings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mooring.clinic.courses import drawing, orders
from mooring.core.drugs.order import PUMP_STEP, InfusionOrder
from mooring.core.drugs.syringe import COMMON_CONCENTRATIONS, SyringeVolume
from mooring.core.protocols import bounds
from mooring.core.protocols.bounds import BoundFinding, Level
from mooring.core.quantities import MilligramsPerKilogram, MilligramsPerMillilitre

UNIT_AFTER_NUMBER = re.compile(r"(?<=\d) (?=mg|mL|kg|min)")


@dataclass(frozen=True)
class Sheet:
    """One order as it can be read, counted again and drawn up."""

    sentence: str
    line: str
    """What goes into the line, with the pump rate."""
    arithmetic: tuple[str, ...]
    syringes: drawing.Syringes | None
    """The common strengths; None while the order has no amount."""
    diluted: drawing.Syringes | None
    """What goes into the line where that is none of the common strengths, to its own scale."""
    bar: drawing.BoundsBar | None
    """None while the dose by body weight is not known."""

    @property
    def unbroken(self) -> str:
        """The sentence with no number parted from its unit at the end of a line."""
        return UNIT_AFTER_NUMBER.sub("\u00a0", self.sentence)

    @property
    def read(self) -> str:
        """What a person has read who signs this sheet; any change to the order changes it."""
        return f"{self.sentence} | {self.line}"


@dataclass(frozen=True)
class Draft:
    """An order that is not signed: its sheet, and what the bounds policy says against it."""

    sheet: Sheet
    findings: tuple[BoundFinding, ...]

    @property
    def level(self) -> str:
        """The firmest of its findings, or "within"."""
        for level in (Level.REFUSE, Level.HOLD, Level.HARD, Level.SOFT):
            if any(finding.level is level for finding in self.findings):
                return level.value
        return "within"

    @property
    def needs_second(self) -> bool:
        """True when a second person could open it."""
        return self.level == Level.HARD

    @property
    def signable(self) -> bool:
        """False when nobody could sign it as it stands."""
        return self.level not in {Level.REFUSE, Level.HOLD}

    @property
    def needs_weight(self) -> bool:
        """True when a new weight is what it waits for."""
        return any(finding.rule == "weight_needed" for finding in self.findings)


def sheet(infusion: InfusionOrder, line: MilligramsPerMillilitre) -> Sheet:
    """The sheet of an order. Without a weight a dose in mg/kg has no amounts to show."""
    per_kilogram = infusion.per_kilogram()
    bar = drawing.bounds_bar(bounds.load(orders.BOUNDS), per_kilogram) if per_kilogram else None
    if infusion.weight is None and isinstance(infusion.dose, MilligramsPerKilogram):
        return Sheet(infusion.sentence(), line.text(), (), None, None, bar)
    return Sheet(
        sentence=infusion.sentence(),
        line=f"{line.text()}, pump at {_pump_rate(infusion, line)}",
        arithmetic=_arithmetic(infusion, line),
        syringes=drawing.syringes(infusion.volumes(), line),
        diluted=drawing.syringes([infusion.syringe(line)], line) if _diluted(line) else None,
        bar=bar,
    )


def draft(infusion: InfusionOrder, line: MilligramsPerMillilitre, on: date) -> Draft:
    """The sheet of a typed order with its findings on that day."""
    return Draft(sheet(infusion, line), orders.findings(infusion, line, on))


def _diluted(line: MilligramsPerMillilitre) -> bool:
    return line not in COMMON_CONCENTRATIONS


def _arithmetic(infusion: InfusionOrder, line: MilligramsPerMillilitre) -> tuple[str, ...]:
    volume, steps = infusion.syringe(line), infusion.arithmetic()
    if _diluted(line):
        steps = (*steps, f"{infusion.total().text()} ÷ {line.text()} = {_exact(volume)}")
    return (*steps, f"{_exact(volume)} ÷ {infusion.over.text()} = {_pump_rate(infusion, line)}")


def _exact(volume: SyringeVolume) -> str:
    return volume.exact.text() if volume.exact == volume.drawn else f"about {volume.drawn.text()}"


def _pump_rate(infusion: InfusionOrder, line: MilligramsPerMillilitre) -> str:
    rate = infusion.pump_rate(line)
    rounded = rate.rounded(PUMP_STEP)
    return rounded.text() if rounded == rate else f"about {rounded.text()}"
