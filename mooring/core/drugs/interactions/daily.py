"""How much of a medicine is taken in a day, read from words; unknown where they do not say it.

Nothing is guessed: an amount that may be read in two ways is unknown, with the reason beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from mooring.core.drugs.interactions.direction_parts import milligrams
from mooring.core.drugs.interactions.doubts import MASS, NUMBER, PIECE, SPELT, WORDS, doubt
from mooring.core.drugs.interactions.fractions_of_one import as_decimals, signs_as_fractions
from mooring.core.drugs.interactions.frequency import says_how_often, times_a_day
from mooring.core.drugs.interactions.schedule import scheduled
from mooring.core.drugs.interactions.words_read import unread_word

_EACH_OF = (
    r"(?:m?l\b|millilit|cc\b|tsp|teaspoon|actuat|hr?\b|hours?|min|sprays?|puff|inhal|drop|gtt|kg|m2"
    r"|patch|vial|amp)"
)
_FOR_ALL = rf"\s*(?:/|per)\s*(?:{NUMBER}\s*)?{_EACH_OF}"
_AMOUNT = re.compile(rf"({NUMBER})\s*({MASS})(?!{_FOR_ALL})")
_STRENGTH = re.compile(rf"{NUMBER}\s*{MASS}{_FOR_ALL}")
_SOME = rf"({NUMBER}|half an?|half|{SPELT})"
_COUNT = re.compile(rf"\b{_SOME}\s*(?:oral\s+)?{PIECE}")
_TAKEN = re.compile(rf"\btake\s+{_SOME}\s*(?:oral\s+)?{PIECE}")
_OF_ONE = re.compile(rf"{NUMBER}\s*{MASS}\s*(?:(?:oral|er|xr|sr|dr|odt|ir)\s+)*{PIECE}")
"""The amount of one tablet or capsule, as pharmacies print it: "0.5 mg tablet"."""
_IN_BRACKETS = rf"\(\s*({NUMBER})\s*({MASS})\s+total\s*\)"
_TOTAL = re.compile(rf"{PIECE}\s*{_IN_BRACKETS}")
_OTHER_NUMBERS = re.compile(
    r"\b\d+ (?:hr|hour)\b|\btake (?:one|1)\b|\b(?:one|1) (?:po|p\.o\.?|by mouth)(?!\w)"
    r"|\b\d{1,2}(?::\d\d)?\s*(?=[ap]\.?m\b)"
)
"""Hours of a slow release, "take one", and times of the clock: they change no amount."""
_MULTIPLE = re.compile(rf"({NUMBER})\s*x\s*(?={NUMBER}\s*{MASS})")
_LENGTH = re.compile(r"\b(?:x|for)\s*\d+\s*(?:days?|d|weeks?|months?)\b")
_ASIDES = (
    re.compile(
        rf"[;,.\s]\s*(?:pharmacy\s+)?(?:disp(?:ense)?|qty|quantity)\b\.?:?\s*#?\s*\d+(?:\s*{PIECE})?"
        r"(?![\w.])"
    ),
    re.compile(r"[;,.\s]\s*(?:\d+\s*refills?|refills?:?\s*\d+)\b"),
    re.compile(
        r"\((?:dose\s+)?(?:decreased|reduced|lowered|increased|changed)\s+from\s+"
        r"(?:(?!\bto\b)[^()])*\)"
    ),
)
"""What a pharmacy hands out, and the dose of before in brackets: no part of the dose of today."""


UNREAD = "words stand beside the amount that were not read"


@dataclass(frozen=True)
class Daily:
    """Milligrams in a day. Exactly one of the two fields says something."""

    mg: Fraction | None
    """Exact, because sevenths and fifths occur. None is unknown, and never 0."""
    why_not: str = ""
    """Why the amount is unknown, in a few words."""


def daily_amount(text: str, dose: str = "") -> Daily:
    """The daily amount that an entry's words give. Never raises, whatever they are."""
    name, taken = _without_asides(text), _without_asides(dose)
    by_parts = scheduled(name, taken)
    if by_parts is not None:
        return Daily(by_parts)
    name, taken = _LENGTH.sub(" ", name), _LENGTH.sub(" ", taken)
    both = f"{name} ; {taken}"
    if open_by := doubt(both):
        return Daily(None, open_by)
    once = _at_one_time(name, taken)
    often = times_a_day(_without_amounts(both))
    for part in (once, often):
        if isinstance(part, str):
            return Daily(None, part)
    if _told_apart(re.sub(_IN_BRACKETS, " ", both)):
        return Daily(None, "more than one dose is written")
    if unread_word(name, taken):
        return Daily(None, UNREAD)
    written = len(list(_amounts(_TOTAL.sub(" ", _field(name, taken)))))
    if written > 1 and often != written:
        return Daily(None, "the amount is written a second time")
    return Daily(Fraction(once) * Fraction(often))


def _told_apart(both: str) -> bool:
    """True where two amounts, or numbers of tablets, have a time between them: two doses."""
    ends = [
        (found.start(), found.end()) for found in (*_AMOUNT.finditer(both), *_COUNT.finditer(both))
    ]
    ends.sort()
    return any(says_how_often(both[end:start]) for (_, end), (start, _) in pairwise(ends))


_WHEN = re.compile(
    rf"\b(?:(?:{NUMBER}|an?|{SPELT}|half an?)\s*(?:hours?|hrs?|h|minutes?|mins?)\s+(?:ago|before)"
    r"|(?:this|last|in the|at)\s+(?:morning|afternoon|evening|night|noon|midday)|today|tonight"
    r"|took|taken|ago|(?:at\s+)?\d{1,2}(?::\d\d)?\s*[ap]\.?m\b|at\s+\d{1,2}(?::\d\d)?)(?!\w)"
)
"""When on the day it was: it changes no amount."""


