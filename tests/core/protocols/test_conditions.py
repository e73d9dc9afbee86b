"""One language for every limit: what meets it, where its line is drawn, and the words for it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from mooring.core.protocols.conditions import (
    Threshold,
    in_words,
    is_met,
    line_at,
    line_words,
    short_name,
)
from mooring.core.protocols.leaving import policy as leaving
from mooring.core.protocols.screening.policy import load_policy
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.stopping import policy as stopping
from mooring.core.session.view import Baseline

BASELINE = Baseline(
    systolic=Decimal(120),
    diastolic=Decimal(80),
    heart_rate=Decimal(70),
    spo2=None,
    readings=(UUID(int=1), UUID(int=2)),
    taken_at=datetime(2026, 3, 2, 9, 55, tzinfo=UTC),
)


def threshold(
    measure: str, comparator: str, value: str, reference: str = "absolute", unit: str = "mmHg"
) -> Threshold:
    limit = {"value": value, "unit": unit, "claims": ["S2.44"]}
    fields: dict[str, Any] = {"measure": measure, "comparator": comparator, "limit": limit}
    return Threshold.model_validate({**fields, "reference": reference})


@pytest.mark.parametrize(
    ("comparator", "below", "on", "beyond"),
    [
        ("at_least", False, True, True),
        ("above", False, False, True),
        ("at_most", True, True, False),
        ("below", True, False, False),
    ],
)
def test_an_absolute_limit_at_and_on_both_sides(
    comparator: str, below: bool, on: bool, beyond: bool
) -> None:
    limit = threshold("systolic", comparator, "180")
    assert [is_met(limit, value, None) for value in (179, 180, 181)] == [below, on, beyond]


@pytest.mark.parametrize(
    ("comparator", "value", "expected"),
    [
        ("at_least", "45", [False, True, True]),
        ("above", "45", [False, False, True]),
        ("at_most", "-30", [False, False, False]),
    ],
)
def test_a_change_counts_from_the_patients_own_baseline(
    comparator: str, value: str, expected: list[bool]
) -> None:
    limit = threshold("systolic", comparator, value, "change_from_baseline")
    assert [is_met(limit, systolic, BASELINE) for systolic in (164, 165, 166)] == expected


def test_a_fall_from_baseline_is_met_at_its_number() -> None:
    fall = threshold("systolic", "at_most", "-30", "change_from_baseline")
    more = threshold("systolic", "below", "-30", "change_from_baseline")
    assert [is_met(fall, value, BASELINE) for value in (89, 90, 91)] == [True, True, False]
    assert [is_met(more, value, BASELINE) for value in (89, 90, 91)] == [True, False, False]


def test_a_percentage_is_compared_exactly_in_both_directions() -> None:
    near = threshold("heart_rate", "within", "20", "percent_of_baseline", "%")
    assert [is_met(near, value, BASELINE) for value in (55, 56, 84, 85)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("baseline", [None, BASELINE])
def test_without_the_baseline_that_it_needs_a_limit_is_neither_met_nor_not(
    baseline: Baseline | None,
) -> None:
    fall = threshold("spo2", "at_most", "-4", "change_from_baseline", "%")
    assert is_met(fall, 90, baseline) is None
    assert line_at(fall, baseline) is None


@pytest.mark.parametrize(
    ("limit", "at", "line", "words"),
    [
        (
            threshold("systolic", "at_least", "45", "change_from_baseline"),
            "165",
            "systolic 165 or more (baseline +45)",
            "Systolic blood pressure at least 45 mmHg over the patient's own baseline",
        ),
        (
            threshold("systolic", "at_least", "180"),
            "180",
            "systolic 180 or more",
            "Systolic blood pressure 180 mmHg or more",
        ),
        (
            threshold("diastolic", "above", "25", "percent_of_baseline", "%"),
            "100",
            "diastolic above 100 (baseline +25 %)",
            "Diastolic blood pressure more than 25 % over the patient's own baseline",
        ),
        (
            threshold("systolic", "at_most", "-30", "change_from_baseline"),
            "90",
            "systolic 90 or lower (baseline −30)",
            "Systolic blood pressure at least 30 mmHg under the patient's own baseline",
        ),
        (
            threshold("heart_rate", "below", "-20", "change_from_baseline", "/min"),
            "50",
            "heart rate below 50 (baseline −20)",
            "Heart rate more than 20 /min under the patient's own baseline",
        ),
        (
            threshold("respiratory_rate", "below", "10", unit="/min"),
            "10",
            "respiratory rate below 10",
            "Respiratory rate below 10 /min",
        ),
        (
            threshold("spo2", "below", "92", unit="%"),
            "92",
            "SpO2 below 92 %",
            "SpO2 below 92 %",
        ),
        (
            threshold("moaas", "at_most", "2", unit="of 5"),
            "2",
            "MOAA/S 2 or lower",
            "MOAA/S 2 of 5 or lower",
        ),
    ],
)
def test_line_and_words_follow_from_the_condition(
    limit: Threshold, at: str, line: str, words: str
) -> None:
    drawn = line_at(limit, BASELINE)
    assert drawn == Decimal(at)
    assert f"{short_name(limit.measure)} {line_words(limit, drawn)}" == line
    assert in_words(limit) == words


def test_what_holds_in_both_directions_has_no_single_line() -> None:
    near = threshold("systolic", "within", "20", "percent_of_baseline", "%")
    assert line_at(near, BASELINE) is None
    assert in_words(near) == "Systolic blood pressure within 20 % of the patient's own baseline"


@pytest.mark.parametrize(
    ("given", "say"),
    [
        (("systolic", "within", "20"), "counts from a baseline"),
        (
            ("respiratory_rate", "at_least", "5", "change_from_baseline"),
            "holds no respiratory_rate",
        ),
        (("systolic", "at_most", "30", "change_from_baseline"), "a number below 0"),
        (("systolic", "at_least", "-45", "change_from_baseline"), "a number above 0"),
    ],
)
def test_a_condition_that_no_words_could_say_is_refused(given: tuple[str, ...], say: str) -> None:
    with pytest.raises(ValidationError, match=say):
        threshold(*given)


def test_a_start_limit_speaks_of_its_own_measure() -> None:
    limit = {"value": 90, "unit": "mmHg", "claims": ["S2.44"]}
    other = {"measure": "diastolic", "comparator": "below", "limit": limit}
    wrong = {"measure": "systolic", "hold_when": [other], "claims": ["S2.44"]}
    with pytest.raises(ValidationError, match="an absolute limit of systolic is needed"):
        starting.Measured.model_validate(wrong)


def test_stopping_starting_leaving_and_screening_write_the_same_language() -> None:
    """A number above which a start is held is said in the words of a screening block."""
    systolic = starting.load("iv_start", "1").measured[0].hold_when[1]
    (block,) = load_policy("iv_ketamine", version="1").rule("blood-pressure-very-high").when
    assert systolic.phrase() == block.phrase() == "above 180 mmHg"  # type: ignore[union-attr]
    rise = stopping.load("emory_s2", "1").rules[0].any_of[0]
    near = leaving.load("iv_recovery", "1").measured[1].all_of[0]
    assert isinstance(rise, Threshold)
    assert (rise.relative, near.relative, systolic.relative) == (True, True, False)
