"""Amounts are typed: what cannot be added in a pharmacy cannot be added here."""

import copy
import pickle
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    MilligramsPerMinute,
    Millilitres,
    MillilitresPerHour,
    Minutes,
    Quantity,
    scaled,
)

EVERY_UNIT: list[type[Quantity]] = [
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    MilligramsPerMinute,
    Millilitres,
    MillilitresPerHour,
    Minutes,
]

amounts = st.decimals(min_value=0, max_value=5000, places=4)
above_zero = st.decimals(min_value="0.0001", max_value=5000, places=4)


def test_half_a_milligram_per_kilogram_for_seventy_kilograms_is_35_mg() -> None:
    # S2.55: 0.5 mg/kg, for example 35 mg for somebody of 70 kg.
    assert MilligramsPerKilogram("0.5") * Kilograms(70) == Milligrams(35)
    assert Kilograms(70) * MilligramsPerKilogram("0.5") == Milligrams(35)


@pytest.mark.parametrize(("strength", "volume"), [(10, "7"), (50, "1.4"), (100, "0.7")])
def test_one_milligram_per_kilogram_for_seventy_kilograms_as_volumes(
    strength: int, volume: str
) -> None:
    # Evidence file §11, T05: 70 mg is 7, 1.4 and 0.7 mL.
    total = MilligramsPerKilogram(1) * Kilograms(70)
    assert total / MilligramsPerMillilitre(strength) == Millilitres(volume)


def test_a_dose_divides_into_rate_concentration_and_dose_by_weight() -> None:
    dose = Milligrams(35)
    assert dose / Minutes(40) == MilligramsPerMinute("0.875")
    assert dose / Millilitres("3.5") == MilligramsPerMillilitre(10)
    assert dose / Kilograms(70) == MilligramsPerKilogram("0.5")


def test_a_rate_times_its_duration_is_the_dose() -> None:
    assert MilligramsPerMinute("0.875") * Minutes(40) == Milligrams(35)
    assert Minutes(40) * MilligramsPerMinute("0.875") == Milligrams(35)


def test_a_volume_times_its_concentration_is_the_dose() -> None:
    assert Millilitres("3.5") * MilligramsPerMillilitre(10) == Milligrams(35)
    assert MilligramsPerMillilitre(10) * Millilitres("3.5") == Milligrams(35)


def test_a_volume_over_minutes_is_a_pump_setting_in_millilitres_per_hour() -> None:
    # 3.5 mL in 40 minutes is 3.5 × 60 / 40 = 5.25 mL in an hour.
    assert Millilitres("3.5") / Minutes(40) == MillilitresPerHour("5.25")


def test_amounts_of_one_unit_add_subtract_and_compare() -> None:
    assert Milligrams("0.1") + Milligrams("0.2") == Milligrams("0.3")
    assert Milligrams(50) - Milligrams(35) == Milligrams(15)
    assert Milligrams(35) < Milligrams("35.1")
    assert Milligrams(35) <= Milligrams("35.0")
    assert Milligrams("35.1") > Milligrams(35)
    assert Milligrams(35) >= Milligrams(35)
    assert not Milligrams(35) > Milligrams(35)


def test_subtracting_more_than_there_is_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and"):
        Milligrams(10) - Milligrams(11)


def test_milligrams_and_milligrams_per_kilogram_do_not_add_and_the_message_says_what_to_do() -> (
    None
):
    with pytest.raises(TypeError, match="multiply the mg/kg by the weight first"):
        Milligrams(35) + MilligramsPerKilogram("0.5")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("left", "right", "says"),
    [
        (Millilitres(5), Milligrams(100), "multiply the volume by its concentration first"),
        (MilligramsPerMinute(1), Milligrams(35), "multiply the rate by its duration first"),
        (Kilograms(70), Minutes(40), "bring both to one unit, kg or min"),
        (Milligrams(35), 35, "give the number a unit first"),
    ],
)
def test_different_units_neither_add_nor_subtract_nor_compare(
    left: Quantity, right: Quantity, says: str
) -> None:
    for combine in (
        lambda: left + right,
        lambda: left - right,
        lambda: left < right,
        lambda: left <= right,
        lambda: left > right,
        lambda: left >= right,
    ):
        with pytest.raises(TypeError, match=re.escape(says)):
            combine()


