"""A signed order is kept as plain JSON: it comes back as it went in, or it is refused by name."""

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalDeviceOrder, NasalSprayOrder, Nostril
from mooring.core.drugs.order import BolusOrder, InfusionOrder, InjectionOrder
from mooring.core.drugs.products import NasalSpray, product
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.drugs.written import kind_of, read, write
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
)

SEVENTY = Weight(Kilograms(70), date(2026, 11, 3), WeightMethod.WEIGHED)
RACEMIC = Drug.RACEMIC_KETAMINE
HALF = InfusionOrder(
    RACEMIC, Route.INTRAVENOUS_INFUSION, MilligramsPerKilogram("0.5"), SEVENTY, Minutes(40)
)

numbers = st.decimals("0.001", "5000", places=3)
weights = st.none() | st.builds(
    Weight,
    st.decimals("1", "400", places=2).map(Kilograms),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(WeightMethod),
)
doses = numbers.map(Milligrams) | numbers.map(MilligramsPerKilogram)
strengths = st.none() | numbers.map(MilligramsPerMillilitre)
minutes = numbers.map(Minutes)
drugs = st.sampled_from(Drug)
times = st.lists(numbers, max_size=6, unique=True).map(
    lambda later: (Minutes(0), *(Minutes(each) for each in sorted(later)))
)
counted = st.sampled_from(["base", "hydrochloride"])
pieces = st.builds(
    ByMouthOrder,
    st.just(product("ketamine_tablet")),
    st.sampled_from([Route.ORAL, Route.SUBLINGUAL]),
    numbers.map(Milligrams),
    st.integers(1, 99),
    counted,
    weights,
)
solutions = st.builds(
    ByMouthOrder,
    st.just(product("ketamine_oral_solution")),
    st.sampled_from([Route.ORAL, Route.SUBLINGUAL]),
    numbers.map(MilligramsPerMillilitre),
    numbers.map(Millilitres),
    counted,
    weights,
)
orders = st.one_of(
    st.builds(
        InfusionOrder, drugs, st.just(Route.INTRAVENOUS_INFUSION), doses, weights, minutes,
        strengths,
    ),
    st.builds(
        BolusOrder, drugs, st.just(Route.INTRAVENOUS_BOLUS), doses, weights, minutes, strengths
    ),
    st.builds(
        InjectionOrder,
        drugs,
        st.sampled_from([Route.INTRAMUSCULAR, Route.SUBCUTANEOUS]),
        doses,
        weights,
        strengths,
    ),
    st.builds(
        NasalSprayOrder,
        st.just(product("ketamine_nasal_spray_100")),
        times,
        weights,
        st.sampled_from(Nostril),
    ),
    st.builds(
        NasalDeviceOrder,
        st.just(product("esketamine_nasal_device_28")),
        st.integers(1, 9),
        weights,
        st.none() | st.decimals("5", "60", places=1).map(Minutes),
    ),
    pieces,
    solutions,
)  # fmt: skip


@given(orders)
def test_every_kind_of_order_comes_back_as_it_went_in(order: DrugOrder) -> None:
    back = read(json.loads(json.dumps(write(order))))
    assert back == order
    assert type(back) is type(order)
    assert back.sentence() == order.sentence()


@given(orders)
def test_no_number_of_an_order_passes_through_floating_point(order: DrugOrder) -> None:
    def values(said: Any) -> list[Any]:
        if isinstance(said, dict):
            return [leaf for each in said.values() for leaf in values(each)]
        return [said]

    assert not any(isinstance(leaf, float) for leaf in values(write(order)))


def test_the_worked_example_as_it_is_kept() -> None:
    """0.5 mg/kg for 70 kg over 40 minutes (evidence file §7.3)."""
    assert write(HALF) == {
        "kind": "infusion",
        "drug": "racemic_ketamine",
        "route": "intravenous_infusion",
        "dose": {"value": "0.5", "unit": "mg/kg"},
        "weight": {"kg": "70", "measured_on": "2026-11-03", "method": "weighed"},
        "over_minutes": "40",
        "strength_mg_per_ml": None,
    }


SPRAY = {
    "kind": "nasal_spray",
    "drug": "racemic_ketamine",
    "route": "intranasal",
    "weight": None,
    "product": "ketamine_nasal_spray_100",
    "mg_per_spray": "10",
    "at_minutes": ["0", "10", "20"],
    "first": "right",
}
DEVICE = {
    "kind": "nasal_device",
    "drug": "esketamine",
    "route": "intranasal",
    "weight": None,
    "product": "esketamine_nasal_device_28",
    "mg_per_device": "28",
    "devices": 2,
    "gap_minutes": None,
}
TABLET = {
    "kind": "by_mouth",
    "drug": "racemic_ketamine",
    "route": "oral",
    "weight": None,
    "product": "ketamine_tablet",
    "strength": {"value": "50", "unit": "mg"},
    "quantity": {"value": "2", "unit": "pieces"},
    "counted": "base",
}


