"""A number of a claim is one value or an interval, and reads with its unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mooring.core.evidence import Quantity


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": Decimal("0.5"), "unit": "mg/kg"}, "0.5 mg/kg"),
        ({"value": Decimal(12), "bound": "at least", "unit": "h"}, "at least 12 h"),
        ({"low": Decimal(8), "high": Decimal(19), "unit": "mmHg"}, "8 to 19 mmHg"),
        ({"low": Decimal(2), "unit": "h"}, "at least 2 h"),
        ({"high": Decimal(4), "unit": "h"}, "at most 4 h"),
        ({"numerator": 0, "denominator": 684, "per": "infusions"}, "0 of 684 infusions"),
        (
            {
                "value": Decimal("63.0"),
                "unit": "%",
                "numerator": 46,
                "denominator": 73,
                "per": "people",
            },
            "63.0 % (46 of 73 people)",
        ),
        ({"value": Decimal(80), "unit": "%", "per": "responders"}, "80 % of responders"),
        ({"value": Decimal("3.7"), "unit": "odds ratio"}, "3.7 odds ratio"),
        ({"value": Decimal("1E+2"), "unit": "%"}, "100 %"),
        ({"value": Decimal(1), "unit": "weeks"}, "1 week"),
        ({"value": Decimal(2), "unit": "weeks"}, "2 weeks"),
        ({"value": Decimal(1), "unit": "s"}, "1 s"),
        ({"value": Decimal(1), "unit": "mg/kg"}, "1 mg/kg"),
    ],
)
def test_a_quantity_reads_with_its_unit(fields: dict[str, object], text: str) -> None:
    assert Quantity.model_validate(fields).text == text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"unit": "h"}, "a value, low and high, or numerator and denominator"),
        ({"numerator": 3, "per": "people"}, "a numerator needs its denominator"),
        ({"numerator": 3, "denominator": 12}, "and per: what both count"),
        ({"value": 1, "unit": "furlongs"}, "'furlongs' is not a unit in units.toml"),
        ({"value": 1, "low": 0, "unit": "h"}, "either a value, or low and high"),
        ({"low": 3, "high": 2, "unit": "h"}, "low is above high"),
    ],
)
def test_a_quantity_that_says_two_things_or_nothing_is_refused(
    fields: dict[str, object], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        Quantity.model_validate(fields)


@given(st.decimals(-(10**14), 10**14, places=3))
def test_the_text_holds_the_exact_value(value: Decimal) -> None:
    assert Decimal(Quantity(value=value, unit="mg").text.split()[0]) == value
