"""What was scanned is held against what was ordered before anything is drawn up."""

from datetime import date

import pytest

from mooring.core.drugs.code_check import check_code
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalDeviceOrder, NasalSprayOrder
from mooring.core.drugs.order import InfusionOrder, InjectionOrder
from mooring.core.drugs.products import NasalDevice, NasalSpray, injectables, product
from mooring.core.drugs.vial_use import VialUse
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
)

TEN, HUNDRED = "42023-113-10", "0409-2051-05"
TODAY = date(2026, 11, 3)
WEIGHT = Weight(Kilograms(70), TODAY, WeightMethod.WEIGHED)


def infusion(milligrams: int, strength: int | None) -> InfusionOrder:
    return InfusionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAVENOUS_INFUSION,
        Milligrams(milligrams),
        WEIGHT,
        Minutes(40),
        None if strength is None else MilligramsPerMillilitre(strength),
    )


def devices() -> NasalDeviceOrder:
    device = product("esketamine_nasal_device_28")
    assert isinstance(device, NasalDevice)
    return NasalDeviceOrder(device, 2, None)


def test_the_ordered_strength_fits_and_names_the_volume() -> None:
    check = check_code(infusion(35, 10), TEN, TODAY)
    assert check.fits
    assert check.said == (
        "KETAmine (racemic) injection 10 mg/mL: the full vial holds 200 mg in 20 mL.",
        "35 mg is 3.5 mL of 10 mg/mL.",
    )


def test_a_vial_ten_times_as_strong_does_not_fit() -> None:
    # PSNet 2021 (evidence file §7.2): 95 mg ordered, 950 mg given from 100 instead of 10 mg/mL.
    check = check_code(infusion(95, 10), HUNDRED, TODAY)
    assert not check.fits
    assert check.said == (
        "The order names 10 mg/mL; this is KETAmine (racemic) injection 100 mg/mL.",
        "Of this one the dose is 0.95 mL of 100 mg/mL, not the ordered volume.",
    )


def test_an_order_without_a_strength_is_told_the_volume_and_what_was_not_compared() -> None:
    check = check_code(infusion(35, None), HUNDRED, TODAY)
    assert check.fits
    assert check.said[1:] == (
        "The order names no strength, so only drug and route were compared.",
        "35 mg is 0.35 mL of 100 mg/mL.",
        "100 mg/mL is diluted before it goes into a vein.",
    )


def test_a_vial_that_is_stronger_than_the_line_tells_what_it_is_once_diluted() -> None:
    check = check_code(infusion(35, None), HUNDRED, TODAY, MilligramsPerMillilitre(10))
    assert check.fits
    assert check.said[1:] == (
        "The order names no strength, so drug, route and the line were compared.",
        "35 mg is 0.35 mL of 100 mg/mL.",
        "100 mg/mL is diluted before it goes into a vein.",
        "In the line it is 3.5 mL of 10 mg/mL.",
    )


def test_what_goes_into_the_line_as_it_is_is_not_called_diluted() -> None:
    check = check_code(infusion(35, 10), TEN, TODAY, MilligramsPerMillilitre(10))
    assert check.fits
    assert check.said[1:] == ("35 mg is 3.5 mL of 10 mg/mL.",)


def test_no_line_is_filled_from_a_vial_that_is_weaker() -> None:
    check = check_code(infusion(35, None), TEN, TODAY, MilligramsPerMillilitre(50))
    assert not check.fits
    assert check.said == (
        "The line takes 50 mg/mL; KETAmine (racemic) injection 10 mg/mL is weaker than that.",
    )


def test_another_strength_than_the_ordered_is_said_once_and_not_again_for_the_line() -> None:
    check = check_code(infusion(35, 50), TEN, TODAY, MilligramsPerMillilitre(50))
    assert check.said == (
        "The order names 50 mg/mL; this is KETAmine (racemic) injection 10 mg/mL.",
        "Of this one the dose is 3.5 mL of 10 mg/mL, not the ordered volume.",
    )


def test_a_line_says_nothing_against_what_has_no_volume() -> None:
    assert check_code(devices(), "50458-028-02", TODAY, MilligramsPerMillilitre(10)).fits


def test_the_strongest_is_not_diluted_for_a_muscle() -> None:
    order = InjectionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAMUSCULAR,
        Milligrams(35),
        None,
        MilligramsPerMillilitre(100),
    )
    assert check_code(order, HUNDRED, TODAY).said[1:] == ("35 mg is 0.35 mL of 100 mg/mL.",)


def test_racemic_ketamine_is_not_esketamine_in_either_direction() -> None:
    (said,) = check_code(infusion(35, 10), "50458-028-02", TODAY).said
    assert "different drugs" in said
    assert not check_code(devices(), TEN, TODAY).fits


