"""Regimens: how a course runs, as a series of infusions or in phases."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.handbook.pages import Case, Outcome, Page, Rule, Section
from mooring.core.protocols.regimens import (
    Phase,
    PhasedPolicy,
    RegimenPolicy,
    SeriesCase,
    SeriesPolicy,
    cases,
    load,
)

DEPARTURES = {
    "per_week": "infusions a week",
    "weeks": "length of the series",
    "therapy_visits": "therapy visits",
    "too_many": "too many sessions in a week",
    "too_few": "fewer sessions than planned",
    "after_the_end": "sessions after its end",
}


def page(name: str, version: str | None = None) -> Page:
    """The page of one regimen."""
    policy = load(name, version)
    return phased(name, policy) if isinstance(policy, PhasedPolicy) else series(name, policy)


def phased(name: str, policy: PhasedPolicy) -> Page:
    """The page of a plan in phases."""
    given = f"{policy.drug.display}, {policy.route.display}"
    return Page(
        kind="regimens",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=" ".join([*policy.summary.split(), *policy.unsourced]),
        sections=(Section("plan", f"The plan: {given}", tuple(map(phase, policy.phases))),),
        background=("Day 0 is the day of the first session",),
        cases=tuple(case(policy, row) for row in cases(name, policy.version)),
    )


def phase(one: Phase) -> Rule:
    """One stretch of weeks."""
    weeks = f"Weeks {one.from_week} to {one.to_week}"
    title = weeks if one.to_week is not None else f"From week {one.from_week} on"
    return Rule(title, f"{one.text}.", claims=one.claims)


def series(name: str, policy: SeriesPolicy) -> Page:
    """The page of a series of infusions."""
    return Page(
        kind="regimens",
        name=name,
        version=policy.version,
        title=policy.title,
        summary="The plan of a series. It counts and tells where a course departs from the plan; "
        "it books nothing and changes nothing.",
        sections=(
            Section("plan", "The plan", tuple(plan(policy))),
            Section("judging", "When non-response may be called", (judging(policy),)),
        ),
        background=("Day 0 is the day of the first infusion",),
        cases=tuple(case(policy, row) for row in cases(name, policy.version)),
    )


def plan(policy: SeriesPolicy) -> Iterator[Rule]:
    """The counts of the series, and who is in the room."""
    weeks, week = policy.weeks, policy.per_week
    yield Rule(f"{policy.infusions.at_least} infusions or more", claims=policy.infusions.claims)
    yield Rule(f"{policy.minutes.at_least} minutes each, or more", claims=policy.minutes.claims)
    yield Rule(f"Within {weeks.at_least} to {weeks.at_most} weeks", claims=weeks.claims)
    yield Rule(f"{week.at_least} to {week.at_most} infusions a week", claims=week.claims)
    visits = policy.therapy_visits
    yield Rule(f"{visits.at_least} therapy visits or more", claims=visits.claims)
    yield Rule("Sitter", policy.sitter.text, claims=policy.sitter.claims)


def judging(policy: SeriesPolicy) -> Rule:
    """From when on non-response may be discussed, with the other side beside it."""
    rule = policy.non_response
    title = f"Not before infusion {rule.not_before}; settled at infusion {rule.settled_at}"
    text = f"{rule.text} {rule.other_side}"
    return Rule(title, text, claims=rule.claims, disagreements=rule.disagreements)


def case(policy: RegimenPolicy, row: SeriesCase) -> Case:
    """One course, and where it stands."""
    counted = isinstance(policy, SeriesPolicy)
    what = "infusion" if counted else "session"
    days = ", ".join(map(str, row.days))
    visits = (f"Therapy visits: {row.therapy_visits}",) if counted else ()
    given = (
        f"{what.capitalize()}s on day {days}" if row.days else f"No {what} yet",
        *visits,
        f"Looked at on day {row.as_of_day}",
    )
    return Case(row.title, given, tuple(expected(row)))


def expected(row: SeriesCase) -> Iterator[Outcome]:
    """The count, and each departure from the plan."""
    week = "" if row.week is None else f", week {row.week}"
    yield Outcome("", f"{row.done} done{week}")
    for name in row.departs:
        yield Outcome("caution", f"Departs from the plan: {DEPARTURES[name]}")
    if not row.departs:
        yield Outcome("met", "Follows the plan")
