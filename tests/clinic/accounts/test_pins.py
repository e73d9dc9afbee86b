"""Which PINs are taken, and what a device is told of one."""

from __future__ import annotations

import hashlib

import pytest

from mooring.clinic.accounts.pins import ROUNDS, device_check, weakness


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12a456", "١٢٣٤٥٦", "12 456", "-12345"])
def test_anything_but_six_figures_is_not_taken(pin):
    assert weakness(pin) == "Give 6 figures, 0 to 9."


@pytest.mark.parametrize("pin", ["000000", "777777", "121212", "110011", "989898"])
def test_one_or_two_different_figures_are_not_taken(pin):
    assert weakness(pin) == "Take at least three different figures."


@pytest.mark.parametrize(
    "pin", ["123456", "654321", "456789", "890123", "210987", "123123", "907907", "123321"]
)
def test_rows_and_repeats_are_not_taken(pin):
    assert weakness(pin) == "That order is guessed first. Mix the figures."


@pytest.mark.parametrize(
    ("pin", "read_as"),
    [
        ("120381", "12 March 1981"),
        ("031281", "March 12, 1981"),
        ("810312", "81-03-12"),
        ("290224", "29 February 2024"),
        ("198147", "1981 and two figures"),
        ("471981", "two figures and 1981"),
        ("200567", "2005 and two figures"),
    ],
)
def test_dates_and_years_are_not_taken(pin, read_as):
    assert weakness(pin) is not None, read_as


@pytest.mark.parametrize("pin", ["739208", "405917", "920473", "664904"])
def test_mixed_figures_are_taken(pin):
    assert weakness(pin) is None


def test_a_device_is_told_twelve_bits_of_a_slow_hash():
    """Expected by the standard library's PBKDF2, as a browser's WebCrypto computes it."""
    check = device_check("739208")
    slow = hashlib.pbkdf2_hmac("sha256", b"739208", bytes.fromhex(check.salt), ROUNDS)
    assert slow.hex().startswith(check.digits)
    assert len(check.digits) * 4 == 12
    assert len(bytes.fromhex(check.salt)) == 16


def test_the_same_pin_set_twice_gives_another_salt():
    assert device_check("739208").salt != device_check("739208").salt
