"""Holds a scanned code against an order: drug, route and strength, before anything is drawn up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mooring.core.drugs.codes import Reading, by_code
from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.drug import Route
from mooring.core.drugs.gs1 import Package, package
from mooring.core.drugs.products import Injectable, Product
from mooring.core.drugs.syringe import SyringeVolume
from mooring.core.quantities import MilligramsPerMillilitre

_VEIN = {Route.INTRAVENOUS_INFUSION, Route.INTRAVENOUS_BOLUS}


@dataclass(frozen=True)
class CodeCheck:
    """Whether what was scanned is what was ordered, and what to say either way."""

    agrees: bool
    """True when drug, route and strength are those of the order, as far as it names them."""
    expired: bool
    """True after its last day, whatever it is. False where the code holds no such day."""
    reading: Reading
    package: Package
    said: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """True when it may be drawn up for this order."""
        return self.agrees and not self.expired


def check_code(
    order: DrugOrder, text: str, on: date, line: MilligramsPerMillilitre | None = None
) -> CodeCheck:
    """Compare the product that a typed or scanned code names with the order, on that day.

    `line` is what goes into the line after dilution, where there is one: no vial weaker than that
    fits. A code that was not recognised never fits. An order that names no strength is held
    against drug, route and line alone; the answer then says what volume of the scanned strength
    holds the dose. Raises WeightMissingError for an order in mg/kg without a weight.
    """
    reading, held = by_code(text), package(text, on)
    agrees, said = _compared(order, reading, line)
    return CodeCheck(agrees, held.expired(on), reading, held, (*held.against(on), *said))


def _compared(
    order: DrugOrder, reading: Reading, line: MilligramsPerMillilitre | None
) -> tuple[bool, tuple[str, ...]]:
    if reading.product is None:
        return False, (reading.said,)
    against = tuple(_against(order, reading.product, line))
    if against:
        return False, against
    return True, (reading.said, *_to_do(order, reading.product, line))


def _against(
    order: DrugOrder, product: Product, line: MilligramsPerMillilitre | None
) -> Iterator[str]:
    if product.drug is not order.drug:
        yield (
            f"The order is {order.drug.display}; this is {product.name}. They are different "
            "drugs, and neither dose is converted into the other."
        )
        return
    if order.route not in product.routes:
        yield f"The order is {order.route.display}; {product.name} is not for that."
    if order.strength is not None and order.strength != product.strength:
        yield f"The order names {order.strength.text()}; this is {product.name}."
        if isinstance(product, Injectable):
            yield f"Of this one the dose is {_drawn(order, product)}, not the ordered volume."
    elif line is not None and isinstance(product, Injectable) and product.concentration < line:
        yield f"The line takes {line.text()}; {product.name} is weaker than that."


def _to_do(
    order: DrugOrder, product: Product, line: MilligramsPerMillilitre | None
) -> Iterator[str]:
    if not isinstance(product, Injectable):
        return
    if order.strength is None:
        compared = "only drug and route" if line is None else "drug, route and the line"
        yield f"The order names no strength, so {compared} were compared."
    yield f"{order.total().text()} is {_drawn(order, product)}."
    if product.dilute_before_intravenous_use and order.route in _VEIN:
        yield f"{product.concentration.text()} is diluted before it goes into a vein."
    if line is not None and line < product.concentration:
        yield f"In the line it is {SyringeVolume(order.total(), line).text()}."


def _drawn(order: DrugOrder, product: Injectable) -> str:
    return SyringeVolume(order.total(), product.concentration).text()
