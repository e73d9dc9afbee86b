"""From the screener's answers to a tier."""

from collections.abc import Mapping
from dataclasses import dataclass

from mooring.core.protocols.suicidality.policy import SuicidalityPolicy, Tier, TierRule


@dataclass(frozen=True)
class Triage:
    """What the answers lead to."""

    tier: Tier
    """UNKNOWN when nothing was found and something was declined."""
    at_least: bool
    """True when a declined answer could make it higher."""
    rule: TierRule | None
    """The rule that spoke; None where none did."""
    declined: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """For example "high", "at least moderate" or "unknown"."""
        return f"at least {self.tier}" if self.at_least else str(self.tier)


def triage(policy: SuicidalityPolicy, answers: Mapping[str, bool | None]) -> Triage:
    """The tier of these answers, by question id; None is declined.

    Raises ValueError, naming the question, when they do not follow the skip logic.
    """
    policy.skeleton.check(answers)
    declined = tuple(item for item, answer in answers.items() if answer is None)
    spoke = next((rule for rule in policy.rules if _speaks(rule, answers)), None)
    found = spoke.tier if spoke else Tier.NONE
    if not declined or found is policy.rules[0].tier:
        return Triage(found, False, spoke, declined)
    if spoke is None:
        return Triage(Tier.UNKNOWN, False, None, declined)
    return Triage(found, True, spoke, declined)


def _speaks(rule: TierRule, answers: Mapping[str, bool | None]) -> bool:
    return any(all(answers.get(item) is True for item in line) for line in rule.when)
