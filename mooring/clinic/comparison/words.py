"""Amounts and sources as the comparison says them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mooring.core import evidence
from mooring.core.drugs.comparison import Mark
from mooring.core.evidence.models import Claim, Status
from mooring.core.quantities import Milligrams, plain

_WHOLE_FROM = Decimal(100)


def nominal(amount: Milligrams) -> str:
    """The bare number: tenths of a milligram below 100 mg, whole ones above. More is not known."""
    step = "1" if amount.value >= _WHOLE_FROM else "0.1"
    return plain(amount.rounded(step).value)


def between(least: Milligrams, most: Milligrams) -> str:
    """One amount, or two with "to" between them: "70 to 310 mg"."""
    ends = dict.fromkeys((nominal(least), nominal(most)))
    return f"{' to '.join(ends)} mg"


MEASURED = (Status.VERIFIED, Status.RELAYED)
"""What stands behind a number that a study measured."""


@dataclass(frozen=True)
class Behind:
    """What stands behind a mark, for the line of its table."""

    claim: Claim
    measured: Claim
    """The claim itself; for one that was computed from a study's numbers, the study's claim."""

    @property
    def author(self) -> str:
        """Who says it and when; empty for what was worked out from a founding document."""
        source = evidence.load().source_of(self.measured.id)
        if source is None:
            return ""
        year = "" if source.year is None else str(source.year)
        return source.author if year in source.author else f"{source.author} {year}"

    @property
    def people(self) -> str:
        """How many, and who."""
        n, who = self.measured.n, self.measured.population
        if n is None:
            return who or "n not stated"
        count = "\N{NO-BREAK SPACE}".join(("n", "=", str(n)))
        return f"{count}, {who}" if who else count

    @property
    def computed_from(self) -> tuple[str, ...]:
        """The claims that a computed figure stands on."""
        return self.claim.computed_from


def behind(mark: Mark) -> Behind:
    """A figure computed from a study's numbers tells of that study's people."""
    claim = mark.number.claim
    parts = (evidence.load().claim(name) for name in claim.computed_from)
    study = next((part for part in parts if part.status in MEASURED), claim)
    return Behind(claim, study)
