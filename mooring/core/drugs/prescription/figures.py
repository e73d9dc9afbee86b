"""Figures written out, as a pharmacy reads an amount of a controlled drug twice."""

from decimal import Decimal

from mooring.core.quantities import plain

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGEST = 1_000_000


def in_words(number: int | Decimal) -> str:
    """A number in English words: 44 is "forty-four", 4.4 is "four point four".

    Raises ValueError for a negative number or one from a million on.
    """
    whole, _, part = plain(Decimal(number)).partition(".")
    if not 0 <= Decimal(number) < _LARGEST:
        raise ValueError("number: from 0 up to less than a million, for example 44")
    digits = " ".join(_SMALL[int(digit)] for digit in part)
    return f"{_whole(int(whole))} point {digits}" if digits else _whole(int(whole))


def _whole(number: int) -> str:
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            many, rest = divmod(number, size)
            return f"{_whole(many)} {name}" + (f" {_whole(rest)}" if rest else "")
    if number < len(_SMALL):
        return _SMALL[number]
    tens, rest = divmod(number, 10)
    return _TENS[tens] + (f"-{_SMALL[rest]}" if rest else "")
