"""Leaving policies: what has to be met before a clinician may sign."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.handbook.kinds import case_log, criteria
from mooring.clinic.handbook.kinds.numbers import amount
from mooring.clinic.handbook.pages import Outcome, Page, Rule, Section, When
from mooring.core.protocols.conditions import in_words
from mooring.core.protocols.leaving import policy as leaving
from mooring.core.session.cases import Case
from mooring.core.session.labels import CRITERION_WORDS, SYMPTOM_WORDS

SINCE = {
    "check_in": "Counts when it was looked at in this session.",
    "end": "Counts when it was looked at after the infusion or the last dose.",
}

SINCE_DRUG = {
    "start": "the start of the infusion or the first dose",
    "end": "the end of the infusion or the last dose",
}


def page(name: str, version: str | None = None) -> Page:
    """The page of one leaving policy."""
    policy = leaving.load(name, version)
    table = leaving.cases(name, version)
    return Page(
        kind="leaving",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=" ".join(policy.summary.split()),
        claims=policy.claims,
        disagreements=policy.disagreements,
        sections=(
            Section("time", "Time", tuple(times(policy))),
            Section(
                "measured", "Measured after the infusion or the last dose", tuple(measured(policy))
            ),
            Section("looked", "Looked at by a person", tuple(map(ready, policy.ready))),
        ),
        background=tuple(case_log.by_minute(table.given)),
        cases=tuple(case_log.case(row, expected(row)) for row in table.cases),
    )


def times(policy: leaving.LeavePolicy) -> Iterator[Rule]:
    """No drug is to come, and so many minutes have passed."""
    yield Rule("The infusion has ended, or every dose is answered", claims=policy.ended)
    for time in policy.minimum_time:
        yield Rule(
            f"At least {amount(time.at_least)} since {SINCE_DRUG[time.since]}",
            claims=time.at_least.claims,
        )


def measured(policy: leaving.LeavePolicy) -> Iterator[Rule]:
    """Criteria that a measurement or a score decides."""
    score, fresh = policy.scores, policy.not_older_than
    yield from map(needed, policy.measured)
    yield Rule(
        f"PADSS {amount(score.at_least)} or more, twice, {amount(score.apart)} apart",
        "No lower score in between.",
        claims=tuple(dict.fromkeys((*score.at_least.claims, *score.apart.claims))),
    )
    yield Rule(
        f"Vital signs and sedation score not older than {amount(fresh)}", claims=fresh.claims
    )
    yield Rule("No stop or call rule is active", claims=policy.no_active_rule)


def needed(one: leaving.Measured) -> Rule:
    """One criterion with the conditions that all have to be met."""
    told = []
    if one.on_room_air:
        told.append("On room air: a value taken with oxygen, or without saying so, stays open.")
    if any(threshold.relative for threshold in one.all_of):
        told.append("The baseline is from before the start; without one it stays open.")
    if one.all_of[0].measure == "moaas":
        told.append("5 is alert, 0 is no response.")
    conditions = tuple(When(in_words(each), each.limit.claims) for each in one.all_of)
    return Rule(criteria.OPEN_WORDS[one.id], " ".join(told), when=conditions)


def ready(one: leaving.Ready) -> Rule:
    """One criterion that a person looks at."""
    symptoms = ", ".join(SYMPTOM_WORDS[symptom].lower() for symptom in one.overtaken_by)
    again = f" Asked again when this is reported later: {symptoms}." if symptoms else ""
    return Rule(CRITERION_WORDS[one.criterion], SINCE[one.since] + again, claims=one.claims)


def expected(row: Case[leaving.Expected]) -> tuple[Outcome, ...]:
    """What a case expects to be open."""
    return tuple(criteria.expected(row.expect.open, row.expect.says, "Nothing is open"))
