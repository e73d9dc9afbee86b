"""An exposure beside the published amounts: how many times as much, without a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from mooring.core.drugs.drug import Drug
from mooring.core.drugs.exposure.comparators import Comparator, Kind, load
from mooring.core.drugs.exposure.given import Administered
from mooring.core.drugs.exposure.sums import DrugExposure, total
from mooring.core.quantities import Milligrams, plain, scaled

_RATIO = Context(prec=28)
_SHOWN = Context(prec=2, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Beside:
    """One comparator next to the same measure of this exposure."""

    comparator: Comparator
    own: Milligrams | None
    """What was given, measured as the comparator is; None when no amount is on record."""
    at_least: bool
    """True while an amount is unknown: then `own` is a lower bound."""

    @property
    def ratio(self) -> Decimal | None:
        """The own amount divided by the comparator's; None when it is not on record."""
        if self.own is None:
            return None
        return _RATIO.divide(self.own.value, self.comparator.amount.value)

    def sentence(self) -> str:
        """What was given, what the comparator is, and how many times as much that makes."""
        theirs = f"{self.comparator.title}: {scaled(self.comparator.amount)}"
        if self.own is None or self.ratio is None:
            return f"{_measured(self.comparator)}: not on record. {theirs}."
        own = f"at least {scaled(self.own)}" if self.at_least else scaled(self.own)
        times = plain(_SHOWN.plus(self.ratio))
        return f"{_measured(self.comparator)}: {own}. {theirs} (× {times})."


def beside(exposure: DrugExposure) -> tuple[Beside, ...]:
    """Every comparator beside racemic ketamine, in the order of the file; none beside esketamine.

    No published amount of esketamine is on record, and one of ketamine does not stand for it (D07).
    """
    if exposure.drug is not Drug.RACEMIC_KETAMINE:
        return ()
    return tuple(
        Beside(one, _own(one, exposure.given), at_least=exposure.unknown > 0)
        for one in load().comparators
    )


def _measured(comparator: Comparator) -> str:
    words = {
        Kind.TOTAL: "Given in all",
        Kind.DAY: "Most on one day",
        Kind.ONCE: "Largest dose",
        Kind.WINDOW: f"Most within {comparator.longest} hours",
    }
    return words[comparator.kind]


def _own(comparator: Comparator, given: Sequence[Administered]) -> Milligrams | None:
    # In UTC: hours pass alike on the nights when the clinic's clocks change.
    known = [
        (one.at.astimezone(UTC), one.day, one.amount) for one in given if one.amount is not None
    ]
    match comparator.kind:
        case Kind.TOTAL:
            groups = [[amount for _, _, amount in known]]
        case Kind.ONCE:
            groups = [[amount] for _, _, amount in known]
        case Kind.DAY:
            groups = [[amount for _, on, amount in known if on == day] for _, day, _ in known]
        case _:
            width = timedelta(hours=comparator.longest)
            groups = [
                [amount for at, _, amount in known if start <= at <= start + width]
                for start, _, _ in known
            ]
    sums = [total(group) for group in groups]
    return max((one for one in sums if one is not None), default=None)
