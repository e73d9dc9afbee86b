"""Which bounds speak for an order, and what each says where something is missing."""

from datetime import date

import pytest

from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import InfusionOrder, InjectionOrder
from mooring.core.drugs.products import ByMouth, products
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.protocols.bounds import (
    BoundFinding,
    Level,
    check,
    check_drawn_up,
    check_order,
    for_order,
    load,
    names,
)
from mooring.core.protocols.bounds.doses import in_words
from mooring.core.protocols.bounds.policy import BoundsPolicy
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


def injection(
    dose: Milligrams | MilligramsPerKilogram,
    route: Route = Route.INTRAMUSCULAR,
    drug: Drug = Drug.RACEMIC_KETAMINE,
    weight: Weight | None = SEVENTY,
) -> InjectionOrder:
    return InjectionOrder(drug, route, dose, weight)


def levels(found: tuple[BoundFinding, ...]) -> dict[str, Level]:
    return {each.rule: each.level for each in found if each.level is not Level.NOTE}


def test_an_order_is_held_against_the_policy_of_its_own_drug_and_route() -> None:
    assert for_order(injection(Milligrams(35))) == ("im_racemic",)
    assert check_order(injection(Milligrams(35)), TODAY, given_before=()) == check(
        load("im_racemic"), injection(Milligrams(35)), TODAY, given_before=()
    )


def test_a_group_brings_its_own_policy_beside_the_one_of_the_route() -> None:
    made = next(each for each in products() if each.id == "ketamine_troche")
    assert isinstance(made, ByMouth)
    order = ByMouthOrder(made, Route.SUBLINGUAL, Milligrams(100), 1, "hydrochloride", SEVENTY)
    assert for_order(order) == ("sublingual_racemic",)
    assert set(for_order(order, group=True)) == {"sublingual_racemic", "sublingual_group"}
    seven = check_order(order, TODAY, given_before=(), group_of=7)
    assert levels(seven)["largest_group"] is Level.REFUSE


def test_a_drug_and_route_without_bounds_stops_and_says_that_no_source_gives_them() -> None:
    order = injection(Milligrams(28), Route.SUBCUTANEOUS, Drug.ESKETAMINE)
    (found,) = check_order(order, TODAY, given_before=())
    assert (found.rule, found.level) == ("no_bounds", Level.HARD)
    assert "Bounds of another drug or route do not apply" in found.text


@pytest.mark.parametrize("name", [name for name in names() if name != "im_racemic"])
def test_an_injection_into_a_muscle_is_refused_by_the_bounds_of_any_other_route(name: str) -> None:
    assert levels(check(load(name), injection(Milligrams(35)), TODAY, given_before=())) == {
        "drug_and_route": Level.REFUSE
    }


def test_a_dose_in_milligrams_without_a_weight_waits_where_a_limit_is_by_weight() -> None:
    found = check(load("im_racemic"), injection(Milligrams(500), weight=None), TODAY)
    assert levels(found)["weight_needed"] is Level.HOLD
    assert "highest_dose" not in levels(found)


def test_a_dose_by_weight_that_waits_for_its_weight_is_not_counted_as_nothing() -> None:
    order = injection(MilligramsPerKilogram("0.5"), weight=None)
    assert levels(check(load("im_racemic"), order, TODAY))["weight_needed"] is Level.HOLD


def test_a_wrong_vial_cannot_be_looked_for_where_nothing_is_drawn_up() -> None:
    policy = load("oral_racemic")
    with pytest.raises(ValueError, match="nothing is drawn up under oral_racemic"):
        check_drawn_up(
            policy, injection(Milligrams(35)), Millilitres(1), MilligramsPerMillilitre(10)
        )


def test_an_infusion_under_a_policy_without_a_rate_has_no_rate_to_exceed() -> None:
    fields = load("iv_racemic").model_dump()
    without = BoundsPolicy.model_validate(fields | {"fastest_rate": None})
    fast = InfusionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAVENOUS_INFUSION,
        MilligramsPerKilogram("0.5"),
        SEVENTY,
        Minutes(5),
    )
    assert levels(check(without, fast, TODAY, MilligramsPerMillilitre(1), ())) == {}


def test_a_policy_that_counts_earlier_doses_has_to_say_why() -> None:
    fields = load("iv_bolus_racemic").model_dump()
    with pytest.raises(ValueError, match="earlier_doses: stands where, and only where"):
        BoundsPolicy.model_validate(fields | {"earlier_doses": None})


def test_a_dose_without_a_weight_is_said_in_milligrams_alone() -> None:
    assert in_words(injection(Milligrams(35), weight=None)) == "35 mg"
    assert in_words(injection(Milligrams(35))) == "35 mg, 0.5 mg/kg,"


def test_every_limit_of_a_policy_has_a_name_a_reason_and_a_claim() -> None:
    for name in names():
        for rule, limit in load(name).limits():
            assert limit.why, (name, rule)
            assert limit.claims, (name, rule)
