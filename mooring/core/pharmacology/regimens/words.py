"""Reads amounts and times as people write them, once, at the edge."""

from __future__ import annotations

from mooring.core.pharmacology.regimen import Amount
from mooring.core.quantities import Milligrams

MINUTES = {"min": 1, "minute": 1, "minutes": 1, "h": 60, "hour": 60, "hours": 60, "d": 1440}
MINUTES |= {"day": 1440, "days": 1440}


class RegimenWordsError(ValueError):
    """Words that do not say an amount or a time; names the field and says what would."""


def amount(text: str, field: str = "dose") -> tuple[float, Amount]:
    """Milligrams, or milligrams per kilogram: "35 mg" or "0.5 mg/kg". Raises RegimenWordsError."""
    number, unit = _parts(text, field, '"35 mg"')
    if unit not in list(Amount):
        raise RegimenWordsError(f"{field}: '{text}' has no unit known here; write 35 mg, 0.5 mg/kg")
    return _number(number, text, field, "35 mg or 0.5 mg/kg"), Amount(unit)


def minutes(text: str, field: str = "time") -> float:
    """Minutes of a time with its unit: "40 min", "2 h", "1 day". Raises RegimenWordsError."""
    number, unit = _parts(text, field, '"40 min"')
    if unit not in MINUTES:
        raise RegimenWordsError(f"{field}: '{text}' has no unit known here; write 40 min, 2 h")
    return _number(number, text, field, "40 min or 2 h") * MINUTES[unit]


def whole(number: object, field: str) -> None:
    """Raise RegimenWordsError for what does not count something."""
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise RegimenWordsError(f"{field}: a whole number from 1 on, for example 2")


def _parts(text: object, field: str, example: str) -> tuple[str, str]:
    if not isinstance(text, str):
        raise RegimenWordsError(f"{field}: {text!r} has no unit; write it as text, {example}")
    number, _, unit = text.strip().partition(" ")
    return number, unit.strip()


def _number(number: str, text: str, field: str, example: str) -> float:
    """A plain number from 0 on: no sign, no exponent, a digit before the point."""
    try:
        return float(Milligrams(number).value)
    except ValueError:
        raise RegimenWordsError(f"{field}: '{text}' is not a number; write {example}") from None
