"""How often in a day something is taken, read from words."""

from __future__ import annotations

import re
from fractions import Fraction

_COUNTS = {"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "thrice": 3, "four": 4}
_NUMBER = r"(\d+|once|one|twice|two|three|thrice|four)"
_EACH = r"(?:a|per|each|every|in a|/)"
_DAY_RATE = re.compile(
    rf"\b{_NUMBER}\s*(?:(?:x|times?)\s*(?:{_EACH}\s*)?(?:days?|daily|d)\b"
    rf"|{_EACH}\s*(?:day|d)\b|daily\b)"
)
_WEEK_RATE = re.compile(rf"\b{_NUMBER}\s*(?:x|times?)?\s*(?:{_EACH}\s*)?week(?:ly)?\b")
_HOURS = re.compile(r"\b(?:q\s*|every\s+)(\d+)\s*(?:h|hrs?|hours?|hourly)\b")
_DAYS = re.compile(r"\bevery\s+(\d+)\s+days\b")
_FIXED = (
    (re.compile(r"\b(?:qid|q\.i\.d|qds)\b"), Fraction(4)),
    (re.compile(r"\b(?:tid|t\.i\.d|tds)\b"), Fraction(3)),
    (re.compile(r"\b(?:bid|b\.i\.d|bd)\b"), Fraction(2)),
    (re.compile(r"\b(?:qd|q\.d|od)\b"), Fraction(1)),
    (re.compile(r"\b(?:qod|q\.o\.d|every (?:other|second) day|alternate days?)\b"), Fraction(1, 2)),
    (re.compile(r"\b(?:weekly|every week|each week)\b"), Fraction(1, 7)),
)
_RANGE = re.compile(r"\d+\s*(?:-|to|or)\s*\d+\s*(?:h|hrs?|hours?|hourly|x|times|daily|a day)\b")
_OTHER = re.compile(r"\b(?:weeks?|months?|monthly|years?)\b")
_DAILY = re.compile(r"\b(?:daily|every day|each day|a day|per day)\b|/\s*(?:day|d)\b")
_NOT_READ = re.compile(r"\d|\b(?:one|two|three|four|once|twice|thrice|times|x)\b")
"""What says how much or how often, and stands where nobody read it."""
_TIMES_OF_DAY = (
    re.compile(r"\b(?:mornings?|qam|am|a\.m|breakfast)\b"),
    re.compile(r"\b(?:noon|midday|lunch|lunchtime|afternoons?)\b"),
    re.compile(r"\b(?:evenings?|qpm|pm|p\.m|dinner|supper)\b"),
    re.compile(r"\b(?:nights?|nightly|bedtime|qhs|q\.h\.s|hs)\b"),
)


def times_a_day(text: str) -> Fraction | str:
    """How often in a day; or, in a few words, why that is unknown. `text` is in lower case."""
    if _RANGE.search(text):
        return "how often is written as a range"
    often, rest = _rates(text)
    if _OTHER.search(rest):
        return "how often in a day is not written"
    if _NOT_READ.search(rest) or (often and _DAILY.search(rest)):
        return "how often is written in words that were not read"
    if not often and _DAILY.search(rest):
        often = {Fraction(1)}
    return _agreed(often, sum(pattern.search(rest) is not None for pattern in _TIMES_OF_DAY))


def _agreed(often: set[Fraction], named: int) -> Fraction | str:
    """One number of times, where the numbers and the times of day that are named agree."""
    if not often and not named:
        return "how often is not written"
    if not often:
        return Fraction(named)
    times = max(often)
    if len(often) > 1 or (named > 1 and times != named):
        return "how often is written in more than one way"
    return times or "how often is not written"


def _rates(text: str) -> tuple[set[Fraction], str]:
    """The numbers of times that are written, and the text without them."""
    often: set[Fraction] = set()
    for pattern, whole in ((_HOURS, 24), (_DAYS, 1)):
        for found in pattern.findall(text):
            often.add(Fraction(whole, int(found)) if int(found) else Fraction(0))
        text = pattern.sub(" ", text)
    for pattern, days in ((_DAY_RATE, 1), (_WEEK_RATE, 7)):
        often.update(Fraction(_COUNTS.get(found, found)) / days for found in pattern.findall(text))
        text = pattern.sub(" ", text)
    for pattern, times in _FIXED:
        if pattern.search(text):
            often.add(times)
            text = pattern.sub(" ", text)
    return often, text
