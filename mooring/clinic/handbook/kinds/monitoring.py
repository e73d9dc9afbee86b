"""Monitoring schedules: which check is due when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from mooring.clinic.handbook.kinds import case_log
from mooring.clinic.handbook.kinds.numbers import amount, when
from mooring.clinic.handbook.pages import Outcome, Page, Rule, Section, When
from mooring.core.protocols.monitoring import policy as monitoring
from mooring.core.quantities import plain
from mooring.core.session.checks import CHECK_WORDS, Check
from mooring.core.session.view import DueState

MARKS = {DueState.UPCOMING: "unknown", DueState.DUE: "due", DueState.OVERDUE: "overdue"}
WORDS = {DueState.UPCOMING: "not due yet", DueState.DUE: "due", DueState.OVERDUE: "overdue"}


def page(name: str, version: str | None = None) -> Page:
    """The page of one schedule."""
    policy = monitoring.load(name, version)
    table = monitoring.cases(name, version)
    schedules = tuple(schedule(one) for one in policy.schedules)
    return Page(
        kind="monitoring",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=" ".join(policy.summary.split()),
        claims=policy.claims,
        disagreements=policy.disagreements,
        sections=(
            Section("schedule", "What is due when", (*schedules, not_possible(policy))),
            Section("giving", "What is watched about the drug", giving(policy)),
        ),
        background=tuple(case_log.by_minute(table.given)),
        cases=tuple(case_log.case(row, tuple(expected(row.expect.due))) for row in table.cases),
    )


def named(checks: Iterable[Check]) -> str:
    """Checks by their words, for example "Blood pressure, heart rate, SpO2"."""
    first, *others = (CHECK_WORDS[check] for check in checks)
    return ", ".join([first, *(w if w == "SpO2" else w.lower() for w in others)])


def schedule(one: monitoring.Schedule) -> Rule:
    """The checks of one schedule, with their times."""
    if isinstance(one, monitoring.Times):
        return Rule(named(one.checks), mark="due", word="Due", when=tuple(times(one)))
    during = "During the infusion, pauses included, or until the last dose, every"
    told = (
        *round_of(during, one.infusing),
        *round_of("After the infusion or the last dose, every", one.after),
    )
    return Rule(named(one.checks), mark="due", word="Due", when=told)


def round_of(before: str, one: monitoring.Round) -> Iterator[When]:
    """How often, counted from the last check, and when late."""
    yield when(before, one.every)
    yield when("Overdue once", one.grace, "have passed since then")


def times(one: monitoring.Times) -> Iterator[When]:
    """Fixed times from the start, and when late."""
    minutes = ", ".join(plain(time.value) for time in one.at)
    claims = tuple(dict.fromkeys(claim for time in one.at for claim in time.claims))
    yield When(f"At minutes {minutes} from the start of the infusion or the first dose", claims)
    yield when("A check taken up to", one.early, "early counts for its time")
    yield when("Overdue once", one.grace, "have passed since its time")


def not_possible(policy: monitoring.MonitoringPolicy) -> Rule:
    """What follows when a check could not be taken."""
    again = policy.after_refusal
    return Rule(
        "When a check was not possible",
        f"The reason is written down, and the check is asked for again after {amount(again)}.",
        claims=again.claims,
    )


def giving(policy: monitoring.MonitoringPolicy) -> tuple[Rule, ...]:
    """The end of the infusion, the next dose, and more drug than was ordered."""
    end, over = policy.giving.grace, policy.giving.stop_when_over
    return (
        Rule(
            "The end of the infusion, and each of several doses",
            "Ending the infusion, or giving the next dose, is due at the planned time, "
            f"and overdue once {amount(end)} have passed.",
            mark="due",
            word="Due",
            claims=end.claims,
        ),
        Rule(
            "More given than ordered",
            "By rate and time. Drug that was given is not undone: the mark stays.",
            mark="caution",
            word="Caution",
            claims=over.claims,
        ),
        Rule(
            "Far more given than ordered",
            f"More than {plain(over.value)} % above the ordered dose.",
            mark="stop",
            word="Stop",
            claims=over.claims,
        ),
    )


def expected(due: Iterable[monitoring.ExpectedDue]) -> Iterator[Outcome]:
    """Checks that are asked for at the same time on one line; a word when none is."""
    asked = tuple(due)
    if not asked:
        yield Outcome("met", "Nothing is asked for")
    for (at, late_after, state), group in groupby(
        asked, key=lambda one: (one.at, one.late_after, one.state)
    ):
        checks = named(one.check for one in group)
        times_said = f"due in minute {at}, overdue after minute {late_after}"
        yield Outcome(MARKS[state], f"{checks}: {WORDS[state]} ({times_said})")
