"""35 mg of racemic ketamine by vein beside the other routes: the worked table of evidence §7.3."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.drugs.comparison import compare, load
from mooring.core.drugs.drug import Route
from mooring.core.quantities import Milligrams

THIRTY_FIVE = Milligrams(35)
doses = st.decimals("0.01", "1000", places=2, allow_nan=False).map(Milligrams)


def by(route, dose=THIRTY_FIVE):
    return next(found for found in compare(dose, load()).routes if found.about.route is route)


def amounts(route):
    """Each mark's amounts, to a tenth of a milligram."""
    return {
        placed.mark.number.number: (tenth(placed.least), tenth(placed.most))
        for placed in by(route).marks
    }


def tenth(amount):
    return amount.rounded("0.1").value


def one(text):
    return (Decimal(text), Decimal(text))


# Truth T03: 35 mg divided by each share, with the source it comes from.
WORKED = [
    (Route.INTRAMUSCULAR, "provider-equivalence.intramuscular#", "37.6"),  # ÷ 0.93
    (Route.INTRAMUSCULAR, "hornik-2018.intramuscular#", "85.4"),  # ÷ 0.41
    (Route.INTRANASAL, "implied-bioavailability.intranasal#", "70"),  # ÷ 0.50
    (Route.INTRANASAL, "S4.42#", "87.5"),  # ÷ 0.40
    (Route.INTRANASAL, "intranasal-2022.recomputed#share at the highest dose", "309.7"),  # ÷ 0.113
    (Route.INTRANASAL, "S1.23#", "35"),  # ÷ about 1.0
    (Route.SUBLINGUAL, "implied-bioavailability.sublingual#", "140"),  # ÷ 0.25
    (Route.SUBLINGUAL, "rolan-2013.sublingual#median share", "120.7"),  # ÷ 0.29
    (Route.SUBLINGUAL, "chong-2006.sublingual#mean", "109.4"),  # ÷ 0.32
    (Route.ORAL, "S4.47#", "175"),  # ÷ 0.20
    (Route.ORAL, "chong-2006.swallowed#mean", "152.2"),  # ÷ 0.23
]


@pytest.mark.parametrize(("route", "number", "amount"), WORKED)
def test_each_source_leads_to_the_amount_of_the_worked_table(route, number, amount):
    assert amounts(route)[number] == one(amount)


def test_a_source_that_gives_a_range_leads_to_a_range_of_amounts():
    """S1: 17 to 23 % of a lozenge; 35 ÷ 0.23 and 35 ÷ 0.17."""
    assert amounts(Route.SUBLINGUAL)["S1.24#"] == (Decimal("152.2"), Decimal("205.9"))


@pytest.mark.parametrize(
    ("route", "least", "most"),
    [
        (Route.INTRAMUSCULAR, "37.6", "85.4"),
        (Route.INTRANASAL, "70", "309.7"),
        (Route.SUBLINGUAL, "87.5", "205.9"),  # 40 %, a society of practitioners; 17 %, S1
        (Route.ORAL, "140", "233.3"),  # 25 %, a review; 15 %, S-form of a slow-release tablet
    ],
)
def test_the_interval_spans_every_source_that_is_no_outlier(route, least, most):
    found = by(route)
    assert (tenth(found.least), tenth(found.most)) == (Decimal(least), Decimal(most))


def test_the_figure_near_100_percent_by_nose_is_kept_but_not_counted_in():
    [outlier] = by(Route.INTRANASAL).outliers
    assert outlier.mark.number.claim.id == "S1.23"
    assert outlier.least < by(Route.INTRANASAL).least
    assert outlier in by(Route.INTRANASAL).marks


def test_a_route_without_an_outlier_names_none():
    assert by(Route.ORAL).outliers == ()


def test_marks_stand_from_the_smallest_amount_up():
    for route in compare(THIRTY_FIVE, load()).routes:
        assert [p.least for p in route.marks] == sorted(p.least for p in route.marks)


def test_a_dose_of_nothing_compares_with_nothing():
    with pytest.raises(ValueError, match="above 0 mg"):
        compare(Milligrams(0), load())


@given(doses)
def test_the_share_of_each_amount_that_arrives_is_the_dose_by_vein(dose):
    for route in compare(dose, load()).routes:
        for placed in route.marks:
            arrived = placed.most.value * placed.mark.number.low / 100
            assert abs(arrived - dose.value) < Decimal("1e-18")


@given(doses)
def test_no_route_needs_less_than_the_vein(dose):
    for route in compare(dose, load()).routes:
        assert dose <= route.least <= route.most
        assert all(dose <= p.least <= p.most for p in route.marks)


@given(doses)
def test_twice_the_dose_is_twice_each_amount(dose):
    once, twice = compare(dose, load()), compare(dose + dose, load())
    for single, double in zip(once.routes, twice.routes, strict=True):
        assert tenth(single.most + single.most) == tenth(double.most)
