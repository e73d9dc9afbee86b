"""A typed or scanned code names its product, or it is said plainly that it was not recognised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.drugs.codes import by_code
from mooring.core.drugs.products import Injectable, injectables, products


@pytest.mark.parametrize(
    ("ndc", "strength"),
    # openFDA NDC records; evidence file §3.1.
    [
        ("42023-113-10", 10),
        ("55150-438-10", 10),
        ("0409-2051-05", 100),
        ("71872-7296-1", 100),
        ("25021-684-05", 100),
    ],
)
def test_a_code_names_its_strength_with_and_without_hyphens(ndc: str, strength: int) -> None:
    for typed in (ndc, ndc.replace("-", ""), f" {ndc} "):
        found = by_code(typed).product
        assert isinstance(found, Injectable)
        assert found.concentration_mg_per_ml == strength


@pytest.mark.parametrize(
    "typed",
    [
        "42023-0113-10",
        "42023011310",
        # UPC-A of 42023-113-10: 3 before, and 8 because 3 x 11 + 9 = 42 wants 8 to reach 50.
        "342023113108",
        "0342023113108",
        "00342023113108",
        # A carton: the 1 in front adds 3 to that sum, so the last digit is 5.
        "10342023113105",
        "(01)00342023113108(17)281231(10)A1B2",
        "(01) 00342023113108",
        "01003420231131081728123110A1B2",
        "]d201003420231131081728123110A1B2\x1d21X",
    ],
)
def test_every_way_of_writing_one_code_names_the_same_vial(typed: str) -> None:
    reading = by_code(typed)
    assert reading.vial is not None
    assert reading.vial.ndc == "42023-113-10"
    assert reading.said.endswith("10 mg/mL: the full vial holds 200 mg in 20 mL.")


@pytest.mark.parametrize("typed", ["0409-2051", "0409-2051-10"])
def test_an_unknown_package_of_a_known_product_names_the_strength_and_no_volume(typed: str) -> None:
    reading = by_code(typed)
    assert reading.product is not None
    assert reading.product.id == "ketamine_injectable_100"
    assert reading.vial is None
    assert "read the vial's volume" in reading.said


def test_the_esketamine_device_is_named_as_what_it_is() -> None:
    reading = by_code("50458-028-02")
    assert reading.product is not None
    assert reading.product.id == "esketamine_nasal_device_28"
    assert (reading.vial, reading.said) == (None, "esKETAmine nasal spray device 28 mg (Spravato).")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Nothing was scanned or typed."),
        ("  ", "Nothing was scanned or typed."),
        ("12345-678-90", "names no product known here"),
        ("1234567890", "It was not checked"),
        ("12345678901", "names no product known here"),
        ("342023113107", "does not fit the others: scan or type it again"),
        ("00342023113101", "does not fit the others"),
        ("036000291452", "not of a US drug: it holds no NDC"),
        ("420-23-113", "is not a drug code"),
        ("42023-113-1", "its parts have 4-4-2, 5-3-2, 5-4-1 or 5-4-2 digits"),
        ("4202-113-10", "its parts have"),
        ("123456789", "An NDC has 10 or 11 digits"),
        ("123456789012345", "An NDC has 10 or 11 digits"),
        ("ketoprofen", "is not a drug code"),
        ("\u0664\u0662\u0660\u0662\u0663\u0661\u0661\u0663\u0661\u0660", "is not a drug code"),
    ],
)
def test_what_is_not_recognised_says_why(typed: str, says: str) -> None:
    reading = by_code(typed)
    assert (reading.product, reading.vial) == (None, None)
    assert says in reading.said


@given(st.integers(0, 9), st.integers(0, 11))
def test_one_misread_digit_of_a_barcode_is_noticed(digit: int, place: int) -> None:
    right = "342023113108"
    misread = right[:place] + str(digit) + right[place + 1 :]
    assert (by_code(misread).product is not None) is (misread == right)


@given(st.text(max_size=60))
def test_any_text_at_all_gets_an_answer(typed: str) -> None:
    assert by_code(typed).said


def test_no_two_products_share_a_code() -> None:
    codes = [code for each in products() for code in set(each.codes)]
    assert len(codes) == len(set(codes))
    assert all(each.vials for each in injectables())


@pytest.mark.parametrize(
    ("typed", "volume"),
    [("0409205105", 5), ("7187272961", 5), ("2502168405", 5), ("5515043810", 20)],
)
def test_ten_digits_in_a_row_name_the_package_too(typed: str, volume: int) -> None:
    """Labellers of 4 and 5 digits, packages of 1 and 2 (openFDA NDC records)."""
    reading = by_code(typed)
    assert reading.vial is not None
    assert reading.vial.volume_ml == volume


@pytest.mark.parametrize(
    "typed", ["42023-113-10", "0409-2051", "50458-028-02", "nothing", "1" * 12]
)
def test_a_reading_keeps_what_was_typed(typed: str) -> None:
    assert by_code(typed).text == typed


def test_what_was_not_a_code_is_quoted_to_its_fortieth_letter_and_told_what_is() -> None:
    said = by_code("x" * 60).said
    assert said == (
        f'"{"x" * 40}" is not a drug code. An NDC has 10 or 11 digits, for example 42023-113-10; '
        "a barcode has 12 to 14 digits, or begins with (01)."
    )
    assert by_code("12345-678-90").said == (
        '"12345-678-90" was read, but names no product known here. It was not checked: compare '
        "drug and strength with the label itself."
    )
