"""What a suicidality policy is made of, and how one is loaded by its name."""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.measures import SKELETONS, Skeleton
from mooring.core.protocols.cited import Claims, Number, Policy
from mooring.core.protocols.loading import policy_file, policy_names

FOLDER = Path(__file__).parent


class Tier(StrEnum):
    """How much suicidality a clinician or a screener found; rising from none to high."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    UNKNOWN = "unknown"
    """Never asked, too long ago, or overtaken by an answer that nobody has judged yet."""


GRADED = (Tier.NONE, Tier.LOW, Tier.MODERATE, Tier.HIGH)
"""The tiers that can be entered, rising."""

Setting = Literal["open", "second_person", "wait"]
"""What a group plan or a supply for home needs: nothing more, a second distinct person with a
reason, or that the tier becomes known."""


class TierRule(Frozen):
    """The answers to the screener that lead to one tier."""

    tier: Tier
    text: str
    when: tuple[tuple[str, ...], ...] = Field(min_length=1)
    """Any one line is enough; every question of a line was answered yes."""
    claims: Claims


class TierPath(Frozen):
    """What one tier sets in motion."""

    tier: Tier
    text: str
    called_within: Number | None = None
    """How soon somebody calls; None opens no task."""
    start: Literal["shown", "prescriber"]
    """Who may start a session: whoever may anyway, with the tier in sight, or a prescriber."""
    group: Setting
    home: Setting
    crisis_help_first: bool
    """True puts the clinic's crisis help first on the patient's own pages."""
    safety_plan: bool
    """True where a safety plan belongs on the chart."""
    claims: Claims


class SuicidalityPolicy(Policy):
    """How answers become a tier, and what each tier sets in motion."""

    screener: str
    held_again_after: Number
    """A tier of none or low that is older counts as unknown. Higher ones stay."""
    answer_called_within: Number
    """How soon somebody calls about an answer that was positive or declined."""
    escalates_every: Number
    """Once a call is overdue, how often one more person is given it."""
    rules: tuple[TierRule, ...] = Field(min_length=1)
    """From the highest tier to the lowest; the first that speaks counts."""
    paths: tuple[TierPath, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        tiers = [rule.tier for rule in self.rules]
        if tiers != sorted(set(tiers), key=list(Tier).index, reverse=True):
            raise ValueError("rules: one a tier, from the highest to the lowest")
        if sorted(path.tier for path in self.paths) != sorted(Tier):
            raise ValueError("paths: one for each tier")
        known = {item.id for item in self.skeleton.items}
        asked = {item for rule in self.rules for line in rule.when for item in line}
        if asked - known:
            raise ValueError(f"rules: no question is called {', '.join(sorted(asked - known))}")
        return self

    @property
    def skeleton(self) -> Skeleton:
        """The screener whose answers are judged."""
        return SKELETONS[self.screener]

    def path(self, tier: Tier) -> TierPath:
        """What this tier sets in motion."""
        return next(path for path in self.paths if path.tier is tier)


def names() -> list[str]:
    """The suicidality policies there are."""
    return policy_names(FOLDER)


@cache
def load(name: str = "suicidality_triage", version: str | None = None) -> SuicidalityPolicy:
    """The policy called `name`. Raises DataFileError naming those there are, or what is wrong."""
    return policy_file(FOLDER, name, "policy.toml", SuicidalityPolicy, version)
