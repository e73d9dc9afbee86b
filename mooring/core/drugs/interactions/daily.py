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
_MASS = r"(?:mgs?|milligrams?|mcgs?|ug|micrograms?|g|grams?)\b"
_PIECE = r"(?:tab|cap|pill)[a-z]*\b"
_EACH_OF = (
    r"(?:m?l\b|millilit|cc\b|tsp|teaspoon|actuat|hr?\b|hours?|min|sprays?|puff|inhal|drop|gtt|kg|m2"
    r"|patch|vial|amp)"
)
_FOR_ALL = rf"\s*(?:/|per)\s*(?:{_NUMBER}\s*)?{_EACH_OF}"
_AMOUNT = re.compile(rf"({_NUMBER})\s*({_MASS})(?!{_FOR_ALL})")
_STRENGTH = re.compile(rf"{_NUMBER}\s*{_MASS}{_FOR_ALL}")
_WORDS = {
    **{"one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12},
}
_SPELT = "|".join(sorted(_WORDS, key=len, reverse=True))
_SOME = rf"({_NUMBER}|half an?|half|{_SPELT})"
_COUNT = re.compile(rf"\b{_SOME}\s*(?:oral\s+)?{_PIECE}")
_TAKEN = re.compile(rf"\btake\s+{_SOME}\s*(?:oral\s+)?{_PIECE}")
_OF_ONE = re.compile(rf"{_NUMBER}\s*{_MASS}\s*(?:(?:oral|er|xr|sr|dr|odt|ir)\s+)*{_PIECE}")
"""The amount of one tablet or capsule, as pharmacies print it: "0.5 mg tablet"."""
_TOTAL = re.compile(rf"{_PIECE}\s*\(\s*({_NUMBER})\s*({_MASS})\s+total\s*\)")
_OTHER_NUMBERS = re.compile(
    r"\b\d+ (?:hr|hour)\b|\btake (?:one|1)\b|\b(?:one|1) (?:po|p\.o\.?|by mouth)(?!\w)"
    r"|\b\d{1,2}(?::\d\d)?\s*(?=[ap]\.?m\b)"
)
"""Hours of a slow release, "take one", and times of the clock: they change no amount."""
_MULTIPLE = re.compile(rf"({_NUMBER})\s*x\s*(?={_NUMBER}\s*{_MASS})")
_LENGTH = re.compile(r"\b(?:x|for)\s*\d+\s*(?:days?|d|weeks?|months?)\b")
_CLOCK = r"\d\s*{half}\.?m\b"

_UNKNOWN = (
    (
        r"\b(?:stopped|discontinued|dc'?d|d/c\w*|held|hold|off|quit|no|not(?! stated)|none|never|\w+n't|denie[sd]"
        r"|ran out|used to|was|were|previous\w*|former\w*|past|prior|history|hx|h/o|tried|failed"
        r"|finished|completed|ended|declin\w*|refus\w*|allerg\w*|intoleran\w*|overdose)\b",
        "it may not be taken any more",
    ),
    (
        r"\b(?:(?:as|if|when|where|whenever) (?:needed|necessary|required|anxious)|prn|p\.r\.n|p r n"
        r"|sos|on demand|if|when|whenever|may|can|sometimes|occasional\w*|rarely|seldom"
        r"|si (?:besoin|precisa|necesario|hace falta)|segun necesidad|a demanda|au besoin"
        r"|bei bedarf|al bisogno)\b",
        "taken as needed",
    ),
    (r"\b(?:up to|max|maximum|at most|no more than)\b", "only an upper limit is written"),
    (
        r"\b(?:taper|titrat|increas|decreas|reduc|wean|lower|start|until|alternating|escalat)"
        r"|\b(?:then|next|(?:day|week) \d)\b",
        "the dose changes",
    ),
    (
        r"\b(?:took|this (?:morning|evening)|last (?:night|dose|taken)|yesterday|today|tonight|stat"
        r"|single|loading)\b",
        "one time is told, not how often",
    ),
    (
        r"\b(?:mri|scan|procedure|surgery|flights?|flying|dent\w+|travel\w*|appointments?|sessions?"
        r"|infusions?|treatments?|premed\w*)\b",
        "taken for an occasion",
    ),
    (
        r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?\b|\bweek(?:day|end)s?\b"
        r"|\bexcept\b",
        "taken on some days only",
    ),
    (
        r"\b(?:divided|in total|total(?!\s*\)))\b",
        "whether the amount is of a day or of one time is not said",
    ),
    (r"unit not stated", "the unit of the dose is not stated"),
    (r"\d,\d|\d\s+\d{3}\s*m?g\b|[a-z]\.\d", "a number is written that can be read in two ways"),
    (r"\d\s*/\s*\d|and a half", "a fraction is written"),
    (r"\b(?:disp|dispense|qty|quantity|refills?|supply|repeat\w*)\b", "more than the dose is written"),
    (
        rf"(?:{_NUMBER}|\b(?:{_SPELT}|half))\s*(?:{_MASS}|{_PIECE})?\s*(?:-|to|or)\s*"
        rf"(?:{_NUMBER}|{_SPELT})\s*(?:{_MASS}|{_PIECE})",
        "a range is written",
    ),
    (
        r"[?~<>\u2264\u2265]|\b(?:about|approx\w*|roughly|around|usually|average|almost|nearly|unsure"
        r"|unknown|unclear|maybe|possibly|thinks|less than|more than|at least)\b",
        "the amount is not written for certain",
    ),
    (
        r"\b(?:couple|few|several|some|most|extra|additional|another|again|more|doubl\w*|triple"
        r"|split\w*|skip\w*|miss(?:es|ed)|both|as directed)\b"
        r"|\bda(?:y|ily)\s*(?:and|&|\+|plus)(?!\w)|\band (?:(?:every|each) )?da(?:y|ily)\b"
        r"|\b(?:noon|after ?noon|lunch\w*)s? (?:at )?\d{1,2}(?::\d\d)?\s*p\.?m\b",
        "how much or how often is written in words that were not read",
    ),
    (
        "|".join(rf"{one}.*{one}" for one in (_CLOCK.format(half="a"), _CLOCK.format(half="p"))),
        "more times of the clock are written than were read",
    ),
    (
        r"\b(?:matin|midi|soir|coucher|jours?|fois|noche|manana|tarde|dia|diari[oa]|veces|vez|cada"
        r"|semaine|semana|comprim\w*|abends?|morgens?|mittags?|nachts?|tag|taglich|sera|giorno)\b",
        "it is written in another language",
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
    written = len(list(_amounts(_TOTAL.sub(" ", _field(name, taken)))))
    if written > 1 and often != written:
        return Daily(None, "the amount is written a second time")
    return Daily(Fraction(once) * Fraction(often))


def _field(name: str, taken: str) -> str:
    """Where the amount is looked for: with the dose, or else with the name."""
    return taken if _AMOUNT.search(taken) else name


def _without_amounts(both: str) -> str:
    """What is left for how often: a number that stays is one that nobody read."""
    for pattern in (_STRENGTH, _MULTIPLE, _AMOUNT, _COUNT, _OTHER_NUMBERS):
        both = pattern.sub(" ", both)
    return both


def _at_one_time(name: str, taken: str) -> Fraction | str:
    """What is taken at one time, in mg; or why that is unknown."""
    both = f"{name} ; {taken}"
    totals = {Fraction(number) * _milligrams(unit) for number, unit in _TOTAL.findall(both)}
    if len(totals) == 1:
        return totals.pop() or "0 mg is written"
    amounts = set(_amounts(_field(name, taken)))
    if not amounts:
        if _STRENGTH.search(both):
            return "only a strength for a volume or a time is written"
        return "no amount is written"
    if len(amounts) > 1:
        return "more than one amount is written"
    (amount,) = amounts
    return _times_count(amount, name, taken) if amount else "0 mg is written"


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
    if _OF_ONE.search(f"{name} ; {taken}") and len(set(_pieces(_TAKEN, f"{name} ; {taken}"))) == 1:
        return True
    return not _AMOUNT.search(taken) and not set(_pieces(_COUNT, name))


def _amounts(field: str) -> Iterator[Fraction]:
    for number, unit in _AMOUNT.findall(field):
        yield Fraction(number) * _milligrams(unit)


def _milligrams(unit: str) -> Fraction:
    if unit.startswith(("mg", "milli")):
        return Fraction(1)
    return Fraction(1000) if unit.startswith("g") else Fraction(1, 1000)


def _pieces(pattern: re.Pattern[str], field: str) -> Iterator[Fraction]:
    for said in pattern.findall(field):
        yield Fraction(1, 2) if said.startswith("half") else Fraction(_WORDS.get(said, said))


def _plain(text: str) -> str:
    """Lower case, one sign for each thing, numbers with a point and a leading zero."""
    plain = unicodedata.normalize("NFKC", text.replace("\N{VULGAR FRACTION ONE HALF}", " 1/2"))
    plain = plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold().replace("\N{GREEK SMALL LETTER MU}g", "ug")
    plain = plain.replace("\N{MULTIPLICATION SIGN}", "x").replace("\N{EN DASH}", "-")
    plain = re.sub(r"\b(\d+)\s+1/2\b", r"\1.5", plain)
    plain = re.sub(r"\b1/2\b", "0.5", plain)
    plain = re.sub(r"\b0,(?=\d)", "0.", plain)
    plain = re.sub(r"(?<![\w.])\.(?=\d)", "0.", plain)
    plain = re.sub(rf"\b(\d+)\s*\((?:{_SPELT})\)", r"\1", plain)
    return _LENGTH.sub(" ", plain)
