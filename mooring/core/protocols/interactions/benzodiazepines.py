"""Benzodiazepines of a list against the threshold: above, not above, or not to be told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from mooring.core.drugs.interactions import Benzodiazepine, Known, Read, TableSum, sums
from mooring.core.drugs.interactions.names import words
from mooring.core.protocols.interactions.policy import InteractionPolicy

NO_TABLE = "no table here sets it beside diazepam"
MAY_BE_A_RENEWAL = "the same amount stands in another entry; whether it is a renewal is not said"


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
    renewals: int = 0
    """How many further entries say the same in the same words: they are not added up."""


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
    def renewed(self) -> tuple[str, ...]:
        """Medicines of which several entries say the same in the same words: counted once."""
        return tuple(dict.fromkeys(one.medicine for one in self.amounts if one.renewals))

    @property
    def repeated(self) -> tuple[str, ...]:
        """Medicines whose different amounts stand in more than one entry: each is added up."""
        named = Counter(amount.medicine for amount in self.counted)
        return tuple(medicine for medicine, count in named.items() if count > 1)

    @property
    def flagged(self) -> bool:
        """True where at least one table puts the amount above the threshold."""
        return self.verdict in {Verdict.ABOVE, Verdict.TABLES_DIFFER}


def benzodiazepines(policy: InteractionPolicy, reads: Sequence[Read]) -> Benzodiazepines | None:
    """How much diazepam the list's benzodiazepines come to in a day; None where it names none."""
    written = [
        _amount(known, read)
        for read in reads
        for known in read.known
        if known.group == policy.benzodiazepines
    ]
    amounts = tuple(_not_added_twice(_each_in_its_words(written)))
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


def _each_in_its_words(written: Sequence[Amount]) -> Iterator[Amount]:
    """Entries of one medicine in the same words are renewals of one prescription: one of them."""
    told = [(one.medicine, words(one.text)) for one in written]
    for at, one in enumerate(written):
        if told[at] not in told[:at]:
            yield replace(one, renewals=told.count(told[at]) - 1)


def _not_added_twice(amounts: Iterable[Amount]) -> Iterator[Amount]:
    """The same amount of one medicine in other words may be a renewal: it is not known."""
    seen: set[tuple[str, Fraction]] = set()
    for one in amounts:
        if one.mg is not None and (one.medicine, one.mg) in seen:
            yield replace(one, mg=None, why=MAY_BE_A_RENEWAL)
            continue
        if one.mg is not None:
            seen.add((one.medicine, one.mg))
        yield one


def _verdict(found: Sequence[TableSum], threshold: Fraction) -> Verdict:
    above = [one for one in found if one.high > threshold]
    if found and all(one.low > threshold for one in found):
        return Verdict.ABOVE
    if above:
        return Verdict.TABLES_DIFFER
    return Verdict.NOT_ABOVE if any(one.whole for one in found) else Verdict.UNKNOWN
