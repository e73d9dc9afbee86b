"""A second dose of the same drug by the same route on one day: no dose is split past a limit."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add

from mooring.core.drugs.dosed import BY_WEIGHT_STEP, DrugOrder
from mooring.core.drugs.exposure.given import Administered
from mooring.core.drugs.weight import Weight
from mooring.core.protocols.bounds.doses import amount_of
from mooring.core.protocols.bounds.findings import BoundFinding, Level, finding
from mooring.core.protocols.bounds.limits import DoseLimit
from mooring.core.protocols.bounds.policy import BoundsPolicy
from mooring.core.quantities import Milligrams


def second_dose(
    policy: BoundsPolicy, order: DrugOrder, today: Sequence[Administered]
) -> Iterator[BoundFinding]:
    """What the day holds already, as firm as one dose of that sum would be held.

    `today` are the doses of the policy's own drug and route. Two doses that each stay below a
    limit are no way past it. Where a limit of one day stands, it speaks for what lies below.
    """
    limit, total = policy.second_dose, sum_with(order, today)
    if limit is None or total is None or not today:
        return
    level = _level(policy, total, order.weight)
    if level is Level.SOFT and policy.standard_day is not None:
        return
    text = f"Given before on the same day by this route; with this order it is {total.text()}"
    weight = order.weight
    if weight is not None:
        text += f", {(total / weight.value).rounded(BY_WEIGHT_STEP).text()}"
    yield finding("second_dose", level, f"{text}.", limit)


def sum_with(order: DrugOrder, given: Sequence[Administered]) -> Milligrams | None:
    """The order and the known amounts; None while the order has no amount."""
    amount = amount_of(order)
    if amount is None:
        return None
    return reduce(add, (each.amount for each in given if each.amount is not None), amount)


def _level(policy: BoundsPolicy, total: Milligrams, weight: Weight | None) -> Level:
    """Refused or hard where one dose of the day's sum would be; else soft."""
    never = policy.refused_amount
    if _above(policy.refused_dose, total, weight) or (
        never is not None and total > Milligrams(never.mg)
    ):
        return Level.REFUSE
    intolerable, most = policy.not_tolerated, policy.highest_amount
    hard = (
        _above(policy.highest_dose, total, weight),
        intolerable is not None and total >= Milligrams(intolerable.mg),
        most is not None and total > Milligrams(most.mg),
    )
    return Level.HARD if any(hard) else Level.SOFT


def _above(limit: DoseLimit | None, total: Milligrams, weight: Weight | None) -> bool:
    """False without a weight: an order that a limit by weight speaks of is then on hold."""
    if limit is None or weight is None:
        return False
    return total.value > limit.mg_per_kg * weight.value.value
