"""Where the lines of an order's two drawings go: syringes to one scale, and the dose on its bounds.

Lengths are in the units of the drawing's own viewBox; the templates only write them down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mooring.core.drugs.dosed import BY_WEIGHT_STEP
from mooring.core.drugs.products import injectables
from mooring.core.drugs.syringe import SyringeVolume
from mooring.core.protocols.bounds import BoundsPolicy
from mooring.core.quantities import MilligramsPerKilogram, MilligramsPerMillilitre, plain

BARREL = Decimal(400)
SYRINGE_SIZES = tuple(Decimal(size) for size in ("1", "3", "5", "10", "20", "30", "50", "100"))
"""Millilitres; a volume beyond the last is drawn to a scale of whole hundreds."""
DIVISIONS = 5
BAR = Decimal(440)
LABEL_ROOM = Decimal(32)


@dataclass(frozen=True)
class Mark:
    """A line of a scale with the number under it."""

    x: str
    label: str


@dataclass(frozen=True)
class SyringeDrawing:
    """One volume as a drawn syringe."""

    volume: SyringeVolume
    fill: str
    """The length of the drug in the barrel."""
    chosen: bool
    """True for the concentration that the order names."""
    vials: tuple[str, ...]
    """What full vials of this strength hold; a strength is no content."""


@dataclass(frozen=True)
class Syringes:
    """The same dose at several strengths, to one scale."""

    drawings: tuple[SyringeDrawing, ...]
    capacity: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class BoundsBar:
    """A dose by body weight on the limits of a policy."""

    dose: MilligramsPerKilogram
    dose_x: str
    standard_x: str
    highest_x: str
    marks: tuple[Mark, ...]
    """The limits, the refused dose only where it lies on the bar."""


def syringes(volumes: Sequence[SyringeVolume], line: MilligramsPerMillilitre | None) -> Syringes:
    """Draw the volumes; the one of the strength that goes into the line is the chosen one."""
    capacity = _capacity(max(volume.exact.value for volume in volumes))
    drawings = tuple(
        SyringeDrawing(
            volume=volume,
            fill=_length(volume.drawn.value / capacity * BARREL),
            chosen=volume.concentration == line,
            vials=_vials(volume.concentration),
        )
        for volume in volumes
    )
    steps = [capacity * step / DIVISIONS for step in range(DIVISIONS + 1)]
    marks = tuple(Mark(_length(step / capacity * BARREL), plain(step)) for step in steps)
    return Syringes(drawings, plain(capacity), marks)


def bounds_bar(policy: BoundsPolicy, dose: MilligramsPerKilogram) -> BoundsBar:
    """Draw the dose on a bar that ends a little beyond the dose or the highest dose.

    Raises ValueError for a policy that does not have all three limits by body weight.
    """
    three = (policy.standard_dose, policy.highest_dose, policy.refused_dose)
    limits = [limit.mg_per_kg for limit in three if limit is not None]
    if len(limits) < len(three):
        raise ValueError("policy: a bar needs a standard, a highest and a refused dose in mg/kg")
    standard, highest, _ = limits
    end = max(highest * Decimal("1.5"), dose.value * Decimal("1.15"))

    def at(value: Decimal) -> str:
        return _length(value / end * BAR)

    return BoundsBar(
        dose=dose.rounded(BY_WEIGHT_STEP),
        dose_x=at(dose.value),
        standard_x=at(standard),
        highest_x=at(highest),
        marks=_marks([limit for limit in limits if limit <= end], BAR / end),
    )


def has_bar(policy: BoundsPolicy) -> bool:
    """True when the policy has all that its bar draws and its legend names."""
    needed = (
        policy.standard_dose,
        policy.highest_dose,
        policy.refused_dose,
        policy.fastest_rate,
    )
    return all(limit is not None for limit in needed)


def _marks(limits: list[Decimal], scale: Decimal) -> tuple[Mark, ...]:
    """A line for each limit; a number only where it has room beside the one before it."""
    marks, last = [], Decimal(0)
    for limit in limits:
        x = limit * scale
        room = x - last >= LABEL_ROOM
        marks.append(Mark(_length(x), plain(limit) if room else ""))
        last = x if room else last
    return tuple(marks)


def _capacity(largest: Decimal) -> Decimal:
    fitting = (size for size in SYRINGE_SIZES if size >= largest)
    hundreds = (largest / 100).to_integral_value(rounding="ROUND_CEILING") * 100
    return next(fitting, hundreds)


def _length(value: Decimal) -> str:
    return plain(value.quantize(Decimal("0.1")))


def _vials(concentration: MilligramsPerMillilitre) -> tuple[str, ...]:
    found = {
        vial.volume: product.held_in(vial)
        for product in injectables()
        if product.concentration == concentration
        for vial in product.vials
    }
    return tuple(
        f"a vial of {volume.text()} holds {found[volume].text()}"
        for volume in sorted(found, key=lambda size: size.value)
    )
