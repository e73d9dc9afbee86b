"""What was taken today, read by the rules for the medication list, for this route."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mooring.core.drugs.drug import Route
from mooring.core.drugs.interactions import (
    Benzodiazepine,
    Entry,
    Known,
    Read,
    parts,
    read_taken,
    says_nothing,
    sums,
)
from mooring.core.drugs.interactions.equivalents import shown
from mooring.core.protocols.interactions.policy import InteractionPolicy, Rule, Severity, load
from mooring.core.protocols.starting.policy import TakenToday
from mooring.core.session.chart import plain
from mooring.core.session.check_in import (
    SUBSTANCE_WORDS,
    medicine_words,
    medicines,
    substance_words,
    substances,
    told,
)
from mooring.core.session.entries import TakenMedicine, TakenSubstance
from mooring.core.session.standing import Log
from mooring.core.session.view import Blocker

NEVER_A_MEDICINE_ALONE = frozenset({"ketamine", "esketamine", "nitrous oxide"})
"""What is weighed under whatever heading it was told: more of the drug itself, or of its like."""
WEIGHED_GROUPS = frozenset({"cannabis"})


@dataclass(frozen=True)
class Taken:
    """One thing that was taken today, as it was told and as it was read."""

    words: str
    read: Read
    unread: tuple[str, ...]
    """Words of it that nobody read."""
    told_as_substance: bool = False
    """True for what was told as no medicine of the patient's."""

    @property
    def substance(self) -> bool:
        """True for what no rule has to speak of: it is weighed whoever prescribed it."""
        return self.told_as_substance or any(
            known.name in NEVER_A_MEDICINE_ALONE or known.group in WEIGHED_GROUPS
            for known in self.read.known
        )

    @property
    def counts(self) -> bool:
        """False where the words say that it was not taken: "no alcohol"."""
        return self.read.taking.counts


def taken_today(log: Log) -> Iterator[Taken]:
    """Everything that the check-ins name: picked, typed, or told in an older entry's free words."""
    for substance in substances(log):
        yield from _substance(substance)
    for medicine in medicines(log):
        yield _medicine(medicine)
    for text in told(log, "substances_today"):
        yield from _told(text, substance=True)
    for text in told(log, "medicines_today"):
        yield from _told(text, substance=False)


def to_weigh(rule: TakenToday, log: Log, route: Route) -> Iterator[Blocker]:
    """What of it a prescriber weighs before the start: one line for each thing."""
    policy = load(rule.interactions, rule.version)
    for taken in taken_today(log):
        if taken.counts:
            yield from _weighed(rule, policy, taken, route)


def _substance(one: TakenSubstance) -> Iterator[Taken]:
    if one.substance == "other":
        read, unread = read_taken(Entry(str(one.detail)))
        yield Taken(substance_words(one), read, unread, told_as_substance=True)
        return
    read, _ = read_taken(Entry(SUBSTANCE_WORDS[one.substance], one.detail or ""))
    yield Taken(substance_words(one), read, (), told_as_substance=True)


def _medicine(one: TakenMedicine) -> Taken:
    read, unread = read_taken(Entry(one.name, one.dose or ""))
    return Taken(medicine_words(one), read, unread)


def _told(text: str, *, substance: bool) -> Iterator[Taken]:
    if says_nothing(text):
        return
    for part in parts(text):
        read, unread = read_taken(Entry(part))
        yield Taken(part, read, unread, told_as_substance=substance)


def _weighed(
    rule: TakenToday, policy: InteractionPolicy, taken: Taken, route: Route
) -> Iterator[Blocker]:
    speaking = list(_speaking(policy, taken.read.known, rule.weigh, route))
    if taken.substance or speaking:
        why = [one.mechanism for one in speaking]
        claims = [claim for one in speaking for claim in one.by(route).claims]
        text = f"Taken today: {taken.words}{_as_diazepam(policy, taken.read)}"
        yield Blocker(
            "taken.substance" if taken.substance else "taken.medicine",
            ". ".join([text, *dict.fromkeys(reversed(why))]),
            tuple(dict.fromkeys((*rule.claims, *claims))),
            fact=_fact(taken.words),
        )
    if not taken.read.recognised or taken.unread:
        unread = taken.words if not taken.read.recognised else ", ".join(taken.unread)
        yield Blocker(
            "taken.not_recognised",
            f"Taken today, not recognised: {unread}. Nothing was compared with it",
            rule.claims,
            fact=_fact(f"{taken.words}: {unread}"),
        )


def _speaking(
    policy: InteractionPolicy, known: tuple[Known, ...], weigh: tuple[Severity, ...], route: Route
) -> Iterator[Rule]:
    for one in policy.rules:
        if any(map(one.is_about, known)) and one.by(route).severity in weigh:
            yield one


def _as_diazepam(policy: InteractionPolicy, read: Read) -> str:
    """The amount as diazepam, by every table that knows it; nothing without a benzodiazepine."""
    named = [known for known in read.known if known.group == policy.benzodiazepines]
    if not named:
        return ""
    mg = read.daily.mg if len(read.known) == 1 else None
    found = sums([Benzodiazepine(named[0].name, mg)]) if mg is not None else ()
    if not found:
        return " (as diazepam: amount not known)"
    least, most = min(one.low for one in found), max(one.high for one in found)
    ends = dict.fromkeys(_milligrams(end) for end in (least, most))
    return f" ({' to '.join(ends)} mg as diazepam)"


def _milligrams(mg: Fraction) -> str:
    return plain(shown(mg))


def _fact(words: str) -> str:
    """The words themselves name the fact; a long telling by its beginning."""
    return words[:200]
