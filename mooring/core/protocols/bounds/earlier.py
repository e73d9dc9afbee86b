"""The doses before this one, against the limits that count them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.exposure.given import Administered
from mooring.core.protocols.bounds.findings import BoundFinding, Level, finding
from mooring.core.protocols.bounds.limits import Limit
from mooring.core.protocols.bounds.policy import BoundsPolicy
from mooring.core.protocols.bounds.same_day import second_dose, sum_with
from mooring.core.quantities import Milligrams
from mooring.core.words import day


def earlier_findings(
    policy: BoundsPolicy,
    order: DrugOrder,
    on: date,
    given_before: Sequence[Administered] | None,
) -> Iterator[BoundFinding]:
    """What the limits of a day, of several days and of sessions say, counting what was given.

    Amounts of the policy's own drug and route are added and no others: nothing is converted. A
    dose after the day of the order does not count. An amount that is not on record holds.
    """
    if policy.earlier_doses is None:
        return
    if given_before is None:
        text = "earlier doses: not known; say what was given before, or that nothing was"
        yield finding("earlier_doses", Level.HOLD, text, policy.earlier_doses)
        return
    before = [each for each in given_before if each.day <= on]
    yield from _other_dose(policy, [each for each in before if each.day == on])
    own = [each for each in before if (each.drug, each.route) == (policy.drug, policy.route)]
    yield from _unknown(policy, policy.earlier_doses, own, on)
    yield from second_dose(policy, order, _within(own, on, 1))
    yield from _one_day(policy, order, _within(own, on, 1))
    yield from _sum(policy, order, on, own)
    yield from _sessions(policy, on, own)


def _within(given: Sequence[Administered], on: date, days: int) -> list[Administered]:
    """Those of the last `days` days, the day `on` among them."""
    first = on - timedelta(days=days - 1)
    return [each for each in given if each.day >= first]


def _other_dose(policy: BoundsPolicy, today: Sequence[Administered]) -> Iterator[BoundFinding]:
    limit = policy.other_dose
    others = [each for each in today if (each.drug, each.route) != (policy.drug, policy.route)]
    if limit is not None and others:
        words = sorted({f"{each.drug.display}, {each.route.display}" for each in others})
        text = f"Given before on the same day: {'; '.join(words)}. It is not converted and added."
        yield finding("other_dose", Level.HARD, text, limit)


def _unknown(
    policy: BoundsPolicy, limit: Limit, own: Sequence[Administered], on: date
) -> Iterator[BoundFinding]:
    """A hold for the days whose amounts a sum needs and the record does not have."""
    days = 1 if policy.standard_day or policy.highest_day or policy.second_dose else 0
    days = policy.highest_sum.days if policy.highest_sum is not None else days
    unknown = sorted({each.day for each in _within(own, on, days) if each.amount is None})
    if unknown:
        words = ", ".join(day(each) for each in unknown)
        text = f"earlier doses: the amount given on {words} is not on record"
        yield finding("earlier_doses", Level.HOLD, text, limit)


def _one_day(
    policy: BoundsPolicy, order: DrugOrder, today: Sequence[Administered]
) -> Iterator[BoundFinding]:
    """The firmest of the limits of one day that the day's sum exceeds."""
    total = sum_with(order, today)
    for rule, level, limit in (
        ("highest_day", Level.HARD, policy.highest_day),
        ("standard_day", Level.SOFT, policy.standard_day),
    ):
        if limit is not None and total is not None and total > Milligrams(limit.mg):
            most = Milligrams(limit.mg).text()
            yield finding(rule, level, f"{total.text()} on one day is above {most}.", limit)
            return


def _sum(
    policy: BoundsPolicy, order: DrugOrder, on: date, own: Sequence[Administered]
) -> Iterator[BoundFinding]:
    limit = policy.highest_sum
    if limit is None:
        return
    total = sum_with(order, _within(own, on, limit.days))
    if total is not None and total > Milligrams(limit.mg):
        most = Milligrams(limit.mg).text()
        text = f"{total.text()} in {limit.days} days is above {most}."
        yield finding("highest_sum", Level.SOFT, text, limit)


def _sessions(
    policy: BoundsPolicy, on: date, own: Sequence[Administered]
) -> Iterator[BoundFinding]:
    limit = policy.most_sessions
    if limit is None:
        return
    days = {each.day for each in _within(own, on, limit.days)} | {on}
    if len(days) > limit.sessions:
        text = f"A dose on {len(days)} of {limit.days} days is more often than {limit.sessions}."
        yield finding("most_sessions", Level.SOFT, text, limit)
