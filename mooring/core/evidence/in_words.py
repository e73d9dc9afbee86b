"""The numbers that a sentence tells in words: "two thirds", "one in five", "twice a week"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_SMALL = (*_ONES.split(), "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    "half": Decimal("0.5"),
    **{word: Decimal(number) for number, word in enumerate(_SMALL, start=1)},
    **{word: Decimal(number) for word, number in zip(_TENS, range(20, 100, 10), strict=True)},
}
_MANY = {"hundred": 100, "thousand": 1000, "dozen": 12}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_UNITS = {
    **{"second": "s", "minute": "min", "hour": "h", "day": "days", "night": "days"},
    **{"week": "weeks", "month": "months", "year": "years", "per cent": "%"},
}
_PERIODS = {
    **{"day": "a day", "daily": "a day", "week": "a week", "weekly": "a week"},
    **{"month": "a month", "monthly": "a month", "year": "a year", "yearly": "a year"},
}

_BELOW_TWENTY = "|".join(sorted(_SMALL, key=len, reverse=True))
_NUMBER = (
    rf"(?:(?:(?:half )?an? |(?:{_BELOW_TWENTY}) )?(?:{'|'.join(_MANY)})"
    rf"|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL[:9])}))?|{_BELOW_TWENTY})"
)
_MIXED = rf"(?:{_NUMBER}|\d+(?:\.\d+)?)"
_UNIT = rf"(?P<unit>{'|'.join(_UNITS)})"
_COUNTED = (
    "people|patients|responders|infusions|sessions|treatments|doses|visits|sprays|studies|trials"
    "|cases|points"
)
_NAMES = re.compile(
    rf"\bno one\b|\bone another\b|\b(?:first|second|other) half\b"
    rf"|\b(?:the|these|those|all|both|other|same) {_NUMBER}\b"
    rf"(?! (?:{'|'.join(_UNITS)}|of|in|to|or)\b)",
    re.IGNORECASE,
)
"""Words that hold a number and tell none: "no one", and "these two" of which was spoken before."""


@dataclass(frozen=True)
class InWords:
    """One number, span or share that a sentence tells in words."""

    text: str
    """As it stands there."""
    numbers: tuple[Decimal, ...] = ()
    """Each has to be on record; none for a share."""
    unit: str = ""
    """One of units.toml, or "a week" and its like; "" for a count of something."""
    share: Decimal | None = None
    """In per cent: 40 for two in five."""
    more: bool = False
    """True for more than that share."""
    noun: str = ""
    """Who or what is counted, where it is one of those that studies count."""

    @property
    def measures(self) -> bool:
        """False for a bare count of things, which may be those that the text itself lists."""
        return bool(self.unit or self.noun or self.share is not None)


def in_words(sentence: str) -> Iterator[InWords]:
    """The numbers that the sentence tells in words, kind by kind. Each word is read once."""
    rest = _NAMES.sub(_blank, sentence)
    for pattern, read in _KINDS:
        found = (read(match) for match in pattern.finditer(rest))
        yield from (told for told in found if told is not None)
        rest = pattern.sub(_blank, rest)


def _blank(match: re.Match[str]) -> str:
    return "~" * len(match[0])


def _value(words: str) -> Decimal:
    """What "twenty-five", "a dozen", "half a dozen" or "12" come to."""
    total = Decimal(0)
    for word in re.findall(r"[\w.]+", words.lower()):
        if word in _MANY:
            total = (total or 1) * Decimal(_MANY[word])
        else:
            total += Decimal(word) if word[0].isdigit() else _VALUES.get(word, Decimal(0))
    return total


def _unit(match: re.Match[str]) -> str:
    return _UNITS[match["unit"].lower()] if match["unit"] else ""


def _part_of_time(match: re.Match[str]) -> InWords:
    """Half an hour, a quarter of an hour."""
    part = 1 / Decimal(_PARTS[match["part"].lower()])
    return InWords(match[0], (part,), _unit(match))


def _and_a_half(match: re.Match[str]) -> InWords:
    """One and a half hours."""
    return InWords(match[0], (_value(match["number"]) + _VALUES["half"],), _unit(match))


def _parts(match: re.Match[str]) -> InWords:
    """Half, a third, three quarters."""
    part = _PARTS[match["part"].lower().removesuffix("s")]
    return InWords(match[0], share=100 * (_value(match["count"]) or Decimal(1)) / part)


def _half(match: re.Match[str]) -> InWords:
    """Half, more than half."""
    return InWords(match[0], share=Decimal(50), more=bool(match["more"]))


def _one_in(match: re.Match[str]) -> InWords | None:
    """One in five, three of ten, twelve of 15; "46 of 83" is in digits, "one of 200" a value."""
    some, of = _value(match["some"]), _value(match["of"])
    in_digits = match["of"][0].isdigit() and (match["some"][0].isdigit() or some == 1)
    if some > of or in_digits:
        return None
    return InWords(match[0], (some, of), share=100 * some / of)


def _how_often(match: re.Match[str]) -> InWords:
    """Twice a week, three times daily, two a week."""
    often = {"once": "one", "twice": "two"}.get(match["often"].lower(), match["often"])
    return InWords(match[0], (_value(often),), _PERIODS[match["period"].lower()])


def _how_many_times(match: re.Match[str]) -> InWords:
    """Tenfold, twice the dose."""
    return InWords(match[0], (_value(match["many"] or "two"),), noun="times")


def _counted(match: re.Match[str]) -> InWords | None:
    """Forty minutes, two to six weeks, three studies. "One" is a number before a time only."""
    first, last, unit = _value(match["first"]), match["last"], _unit(match)
    if first == 1 and not (last or unit):
        return None
    numbers = (first, _value(last)) if last else (first,)
    return InWords(match[0], numbers, unit, noun=match["noun"] or "")


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-])(?:{text})(?!\w)", re.IGNORECASE)


_EACH = r"(?:an?|each|every|per)"
_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], InWords | None]], ...] = (
    (_pattern(rf"(?P<part>half|quarter)(?: of)? an? {_UNIT}"), _part_of_time),
    (_pattern(rf"(?P<number>{_NUMBER}) and a half(?: {_UNIT}s?)?"), _and_a_half),
    (_pattern(rf"(?P<count>{_NUMBER})[- ](?P<part>(?:{'|'.join(_PARTS)})s)"), _parts),
    (_pattern(rf"(?P<count>one|a) (?P<part>{'|'.join(_PARTS)})(?= of\b)"), _parts),
    (_pattern(r"(?P<more>more than )?half(?!-)(?! a dozen)"), _half),
    (_pattern(rf"(?P<some>{_MIXED}) (?:in|of|out of)(?: every)? (?P<of>{_MIXED})"), _one_in),
    (
        _pattern(rf"(?P<often>once|twice)(?: {_EACH})? (?P<period>{'|'.join(_PERIODS)})"),
        _how_often,
    ),
    (
        _pattern(
            rf"(?P<often>{_NUMBER})(?: times)?(?: {_EACH}|(?<= times)) "
            rf"(?P<period>{'|'.join(_PERIODS)})"
        ),
        _how_often,
    ),
    (_pattern(rf"(?:(?P<many>{_NUMBER})[- ]?fold|twice(?!-))"), _how_many_times),
    (
        _pattern(
            rf"(?P<first>{_NUMBER})(?:,? (?:to|or|and) (?P<last>{_MIXED}))?"
            rf"(?:[- ](?:\w+ )?(?:{_UNIT}s?|(?P<noun>{_COUNTED})))?"
        ),
        _counted,
    ),
)
