"""A weight carries its date, and a weight that cannot be right is questioned."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from mooring.core import evidence
from mooring.core.drugs.weight import (
    HEAVY_WITHOUT_HEIGHT,
    Weight,
    WeightMethod,
    first_weight,
    looks_like_pounds,
    plausible_weight,
)
from mooring.core.quantities import Kilograms

WEIGHED_ON = date(2026, 11, 3)
WEIGHED = Weight(Kilograms(70), WEIGHED_ON, WeightMethod.WEIGHED)


@pytest.mark.parametrize("age", [0, 1, 90])
def test_a_weight_up_to_ninety_days_old_carries_an_order(age: int) -> None:
    assert WEIGHED.holds(WEIGHED_ON + timedelta(days=age)) is None


def test_a_weight_of_ninety_one_days_holds_the_order() -> None:
    held = WEIGHED.holds(WEIGHED_ON + timedelta(days=91))
    assert held == "weight: 91 days old on 2 Feb 2027, more than 90: weigh again"


def test_a_weight_dated_after_the_order_holds_it() -> None:
    held = WEIGHED.holds(WEIGHED_ON - timedelta(days=1))
    assert held == "weight: dated 3 Nov 2026, after the order of 2 Nov 2026"


@pytest.mark.parametrize(
    ("method", "read"),
    [
        (WeightMethod.WEIGHED, "70 kg (weighed 3 Nov 2026)"),
        (WeightMethod.STATED, "70 kg (stated by the patient 3 Nov 2026)"),
        (WeightMethod.ESTIMATED, "70 kg (estimated 3 Nov 2026)"),
        (WeightMethod.UNKNOWN, "70 kg (method unknown 3 Nov 2026)"),
    ],
)
def test_a_weight_always_says_when_and_how_it_was_found(method: WeightMethod, read: str) -> None:
    assert Weight(Kilograms(70), WEIGHED_ON, method).text() == read


def test_a_weight_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0 kg"):
        Weight(Kilograms(0), WEIGHED_ON, WeightMethod.WEIGHED)


def test_a_small_change_at_an_ordinary_height_raises_no_doubt() -> None:
    assert plausible_weight(Kilograms(72), Kilograms(70), Decimal(175)) == ()


def test_pounds_entered_as_kilograms_are_noticed() -> None:
    # 70 kg is 154 lb: the same patient written with the wrong unit.
    (doubt,) = plausible_weight(Kilograms(154), Kilograms(70), Decimal(175))
    assert doubt == "154 kg is about 2.2 times the last weight 70 kg: is it in pounds?"


def test_a_last_weight_that_was_in_pounds_is_noticed_too() -> None:
    (doubt,) = plausible_weight(Kilograms(70), Kilograms(154), None)
    assert "divided by about 2.2" in doubt


@pytest.mark.parametrize(
    ("new", "says"),
    [("84", None), ("84.1", "20 % more"), ("56", None), ("55.9", "20 % less"), ("90", "29 % more")],
)
def test_a_change_of_more_than_twenty_percent_asks_to_weigh_again(
    new: str, says: str | None
) -> None:
    doubts = plausible_weight(Kilograms(new), Kilograms(70), None)
    assert (says in doubts[0] and "weigh again" in doubts[0]) if says else doubts == ()


@pytest.mark.parametrize(
    ("kilograms", "doubted"),
    # At 200 cm the body mass index is a quarter of the weight: 48 kg is 12, 280 kg is 70.
    [("47.9", True), ("48", False), ("280", False), ("280.1", True)],
)
def test_a_body_mass_index_outside_12_to_70_is_doubted(kilograms: str, doubted: bool) -> None:
    doubts = plausible_weight(Kilograms(kilograms), None, Decimal(200))
    assert bool(doubts) is doubted
    assert all("body mass index" in doubt for doubt in doubts)


def test_every_reason_is_given_not_only_the_first() -> None:
    assert len(plausible_weight(Kilograms(30), Kilograms(70), Decimal(200))) == 2


def test_without_height_or_last_weight_there_is_nothing_to_compare_with() -> None:
    assert plausible_weight(Kilograms(400), None, None) == ()


def test_a_height_or_last_weight_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="height_cm"):
        plausible_weight(Kilograms(70), None, Decimal(0))
    with pytest.raises(ValueError, match="previous"):
        plausible_weight(Kilograms(70), Kilograms(0), None)


@pytest.mark.parametrize(
    ("new", "previous", "word"),
    [
        # 70 kg are 154.322 lb; a tenth on either side of the factor is near: 1.98414 to 2.42506.
        ("198.414", "100", "is about 2.2 times the last weight 100 kg: is it in pounds?"),
        ("198.413", "100", "is 98 % more than the last weight 100 kg: weigh again"),
        ("242.506", "100", "is about 2.2 times the last weight 100 kg: is it in pounds?"),
        ("242.507", "100", "is 143 % more than the last weight 100 kg: weigh again"),
        ("70", "154.322", "divided by about 2.2: was one of the two in pounds?"),
        ("0.9", "0.7", "is 29 % more than the last weight 0.7 kg: weigh again"),
        ("79.9", "100", "is 20 % less than the last weight 100 kg: weigh again"),
    ],
)
def test_a_weight_that_moved_says_by_how_much_and_whether_it_looks_like_pounds(
    new: str, previous: str, word: str
) -> None:
    (said,) = plausible_weight(Kilograms(new), Kilograms(previous), None)
    assert said.startswith(f"{new} kg")
    assert said.endswith(word)


@pytest.mark.parametrize(("new", "previous"), [("80", "100"), ("120", "100"), ("100", "100")])
def test_a_fifth_more_or_less_is_no_doubt(new: str, previous: str) -> None:
    assert plausible_weight(Kilograms(new), Kilograms(previous), None) == ()


def test_a_body_mass_out_of_range_says_weight_height_and_index() -> None:
    (said,) = plausible_weight(Kilograms(175), None, Decimal("150.0"))
    assert said == "175 kg at 150 cm makes a body mass index of 78, outside 12 to 70"
    # 12 × 1.5² = 27 kg and 70 × 1.5² = 157.5 kg are still inside.
    for inside in ("27", "157.5"):
        assert plausible_weight(Kilograms(inside), None, Decimal(150)) == ()
    for outside in ("26.99", "157.51"):
        assert plausible_weight(Kilograms(outside), None, Decimal(150)) != ()


def test_both_doubts_are_said() -> None:
    assert len(plausible_weight(Kilograms("154.32"), Kilograms(70), Decimal(140))) == 2


@pytest.mark.parametrize("height", ["0", "-1"])
def test_a_height_that_is_none_is_refused_by_its_name(height: str) -> None:
    with pytest.raises(ValueError, match=r"^height_cm: a height is above 0 cm, for example 175$"):
        plausible_weight(Kilograms(70), None, Decimal(height))
    with pytest.raises(ValueError, match=r"^previous: a weight is above 0 kg$"):
        plausible_weight(Kilograms(70), Kilograms(0), None)


def test_a_first_weight_that_could_be_pounds_is_asked_about() -> None:
    # 154 lb are 70 kg. Nothing stands before it, and 154 kg at 175 cm is inside 12 to 70.
    assert plausible_weight(Kilograms(154), None, Decimal(175)) == ()
    (said,) = first_weight(Kilograms(154), Decimal(175))
    assert said == (
        "154 kg at 175 cm makes a body mass index of 50: is it in pounds? Then it is 70 kg"
    )


@pytest.mark.parametrize(
    ("kilograms", "height", "asked"),
    [
        # At 200 cm the index is a quarter of the weight; 18.5 × 2.2046 × 4 is 163.1404 kg.
        ("163.1404", "200", True),
        ("163.1403", "200", False),
        ("70", "175", False),
        ("124", "175", False),
        ("125", "175", True),
        # No height: from 120 kg on.
        ("120", None, True),
        ("119.999", None, False),
    ],
)
def test_what_looks_like_pounds_is_the_kilograms_of_a_usual_adult_in_pounds(
    kilograms: str, height: str | None, asked: bool
) -> None:
    tall = None if height is None else Decimal(height)
    assert looks_like_pounds(Kilograms(kilograms), tall) is asked
    assert bool(first_weight(Kilograms(kilograms), tall)) is asked


def test_a_first_weight_without_a_height_says_that_nothing_is_there_to_hold_it_against() -> None:
    (said,) = first_weight(Kilograms(154), None)
    assert "no height is on record" in said
    assert said.endswith("is it in pounds? Then it is 70 kg")
    with pytest.raises(ValueError, match="height_cm"):
        first_weight(Kilograms(70), Decimal(0))


def test_the_numbers_of_a_first_weight_are_those_of_its_claim() -> None:
    index, without_height = evidence.load().claim("choice.first-weight").quantities
    at_one_metre = Decimal(str(index.value)) * Decimal("2.2046")
    assert looks_like_pounds(Kilograms(at_one_metre), Decimal(100))
    assert not looks_like_pounds(Kilograms(at_one_metre - Decimal("0.0001")), Decimal(100))
    assert Kilograms(Decimal(str(without_height.value))) == HEAVY_WITHOUT_HEIGHT
