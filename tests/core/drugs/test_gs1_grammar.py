"""A package's code is taken apart by GS1's own table; what that leaves open is left unread."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mooring.core.datafiles import read_toml
from mooring.core.drugs.codes import by_code
from mooring.core.drugs.gs1 import Package, package
from mooring.core.drugs.gs1_identifiers import FILE, SET_82, Table, leading, table

ON = date(2026, 12, 1)
G = "00342023113108"
"""The product 42023-113-10 in a barcode."""
F = "\x1d"
"""FNC1."""
PAST, AHEAD = date(2020, 1, 31), date(2028, 1, 31)
CUT = "Where the {} in this code ends cannot be told: read it on the label."
NOT_READ = "The {} in this code was not read: read it on the label."
A_PART = "A part of this code was not read: read lot and last day on the label."
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ALL_82 = LETTERS + "0123456789" + "!\"%&'()*+,-./:;<=>?_"
IN_A_LOT = st.text(ALL_82, min_size=1, max_size=20).filter(lambda lot: "<" not in lot)


def test_the_table_says_what_the_general_specifications_say_of_lengths() -> None:
    """Their figure of element strings with a predefined length, by the first two digits."""
    lengths = {"00": 20, "01": 16, "02": 16, "03": 16, "11": 8, "12": 8, "13": 8, "15": 8}
    lengths |= {"16": 8, "17": 8, "20": 4, "41": 16}
    lengths |= dict.fromkeys(("31", "32", "33", "34", "35", "36"), 10)
    for row in read_toml(FILE, Table).identifiers:
        first = row.identifier.partition("-")[0]
        assert (row.end == "length") is (first[:2] in lengths)
        if row.end == "length":
            assert len(first) + (table()[first].length or 0) == lengths[first[:2]]


def test_no_text_begins_with_two_identifiers() -> None:
    for name in table():
        assert leading(name + "0" * 4) == name


def test_the_character_set_has_82_characters_and_no_bar_caret_or_tilde() -> None:
    form = table()["10"]
    assert len(set(ALL_82)) == 82
    assert all(form.fits(each) for each in ALL_82)
    others = {chr(n) for n in range(300)} - set(ALL_82)
    assert {"|", "^", "~", " ", "#", "[", F} <= others
    assert not any(form.fits(each) for each in others)
    assert SET_82.startswith("[")


@pytest.mark.parametrize(
    ("scanned", "lot", "unread"),
    [
        # The separator was lost: LOT9 and made on 1 January 2025, or one lot?
        (f"01{G}1728013110LOT911250101", None, CUT.format("lot")),
        (f"01{G}1728013110LOT93725", None, CUT.format("lot")),
        (f"01{G}1728013110LOT9305", None, CUT.format("lot")),
        (f"01{G}1728013110LOT9240ABC", None, CUT.format("lot")),
        (f"01{G}1728013110LOT9422840", None, CUT.format("lot")),
        (f"01{G}1728013110LOT991X", None, CUT.format("lot")),
        (f"01{G}1728013110B7123456", None, CUT.format("lot")),
        (f"01{G}1728013110LOT9422840305", None, CUT.format("lot")),
        (f"01{G}1728013110LOT9|11250101", "LOT9", None),
        (f"01{G}1728013110LOT9^11250101", "LOT9", None),
        (f"01{G}1728013110LOT9~21S1~", "LOT9", None),
        (f"01{G}1728013110LOT9\u241d3725", "LOT9", None),
        (f"(01){G}(17)280131(10)LOT9|(11)250101", "LOT9", None),
        # What stands behind is no element, or two characters stand in for one: no separator.
        (f"01{G}1728013110LOT9|XY", None, NOT_READ.format("lot")),
        (f"01{G}1728013110LOT9|11250101^3725", None, NOT_READ.format("lot")),
        (f"01{G}1728013110LOT9|11250101{F}3725", None, NOT_READ.format("lot")),
        (f"01{G}1728013110LO#9", None, NOT_READ.format("lot")),
        (f"01{G}1728013110LOT9<GS>11250101", None, NOT_READ.format("lot")),
        (f"(01){G}(17)280131(10)LO(T)9", "LO(T)9", None),
        (f"01{G}1728013110LO(T)9", "LO(T)9", None),
        (f"(01){G}(17)280131(10)L(5)9", "L(5)9", None),
        (f"(01){G}(17)280131(10)(A)", "(A)", None),
        # (12) is an identifier, but 9 is no day: in brackets of the lot, or damage?
        (f"(01){G}(17)280131(10)LO(12)9", None, NOT_READ.format("lot")),
        (f"(01){G}(17)280131(10)LO(05)9", None, NOT_READ.format("lot")),
        (f"01{G}1728013110ABCDEF", "ABCDEF", None),
        (f"01{G}1728013110A-6_8", "A-6_8", None),
        (f"01{G}17280131{F}10LOT911250101{F}21S", "LOT911250101", None),
    ],
)
def test_a_lot_is_read_where_it_can_be_one_thing_only(
    scanned: str, lot: str | None, unread: str | None
) -> None:
    read = package(scanned, ON)
    assert (read.lot, read.expires_on) == (lot, AHEAD)
    assert (unread in read.unread) if unread else (read.unread == ())
    assert by_code(scanned).product is not None


@pytest.mark.parametrize("kind", ["", "]d2", "]C1", "]Q3", "]e0", "]J1", f"]C1{F}"])
@pytest.mark.parametrize(
    "before",
    [
        f"3725{F}",
        f"305{F}",
        f"240ABC{F}",
        f"241PART-1{F}",
        f"250A1{F}",
        "4140342023113104",
        f"4140342023113104{F}",
        f"254X{F}",
        f"422840{F}",
        "422840",
        f"71012345678{F}",
        f"7123400930000{F}",
        f"714123456{F}",
        f"715{'42023011310'}{F}",
        *(f"{n}AB/1{F}" for n in range(90, 100)),
        f"10LOT{F}",
        f"21S{F}",
        "11180101",
        "2001",
        "3102000120",
        f"8008180101{'12'}{F}",
        f"423840276{F}",
        f"3725{F}422840{F}91X{F}",
        # A later edition of the table may know it; the separator ends it all the same.
        f"05AB{F}",
    ],
)
def test_a_last_day_counts_behind_every_other_element(kind: str, before: str) -> None:
    read = package(f"{kind}01{G}{before}17200131", ON)
    if "05AB" in before:
        assert read.unread == (A_PART,)
    assert read.expires_on == PAST
    assert read.expired(ON)
    assert read.against(ON)[0] == "Expired: its last day was 31 Jan 2020."


@pytest.mark.parametrize(
    ("scanned", "unread"),
    [
        # A separator that is lost may hide the day: nothing is taken, and it is said.
        (f"01{G}372517200131", (A_PART,)),
        (f"01{G}240ABC17200131", (A_PART,)),
        (f"01{G}91ABC17200131", (A_PART,)),
        (f"01{G}3725X{F}10LOT", (A_PART,)),
        (f"01{G}7001200131", (A_PART,)),
        # A character lost in the day moves all that stands behind it.
        (f"01{G}172801310LOT9", (NOT_READ.format("expiration date"), A_PART)),
        (f"01{G}1728O13110LOT9", (NOT_READ.format("expiration date"), A_PART)),
        (f"01{G}172801", (NOT_READ.format("expiration date"), A_PART)),
        (f"01{G}17280231", (NOT_READ.format("expiration date"),)),
        (f"(01){G}(05)1", (A_PART,)),
        (f"(01){G}(37)AB", (A_PART,)),
    ],
)
def test_a_day_that_may_be_hidden_or_moved_is_not_read_and_that_is_said(
    scanned: str, unread: tuple[str, ...]
) -> None:
    read = package(scanned, ON)
    assert read.expires_on is None
    assert read.unread == unread
    assert read.lot in (None, "LOT")


def test_a_day_with_its_hour_counts_and_its_hour_is_left_to_the_label() -> None:
    read = package(f"01{G}70032001311430{F}10LOT", ON)
    assert (read.expires_on, read.lot) == (PAST, "LOT")
    (said,) = read.unread
    assert "hour at which its last day ends" in said
    assert package(f"01{G}70032001311430{F}17200131", ON).expires_on == PAST
    assert package(f"01{G}70032001311430{F}17200201", ON).expires_on is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"https://id.gs1.org/01/{G}/10/LOT9?17=280131", Package("LOT9", None, AHEAD)),
        (f"https://id.gs1.org/01/{G}/10/LOT9/21/S1?17=280131", Package("LOT9", "S1", AHEAD)),
        (f"http://maker.invalid/a/b/01/{G}/?17=280131", Package(None, None, AHEAD)),
        (f"HTTPS://ID.GS1.ORG/01/{G}", Package()),
        (f"]Q1https://id.gs1.org/01/{G}/10/LOT9", Package("LOT9")),
        ("https://id.gs1.org/01/342023113108/10/LOT9", Package("LOT9")),
        (
            f"https://x.invalid/01/{G}/10/A%2F9%2B?3102=000120&17=280131#top",
            Package("A/9+", None, AHEAD),
        ),
        (
            f"https://x.invalid/01/{G}?linkType=gs1:epil&17=280131;lang=en",
            Package(None, None, AHEAD),
        ),
        (f"https://x.invalid/01/{G}/10/A%7C9", Package(unread=(NOT_READ.format("lot"),))),
        (f"https://x.invalid/01/{G}/10/A%9", Package(unread=(NOT_READ.format("lot"),))),
        (f"https://x.invalid/01/{G}/10/A?10=B", Package(unread=(NOT_READ.format("lot"),))),
        (
            f"https://x.invalid/01/{G}?17=2801",
            Package(unread=(NOT_READ.format("expiration date"),)),
        ),
        (f"https://x.invalid/01/{G}/10", Package(unread=(A_PART,))),
        (f"https://x.invalid/01/{G}/05/A", Package(unread=(A_PART,))),
        (f"https://x.invalid/01/{G}?05=A", Package(unread=(A_PART,))),
    ],
)
def test_an_address_is_read_as_text_and_its_host_is_nobody_s_business(
    address: str, expected: Package
) -> None:
    assert package(address, ON) == expected
    assert by_code(address).product is not None


@pytest.mark.parametrize(
    "address",
    [
        "https://id.gs1.org/00/106141412345678908",
        "https://id.gs1.org/01/",
        "https://id.gs1.org/01/00342023113107",
        "https://id.gs1.org/01/0034202311310X/10/LOT9",
        f"ftp://id.gs1.org/01/{G}",
        f"id.gs1.org/01/{G}",
        f"https://id.gs1.org/01/{G}?01=00304092051056",
        "https://id.gs1.org/AQH9-2ZYgA",
    ],
)
def test_another_address_is_no_code(address: str) -> None:
    assert by_code(address).product is None
    assert package(address, ON) == Package()


def test_a_last_day_in_an_address_holds_like_any_other() -> None:
    assert package(f"https://x.invalid/01/{G}?17=200131", ON).expired(ON)


@pytest.mark.parametrize(
    "typed",
    [
        "NDC 42023-113-10",
        "NDC: 42023-113-10",
        "ndc#4202311310",
        "NDC No. 42023-0113-10",
        "NDC Number: 42023011310",
        "NDC-42023-113-10",
        "42023\u2013113\u201310",
        "NDC 42023\u2014113\u201110",
        "42023\u2212113\u221210",
        "42023\u00a0-\u00a0113-10",
        "]E00342023113108",
        "]I100342023113108",
        "]C042023-113-10",
        "]C1" + F + f"01{G}",
        f"01{G}71542023011310",
        f"01{G}7154202311310",
    ],
)
def test_a_number_is_read_with_what_people_and_scanners_put_before_and_between(typed: str) -> None:
    reading = by_code(typed)
    assert reading.vial is not None
    assert reading.vial.ndc == "42023-113-10"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("NDC", "is not a drug code"),
        ("NDC NDC 42023-113-10", "is not a drug code"),
        ("NDC 420-23-113", "is not a drug code"),
        ("42023/113/10", "is not a drug code"),
        # A GS1 barcode holds elements: a number alone is none of it.
        ("]d2342023113108", "is not a drug code"),
        ("]C14202311310", "is not a drug code"),
        (f"01{G}7150409205105", "names two products"),
        (f"01{G}715ABC", "is not a drug code"),
        (f"(01){G}(01)0034202311310", "names two products"),
    ],
)
def test_what_contradicts_itself_or_its_kind_of_barcode_names_nothing(
    typed: str, says: str
) -> None:
    reading = by_code(typed)
    assert reading.product is None
    assert not reading.is_code
    assert says in reading.said


def test_nothing_is_taken_from_a_scan_whose_check_digit_does_not_fit() -> None:
    damaged = f"01{G[:-1]}71720013110LOT9"
    assert "does not fit the others" in by_code(damaged).said
    assert package(damaged, ON) == Package()


@given(
    lot=IN_A_LOT,
    serial=IN_A_LOT,
    last=st.dates(date(2000, 1, 1), date(2049, 12, 31)),
    others=st.lists(
        st.sampled_from(["3725", "305", "240A", "422840", "715" + "42023011310", "90X", "99Z"]),
        unique_by=lambda each: each[:2],
    ),
    order=st.randoms(use_true_random=False),
)
def test_what_fields_are_written_into_elements_is_read_back(
    lot: str, serial: str, last: date, others: list[str], order: object
) -> None:
    ended = [f"10{lot}", f"21{serial}", *others]
    whole = [*(each + F for each in ended), f"01{G}", f"17{last:%y%m%d}"]
    order.shuffle(whole)  # type: ignore[attr-defined]
    for kind in ("", "]d2", f"]C1{F}"):
        assert package(kind + "".join(whole), last) == Package(lot, serial, last)


@given(lot=IN_A_LOT, last=st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_one_package_reads_alike_as_address_as_elements_and_in_brackets(
    lot: str, last: date
) -> None:
    assume("(" not in lot)
    escaped = "".join(f"%{ord(each):02X}" for each in lot)
    expected = Package(lot, None, last)
    assert package(f"https://x.invalid/01/{G}/10/{escaped}?17={last:%y%m%d}", last) == expected
    assert package(f"(01){G}(17){last:%y%m%d}(10){lot}", last) == expected
    assert package(f"01{G}17{last:%y%m%d}10{lot}{F}20", last).lot == lot


@given(st.integers(0, 13), st.characters(min_codepoint=33, max_codepoint=126))
def test_one_damaged_character_of_a_product_number_is_refused(place: int, put: str) -> None:
    assume(put != G[place])
    damaged = G[:place] + put + G[place + 1 :]
    ways = (f"01{damaged}1728013110LOT9", f"(01){damaged}(17)280131", f"]d201{damaged}", damaged)
    for scanned in (*ways, f"https://x.invalid/01/{damaged}?17=280131"):
        assert by_code(scanned).product is None
        assert package(scanned, ON) == Package()


@pytest.mark.parametrize("place", range(14))
def test_a_lost_character_of_a_product_number_never_gives_another_product_or_a_day(
    place: int,
) -> None:
    damaged = G[:place] + G[place + 1 :]
    read = package(f"01{damaged}1728013110LOT9", ON)
    assert (read.lot, read.expires_on) == (None, None)
    named = by_code(f"01{damaged}1728013110LOT9").product
    assert named is None or named.id == "ketamine_injectable_10"
    assert by_code(f"(01){damaged}(17)280131").product is None


@given(st.text(ALL_82 + F + "|^~", max_size=40))
def test_whatever_follows_a_product_no_lot_holds_what_no_lot_can_hold(behind: str) -> None:
    read = package(f"01{G}{behind}", ON)
    assert read.lot is None or table()["10"].fits(read.lot)
    assert read.serial is None or table()["21"].fits(read.serial)
