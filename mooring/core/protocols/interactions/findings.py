"""A medication list against a policy, for one drug and route. It decides nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.interactions import Entry, Read, read
from mooring.core.protocols.interactions.benzodiazepines import Benzodiazepines, benzodiazepines
from mooring.core.protocols.interactions.carried import carried_over
from mooring.core.protocols.interactions.policy import Effect, InteractionPolicy, Rule, Severity
from mooring.core.protocols.screening.evaluate import NOT_A_FACT, PAST


class Outcome(StrEnum):
    """How one entry ends. Every entry has exactly one."""

    FINDINGS = "findings"
    NO_RULE = "no-rule"
    """Recognised; no rule here is about it. That is not the same as no interaction."""
    NOT_RECOGNISED = "not-recognised"


@dataclass(frozen=True)
class Line:
    """One entry of the list with how it ended."""

    read: Read
    outcome: Outcome
    rules: tuple[str, ...]
    """The ids of the rules that are about it."""
    current: bool
    """False where the record says that it is over: no finding comes from it then."""


@dataclass(frozen=True)
class Finding:
    """What one rule means for this list by this route."""

    rule: Rule
    effect: Effect
    medicines: tuple[str, ...]
    carried: tuple[str, ...]
    """In what the studies behind it differ from what is planned, each in a sentence."""

    @property
    def severity(self) -> Severity:
        """What it asks for."""
        return self.effect.severity


@dataclass(frozen=True)
class Review:
    """A whole list, for one drug and route."""

    drug: Drug
    route: Route
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    """From what asks for most to what asks for least."""
    benzodiazepines: Benzodiazepines | None

    @property
    def not_recognised(self) -> tuple[Line, ...]:
        """What nobody compared with anything."""
        return tuple(line for line in self.lines if line.outcome is Outcome.NOT_RECOGNISED)

    @property
    def no_rule(self) -> tuple[Line, ...]:
        """What is known by name, and no rule is about."""
        return tuple(line for line in self.lines if line.outcome is Outcome.NO_RULE)

    @property
    def ended(self) -> tuple[Line, ...]:
        """What a rule is about, and the record says is over."""
        return tuple(line for line in self.lines if not line.current and line.rules)

    @property
    def most(self) -> Severity | None:
        """The severity of the first finding; None where there is no finding."""
        return self.findings[0].severity if self.findings else None


def review(policy: InteractionPolicy, entries: Sequence[Entry], drug: Drug, route: Route) -> Review:
    """What the list means by that route. Every entry stands in `lines`, in its order."""
    lines = tuple(_line(policy, read(entry)) for entry in entries)
    current = [line.read for line in lines if line.current]
    order = list(Severity)
    found = sorted(_findings(policy, current, drug, route), key=lambda f: order.index(f.severity))
    return Review(drug, route, lines, tuple(found), benzodiazepines(policy, current))


def _line(policy: InteractionPolicy, found: Read) -> Line:
    about = tuple(rule.id for rule in policy.rules if any(map(rule.is_about, found.known)))
    current = found.entry.status not in PAST | NOT_A_FACT
    if not found.recognised:
        return Line(found, Outcome.NOT_RECOGNISED, (), current)
    return Line(found, Outcome.FINDINGS if about else Outcome.NO_RULE, about, current)


def _findings(
    policy: InteractionPolicy, reads: Sequence[Read], drug: Drug, route: Route
) -> Iterator[Finding]:
    known = tuple(dict.fromkeys(one for found in reads for one in found.known))
    for rule in policy.rules:
        about = tuple(one.name for one in known if rule.is_about(one))
        if about:
            effect = rule.by(route)
            yield Finding(rule, effect, about, carried_over(effect.claims, drug, route))
