"""Ladders: how a dose is found in rising steps, and what has to be met before one goes home."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.handbook.pages import NOTHING, Case, Outcome, Page, Rule, Section
from mooring.core.protocols.ladders import LadderCase, LadderPolicy, cases, load
from mooring.core.protocols.ladders.case_table import CaseStep

HOLDS = {
    "watch": "the watch",
    "checklist": "an item not asked",
    "trouble": "trouble more than mild",
    "review": "the review",
    "separate_days": "a day of its own",
}
NOTES = {"less": "the step was not given whole"}
DECISIONS = {"go_on": "go on", "stay": "stay on this step", "end": "end", "unknown": "not decided"}


def page(name: str, version: str | None = None) -> Page:
    """The page of one ladder policy."""
    policy = load(name, version)
    return Page(
        kind="ladders",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=policy.summary,
        sections=(
            Section("steps", "The steps", tuple(steps(policy))),
            Section("between", "Between two steps", tuple(between(policy))),
            Section("course", "After the last step", (course(policy),)),
            Section(
                "home",
                "Before anything goes home",
                tuple(gates(policy)),
                text="Off as shipped. Where a clinic switches it on, every question needs a yes.",
            ),
        ),
        background=("Looked at from 9 in the morning of the first step",),
        cases=tuple(case(row) for row in cases(name, policy.version)),
        claims=policy.claims,
        disagreements=policy.disagreements,
    )


def steps(policy: LadderPolicy) -> Iterator[Rule]:
    """Each step: its amount, its sprays and their minutes."""
    for number, step in enumerate(policy.steps, start=1):
        minutes = ", ".join(map(str, step.sprays_at_minutes))
        title = f"Step {number}: {policy.amount(number).text()}, {sprays(step.sprays)}"
        text = f"Minute {minutes}; from one nostril to the other."
        yield Rule(title, text, claims=(*step.claims, *policy.spray.claims))


def between(policy: LadderPolicy) -> Iterator[Rule]:
    """What has to be behind a patient before the next step."""
    yield Rule("A day each", policy.separate_days.text, claims=policy.separate_days.claims)
    hours = f"Watched for {policy.watch.hours} hours after the last spray"
    yield Rule(hours, claims=policy.watch.claims)
    asked = ", ".join(policy.checklist.items)
    yield Rule("Asked about", f"{asked}. No item stays open.", claims=policy.checklist.claims)
    title = f"Reviewed after {policy.review.hours} hours"
    yield Rule(title, policy.review.text, claims=policy.review.claims)
    yield Rule("Trouble", policy.escalation.text, claims=policy.escalation.claims)


def course(policy: LadderPolicy) -> Rule:
    """How the last dose goes on, and what that comes to."""
    plan, count = policy.course, policy.course_sprays
    whole = policy.sprays_with_titration
    title = f"{plan.doses_per_week} doses a week for {plan.weeks} weeks"
    text = (
        f"{plan.text} That is {amounts(policy, count)}; with the steps before, "
        f"{amounts(policy, whole)}."
    )
    return Rule(title, text, claims=plan.claims)


def gates(policy: LadderPolicy) -> Iterator[Rule]:
    """The questions, each of which needs a yes."""
    for gate in policy.home:
        named = f"A yes says {gate.names}." if gate.names else ""
        yield Rule(gate.asks, named, claims=gate.claims, disagreements=gate.disagreements)


def case(row: LadderCase) -> Case:
    """One ladder on its way, and what stands against going on."""
    steps = tuple(went(step) for step in row.taken) or ("No step yet",)
    given = (*steps, *(f"Another dose at {at:g} h" for at in row.other_dose_at_hours))
    return Case(row.title, (*given, f"Looked at after {row.as_of_hours:g} h"), (*expected(row),))


def went(step: CaseStep) -> str:
    """One step as it went, with what differs from the ordinary."""
    watched, reviewed = step.watched_minutes, step.reviewed_after_hours
    parts = [
        f"Step {step.step} at {step.at_hours:g} h",
        *amount(step),
        "watch not written down" if watched == "unknown" else f"watched {watched} min",
        *(f"{item} {found}" for item, found in step.trouble.items()),
        "not reviewed" if isinstance(reviewed, str) else f"reviewed after {reviewed:g} h",
        DECISIONS[step.decision],
    ]
    return ", ".join(parts)


def amount(step: CaseStep) -> Iterator[str]:
    """What went in, where it was not the whole step."""
    if step.given_mg is not None:
        known = step.given_mg != "unknown"
        yield f"{step.given_mg} mg given" if known else "amount not written down"


def expected(row: LadderCase) -> Iterator[Outcome]:
    """What comes next, and each thing that stands against it."""
    if row.ended:
        yield Outcome("info", "Ended")
    elif row.next_step is not None:
        yield Outcome("", f"Next: step {row.next_step}")
    elif not row.holds:
        yield Outcome("met", "Every step is behind")
    for hold in row.holds:
        yield Outcome("block", f"Holds: {HOLDS[hold]}")
    for note in row.notes:
        yield Outcome("unknown", f"Said: {NOTES[note]}")
    if row.next_step is not None and not row.holds:
        yield from NOTHING


def sprays(count: int) -> str:
    """For example "1 spray" or "3 sprays"."""
    return "1 spray" if count == 1 else f"{count} sprays"


def amounts(policy: LadderPolicy, count: int) -> str:
    """A number of sprays with its volume and its amount of drug."""
    return f"{sprays(count)}, {policy.volume(count).text()}, {policy.total(count).text()}"
