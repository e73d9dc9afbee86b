"""The cases of a suicidality policy: answers or entries in, a tier and its path out."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.protocols.loading import policy_file
from mooring.core.protocols.suicidality.policy import (
    FOLDER,
    Setting,
    SuicidalityPolicy,
    Tier,
    TierPath,
)
from mooring.core.protocols.suicidality.standing import Entered, TierStanding, standing
from mooring.core.protocols.suicidality.triage import Triage, triage

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class CaseEntry(Frozen):
    """A tier that was entered so many days before."""

    tier: Tier
    days_ago: Decimal


class SuicidalityCase(Frozen):
    """Either the answers to a screener or the tiers on a chart, and what follows from them."""

    id: str
    title: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    entered: tuple[CaseEntry, ...] = ()
    signals_days_ago: tuple[Decimal, ...] = ()
    tier: Tier | None = None
    """What comes out; None where the answers are refused."""
    at_least: bool = False
    refused: str | None = None
    """Part of the words that refuse answers which do not follow the skip logic."""
    task_within_hours: int | None = None
    start: str = "shown"
    group: Setting
    home: Setting

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.tier is None) == (self.refused is None):
            raise ValueError("a case has a tier or is refused")
        return self

    @property
    def answers(self) -> dict[str, bool | None]:
        """The answers by question id, in order of the lists."""
        given: dict[str, bool | None] = dict.fromkeys(self.yes, True)
        return given | dict.fromkeys(self.no, False) | dict.fromkeys(self.declined, None)

    def triaged(self, policy: SuicidalityPolicy) -> Triage:
        """What the answers lead to. Raises ValueError as `triage` does."""
        return triage(policy, self.answers)

    def stands(self, policy: SuicidalityPolicy) -> TierStanding:
        """The tier that counts for what is on the chart."""
        entered = [Entered(e.tier, _before(e.days_ago)) for e in self.entered]
        return standing(policy, entered, [_before(days) for days in self.signals_days_ago], NOW)

    def path(self, policy: SuicidalityPolicy) -> TierPath:
        """What the expected tier sets in motion."""
        return policy.path(self.tier or Tier.UNKNOWN)


def _before(days: Decimal) -> datetime:
    return NOW - timedelta(days=float(days))


class _CasesFile(Frozen):
    cases: tuple[SuicidalityCase, ...] = Field(min_length=1)


def cases(policy: str, version: str | None = None) -> tuple[SuicidalityCase, ...]:
    """The cases of the policy of that name. Raises DataFileError when they do not fit."""
    return policy_file(FOLDER, policy, "cases.toml", _CasesFile, version).cases
