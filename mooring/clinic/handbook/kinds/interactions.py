"""Interactions: what each medicine means by each route, and the tables of benzodiazepine doses."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.handbook.kinds.numbers import amount
from mooring.clinic.handbook.pages import NOTHING, Case, Outcome, Page, Rule, Section, When
from mooring.clinic.interactions.words import MARKS
from mooring.core.drugs.drug import Route
from mooring.core.drugs.interactions.equivalents import tables
from mooring.core.evidence import load as evidence
from mooring.core.protocols.interactions import (
    InteractionCase,
    InteractionPolicy,
    Severity,
    Verdict,
    cases,
    load,
)
from mooring.core.protocols.interactions.policy import Effect
from mooring.core.protocols.interactions.policy import Rule as Interaction

VERDICTS = {
    Verdict.ABOVE: Outcome("caution", "Benzodiazepines: above the threshold"),
    Verdict.TABLES_DIFFER: Outcome("caution", "Benzodiazepines: above it by some tables"),
    Verdict.UNKNOWN: Outcome("unknown", "Benzodiazepines: not known"),
    Verdict.NOT_ABOVE: Outcome("", "Benzodiazepines: not above the threshold"),
}


def page(name: str, version: str | None = None) -> Page:
    """The page of one interaction policy."""
    policy = load(name, version)
    return Page(
        kind="interactions",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=policy.summary,
        sections=(
            Section("rules", "By medicine", tuple(map(rule, policy.rules))),
            Section("benzodiazepines", "How much of a benzodiazepine", tuple(doses(policy))),
            Section("notes", "For every list", tuple(notes(policy))),
        ),
        background=("Racemic ketamine by intravenous infusion, unless the case says otherwise",),
        cases=tuple(case(row, policy) for row in cases(name, policy.version)),
        claims=policy.claims,
        disagreements=policy.disagreements,
    )


def rule(told: Interaction) -> Rule:
    """One interaction, marked by what asks for most, with its meaning by each route."""
    most = min((effect.severity for effect in told.effects), key=list(Severity).index)
    return Rule(
        told.title,
        f"{told.mechanism}.",
        mark=MARKS[most],
        word=most.word,
        when=tuple(map(by_route, told.effects)),
        disagreements=told.disagreements,
        anchor=told.id,
    )


def by_route(effect: Effect) -> When:
    """The routes, what is asked for, and why."""
    routes = ", ".join(route.display for route in effect.routes)
    if len(effect.routes) == len(Route):
        routes = "every route"
    return When(
        f"{routes[0].upper()}{routes[1:]}: {effect.severity.word}. {effect.text}", effect.claims
    )


def doses(policy: InteractionPolicy) -> Iterator[Rule]:
    """The threshold, the warning that stands with it, and each table."""
    title = f"More than {amount(policy.threshold)} as diazepam is flagged"
    yield Rule(title, policy.equivalents.text, claims=policy.threshold.claims)
    yield Rule("Left out for a day", policy.abrupt_hold.text, claims=policy.abrupt_hold.claims)
    for table in tables():
        quantities = evidence().claim(table.claim).quantities
        listed = "; ".join(f"{quantity.of} {quantity.text}" for quantity in quantities)
        yield Rule(f"Set beside one another: {table.title}", listed, claims=(table.claim,))


def notes(policy: InteractionPolicy) -> Iterator[Rule]:
    """What holds whatever the list."""
    for note in policy.notes:
        yield Rule(note.title, note.text, claims=note.claims, disagreements=note.disagreements)


def case(row: InteractionCase, policy: InteractionPolicy) -> Case:
    """One list for one route, and what is found on it."""
    lines = (
        ", ".join(filter(None, (line.text, line.dose, over(line.status)))) for line in row.list
    )
    given = (f"{row.drug.display}, {row.route.display}", *lines)
    return Case(row.title, given, tuple(expected(row, policy)))


def over(status: str) -> str:
    """The status of a line, where it is not taken any more."""
    return "" if status == "active" else status


def expected(row: InteractionCase, policy: InteractionPolicy) -> Iterator[Outcome]:
    """Each finding, then what was not read."""
    titles = {told.id: told.title for told in policy.rules}
    found = row.findings.items()
    raised = [
        *(Outcome(MARKS[weight], f"{weight.word}: {titles[told]}") for told, weight in found),
        *(Outcome("", f"No rule here: {text}") for text in row.no_rule),
        *(Outcome("unknown", f"Not recognised: {text}") for text in row.not_recognised),
        *(Outcome("", f"Nearest name: {name}") for name in row.nearest),
    ]
    if row.benzodiazepines is not None:
        raised.append(VERDICTS[row.benzodiazepines])
    yield from raised or NOTHING
