"""Lot, serial number and last day of a scanned package: read as GS1 writes them, never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.drugs.codes import by_code
from mooring.core.drugs.gs1 import Package, last_day, package

ON = date(2026, 11, 29)
TEN = "00342023113108"
"""The product 42023-113-10 (openFDA) in a barcode; its check digit is reckoned in test_codes."""
SEPARATOR = "\x1d"
GOOD = date(2027, 11, 30)
IN_A_LOT = st.text("ABCDEFGHJKLMNPRSTVWXYZ345689-", min_size=1, max_size=20)
"""Letters and digits that make no identifier of a further element."""


@pytest.mark.parametrize(
    "scanned",
    [
        f"(01){TEN}(17)271130(10)LOT7(21)S-44",
        f"(01) {TEN} (17) 271130 (10) LOT7 (21) S-44",
        f"(10)LOT7(21)S-44(17)271130(01){TEN}",
        f"01{TEN}1727113010LOT7{SEPARATOR}21S-44",
        f"]d201{TEN}21S-44{SEPARATOR}1727113010LOT7",
        f"]C1{SEPARATOR}01{TEN}10LOT7{SEPARATOR}1727113021S-44{SEPARATOR}",
        f"1727113010LOT7{SEPARATOR}21S-44{SEPARATOR}01{TEN}",
    ],
)
def test_the_order_of_the_elements_and_the_way_they_are_written_change_nothing(
    scanned: str,
) -> None:
    assert package(scanned, ON) == Package("LOT7", "S-44", GOOD)
    assert by_code(scanned).product is not None


def test_what_is_not_in_the_code_is_unknown_and_not_empty() -> None:
    assert package(f"01{TEN}", ON) == Package(None, None, None)
    assert package("42023-113-10", ON) == Package(None, None, None)
    assert package("", ON) == Package(None, None, None)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("261129", date(2026, 11, 29)),
        ("261100", date(2026, 11, 30)),
        ("270200", date(2027, 2, 28)),
        ("280200", date(2028, 2, 29)),
        ("261200", date(2026, 12, 31)),
        ("280229", date(2028, 2, 29)),
        ("270229", None),
        ("271300", None),
        ("270000", None),
        ("271131", None),
        ("2711", None),
        ("27113A", None),
    ],
)
def test_a_day_of_00_is_the_last_of_its_month_and_no_day_is_made_up(
    digits: str, expected: date | None
) -> None:
    assert last_day(digits, ON) == expected


@pytest.mark.parametrize(
    ("digits", "now", "year"),
    # GS1 General Specifications, century of a two-digit year: 51 or more ahead of this year is
    # the century before, 50 or more behind it is the next one.
    [
        ("760101", 2026, 2076),
        ("770101", 2026, 1977),
        ("990101", 2026, 1999),
        ("000101", 2026, 2000),
        ("260101", 2026, 2026),
        ("480101", 2098, 2148),
        ("490101", 2098, 2049),
    ],
)
def test_the_century_is_the_nearer_one(digits: str, now: int, year: int) -> None:
    assert last_day(digits, date(now, 6, 1)) == date(year, 1, 1)


@pytest.mark.parametrize(
    ("on", "expired"),
    [(date(2027, 11, 29), False), (date(2027, 11, 30), False), (date(2027, 12, 1), True)],
)
def test_the_last_day_is_still_good_and_the_day_after_is_not(on: date, *, expired: bool) -> None:
    for digits in ("271130", "271100"):
        assert package(f"01{TEN}17{digits}", on).expired(on) is expired


def test_a_package_without_a_day_is_not_called_expired() -> None:
    assert not package(f"01{TEN}10LOT7", ON).expired(date(2099, 1, 1))


def test_only_what_speaks_against_it_is_said() -> None:
    read = package(f"01{TEN}1727113010LOT7{SEPARATOR}21S-44", ON)
    assert read.against(GOOD) == ()
    assert read.against(date(2027, 12, 1)) == ("Expired: its last day was 30 Nov 2027.",)
    unread = package(f"01{TEN}1727113010A121S44", ON)
    assert unread.against(date(2027, 12, 1)) == (
        "Expired: its last day was 30 Nov 2027.",
        "Where the lot in this code ends cannot be told: read it on the label.",
    )


@pytest.mark.parametrize(
    ("scanned", "says"),
    [
        (f"01{TEN}17271330", "expiration date in this code was not read"),
        (f"(01){TEN}(17)271130(17)281130", "expiration date in this code was not read"),
        (f"(01){TEN}(17)2711", "expiration date in this code was not read"),
        (f"(01){TEN}(10)A(10)B", "lot in this code was not read"),
        (f"(01){TEN}(10)", "lot in this code was not read"),
        (f"(01){TEN}(10){'A' * 21}", "lot in this code was not read"),
        (f"(01){TEN}(21)Ä7", "serial number in this code was not read"),
        # The separator was lost: A1 and a day, or one long lot? Nobody can tell.
        (f"01{TEN}10A117271130", "Where the lot in this code ends cannot be told"),
        (f"01{TEN}1727113010A121S44", "Where the lot in this code ends cannot be told"),
        (f"01{TEN}21S4417271130", "Where the serial number in this code ends cannot be told"),
        (f"01{TEN}21S4410LOT7", "Where the serial number in this code ends cannot be told"),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_read(scanned: str, says: str) -> None:
    read = package(scanned, ON)
    (said,) = read.unread
    assert says in said
    assert said.endswith("read it on the label.")
    assert read.against(ON) == (said,)
    assert (read.lot, read.serial) == (None, None)


def test_a_lot_that_only_looks_like_what_was_read_already_is_read() -> None:
    assert package(f"01{TEN}172711301017A", ON).lot == "17A"
    assert package(f"01{TEN}1727113010A17061130", ON).lot == "A17061130"
    assert package(f"01{TEN}1727113010A21", ON).lot == "A21"
    assert package(f"01{TEN}1727113010A2101{SEPARATOR}21S", ON).lot == "A2101"
    assert package(f"(01){TEN}(10)A2101", ON).lot == "A2101"


def test_what_follows_an_identifier_that_is_not_known_is_left_alone() -> None:
    """No identifier begins with 05; its end is not known, and 17 in it may be anything."""
    left = package(f"01{TEN}0517271130", ON)
    assert (left.expires_on, left.lot) == (None, None)
    assert left.unread == ("A part of this code was not read: read lot and last day on the label.",)
    assert package(f"01{TEN}11260101152801012001{SEPARATOR}17271130", ON).expires_on == GOOD


def test_two_products_in_one_scan_are_none() -> None:
    reading = by_code(f"(01){TEN}(01)00304092051056")
    assert reading.product is None
    assert "names two products" in reading.said


@given(IN_A_LOT, IN_A_LOT, st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_what_is_written_is_read(lot: str, serial: str, day: date) -> None:
    written = f"01{TEN}10{lot}{SEPARATOR}17{day:%y%m%d}21{serial}"
    on = day + timedelta(days=1)
    read = package(written, on)
    assert read == Package(lot, serial, day)
    assert read.expired(on)
    assert not read.expired(day)


@given(st.text(max_size=80))
def test_any_text_gets_an_answer_and_no_text_is_taken_for_a_day_it_does_not_hold(text: str) -> None:
    read = package(text, ON)
    assert read.expires_on is None or f"{read.expires_on:%y%m}" in text.replace(" ", "")
