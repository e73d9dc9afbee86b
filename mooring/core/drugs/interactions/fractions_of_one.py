"""Halves and quarters of a tablet, however they are written, as plain decimals."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from mooring.core.drugs.interactions.doubts import PIECE, SPELT, WORDS

_PARTS = {"1/2": "0.5", "1/4": "0.25", "3/4": "0.75"}
_PART = r"(?:1/2|1/4|3/4)"
_IN_WORDS = (
    (re.compile(r"\b(1/[24]|3/4)\s*\((?:one[\s-]+)?(?:half|quarter)\)"), r"\1"),
    (re.compile(r"\b(?:one|an?|1)[\s-]+half\b(?!\s+(?:an?\s+)?hour)"), "1/2"),
    (re.compile(r"\b(?:one|an?|1)[\s-]+quarter\b"), "1/4"),
    (re.compile(r"\b(?:three|3)[\s-]+quarters?\b"), "3/4"),
    (re.compile(rf"\bhalf(?:\s+of)?(?:\s+an?)?\s+(?={PIECE})"), "1/2 "),
    (re.compile(rf"\bquarter(?:\s+of)?(?:\s+an?)?\s+(?={PIECE})"), "1/4 "),
    (re.compile(rf"\b({_PART})\s+(?:of\s+)?(?:an?\s+)?(?={PIECE})"), r"\1 "),
)
_MIXED = re.compile(
    rf"(?<![\w/.,-])(\d+|{SPELT})(?:\s*{PIECE})?(?:\s*(?:&|\band\b|\+)\s*|\s+|-)({_PART})(?![\d/])"
)
"""A whole number with its part: "1 & 1/2", "one and 1/2", "1-1/2", "2 tabs & 1/2 tab"."""
_ALONE = re.compile(rf"(?<![\w/.,])({_PART})(?![\d/])")


def signs_as_fractions(text: str) -> str:
    """Each single sign for a fraction as two numbers: "1½" as "1 1/2"."""
    return "".join(_as_two_numbers(sign) for sign in text).replace("\N{FRACTION SLASH}", "/")


def as_decimals(text: str) -> str:
    """The text, in lower case, with its halves and quarters as decimals."""
    for pattern, number in _IN_WORDS:
        text = pattern.sub(number, text)
    text = _MIXED.sub(_whole_and_part, text)
    return _ALONE.sub(lambda found: _PARTS[found[1]], text)


def _as_two_numbers(sign: str) -> str:
    if unicodedata.name(sign, "").startswith("VULGAR FRACTION"):
        return " " + unicodedata.normalize("NFKD", sign)
    return sign


def _whole_and_part(found: re.Match[str]) -> str:
    whole = int(WORDS.get(found[1], found[1]))
    return str(whole + float(Fraction(found[2])))
