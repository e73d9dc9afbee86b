"""Watches: what is looked at over time, what makes it due, and what a finding asks."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.handbook.pages import Case, Outcome, Page, Rule, Section
from mooring.core.protocols.watch import (
    Item,
    OrganWatch,
    State,
    WatchCase,
    WatchPolicy,
    cases,
    load,
)
from mooring.core.protocols.watch.case_table import CaseDose, CaseLook, Expected
from mooring.core.quantities import plain

MARKS = {State.UNKNOWN: "unknown", State.DUE: "due", State.OVERDUE: "overdue"}
RULES = {
    "never": "nothing on record",
    "days": "by time",
    "dose_days": "by days with a dose",
    "amount": "by amount",
    "after_finding": "asked for by a finding",
    "not_done": "could not be done",
    "disagree": "entries disagree",
    "finding": "a finding waits for a prescriber",
}


def page(name: str, version: str | None = None) -> Page:
    """The page of one watch policy."""
    policy = load(name, version)
    return Page(
        kind="watch",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=policy.summary,
        sections=tuple(section(watch) for watch in policy.organs),
        background=(
            "Every repeated item was looked at on day 0 with nothing found, and treatment goes on",
        ),
        cases=tuple(case(policy, row) for row in cases(name, policy.version)),
        claims=policy.claims,
        disagreements=policy.disagreements,
    )


def section(watch: OrganWatch) -> Section:
    """One organ: why it is watched, its items, what a finding asks."""
    why = Rule("Why", watch.reason, claims=watch.claims, disagreements=watch.disagreements)
    finding = Rule("A finding", watch.finding.text, claims=watch.finding.claims)
    return Section(watch.organ.value, watch.title, (why, *map(rule, watch.items), finding))


def rule(item: Item) -> Rule:
    """One item, with what makes it due."""
    claims = dict.fromkeys((*item.claims, *(name for number in numbers(item) for name in number)))
    return Rule(item.title, " ".join((item.asks, *due(item))), claims=tuple(claims))


def numbers(item: Item) -> Iterator[tuple[str, ...]]:
    """The claims of each number of an item."""
    if item.repeat is not None:
        yield from (number.claims for _, number in item.repeat if number is not None)
    if item.raised is not None:
        yield item.raised.claims


def due(item: Item) -> Iterator[str]:
    """What makes it due, in sentences."""
    if item.repeat is None:
        yield "Asked for only after a finding."
        return
    repeat = item.repeat
    parts = ["Before the first dose"]
    if repeat.days is not None:
        parts.append(f"at least every {repeat.days.value} days while treatment goes on")
    if repeat.dose_days is not None:
        count = repeat.dose_days.value
        parts.append("after every day with a dose" if count == 1 else f"after {count} such days")
    if repeat.amount is not None:
        parts.append(f"after {plain(repeat.amount.value)} mg of one drug")
    yield f"{', '.join(parts)}."
    if item.raised is not None:
        limits = item.raised
        over = f"{limits.systolic.value} systolic or {limits.diastolic.value} diastolic"
        yield f"From {over} on it is a finding."


def case(policy: WatchPolicy, row: WatchCase) -> Case:
    """One person on one day."""
    given = (*ordinary(row), *map(dosed, row.doses), *(looked(policy, one) for one in row.looks))
    on = f"Looked at on day {row.as_of}" + ("" if row.ongoing else ", treatment over")
    told = tuple(outcome(policy, one) for one in row.expect)
    return Case(row.title, (*given, on), told or (Outcome("met", "Nothing is due"),))


def ordinary(row: WatchCase) -> Iterator[str]:
    """What differs from the background."""
    if not row.all_on:
        yield "Without what the other cases start from"
    elif row.all_on != (0,):
        yield f"Every repeated item looked at on day {', '.join(map(str, row.all_on))}"


def dosed(row: CaseDose) -> str:
    """One dose a day, with its amount."""
    amount = "amount not on record" if row.mg is None else f"{row.mg} mg"
    days = ", ".join(map(str, row.days))
    return f"{row.drug.display}, {row.route.display}, {amount}: day {days}"


def looked(policy: WatchPolicy, row: CaseLook) -> str:
    """One entry in words."""
    title = policy.items[row.item].title if row.item in policy.items else "A prescriber's look"
    said = f": {row.words}" if row.words else ""
    came = "" if row.item not in policy.items else f", {row.result.in_words}"
    corrects = ", in place of an earlier entry" if row.corrects else ""
    return f"Day {row.day}: {title}{came}{said}{corrects}"


def outcome(policy: WatchPolicy, row: Expected) -> Outcome:
    """One reason with how pressing it is."""
    text = f"{policy.items[row.item].title}: {row.state.value}, {RULES[row.rule]}"
    return Outcome(MARKS[row.state], text)
