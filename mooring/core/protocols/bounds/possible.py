"""What no order can be, whatever its route: too large to be meant, or not to be drawn or run."""

from collections.abc import Iterator
from decimal import Decimal

from mooring.core.drugs.dosed import Dosed, DrugOrder, shown
from mooring.core.drugs.order import PUMP_STEP, BolusOrder, InfusionOrder
from mooring.core.drugs.syringe import COMMON_CONCENTRATIONS, SYRINGE_STEP, SyringeVolume
from mooring.core.protocols.bounds.doses import amount_of
from mooring.core.protocols.bounds.findings import BoundFinding, Level
from mooring.core.quantities import (
    Milligrams,
    MilligramsPerMillilitre,
    MillilitresPerHour,
    Quantity,
)

LARGEST = Milligrams(2000)
"""More in one order is a slip of typing. A clinic's choice: no source gives such a number."""
OFF_THE_ORDER = Decimal(5)
"""Percent by which the nearest mark of a syringe may miss the dose. A clinic's choice."""
SLOWEST_PUMP = MillilitresPerHour(2)
FASTEST_PUMP = MillilitresPerHour(999)
"""Beyond these a pump delivers badly, or cannot be set. A clinic's choice."""


def possible_findings(
    order: DrugOrder, line: MilligramsPerMillilitre | None
) -> Iterator[BoundFinding]:
    """What holds for every order. `line` is what goes into a vein, after dilution."""
    total = amount_of(order)
    if total is None:
        return
    if total > LARGEST:
        text = f"{total.text()} is more than {LARGEST.text()}, the most that one order holds."
        yield BoundFinding("largest_order", Level.REFUSE, text, ("choice.largest-order",))
    if isinstance(order, Dosed):
        found = next(_measurable(total, (order.strength, line)), None)
        yield from _to_the_mark(order, total, line) if found is None else (found,)
    if isinstance(order, InfusionOrder) and not isinstance(order, BolusOrder) and line is not None:
        yield from _pump(order, line)


def _measurable(
    total: Milligrams, drawn_from: tuple[Quantity | None, ...]
) -> Iterator[BoundFinding]:
    for strength in drawn_from:
        if not isinstance(strength, MilligramsPerMillilitre):
            continue
        if SyringeVolume(total, strength).drawn.value == 0:
            text = (
                f"{total.text()} of {strength.text()} is less than a syringe can measure, "
                f"{SYRINGE_STEP} mL: dilute it, or take a weaker one."
            )
            yield BoundFinding("measurable", Level.REFUSE, text, ("choice.measurable-volume",))


def _to_the_mark(
    order: Dosed, total: Milligrams, line: MilligramsPerMillilitre | None
) -> Iterator[BoundFinding]:
    """The volume that misses the dose by most, of all that may be drawn under this order."""
    syringes = [SyringeVolume(total, strength) for strength in _drawn_from(order, line)]
    worst = max(syringes, key=lambda each: abs(each.off_by_percent), default=None)
    if worst is None or abs(worst.off_by_percent) <= OFF_THE_ORDER:
        return
    more = "more" if worst.off_by_percent > 0 else "less"
    percent = Decimal(abs(worst.off_by_percent)).quantize(Decimal(1))
    text = (
        f"Of {worst.concentration.text()} a syringe draws {worst.drawn.text()}, which holds "
        f"{worst.held.text()}: {percent} % {more} than the ordered {total.text()}. Take a weaker "
        "strength, or order an amount that can be drawn."
    )
    yield BoundFinding("rounding", Level.SOFT, text, ("choice.rounded-to-a-mark",))


def _drawn_from(
    order: Dosed, line: MilligramsPerMillilitre | None
) -> tuple[MilligramsPerMillilitre, ...]:
    """The named vial; where none is named each strength it may be drawn from; and the line."""
    named = getattr(order, "strength", None)
    vials = (named,) if named is not None else COMMON_CONCENTRATIONS
    # What comes from a vial is not stronger than it.
    fitting = tuple(each for each in vials if line is None or each >= line)
    return fitting if line is None else (*fitting, line)


def _pump(order: InfusionOrder, line: MilligramsPerMillilitre) -> Iterator[BoundFinding]:
    rate = order.pump_rate(line)
    if SLOWEST_PUMP <= rate <= FASTEST_PUMP:
        return
    slow = rate < SLOWEST_PUMP
    bound = f"slower than {SLOWEST_PUMP.text()}" if slow else f"faster than {FASTEST_PUMP.text()}"
    instead = "dilute it further" if slow else "take a stronger one"
    text = (
        f"At {line.text()} the pump runs at {shown(rate, PUMP_STEP)}, {bound}, and "
        f"{order.syringe(line).drawn.text()} is the whole dose: {instead}, or say why."
    )
    yield BoundFinding("pump_rate", Level.SOFT, text, ("choice.pump-rate",))
