"""Stop policies: what raises a banner during a session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mooring.clinic.handbook.kinds import case_log
from mooring.clinic.handbook.kinds.numbers import amount
from mooring.clinic.handbook.pages import NOTHING, Outcome, Page, Rule, Section, When
from mooring.core.protocols.conditions import Condition, Reported, Threshold, in_words
from mooring.core.protocols.stopping import policy as stopping
from mooring.core.session.cases import Case
from mooring.core.session.checks import CHECK_WORDS
from mooring.core.session.labels import SYMPTOM_WORDS

MARKS = {"stop": "stop", "call": "stop", "caution": "caution"}
WORDS = {"stop": "Stop", "call": "Call", "caution": "Caution"}
APPLIES = {
    "from_start": "These rules look at what is written once drug has gone in.",
    "always": "These rules look at everything written, also before the start.",
}
OF_THIS_RULE = {
    "from_start": "This rule looks at what is written once drug has gone in.",
    "always": "This rule looks at everything written, also before the start.",
}
OWN_RULES = {"baseline_unknown": ("caution", "Baseline unknown")}
"""What is raised without a rule of the policy: level and title."""


def page(name: str, version: str | None = None) -> Page:
    """The page of one stop policy."""
    policy = stopping.load(name, version)
    table = stopping.cases(name, version)
    rules = tuple(rule(entry) for entry in policy.rules)
    return Page(
        kind="stopping",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=" ".join(policy.summary.split()),
        claims=policy.claims,
        disagreements=policy.disagreements,
        sections=(
            Section("rules", "What raises a banner", rules, APPLIES[policy.applies]),
            *repeats(policy),
        ),
        background=tuple(case_log.by_minute(table.given)),
        cases=tuple(case_log.case(row, tuple(expected(row, policy))) for row in table.cases),
    )


def rule(entry: stopping.Rule) -> Rule:
    """One rule with its conditions, each of which is enough."""
    return Rule(
        title=entry.title,
        text="" if entry.applies is None else OF_THIS_RULE[entry.applies],
        mark=MARKS[entry.level],
        word=WORDS[entry.level],
        when=tuple(condition(one) for one in entry.any_of),
    )


def condition(one: Condition) -> When:
    """One condition in words."""
    if isinstance(one, Threshold):
        return When(in_words(one), one.limit.claims)
    return When(f"Any of these, however mild: {symptoms(one)}", one.claims)


def symptoms(one: Reported) -> str:
    """The symptoms of a condition as one phrase."""
    return ", ".join(SYMPTOM_WORDS[symptom] for symptom in one.symptoms).lower()


def repeats(policy: stopping.StopPolicy) -> Iterator[Section]:
    """The section about measuring again, where the policy has one."""
    if policy.repeat is None:
        return
    titles = {entry.id: entry.title for entry in policy.rules}
    asked = " or ".join(f"“{titles[rule]}”" for rule in policy.repeat.rules)
    again = Rule(
        title=f"{CHECK_WORDS[policy.repeat.check]} again within {amount(policy.repeat.within)}",
        text=f"Asked for after a single {asked}. Not while one of these is reported, however "
        f"mild: {symptoms(policy.repeat.unless)}. Then nothing waits for a repeat.",
        claims=(*policy.repeat.within.claims, *policy.repeat.unless.claims),
    )
    yield Section("repeat", "Measuring again", (again,))


def expected(row: Case[stopping.Expected], policy: stopping.StopPolicy) -> Iterator[Outcome]:
    """Each rule that fired, whether it is still active, its words and the repeat it asks for."""
    if not row.expect.fired:
        yield from NOTHING
    for name, times in Counter(row.expect.fired).items():
        level, title = level_and_title(name, policy)
        often = "" if times == 1 else f", {times} times"
        now = "" if name in row.expect.active else ", and is over by then"
        yield Outcome(MARKS[level], f"{level.upper()}: {title}{often}{now}")
    if row.expect.says:
        yield Outcome("", f"“{row.expect.says}”")
    if row.expect.repeat_by_minute is not None:
        yield Outcome("due", f"Measure again by minute {row.expect.repeat_by_minute}")


def level_and_title(name: str, policy: stopping.StopPolicy) -> tuple[str, str]:
    """How firmly a rule speaks, and what it is called."""
    found = {entry.id: (entry.level, entry.title) for entry in policy.rules}
    return found[name] if name in found else OWN_RULES[name]


def every_title() -> dict[str, str]:
    """The title of each rule of all stop policies, by its id."""
    policies = (stopping.load(name) for name in stopping.names())
    return {entry.id: entry.title for policy in policies for entry in policy.rules}
