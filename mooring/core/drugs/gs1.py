"""Reads a GS1 code: what a scanner finds on a package beside the drug code.

An element is an application identifier and its value. (01) is the product, (10) the lot, (17) the
expiration date, (7003) the same with its hour, (21) the serial number. Lot and serial number have
no fixed length: a separator ends them, and a scanner that types like a keyboard often loses it.
What could then be read in two ways is not read. Source: GS1 General Specifications, sections 3
(identifiers) and 7 (dates); the identifiers' own table stands in `gs1_identifiers.toml`.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mooring.core.drugs.gs1_grammar import Element, Scan, scan
from mooring.core.words import day

PRODUCT, LOT, EXPIRES, EXPIRES_AT_HOUR, SERIAL = "01", "10", "17", "7003", "21"
NATIONAL_CODE = "715"
"""The NDC beside the product's number: where both are there, they name one product."""
READ_ON_LABEL = "read it on the label"
_READ_LABEL = "read lot and last day on the label"
_NO = Scan(())
_OPEN = {LOT: "lot", SERIAL: "serial number"}
_SPOKEN_OF = {PRODUCT, EXPIRES, EXPIRES_AT_HOUR, *_OPEN}


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
    """The identifiers of a GS1 code with their values; empty for any other text.

    It is one where it names a product by (01).
    """
    return tuple((each.identifier, each.value) for each in _of_product(text).elements)


def package(text: str, on: date) -> Package:
    """Lot, serial number and last day that a scanned text holds; all None for other texts.

    All None as well where it names two products, or one whose check digit does not fit: such a
    scan is done again, and nothing is taken from it.
    """
    found = _of_product(text)
    numbers = {each.value for each in found.elements if each.identifier == PRODUCT}
    if len(numbers) != 1 or not check_digit_fits(*numbers):
        return Package()
    lot, lot_unread = _one(found.elements, LOT)
    serial, serial_unread = _one(found.elements, SERIAL)
    expires_on, date_unread = _expiry(found.elements, on)
    unread = (*date_unread, *lot_unread, *serial_unread, *_left_over(found))
    return Package(lot, serial, expires_on, unread)


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


def check_digit_fits(number: str) -> bool:
    """GS1: every second of 14 digits threefold, counted so that the whole is a multiple of ten."""
    weighted = sum(int(d) * (3 if place % 2 == 0 else 1) for place, d in enumerate(number))
    return weighted % 10 == 0


def _century(year: int, now: int) -> int:
    apart = year - now % 100
    century = now - now % 100
    if apart >= 51:
        return century - 100 + year
    return century + year + (100 if apart <= -50 else 0)


def _of_product(text: str) -> Scan:
    """The elements of a code that names a product; none of any other text."""
    found = scan(text)
    return (
        found if any(each.identifier == PRODUCT and each.fits for each in found.elements) else _NO
    )


def _one(found: tuple[Element, ...], name: str) -> tuple[str | None, tuple[str, ...]]:
    """The value of a lot or serial number, or why it is not read."""
    named = [each for each in found if each.identifier == name]
    if not named:
        return None, ()
    if len({each.value for each in named}) > 1 or not all(each.sure for each in named):
        return None, (f"The {_OPEN[name]} in this code was not read: {READ_ON_LABEL}.",)
    if any(each.may_hold_more for each in named):
        said = f"Where the {_OPEN[name]} in this code ends cannot be told: {READ_ON_LABEL}."
        return None, (said,)
    return named[0].value, ()


def _expiry(found: tuple[Element, ...], on: date) -> tuple[date | None, tuple[str, ...]]:
    named = [each for each in found if each.identifier in (EXPIRES, EXPIRES_AT_HOUR)]
    days = {_day_of(each, on) for each in named}
    if not days:
        return None, ()
    if len(days) > 1 or None in days:
        return None, (f"The expiration date in this code was not read: {READ_ON_LABEL}.",)
    return days.pop(), tuple(_hours(named))


def _day_of(element: Element, on: date) -> date | None:
    return last_day(element.value[:6], on) if element.sure else None


def _hours(named: list[Element]) -> Iterator[str]:
    """What is said of an hour: the last day ends at it, and no check here looks at the clock."""
    if any(each.identifier == EXPIRES_AT_HOUR for each in named):
        yield f"The hour at which its last day ends was not read from this code: {READ_ON_LABEL}."


def _left_over(found: Scan) -> Iterator[str]:
    """What is said where an element that nothing is taken from may hide one that matters."""
    passed = [each for each in found.elements if each.identifier not in _SPOKEN_OF]
    if not found.whole or any(not each.sure or each.may_hold_more for each in passed):
        yield f"A part of this code was not read: {_READ_LABEL}."
