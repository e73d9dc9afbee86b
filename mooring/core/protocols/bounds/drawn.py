"""The volume in the syringe against the order."""

from decimal import Decimal

from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.syringe import SyringeVolume
from mooring.core.protocols.bounds.findings import BoundFinding, Level, finding
from mooring.core.protocols.bounds.policy import BoundsPolicy
from mooring.core.quantities import MilligramsPerMillilitre, Millilitres, plain


def check_drawn_up(
    policy: BoundsPolicy,
    order: DrugOrder,
    volume: Millilitres,
    concentration: MilligramsPerMillilitre,
) -> tuple[BoundFinding, ...]:
    """Whether a volume drawn from a vial holds the ordered dose, to the mark of a syringe.

    `concentration` is the strength printed on the vial. This is the guard against the published
    tenfold errors in which the order was right and the vial was not (evidence file §7.2).
    Raises WeightMissingError when the order has no amount yet, ValueError when the policy is for
    something that is not drawn up.
    """
    if policy.drawn_up is None:
        raise ValueError(f"policy: nothing is drawn up under {policy.id}")
    wanted = SyringeVolume(order.total(), concentration)
    if volume == wanted.drawn:
        return ()
    held = volume * concentration
    times = plain((held.value / wanted.dose.value).quantize(Decimal("0.01")))
    text = (
        f"{volume.text()} of {concentration.text()} holds {held.text()}, {times} times the "
        f"ordered {wanted.dose.text()}. That dose is {wanted.text()}."
    )
    return (finding("drawn_up", Level.REFUSE, text, policy.drawn_up),)
