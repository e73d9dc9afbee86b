"""Doses summed by drug and route: what was given, and the interval of what arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from functools import reduce
from operator import add

from mooring.core.drugs.comparison.marks import WHOLE
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.exposure.given import Administered
from mooring.core.drugs.exposure.shares import Share, share
from mooring.core.quantities import Milligrams
from mooring.core.words import day as written

_EXACT = Context(prec=80)


@dataclass(frozen=True)
class Interval:
    """From the least to the most that the figures allow."""

    least: Milligrams
    most: Milligrams


@dataclass(frozen=True)
class ByRoute:
    """One drug by one route."""

    drug: Drug
    route: Route
    doses: int
    unknown: int
    """Doses whose amount is not on record; they are in `doses` and in no sum."""
    nominal: Milligrams | None
    """As written on the vial, of the doses whose amount is known; None when none is."""
    share: Share | None

    @property
    def systemic(self) -> Interval | None:
        """What of it arrived; None where no amount, or no figure for the route, is on record."""
        if self.share is None or self.nominal is None:
            return None
        return Interval(_part(self.nominal, self.share.low), _part(self.nominal, self.share.high))


@dataclass(frozen=True)
class DrugExposure:
    """One drug by all its routes."""

    drug: Drug
    routes: tuple[ByRoute, ...]
    given: tuple[Administered, ...]
    """The doses behind the sums, in order of time."""

    @property
    def doses(self) -> int:
        """How many doses, known amount or not."""
        return sum(one.doses for one in self.routes)

    @property
    def unknown(self) -> int:
        """How many of them have no amount on record."""
        return sum(one.unknown for one in self.routes)

    @property
    def nominal(self) -> Milligrams | None:
        """All routes together, a lower bound while an amount is unknown; None when all are."""
        return total([one.nominal for one in self.routes if one.nominal is not None])

    @property
    def systemic(self) -> Interval | None:
        """What arrived by all routes together; None while one of them cannot be worked out."""
        least = [one.systemic.least for one in self.routes if one.systemic is not None]
        most = [one.systemic.most for one in self.routes if one.systemic is not None]
        if len(least) < len(self.routes):
            return None
        return Interval(reduce(add, least), reduce(add, most))

    @property
    def open(self) -> tuple[str, ...]:
        """Why the sums are not the whole, a sentence each; empty when they are."""
        return tuple(line for one in self.routes for line in _open(one))


@dataclass(frozen=True)
class Exposure:
    """Everything given in a span of time, drug by drug. Drugs are never added together."""

    since: date | None
    """The first day that counts; None when nothing was left out before."""
    until: date
    drugs: tuple[DrugExposure, ...]

    def of(self, drug: Drug) -> DrugExposure | None:
        """What was given of that drug; None when no dose of it is on record."""
        return next((one for one in self.drugs if one.drug is drug), None)


def exposure(given: Sequence[Administered], *, until: date, since: date | None = None) -> Exposure:
    """The doses from the day `since` to the day `until`, both counted, in any order.

    Raises ValueError when a dose lies after `until`, or when `since` does.
    """
    if since is not None and since > until:
        raise ValueError(f"since: {written(since)} lies after {written(until)}")
    late = [one.day for one in given if one.day > until]
    if late:
        raise ValueError(f"given: a dose of {written(max(late))} lies after {written(until)}")
    counted = [one for one in given if since is None or one.day >= since]
    drugs = (_drug(drug, [one for one in counted if one.drug is drug]) for drug in Drug)
    return Exposure(since, until, tuple(one for one in drugs if one.given))


def total(amounts: Sequence[Milligrams]) -> Milligrams | None:
    """The sum; None of no amounts, for what is not known is not 0."""
    return reduce(add, amounts) if amounts else None


def _drug(drug: Drug, given: list[Administered]) -> DrugExposure:
    routes = (_route(drug, route, [one for one in given if one.route is route]) for route in Route)
    by_route = tuple(one for one in routes if one.doses > 0)
    return DrugExposure(drug, by_route, tuple(sorted(given, key=lambda one: one.at)))


def _route(drug: Drug, route: Route, given: list[Administered]) -> ByRoute:
    known = [one.amount for one in given if one.amount is not None]
    return ByRoute(
        drug=drug,
        route=route,
        doses=len(given),
        unknown=len(given) - len(known),
        nominal=total(known),
        share=share(drug, route),
    )


def _open(one: ByRoute) -> list[str]:
    lines = []
    if one.unknown > 0:
        of = f"{one.unknown} of {one.doses} {one.route.display} doses"
        lines.append(f"The amount of {of} is not on record: the sums are lower bounds.")
    if one.share is None:
        by = f"{one.drug.display} by the {one.route.display} route"
        lines.append(f"How much of {by} arrives is not on record here.")
    return lines


def _part(amount: Milligrams, share_in_percent: Decimal) -> Milligrams:
    return Milligrams(_EXACT.divide(_EXACT.multiply(amount.value, share_in_percent), WHOLE))
