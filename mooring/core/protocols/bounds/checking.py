"""Holds an order against bounds, on exact decimals and without any tolerance."""

from collections.abc import Iterator, Sequence
from datetime import date

from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.exposure.given import Administered
from mooring.core.protocols.bounds.doses import dose_findings
from mooring.core.protocols.bounds.earlier import earlier_findings
from mooring.core.protocols.bounds.findings import BoundFinding, Level, finding
from mooring.core.protocols.bounds.giving import giving_findings
from mooring.core.protocols.bounds.policy import BoundsPolicy, load, speaking_for
from mooring.core.protocols.bounds.possible import possible_findings
from mooring.core.quantities import MilligramsPerMillilitre

NO_BOUNDS = ("choice.no-bounds",)


def for_order(order: DrugOrder, *, group: bool = False) -> tuple[str, ...]:
    """The names of the policies that speak for this order; empty when there are none."""
    return speaking_for(order.drug, order.route, group=group)


def check_order(
    order: DrugOrder,
    on: date,
    concentration: MilligramsPerMillilitre | None = None,
    given_before: Sequence[Administered] | None = None,
    *,
    group_of: int | None = None,
    in_group: bool = False,
) -> tuple[BoundFinding, ...]:
    """What all policies for this order say; a hard stop where there is none for drug and route.

    Around them stands what holds for every order: first that it is not too large to be meant nor
    too small to be drawn up; last what a syringe or a pump makes of it.

    `group_of` is the number of members where the dose is given in a group; 1 is one person alone,
    None is not recorded. `in_group` says that it belongs to a group's plan: then the policy of the
    group speaks, and holds until the number is recorded.
    The other arguments are those of `check`.
    """
    policies = for_order(order, group=given_in_group(group_of, in_group=in_group))
    every = tuple(possible_findings(order, concentration))
    impossible = [each for each in every if each.level is Level.REFUSE]
    unhandy = [each for each in every if each.level is not Level.REFUSE]
    if not policies:
        text = (
            f"There are no bounds for {order.drug.display}, {order.route.display}: no source "
            "that was read gives them. Bounds of another drug or route do not apply."
        )
        return (*impossible, BoundFinding("no_bounds", Level.HARD, text, NO_BOUNDS), *unhandy)
    said = (
        check(load(name), order, on, concentration, given_before, group_of=group_of)
        for name in policies
    )
    named = (each for found in said for each in found)
    return tuple(dict.fromkeys((*impossible, *named, *unhandy)))


def given_in_group(group_of: int | None, *, in_group: bool = False) -> bool:
    """Whether the bounds of a group speak: for two people or more, or until that is known."""
    return in_group if group_of is None else group_of > 1


def check(
    policy: BoundsPolicy,
    order: DrugOrder,
    on: date,
    concentration: MilligramsPerMillilitre | None = None,
    given_before: Sequence[Administered] | None = None,
    *,
    group_of: int | None = None,
) -> tuple[BoundFinding, ...]:
    """What the policy says against this order on the day it is written; empty when nothing.

    `concentration` is what goes into the line, after dilution; where the policy asks for it,
    None is unknown and holds. `given_before` is every dose on record before this one, of
    whatever drug and route; an empty sequence says that there was none, None that it is not
    known, and then a policy that counts earlier doses holds. `group_of` is the number of members
    of the group it is given in. An order of another drug or route is refused at once, because
    the numbers do not apply to it.
    """
    foreign = _drug_or_route(policy, order)
    if foreign is not None:
        return (foreign,)
    return (
        *_weight(policy, order, on),
        *dose_findings(policy, order),
        *giving_findings(policy, order, concentration),
        *earlier_findings(policy, order, on, given_before),
        *_group(policy, group_of),
        *_unsourced(policy),
    )


def _drug_or_route(policy: BoundsPolicy, order: DrugOrder) -> BoundFinding | None:
    if (order.drug, order.route) == (policy.drug, policy.route):
        return None
    text = (
        f"These bounds are for {policy.drug.display}, {policy.route.display}; the order is "
        f"{order.drug.display}, {order.route.display}. Neither drug nor route is converted."
    )
    return finding("drug_and_route", Level.REFUSE, text, policy.drug_and_route)


def _weight(policy: BoundsPolicy, order: DrugOrder, on: date) -> Iterator[BoundFinding]:
    missing = order.holds(on)
    if not missing and order.weight is None and policy.by_weight:
        missing = ("weight: none recorded; the dose by body weight cannot be seen without it",)
    for text in missing:
        yield finding("weight_needed", Level.HOLD, text, policy.weight_needed)


def _group(policy: BoundsPolicy, group_of: int | None) -> Iterator[BoundFinding]:
    limit = policy.largest_group
    if limit is None:
        return
    if group_of is None:
        text = "group: the number of members is not recorded; 1 says that it is given alone"
        yield finding("largest_group", Level.HOLD, text, limit)
    elif group_of > limit.people:
        text = f"A group of {group_of} is more than {limit.people}, the most of this policy."
        yield finding("largest_group", Level.REFUSE, text, limit)


def _unsourced(policy: BoundsPolicy) -> Iterator[BoundFinding]:
    for text in policy.unsourced:
        yield BoundFinding("unsourced", Level.NOTE, text, ())
