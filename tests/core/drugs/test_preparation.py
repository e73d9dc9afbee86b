"""An order says how what goes into the line is made."""

from datetime import date

import pytest

from mooring.core.drugs.dosed import WeightMissingError
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.preparation import preparation
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Minutes,
)

TEN, FIFTY, HUNDRED = (MilligramsPerMillilitre(number) for number in (10, 50, 100))


def infusion(milligrams: str, vial: MilligramsPerMillilitre | None = None) -> InfusionOrder:
    weight = Weight(Kilograms(72), date(2026, 3, 2), WeightMethod.WEIGHED)
    return InfusionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAVENOUS_INFUSION,
        Milligrams(milligrams),
        weight,
        Minutes(40),
        vial,
    )


def test_36_mg_from_50_for_a_line_of_10() -> None:
    """By hand: 36 / 50 = 0.72 mL; 36 / 10 = 3.6 mL; 3.6 - 0.72 = 2.88 mL."""
    assert preparation(infusion("36", FIFTY), TEN) == (
        "0.72 mL of 50 mg/mL with 2.88 mL of diluent to make 3.6 mL of 10 mg/mL",
    )


def test_an_order_that_names_no_vial_says_it_for_each_that_is_strong_enough() -> None:
    assert preparation(infusion("36"), TEN) == (
        "3.6 mL of 10 mg/mL, undiluted",
        "0.72 mL of 50 mg/mL with 2.88 mL of diluent to make 3.6 mL of 10 mg/mL",
        "0.36 mL of 100 mg/mL with 3.24 mL of diluent to make 3.6 mL of 10 mg/mL",
    )
    assert len(preparation(infusion("36"), FIFTY)) == 2


def test_the_drug_is_rounded_to_the_mark_and_the_diluent_keeps_the_concentration() -> None:
    """36.2 / 50 = 0.724, drawn as 0.72 mL, which holds 36 mg: 3.6 mL of 10 mg/mL."""
    (said,) = preparation(infusion("36.2", FIFTY), TEN)
    assert said == "0.72 mL of 50 mg/mL with 2.88 mL of diluent to make 3.6 mL of 10 mg/mL"


def test_no_vial_weaker_than_the_line_is_named() -> None:
    assert preparation(infusion("36", TEN), FIFTY) == ()


def test_without_a_weight_there_is_nothing_to_prepare() -> None:
    open_order = InfusionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAVENOUS_INFUSION,
        MilligramsPerKilogram("0.5"),
        None,
        Minutes(40),
        HUNDRED,
    )
    with pytest.raises(WeightMissingError):
        preparation(open_order, TEN)
