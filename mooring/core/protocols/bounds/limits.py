"""The kinds of limit a bounds policy can have; none stands without a claim."""

from decimal import Decimal

from pydantic import Field

from mooring.core.protocols.loading import ClaimId, Frozen


class Limit(Frozen):
    """What an order is held against, and why it stands."""

    why: str
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class DoseLimit(Limit):
    """A dose by body weight."""

    mg_per_kg: Decimal = Field(gt=0)


class AmountLimit(Limit):
    """An amount of drug."""

    mg: Decimal = Field(gt=0)


class DevicesLimit(Limit):
    """A number of devices in one session."""

    devices: int = Field(gt=0)


class RateLimit(Limit):
    """A dose by body weight in a number of minutes: how fast, or how slow, a dose runs."""

    mg_per_kg: Decimal = Field(gt=0)
    over_minutes: Decimal = Field(gt=0)


class DurationLimit(Limit):
    """A number of minutes."""

    minutes: Decimal = Field(gt=0)


class ConcentrationLimit(Limit):
    """A concentration from which on nothing goes into the line undiluted."""

    mg_per_ml: Decimal = Field(gt=0)


class SumLimit(Limit):
    """An amount of drug in a number of days, the day of the order among them."""

    mg: Decimal = Field(gt=0)
    days: int = Field(gt=1)


class SessionsLimit(Limit):
    """A number of days with a dose in a number of days, the day of the order among them."""

    sessions: int = Field(gt=0)
    days: int = Field(gt=1)


class MembersLimit(Limit):
    """A number of people in one group."""

    people: int = Field(gt=0)
