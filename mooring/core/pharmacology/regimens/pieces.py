"""Doses that are counted in pieces: what one holds, and several at their times."""

from __future__ import annotations

from collections.abc import Iterable

from mooring.core.drugs.products import NasalDevice, NasalSpray, products
from mooring.core.pharmacology.regimen import DoseEvent, GivenAs


def in_one(given_as: GivenAs) -> float:
    """Milligrams of base in one device or one spray of the products known here."""
    kind = NasalDevice if given_as is GivenAs.NASAL_DEVICE else NasalSpray
    return next(float(one.in_one.value) for one in products() if isinstance(one, kind))


def pieces(given_as: GivenAs, times: Iterable[float]) -> tuple[DoseEvent, ...]:
    """One device or spray at each of the times, in minutes, numbered from 1."""
    amount = in_one(given_as)
    return tuple(
        DoseEvent(time, amount, given_as, nth=number) for number, time in enumerate(times, 1)
    )