def test_the_device_fits_an_order_of_devices() -> None:
    check = check_code(devices(), "50458-028-02", TODAY)
    assert check.fits
    assert check.said == ("esKETAmine nasal spray device 28 mg (Spravato).",)


def test_a_device_is_for_the_nose_alone_and_holds_what_it_holds() -> None:
    order = InfusionOrder(
        Drug.ESKETAMINE,
        Route.INTRAVENOUS_INFUSION,
        Milligrams(28),
        None,
        Minutes(40),
        MilligramsPerMillilitre(10),
    )
    assert check_code(order, "50458-028", TODAY).said == (
        "The order is intravenous infusion; esKETAmine nasal spray device 28 mg (Spravato) is "
        "not for that.",
        "The order names 10 mg/mL; this is esKETAmine nasal spray device 28 mg (Spravato).",
    )


def test_a_vial_for_injection_is_not_taken_for_an_order_of_sprays() -> None:
    bottle = product("ketamine_nasal_spray_100")
    assert isinstance(bottle, NasalSpray)
    order = NasalSprayOrder(bottle, (Minutes(0),), None)
    assert order.strength == bottle.strength
    check = check_code(order, HUNDRED, TODAY)
    assert not check.fits
    assert check.said == (
        "The order is intranasal; KETAmine (racemic) injection 100 mg/mL is not for that.",
    )


def test_a_code_that_was_not_recognised_never_fits() -> None:
    check = check_code(infusion(35, 10), "12345-678-90", TODAY)
    assert not check.fits
    assert check.said == (check.reading.said,)


@pytest.mark.parametrize(
    ("milligrams", "strength", "vials", "left", "left_over"),
    # By hand: 35 mg of 50 mg/mL is 0.7 mL of a 10 mL vial, so 9.3 mL = 465 mg stay.
    [
        ("35", 50, 1, "9.3", "465"),
        ("500", 50, 1, "0", "0"),
        ("510", 50, 2, "9.8", "490"),
        ("250", 10, 2, "15", "150"),
        ("0.01", 10, 1, "20", "200"),
    ],
)
def test_what_is_left_in_the_opened_vials(
    milligrams: str, strength: int, vials: int, left: str, left_over: str
) -> None:
    (injection,) = [each for each in injectables() if each.concentration_mg_per_ml == strength]
    use = VialUse(Milligrams(milligrams), injection, injection.vials[0])
    assert use.vials == vials
    assert (use.left, use.left_over) == (Millilitres(left), Milligrams(left_over))
    assert use.opened.value == use.syringe.held.value + use.left_over.value


def test_a_vial_is_told_with_all_it_holds_and_all_that_is_left() -> None:
    fifty = injectables()[1]
    assert VialUse(Milligrams(35), fifty, fifty.vials[0]).text() == (
        "1 vial of 10 mL of 50 mg/mL; a full one holds 500 mg",
        "Drawn up: 0.7 mL of 50 mg/mL",
        "Left over: 9.3 mL = 465 mg, to be wasted before a witness or accounted for",
    )
    assert VialUse(Milligrams(510), fifty, fifty.vials[0]).text()[0].startswith("2 vials of 10 mL")


SCANNED = "0100342023113108" + "1726110310LOT7"
"""42023-113-10, its last day 3 November 2026."""


def test_the_right_vial_fits_on_its_last_day_and_names_lot_and_day() -> None:
    check = check_code(infusion(35, 10), SCANNED, TODAY)
    assert check.fits
    assert (check.package.lot, check.package.expires_on) == ("LOT7", TODAY)


def test_the_right_vial_past_its_last_day_agrees_and_does_not_fit() -> None:
    check = check_code(infusion(35, 10), SCANNED, date(2026, 11, 4))
    assert (check.agrees, check.expired, check.fits) == (True, True, False)
    assert check.said[0] == "Expired: its last day was 3 Nov 2026."


def test_a_wrong_vial_past_its_last_day_says_both() -> None:
    check = check_code(infusion(35, 100), SCANNED, date(2026, 11, 4))
    assert (check.agrees, check.expired) == (False, True)
    assert check.said[0] == "Expired: its last day was 3 Nov 2026."
    assert check.said[1].startswith("The order names 100 mg/mL")


def test_a_vial_that_is_not_known_here_still_says_that_it_is_past_its_last_day() -> None:
    unknown = "(01)00312345678906(17)261103"
    check = check_code(infusion(35, 10), unknown, date(2026, 11, 4))
    assert (check.agrees, check.expired, check.fits) == (False, True, False)
    assert check.said[0] == "Expired: its last day was 3 Nov 2026."
    assert "names no product known here" in check.said[1]
