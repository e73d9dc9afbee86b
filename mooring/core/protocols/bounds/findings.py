"""What a bounds policy says against an order."""

from dataclasses import dataclass
from enum import StrEnum

from mooring.core.protocols.bounds.limits import Limit


class Level(StrEnum):
    """How firmly a finding stands."""

    NOTE = "note"
    """What the policy cannot judge; it holds nothing up."""
    SOFT = "soft"
    """A warning; the order can go on."""
    HARD = "hard"
    """Stops the order until a second person and a reason open it."""
    REFUSE = "refuse"
    """Stops the order whoever signs; it has to be written anew."""
    HOLD = "hold"
    """Something is missing; the order waits for it."""


@dataclass(frozen=True)
class BoundFinding:
    """One limit that an order meets: which, how firmly, in words, and from which claims."""

    rule: str
    """The name of the limit in the policy, for example "highest_dose"."""
    level: Level
    text: str
    claims: tuple[str, ...]


def finding(rule: str, level: Level, text: str, limit: Limit) -> BoundFinding:
    """A finding with the claims of the limit it comes from."""
    return BoundFinding(rule, level, text, limit.claims)
