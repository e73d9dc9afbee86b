"""A medication list against a policy, for one drug and route. It decides nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.interactions import Entry, Known, Read, Taking, read
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
    over: bool
    """True where the record says that it is over: no finding comes from it then."""

    @property
    def current(self) -> bool:
        """False where the record says that it is over, or its words are a denial or an allergy."""
        return not self.over and self.read.taking.counts


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
class Listed:
    """A whole list as it was read: what holds whatever the route."""

    lines: tuple[Line, ...]
    """Every entry, in its order."""
    benzodiazepines: Benzodiazepines | None
    """None where no current entry names one."""

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
        return tuple(line for line in self.lines if line.over and line.rules)

    @property
    def not_taken(self) -> tuple[Line, ...]:
        """What a rule is about, and the words deny or call an allergy."""
        denied = (line for line in self.lines if not line.over and not line.read.taking.counts)
        return tuple(line for line in denied if line.rules)

    @property
    def may_be_over(self) -> tuple[Line, ...]:
        """What a rule is about, and still counts, although its words may say that it is over."""
        counted = (line for line in self.lines if line.current and line.rules)
        return tuple(line for line in counted if line.read.taking is Taking.MAY_BE_OVER)


def read_list(policy: InteractionPolicy, entries: Sequence[Entry]) -> Listed:
    """How each entry ends, and what the benzodiazepines among them come to."""
    lines = tuple(_line(policy, read(entry)) for entry in entries)
    return Listed(lines, benzodiazepines(policy, [line.read for line in lines if line.current]))


def findings(
    policy: InteractionPolicy, listed: Listed, drug: Drug, route: Route
) -> tuple[Finding, ...]:
    """What the list means for that drug by that route, from what asks for most to least."""
    current = (line.read.known for line in listed.lines if line.current)
    known = tuple(dict.fromkeys(chain.from_iterable(current)))
    order = list(Severity)
    found = _findings(policy, known, drug, route)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def _line(policy: InteractionPolicy, found: Read) -> Line:
    about = tuple(rule.id for rule in policy.rules if any(map(rule.is_about, found.known)))
    over = found.entry.status.casefold() in PAST | NOT_A_FACT
    if not found.recognised:
        return Line(found, Outcome.NOT_RECOGNISED, (), over)
    return Line(found, Outcome.FINDINGS if about else Outcome.NO_RULE, about, over)


def _findings(
    policy: InteractionPolicy, known: Sequence[Known], drug: Drug, route: Route
) -> Iterator[Finding]:
    for rule in policy.rules:
        about = tuple(one.name for one in known if rule.is_about(one))
        if about:
            effect = rule.by(route)
            yield Finding(rule, effect, about, carried_over(effect.claims, drug, route))
