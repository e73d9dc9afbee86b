"""What no order can be, whatever its route: too large to be meant, too small to draw up."""

from collections.abc import Iterator

from mooring.core.drugs.dosed import Dosed, DrugOrder
from mooring.core.drugs.syringe import SYRINGE_STEP, SyringeVolume
from mooring.core.protocols.bounds.doses import amount_of
from mooring.core.protocols.bounds.findings import BoundFinding, Level
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, Quantity

LARGEST = Milligrams(2000)
"""More in one order is a slip of typing. A clinic's choice: no source gives such a number."""


def possible_findings(
    order: DrugOrder, line: MilligramsPerMillilitre | None
) -> Iterator[BoundFinding]:
    """Refusals that hold for every order. `line` is what goes into a vein, after dilution."""
    total = amount_of(order)
    if total is None:
        return
    if total > LARGEST:
        text = f"{total.text()} is more than {LARGEST.text()}, the most that one order holds."
        yield BoundFinding("largest_order", Level.REFUSE, text, ("choice.largest-order",))
    if isinstance(order, Dosed):
        yield from _measurable(total, (order.strength, line))


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
            return
