"""The cases of a screening policy in words: which record goes in, which rules speak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from mooring.clinic.handbook.kinds.tiers import MARKS, WORDS
from mooring.clinic.handbook.kinds.triggers import MEASURED
from mooring.clinic.handbook.pages import NOTHING, Case, Outcome
from mooring.core.protocols.screening import NOT_OBTAINABLE, Answer, Policy, Rule, Tier, taking
from mooring.core.protocols.screening.cases import Case as Row
from mooring.core.protocols.screening.cases import CaseTable, Fact, Reading, Said
from mooring.core.protocols.screening.lists import NAMES
from mooring.core.protocols.screening.model import ListName
from mooring.core.protocols.screening.wording import answered, fact, number
from mooring.core.words import day

MANY = 6
"""From so many answers or findings of one sort on they are told together."""


def by_rule(policy: Policy, table: CaseTable) -> dict[str | None, list[Case]]:
    """The rows by the rule they are there for; None for rows about the whole."""
    rows: dict[str | None, list[Case]] = defaultdict(list)
    for row in table.cases:
        expected = tuple(outcomes(row, policy)) or NOTHING
        rows[row.about].append(Case(row.name, tuple(given(row, policy)), expected))
    return rows


def base(policy: Policy, table: CaseTable) -> Iterator[str]:
    """What every row starts from."""
    yield f"The day is {day(table.base.as_of)}"
    yield from readings(table.base.readings)
    yield from said(table.base.lists)
    if table.base.entered_on is not None:
        yield f"Entries that name no day came into the record on {day(table.base.entered_on)}"
    yield from answers(table.base.answers, policy)


def given(row: Row, policy: Policy) -> Iterator[str]:
    """What differs from the base."""
    if row.start == "nothing known":
        yield "Nothing asked, nothing measured"
    yield from told_together(row.answers, policy)
    for question in row.unasked:
        yield f"Not asked: {policy.question(question).text}"
    if row.answered_on is not None:
        yield f"Answered on {day(row.answered_on)}"
    yield from facts("Condition", row.conditions)
    yield from facts("Medicine", row.medications)
    yield from facts("Allergy", row.allergies)
    if row.readings is not None:
        yield from readings(row.readings) if row.readings else ("Nothing measured",)
    if row.lists is not None:
        yield from said(row.lists) if row.lists else ("Nothing said of the lists",)
    for name, side in row.sides.items():
        known = [one.side(side) for one in policy.choices if one.disagreement == name]
        title = next((one.title for one in known if one.id == side), side)
        yield f"The clinic follows, in {name}: {title}"


def said(lists: Mapping[ListName, Said]) -> Iterator[str]:
    """What somebody said of a list."""
    for name, one in lists.items():
        what = "there are none" if one.none else "gone through, complete"
        yield f"{NAMES[name].capitalize()}: {what}, said on {day(one.on)}"


def told_together(chosen: dict[str, str], policy: Policy) -> Iterable[str]:
    """The answers, or one line for many that are all the same."""
    if len(chosen) >= MANY and len(set(chosen.values())) == 1:
        value, _, detail = next(iter(chosen.values())).partition(":")
        same = "Not obtainable" if value == NOT_OBTAINABLE else value
        return (f"All {len(chosen)} questions answered “{same}”: {detail.strip()}",)
    return answers(chosen, policy)


def answers(chosen: dict[str, str], policy: Policy) -> Iterator[str]:
    """Each answer with its question."""
    for question, text in chosen.items():
        value, _, detail = text.partition(":")
        yield answered(policy.question(question), Answer(question, value.strip(), detail.strip()))


def facts(kind: str, entries: Iterable[Fact]) -> Iterator[str]:
    """Entries of the record."""
    for entry in entries:
        past = entry.status in ("resolved", "inactive", "stopped", "completed")
        came = f", entered {day(entry.recorded_on)}" if entry.recorded_on else ""
        yield f"{kind}: {fact(entry.coded(), past=past)}{came}"


def readings(taken: Iterable[Reading]) -> Iterator[str]:
    """Measurements with their day."""
    for one in taken:
        measured = one.measured()
        unit = measured.unit or "without a unit"
        yield f"{MEASURED[one.code]} {number(measured.value)} {unit} on {day(one.taken_on)}"


def outcomes(row: Row, policy: Policy) -> Iterator[Outcome]:
    """The rules that speak, tier by tier, and the words that stand in what made them speak."""
    judged = taking(policy, row.sides)
    for tier in Tier:
        speaking = [rule for name in row.expect if (rule := judged.rule(name)).tier is tier]
        for title in titles(speaking):
            yield Outcome(MARKS[tier], f"{WORDS[tier]}: {title}")
    if row.says:
        words = ", ".join(f"“{word}”" for word in row.says)
        yield Outcome("", f"Its words name {words}")


BROUGHT = {"unanswered.": "questions not answered", "not-obtainable.": "questions not obtainable"}


def titles(rules: list[Rule]) -> Iterator[str]:
    """Each rule's title; many that questions brought along are counted together."""
    for start, told in BROUGHT.items():
        brought = [rule for rule in rules if rule.id.startswith(start)]
        if len(brought) >= MANY:
            yield f"{len(brought)} {told}"
            rules = [rule for rule in rules if rule not in brought]
    yield from (rule.title for rule in rules)
