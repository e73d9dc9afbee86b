"""The cases of a ladder: steps in, holds out. Specification, test and handbook page at once."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from mooring.core.protocols.ladders.policy import FOLDER, LadderPolicy
from mooring.core.protocols.ladders.standing import Decision, Standing, Taken, Trouble, standing
from mooring.core.protocols.loading import Frozen, policy_file
from mooring.core.quantities import Milligrams


class CaseStep(Frozen):
    """A step as it went; what a case leaves out is ordinary, "unknown" is not written down."""

    step: int
    at_hours: float
    """From the start of the first step."""
    given_mg: Decimal | Literal["unknown"] | None = None
    """None is the whole step."""
    watched_minutes: int | Literal["unknown"] = 180
    """From the last spray."""
    trouble: dict[str, Trouble | Literal["unknown"]] = Field(default_factory=dict)
    """Items that differ from none."""
    reviewed_after_hours: float | Literal["unknown"] = 24
    decision: Decision | Literal["unknown"] = Decision.GO_ON

    def taken(self, policy: LadderPolicy, first: datetime) -> Taken:
        """The step, had the first one been started at that time."""
        start = first + timedelta(hours=self.at_hours)
        answers = {item: self.trouble.get(item, Trouble.NONE) for item in policy.checklist.items}
        end = start + timedelta(minutes=policy.steps[self.step - 1].sprays_at_minutes[-1])
        return Taken(
            step=self.step,
            started_at=start,
            day=start.date(),
            ended_at=end,
            given=self._given(policy),
            watched_until=_later(end, self.watched_minutes, "minutes"),
            checklist={k: None if v == "unknown" else Trouble(v) for k, v in answers.items()},
            reviewed_at=_later(start, self.reviewed_after_hours, "hours"),
            decision=None if self.decision == "unknown" else Decision(self.decision),
        )

    def _given(self, policy: LadderPolicy) -> Milligrams | None:
        if self.given_mg is None:
            return policy.amount(self.step)
        return None if self.given_mg == "unknown" else Milligrams(Decimal(self.given_mg))


class LadderCase(Frozen):
    """One ladder on the way, looked at some hours after its first step."""

    id: str
    title: str
    taken: tuple[CaseStep, ...] = ()
    other_dose_at_hours: tuple[float, ...] = ()
    """Doses that are no step of the ladder."""
    as_of_hours: float
    next_step: int | None = None
    ended: bool = False
    holds: tuple[str, ...] = ()
    """The rules that stand against going on, in the order they are told."""
    notes: tuple[str, ...] = ()
    """What is told beside it and stands against nothing."""

    def standing(self, policy: LadderPolicy, first: datetime) -> Standing:
        """Where this case stands, had its first step been started at that time."""
        now = first + timedelta(hours=self.as_of_hours)
        steps = [step.taken(policy, first) for step in self.taken]
        others = [(first + timedelta(hours=at)).date() for at in self.other_dose_at_hours]
        return standing(policy, steps, now, now.date(), others)


class _CasesFile(Frozen):
    cases: tuple[LadderCase, ...] = Field(min_length=1)


def cases(policy: str, version: str | None = None) -> tuple[LadderCase, ...]:
    """The cases of the policy of that name. Raises DataFileError when they do not fit."""
    return policy_file(FOLDER, policy, "cases.toml", _CasesFile, version).cases


def _later(start: datetime, after: float | str, unit: str) -> datetime | None:
    return None if isinstance(after, str) else start + timedelta(**{unit: after})
