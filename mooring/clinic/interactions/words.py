"""Findings, studies and doses as the page says them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mooring.core import evidence
from mooring.core.drugs.interactions import TableSum
from mooring.core.drugs.interactions.equivalents import shown
from mooring.core.evidence.models import Claim, Disagreement
from mooring.core.protocols.interactions import (
    Amount,
    Benzodiazepines,
    Finding,
    Severity,
    Verdict,
)
from mooring.core.quantities import plain

MARKS = {
    Severity.DECIDE: "caution",
    Severity.WATCH: "due",
    Severity.KNOW: "info",
    Severity.NONE_FOUND: "info",
}
"""The state mark of each severity."""
VERDICTS = {
    Verdict.ABOVE: ("caution", "above {line}"),
    Verdict.TABLES_DIFFER: ("caution", "above {line} by some tables"),
    Verdict.UNKNOWN: ("unknown", "amount not known"),
    Verdict.NOT_ABOVE: ("info", "not above {line}"),
}


@dataclass(frozen=True)
class Study:
    """One claim behind a finding, for the line of its table."""

    claim: Claim

    @property
    def measured(self) -> bool:
        """True where it has a number, from a number of people."""
        return self.claim.n is not None and bool(self.claim.quantities)

    @property
    def people(self) -> str:
        """How many, and who; empty where it tells of nobody in particular."""
        count, who = self.claim.n, self.claim.population
        if count is None or who.startswith(f"{count} "):
            return who
        n = f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{count}"
        return ", ".join(filter(None, (n, who)))

    @property
    def given(self) -> str:
        """Which form of the drug, by which route, as far as it says."""
        return ", ".join(filter(None, (self.claim.drug, self.claim.route)))


@dataclass(frozen=True)
class Shown:
    """One finding with its mark, its studies and the sides of its disagreements."""

    finding: Finding

    @property
    def mark(self) -> str:
        """The kind of its state mark."""
        return MARKS[self.finding.severity]

    @property
    def medicines(self) -> str:
        """What makes the rule speak; empty where the rule's title says it already."""
        names = ", ".join(self.finding.medicines)
        return "" if names.casefold() == self.finding.rule.title.casefold() else names

    @property
    def studies(self) -> list[Study]:
        """What is behind it."""
        return [Study(evidence.load().claim(name)) for name in self.finding.effect.claims]

    @property
    def measured(self) -> list[Study]:
        """What was counted or measured, in so many people."""
        return [study for study in self.studies if study.measured]

    @property
    def told(self) -> list[Study]:
        """What is said without a number of people."""
        return [study for study in self.studies if not study.measured]

    @property
    def disagreements(self) -> list[Disagreement]:
        """Where its sources say different things."""
        return [evidence.load().disagreement(name) for name in self.finding.rule.disagreements]


@dataclass(frozen=True)
class Dose:
    """The benzodiazepines of a list beside the threshold."""

    benzodiazepines: Benzodiazepines
    line: str
    """The threshold with its unit."""

    @property
    def mark(self) -> str:
        """The kind of its state mark."""
        return VERDICTS[self.benzodiazepines.verdict][0]

    @property
    def word(self) -> str:
        """Where the amount stands."""
        return VERDICTS[self.benzodiazepines.verdict][1].format(line=self.line)

    @property
    def rows(self) -> list[tuple[TableSum, str]]:
        """Each table with what it comes to."""
        return [(one, amount(one)) for one in self.benzodiazepines.sums]

    @property
    def counted(self) -> list[tuple[Amount, str]]:
        """Each entry that is added up, with its mg in a day."""
        added = self.benzodiazepines.counted
        return [(one, milligrams(one.mg)) for one in added if one.mg is not None]


def amount(one: TableSum) -> str:
    """For example "5 mg", "10 to 20 mg", "at least 5 mg"."""
    ends = dict.fromkeys(milligrams(end) for end in (one.low, one.high))
    return f"{'' if one.whole else 'at least '}{' to '.join(ends)} mg"


def milligrams(mg: Fraction) -> str:
    """The bare number, to a hundredth."""
    return plain(shown(mg))
