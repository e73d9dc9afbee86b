"""Reads a GS1 element string: what a scanner finds on a package beside the drug code.

An element is an application identifier and its value. (01) is the product, (10) the lot, (17) the
expiration date, (21) the serial number. Lot and serial number have no fixed length: a separator
ends them, and a scanner that types like a keyboard often loses it. What could then be read in two
ways is not read. Source: GS1 General Specifications, sections 3 (identifiers) and 7 (dates).
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mooring.core.words import day

PRODUCT, LOT, EXPIRES, SERIAL = "01", "10", "17", "21"
SEPARATOR = "\x1d"
READ_ON_LABEL = "read it on the label"
_FIXED = {
    PRODUCT: 14,
    "11": 6,
    "12": 6,
    "13": 6,
    "15": 6,
    "16": 6,
    EXPIRES: 6,
    "20": 2,
}
"""Digits of the identifiers that need no separator, as far as a vial carries them."""
_OPEN = {LOT: "lot", SERIAL: "serial number"}
_PREFIX = re.compile(r"\][A-Za-z][0-9]")
_IN_BRACKETS = re.compile(r"\(([0-9]{2,4})\)([^()]*)")
_ANOTHER = re.compile(r"17[0-9]{6}|(?:10|21)(?=.)")


@dataclass(frozen=True)
class Package:
    """What a code says of one package beside its product. None is not in the code, or not read."""

    lot: str | None = None
    serial: str | None = None
    expires_on: date | None = None
    """The last day on which it may be used."""
    unread: tuple[str, ...] = ()
    """What the code holds and nobody should take from it, each in words."""

    def expired(self, on: date) -> bool:
        """True after the last day; the day itself is still good. False where no date was read."""
        return self.expires_on is not None and on > self.expires_on

    def against(self, on: date) -> tuple[str, ...]:
        """What speaks against it, and what to read on its label instead, as sentences."""
        if self.expires_on is None or not self.expired(on):
            return self.unread
        return (f"Expired: its last day was {day(self.expires_on)}.", *self.unread)


def elements(text: str) -> tuple[tuple[str, str], ...]:
    """The identifiers of an element string with their values; empty for any other text.

    It is one where it names a product by (01). What follows an identifier that no vial here is
    known to carry is left unread.
    """
    bare = _bare(text)
    found = _bracketed(bare) if bare.startswith("(") else tuple(_running(bare))
    return found if any(_is_product(*each) for each in found) else ()


def package(text: str, on: date) -> Package:
    """Lot, serial number and last day that a scanned text holds; all None for other texts."""
    found = elements(text)
    lot, lot_unread = _one(found, LOT, text)
    serial, serial_unread = _one(found, SERIAL, text)
    expires_on, date_unread = _expiry(found, on)
    return Package(lot, serial, expires_on, (*date_unread, *lot_unread, *serial_unread))


def last_day(digits: str, on: date) -> date | None:
    """The day of YYMMDD; None where there is no such day. A day of 00 is the month's last.

    The century is the one that puts the year within 50 years before and 49 after, as GS1 says.
    """
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    year, month, number = _century(int(digits[:2]), on.year), int(digits[2:4]), int(digits[4:])
    try:
        return date(year, month, number or calendar.monthrange(year, month)[1])
    except ValueError:
        return None


def _bare(text: str) -> str:
    """Without spaces, without what names the kind of barcode, and without separators around."""
    return _PREFIX.sub("", "".join(text.split(" ")).strip(), count=1).strip(SEPARATOR)


def _century(year: int, now: int) -> int:
    apart = year - now % 100
    century = now - now % 100
    if apart >= 51:
        return century - 100 + year
    return century + year + (100 if apart <= -50 else 0)


def _is_product(identifier: str, value: str) -> bool:
    return identifier == PRODUCT and re.fullmatch(r"[0-9]{14}", value) is not None


def _bracketed(bare: str) -> tuple[tuple[str, str], ...]:
    """The form printed for people: (01)…(17)…(10)…"""
    return tuple((name, value.strip(SEPARATOR)) for name, value in _IN_BRACKETS.findall(bare))


def _running(bare: str) -> Iterator[tuple[str, str]]:
    """The form that a scanner sends, one element after the other."""
    rest = bare
    while rest:
        name, rest = rest[:2], rest[2:]
        if name in _FIXED:
            value, rest = rest[: _FIXED[name]], rest[_FIXED[name] :].lstrip(SEPARATOR)
        elif name in _OPEN:
            value, _, rest = rest.partition(SEPARATOR)
        else:
            return
        yield name, value


def _one(
    found: tuple[tuple[str, str], ...], name: str, text: str
) -> tuple[str | None, tuple[str, ...]]:
    """The value of a lot or serial number, or why it is not read."""
    values = {value for each, value in found if each == name}
    if not values:
        return None, ()
    value = values.pop()
    if values or not re.fullmatch(r"[!-~]{1,20}", value):
        return None, (f"The {_OPEN[name]} in this code was not read: {READ_ON_LABEL}.",)
    if found[-1] == (name, value) and _may_run_on(found, value, text):
        said = f"The {_OPEN[name]} and what follows it run together in this scan: {READ_ON_LABEL}."
        return None, (said,)
    return value, ()


def _may_run_on(found: tuple[tuple[str, str], ...], value: str, text: str) -> bool:
    """Whether the last value could hold a further element, its separator lost."""
    bare = _bare(text)
    if bare.startswith("(") or SEPARATOR in bare:
        return False
    there = {name for name, _ in found}
    return any(each[0][:2] not in there for each in _ANOTHER.finditer(value, 1))


def _expiry(found: tuple[tuple[str, str], ...], on: date) -> tuple[date | None, tuple[str, ...]]:
    values = {value for name, value in found if name == EXPIRES}
    days = {last_day(value, on) for value in values}
    if len(days) == 1 and None not in days:
        return days.pop(), ()
    if not values:
        return None, ()
    return None, (f"The expiration date in this code was not read: {READ_ON_LABEL}.",)
