"""Benzodiazepines of a list against the threshold: above, not above, or not to be told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mooring.core.drugs.interactions import Benzodiazepine, Known, Read, TableSum, sums
from mooring.core.protocols.interactions.policy import InteractionPolicy

NO_TABLE = "no table here sets it beside diazepam"


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
class Amount:
    """A benzodiazepine of one entry, with its mg in a day as that was read."""

    medicine: str
    mg: Fraction | None
    text: str
    """The words of the entry."""
    why: str
    """Why it is not known as diazepam; empty where it is."""


@dataclass(frozen=True)
class Benzodiazepines:
    """The benzodiazepines of a list, what each table makes of them, and what stays unknown."""

    amounts: tuple[Amount, ...]
    sums: tuple[TableSum, ...]
    verdict: Verdict

    @property
    def counted(self) -> tuple[Amount, ...]:
        """What at least one table adds up."""
        return tuple(amount for amount in self.amounts if not amount.why)

    @property
    def unread(self) -> tuple[Amount, ...]:
        """What no table adds up: the list does not say how much, or no table knows it."""
        return tuple(amount for amount in self.amounts if amount.why)

    @property
    def repeated(self) -> tuple[str, ...]:
        """Medicines that stand in more than one entry: each entry is added up."""
        named = Counter(amount.medicine for amount in self.amounts)
        return tuple(medicine for medicine, count in named.items() if count > 1)

    @property
    def flagged(self) -> bool:
        """True where at least one table puts the amount above the threshold."""
        return self.verdict in {Verdict.ABOVE, Verdict.TABLES_DIFFER}


def benzodiazepines(policy: InteractionPolicy, reads: Sequence[Read]) -> Benzodiazepines | None:
    """How much diazepam the list's benzodiazepines come to in a day; None where it names none."""
    amounts = tuple(
        _amount(known, read)
        for read in reads
        for known in read.known
        if known.group == policy.benzodiazepines
    )
    if not amounts:
        return None
    found = sums([Benzodiazepine(amount.medicine, amount.mg) for amount in amounts])
    return Benzodiazepines(amounts, found, _verdict(found, Fraction(policy.threshold.value)))


def _amount(known: Known, read: Read) -> Amount:
    mg, why = read.daily.mg, read.daily.why_not
    if known.whole_group or len(read.known) > 1:
        mg, why = None, "which medicine the amount belongs to is not said"
    if mg is not None and not sums([Benzodiazepine(known.name, mg)]):
        why = NO_TABLE
    text = ", ".join(filter(None, (read.entry.text, read.entry.dose)))
    return Amount(known.name, mg, text, why)


def _verdict(found: Sequence[TableSum], threshold: Fraction) -> Verdict:
    above = [one for one in found if one.high > threshold]
    if found and all(one.low > threshold for one in found):
        return Verdict.ABOVE
    if above:
        return Verdict.TABLES_DIFFER
    return Verdict.NOT_ABOVE if any(one.whole for one in found) else Verdict.UNKNOWN
