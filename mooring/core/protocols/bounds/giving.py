"""How a dose is given, against its limits: rate, time, distance of sprays, what is in the line."""

from collections.abc import Iterator
from itertools import pairwise

from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.order import InfusionOrder
from mooring.core.protocols.bounds.doses import exceeds, falls_below, in_words
from mooring.core.protocols.bounds.findings import BoundFinding, Level, finding
from mooring.core.protocols.bounds.policy import BoundsPolicy
from mooring.core.quantities import MilligramsPerKilogram, MilligramsPerMillilitre, Minutes


def giving_findings(
    policy: BoundsPolicy, order: DrugOrder, concentration: MilligramsPerMillilitre | None
) -> Iterator[BoundFinding]:
    """What stands against how fast, how close together and how strong the dose is given."""
    if isinstance(order, InfusionOrder):
        yield from _rate(policy, order)
        yield from _slow(policy, order)
        yield from _time(policy, order)
    if isinstance(order, NasalSprayOrder):
        yield from _sprays(policy, order)
    yield from _concentration(policy, concentration)


def _rate(policy: BoundsPolicy, order: InfusionOrder) -> Iterator[BoundFinding]:
    limit = policy.fastest_rate
    if limit is None:
        return
    if exceeds(order, limit.mg_per_kg * order.over.value, limit.over_minutes):
        fastest = MilligramsPerKilogram(limit.mg_per_kg).text()
        text = (
            f"{in_words(order)} over {order.over.text()} is faster than {fastest} over "
            f"{Minutes(limit.over_minutes).text()}."
        )
        yield finding("fastest_rate", Level.HARD, text, limit)


def _slow(policy: BoundsPolicy, order: InfusionOrder) -> Iterator[BoundFinding]:
    """Silent where the dose itself is below the least: that is said of the dose."""
    limit, least = policy.slowest_rate, policy.least_dose
    if limit is None or (least is not None and falls_below(order, least.mg_per_kg)):
        return
    if falls_below(order, limit.mg_per_kg * order.over.value, limit.over_minutes):
        slowest = MilligramsPerKilogram(limit.mg_per_kg).text()
        text = (
            f"{in_words(order)} over {order.over.text()} is slower than {slowest} over "
            f"{Minutes(limit.over_minutes).text()}: check dose and minutes."
        )
        yield finding("slowest_rate", Level.SOFT, text, limit)


def _time(policy: BoundsPolicy, order: InfusionOrder) -> Iterator[BoundFinding]:
    limit = policy.shortest_time
    if limit is not None and order.over < Minutes(limit.minutes):
        least = Minutes(limit.minutes).text()
        text = f"{order.over.text()} is shorter than {least}: give it more slowly."
        yield finding("shortest_time", Level.REFUSE, text, limit)
    most = policy.longest_time
    if most is not None and order.over > Minutes(most.minutes):
        text = (
            f"By hand over {order.over.text()} is longer than {Minutes(most.minutes).text()}, and "
            "no source gives a limit: order an infusion by pump, or say why by hand."
        )
        yield finding("longest_time", Level.SOFT, text, most)


def _sprays(policy: BoundsPolicy, order: NasalSprayOrder) -> Iterator[BoundFinding]:
    limit = policy.closest_sprays
    if limit is None or len(order.at) == 1:
        return
    closest = min(later - earlier for earlier, later in pairwise(order.at))
    if closest < Minutes(limit.minutes):
        text = f"Sprays {closest.text()} apart are closer than {Minutes(limit.minutes).text()}."
        yield finding("closest_sprays", Level.SOFT, text, limit)


def _concentration(
    policy: BoundsPolicy, concentration: MilligramsPerMillilitre | None
) -> Iterator[BoundFinding]:
    limit = policy.refused_concentration
    if limit is None:
        return
    if concentration is None:
        text = "concentration: not recorded; say what goes into the line after dilution"
        yield finding("refused_concentration", Level.HOLD, text, limit)
    elif concentration >= MilligramsPerMillilitre(limit.mg_per_ml):
        text = (
            f"{concentration.text()} does not go into a vein undiluted: dilute it, and record "
            "the concentration after dilution."
        )
        yield finding("refused_concentration", Level.REFUSE, text, limit)
    else:
        yield from _hardly_diluted(policy, concentration)


def _hardly_diluted(
    policy: BoundsPolicy, concentration: MilligramsPerMillilitre
) -> Iterator[BoundFinding]:
    """Dilution is how it was prepared: a little under the vial's strength is not diluted."""
    limit = policy.strongest_in_line
    if limit is not None and concentration > MilligramsPerMillilitre(limit.mg_per_ml):
        most = MilligramsPerMillilitre(limit.mg_per_ml).text()
        text = (
            f"{concentration.text()} is stronger than {most}: only the vial that has to be diluted "
            "makes it, and it is not diluted then. Add its own volume of diluent or more."
        )
        yield finding("strongest_in_line", Level.REFUSE, text, limit)
