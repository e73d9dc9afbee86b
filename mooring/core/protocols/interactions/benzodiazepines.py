"""Benzodiazepines of a list against the threshold: above, not above, or not to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mooring.core.drugs.interactions import Benzodiazepine, Read, TableSum, sums
from mooring.core.protocols.interactions.policy import InteractionPolicy


class Verdict(StrEnum):
    """Where the daily amount stands. What is not known is never counted as nothing."""

    ABOVE = "above"
    """By every table that knows any of it."""
    TABLES_DIFFER = "tables-differ"
    """Above by some tables only."""
    UNKNOWN = "unknown"
    """What is known does not pass the threshold, and something is not known."""
    NOT_ABOVE = "not-above"
    """By every table that knows all of it."""


@dataclass(frozen=True)
class Unread:
    """A benzodiazepine whose daily amount the list does not say."""

    medicine: str
    text: str
    why: str


@dataclass(frozen=True)
class Benzodiazepines:
    """The benzodiazepines of a list, what each table makes of them, and what stays unknown."""

    taken: tuple[Benzodiazepine, ...]
    sums: tuple[TableSum, ...]
    unread: tuple[Unread, ...]
    verdict: Verdict

    @property
    def flagged(self) -> bool:
        """True where at least one table puts the amount above the threshold."""
        return self.verdict in {Verdict.ABOVE, Verdict.TABLES_DIFFER}


def benzodiazepines(policy: InteractionPolicy, reads: Sequence[Read]) -> Benzodiazepines | None:
    """How much diazepam the list's benzodiazepines come to in a day; None where it names none."""
    taken: list[Benzodiazepine] = []
    unread: list[Unread] = []
    for read in reads:
        found = [known for known in read.known if known.group == policy.benzodiazepines]
        for known in found:
            mg, why = read.daily.mg, read.daily.why_not
            if known.whole_group or len(read.known) > 1:
                mg, why = None, "which medicine the amount belongs to is not said"
            taken.append(Benzodiazepine(known.name, mg))
            if mg is None:
                unread.append(Unread(known.name, read.entry.text, why))
    if not taken:
        return None
    found_sums = sums(taken)
    verdict = _verdict(found_sums, Fraction(policy.threshold.value))
    return Benzodiazepines(tuple(taken), found_sums, tuple(unread), verdict)


def _verdict(found: Sequence[TableSum], threshold: Fraction) -> Verdict:
    above = [one for one in found if one.high > threshold]
    if found and all(one.low > threshold for one in found):
        return Verdict.ABOVE
    if above:
        return Verdict.TABLES_DIFFER
    return Verdict.NOT_ABOVE if any(one.whole for one in found) else Verdict.UNKNOWN
