"""Directions cut into parts: amounts, numbers of tablets, times. Another word stops it.

What is not known word by word is not read at all, so that nothing of it can be passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from mooring.core.drugs.interactions.doubts import MASS, NUMBER, PIECE, SPELT
from mooring.core.drugs.interactions.doubts import WORDS as NUMBERS
from mooring.core.drugs.interactions.frequency import ONCE, rate_at
from mooring.core.drugs.interactions.words_read import WORDS


class Kind(Enum):
    """What one part says."""

    MASS = "mg at one time"
    DAY_MASS = "mg in a day"
    PIECES = "tablets"
    BARE = "a number without its word"
    VOLUME = "mL"
    RATE = "how often"
    TIME = "a time of the day"
    PATTERN = "1-0-1"
    BETWEEN = "and"
    LENGTH = "for so many days"


@dataclass(frozen=True)
class Part:
    """One part with its number, or the name of its time of day."""

    kind: Kind
    number: Fraction = Fraction(0)
    name: str = ""


_VOLUME = r"(?:ml|mls|cc|millilit(?:er|re)s?)\b"
_DAY = r"(?:(?:a|per|each|in a)\s+day\b|/\s*(?:day|d)\b|/\s*24\s*h(?:(?:ou)?rs?)?\b)"
_LIQUID = re.compile(rf"({NUMBER})\s*({MASS})\s*(?:/|per)\s*({NUMBER})?\s*{_VOLUME}")
_ONE_PIECE = re.compile(rf"({NUMBER})\s*({MASS})\s*(?:(?:oral|er|xr|sr|dr|odt|ir)\s+)*{PIECE}")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def milligrams(number: str, unit: str) -> Fraction:
    """So many of that unit of mass, in mg."""
    if unit.startswith(("mg", "milli")):
        return Fraction(number)
    return Fraction(number) * (1000 if unit.startswith("g") else Fraction(1, 1000))


def one_of(text: str) -> tuple[Fraction, int] | None:
    """The mg of one tablet, as "1 mg tabs" begins; and where its words end."""
    found = _ONE_PIECE.match(text)
    return (milligrams(found[1], found[2]), found.end()) if found else None


def in_one_ml(text: str) -> tuple[Fraction, int] | None:
    """The mg in one mL, as "5 mg/5 mL" begins; and where its words end."""
    found = _LIQUID.match(text)
    if found is None or not Fraction(found[3] or 1):
        return None
    return milligrams(found[1], found[2]) / Fraction(found[3] or 1), found.end()


def _number(said: str) -> Fraction:
    return Fraction(1, 2) if said == "half" else Fraction(NUMBERS.get(said, said))


def _mass(found: re.Match[str]) -> Part:
    return Part(Kind.MASS, milligrams(found[1], found[2]))


def _day_mass(found: re.Match[str]) -> Part:
    return Part(Kind.DAY_MASS, milligrams(found[1], found[2]))


def _several(found: re.Match[str]) -> Part:
    return Part(Kind.MASS, _number(found[1]) * milligrams(found[2], found[3]))


def _multiplied(found: re.Match[str]) -> Part:
    return Part(Kind.MASS, milligrams(found[1], found[2]) * Fraction(found[3]))


def _counted(kind: Kind) -> Callable[[re.Match[str]], Part]:
    return lambda found: Part(kind, _number(found[1]))


def _pattern(found: re.Match[str]) -> Part:
    return Part(Kind.PATTERN, sum(map(Fraction, found[0].split("-")), Fraction(0)))


def _time(found: re.Match[str]) -> Part:
    word = found["word"]
    return Part(Kind.TIME, name=next(n for n, all_ in WORDS.times.items() if word in all_))


def _named(kind: Kind, name: str = "", number: int = 0) -> Callable[[re.Match[str]], Part]:
    return lambda _: Part(kind, Fraction(number), name)


_COUNTABLE = rf"({NUMBER}|half|{SPELT})"
_GIVEN = rf"({NUMBER})\s*({MASS})"
_NOT_IN_A_VOLUME = r"(?!\s*(?:/|per\b)\s*(?!day|d\b|24))"
_ROUND_A_TIME = r"(?:(?:in(?: the)?|at(?: the)?|before|after|with|by|every|each|@)\s*)?"
_TIME = _any(word for words in WORDS.times.values() for word in words)
_HOW_LONG = rf"(?:{NUMBER}|half an?|an?|one|two)\s*(?:hours?|hrs?|h|minutes?|mins?)"
_BEFORE_BED = rf"{_HOW_LONG}\s+(?:before|prior to)\s+bed(?:time)?\b"
_FEW = r"[0-4](?:\.\d+)?"
_NO_MORE_OF_IT = r"(?![\w.,/-])(?!\s*[ap]\.?m\b)(?!\s*(?:to|or|x|-|\d))"
"""Behind a number that stands alone: not a range, an hour of the clock or a second number."""
_ONCE_A_LINE = rf"(?:in )?total(?: of)?:?\s+{_GIVEN}\s*(?:{_DAY}|daily\b)"
_IN_DOSES = rf"{_GIVEN}\s*{_DAY}\s+in\s+\d+\s+(?:divided\s+)?doses\b"
_TABLETS_AT_ONCE = rf"{_GIVEN}\s*x([2-4])(?=\s+(?:bid|tid|qid|b\.i\.d|t\.i\.d|qhs|qam|hs)\b)"
_DAYS_LONG = r"(?:x|for)\s*\d+\s*(?:days?|d|weeks?|wks?|months?)\b"
_CLOCK = 1
"""Marks a time that is read off the clock: beside a word it may name the same time."""
_MADE = (
    (_ONCE_A_LINE, _day_mass),
    (_IN_DOSES, _day_mass),
    (rf"(\d(?:\.\d+)?|10)\s*x\s*{_GIVEN}(?:\s*{PIECE})?", _several),
    (rf"{_COUNTABLE}\s+(?:an?\s+)?{_GIVEN}\s*{PIECE}", _several),
    (_TABLETS_AT_ONCE, _multiplied),
    (rf"{_GIVEN}(?:\s+total\b)?{_NOT_IN_A_VOLUME}", _mass),
    (rf"({NUMBER})\s*{_VOLUME}(?!\s*/)", _counted(Kind.VOLUME)),
    (rf"{_COUNTABLE}\s*(?:oral\s+)?{PIECE}", _counted(Kind.PIECES)),
    (rf"{_FEW}(?:-{_FEW}){{2,3}}(?![\w.-])", _pattern),
    (_BEFORE_BED, _named(Kind.TIME, "night")),
    (r"/\s*24\s*h(?:(?:ou)?rs?)?\b", _named(Kind.RATE, number=1)),
    (r"(?:at|@)\s*(?:[1-9]|1[01])(?::\d\d)?\s*a\.?m\b\.?", _named(Kind.TIME, "morning", _CLOCK)),
    (r"(?:at|@)\s*(?:[6-9]|1[01])(?::\d\d)?\s*p\.?m\b\.?", _named(Kind.TIME, "evening", _CLOCK)),
    (rf"{_ROUND_A_TIME}(?P<word>{_TIME})(?!\w)\.?", _time),
    (_DAYS_LONG, _named(Kind.LENGTH)),
    (r"/", _named(Kind.BETWEEN, "/")),
    (rf"(?:{_any(WORDS.between)})(?!\w)|[,;&+]", _named(Kind.BETWEEN)),
    (rf"{_COUNTABLE}{_NO_MORE_OF_IT}", _counted(Kind.BARE)),
)
"""What each form of words is. The first that fits at its place is meant."""
_PARTS = tuple((re.compile(words), made) for words, made in _MADE)
_IDLE = re.compile(rf"(?:{_any(WORDS.idle)})(?!\w)|[().:]|{PIECE}")


def parts(text: str) -> list[Part] | None:
    """All parts of the text, in its order; None where one word of it is not known."""
    found: list[Part] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        read = _part_at(text, at)
        if read is None:
            return None
        part, at = read
        if part is not None:
            found.append(part)
    return found


def _part_at(text: str, at: int) -> tuple[Part | None, int] | None:
    """The part that begins there and where it ends; no part for a word that says nothing."""
    if rate := rate_at(text, at):
        return Part(Kind.RATE, rate[0]), rate[1]
    for pattern, made in _PARTS:
        if found := pattern.match(text, at):
            return made(found), found.end()
    idle = ONCE.match(text, at) or _IDLE.match(text, at)
    return (None, idle.end()) if idle else None
