"""The policies that belong to a session by what its order gives.

The stop rules here run in every session, and are added here once a new one is released. Leaving
one out takes a prescriber and a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from mooring.clinic.courses.models import Order
from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.leaving import policy as leaving
from mooring.core.protocols.monitoring import policy as monitoring
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.stopping import policy as stopping

STOPPING = (
    "emory_s2",
    "pressure_high",
    "pressure_low",
    "heart_rate_limits",
    "breathing_limits",
    "spo2_92",
    "spo2_88",
    "sedation_call",
)


class Usual(NamedTuple):
    """What belongs to a session of one drug and route."""

    monitoring: str = "emory_q10"
    starting: str = "iv_start"
    leaving: str = "iv_recovery"
    stopping: tuple[str, ...] = STOPPING


BY_DRUG_AND_ROUTE = {
    (Drug.ESKETAMINE, Route.INTRANASAL): Usual(
        "esketamine_label", starting="esketamine_label", leaving="esketamine_label"
    ),
    (Drug.RACEMIC_KETAMINE, Route.INTRANASAL): Usual(
        starting="intranasal_start", leaving="intranasal_three_hours"
    ),
    (Drug.RACEMIC_KETAMINE, Route.SUBLINGUAL): Usual(
        starting="by_mouth_start", leaving="single_dose"
    ),
    (Drug.RACEMIC_KETAMINE, Route.ORAL): Usual(starting="by_mouth_start", leaving="single_dose"),
}


def usual(order: Order) -> Usual:
    """What is usual for the drug and route of an order; otherwise as after a single dose."""
    otherwise = Usual() if order.infused else Usual(leaving="single_dose")
    return BY_DRUG_AND_ROUTE.get((Drug(order.drug), Route(order.route)), otherwise)


def kinds_of(order: Order) -> Iterable[tuple[str, Callable[[str], Any], tuple[str, ...]]]:
    """Each kind of policy with its loader and the ids that belong to the order."""
    chosen = usual(order)
    return (
        ("stopping", stopping.load, chosen.stopping),
        ("monitoring", monitoring.load, (chosen.monitoring,)),
        ("starting", starting.load, (chosen.starting,)),
        ("leaving", leaving.load, (chosen.leaving,)),
    )
