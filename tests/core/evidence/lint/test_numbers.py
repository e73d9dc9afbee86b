"""What a printed number can stand for."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.evidence import Claim, Measure, Quantity, Status
from mooring.core.evidence.lint.numbers import ENDLESS, Interval, plausible, rounding, stated
from mooring.core.evidence.lint.relay import uncontrolled


def number(**fields: object) -> Quantity:
    return Quantity.model_validate(fields)


@pytest.mark.parametrize(
    ("printed", "half"), [("63.0", "0.05"), ("63", "0.5"), ("0.28", "0.005"), ("3000", "0.5")]
)
def test_a_printed_number_has_half_a_unit_of_its_last_digit(printed: str, half: str) -> None:
    assert rounding(Decimal(printed)) == Decimal(half)


@given(st.decimals(min_value=0, max_value=1000, places=4), st.integers(0, 3))
def test_what_rounds_to_a_printed_number_is_allowed_by_it(exact: Decimal, places: int) -> None:
    printed = number(value=round(exact, places), unit="mg")
    allowed = stated(printed)
    assert allowed is not None
    assert allowed.low <= exact <= allowed.high


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        ({"value": 3, "unit": "g"}, "2500", "3500"),
        ({"value": 100, "bound": "about", "unit": "mg"}, "85", "115"),
        ({"value": 1, "bound": "about", "unit": "mg"}, "0.5", "1.5"),
        ({"low": 8, "high": 19, "unit": "mmHg"}, "7.5", "19.5"),
        ({"value": 50, "unit": "%"}, "0.495", "0.505"),
        ({"value": Decimal("0.50"), "unit": "as a fraction"}, "0.495", "0.505"),
        ({"value": 2, "unit": "weeks"}, "15120", "25200"),
        ({"numerator": 3, "denominator": 12, "per": "people"}, "0.25", "0.25"),
    ],
)
def test_a_number_in_its_first_unit(fields: dict[str, object], low: str, high: str) -> None:
    assert stated(number(**fields)) == Interval(Decimal(low), Decimal(high))


def test_a_bound_is_open_on_its_other_side() -> None:
    least = stated(number(value=12, bound="at least", unit="h"))
    most = stated(number(value=12, bound="at most", unit="h"))
    assert least is not None
    assert most is not None
    assert least.high == ENDLESS
    assert most.low == -ENDLESS


def test_the_interval_of_a_share_is_wilsons() -> None:
    # Newcombe 1998 (Stat Med 17:857), table I: 81 of 263, Wilson: 0.2553 to 0.3662
    found = plausible(number(numerator=81, denominator=263, per="people"), None)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (Decimal("0.2553"), Decimal("0.3662"))


@pytest.mark.parametrize("count", [1, 24, 684])
def test_the_interval_of_none_and_of_all_ends_at_the_share_itself(count: int) -> None:
    none = plausible(number(numerator=0, denominator=count, per="infusions"), None)
    every = plausible(number(numerator=count, denominator=count, per="infusions"), None)
    assert none is not None
    assert every is not None
    assert (none.low, every.high) == (0, 1)


def test_an_interval_that_is_printed_goes_before_one_that_is_calculated() -> None:
    rate = number(
        value=50, unit="%", measure=Measure.RATE, denominator=20, per="people", confidence=[40, 60]
    )
    assert plausible(rate, None) == Interval(Decimal("0.4"), Decimal("0.6"))


def test_a_share_without_any_count_is_what_it_says() -> None:
    assert plausible(number(value=50, unit="%", measure=Measure.RATE), None) == Interval(
        Decimal("0.495"), Decimal("0.505")
    )


def test_a_claim_of_ours_has_no_study_whose_control_group_could_be_known() -> None:
    choice = Claim(id="choice.one", statement="Ours.", status=Status.CLINIC_CHOICE)
    assert not uncontrolled(choice, None)
