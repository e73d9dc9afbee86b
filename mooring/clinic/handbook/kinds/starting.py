"""Start policies: what has to be there before the pump runs."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.handbook.kinds import case_log, criteria
from mooring.clinic.handbook.kinds.numbers import when
from mooring.clinic.handbook.pages import Outcome, Page, Rule, Section, When
from mooring.core.protocols import interactions
from mooring.core.protocols.conditions import in_words
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.starting.fasting import INTAKE_WORDS
from mooring.core.session.cases import Case
from mooring.core.session.chart import MEASURE_WORDS
from mooring.core.session.labels import SYMPTOM_WORDS


def page(name: str, version: str | None = None) -> Page:
    """The page of one start policy."""
    policy = starting.load(name, version)
    table = starting.cases(name, version)
    return Page(
        kind="starting",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=" ".join(policy.summary.split()),
        claims=policy.claims,
        disagreements=policy.disagreements,
        sections=sections(policy),
        background=tuple(case_log.by_minute(table.given)),
        cases=tuple(case_log.case(row, expected(row)) for row in table.cases),
    )


def sections(policy: starting.StartPolicy) -> tuple[Section, ...]:
    """What is asked, what is measured, and what holds the start by being there."""
    return (
        Section(
            "asked",
            "Asked at check-in",
            (*identity(policy), *(asked(question) for question in policy.asked)),
            "“None” is an answer. No answer holds the start.",
        ),
        *before_start(policy),
        Section(
            "measured",
            "Measured before the start",
            (
                baseline(policy.baseline),
                *map(measured, policy.measured),
                *weighed(policy.weigh_pressure),
            ),
            "What was not measured, or too long ago, holds the start as firmly as what is out of "
            "limits.",
        ),
        Section("holds", "What holds the start by being there", tuple(holding(policy))),
    )


def asked(question: starting.Asked) -> Rule:
    """One question of the check-in."""
    told = f"While it has no answer: “{question.missing}”."
    return Rule(criteria.ASKED_WORDS[question.field], told, claims=question.claims)


def identity(policy: starting.StartPolicy) -> Iterator[Rule]:
    """How a patient is known to be the one of the chart; the first version did not ask."""
    if policy.identifiers is not None:
        told = "Told by the patient, and as the chart has them."
        limits = (when("At least", policy.identifiers),)
        yield Rule("Who the patient is", told, when=limits, claims=policy.identifiers.claims)


def before_start(policy: starting.StartPolicy) -> Iterator[Section]:
    """How long nothing is eaten or drunk, and what of that day a prescriber weighs."""
    rules = (*(fasting(one) for one in policy.fasting), *taken_today(policy))
    if rules:
        told = (
            "What is only known as a span counts by its shortest time. A prescriber may weigh "
            "each of them for one start, with a reason; then it is kept as weighed."
        )
        yield Section("before", "Eaten, drunk and taken before the start", rules, told)


def fasting(rule: starting.Fasting) -> Rule:
    """How long something is left out."""
    limits = (when("At least", rule.at_least),)
    return Rule(f"Without it: {INTAKE_WORDS[rule.intake].lower()}", when=limits,
                claims=rule.at_least.claims)  # fmt: skip


def taken_today(policy: starting.StartPolicy) -> Iterator[Rule]:
    """What was taken that day, and which of it is weighed."""
    rule = policy.taken_today
    if rule is None:
        return
    title = interactions.load(rule.interactions, rule.version).title
    found = " or ".join(f"“{one.word}”" for one in rule.weigh)
    yield Rule(
        "Taken today",
        f"Read by the rules of “{title}”, version {rule.version}, for the route of the order. "
        f"What they call {found} is weighed, and so is every substance and whatever was not "
        "recognised.",
        claims=rule.claims,
    )


def baseline(pair: starting.Pair) -> Rule:
    """The two blood pressures that everything later is compared with."""
    return Rule(
        "Baseline: two seated blood pressures",
        when=(
            when("At least", pair.apart_at_least, "apart"),
            when("At most", pair.apart_at_most, "apart"),
            when("The newer one not older than", pair.not_older_than),
        ),
        claims=pair.claims,
    )


def measured(one: starting.Measured) -> Rule:
    """One vital sign with its limits."""
    limits = tuple(When(in_words(each), each.limit.claims) for each in one.hold_when)
    text = "Each of these holds the start." if limits else "It has to be known; no limit is set."
    return Rule(MEASURE_WORDS[one.measure], text, when=limits, claims=one.claims)


def weighed(one: starting.WeighedPressure | None) -> Iterator[Rule]:
    """The pressure that a prescriber weighs at the chair, where the policy has one."""
    if one is not None:
        yield Rule(
            "Blood pressure that a prescriber weighs",
            "Holds the start until a prescriber decides at the chair, with a reason; the decision "
            "speaks for that reading and that session alone.",
            when=tuple(When(in_words(each), each.limit.claims) for each in one.any_of),
            claims=one.claims,
        )


def holding(policy: starting.StartPolicy) -> Iterator[Rule]:
    """Symptoms, and rules that are active already."""
    named = ", ".join(SYMPTOM_WORDS[symptom] for symptom in policy.hold_for.symptoms)
    yield Rule(
        named,
        "Holds while one of them is reported, however mild. A symptom that was not asked about "
        "does not hold it.",
        claims=policy.hold_for.claims,
    )
    yield Rule(
        "An active stop or call rule",
        "The stop policies of the session run beside this one.",
        claims=policy.no_active_rule,
    )


def expected(row: Case[starting.Expected]) -> tuple[Outcome, ...]:
    """What a case expects to hold the start."""
    told = criteria.expected(row.expect.open, row.expect.says, "Nothing holds the start")
    return tuple(told)
