"""Regimens: how a course of infusions runs."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.handbook.pages import Case, Outcome, Page, Rule, Section
from mooring.core.protocols.regimens import SeriesCase, SeriesPolicy, cases, load

DEPARTURES = {
    "per_week": "infusions a week",
    "weeks": "length of the series",
    "therapy_visits": "therapy visits",
}


def page(name: str) -> Page:
    """The page of one series policy."""
    policy = load(name)
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
        cases=tuple(case(row) for row in cases(name)),
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


def case(row: SeriesCase) -> Case:
    """One series, and where it stands."""
    days = ", ".join(map(str, row.days))
    given = (
        f"Infusions on day {days}" if row.days else "No infusion yet",
        f"Therapy visits: {row.therapy_visits}",
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
