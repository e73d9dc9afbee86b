"""How often in a day something is taken, read from words."""

from __future__ import annotations

import re
from fractions import Fraction

_COUNTS = {
    **{"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "thrice": 3, "four": 4, "five": 5},
    "six": 6,
}
_NUMBER = rf"(\d+|{'|'.join(_COUNTS)})"
_EACH = r"(?:a|per|each|every|in a|/)"
_DAY_RATE = re.compile(
    rf"\b{_NUMBER}\s*(?:(?:x|times?)\s*(?:{_EACH}\s*)?(?:days?|daily|d)\b"
    rf"|{_EACH}\s*(?:day|d)\b|daily\b)"
)
_WEEK_RATE = re.compile(rf"\b{_NUMBER}\s*(?:x|times?)?\s*(?:{_EACH}\s*)?week(?:ly)?\b")
_X_A_DAY = re.compile(rf"\bx\s*(\d+)\s*(?:{_EACH}\s*(?:day|d)|daily)\b")
"""As "x3/d": the same amount whether the number is one of tablets or of times."""
_HOURS = re.compile(
    r"\b(?:q\.?\s*|every\s+)(\d+)\s*(?:h|hrs?|hours?|hourly)\b"
    r"|\bq\s*(4|6|8|12|24)(?![\w.-])(?!\s*(?:-|to\b|or\b|[a-z]?\d|min|d\b|days?|w|mon))"
)
_DAYS = re.compile(r"\bevery\s+(\d+)(?:nd|rd|th)?\s+(?:days?|nights?)\b|\bq\s*(\d+)\s*d(?:ays?)?\b")
_SPELT = {
    **{"two": 2, "second": 2, "three": 3, "third": 3, "four": 4, "fourth": 4, "six": 6},
    **{"eight": 8, "twelve": 12},
}
_EVERY_SPELT = re.compile(rf"\bevery\s+({'|'.join(_SPELT)})(?=\s+(?:hours?|hrs?|days?|nights?)\b)")
_IMPORTED = re.compile(r"\b(\d+)\s*x\s*per\s+(\d+)\s+(hour|day|week)s\b")
"""As an imported dose has it: "1 x per 8 hours"."""
_DAYS_IN = {"hour": Fraction(1, 24), "day": Fraction(1), "week": Fraction(7)}
_PART_OF_DAY = r"(?:day|night|evening|morning)"
_FIXED = (
    (
        re.compile(
            rf"\b(?:qod|q\.o\.d|eod|e\.o\.d"
            rf"|every (?:other|second) {_PART_OF_DAY}|alternate {_PART_OF_DAY}s?)\b"
        ),
        Fraction(1, 2),
    ),
    (re.compile(r"\b(?:qid|q\.i\.d|qds)\b"), Fraction(4)),
    (re.compile(r"\b(?:tid|t\.i\.d|tds|t\.d\.s)\b"), Fraction(3)),
    (re.compile(r"\b(?:bid|b\.i\.d|bd|b\.d)\b"), Fraction(2)),
    (re.compile(r"\b(?:qd|q\.d|od|o\.d|q ?day)\b"), Fraction(1)),
    (re.compile(r"\b(?<!bi-)(?<!semi-)(?:weekly|every week|each week|q\.? ?wk)\b"), Fraction(1, 7)),
)
_RANGE = re.compile(r"\d+\s*(?:-|to|or)\s*\d+\s*(?:h|hrs?|hours?|hourly|x|times|daily|a day)\b")
_OTHER = re.compile(r"\b(?:weeks?|weekly|fortnight\w*|months?|monthly|years?)\b")
_DAILY = re.compile(r"\b(?:daily|every ?day|each day|a day|per day)\b|/\s*(?:day|d)\b")
ONCE = re.compile(
    r"\bonce\s+(?=nightly|at (?:bed|night)|in the (?:morning|evening)"
    rf"|(?:a|every|each) {_PART_OF_DAY}|qhs|qam|qpm)"
)
"""Says no more than the time of day behind it."""
_NOT_READ = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|sixty|ninety|once|twice|thrice|times|x"
    r"|half|halves|quarters?|thirds?|fourth|ii|iii|other|alternat\w*|or|hours?|hourly)\b"
)
"""What says how much or how often, and stands where nobody read it."""
_MEALS = re.compile(r"\b(?:meals?|food|eating|ac|pc)\b")
_EVENING = r"(?:evenings?|qpm|pm|p\.m\.?|dinner|supper)"
_NIGHT = r"(?:nights?|nightly|bedtime|qhs|q\.h\.s|hs|h\.s|nocte)"
_JOINED = r"[\s(]+(?:(?:at|before|after|with|by|around|in the|every|each)\s+)?"
_SAME_TIME = re.compile(rf"\b(?:{_EVENING}{_JOINED}{_NIGHT}|{_NIGHT}{_JOINED}{_EVENING})\b")
"""One time of day in two words, as "nightly at 9 pm" or "every evening at bedtime"."""
TIMES_OF_DAY = (
    re.compile(r"\b(?:mornings?|mane|qam|(?<!\bi )am|a\.m|breakfast)\b"),
    re.compile(r"\b(?:noon|midday|lunch|lunchtime|afternoons?)\b"),
    re.compile(rf"\b{_EVENING}\b"),
    re.compile(rf"\b{_NIGHT}\b(?! ?-?(?:terror|sweat|shift|eating|panic|time anx))"),
)