@pytest.mark.parametrize(
    ("said", "changed", "words"),
    [
        (write(HALF), {"kind": "patch"}, "^kind: "),
        (write(HALF), {"route": "oral"}, "route: an infusion goes into a vein, not oral"),
        (write(HALF), {"drug": "ketoprofen"}, "^drug: "),
        (write(HALF), {"dose": {"value": "0.5", "unit": "mcg"}}, "^dose.unit: "),
        (write(HALF), {"dose": {"value": ".5", "unit": "mg"}}, "^dose.value: is a plain number"),
        (write(HALF), {"dose": {"value": "0", "unit": "mg"}}, "^dose: an ordered dose is above 0"),
        (write(HALF), {"over_minutes": 40}, "^over_minutes: "),
        (write(HALF), {"over_minutes": "0"}, "^over: an infusion takes more"),
        (write(HALF), {"sprays": 3}, "^sprays: is not known for this kind of order"),
        (SPRAY, {"mg_per_spray": "15"}, "^mg_per_spray: the order says 15, .* says 10"),
        (SPRAY, {"drug": "esketamine"}, "^drug: the order says esketamine"),
        (SPRAY, {"route": "oral"}, "^route: the order says oral, .* says intranasal"),
        (SPRAY, {"product": "ketamine_troche"}, "^product: .* is not for this kind of order"),
        (SPRAY, {"product": "ketamine_spray_500"}, "^product: no product is called"),
        (SPRAY, {"at_minutes": ["5"]}, "^at: the first spray is at minute 0"),
        (DEVICE, {"mg_per_device": "32.3"}, "^mg_per_device: "),
        (DEVICE, {"devices": 0}, "^devices: at least one"),
        (DEVICE, {"devices": True}, "^devices: "),
        (DEVICE, {"gap_minutes": "2"}, "^gap: at least 5 minutes"),
        (TABLET, {"quantity": {"value": "1.5", "unit": "pieces"}}, "^quantity: pieces are counted"),
        (TABLET, {"route": "intranasal"}, "^route: .* is for oral or sublingual use"),
        (TABLET, {"counted": "as ordered"}, "^counted: "),
    ],
)
def test_what_contradicts_or_is_not_known_is_refused_by_its_field(
    said: dict[str, Any], changed: dict[str, Any], words: str
) -> None:
    assert read(said)
    with pytest.raises(ValueError, match=words):
        read({**said, **changed})


def test_strength_and_quantity_have_to_be_of_one_form() -> None:
    with pytest.raises((TypeError, ValueError), match="strength and quantity"):
        read({**TABLET, "quantity": {"value": "2", "unit": "mL"}})


@pytest.mark.parametrize("said", [None, [], "infusion", {}, {"kind": None}])
def test_what_is_no_order_at_all_asks_for_its_kind(said: object) -> None:
    with pytest.raises(ValueError, match=r"^kind: "):
        read(said)


@pytest.mark.parametrize("field", sorted(write(HALF)))
def test_a_field_that_is_missing_is_asked_for_and_not_filled_in(field: str) -> None:
    said = {name: value for name, value in write(HALF).items() if name != field}
    with pytest.raises(ValueError, match=f"^{field}: "):
        read(said)


def test_an_infusion_that_goes_nowhere_into_a_vein_is_not_written() -> None:
    with pytest.raises(ValueError, match="route: an infusion goes into a vein"):
        write(replace(HALF, route=Route.INTRAMUSCULAR))


def test_a_product_that_was_changed_by_hand_is_not_written() -> None:
    bottle = product("ketamine_nasal_spray_100")
    assert isinstance(bottle, NasalSpray)
    stronger = bottle.model_copy(update={"note": "Another note."})
    with pytest.raises(ValueError, match="would not be read back"):
        write(NasalSprayOrder(stronger, (Minutes(0),), None))


def test_another_class_is_no_kind_of_order() -> None:
    @dataclass(frozen=True)
    class Patch(InjectionOrder):
        pass

    with pytest.raises(TypeError, match="Patch is no kind of order"):
        kind_of(Patch(RACEMIC, Route.INTRAMUSCULAR, Milligrams(Decimal(20)), None))