@pytest.mark.parametrize(
    "combine",
    [
        lambda: MilligramsPerKilogram(1) * Minutes(40),  # type: ignore[operator]
        lambda: Kilograms(70) * Kilograms(70),  # type: ignore[operator]
        lambda: MilligramsPerMillilitre(10) * Minutes(40),  # type: ignore[operator]
        lambda: Millilitres(5) * Minutes(40),  # type: ignore[operator]
        lambda: Minutes(40) * Milligrams(35),  # type: ignore[operator]
        lambda: MilligramsPerMinute(1) * Kilograms(70),  # type: ignore[operator]
        lambda: Milligrams(35) / Milligrams(35),  # type: ignore[operator]
        lambda: Millilitres(5) / Kilograms(70),  # type: ignore[operator]
        lambda: MilligramsPerKilogram("0.5") * 70,  # type: ignore[operator]
    ],
)
def test_what_makes_no_amount_is_refused(combine) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError, match=r"cannot (multiply|divide)"):
        combine()


@pytest.mark.parametrize(
    "divide",
    [
        lambda: Milligrams(35) / Minutes(0),
        lambda: Milligrams(35) / MilligramsPerMillilitre(0),
        lambda: Millilitres(5) / Minutes(0),
    ],
)
def test_dividing_by_nothing_says_what_must_be_above_zero(divide) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ZeroDivisionError, match="must be above 0"):
        divide()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0.5", "0.5 mg"),
        ("35.0", "35 mg"),
        ("35", "35 mg"),
        ("100", "100 mg"),
        ("0.050", "0.05 mg"),
        ("0", "0 mg"),
        ("0.000001", "0.000001 mg"),
    ],
)
def test_amounts_read_with_a_leading_and_without_a_trailing_zero(written: str, read: str) -> None:
    assert Milligrams(written).text() == read


def test_each_unit_prints_its_own_name() -> None:
    assert [unit("0.5").text() for unit in EVERY_UNIT] == [
        "0.5 kg",
        "0.5 mg",
        "0.5 mg/kg",
        "0.5 mg/mL",
        "0.5 mg/min",
        "0.5 mL",
        "0.5 mL/h",
        "0.5 min",
    ]


@pytest.mark.parametrize("unit", EVERY_UNIT)
def test_a_float_is_refused_and_the_message_shows_the_text_to_write(unit: type[Quantity]) -> None:
    with pytest.raises(TypeError, match=re.escape('write the number as text, "0.1"')):
        unit(0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [True, None, [35], b"35"])
def test_only_text_whole_numbers_and_decimals_become_amounts(value: object) -> None:
    with pytest.raises(TypeError, match="Milligrams: give text, a whole number or a Decimal"):
        Milligrams(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    ["", ".5", "5.", "0,5", "1e3", "-1", "+1", " 35", "35 ", "1_000", "NaN", "inf", "35 mg", "٣٥"],
)
def test_text_that_is_not_a_plain_number_is_refused(written: str) -> None:
    # ".5" is refused on purpose: without its zero it has been read as 5.
    with pytest.raises(ValueError, match="Milligrams: write a plain number"):
        Milligrams(written)


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_number_that_is_not_finite_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="finite number"):
        Milligrams(Decimal(number))


@pytest.mark.parametrize("number", [Decimal("-0.001"), -1, Decimal("1e10"), 10**10])
def test_a_negative_or_absurd_number_is_refused(number: Decimal | int) -> None:
    with pytest.raises(ValueError, match="between 0 and 1000000000"):
        Milligrams(number)


def test_minus_zero_is_zero() -> None:
    assert Milligrams(Decimal("-0")).text() == "0 mg"


def test_an_amount_cannot_be_changed_after_it_is_made() -> None:
    dose = Milligrams(35)
    with pytest.raises(AttributeError, match="Milligrams is frozen"):
        dose._value = Decimal(350)
    assert dose == Milligrams(35)


def test_equal_means_same_unit_and_same_number() -> None:
    assert Milligrams("35.0") == Milligrams(35)
    assert hash(Milligrams("35.0")) == hash(Milligrams(35))
    assert Milligrams(35) != Millilitres(35)
    assert Milligrams(35) != 35


def test_an_amount_survives_copying_and_storing() -> None:
    dose = Milligrams("0.5")
    assert copy.deepcopy(dose) == dose
    assert pickle.loads(pickle.dumps(dose)) == dose
    assert repr(dose) == 'Milligrams("0.5")'


