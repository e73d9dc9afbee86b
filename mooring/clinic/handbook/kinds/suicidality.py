"""Suicidality: how answers become a tier, and what each tier sets in motion."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.handbook.kinds.numbers import amount
from mooring.clinic.handbook.pages import Case, Outcome, Page, Rule, Section, When
from mooring.core.protocols.suicidality import (
    SuicidalityCase,
    SuicidalityPolicy,
    Tier,
    TierPath,
    cases,
    load,
)
from mooring.core.protocols.suicidality.policy import TierRule

MARKS = {
    Tier.HIGH: "block",
    Tier.MODERATE: "due",
    Tier.LOW: "caution",
    Tier.NONE: "met",
    Tier.UNKNOWN: "unknown",
}
SETTINGS = {
    "open": "no more than usual",
    "second_person": "a second, distinct person and a reason",
    "wait": "that the tier becomes known first",
}
STARTS = {"shown": "is started with the tier in sight", "prescriber": "is started by a prescriber"}


def page(name: str, version: str | None = None) -> Page:
    """The page of one suicidality policy."""
    policy = load(name, version)
    return Page(
        kind="suicidality",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=policy.summary,
        sections=(
            Section("rules", "From the screener's answers", tuple(rules(policy))),
            Section("paths", "What each tier sets in motion", tuple(map(path, policy.paths))),
            Section("clocks", "Clocks", tuple(clocks(policy))),
        ),
        cases=tuple(map(case, cases(name, policy.version))),
        claims=policy.claims,
        disagreements=policy.disagreements,
        background=(
            f"{policy.skeleton.short_title}; a question is named by its id, for its words are "
            "licensed",
        ),
    )


def rules(policy: SuicidalityPolicy) -> Iterator[Rule]:
    """Each rule with the questions that make it speak."""
    for rule in policy.rules:
        yield Rule(
            rule.text,
            mark=MARKS[rule.tier],
            word=word(rule.tier),
            when=tuple(lines(policy, rule)),
            claims=rule.claims,
        )


def lines(policy: SuicidalityPolicy, rule: TierRule) -> Iterator[When]:
    """The questions of each line, by id and what they are about."""
    about = {item.id: item.about for item in policy.skeleton.items}
    for line in rule.when:
        yield When("Yes to " + " and ".join(f"{item} ({about[item]})" for item in line))


def path(told: TierPath) -> Rule:
    """One tier's path."""
    call = told.called_within
    return Rule(
        told.text,
        mark=MARKS[told.tier],
        word=word(told.tier),
        when=(
            *((When(f"Somebody calls within {amount(call)}", call.claims),) if call else ()),
            When(f"A session {STARTS[told.start]}"),
            When(f"A group plan needs {SETTINGS[told.group]}"),
            When(f"A supply for home needs {SETTINGS[told.home]}"),
            *((When("The patient's pages show help in a crisis first"),) * told.crisis_help_first),
            *((When("A safety plan belongs on the chart"),) * told.safety_plan),
        ),
        claims=told.claims,
    )


def clocks(policy: SuicidalityPolicy) -> Iterator[Rule]:
    """The numbers that hold whatever the tier."""
    answer, again = policy.answer_called_within, policy.held_again_after
    every = policy.escalates_every
    yield Rule(
        f"An answer above 0, or a declined one, is called about within {amount(answer)}",
        claims=answer.claims,
    )
    yield Rule(
        f"Once overdue the task goes on to the next person, and to one more every {amount(every)}",
        claims=every.claims,
    )
    yield Rule(
        f"None and low count for {amount(again)}, then they are unknown", claims=again.claims
    )


def case(row: SuicidalityCase) -> Case:
    """One case, with what comes out of it."""
    return Case(row.title, tuple(given(row)), tuple(expected(row)))


def given(row: SuicidalityCase) -> Iterator[str]:
    """The answers, or what is on the chart."""
    for answer, items in (("Yes", row.yes), ("No", row.no), ("Declined", row.declined)):
        if items:
            yield f"{answer}: {', '.join(items)}"
    for entry in row.entered:
        yield f"Entered {entry.days_ago} days ago: {entry.tier}"
    for days in row.signals_days_ago:
        yield f"An answer that calls someone {days} days ago"
    if not row.answers and not row.entered:
        yield "Nothing on the chart"


def expected(row: SuicidalityCase) -> Iterator[Outcome]:
    """The tier with its path, or the refusal."""
    if row.tier is None:
        yield Outcome("block", f"Refused: {row.refused}")
        return
    yield Outcome(MARKS[row.tier], f"At least {row.tier}" if row.at_least else word(row.tier))
    if row.task_within_hours is not None:
        yield Outcome("", f"A task within {row.task_within_hours} h")
    yield Outcome("", f"Group: {SETTINGS[row.group]}; home: {SETTINGS[row.home]}")


def word(tier: Tier) -> str:
    """The tier as a word that begins a line."""
    return tier.value.capitalize()
