"""Dose bounds: every case of the policy file, and what opens a stop."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core import evidence
from mooring.core.datafiles import DataFileError
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import InfusionOrder, WeightMissingError
from mooring.core.drugs.weight import STALE_AFTER_DAYS, Weight, WeightMethod
from mooring.core.protocols.bounds import (
    BoundCase,
    BoundFinding,
    Level,
    acceptable,
    cases,
    check,
    check_drawn_up,
    load,
    names,
)
from mooring.core.protocols.bounds.policy import FOLDER
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
)
from tests.support.released import released

TODAY = date(2026, 11, 3)
POLICY = load("iv_racemic")
DILUTED = MilligramsPerMillilitre(1)


def order(dose: str, minutes: str = "40", kilograms: str = "70") -> InfusionOrder:
    return InfusionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAVENOUS_INFUSION,
        MilligramsPerKilogram(dose),
        Weight(Kilograms(kilograms), TODAY, WeightMethod.WEIGHED),
        Minutes(minutes),
    )


def against(written: InfusionOrder) -> list[BoundFinding]:
    """What the policy says against it, nothing given before; notes are said of every order."""
    found = check(POLICY, written, TODAY, DILUTED, ())
    return [each for each in found if each.level is not Level.NOTE]


def finding(level: Level, text: str = "what it says") -> BoundFinding:
    return BoundFinding("rule", level, text, ("S2.55",))


@pytest.mark.parametrize("name", names())
def test_every_policy_has_cases_that_name_only_its_own_limits(name: str) -> None:
    limits = set(type(load(name)).model_fields)
    for case in cases(name):
        assert set(case.expected) <= limits, case.id


@pytest.mark.parametrize(
    ("name", "version", "case"),
    [
        pytest.param(name, version, case, id=f"{name} v{version}: {case.id}")
        for name, version in released(FOLDER)
        for case in cases(name, version)
    ],
)
def test_the_order_gets_exactly_the_findings_of_its_case(
    name: str, version: str, case: BoundCase
) -> None:
    found = case.findings(load(name, version), TODAY)
    assert {finding.rule: finding.level for finding in found} == case.expected


def test_every_published_error_is_stopped() -> None:
    # Evidence file §7.2 and §11 T19: none of these may end as a soft warning alone.
    published = [case for case in cases("iv_racemic") if case.id.startswith("published.")]
    assert len(published) >= 6
    for case in published:
        levels = {finding.level for finding in case.findings(POLICY, TODAY)}
        assert Level.REFUSE in levels, case.id


def test_the_limits_are_those_of_the_claims_they_cite() -> None:
    base = evidence.load()
    standard = base.claim("S2.55").quantity
    highest = base.claim("S2.56").quantity
    induction = base.claim("ketalar-label.anaesthetic-dose").quantity
    assert standard is not None
    assert highest is not None
    assert induction is not None
    assert POLICY.standard_dose.mg_per_kg == standard.value
    assert POLICY.highest_dose.mg_per_kg == highest.value == induction.low
    assert POLICY.refused_dose.mg_per_kg == induction.high
    (minutes,) = [q.value for q in base.claim("S4.64").quantities if q.unit == "min"]
    assert POLICY.fastest_rate.over_minutes == minutes
    age = base.claim("choice.weight-age").quantity
    assert age is not None
    assert age.value == STALE_AFTER_DAYS


def test_every_finding_cites_claims_that_exist() -> None:
    known = evidence.load().claims
    for case in cases("iv_racemic"):
        for found in case.findings(POLICY, TODAY):
            assert found.claims
            assert set(found.claims) <= set(known)


def test_a_dose_given_twice_as_fast_says_both_rates() -> None:
    (stop,) = against(order("0.5", "20"))
    assert stop.text == "0.5 mg/kg over 20 min is faster than 0.5 mg/kg over 40 min."


def test_a_dose_above_the_standard_says_by_what() -> None:
    (warning,) = against(order("0.6", "60"))
    assert warning.text == "0.6 mg/kg is above 0.5 mg/kg, the standard dose."


def test_a_dose_in_milligrams_is_shown_by_weight_where_it_exceeds() -> None:
    written = InfusionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAVENOUS_INFUSION,
        Milligrams(100),
        Weight(Kilograms(75), TODAY, WeightMethod.WEIGHED),
        Minutes(240),
    )
    (stop,) = against(written)
    assert stop.text == "100 mg, 1.333 mg/kg, is above 1 mg/kg, the highest dose of this policy."


def test_a_wrong_vial_is_shown_with_what_it_holds_and_what_was_meant() -> None:
    # PSNet 2021, evidence file §7.2: 95 mg meant, 9.5 mL of the 100 mg/mL vial drawn.
    meant = InfusionOrder(
        Drug.RACEMIC_KETAMINE, Route.INTRAVENOUS_INFUSION, Milligrams(95), None, Minutes(80)
    )
    (stop,) = check_drawn_up(POLICY, meant, Millilitres("9.5"), MilligramsPerMillilitre(100))
    assert stop.text == (
        "9.5 mL of 100 mg/mL holds 950 mg, 10 times the ordered 95 mg. "
        "That dose is 0.95 mL of 100 mg/mL."
    )


def test_a_volume_rounded_to_the_syringe_mark_is_the_ordered_dose() -> None:
    # 35.15 mg at 100 mg/mL is 0.3515 mL; a syringe shows 0.35 mL.
    written = order("0.5", kilograms="70.3")
    strong = MilligramsPerMillilitre(100)
    assert check_drawn_up(POLICY, written, Millilitres("0.35"), strong) == ()
    assert check_drawn_up(POLICY, written, Millilitres("0.36"), strong) != ()


def test_a_volume_cannot_be_judged_while_the_dose_has_no_amount() -> None:
    without = InfusionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAVENOUS_INFUSION,
        MilligramsPerKilogram("0.5"),
        None,
        Minutes(40),
    )
    with pytest.raises(WeightMissingError):
        check_drawn_up(POLICY, without, Millilitres("3.5"), MilligramsPerMillilitre(10))


def test_an_unknown_policy_names_those_there_are() -> None:
    with pytest.raises(DataFileError, match="iv_racemic"):
        load("iv_esketamine")


def test_nothing_found_needs_nothing_more() -> None:
    assert acceptable([], "r.moss", None, None) == []


def test_a_soft_warning_needs_nothing_more() -> None:
    assert acceptable([finding(Level.SOFT)], "r.moss", None, None) == []


@pytest.mark.parametrize("level", [Level.REFUSE, Level.HOLD])
def test_nobody_can_sign_away_a_refusal_or_a_hold(level: Level) -> None:
    needed = acceptable([finding(level)], "r.moss", "j.hale", "we agreed")
    assert needed == ["what it says"]


def test_a_hard_stop_opens_with_a_second_person_and_a_reason() -> None:
    assert acceptable([finding(Level.HARD)], "r.moss", "j.hale", "partial response") == []


@pytest.mark.parametrize("blank", [None, "", "   "])
def test_a_hard_stop_without_second_person_and_reason_asks_for_both(blank: str | None) -> None:
    assert acceptable([finding(Level.HARD)], "r.moss", blank, blank) == [
        "reason: a hard stop needs one, in words",
        "second_person: a hard stop needs a second person",
    ]


@pytest.mark.parametrize("second", ["r.moss", " R.Moss "])
def test_the_second_person_is_not_the_one_who_orders(second: str) -> None:
    (needed,) = acceptable([finding(Level.HARD)], "r.moss", second, "partial response")
    assert needed == "second_person: must be someone other than the one who orders"


def test_an_order_without_a_name_is_not_accepted() -> None:
    assert acceptable([], " ", None, None) == ["ordered_by: say who orders"]


@given(
    st.decimals(min_value="0.01", max_value="6", places=2),
    st.decimals(min_value="30", max_value="250", places=1),
    st.integers(min_value=1, max_value=240),
)
def test_an_order_in_milligrams_meets_the_same_bounds_as_the_same_order_by_weight(
    dose: Decimal, kilograms: Decimal, minutes: int
) -> None:
    by_weight = order(str(dose), str(minutes), str(kilograms))
    in_milligrams = InfusionOrder(
        by_weight.drug, by_weight.route, by_weight.total(), by_weight.weight, by_weight.over
    )
    expected = [(f.rule, f.level) for f in check(POLICY, by_weight, TODAY, DILUTED)]
    assert [(f.rule, f.level) for f in check(POLICY, in_milligrams, TODAY, DILUTED)] == expected


@given(
    st.decimals(min_value="0.01", max_value="1", places=2),
    st.integers(min_value=1, max_value=240),
)
def test_the_rate_stops_exactly_when_the_dose_takes_less_than_its_share_of_forty_minutes(
    dose: Decimal, minutes: int
) -> None:
    # 0.5 mg/kg in 40 minutes is 0.0125 mg/kg a minute, or 80 minutes for each mg/kg.
    rules = {f.rule for f in check(POLICY, order(str(dose), str(minutes)), TODAY, DILUTED)}
    assert ("fastest_rate" in rules) is (minutes < 80 * dose)
