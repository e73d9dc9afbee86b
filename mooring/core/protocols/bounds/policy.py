"""What a bounds policy says: its drug, its route and its limits, each with the claims behind it."""

from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import Field

from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.loading import (
    ClaimId,
    DisagreementId,
    Frozen,
    policy_file,
    policy_names,
)

FOLDER = Path(__file__).parent


class Limit(Frozen):
    """A number an order is held against, and why it stands."""

    why: str
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class DoseLimit(Limit):
    """A dose by body weight that an order does not exceed."""

    mg_per_kg: Decimal = Field(gt=0)


class RateLimit(Limit):
    """A dose by body weight in a number of minutes; no order runs faster."""

    mg_per_kg: Decimal = Field(gt=0)
    over_minutes: Decimal = Field(gt=0)


class ConcentrationLimit(Limit):
    """A concentration from which on nothing goes into the line undiluted."""

    mg_per_ml: Decimal = Field(gt=0)


class BoundsPolicy(Frozen):
    """One named set of limits. It speaks only for its own drug and route."""

    id: str
    version: str
    title: str
    drug: Drug
    route: Route
    drug_and_route: Limit
    """Why an order of another drug or by another route is refused."""
    standard_dose: DoseLimit
    """Above it: a soft warning."""
    highest_dose: DoseLimit
    """Above it: a hard stop, which a second person and a reason can open."""
    refused_dose: DoseLimit
    """Above it: refused, whoever signs."""
    fastest_rate: RateLimit
    """Faster: a hard stop."""
    refused_concentration: ConcentrationLimit
    """This concentration or more: refused."""
    weight_needed: Limit
    """Why an order without a recent weight is held."""
    drawn_up: Limit
    """Why the volume drawn up is counted back to milligrams."""
    disagreements: tuple[DisagreementId, ...] = ()


def names() -> list[str]:
    """The bounds policies there are."""
    return policy_names(FOLDER)


@cache
def load(name: str) -> BoundsPolicy:
    """The policy of that name. Raises DataFileError when there is none or it does not fit."""
    return policy_file(FOLDER, name, "policy.toml", BoundsPolicy)
