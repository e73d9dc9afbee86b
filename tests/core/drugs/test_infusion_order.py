"""An infusion order reads as one sentence, and its arithmetic can be done again by hand."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core import drugs
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import InfusionOrder, WeightMissingError
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    MilligramsPerMinute,
    Millilitres,
    MillilitresPerHour,
    Minutes,
    nearest,
)

WEIGHED_ON = date(2026, 11, 3)
SEVENTY = Weight(Kilograms(70), WEIGHED_ON, WeightMethod.WEIGHED)
STANDARD_DOSE = MilligramsPerKilogram("0.5")


def order(
    dose: MilligramsPerKilogram | Milligrams = STANDARD_DOSE,
    weight: Weight | None = SEVENTY,
    minutes: str = "40",
    drug: Drug = Drug.RACEMIC_KETAMINE,
) -> InfusionOrder:
    return InfusionOrder(drug, Route.INTRAVENOUS_INFUSION, dose, weight, Minutes(minutes))


def test_the_order_reads_aloud_as_one_sentence() -> None:
    assert order().sentence() == (
        "KETAmine (racemic) 0.5 mg/kg × 70 kg (weighed 3 Nov 2026) = 35 mg, "
        "intravenous infusion over 40 minutes"
    )


def test_a_dose_in_milligrams_shows_what_it_is_by_weight() -> None:
    assert order(Milligrams(33)).sentence() == (
        "KETAmine (racemic) 33 mg = about 0.471 mg/kg × 70 kg (weighed 3 Nov 2026), "
        "intravenous infusion over 40 minutes"
    )


def test_a_dose_in_milligrams_without_a_weight_is_read_as_it_stands() -> None:
    said = order(Milligrams(35), weight=None, minutes="1").sentence()
    assert said == "KETAmine (racemic) 35 mg, intravenous infusion over 1 minute"


def test_a_dose_by_weight_without_a_weight_says_so_and_names_no_amount() -> None:
    assert "0.5 mg/kg (no weight recorded)" in order(weight=None).sentence()


def test_esketamine_is_named_apart() -> None:
    assert order(drug=Drug.ESKETAMINE).sentence().startswith("esKETAmine 0.5 mg/kg")


def test_no_route_is_ever_shown_as_a_short_form() -> None:
    # ISMP, evidence file §7.2: "IM" was heard as "IN".
    assert [route.display for route in Route] == [
        "intravenous infusion",
        "intravenous bolus",
        "intramuscular",
        "subcutaneous",
        "intranasal",
        "sublingual",
        "oral",
    ]


def test_the_arithmetic_shows_every_step() -> None:
    assert order().arithmetic() == (
        "0.5 mg/kg × 70 kg = 35 mg",
        "35 mg ÷ 40 min = 0.875 mg/min",
        "35 mg ÷ 10 mg/mL = 3.5 mL",
        "35 mg ÷ 50 mg/mL = 0.7 mL",
        "35 mg ÷ 100 mg/mL = 0.35 mL",
    )


def test_no_volume_has_more_places_than_a_syringe_can_show() -> None:
    # 0.5 mg/kg × 86.53 kg = 43.265 mg: 0.43265 mL of 100 mg/mL, and nobody draws five places.
    weight = Weight(Kilograms("86.53"), WEIGHED_ON, WeightMethod.WEIGHED)
    assert order(weight=weight).arithmetic()[2:] == (
        "43.265 mg ÷ 10 mg/mL = about 4.33 mL",
        "43.265 mg ÷ 50 mg/mL = about 0.87 mL",
        "43.265 mg ÷ 100 mg/mL = about 0.43 mL",
    )


def test_the_arithmetic_of_a_dose_in_milligrams_starts_at_the_dose() -> None:
    lines = order(Milligrams(50), minutes="60").arithmetic()
    assert lines[0] == "50 mg ÷ 60 min = about 0.833 mg/min"


def test_thirty_five_milligrams_as_three_volumes_side_by_side() -> None:
    # Evidence file §7.3: 35 mg is 3.5, 0.7 and 0.35 mL, so that a tenfold slip shows.
    assert [syringe.text() for syringe in order().volumes()] == [
        "3.5 mL of 10 mg/mL",
        "0.7 mL of 50 mg/mL",
        "0.35 mL of 100 mg/mL",
    ]


def test_the_rate_and_the_pump_setting() -> None:
    assert order().rate_mg_per_minute() == MilligramsPerMinute("0.875")
    assert order().pump_rate(MilligramsPerMillilitre(10)) == MillilitresPerHour("5.25")


def test_a_syringe_mark_that_changes_the_dose_says_by_how_much() -> None:
    # 0.5 mg/kg × 70.3 kg = 35.15 mg; at 100 mg/mL 0.3515 mL, which a syringe shows as 0.35 mL.
    weight = Weight(Kilograms("70.3"), WEIGHED_ON, WeightMethod.WEIGHED)
    syringe = order(weight=weight).syringe(MilligramsPerMillilitre(100))
    assert syringe.exact == Millilitres("0.3515")
    assert syringe.drawn == Millilitres("0.35")
    assert syringe.rounding_changes_the_dose
    assert syringe.text() == (
        "0.35 mL of 100 mg/mL (rounded to 0.01 mL: holds 35 mg, not 35.15 mg)"
    )


def test_a_dose_by_weight_has_no_amount_without_a_weight() -> None:
    without = order(weight=None)
    assert without.holds(WEIGHED_ON) == ("weight: none recorded; a dose in mg/kg needs one",)
    with pytest.raises(WeightMissingError, match="needs one"):
        without.total()


def test_a_dose_in_milligrams_has_its_amount_without_a_weight() -> None:
    without = order(Milligrams(35), weight=None)
    assert without.total() == Milligrams(35)
    assert without.per_kilogram() is None
    assert without.holds(WEIGHED_ON) == ()


@pytest.mark.parametrize("dose", [STANDARD_DOSE, Milligrams(35)])
def test_an_old_weight_holds_every_order(dose: MilligramsPerKilogram | Milligrams) -> None:
    assert order(dose).holds(WEIGHED_ON + timedelta(days=90)) == ()
    (held,) = order(dose).holds(WEIGHED_ON + timedelta(days=91))
    assert "91 days old" in held


def test_a_dose_of_zero_an_infusion_of_zero_minutes_and_a_bare_number_are_refused() -> None:
    with pytest.raises(ValueError, match="dose: an ordered dose is above 0"):
        order(Milligrams(0))
    with pytest.raises(ValueError, match="over: an infusion takes more than 0 minutes"):
        order(minutes="0")
    with pytest.raises(TypeError, match="dose: give Milligrams or MilligramsPerKilogram"):
        order(Millilitres(35))  # type: ignore[arg-type]


def test_nothing_turns_one_drug_into_the_other() -> None:
    # D07: racemic ketamine and esketamine are not interchangeable, so no function gives a drug.
    folder = Path(drugs.__file__).parent
    sources = [path.read_text() for path in folder.rglob("*.py")]
    assert any("class Drug(" in source for source in sources)
    # An order may say what it is of; nothing else answers with a drug.
    giving = {found for source in sources for found in re.findall(r"def (.+)\) -> Drug\b", source)}
    assert giving == {"drug(self"}


doses = st.decimals(min_value="0.01", max_value="2", places=2)
weights = st.decimals(min_value="30", max_value="250", places=1)
minutes = st.integers(min_value=1, max_value=240)


@given(doses, weights, minutes)
def test_at_every_strength_volume_times_concentration_is_the_dose(
    dose: Decimal, kilograms: Decimal, over: int
) -> None:
    written = order(
        MilligramsPerKilogram(dose),
        Weight(Kilograms(kilograms), WEIGHED_ON, WeightMethod.WEIGHED),
        str(over),
    )
    assert written.total().value == dose * kilograms
    assert written.per_kilogram() == MilligramsPerKilogram(dose)
    for syringe in written.volumes():
        assert syringe.exact * syringe.concentration == written.total()
        off = abs(syringe.held.value - written.total().value)
        assert off <= Decimal("0.005") * syringe.concentration.value
        assert syringe.rounding_changes_the_dose is (off != 0)


@given(doses, weights, minutes)
def test_no_line_of_an_order_names_a_volume_with_more_than_two_places(
    dose: Decimal, kilograms: Decimal, over: int
) -> None:
    written = order(
        MilligramsPerKilogram(dose),
        Weight(Kilograms(kilograms), WEIGHED_ON, WeightMethod.WEIGHED),
        str(over),
    )
    lines = (written.sentence(), *written.arithmetic(), *(v.text() for v in written.volumes()))
    volumes = [found for line in lines for found in re.findall(r"([0-9.]+) mL", line)]
    assert len(volumes) >= 6
    assert all(Decimal(found) == nearest(Decimal(found), "0.01") for found in volumes)


@given(doses, weights, minutes)
def test_no_line_of_an_order_holds_a_bare_point_or_a_trailing_zero(
    dose: Decimal, kilograms: Decimal, over: int
) -> None:
    written = order(
        MilligramsPerKilogram(dose),
        Weight(Kilograms(kilograms), WEIGHED_ON, WeightMethod.WEIGHED),
        str(over),
    )
    for line in (written.sentence(), *written.arithmetic()):
        for word in line.split():
            assert not word.startswith(".")
            assert not ("." in word and word.endswith("0"))