@pytest.mark.parametrize(
    ("exact", "step", "rounded"),
    [
        ("3.514", "0.01", "3.51"),
        ("3.515", "0.01", "3.52"),
        ("3.5", "0.01", "3.5"),
        ("0.004", "0.01", "0"),
        ("0.005", "0.01", "0.01"),
        ("7.3", "0.5", "7.5"),
    ],
)
def test_rounding_goes_to_the_nearest_step_and_halves_go_up(
    exact: str, step: str, rounded: str
) -> None:
    assert Millilitres(exact).rounded(step) == Millilitres(rounded)


@given(amounts, st.sampled_from(EVERY_UNIT))
def test_no_amount_ever_prints_a_bare_point_or_a_trailing_zero(
    number: Decimal, unit: type[Quantity]
) -> None:
    printed = unit(number).text().removesuffix(f" {unit.unit}")
    assert re.fullmatch(r"(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", printed)
    assert Decimal(printed) == number


@given(amounts, amounts)
def test_what_is_added_can_be_taken_away_again(left: Decimal, right: Decimal) -> None:
    total = Milligrams(left) + Milligrams(right)
    assert total - Milligrams(right) == Milligrams(left)
    assert total == Milligrams(right) + Milligrams(left)


@given(above_zero, st.sampled_from([1, 2, 5, 10, 50, 100]))
def test_volume_times_concentration_is_the_dose_again(dose: Decimal, strength: int) -> None:
    concentration = MilligramsPerMillilitre(strength)
    assert (Milligrams(dose) / concentration) * concentration == Milligrams(dose)


@given(above_zero, above_zero)
def test_a_rounded_amount_is_at_most_half_a_step_away(number: Decimal, step: Decimal) -> None:
    assert abs(Millilitres(number).rounded(step).value - number) <= step / 2


@pytest.mark.parametrize(
    ("milligrams", "read"),
    [
        ("280", "280 mg"),
        ("9999.9", "9999.9 mg"),
        ("10000", "10 g"),
        ("12500", "12.5 g"),
        ("7122000", "7.122 kg"),
    ],
)
def test_a_large_amount_is_read_in_a_larger_unit(milligrams: str, read: str) -> None:
    assert scaled(Milligrams(milligrams)) == read


@given(st.integers(0, 10**9))
def test_a_larger_unit_says_the_same_amount(milligrams: int) -> None:
    number, unit = scaled(Milligrams(milligrams)).split()
    assert Decimal(number) * {"mg": 1, "g": 10**3, "kg": 10**6}[unit] == milligrams


def test_what_cannot_be_combined_names_both_amounts_and_what_to_write() -> None:
    with pytest.raises(TypeError) as adding:
        Milligrams(1) + MilligramsPerKilogram(1)  # type: ignore[operator]
    assert str(adding.value) == (
        "cannot add Milligrams and MilligramsPerKilogram: multiply the mg/kg by the weight first: "
        "MilligramsPerKilogram × Kilograms"
    )
    with pytest.raises(TypeError) as bare:
        Milligrams(1) + 1  # type: ignore[operator]
    assert str(bare.value) == (
        "cannot add Milligrams and int: give the number a unit first, for example Milligrams(...)"
    )
    with pytest.raises(TypeError) as none:
        Kilograms(1) * Minutes(1)  # type: ignore[operator]
    assert str(none.value) == (
        "cannot multiply Kilograms and Minutes: no amount has that unit; see the class of each for "
        "what it combines with"
    )


def test_equal_amounts_are_one_in_a_set_and_units_keep_them_apart() -> None:
    assert len({Milligrams(35), Milligrams("35.0"), Millilitres(35)}) == 2
    assert hash(Milligrams(35)) != hash(Millilitres(35))
    assert hash(Milligrams(35)) != hash(Milligrams(36))


@pytest.mark.parametrize(
    ("mg", "read"),
    [
        ("9999.99", "9999.99 mg"),
        ("10000", "10 g"),
        ("10500.5", "10.5005 g"),
        ("999999", "999.999 g"),
        ("1000000", "1 kg"),
        ("1000001", "1.000001 kg"),
    ],
)
def test_a_large_amount_is_read_in_the_unit_of_its_size_and_stays_exact(mg: str, read: str) -> None:
    assert scaled(Milligrams(mg)) == read
