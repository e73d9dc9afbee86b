"""Reads the entries of a medication list. None is lost; a misspelling is shown, never mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from mooring.core.code_systems import RXNORM, Coding, canonical
from mooring.core.drugs.interactions.daily import Daily, daily_amount
from mooring.core.drugs.interactions.names import Catalogue, Known, Words, load, words
from mooring.core.drugs.interactions.taking import Taking, taking

SHORTEST = 5
"""Letters: below this every word is near every other."""
LONG = 8
"""From so many letters on two slips may stand in a word."""
MANY = 8_192
"""So many lines are kept as they were read."""
NEAR = 2
"""As many near names are shown for one word."""
FORMS = frozenset(
    {
        *("actuat", "capsule", "capsules", "chewable", "daily", "delayed", "disintegrating"),
        *("extended", "hydrochloride", "injection", "mouth", "nightly", "patch", "release"),
        *("sodium", "solution", "spray", "sulfate", "suspension", "syrup", "tablet", "tablets"),
        *("tartrate", "transdermal", "twice", "weekly"),
    }
)
"""Words of doses and forms, which are no misspelt medicine."""


COUNTED = frozenset({"times", "time", "x", "mg", "mcg", "g", "ml", "per", "a", "hours"})
"""Behind a number these say that it counts: "Tylenol 3 times daily" is no Tylenol 3."""


@dataclass(frozen=True)
class Entry:
    """One line of a medication list, as the record holds it."""

    text: str
    dose: str = ""
    system: str | None = None
    code: str | None = None
    status: str = "unknown"
    codings: tuple[Coding, ...] = ()
    """Further codes that came with it, each with its words."""

    @property
    def all_codings(self) -> tuple[Coding, ...]:
        """Its code and the further ones."""
        return (Coding(self.system, self.code), *self.codings)


@dataclass(frozen=True)
class Read:
    """What was read in an entry."""

    entry: Entry
    known: tuple[Known, ...]
    """The medicines found by code and by name, each once; empty where none was recognised."""
    code_note: str
    """What is to be known of its code: not in the table, or at odds with the words; else empty."""
    near: tuple[str, ...]
    """Names that an unread word may stand for. Only shown: nothing follows from them."""
    daily: Daily
    taking: Taking
    """What its words say about whether it is taken."""

    @property
    def recognised(self) -> bool:
        """True where at least one medicine was found."""
        return bool(self.known)


def read(entry: Entry, catalogue: Catalogue | None = None) -> Read:
    """What stands in the entry: its medicines, what is wrong with its code, its daily amount."""
    catalogue = catalogue or load()
    found, left = _names(entry.text, catalogue)
    coded = _by_code(entry, catalogue)
    known = tuple(dict.fromkeys((*coded, *found, *_displayed(entry.codings, catalogue))))
    note = _code_note(entry, coded, found)
    amount = daily_amount(entry.text, entry.dose)
    said = taking(entry.text, entry.dose, left)
    return Read(entry, _without_groups(known), note, tuple(_near(left, catalogue)), amount, said)


@lru_cache(MANY)
def medicines(text: str, dose: str = "") -> tuple[tuple[Known, ...], Taking]:
    """The medicines that a line names, and what its words say about whether they are taken."""
    found, left = _names(text, load())
    return _without_groups(tuple(dict.fromkeys(found))), taking(text, dose, left)


def by_codes(codings: Iterable[Coding]) -> tuple[Known, ...]:
    """The medicines that RxNorm codes mean, each once; other systems and unknown codes none."""
    return tuple(dict.fromkeys(_coded(codings, load())))


def _names(text: str, catalogue: Catalogue) -> tuple[tuple[Known, ...], Words]:
    found, left = _in_words(words(text), catalogue)
    if found or "-" not in text:
        return found, left
    return _in_words(words(text.replace("-", "")), catalogue)


def _displayed(codings: Iterable[Coding], catalogue: Catalogue) -> Iterator[Known]:
    for coding in codings:
        yield from _names(coding.display, catalogue)[0]


def names_and_rest(text: str) -> tuple[tuple[Known, ...], Words]:
    """The medicines that a text names, and its other words."""
    return _in_words(words(text), load())


def _in_words(text: Words, catalogue: Catalogue) -> tuple[tuple[Known, ...], Words]:
    """The names in the text, the longest first at each place, and the words that are none."""
    found: list[Known] = []
    left: list[str] = []
    at = 0
    while at < len(text):
        for length in range(min(catalogue.longest, len(text) - at), 0, -1):
            known = catalogue.phrases.get(text[at : at + length])
            if known is not None and not _another(text, at, at + length, catalogue):
                found.append(known)
                at += length
                break
        else:
            left.append(text[at])
            at += 1
    return tuple(found), tuple(left)


def _another(text: Words, start: int, end: int, catalogue: Catalogue) -> bool:
    """True where the words beside a name make it another thing, or take it away.

    "Opioid-free" and "non-opioid" name no opioid; a number that counts belongs to no name.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == ("non",) or after == ("free",):
        return True
    without_its_number = text[end - 1].isdigit() and text[start : end - 1] in catalogue.phrases
    return without_its_number and bool(COUNTED.intersection(after))


def _by_code(entry: Entry, catalogue: Catalogue) -> tuple[Known, ...]:
    return tuple(dict.fromkeys(_coded(entry.all_codings, catalogue)))


def _coded(codings: Iterable[Coding], catalogue: Catalogue) -> Iterator[Known]:
    for coding in codings:
        if coding.code is not None and canonical(coding.system) == RXNORM:
            yield from catalogue.codes.get(coding.code.strip(), ())


def _code_note(entry: Entry, coded: Iterable[Known], found: Iterable[Known]) -> str:
    by_code, by_words = tuple(coded), tuple(found)
    sent = [coding for coding in entry.all_codings if coding.code]
    if not sent:
        return ""
    rxnorm = [coding.code for coding in sent if canonical(coding.system) == RXNORM]
    if not rxnorm:
        return f"Code {sent[0].code} is of another system: read by its words."
    if not by_code:
        return f"RxNorm code {rxnorm[0]} is not in our table: read by its words."
    ruled = [known for known in by_words if known.group is not None]
    if ruled and not set(by_code) & set(ruled):
        names = ", ".join(known.name for known in by_code)
        return f"RxNorm code {rxnorm[0]} is {names}, the words say another: both count."
    return ""


def _without_groups(known: tuple[Known, ...]) -> tuple[Known, ...]:
    """A group's own name says nothing more where one of its medicines stands beside it."""
    exact = {one.group for one in known if not one.whole_group}
    return tuple(one for one in known if not (one.whole_group and one.group in exact))


def _near(left: Words, catalogue: Catalogue) -> Iterator[str]:
    shown: set[str] = set()
    for word in left:
        if len(word) < SHORTEST or word in FORMS:
            continue
        slips = 2 if len(word) >= LONG else 1
        hits = process.extract(
            word,
            catalogue.spellings,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=slips,
        )
        nearest: dict[str, str] = {}
        for spelling, _, _ in hits:
            nearest.setdefault(catalogue.phrases[(spelling,)].name, spelling)
        names = list(nearest.values())[:NEAR]
        yield from (name for name in names if name not in shown)
        shown.update(names)
