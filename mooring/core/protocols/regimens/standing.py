"""How a series stands against its plan. It counts and tells; it books and changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mooring.core.protocols.regimens.policy import SeriesPolicy
from mooring.core.words import day as written

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Departure:
    """Where the series does not follow the plan."""

    rule: str
    """The part of the policy: per_week, weeks or therapy_visits."""
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """What the plan says that holds for every series, with the disagreements it is part of."""

    text: str
    claims: tuple[str, ...]
    disagreements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Progress:
    """The counts of one series on one day, and its departures from the plan."""

    policy: str
    version: str
    done: int
    planned: int
    therapy_visits: int
    therapy_planned: int
    first: date | None
    last: date | None
    week: int | None
    """The week of the series on that day, the first infusion falling in week 1."""
    complete: bool
    """True when the planned number of infusions is done."""
    departures: tuple[Departure, ...]
    notes: tuple[Note, ...]

    def sentence(self) -> str:
        """For example "3 of 6 infusions in week 2; 1 of 3 therapy visits"."""
        when = "" if self.week is None else f" in week {self.week}"
        return (
            f"{self.done} of {self.planned} infusions{when}; "
            f"{self.therapy_visits} of {self.therapy_planned} therapy visits"
        )


def progress(
    policy: SeriesPolicy, sessions_done: Sequence[date], therapy_visits: int, as_of: date
) -> Progress:
    """How the series stands on that day.

    `sessions_done` are the days of the infusions given, in any order, one entry each. Raises
    ValueError when one lies after `as_of` or the number of visits is below 0.
    """
    days = sorted(sessions_done)
    if days and days[-1] > as_of:
        raise ValueError(f"sessions_done: {written(days[-1])} lies after {written(as_of)}")
    if therapy_visits < 0:
        raise ValueError("therapy_visits: a count is 0 or more")
    return Progress(
        policy=policy.id,
        version=policy.version,
        done=len(days),
        planned=policy.infusions.at_least,
        therapy_visits=therapy_visits,
        therapy_planned=policy.therapy_visits.at_least,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        week=week_of(days[0], as_of) if days else None,
        complete=len(days) >= policy.infusions.at_least,
        departures=tuple(_departures(policy, days, therapy_visits, as_of)),
        notes=_notes(policy),
    )


def _departures(
    policy: SeriesPolicy, days: list[date], therapy_visits: int, as_of: date
) -> Iterator[Departure]:
    if not days:
        return
    yield from _too_close(policy, days)
    yield from _too_sparse(policy, days, as_of)
    yield from _too_long_or_short(policy, days, as_of)
    yield from _too_little_therapy(policy, days, therapy_visits, as_of)


def _too_close(policy: SeriesPolicy, days: list[date]) -> Iterator[Departure]:
    """More infusions than planned within any seven days in a row; the fullest is named."""
    counts = {start: sum(start <= day < start + WEEK for day in days) for start in days}
    start = max(counts, key=lambda day: counts[day])
    if counts[start] > policy.per_week.at_most:
        text = (
            f"{counts[start]} infusions in the seven days from {written(start)}; "
            f"the plan has at most {policy.per_week.at_most}."
        )
        yield Departure("per_week", text, policy.per_week.claims)


def _too_sparse(policy: SeriesPolicy, days: list[date], as_of: date) -> Iterator[Departure]:
    """Whole weeks of the series with too few infusions, before the planned number is reached."""
    planned = days[: policy.infusions.at_least]
    complete = len(planned) == policy.infusions.at_least
    until = week_of(days[0], planned[-1] if complete else as_of) - 1
    given = [week_of(days[0], day) for day in planned]
    sparse = [week for week in range(1, until + 1) if given.count(week) < policy.per_week.at_least]
    if sparse:
        weeks = ", ".join(map(str, sparse))
        text = (
            f"fewer than {policy.per_week.at_least} infusion a week in week {weeks} of the series."
        )
        yield Departure("per_week", text, policy.per_week.claims)


def _too_long_or_short(policy: SeriesPolicy, days: list[date], as_of: date) -> Iterator[Departure]:
    planned, span = policy.infusions.at_least, policy.weeks
    if len(days) < planned:
        if week_of(days[0], as_of) > span.at_most:
            text = f"{span.at_most} weeks have passed with {len(days)} of {planned} infusions done."
            yield Departure("weeks", text, span.claims)
        return
    week = week_of(days[0], days[planned - 1])
    if not span.at_least <= week <= span.at_most:
        text = (
            f"infusion {planned} fell in week {week}; the plan spreads them over "
            f"{span.at_least} to {span.at_most} weeks."
        )
        yield Departure("weeks", text, span.claims)


def _too_little_therapy(
    policy: SeriesPolicy, days: list[date], therapy_visits: int, as_of: date
) -> Iterator[Departure]:
    """Speaks at the end of the series: the planned number is done or its weeks are over."""
    complete = len(days) >= policy.infusions.at_least
    over = complete or week_of(days[0], as_of) > policy.weeks.at_most
    if over and therapy_visits < policy.therapy_visits.at_least:
        text = (
            f"{therapy_visits} therapy visits by the end of the series; "
            f"the plan has at least {policy.therapy_visits.at_least}."
        )
        yield Departure("therapy_visits", text, policy.therapy_visits.claims)


def _notes(policy: SeriesPolicy) -> tuple[Note, ...]:
    judging = policy.non_response
    return (
        Note(policy.sitter.text, policy.sitter.claims),
        Note(judging.text, judging.claims, judging.disagreements),
        Note(judging.other_side, judging.claims, judging.disagreements),
    )


def week_of(first: date, day: date) -> int:
    """The week of a course: the seven days from its first session are week 1."""
    return (day - first).days // 7 + 1
