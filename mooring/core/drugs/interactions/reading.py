"""Reads the entries of a medication list. None is lost; a misspelling is shown, never mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from mooring.core.drugs.interactions.daily import Daily, daily_amount
from mooring.core.drugs.interactions.names import RXNORM, Catalogue, Known, Words, load, words
from mooring.core.drugs.interactions.taking import Taking, taking

SHORTEST = 5
"""Letters: below this every word is near every other."""
LONG = 8
"""From so many letters on two slips may stand in a word."""
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
    found, left = _in_words(words(entry.text), catalogue)
    if not found:
        found, left = _in_words(words(entry.text.replace("-", "")), catalogue)
    coded = _by_code(entry, catalogue)
    known = tuple(dict.fromkeys((*coded, *found)))
    note = _code_note(entry, coded, found)
    amount = daily_amount(entry.text, entry.dose)
    said = taking(entry.text, entry.dose, left)
    return Read(entry, _without_groups(known), note, tuple(_near(left, catalogue)), amount, said)


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
    if entry.system != RXNORM or entry.code is None:
        return ()
    return catalogue.codes.get(entry.code.strip(), ())


def _code_note(entry: Entry, coded: Iterable[Known], found: Iterable[Known]) -> str:
    by_code, by_words = tuple(coded), tuple(found)
    if not entry.code:
        return ""
    if entry.system != RXNORM:
        return f"Code {entry.code} is of another system: read by its words."
    if not by_code:
        return f"RxNorm code {entry.code} is not in our table: read by its words."
    ruled = [known for known in by_words if known.group is not None]
    if ruled and not set(by_code) & set(ruled):
        names = ", ".join(known.name for known in by_code)
        return f"RxNorm code {entry.code} is {names}, the words say another: both count."
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
