"""Bedside PINs: which are too easy to guess, and what a tablet may know of one.

A tablet without a network has to tell the right PIN from a wrong one. It gets twelve bits of a
slow hash: enough to turn a passer-by away, and too few to find the PIN from a lost tablet, because
some 244 of the million PINs fit. See docs/decisions on the lock beside a running session.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

LENGTH = 6
FEWEST_FIGURES = 3
"""A PIN of one or two different figures is read from the smudges on a screen."""
ROUNDS = 600_000
"""Rounds of PBKDF2-HMAC-SHA-256: OWASP's password storage cheat sheet, 2023."""
CHECK_DIGITS = 3
"""Hexadecimal digits of the slow hash that a device is given: twelve bits."""
DATES = ("%d%m%y", "%m%d%y", "%y%m%d")
YEAR = re.compile(r"(19|20)\d\d(?=..$)|(?<=^..)(19|20)\d\d")


@dataclass(frozen=True)
class DeviceCheck:
    """What a device needs to check a PIN without the server."""

    salt: str
    """Hexadecimal."""
    digits: str
    """The first CHECK_DIGITS of the slow hash."""


def weakness(pin: str) -> str | None:
    """Why a PIN is not taken, as a sentence that says what would be right; None when it is."""
    if not re.fullmatch(rf"[0-9]{{{LENGTH}}}", pin):
        return f"Give {LENGTH} figures, 0 to 9."
    if len(set(pin)) < FEWEST_FIGURES:
        return "Take at least three different figures."
    if runs(pin) or pin[:3] == pin[3:] or pin == pin[::-1]:
        return "That order is guessed first. Mix the figures."
    if reads_as_date(pin):
        return "That reads as a date or a year, which others may know. Take other figures."
    return None


def runs(pin: str) -> bool:
    """True for figures that count up or down, for example 456789 or 210987."""
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(pin)}
    return steps in ({1}, {9})


def reads_as_date(pin: str) -> bool:
    """True for a day of a year in any usual order, and for a year of this century or the last."""
    return bool(YEAR.search(pin)) or any(is_date(pin, pattern) for pattern in DATES)


def is_date(pin: str, pattern: str) -> bool:
    """True when the PIN is a calendar day written so."""
    try:
        datetime.strptime(pin, pattern)  # noqa: DTZ007 (no moment: only whether the day exists)
    except ValueError:
        return False
    return True


def device_check(pin: str) -> DeviceCheck:
    """A new salt, and the digits that the PIN gives with it."""
    salt = secrets.token_bytes(16)
    slow = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, ROUNDS)
    return DeviceCheck(salt.hex(), slow.hex()[:CHECK_DIGITS])