def amount_at_one_time(text: str, dose: str = "") -> Daily:
    """What was taken at the one time that is told, in mg; unknown where the words leave it open."""
    name, taken = (_LENGTH.sub(" ", _WHEN.sub(" ", _plain(part))) for part in (text, dose))
    if open_by := doubt(f"{name} ; {taken}"):
        return Daily(None, open_by)
    often = times_a_day(_without_amounts(f"{name} ; {taken}"))
    if often not in ("how often is not written", Fraction(1)):
        return Daily(None, often if isinstance(often, str) else "more than one time is told")
    if unread_word(name, taken):
        return Daily(None, UNREAD)
    once = _at_one_time(name, taken)
    return Daily(None, once) if isinstance(once, str) else Daily(once)


def _field(name: str, taken: str) -> str:
    """Where the amount is looked for: with the dose, or else with the name."""
    return taken if _AMOUNT.search(taken) else name


def _without_amounts(both: str) -> str:
    """What is left for how often: a number that stays is one that nobody read.

    Numbers of tablets go first: of "two 5 mg tablets" the two would stand before the tablets.
    """
    for pattern in (_COUNT, _STRENGTH, _MULTIPLE, _AMOUNT, _OTHER_NUMBERS):
        both = pattern.sub(" ", both)
    return both


def _at_one_time(name: str, taken: str) -> Fraction | str:
    """What is taken at one time, in mg; or why that is unknown."""
    both = f"{name} ; {taken}"
    totals = {milligrams(number, unit) for number, unit in _TOTAL.findall(both)}
    if len(totals) == 1:
        return _agreed_total(totals.pop(), both)
    amounts = set(_amounts(_field(name, taken)))
    if not amounts:
        if _STRENGTH.search(both):
            return "only a strength for a volume or a time is written"
        return "no amount is written"
    if len(amounts) > 1:
        return "more than one amount is written"
    (amount,) = amounts
    return _times_count(amount, name, taken) if amount else "0 mg is written"


def _agreed_total(total: Fraction, both: str) -> Fraction | str:
    """The total of "2 tablets (1 mg total)", where the tablets that are named come to it."""
    strengths, pieces = set(_amounts(_TOTAL.sub(" ", both))), set(_pieces(_COUNT, both))
    if len(pieces) > 1:
        return "more than one number of tablets is written"
    if len(strengths) == len(pieces) == 1 and strengths.pop() * pieces.pop() != total:
        return "the total is not what its tablets come to"
    return total or "0 mg is written"


def _times_count(amount: Fraction, name: str, taken: str) -> Fraction | str:
    """The amount for so many tablets, where it is plainly the amount of one."""
    both = f"{name} ; {taken}"
    multiples = {Fraction(found) for found in _MULTIPLE.findall(both)}
    pieces = set(_pieces(_COUNT, both))
    if len(multiples | pieces) > 1:
        return "more than one number of tablets is written"
    if pieces - {Fraction(1)} and not _is_of_one(name, taken):
        return "whether the amount is of one tablet or of all is not said"
    (count,) = multiples | pieces or {Fraction(1)}
    return amount * count if count else "0 tablets are written"


def _is_of_one(name: str, taken: str) -> bool:
    """True where the amount is of one tablet, and the number of them says how many are taken.

    The amount stands with the name and the number with the dose; or the amount is printed as that
    of a tablet and the number stands behind "take".
    """
    if _OF_ONE.search(_field(name, taken)) and _TAKEN.search(f"{name} ; {taken}"):
        return True
    return not _AMOUNT.search(taken) and not set(_pieces(_COUNT, name))


def _amounts(field: str) -> Iterator[Fraction]:
    for number, unit in _AMOUNT.findall(field):
        yield milligrams(number, unit)


def _pieces(pattern: re.Pattern[str], field: str) -> Iterator[Fraction]:
    for said in pattern.findall(field):
        yield Fraction(1, 2) if said.startswith("half") else Fraction(WORDS.get(said, said))


_OMNI_NOCTE = re.compile(r"(?<=[a-zA-Z])[ ]ON(?=[\s.]*$)")
"""Latin for every night, in capitals at the end: "10 mg ON"."""


def _plain(text: str) -> str:
    """Lower case, one sign for each thing, numbers with a point and a leading zero."""
    night = _OMNI_NOCTE.sub(" nocte", text)
    whole = unicodedata.normalize("NFKD", signs_as_fractions(night))
    plain = "".join(sign for sign in whole.casefold() if not unicodedata.combining(sign))
    plain = plain.replace("\N{GREEK SMALL LETTER MU}g", "ug")
    plain = plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = plain.replace("\N{MULTIPLICATION SIGN}", "x").replace("\N{EN DASH}", "-")
    plain = re.sub(r"\b0,(?=\d)", "0.", plain)
    plain = re.sub(r"(?<![\w.])\.(?=\d)", "0.", plain)
    plain = re.sub(rf"\b(\d+)\s*\((?:{SPELT})\)", r"\1", plain)
    return as_decimals(plain)


def _without_asides(text: str) -> str:
    """The plain text without what a pharmacy hands out, and without the dose of before."""
    plain = _plain(text)
    for pattern in _ASIDES:
        plain = pattern.sub(" ", plain)
    return plain
