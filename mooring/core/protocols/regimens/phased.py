"""How a course in phases stands against its plan, week by week. It counts and tells."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mooring.core.protocols.regimens.policy import Phase, PhasedPolicy
from mooring.core.protocols.regimens.standing import Departure, week_of
from mooring.core.words import day as written


@dataclass(frozen=True)
class PhasedProgress:
    """The counts of one course on one day, and its departures from the plan."""

    policy: str
    version: str
    done: int
    week: int | None
    """The week of the course on that day, the first session falling in week 1."""
    phase: Phase | None
    """What the plan says of this week; None before the first session and after the last phase."""
    departures: tuple[Departure, ...]

    def sentence(self) -> str:
        """For example "5 sessions, week 3"."""
        sessions = "1 session" if self.done == 1 else f"{self.done} sessions"
        return sessions if self.week is None else f"{sessions}, week {self.week}"


def phased_progress(
    policy: PhasedPolicy, sessions_done: Sequence[date], as_of: date
) -> PhasedProgress:
    """How the course stands on that day.

    `sessions_done` are the days of the sessions of the plan's drug and route, in any order, one
    entry each. Raises ValueError when one lies after `as_of`.
    """
    days = sorted(sessions_done)
    if days and days[-1] > as_of:
        raise ValueError(f"sessions_done: {written(days[-1])} lies after {written(as_of)}")
    week = week_of(days[0], as_of) if days else None
    given = Counter(week_of(days[0], day) for day in days)
    return PhasedProgress(
        policy=policy.id,
        version=policy.version,
        done=len(days),
        week=week,
        phase=next((p for p in policy.phases if week is not None and p.holds(week)), None),
        departures=tuple(_departures(policy, given, week or 0)),
    )


def _departures(policy: PhasedPolicy, given: Counter[int], week: int) -> Iterator[Departure]:
    for phase in policy.phases:
        yield from _too_many(phase, given)
        yield from _too_few(phase, given, week)
    end = policy.phases[-1].to_week
    if end is not None and any(number > end for number in given):
        text = f"sessions after week {end}, with which the plan ends."
        yield Departure("after_the_end", text, policy.phases[-1].claims)


def _too_many(phase: Phase, given: Counter[int]) -> Iterator[Departure]:
    full = sorted(week for week in given if phase.holds(week) and given[week] > phase.at_most)
    if full:
        text = f"more than {phase.at_most} in week {_listed(full)}; the plan has no more."
        yield Departure("too_many", text, phase.claims)


def _too_few(phase: Phase, given: Counter[int], now: int) -> Iterator[Departure]:
    """Only stretches that are wholly over: what is still running may yet be filled."""
    last = now - 1 if phase.to_week is None else min(phase.to_week, now - 1)
    starts = range(phase.from_week, last - phase.in_weeks + 2, phase.in_weeks)
    stretches = [range(start, start + phase.in_weeks) for start in starts]
    sparse = [
        stretch for stretch in stretches if sum(given[week] for week in stretch) < phase.at_least
    ]
    if sparse:
        weeks = _listed([week for stretch in sparse for week in stretch])
        text = f"fewer than planned in week {weeks}: {phase.text[0].lower()}{phase.text[1:]}"
        yield Departure("too_few", text, phase.claims)


def _listed(weeks: Sequence[int]) -> str:
    return ", ".join(map(str, weeks))
