"""Where a patient stands on a ladder, and what stands against the next step. It decides nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from mooring.core.protocols.ladders.policy import LadderPolicy
from mooring.core.quantities import Milligrams
from mooring.core.words import day as written


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
    ended_at: datetime | None = None
    """When the last spray was given, or the rest was left out."""
    given: Milligrams | None = None
    """What went in, which may be less than the step holds."""
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
    behind: frozenset[int] = frozenset()
    """The steps that were given whole; no later session takes one away."""
    notes: tuple[Hold, ...] = ()
    """What has to be known beside it and stands against nothing: steps that gave less."""

    @property
    def done(self) -> bool:
        """True when every step was taken and the last one reviewed."""
        return self.next_step is None and not self.ended and not self.holds


def standing(
    policy: LadderPolicy,
    taken: Sequence[Taken],
    now: datetime,
    today: date,
    other_days: Collection[date] = (),
) -> Standing:
    """Where the ladder stands at that moment, the clinic's day being `today`.

    `taken` may come in any order; what follows on a last step that was given whole and reviewed
    to go on is the course, no step. `other_days` are days with a dose that is no step. Raises
    ValueError for a step that the ladder does not have or that skips one.
    """
    in_order = sorted(taken, key=lambda one: one.started_at)
    _require_in_order(policy, in_order)
    steps = _until_done(policy, in_order)
    following = _following(policy, steps)
    holds = () if _ended(steps) else (*_open(policy, steps, now),)
    if following is not None:
        holds += tuple(_separate_days(policy, steps, today, other_days))
    behind = frozenset(one.step for one in steps if is_whole(policy, one))
    return Standing(following, holds, _ended(steps), behind, tuple(_less(policy, steps, behind)))


def is_whole(policy: LadderPolicy, one: Taken) -> bool:
    """True when the step gave all that it holds; False when it gave less or nobody knows."""
    return one.given is not None and one.given >= policy.amount(one.step)


def _require_in_order(policy: LadderPolicy, taken: Sequence[Taken]) -> None:
    highest = 0
    for one in taken:
        if not 1 <= one.step <= len(policy.steps):
            raise ValueError(f"step: the ladder has steps 1 to {len(policy.steps)}, not {one.step}")
        if one.step > highest + 1:
            raise ValueError(f"step: {one.step} was taken before step {highest + 1}")
        highest = max(highest, one.step)


def _until_done(policy: LadderPolicy, steps: Sequence[Taken]) -> Sequence[Taken]:
    for number, one in enumerate(steps, start=1):
        last = one.step == len(policy.steps)
        if last and one.decision is Decision.GO_ON and is_whole(policy, one):
            return steps[:number]
    return steps


def _ended(steps: Sequence[Taken]) -> bool:
    return any(one.decision is Decision.END for one in steps)


def _following(policy: LadderPolicy, steps: Sequence[Taken]) -> int | None:
    """The step after the last; the last once more where it gave less or the decision was so."""
    if _ended(steps):
        return None
    if not steps:
        return 1
    last = steps[-1]
    again = last.decision is Decision.STAY or not is_whole(policy, last)
    following = last.step if again else last.step + 1
    return following if following <= len(policy.steps) else None


def _open(policy: LadderPolicy, steps: Sequence[Taken], now: datetime) -> Iterator[Hold]:
    """What the last step left open, and every review that was never written."""
    if not steps:
        return
    yield from _watch(policy, steps[-1])
    yield from _checklist(policy, steps[-1])
    for one in steps:
        yield from _review(policy, one, now)


def _separate_days(
    policy: LadderPolicy, steps: Sequence[Taken], today: date, other_days: Collection[date]
) -> Iterator[Hold]:
    claims = policy.separate_days.claims
    if any(one.day >= today for one in steps):
        text = "A step was taken today: the next has a day of its own."
        yield Hold("separate_days", text, claims)
    elif any(day >= today for day in other_days):
        text = "Another dose was given today: a step has a day of its own."
        yield Hold("separate_days", text, claims)


def _less(policy: LadderPolicy, steps: Sequence[Taken], behind: Collection[int]) -> Iterator[Hold]:
    for one in steps:
        if one.step not in behind:
            whole = policy.amount(one.step).text()
            given = "nobody knows how much" if one.given is None else one.given.text()
            text = f"Step {one.step} of {written(one.day)} gave {given} of {whole}."
            yield Hold("less", text, policy.steps[one.step - 1].claims)


def _watch(policy: LadderPolicy, last: Taken) -> Iterator[Hold]:
    """The source waits after the last spray, not from the first."""
    if last.watched_until is None:
        text = f"Nobody wrote down until when step {last.step} was watched."
    elif last.ended_at is None:
        text = f"Nobody wrote down when the last spray of step {last.step} was given."
    elif last.watched_until < _after(last.ended_at, policy.watch.hours):
        hours = f"less than {policy.watch.hours} hours"
        text = f"Step {last.step} was watched for {hours} after its last spray."
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


def _review(policy: LadderPolicy, one: Taken, now: datetime) -> Iterator[Hold]:
    due = _after(one.started_at, policy.review.hours)
    if one.reviewed_at is None or one.decision is None:
        when = "is due" if now >= due else f"comes {policy.review.hours} hours after the step"
        yield Hold("review", f"The review of step {one.step} {when}.", policy.review.claims)
    elif one.reviewed_at < due:
        text = f"Step {one.step} was reviewed less than {policy.review.hours} hours after it."
        yield Hold("review", text, policy.review.claims)


def _after(moment: datetime, hours: int) -> datetime:
    """So many hours later as they pass, whatever the clocks are set to meanwhile."""
    return moment.astimezone(UTC) + timedelta(hours=hours)
