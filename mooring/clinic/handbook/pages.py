"""What a policy's page is made of, the same for every kind of policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True)
class When:
    """One thing that makes a rule speak, in words, with the claims behind its number."""

    text: str
    claims: tuple[str, ...] = ()
    anchor: str = ""
    """The id of the entry on the same page that says more; empty when nothing does."""


@dataclass(frozen=True)
class Outcome:
    """What a case expects: a state mark (the kinds of the state component) and its words."""

    mark: str
    text: str


NOTHING = (Outcome("met", "Nothing is raised"),)


@dataclass(frozen=True)
class Case:
    """One row of a policy's table: what goes in, what must come out."""

    title: str
    given: tuple[str, ...]
    expected: tuple[Outcome, ...]


@dataclass(frozen=True)
class Rule:
    """One rule or number of a policy, as a clinician reads it."""

    title: str
    text: str = ""
    mark: str = ""
    """The state mark before the title; empty where the entry raises nothing."""
    word: str = ""
    """The word of that mark, for example "Stop"."""
    when: tuple[When, ...] = ()
    claims: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    """The rows that are about this rule alone."""
    anchor: str = ""

    @property
    def all_claims(self) -> Iterator[str]:
        """The claims of the rule and of each thing that makes it speak."""
        yield from self.claims
        yield from chain.from_iterable(when.claims for when in self.when)


@dataclass(frozen=True)
class Section:
    """Rules that belong together."""

    anchor: str
    title: str
    rules: tuple[Rule, ...]
    text: str = ""
    mark: str = ""
    """The state mark of the heading; empty for none."""
    folded: bool = False
    """True for long lists that are looked up and seldom read through."""


@dataclass(frozen=True)
class Page:
    """One policy."""

    kind: str
    name: str
    version: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    cases: tuple[Case, ...]
    """The rows that stand under no single rule."""
    claims: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    """What every case starts from."""

    @property
    def rules(self) -> Iterator[Rule]:
        """The rules of all sections."""
        yield from chain.from_iterable(section.rules for section in self.sections)

    @property
    def case_count(self) -> int:
        """All rows, wherever they stand."""
        return len(self.cases) + sum(len(rule.cases) for rule in self.rules)

    @property
    def cited(self) -> frozenset[str]:
        """Every claim that the policy rests on."""
        return frozenset(chain(self.claims, *(rule.all_claims for rule in self.rules)))

    @property
    def contested(self) -> frozenset[str]:
        """Every disagreement that the policy stands in."""
        return frozenset(chain(self.disagreements, *(rule.disagreements for rule in self.rules)))
