"""How what goes into the line is made: so much of the vial, so much diluent."""

from decimal import ROUND_HALF_UP, Decimal

from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.products import injectables
from mooring.core.drugs.syringe import SYRINGE_STEP
from mooring.core.quantities import MilligramsPerMillilitre, plain


def preparation(order: InfusionOrder, line: MilligramsPerMillilitre) -> tuple[str, ...]:
    """One sentence for each vial that the order can be made from; of the ordered one if named.

    For example "0.72 mL of 50 mg/mL with 2.88 mL of diluent to make 3.6 mL of 10 mg/mL". The drug
    is rounded to the mark of a syringe, and the diluent keeps the concentration. Raises
    WeightMissingError for a dose by weight without one.
    """
    vials = {order.strength} if order.strength else _strengths(order)
    usable = sorted((vial for vial in vials if vial >= line), key=lambda vial: vial.value)
    return tuple(_made(order, vial, line) for vial in usable)


def _strengths(order: InfusionOrder) -> set[MilligramsPerMillilitre]:
    fitting = (each for each in injectables() if each.drug is order.drug)
    return {each.strength for each in fitting if order.route in each.routes}


def _made(
    order: InfusionOrder, vial: MilligramsPerMillilitre, line: MilligramsPerMillilitre
) -> str:
    drug = order.syringe(vial).drawn
    if vial == line:
        return f"{drug.text()} of {vial.text()}, undiluted"
    whole = drug.value * vial.value / line.value
    diluent = _marked(whole - drug.value)
    made = plain(_marked(whole))
    return (
        f"{drug.text()} of {vial.text()} with {plain(diluent)} mL of diluent "
        f"to make {made} mL of {line.text()}"
    )


def _marked(millilitres: Decimal) -> Decimal:
    return millilitres.quantize(Decimal(SYRINGE_STEP), ROUND_HALF_UP)
