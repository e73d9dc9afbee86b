"""Units as people and records write them → their UCUM code; and what contradicts what."""

from __future__ import annotations

import re

_WRITTEN = {
    "kg": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
    "g": "g gm gms gram grams gramme grammes",
    "[lb_av]": "[lb_av] lb lbs pound pounds",
    "[oz_av]": "[oz_av] oz ounce ounces",
    "[stone_av]": "[stone_av] st stone stones",
    "cm": "cm cms centimeter centimeters centimetre centimetres",
    "m": "m meter meters metre metres",
    "mm": "mm millimeter millimeters millimetre millimetres",
    "[in_i]": "[in_i] [in_us] in inch inches",
    "[ft_i]": "[ft_i] [ft_us] ft foot feet",
    "mm[Hg]": "mm[hg] mmhg torr",
    "kPa": "kpa kilopascal kilopascals",
    "cm[H2O]": "cm[h2o] cmh2o",
    "/min": "/min {beats}/min bpm beats/min beats/minute {beat}/min",
    "%": "% percent",
}
_CODES = {word: code for code, words in _WRITTEN.items() for word in words.split()}
_PHRASES = {"mm hg": "mm[Hg]", "beats per minute": "/min", "per minute": "/min", "per min": "/min"}


def written(words: str | None) -> frozenset[str]:
    """The UCUM codes that these words name: one as a rule, none where they are not known here."""
    if words is None:
        return frozenset()
    plain = words.strip().rstrip(".").casefold()
    whole = _CODES.get(plain) or _PHRASES.get(plain)
    if whole is not None:
        return frozenset({whole})
    parts = (_CODES.get(part) for part in re.findall(r"[a-z]+", plain))
    return frozenset(code for code in parts if code is not None)
