"""What each finding says: the amount, the limit, and what would be right, in words."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core import evidence
from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.exposure.given import Administered
from mooring.core.drugs.order import InfusionOrder, InjectionOrder
from mooring.core.drugs.syringe import SYRINGE_STEP
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.protocols.bounds import Level, check_order, load, names
from mooring.core.protocols.bounds.case_orders import CaseOrder
from mooring.core.protocols.bounds.limits import AmountLimit, DoseLimit
from mooring.core.protocols.bounds.possible import (
    FASTEST_PUMP,
    LARGEST,
    OFF_THE_ORDER,
    SLOWEST_PUMP,
)
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Minutes,
)

TODAY = date(2026, 11, 3)
RACEMIC = Drug.RACEMIC_KETAMINE
IV, IM, NASAL = Route.INTRAVENOUS_INFUSION, Route.INTRAMUSCULAR, Route.INTRANASAL
TEN = MilligramsPerMillilitre(10)


def given_before(
    mg: str | None, days: int = 0, route: Route = IV, drug: Drug = RACEMIC
) -> Administered:
    at = datetime(2026, 11, 3, 9, tzinfo=UTC) - timedelta(days=days)
    return Administered(at, route, drug, None if mg is None else Milligrams(mg))


def said(order: DrugOrder, *before: Administered, line: str = "10") -> dict[str, str]:
    """Each finding of the order by its rule."""
    found = check_order(order, TODAY, MilligramsPerMillilitre(line), before)
    return {each.rule: each.text for each in found if each.level is not Level.NOTE}


def typed(**facts: object) -> DrugOrder:
    return CaseOrder.model_validate({"weight_kg": 70, **facts}).order(TODAY)


SPRAYS = {"route": "intranasal", "sprays": [0, 10, 20]}
DEVICES = {"drug": "esketamine", "route": "intranasal"}


@pytest.mark.parametrize(
    ("facts", "before", "rule", "words"),
    [
        (
            {"route": "intranasal", "sprays": list(range(0, 100, 10))},
            (),
            "not_tolerated",
            "100 mg reaches 100 mg, which was not tolerated.",
        ),
        (
            {"route": "intranasal", "sprays": list(range(0, 60, 10))},
            (),
            "standard_amount",
            "60 mg is above 50 mg, the usual amount.",
        ),
        (
            {"route": "intranasal", "sprays": [0, 5]},
            (),
            "closest_sprays",
            "Sprays 5 min apart are closer than 10 min.",
        ),
        (
            {**DEVICES, "devices": 4},
            (),
            "most_devices",
            "Devices: 4 are more than 3, the most in one session.",
        ),
        (
            {**DEVICES, "devices": 1},
            (),
            "fewest_devices",
            "Devices: 1 is fewer than 2, the fewest in one session.",
        ),
        (
            {**DEVICES, "devices": 3},
            (given_before("28", route=NASAL, drug=Drug.ESKETAMINE),),
            "highest_day",
            "112 mg on one day is above 84 mg.",
        ),
        (
            {**DEVICES, "devices": 2},
            tuple(given_before("56", days, NASAL, Drug.ESKETAMINE) for days in (2, 4)),
            "most_sessions",
            "A dose on 3 of 7 days is more often than 2.",
        ),
        (
            SPRAYS,
            (given_before("30", route=NASAL),),
            "standard_day",
            "60 mg on one day is above 50 mg.",
        ),
        (
            SPRAYS,
            (given_before("415", 20, NASAL),),
            "highest_sum",
            "445 mg in 28 days is above 440 mg.",
        ),
        (
            SPRAYS,
            (given_before(None, 1, NASAL), given_before(None, 2, NASAL)),
            "earlier_doses",
            "earlier doses: the amount given on 1 Nov 2026, 2 Nov 2026 is not on record",
        ),
        (
            {"dose": "0.5"},
            (
                given_before("56", route=NASAL, drug=Drug.ESKETAMINE),
                given_before("20", route=IM),
                given_before("10", route=IM),
            ),
            "other_dose",
            "Given before on the same day: KETAmine (racemic), intramuscular; "
            "esKETAmine, intranasal. It is not converted and added.",
        ),
        (
            {"dose": "0.5"},
            (given_before("35"),),
            "second_dose",
            "Given before on the same day by this route; with this order it is 70 mg, 1 mg/kg.",
        ),
        (
            {"route": "sublingual", "pieces": 1, "piece_mg": 50, "weight_kg": None},
            (
                given_before("25", route=Route.SUBLINGUAL),
                given_before("25", route=Route.SUBLINGUAL),
            ),
            "second_dose",
            "Given before on the same day by this route; with this order it is 100 mg.",
        ),
        (
            {"route": "intravenous_bolus", "dose": "0.1", "minutes": 40},
            (),
            "longest_time",
            "By hand over 40 min is longer than 10 min, and no source gives a limit: "
            "order an infusion by pump, or say why by hand.",
        ),
        (
            {"route": "intravenous_bolus", "dose": "0.1", "minutes": "0.5"},
            (),
            "shortest_time",
            "0.5 min is shorter than 1 min: give it more slowly.",
        ),
        (
            {"route": "intramuscular", "dose": 2001, "unit": "mg"},
            (),
            "largest_order",
            "2001 mg is more than 2000 mg, the most that one order holds.",
        ),
        (
            {"dose": "0.04", "unit": "mg"},
            (),
            "measurable",
            "0.04 mg of 10 mg/mL is less than a syringe can measure, 0.01 mL: dilute it, or take "
            "a weaker one.",
        ),
    ],
)
def test_a_finding_says_the_amount_the_limit_and_what_would_be_right(
    facts: dict[str, object], before: tuple[Administered, ...], rule: str, words: str
) -> None:
    assert said(typed(**facts), *before)[rule] == words


def test_an_undiluted_vial_and_a_line_nobody_wrote_down_say_what_to_do() -> None:
    assert said(typed(dose="0.5"), line="100")["refused_concentration"] == (
        "100 mg/mL does not go into a vein undiluted: dilute it, and record the concentration "
        "after dilution."
    )
    found = {each.rule: each.text for each in check_order(typed(dose="0.5"), TODAY, None, ())}
    assert found["refused_concentration"] == (
        "concentration: not recorded; say what goes into the line after dilution"
    )
    unknown = {each.rule: each.text for each in check_order(typed(dose="0.5"), TODAY, TEN, None)}
    assert unknown["earlier_doses"] == (
        "earlier doses: not known; say what was given before, or that nothing was"
    )


def test_an_order_of_exactly_the_largest_amount_and_one_of_half_a_mark_can_be_written() -> None:
    most = InjectionOrder(RACEMIC, IM, LARGEST, None)
    assert "largest_order" not in said(most)
    half = InfusionOrder(RACEMIC, IV, Milligrams("0.05"), None, Minutes(40))
    assert "measurable" not in said(half)
    vial = InjectionOrder(RACEMIC, IM, Milligrams("0.4"), None, MilligramsPerMillilitre(100))
    assert "measurable" in said(vial)


def test_an_order_by_weight_without_a_weight_is_on_hold_and_neither_too_large_nor_too_small() -> (
    None
):
    unweighed = InfusionOrder(RACEMIC, IV, MilligramsPerKilogram("0.5"), None, Minutes(40))
    assert "weight_needed" in said(unweighed)
    assert not {"largest_order", "measurable"} & set(said(unweighed))


def test_the_numbers_that_hold_for_every_order_are_those_of_their_claims() -> None:
    base = evidence.load()
    largest = base.claim("choice.largest-order").quantity
    assert largest is not None
    assert Milligrams(largest.value) == LARGEST
    by_hand, limit = base.claim("choice.longest-bolus").quantity, load("iv_bolus_racemic")
    assert by_hand is not None
    assert limit.longest_time is not None
    assert limit.longest_time.minutes == by_hand.value

    off = {each.of: each.value for each in base.claim("choice.rounded-to-a-mark").quantities}
    assert (off["mark"], off["off the order"]) == (Decimal(SYRINGE_STEP), OFF_THE_ORDER)
    slowest, fastest = base.claim("choice.pump-rate").quantities
    assert (slowest.value, fastest.value) == (SLOWEST_PUMP.value, FASTEST_PUMP.value)


def drawn_from(strength: str, milligrams: str) -> dict[str, str]:
    """What is said of that amount, injected into a muscle from a vial of that strength."""
    vial = MilligramsPerMillilitre(strength)
    order = InjectionOrder(RACEMIC, IM, Milligrams(milligrams), None, vial)
    return {each.rule: each.text for each in check_order(order, TODAY, None, ())}


@pytest.mark.parametrize(
    ("strength", "milligrams", "asked"),
    [
        # 2.7 mg is 0.027 mL of 100 mg/mL, drawn as 0.03 mL: 3 mg.
        ("100", "2.7", True),
        ("50", "2.7", True),
        ("10", "2.7", False),
        # 0.1 mL holds 10 mg: 9.53 are drawn as 10, 4.9 % more; 9.52 as 10, 5.04 % more.
        ("100", "9.53", False),
        ("100", "9.52", True),
        # And below: 10.49 mg drawn as 10 mg is 4.7 % less.
        ("100", "10.49", False),
        ("100", "3.2", True),
    ],
)
def test_a_dose_that_a_syringe_misses_by_more_than_five_percent_is_asked_about(
    strength: str, milligrams: str, asked: bool
) -> None:
    assert ("rounding" in drawn_from(strength, milligrams)) is asked


def test_a_dose_that_a_syringe_misses_says_what_it_would_hold_and_what_to_do() -> None:
    assert drawn_from("100", "2.7")["rounding"] == (
        "Of 100 mg/mL a syringe draws 0.03 mL, which holds 3 mg: 11 % more than the ordered "
        "2.7 mg. Take a weaker strength, or order an amount that can be drawn."
    )
    assert "2.5 mg: 7 % less than the ordered 2.7 mg" in drawn_from("50", "2.7")["rounding"]


def test_where_no_vial_is_named_each_that_the_line_may_come_from_is_looked_at() -> None:
    open_vial = InfusionOrder(RACEMIC, IV, Milligrams("2.7"), None, Minutes(40))
    assert "Of 100 mg/mL" in said(open_vial, line="1")["rounding"]
    named = InfusionOrder(
        RACEMIC, IV, Milligrams("2.7"), None, Minutes(40), MilligramsPerMillilitre(10)
    )
    assert "rounding" not in said(named, line="1")


@pytest.mark.parametrize(
    ("milligrams", "line", "says"),
    [
        # 29.5 mg over 40 minutes.
        ("29.5", "50", "about 0.89 mL/h, slower than 2 mL/h, and 0.59 mL is the whole dose"),
        ("29.5", "10", ""),
        # Exactly 2 mL/h, and a hundredth of a milligram less.
        ("40", "30", ""),
        ("39.99", "30", "slower than 2 mL/h"),
        # 666 mL in 40 minutes are 999 mL/h.
        ("33.3", "0.05", ""),
        ("33.31", "0.05", "faster than 999 mL/h"),
    ],
)
def test_a_rate_that_no_pump_delivers_well_is_asked_about(
    milligrams: str, line: str, says: str
) -> None:
    order = InfusionOrder(RACEMIC, IV, Milligrams(milligrams), None, Minutes(40))
    found = said(order, line=line).get("pump_rate", "")
    assert says in found if says else found == ""


def test_a_push_by_hand_has_no_pump() -> None:
    assert "pump_rate" not in said(
        typed(route="intravenous_bolus", dose="0.5", minutes=9), line="50"
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"dose": "0.5", "unit": "mg"},
            "0.5 mg, 0.007 mg/kg, is below 0.1 mg/kg, the lowest dose studied. Was 0.5 mg/kg "
            "meant? Then choose mg/kg, which is 35 mg.",
        ),
        # 5 mg is no dose by weight that could have been meant; nor is what was typed by weight.
        (
            {"dose": "5", "unit": "mg"},
            "5 mg, 0.071 mg/kg, is below 0.1 mg/kg, the lowest dose studied.",
        ),
        ({"dose": "0.05"}, "0.05 mg/kg is below 0.1 mg/kg, the lowest dose studied."),
    ],
)
@pytest.mark.parametrize("route", ["intravenous_infusion", "intramuscular", "subcutaneous"])
def test_a_dose_far_too_small_names_the_slip_it_looks_like(
    facts: dict[str, str], words: str, route: str
) -> None:
    assert said(typed(route=route, **facts))["least_dose"] == words


def test_a_dose_in_milligrams_without_a_weight_waits_and_is_not_called_small() -> None:
    unweighed = InjectionOrder(RACEMIC, IM, Milligrams("0.5"), None)
    found = said(unweighed)
    assert "weight_needed" in found
    assert "least_dose" not in found


def test_a_slow_infusion_says_both_rates() -> None:
    assert said(typed(dose="0.5", minutes=400))["slowest_rate"] == (
        "0.5 mg/kg over 400 min is slower than 0.1 mg/kg over 40 min: check dose and minutes."
    )


def test_what_is_refused_in_proportion_is_as_far_above_the_highest_as_into_a_muscle() -> None:
    muscle = load("im_racemic")
    times = muscle.refused_dose.mg_per_kg / muscle.highest_dose.mg_per_kg
    vein = load("iv_racemic")
    assert times < vein.refused_dose.mg_per_kg / vein.highest_dose.mg_per_kg
    tenth, whole = Decimal("0.1"), Decimal(1)
    for name, highest, refused, step in (
        ("sc_racemic", "highest_dose", "refused_dose", tenth),
        ("oral_racemic", "highest_dose", "refused_dose", tenth),
        ("sublingual_racemic", "highest_amount", "refused_amount", whole),
        ("intranasal_racemic", "not_tolerated", "refused_amount", whole),
        ("intranasal_esketamine", "highest_day", "refused_amount", whole),
    ):
        policy = load(name)
        of, most = (number_of(getattr(policy, field)) for field in (highest, refused))
        assert most == (of * times).quantize(step, ROUND_DOWN), name
        claimed = evidence.load().claim("choice.refused-in-proportion").quantities
        assert most in {each.value for each in claimed}, name


def number_of(limit: DoseLimit | AmountLimit) -> Decimal:
    return limit.mg_per_kg if isinstance(limit, DoseLimit) else limit.mg


def test_every_policy_that_bounds_a_dose_says_what_happens_to_a_second_one_on_the_day() -> None:
    for name in names():
        policy = load(name)
        if policy.setting == "any":
            assert policy.second_dose or policy.highest_day, name
            assert policy.other_dose, name


FIRM = {Level.NOTE: 0, Level.SOFT: 1, Level.HARD: 2, Level.REFUSE: 3}


@given(
    st.sampled_from([IV, IM, Route.SUBCUTANEOUS, Route.INTRAVENOUS_BOLUS]),
    st.decimals(min_value="0.01", max_value="8", places=2),
    st.decimals(min_value="0.1", max_value="0.9", places=1),
    st.decimals(min_value="40", max_value="140", places=1),
)
def test_a_dose_in_two_parts_is_held_as_firmly_as_in_one(
    route: Route, dose: Decimal, share: Decimal, kilograms: Decimal
) -> None:
    """Hard and refused; a limit that only warns warns of the second dose anyway."""
    weight = Weight(Kilograms(kilograms), TODAY, WeightMethod.WEIGHED)

    def by(amount: Milligrams) -> DrugOrder:
        if route in {IM, Route.SUBCUTANEOUS}:
            return InjectionOrder(RACEMIC, route, amount, weight)
        return CaseOrder(
            route=route, dose=amount.value, unit="mg", weight_kg=kilograms, minutes=Decimal(600)
        ).order(TODAY)

    def level(order: DrugOrder, *before: Administered) -> int:
        rules = {"highest_dose", "refused_dose", "second_dose"}
        found = check_order(order, TODAY, TEN, before)
        return max((FIRM[each.level] for each in found if each.rule in rules), default=0)

    whole = MilligramsPerKilogram(dose) * weight.value
    first = Milligrams(whole.value * share)
    split = level(by(whole - first), given_before(str(first.value)[:22], route=route))
    one = level(by(whole))
    assert split >= (one if one > 1 else 1)


@given(st.lists(st.integers(0, 600), min_size=2, max_size=12, unique=True))
def test_sprays_are_as_close_as_their_closest_two(minutes: list[int]) -> None:
    at = sorted({0, *minutes})
    close = min(later - earlier for earlier, later in pairwise(at)) < 10
    found = said(typed(route="intranasal", sprays=at))
    assert ("closest_sprays" in found) is close
