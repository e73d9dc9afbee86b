"""The dose itself against its limits: by body weight, in milligrams, in devices."""

from collections.abc import Iterator
from decimal import Decimal

from mooring.core.drugs.dosed import BY_WEIGHT_STEP, Dosed, DrugOrder, WeightMissingError
from mooring.core.drugs.nasal import NasalDeviceOrder
from mooring.core.protocols.bounds.findings import BoundFinding, Level, finding
from mooring.core.protocols.bounds.limits import AmountLimit, DoseLimit
from mooring.core.protocols.bounds.policy import BoundsPolicy
from mooring.core.quantities import Milligrams, MilligramsPerKilogram


def dose_findings(policy: BoundsPolicy, order: DrugOrder) -> Iterator[BoundFinding]:
    """The firmest limit by weight that the dose exceeds, the firmest in milligrams, the devices."""
    yield from _by_weight(policy, order)
    amount = amount_of(order)
    if amount is not None:
        yield from _amount(policy, amount)
    if isinstance(order, NasalDeviceOrder):
        yield from _devices(policy, order)


def amount_of(order: DrugOrder) -> Milligrams | None:
    """The amount of drug; None while a dose by weight waits for its weight."""
    try:
        return order.total()
    except WeightMissingError:
        return None


def exceeds(order: DrugOrder, mg_per_kg: Decimal, times: Decimal = Decimal(1)) -> bool:
    """Whether `times` the dose is above that many mg/kg, by multiplication alone: exact.

    False when the amount is known but no weight is recorded; such an order is on hold.
    """
    if isinstance(order, Dosed) and isinstance(order.dose, MilligramsPerKilogram):
        return order.dose.value * times > mg_per_kg
    if order.weight is None:
        return False
    return order.total().value * times > mg_per_kg * order.weight.value.value


def falls_below(order: DrugOrder, mg_per_kg: Decimal, times: Decimal = Decimal(1)) -> bool:
    """Whether `times` the dose is below that many mg/kg, by multiplication alone: exact.

    False when the amount is known but no weight is recorded; such an order is on hold.
    """
    if isinstance(order, Dosed) and isinstance(order.dose, MilligramsPerKilogram):
        return order.dose.value * times < mg_per_kg
    if order.weight is None:
        return False
    return order.total().value * times < mg_per_kg * order.weight.value.value


def in_words(order: DrugOrder) -> str:
    """The dose as ordered, with its amount by body weight behind it where that is known."""
    if isinstance(order, Dosed) and isinstance(order.dose, MilligramsPerKilogram):
        return order.dose.text()
    per_kilogram = order.per_kilogram()
    if per_kilogram is None:
        return order.total().text()
    return f"{order.total().text()}, {per_kilogram.rounded(BY_WEIGHT_STEP).text()},"


def _by_weight(policy: BoundsPolicy, order: DrugOrder) -> Iterator[BoundFinding]:
    steps: tuple[tuple[str, Level, DoseLimit | None, str], ...] = (
        ("refused_dose", Level.REFUSE, policy.refused_dose, "more than this policy ever accepts"),
        ("highest_dose", Level.HARD, policy.highest_dose, "the highest dose of this policy"),
        ("standard_dose", Level.SOFT, policy.standard_dose, "the standard dose"),
    )
    for rule, level, limit, name in steps:
        if limit is not None and exceeds(order, limit.mg_per_kg):
            bound = MilligramsPerKilogram(limit.mg_per_kg).text()
            yield finding(rule, level, f"{in_words(order)} is above {bound}, {name}.", limit)
            return
    least = policy.least_dose
    if least is not None and falls_below(order, least.mg_per_kg):
        bound = MilligramsPerKilogram(least.mg_per_kg).text()
        text = f"{in_words(order)} is below {bound}, the lowest dose studied."
        yield finding("least_dose", Level.SOFT, text + _meant(policy, order), least)


def _meant(policy: BoundsPolicy, order: DrugOrder) -> str:
    """The likely slip: a number in mg that would be an ordinary dose in mg/kg."""
    least, most = policy.least_dose, policy.highest_dose
    if not isinstance(order, Dosed) or not isinstance(order.dose, Milligrams):
        return ""
    typed = order.dose.value
    if least is None or typed < least.mg_per_kg or (most is not None and typed > most.mg_per_kg):
        return ""
    meant = MilligramsPerKilogram(typed)
    amount = "" if order.weight is None else f", which is {(meant * order.weight.value).text()}"
    return f" Was {meant.text()} meant? Then choose mg/kg{amount}."


def _amount(policy: BoundsPolicy, amount: Milligrams) -> Iterator[BoundFinding]:
    """The firmest of the limits in milligrams that the amount meets."""
    refused, intolerable, least = policy.refused_amount, policy.not_tolerated, policy.least_amount
    if refused is not None and amount > Milligrams(refused.mg):
        text = f"{amount.text()} is above {_mg(refused)}, more than this policy ever accepts."
        yield finding("refused_amount", Level.REFUSE, text, refused)
        return
    if intolerable is not None and amount >= Milligrams(intolerable.mg):
        text = f"{amount.text()} reaches {_mg(intolerable)}, which was not tolerated."
        yield finding("not_tolerated", Level.HARD, text, intolerable)
        return
    if least is not None and amount < Milligrams(least.mg):
        text = f"{amount.text()} is below {_mg(least)}, the least of this policy."
        yield finding("least_amount", Level.SOFT, text, least)
    steps: tuple[tuple[str, Level, AmountLimit | None, str], ...] = (
        ("highest_amount", Level.HARD, policy.highest_amount, "the highest amount of this policy"),
        ("standard_amount", Level.SOFT, policy.standard_amount, "the usual amount"),
    )
    for rule, level, limit, name in steps:
        if limit is not None and amount > Milligrams(limit.mg):
            yield finding(rule, level, f"{amount.text()} is above {_mg(limit)}, {name}.", limit)
            return


def _devices(policy: BoundsPolicy, order: NasalDeviceOrder) -> Iterator[BoundFinding]:
    ordered, fewest, most = order.devices, policy.fewest_devices, policy.most_devices
    if most is not None and ordered > most.devices:
        text = f"Devices: {ordered} are more than {most.devices}, the most in one session."
        yield finding("most_devices", Level.HARD, text, most)
    if fewest is not None and ordered < fewest.devices:
        text = f"Devices: {ordered} is fewer than {fewest.devices}, the fewest in one session."
        yield finding("fewest_devices", Level.SOFT, text, fewest)


def _mg(limit: AmountLimit) -> str:
    return Milligrams(limit.mg).text()
