"""What stands against a patient now that was not looked at when a decision was signed.

A decision holds only for the findings it was signed on. A rule that did not speak then, a rule
that speaks of something else or more, and one that weighs heavier than it did are all new.
A fact that is gone is not: less than was looked at needs no second look.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mooring.core.protocols.conditions import DOWNWARD
from mooring.core.protocols.screening.model import MeasurementTrigger, Policy
from mooring.core.protocols.screening.record import Finding, Screening, Tier, Trigger

WEIGHT = {Tier.CAUTION: 0, Tier.EVALUATE: 1, Tier.BLOCK: 2}
"""How heavily a tier weighs. Missing is not weighed: it is answered."""

_MEASURED = re.compile(r"(?P<name>.+) (?P<value>\d+(\.\d+)?) \S+ on .+")


@dataclass(frozen=True)
class Looked:
    """One finding as it was looked at when a decision was signed."""

    rule: str
    tier: Tier
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True)
class New:
    """One finding that was not looked at in this form, and what about it is new."""

    finding: Finding
    triggers: tuple[Trigger, ...]
    """Those that are new; all of them where the rule is, or weighs heavier than it did."""
    known_rule: bool
    """True where the rule spoke already, of other things or less heavily."""


def looked_at(snapshot: Iterable[dict[str, Any]]) -> tuple[Looked, ...]:
    """The findings that a decision kept. An older one kept no origins: they are read back."""
    return tuple(
        Looked(
            kept["rule"],
            Tier(kept["tier"]),
            tuple(_kept_trigger(each) for each in kept["triggers"]),
        )
        for kept in snapshot
    )


def new_since(looked: Iterable[Looked], screening: Screening, policy: Policy) -> tuple[New, ...]:
    """The findings of `screening` that `looked` does not cover, in policy order."""
    known = {each.rule: each for each in looked}
    found = (
        _new(finding, known.get(finding.rule), policy)
        for finding in screening.findings
        if finding.tier is not Tier.MISSING
    )
    return tuple(each for each in found if each is not None)


def _new(finding: Finding, before: Looked | None, policy: Policy) -> New | None:
    if before is None or before.tier is Tier.MISSING:
        return New(finding, finding.triggers, known_rule=False)
    if WEIGHT[finding.tier] > WEIGHT[before.tier]:
        return New(finding, finding.triggers, known_rule=True)
    upward = _upward(finding.rule, policy)
    added = tuple(each for each in finding.triggers if not _covered(each, before, upward=upward))
    return New(finding, added, known_rule=True) if added else None


def _upward(rule: str, policy: Policy) -> bool:
    """True where the rule speaks of numbers that are too high, false for too low."""
    limits = [each for each in policy.rule(rule).when if isinstance(each, MeasurementTrigger)]
    return not any(each.comparator in DOWNWARD for each in limits)


def _covered(trigger: Trigger, before: Looked, *, upward: bool) -> bool:
    """A fact is covered by itself, a number by one of its kind that lay as far out or further."""
    if any(trigger.fact == other.fact for other in before.triggers):
        return True
    name, value = _number(trigger)
    if value is None:
        return False
    others = (_number(other) for other in before.triggers)
    numbers = [number for other, number in others if other == name and number is not None]
    return any(number >= value if upward else number <= value for number in numbers)


def _number(trigger: Trigger) -> tuple[str, Decimal | None]:
    read = _MEASURED.fullmatch(trigger.fact) if trigger.source == "measurement" else None
    return (read["name"], Decimal(read["value"])) if read else (trigger.fact, None)


def _kept_trigger(kept: dict[str, Any]) -> Trigger:
    origin = kept.get("origin")
    if origin is None and kept["source"] in {"condition", "medication", "allergy", "measurement"}:
        origin = _last_bracket(kept["text"])
    return Trigger(kept["source"], kept["text"], origin or "")


def _last_bracket(text: str) -> str:
    """What stands in the bracket that closes the text, brackets within it included."""
    if not text.endswith(")"):
        return ""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if depth == 0:
            return text[place + 1 : -1]
    return ""