_RATES = (
    *(_IMPORTED, _HOURS, _DAYS, _X_A_DAY, _DAY_RATE, _WEEK_RATE),
    *(pattern for pattern, _ in _FIXED),
)


def times_a_day(text: str) -> Fraction | str:
    """How often in a day; or, in a few words, why that is unknown. `text` is in lower case."""
    if _RANGE.search(text):
        return "how often is written as a range"
    often, rest = _rates(ONCE.sub(" ", text))
    if _OTHER.search(rest):
        return "how often in a day is not written"
    if _NOT_READ.search(rest) or (often and _DAILY.search(rest)):
        return "how often is written in words that were not read"
    if not often and _DAILY.search(rest):
        often = [Fraction(1)]
    if not often and _MEALS.search(rest):
        return "how many meals in a day is not written"
    if _one_twice(rest):
        return "how often is written in more than one way"
    return _agreed(often, _named(rest))


def says_how_often(text: str) -> bool:
    """True where any word of the text speaks of how often, or of how much, read or not."""
    often, rest = _rates(text)
    open_words = any(pattern.search(rest) for pattern in (_OTHER, _NOT_READ, _DAILY, _MEALS))
    return bool(often) or open_words or _named(rest) > 0


def rate_at(text: str, at: int) -> tuple[Fraction, int] | None:
    """The number of times a day that is written at this place, and where its words end."""
    spelt = _EVERY_SPELT.match(text, at)
    if spelt:
        digits = f"every {_SPELT[spelt[1]]}"
        found = rate_at(digits + text[spelt.end() :], 0)
        return (found[0], found[1] - len(digits) + spelt.end()) if found else None
    for pattern in _RATES:
        if written := pattern.match(text, at):
            often, rest = _rates(written[0])
            return (often.pop(), written.end()) if len(often) == 1 and not rest.strip() else None
    daily = _DAILY.match(text, at)
    return (Fraction(1), daily.end()) if daily else None


def _named(rest: str) -> int:
    """How many times of the day are named, each once."""
    once = _SAME_TIME.sub(" bedtime ", rest)
    return sum(pattern.search(once) is not None for pattern in TIMES_OF_DAY)


def _one_twice(rest: str) -> bool:
    """True where the same word for a time of the day stands twice: "1 tab am, 1 tab am"."""
    found = [pattern.findall(rest) for pattern in TIMES_OF_DAY]
    return any(len(words) > len(set(words)) for words in found)


def _agreed(often: list[Fraction], named: int) -> Fraction | str:
    """One number of times, where the numbers and the times of day that are named agree."""
    if not often and not named:
        return "how often is not written"
    if not often:
        return Fraction(named)
    times = max(often)
    rarer = named == 1 and times < 1
    if len(often) > 1 or (named and times != named and not rarer):
        return "how often is written in more than one way"
    return times or "how often is not written"


def _rates(text: str) -> tuple[list[Fraction], str]:
    """The numbers of times that are written, each as often as it is, and the text without them."""
    often, text = _every_so_often(text)
    for pattern, days in ((_X_A_DAY, 1), (_DAY_RATE, 1), (_WEEK_RATE, 7)):
        often.extend(Fraction(_COUNTS.get(found, found)) / days for found in pattern.findall(text))
        text = pattern.sub(" ", text)
    for pattern, times in _FIXED:
        often.extend(times for _ in pattern.findall(text))
        text = pattern.sub(" ", text)
    return often, text


def _every_so_often(text: str) -> tuple[list[Fraction], str]:
    """The numbers of times that come from a distance, as "every 8 hours"; and the text without."""
    often = [
        Fraction(times) / (Fraction(count) * _DAYS_IN[unit]) if int(count) else Fraction(0)
        for times, count, unit in _IMPORTED.findall(text)
    ]
    text = _EVERY_SPELT.sub(lambda found: f"every {_SPELT[found[1]]}", _IMPORTED.sub(" ", text))
    for pattern, whole in ((_HOURS, 24), (_DAYS, 1)):
        for first, second in pattern.findall(text):
            distance = int(first or second)
            often.append(Fraction(whole, distance) if distance else Fraction(0))
        text = pattern.sub(" ", text)
    return often, text
