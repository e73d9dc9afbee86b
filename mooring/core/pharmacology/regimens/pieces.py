"""Doses that are counted in pieces: what one holds, and several at their times."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from mooring.core.drugs.products import NasalDevice, NasalSpray, products
from mooring.core.pharmacology.regimen import IN_PIECES, DoseEvent, GivenAs

SESSION = 12 * 60
"""Minutes without a device or spray after which the next one is the first of a new session: the
pieces of one session follow within minutes, and sessions have days of their own."""


def in_one(given_as: GivenAs) -> float:
    """Milligrams of base in one device or one spray of the products known here."""
    kind = NasalDevice if given_as is GivenAs.NASAL_DEVICE else NasalSpray
    return next(float(one.in_one.value) for one in products() if isinstance(one, kind))


def pieces(given_as: GivenAs, times: Iterable[float]) -> tuple[DoseEvent, ...]:
    """One device or spray at each of the times, in minutes, numbered from 1."""
    amount = in_one(given_as)
    return numbered(DoseEvent(time, amount, given_as) for time in times)


def numbered(events: Iterable[DoseEvent]) -> tuple[DoseEvent, ...]:
    """In order of time; devices and sprays are counted from 1 in each session."""
    found, nth, before = list[DoseEvent](), 0, -math.inf
    for event in sorted(events, key=lambda one: one.time):
        if event.given_as in IN_PIECES:
            nth = nth + 1 if event.time - before < SESSION else 1
            before = event.time
            event = replace(event, nth=nth)
        found.append(event)
    return tuple(found)
