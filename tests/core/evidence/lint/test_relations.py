"""Each relation against a worked example that stands outside this program."""

from decimal import Decimal

import pytest

from mooring.core.evidence import Quantity
from mooring.core.evidence.lint.relation import RelationError, names, relation


def number(**fields: object) -> Quantity:
    return Quantity.model_validate(fields)


def people(numerator: int, denominator: int) -> Quantity:
    return number(numerator=numerator, denominator=denominator, per="people")


MG_35 = number(value=35, unit="mg")
WORKED = [
    # 8 doses of 35 mg are 280 mg, not about 3 g (founding document S2, line 81)
    ("product", [number(value=8, unit="doses"), MG_35], "280"),
    # Implied by 35 mg by vein = 70, 140, 175 mg (S2, line 177)
    ("quotient", [MG_35, number(value=70, unit="mg")], "0.5"),
    ("quotient", [MG_35, number(value=140, unit="mg")], "0.25"),
    ("quotient", [MG_35, number(value=175, unit="mg")], "0.2"),
    # A share of a weight: 0.5 mg/kg for 70 kg
    ("product", [number(value=Decimal("0.5"), unit="mg/kg"),
                 number(value=70, unit="kg body weight")], "35"),
    ("sum", [number(value=1, unit="h"), number(value=30, unit="min")], "90"),
    ("difference", [number(value=63, unit="%"), number(value=31, unit="%")], "0.32"),
    ("complement", [number(value=59, unit="%")], "0.41"),
    # 132 a day are 10.9 min apart (S4, line 48)
    ("interval_from_rate", [number(value=132, unit="a day")], "10.91"),
    # Kamp 2020: 252 L and 79 L/h for 70 kg; 2.21 h are 132.7 min
    ("half_life", [number(value=252, unit="L/70 kg"),
                   number(value=79, unit="L/h/70 kg")], "132.66"),
    # ELEKT-D 2023: 108 of 195 and 70 of 170
    ("risk_difference", [people(108, 195), people(70, 170)], "0.1421"),
    # SUSTAIN-1: 24 of 90 against 39 of 86, and 16 of 62 against 34 of 59
    ("number_needed_to_treat", [people(24, 90), people(39, 86)], "5.35"),
    ("number_needed_to_treat", [people(16, 62), people(34, 59)], "3.14"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parts", "worked"), WORKED)
def test_it_comes_to_what_was_worked_out(name: str, parts: list[Quantity], worked: str) -> None:
    found = relation(name).compute(parts).interval
    places = -int(Decimal(worked).as_tuple().exponent)
    assert found.low == found.high
    assert round(found.low, places) == Decimal(worked)


def test_every_relation_has_a_worked_example() -> None:
    assert {name for name, _, _ in WORKED} == set(names())


def test_the_wald_interval_of_a_difference() -> None:
    # 0.0404 to 0.2438, worked out by hand from the counts of ELEKT-D
    found = relation("risk_difference").compute([people(108, 195), people(70, 170)]).confidence
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (Decimal("0.0404"), Decimal("0.2438"))


def test_intervals_multiply_and_divide_to_what_they_span() -> None:
    range_mg = number(low=56, high=84, unit="mg")
    product = relation("product").compute([range_mg, number(low=1, high=2, unit="doses")]).interval
    quotient = relation("quotient").compute([range_mg, number(value=28, unit="mg")]).interval
    assert (product.low, product.high) == (56, 168)
    assert (quotient.low, quotient.high) == (2, 3)


@pytest.mark.parametrize(
    ("name", "parts", "words"),
    [
        ("sum", [MG_35, number(value=1, unit="mg/kg")], "cannot be added"),
        ("difference", [MG_35], "it takes 2 numbers, and has 1"),
        ("quotient", [MG_35, number(value=0, unit="mg")], "nothing is divided by 0 mg"),
        ("complement", [MG_35], "35 mg is not a share"),
        ("interval_from_rate", [MG_35], "not so many in a given time"),
        ("interval_from_rate", [number(value=0, unit="a day")], "leaves no time between them"),
        ("half_life", [MG_35, MG_35], "a volume of distribution, then a clearance"),
        ("risk_difference", [number(value=5, unit="%"), people(1, 2)], "has no counts"),
        ("half_life", [number(value=252, unit="L/70 kg"), number(value=0, unit="L/h/70 kg")],
         "nothing is cleared"),
        ("risk_difference", [people(3, 2), people(1, 2)], "more are counted than there are"),
        ("number_needed_to_treat", [people(1, 2), people(2, 4)], "two single shares that differ"),
        ("number_needed_to_treat", [MG_35, people(2, 4)], "are not two shares"),
        ("power", [MG_35], "there is no relation 'power'; there are complement, difference"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_words(
    name: str, parts: list[Quantity], words: str
) -> None:
    with pytest.raises(RelationError, match=words):
        relation(name).compute(parts)
