"""Which tier counts now: the newest entered, unless it is too old or an answer overtook it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mooring.core.protocols.suicidality.policy import SuicidalityPolicy, Tier

STAYS = (Tier.MODERATE, Tier.HIGH)
"""Tiers that nothing but another entry makes lower."""


@dataclass(frozen=True)
class Entered:
    """A tier as somebody entered it."""

    tier: Tier
    at: datetime


@dataclass(frozen=True)
class TierStanding:
    """The tier at a moment, and why it is that."""

    tier: Tier
    newest: Entered | None
    """What was entered last, whether it still counts or not."""
    why: str
    """For staff, in words; empty where the newest entry simply counts."""


def standing(
    policy: SuicidalityPolicy,
    entered: Sequence[Entered],
    signals: Sequence[datetime],
    now: datetime,
) -> TierStanding:
    """The tier at `now`. `signals` are the times of answers that were positive or declined."""
    newest = max(entered, key=lambda entry: entry.at, default=None)
    if newest is None:
        return TierStanding(Tier.UNKNOWN, None, "no tier was entered yet")
    if newest.tier in STAYS or newest.tier is Tier.UNKNOWN:
        return TierStanding(newest.tier, newest, "")
    if any(signal > newest.at for signal in signals):
        why = "an answer about suicidal thoughts came after it and was not judged yet"
        return TierStanding(Tier.UNKNOWN, newest, why)
    days = policy.held_again_after.value
    if now - newest.at > timedelta(days=float(days)):
        return TierStanding(Tier.UNKNOWN, newest, f"it is older than {days} days")
    return TierStanding(newest.tier, newest, "")
