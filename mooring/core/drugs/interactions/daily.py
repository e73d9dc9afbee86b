"""How much of a medicine is taken in a day, read from words; unknown where they do not say it.

Nothing is guessed: an amount that may be read in two ways is unknown, with the reason beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mooring.core.drugs.interactions.frequency import times_a_day

_NUMBER = r"\d+(?:\.\d+)?"
_MASS = r"(?:mg|milligrams?|mcg|ug|micrograms?|g|grams?)\b"
_PIECE = r"(?:tab|cap|pill)[a-z]*\b"
_FOR_ALL = rf"\s*(?:/|per)\s*(?:{_NUMBER}\s*)?(?:ml|millilit|actuat|hr?\b|hours?|spray|drop)"
_AMOUNT = re.compile(rf"({_NUMBER})\s*({_MASS})(?!{_FOR_ALL})")
_STRENGTH = re.compile(rf"{_NUMBER}\s*{_MASS}{_FOR_ALL}")
_COUNT = re.compile(rf"({_NUMBER}|half an?|half|one|two|three|four|an?)\s*(?:oral\s+)?{_PIECE}")
_TOTAL = re.compile(rf"({_NUMBER})\s*({_MASS})\s+total\b")
_OTHER_NUMBERS = re.compile(r"\b\d+ hr\b|\btake (?:one|1)\b|\b\d{1,2}(?::\d\d)?\s*(?=[ap]\.?m\b)")
"""Hours of a slow release, "take one", and times of the clock: they change no amount."""
_MULTIPLE = re.compile(rf"({_NUMBER})\s*x\s*(?={_NUMBER}\s*{_MASS})")
_COUNTS = {"one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4}
_LENGTH = re.compile(r"\b(?:x|for)\s*\d+\s*(?:days?|d|weeks?|months?)\b")

_UNKNOWN = (
    (r"\b(?:as needed|if needed|when needed|as required|prn|p\.r\.n|sos)\b", "taken as needed"),
    (r"\b(?:up to|max|maximum|at most|no more than)\b", "only an upper limit is written"),
    (r"\b(?:taper|titrat|increas|decreas|reduc)|\bthen\b", "the dose changes"),
    (r"\b(?:stopped|discontinued|held|hold|not taking)\b", "it may not be taken any more"),
    (r"\b(?:divided|in total)\b", "whether the amount is of a day or of one time is not said"),
    (r"unit not stated", "the unit of the dose is not stated"),
    (r"\d,\d|\d\s+\d{3}\s*m?g\b|[a-z]\.\d", "a number is written that can be read in two ways"),
    (r"\d\s*/\s*\d|and a half", "a fraction is written"),
    (r"\b(?:disp|dispense|qty|quantity|refills?|supply|repeat)\b", "more than the dose is written"),
    (
        rf"(?:{_NUMBER}|one|two|half)\s*(?:{_MASS}|{_PIECE})?\s*(?:-|to|or)\s*"
        rf"(?:{_NUMBER}|two|three|four)\s*(?:{_MASS}|{_PIECE})",
        "a range is written",
    ),
)
"""What leaves the amount open wherever it stands, with the reason as it is shown."""


@dataclass(frozen=True)
class Daily:
    """Milligrams in a day. Exactly one of the two fields says something."""

    mg: Fraction | None
    """Exact, because sevenths and fifths occur. None is unknown, and never 0."""
    why_not: str = ""
    """Why the amount is unknown, in a few words."""


def daily_amount(text: str, dose: str = "") -> Daily:
    """The daily amount that an entry's words give. Never raises, whatever they are."""
    name, taken = _plain(text), _plain(dose)
    both = f"{name} ; {taken}"
    for pattern, reason in _UNKNOWN:
        if re.search(pattern, both):
            return Daily(None, reason)
    once = _at_one_time(name, taken)
    often = times_a_day(_without_amounts(both))
    for part in (once, often):
        if isinstance(part, str):
            return Daily(None, part)
    return Daily(Fraction(once) * Fraction(often))


def _without_amounts(both: str) -> str:
    """What is left for how often: a number that stays is one that nobody read."""
    for pattern in (_MULTIPLE, _TOTAL, _AMOUNT, _COUNT, _OTHER_NUMBERS):
        both = pattern.sub(" ", both)
    return both


def _at_one_time(name: str, taken: str) -> Fraction | str:
    """What is taken at one time, in mg; or why that is unknown."""
    totals = {Fraction(number) * _milligrams(unit) for number, unit in _TOTAL.findall(taken)}
    if len(totals) == 1:
        return totals.pop() or "0 mg is written"
    field = taken if _AMOUNT.search(taken) else name
    amounts = set(_amounts(field))
    if not amounts:
        if _STRENGTH.search(f"{name} ; {taken}"):
            return "only a strength for a volume or a time is written"
        return "no amount is written"
    if len(amounts) > 1:
        return "more than one amount is written"
    (amount,) = amounts
    return _times_count(amount, field, f"{name} ; {taken}") if amount else "0 mg is written"


def _times_count(amount: Fraction, field: str, both: str) -> Fraction | str:
    """The amount for so many tablets. Beside its own amount a number of them says two things."""
    multiples = {Fraction(found) for found in _MULTIPLE.findall(both)}
    pieces = set(_pieces(both))
    if len(multiples | pieces) > 1:
        return "more than one number of tablets is written"
    if pieces - {Fraction(1)} and set(_pieces(field)):
        return "whether the amount is of one tablet or of all is not said"
    (count,) = multiples | pieces or {Fraction(1)}
    return amount * count if count else "0 tablets are written"


def _amounts(field: str) -> Iterator[Fraction]:
    for number, unit in _AMOUNT.findall(field):
        yield Fraction(number) * _milligrams(unit)


def _milligrams(unit: str) -> Fraction:
    if unit == "mg" or unit.startswith("milli"):
        return Fraction(1)
    return Fraction(1000) if unit.startswith("g") else Fraction(1, 1000)


def _pieces(field: str) -> Iterator[Fraction]:
    for said in _COUNT.findall(field):
        yield Fraction(1, 2) if said.startswith("half") else Fraction(_COUNTS.get(said, said))


def _plain(text: str) -> str:
    """Lower case, one sign for each thing, numbers with a point and a leading zero."""
    plain = unicodedata.normalize("NFKC", text.replace("\N{VULGAR FRACTION ONE HALF}", " 1/2"))
    plain = plain.casefold().replace("\N{GREEK SMALL LETTER MU}g", "ug")
    plain = plain.replace("\N{MULTIPLICATION SIGN}", "x").replace("\N{EN DASH}", "-")
    plain = re.sub(r"\b(\d+)\s+1/2\b", r"\1.5", plain)
    plain = re.sub(r"\b1/2\b", "0.5", plain)
    plain = re.sub(r"\b0,(?=\d)", "0.", plain)
    plain = re.sub(r"(?<![\w.])\.(?=\d)", "0.", plain)
    plain = re.sub(r"\b(\d+)\s*\((?:one|two|three|four)\)", r"\1", plain)
    return _LENGTH.sub(" ", plain)
