"""The policies a session follows when nobody chooses others, by what its order gives."""

from __future__ import annotations

from typing import NamedTuple

from mooring.clinic.courses.models import Order
from mooring.core.drugs.drug import Drug, Route

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
    """The policies beside the stop rules, which are the same for every route."""

    monitoring: str = "emory_q10"
    starting: str = "iv_start"
    leaving: str = "iv_recovery"


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
