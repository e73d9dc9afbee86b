"""Where a patient stands on a ladder, and what stands against the next step. It decides nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from mooring.core.protocols.ladders.policy import LadderPolicy


class Trouble(StrEnum):
    """How much of one thing on the checklist there was."""

    NONE = "none"
    MILD = "mild"
    WORSE = "worse"


class Decision(StrEnum):
    """What the clinician decided after looking back on a step."""

    GO_ON = "go_on"
    STAY = "stay"
    """The same dose once more."""
    END = "end"


@dataclass(frozen=True)
class Taken:
    """One step as it went. None is what nobody wrote down."""

    step: int
    """Counted from 1."""
    started_at: datetime
    day: date
    """The clinic's calendar day of the start."""
    watched_until: datetime | None = None
    checklist: Mapping[str, Trouble | None] = field(default_factory=dict)
    reviewed_at: datetime | None = None
    decision: Decision | None = None


@dataclass(frozen=True)
class Hold:
    """One thing that stands against going on."""

    rule: str
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """What comes next, and what stands against it."""

    next_step: int | None
    """Counted from 1; None when the ladder was ended or its last step is behind."""
    holds: tuple[Hold, ...]
    ended: bool

    @property
    def done(self) -> bool:
        """True when every step was taken and the last one reviewed."""
        return self.next_step is None and not self.ended and not self.holds


def standing(policy: LadderPolicy, taken: Sequence[Taken], now: datetime, today: date) -> Standing:
    """Where the ladder stands at that moment, the clinic's day being `today`.

    `taken` is in order of time. Raises ValueError for a step that the ladder does not have or
    that skips one.
    """
    _require_in_order(policy, taken)
    if not taken:
        return Standing(1, (), ended=False)
    last = taken[-1]
    if last.decision is Decision.END:
        return Standing(None, (), ended=True)
    following = last.step if last.decision is Decision.STAY else last.step + 1
    more = following <= len(policy.steps)
    holds = [*_after(policy, last, now)]
    if more and last.day >= today:
        text = "A step was taken today: the next has a day of its own."
        holds.append(Hold("separate_days", text, policy.separate_days.claims))
    return Standing(following if more else None, tuple(holds), ended=False)


def home_gates(
    policy: LadderPolicy, *, switched_on: bool, answers: Mapping[str, bool | None]
) -> tuple[Hold, ...]:
    """What stands against a dose going home; a question without an answer stands against it too.

    `switched_on` is the clinic's own switch, which is off as shipped. Raises KeyError for an
    answer to a question that the policy does not ask.
    """
    unknown = set(answers) - {gate.id for gate in policy.home}
    if unknown:
        raise KeyError(f"answers: the policy does not ask {', '.join(sorted(unknown))}")
    off = () if switched_on else (_switched_off(policy),)
    unmet = (
        Hold(gate.id, f"{_open_word(answers.get(gate.id))} {gate.asks}", gate.claims)
        for gate in policy.home
        if answers.get(gate.id) is not True
    )
    return (*off, *unmet)


def _require_in_order(policy: LadderPolicy, taken: Sequence[Taken]) -> None:
    highest = 0
    for one in taken:
        if not 1 <= one.step <= len(policy.steps):
            raise ValueError(f"step: the ladder has steps 1 to {len(policy.steps)}, not {one.step}")
        if one.step > highest + 1:
            raise ValueError(f"step: {one.step} was taken before step {highest + 1}")
        highest = max(highest, one.step)


def _after(policy: LadderPolicy, last: Taken, now: datetime) -> Iterator[Hold]:
    yield from _watch(policy, last)
    yield from _checklist(policy, last)
    yield from _review(policy, last, now)


def _watch(policy: LadderPolicy, last: Taken) -> Iterator[Hold]:
    needed = timedelta(hours=policy.watch.hours)
    if last.watched_until is None:
        text = f"Nobody wrote down until when step {last.step} was watched."
    elif last.watched_until - last.started_at < needed:
        text = f"Step {last.step} was watched for less than {policy.watch.hours} hours."
    else:
        return
    yield Hold("watch", text, policy.watch.claims)


def _checklist(policy: LadderPolicy, last: Taken) -> Iterator[Hold]:
    for item in policy.checklist.items:
        found = last.checklist.get(item)
        if found is None:
            yield Hold(
                "checklist", f"Not asked after step {last.step}: {item}.", policy.checklist.claims
            )
        elif found is Trouble.WORSE and last.decision is None:
            text = f"After step {last.step}: {item}, more than mild. A clinician decides."
            yield Hold("trouble", text, policy.escalation.claims)


def _review(policy: LadderPolicy, last: Taken, now: datetime) -> Iterator[Hold]:
    due = last.started_at + timedelta(hours=policy.review.hours)
    if last.reviewed_at is None or last.decision is None:
        when = "is due" if now >= due else f"comes {policy.review.hours} hours after the step"
        yield Hold("review", f"The review of step {last.step} {when}.", policy.review.claims)
    elif last.reviewed_at < due:
        text = f"Step {last.step} was reviewed less than {policy.review.hours} hours after it."
        yield Hold("review", text, policy.review.claims)


def _switched_off(policy: LadderPolicy) -> Hold:
    text = "This clinic gives nothing to take home: the switch is off."
    return Hold("switched_off", text, policy.claims)


def _open_word(answer: bool | None) -> str:
    return "Not answered:" if answer is None else "Answered with no:"
