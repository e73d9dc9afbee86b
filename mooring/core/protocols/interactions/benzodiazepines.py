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
class Unread:
    """A benzodiazepine whose daily amount is not known as diazepam: not said, or in no table."""

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
    def repeated(self) -> tuple[str, ...]:
        """Medicines that stand in more than one entry: each entry is added up."""
        named = Counter(one.medicine for one in self.taken)
        return tuple(medicine for medicine, count in named.items() if count > 1)

    @property
    def flagged(self) -> bool:
        """True where at least one table puts the amount above the threshold."""
        return self.verdict in {Verdict.ABOVE, Verdict.TABLES_DIFFER}


def benzodiazepines(policy: InteractionPolicy, reads: Sequence[Read]) -> Benzodiazepines | None:
    """How much diazepam the list's benzodiazepines come to in a day; None where it names none."""
    taken: list[Benzodiazepine] = []
    unread: list[Unread] = []
    for read in reads:
        for known in (known for known in read.known if known.group == policy.benzodiazepines):
            one, why = _one(known, read)
            taken.append(one)
            if why:
                unread.append(Unread(known.name, read.entry.text, why))
    if not taken:
        return None
    found_sums = sums(taken)
    verdict = _verdict(found_sums, Fraction(policy.threshold.value))
    return Benzodiazepines(tuple(taken), found_sums, tuple(unread), verdict)


def _one(known: Known, read: Read) -> tuple[Benzodiazepine, str]:
    """One benzodiazepine of an entry, and why its amount as diazepam is unknown, or nothing."""
    if known.whole_group or len(read.known) > 1:
        return Benzodiazepine(known.name, None), "which medicine the amount belongs to is not said"
    one = Benzodiazepine(known.name, read.daily.mg)
    if one.mg is not None and not sums([one]):
        return one, NO_TABLE
    return one, read.daily.why_not


def _verdict(found: Sequence[TableSum], threshold: Fraction) -> Verdict:
    above = [one for one in found if one.high > threshold]
    if found and all(one.low > threshold for one in found):
        return Verdict.ABOVE
    if above:
        return Verdict.TABLES_DIFFER
    return Verdict.NOT_ABOVE if any(one.whole for one in found) else Verdict.UNKNOWN
