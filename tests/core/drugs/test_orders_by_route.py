"""Orders of every route say the same: amount, sentence, arithmetic, and what is done when."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalDeviceOrder, NasalSprayOrder, Nostril
from mooring.core.drugs.order import BolusOrder, InfusionOrder, InjectionOrder
from mooring.core.drugs.products import ByMouth, NasalDevice, NasalSpray, product
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
)

TODAY = date(2026, 11, 3)
SEVENTY = Weight(Kilograms(70), TODAY, WeightMethod.WEIGHED)
HALF = MilligramsPerKilogram("0.5")
RACEMIC = Drug.RACEMIC_KETAMINE


def spray(*minutes: str, weight: Weight | None = SEVENTY) -> NasalSprayOrder:
    bottle = product("ketamine_nasal_spray_100")
    assert isinstance(bottle, NasalSpray)
    return NasalSprayOrder(bottle, tuple(Minutes(each) for each in minutes), weight)


def devices(number: int, gap: str | None = None) -> NasalDeviceOrder:
    device = product("esketamine_nasal_device_28")
    assert isinstance(device, NasalDevice)
    return NasalDeviceOrder(device, number, None, None if gap is None else Minutes(gap))


def by_mouth(
    form: str,
    route: Route,
    strength: Milligrams | MilligramsPerMillilitre,
    quantity: int | Millilitres,
) -> ByMouthOrder:
    made_up = product(f"ketamine_{form}")
    assert isinstance(made_up, ByMouth)
    return ByMouthOrder(made_up, route, strength, quantity, "base", SEVENTY)


BOLUS = BolusOrder(RACEMIC, Route.INTRAVENOUS_BOLUS, HALF, SEVENTY, Minutes(2))
INJECTION = InjectionOrder(RACEMIC, Route.INTRAMUSCULAR, HALF, SEVENTY)
INFUSION = InfusionOrder(RACEMIC, Route.INTRAVENOUS_INFUSION, HALF, SEVENTY, Minutes(40))
TROCHES = by_mouth("troche", Route.SUBLINGUAL, Milligrams(50), 2)
SOLUTION = by_mouth("oral_solution", Route.ORAL, MilligramsPerMillilitre(50), Millilitres("1.5"))
EVERY: tuple[DrugOrder, ...] = (
    INFUSION,
    BOLUS,
    INJECTION,
    spray("0", "10", "20", "30", "40"),
    devices(3),
    TROCHES,
    SOLUTION,
)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (
            BOLUS,
            "KETAmine (racemic) 0.5 mg/kg × 70 kg (weighed 3 Nov 2026) = 35 mg, "
            "intravenous bolus over 2 minutes",
        ),
        (
            INJECTION,
            "KETAmine (racemic) 0.5 mg/kg × 70 kg (weighed 3 Nov 2026) = 35 mg, "
            "one intramuscular injection",
        ),
        (
            spray("0", "10", "20"),
            "KETAmine (racemic) 30 mg, intranasal: 3 sprays of 10 mg (100 mg/mL), "
            "at minutes 0, 10, 20, nostrils in turn, right first",
        ),
        (
            spray("0"),
            "KETAmine (racemic) 10 mg, intranasal: 1 spray of 10 mg (100 mg/mL), "
            "into the right nostril",
        ),
        (devices(2), "esKETAmine 56 mg, intranasal: 2 devices of 28 mg, 5 minutes apart"),
        (devices(1), "esKETAmine 28 mg, intranasal: 1 device of 28 mg"),
        (TROCHES, "KETAmine (racemic) 100 mg, sublingual: 2 troches of 50 mg (base)"),
        (
            by_mouth("tablet", Route.ORAL, Milligrams(25), 1),
            "KETAmine (racemic) 25 mg, oral: 1 tablet of 25 mg (base)",
        ),
        (SOLUTION, "KETAmine (racemic) 75 mg, oral: 1.5 mL oral solution of 50 mg/mL (base)"),
    ],
)
def test_each_order_reads_aloud_as_one_sentence(order: DrugOrder, said: str) -> None:
    assert order.sentence() == said


@pytest.mark.parametrize("order", EVERY)
def test_what_is_done_adds_up_to_the_dose(order: DrugOrder) -> None:
    done = order.administrations()
    assert done[0].minute == Minutes(0)
    assert sum(each.amount.value for each in done) == order.total().value
    assert all(each.words for each in done)


@pytest.mark.parametrize("order", EVERY)
def test_the_same_numbers_never_end_in_a_zero_after_the_point(order: DrugOrder) -> None:
    for line in (order.sentence(), *order.arithmetic()):
        for word in line.replace(",", " ").split():
            assert not word.startswith(".")
            assert not ("." in word and word.endswith("0"))


@pytest.mark.parametrize("order", [each for each in EVERY if each.weight is not None])
def test_an_old_weight_holds_an_order_of_any_route(order: DrugOrder) -> None:
    assert order.holds(TODAY + timedelta(days=90)) == ()
    assert "91 days old" in order.holds(TODAY + timedelta(days=91))[0]
    assert order.per_kilogram() == order.total() / Kilograms(70)


def test_without_a_weight_devices_and_sprays_still_have_their_amount() -> None:
    for order in (devices(2), spray("0", weight=None)):
        assert order.per_kilogram() is None
        assert order.holds(TODAY) == ()


def test_sprays_change_sides_each_at_its_minute() -> None:
    # S2.72: 50 mg as five sprays at minutes 0 to 40.
    order = spray("0", "10", "20", "30", "40")
    assert (order.total(), order.volume()) == (Milligrams(50), Millilitres("0.5"))
    assert [(each.minute.text(), each.words) for each in order.administrations()] == [
        ("0 min", "one spray into the right nostril"),
        ("10 min", "one spray into the left nostril"),
        ("20 min", "one spray into the right nostril"),
        ("30 min", "one spray into the left nostril"),
        ("40 min", "one spray into the right nostril"),
    ]
    assert order.arithmetic() == (
        "0.1 mL × 100 mg/mL = 10 mg a spray",
        "5 × 10 mg = 50 mg",
        "5 × 0.1 mL = 0.5 mL",
    )


def test_the_first_side_can_be_the_left() -> None:
    right = spray("0", "10")
    left = NasalSprayOrder(right.product, right.at, None, Nostril.LEFT)
    assert [each.words for each in left.administrations()] == [
        "one spray into the left nostril",
        "one spray into the right nostril",
    ]


def test_devices_follow_each_other_after_five_minutes() -> None:
    order = devices(3)
    assert order.arithmetic() == ("3 × 28 mg = 84 mg",)
    assert [(each.minute.text(), each.words) for each in order.administrations()] == [
        ("0 min", "device 1 of 3"),
        ("5 min", "device 2 of 3"),
        ("10 min", "device 3 of 3"),
    ]
    assert devices(2, "7").administrations()[1].minute == Minutes(7)


def test_the_other_orders_are_done_at_once() -> None:
    assert BOLUS.administrations()[0].words == "intravenous bolus over 2 minutes"
    assert INJECTION.administrations()[0].words == "one intramuscular injection"
    assert TROCHES.administrations()[0].words == "2 troches, under the tongue"
    assert SOLUTION.administrations()[0].words == "1.5 mL oral solution, swallowed"


def test_the_arithmetic_of_an_injection_and_of_pieces_and_volumes() -> None:
    assert INJECTION.arithmetic() == (
        "0.5 mg/kg × 70 kg = 35 mg",
        "35 mg ÷ 10 mg/mL = 3.5 mL",
        "35 mg ÷ 50 mg/mL = 0.7 mL",
        "35 mg ÷ 100 mg/mL = 0.35 mL",
    )
    assert TROCHES.arithmetic() == ("2 × 50 mg = 100 mg",)
    assert SOLUTION.arithmetic() == ("1.5 mL × 50 mg/mL = 75 mg",)


@pytest.mark.parametrize("minutes", [(), ("10",), ("0", "0"), ("0", "20", "10")])
def test_sprays_start_at_zero_and_come_one_after_the_other(minutes: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="for example 0, 10, 20"):
        spray(*minutes)


def test_no_device_and_devices_too_close_are_refused() -> None:
    with pytest.raises(ValueError, match="devices: at least one"):
        devices(0)
    with pytest.raises(ValueError, match="gap: at least 5 minutes between two devices"):
        devices(2, "4.9")


def test_an_order_is_only_written_for_a_route_of_its_kind() -> None:
    with pytest.raises(ValueError, match="route: a bolus goes into a vein"):
        BolusOrder(RACEMIC, Route.INTRAMUSCULAR, HALF, SEVENTY, Minutes(1))
    with pytest.raises(ValueError, match="intramuscular or subcutaneous, not intranasal"):
        InjectionOrder(RACEMIC, Route.INTRANASAL, HALF, SEVENTY)
    with pytest.raises(ValueError, match="compounded troche is for sublingual use"):
        by_mouth("troche", Route.ORAL, Milligrams(50), 1)


@pytest.mark.parametrize(
    ("form", "strength", "quantity", "says"),
    [
        ("tablet", MilligramsPerMillilitre(50), 1, "50 mg and 2 pieces"),
        ("tablet", Milligrams(50), Millilitres(1), "50 mg and 2 pieces"),
        ("oral_solution", Milligrams(50), Millilitres(1), "50 mg/mL and 2 mL"),
        ("oral_solution", MilligramsPerMillilitre(50), 1, "50 mg/mL and 2 mL"),
    ],
)
def test_pieces_are_counted_and_solutions_measured(
    form: str,
    strength: Milligrams | MilligramsPerMillilitre,
    quantity: int | Millilitres,
    says: str,
) -> None:
    with pytest.raises(TypeError, match=says):
        by_mouth(form, Route.ORAL, strength, quantity)


def test_a_strength_or_a_quantity_of_zero_is_refused() -> None:
    for strength, pieces in ((0, 1), (50, 0), (50, -1)):
        with pytest.raises(ValueError, match="strength and quantity are above 0"):
            by_mouth("tablet", Route.ORAL, Milligrams(strength), pieces)


@given(st.integers(1, 40))
def test_every_spray_counts_ten_milligrams_and_a_tenth_of_a_millilitre(number: int) -> None:
    order = spray(*(str(5 * nth) for nth in range(number)))
    assert order.total() == Milligrams(10 * number)
    assert order.volume() == Millilitres(Decimal(number) / 10)
    words = [each.words for each in order.administrations()]
    assert all(one != other for one, other in pairwise(words))


def test_devices_say_their_dose_by_weight_only_with_a_weight() -> None:
    """56 mg at 80 kg is 0.7 mg/kg, for the record; devices are never counted from it."""
    weighed = replace(devices(2), weight=Weight(Kilograms(80), TODAY, WeightMethod.WEIGHED))
    assert weighed.per_kilogram() == MilligramsPerKilogram("0.7")
    assert devices(2).per_kilogram() is None
