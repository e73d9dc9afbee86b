"""A prescription: what is filled, how many doses last, every element by name."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core import evidence
from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.drug import Route
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.prescription import (
    Prescription,
    doses_that_last,
    in_words,
    last_day_valid,
    missing,
    sections,
    supply,
    text,
)
from mooring.core.drugs.prescription.words import NAMES
from mooring.core.drugs.products import product
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, Millilitres, Minutes

SPRAYS = NasalSprayOrder(
    product("ketamine_nasal_spray_100"), tuple(Minutes(10 * n) for n in range(5)), None
)
"""The last step of the ladder: five sprays of 10 mg (S2.72)."""
TROCHES = ByMouthOrder(
    product("ketamine_troche"), Route.SUBLINGUAL, Milligrams(50), 2, "hydrochloride", None
)
SOLUTION = ByMouthOrder(
    product("ketamine_oral_solution"), Route.ORAL, MilligramsPerMillilitre(50),
    Millilitres(Decimal("1.5")), "hydrochloride", None,
)  # fmt: skip
ISSUED = date(2026, 3, 2)
WHOLE = Prescription(
    order=SPRAYS, doses=8, per_week=2, at_home=False, issued_on=ISSUED,
    follow_up_on=date(2026, 3, 30), clinic="Harbour Clinic", clinic_address="1 Quay Street",
    clinic_telephone="555 0100", prescriber="A. Lindqvist", credential="MD",
    registration="AL0000000", patient="Marsh, Pat", born_on=date(1981, 3, 12),
    patient_address="2 Mole Lane", indication="Depression", counted="hydrochloride",
)  # fmt: skip


def test_the_month_of_the_source_is_40_sprays_of_10_mg() -> None:
    """S2.74 with S2.72: twice a week for four weeks, five sprays each."""
    filled = supply(SPRAYS, 8)
    assert filled.quantity == "4 mL (40 sprays)"
    assert filled.drug == Milligrams(400)
    assert filled.arithmetic[0] == "8 doses × 5 sprays = 40 sprays"
    assert filled.in_words == "four millilitres, forty sprays"


def test_priming_is_filled_and_counted_and_said() -> None:
    filled = supply(SPRAYS, 8, priming_sprays=4)
    assert filled.quantity == "4.4 mL (44 sprays)"
    assert filled.drug == Milligrams(440)
    assert "40 + 4 for priming the pump = 44 sprays" in filled.arithmetic


def test_pieces_are_counted_and_a_solution_is_measured() -> None:
    assert supply(TROCHES, 4).quantity == "8 troches"
    assert supply(TROCHES, 4).in_words == "eight troches"
    assert supply(SOLUTION, 3).in_words == "four point five millilitres"
    assert supply(TROCHES, 4).drug == Milligrams(400)
    assert supply(TROCHES, 4).strength == "50 mg a piece"
    assert supply(SOLUTION, 4).quantity == "6 mL"
    assert supply(SOLUTION, 4).drug == Milligrams(300)
    assert supply(SOLUTION, 4).strength == "50 mg/mL"


def test_less_than_one_dose_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^doses: at least one"):
        supply(SPRAYS, 0)


@pytest.mark.parametrize(
    ("per_week", "until", "doses"),
    [(2, date(2026, 3, 30), 8), (2, date(2026, 3, 29), 7), (1, date(2026, 3, 8), 0),
     (7, date(2026, 3, 3), 1)],
)  # fmt: skip
def test_only_whole_doses_last_until_the_follow_up(per_week: int, until: date, doses: int) -> None:
    assert doses_that_last(per_week, ISSUED, until) == doses


def test_a_follow_up_comes_after_the_day_of_issue() -> None:
    with pytest.raises(ValueError, match=r"^follow_up_on: the follow-up comes after"):
        doses_that_last(2, ISSUED, ISSUED)


@given(st.integers(1, 7), st.integers(1, 400))
def test_what_lasts_is_never_more_than_the_days_allow(per_week: int, days: int) -> None:
    until = date.fromordinal(ISSUED.toordinal() + days)
    doses = doses_that_last(per_week, ISSUED, until)
    assert doses * 7 <= per_week * days < (doses + 1) * 7


@given(st.integers(1, 60), st.integers(0, 20))
def test_the_drug_filled_is_every_spray_and_no_other(doses: int, priming: int) -> None:
    assert supply(SPRAYS, doses, priming).drug == Milligrams(10 * (5 * doses + priming))


@pytest.mark.parametrize("name", NAMES)
def test_what_a_pharmacy_needs_is_asked_for_by_name(name: str) -> None:
    empty = replace(WHOLE, **{name: None if name == "born_on" else ""})
    assert missing(empty) == ((name, NAMES[name]),)
    assert missing(WHOLE) == ()
    assert sections(empty)


def test_the_text_holds_every_element() -> None:
    said = text(replace(WHOLE, notes="Bitter-free vehicle, please."))
    for part in (
        "A. Lindqvist, MD", "Registration AL0000000", "Harbour Clinic", "1 Quay Street",
        "Telephone 555 0100", "Marsh, Pat", "Born 12 Mar 1981", "2 Mole Lane", "2 Mar 2026",
        "KETAmine (racemic), for intranasal use only", "100 mg/mL, counted as hydrochloride",
        "One dose is 50 mg, intranasal: minute 0: one spray into the right nostril; minute 10",
        "No more than 2 in 7 days, in the clinic only, under watch.", "4 mL (40 sprays)",
        "In words: four millilitres, forty sprays",
        "Drug in all: 400 mg (hydrochloride); four hundred milligrams", "Refills: 0 (zero)",
        "Not to be filled after 30 Mar 2026", "schedule III in the United States", "Depression",
        "30 Mar 2026. The quantity lasts no longer than until then.", "Keep locked away",
        "No driving and no machines until the next day, after a night's sleep.",
        "Bitter-free vehicle, please.",
    ):  # fmt: skip
        assert part in said, part


def test_home_use_is_said_in_the_directions() -> None:
    assert "at home, with an adult beside" in text(replace(WHOLE, at_home=True))


@pytest.mark.parametrize("order", [SPRAYS, TROCHES, SOLUTION])
def test_no_number_trails_a_zero_and_the_route_is_written_out(order: object) -> None:
    said = text(replace(WHOLE, order=order))
    assert ".0 " not in said
    assert " IN " not in said
    assert " ." not in said


# --- in figures and in words ---


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"), (1, "one"), (13, "thirteen"), (20, "twenty"), (44, "forty-four"),
        (100, "one hundred"), (440, "four hundred forty"), (1015, "one thousand fifteen"),
        (21_300, "twenty-one thousand three hundred"), (Decimal("4.40"), "four point four"),
        (Decimal("0.05"), "zero point zero five"),
    ],
)  # fmt: skip
def test_a_number_is_written_out(number, words) -> None:
    assert in_words(number) == words


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_two_numbers_never_read_alike(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) is (one == other)


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_a_number_that_no_prescription_holds_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="less than a million"):
        in_words(number)


@given(st.integers(1, 60), st.integers(0, 20))
def test_words_and_figures_of_the_quantity_agree(doses: int, priming: int) -> None:
    filled = supply(SPRAYS, doses, priming)
    volume, sprays = filled.quantity.removesuffix("s)").removesuffix(" spray").split(" mL (")
    said = f"{in_words(Decimal(volume))} millilitres, {in_words(int(sprays))} spray"
    assert filled.in_words.removesuffix("s") == said


def test_one_dose_of_one_spray_is_no_plural() -> None:
    one = NasalSprayOrder(product("ketamine_nasal_spray_100"), (Minutes(0),), None)
    assert supply(one, 1).quantity == "0.1 mL (1 spray)"
    assert supply(one, 1).in_words == "zero point one millilitres, one spray"
    assert supply(one, 1).arithmetic[0] == "1 dose × 1 spray = 1 spray"


# --- how long it is valid ---


@pytest.mark.parametrize(
    ("issued", "last"),
    [  # 21 CFR 1306.22(a): six months after the date of issue.
        (date(2026, 3, 2), date(2026, 9, 2)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2027, 6, 1)),
    ],
)
def test_it_is_not_filled_more_than_six_months_after_its_issue(issued, last) -> None:
    (months,) = evidence.load().claim("cfr-1306.six-months").quantities
    assert (months.value, months.unit) == (6, "months")
    assert last_day_valid(issued) == last


@given(
    st.integers(1, 7),
    st.integers(1, 190),
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)
def test_the_doses_that_last_never_exceed_the_weekly_number_and_grow_with_the_days(
    per_week, days, issued
) -> None:
    most = doses_that_last(per_week, issued, issued + timedelta(days=days))
    assert most * 7 <= per_week * days < (most + 1) * 7
    assert most <= doses_that_last(per_week, issued, issued + timedelta(days=days + 1))
