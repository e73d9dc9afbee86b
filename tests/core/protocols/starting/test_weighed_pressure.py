"""A pressure that a prescriber weighs before the dose: held, opened by a decision on that fact."""

from typing import Any

import pytest
from pydantic import ValidationError

from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.starting.evaluate import held
from mooring.core.session.chart import chart
from mooring.core.session.entries import Content, PrescriberDecision, Weighed
from mooring.core.session.standing import resolve
from mooring.core.session.view import Blocker
from tests.core.session.building import CHECK_IN, at, log, seated


def limit(measure: str, value: int) -> dict[str, Any]:
    number = {"value": value, "unit": "mmHg", "claims": ["choice.esketamine-pressure-before"]}
    return {"measure": measure, "comparator": "above", "limit": number}


WEIGH = starting.WeighedPressure.model_validate(
    {
        "any_of": [limit("systolic", 140), limit("diastolic", 90)],
        "claims": ["choice.esketamine-pressure-before"],
    }
)
POLICY = starting.load("iv_start", "1").model_copy(update={"weigh_pressure": WEIGH})


def holds(systolic: int, diastolic: int, *later: tuple[float, Content]) -> tuple[Blocker, ...]:
    pair = seated(systolic, diastolic)
    entries = log((-20, CHECK_IN), (-12, pair), (-5, pair), *later)
    return held(POLICY, chart(resolve(entries, at(0)).log, at(0)), ()).open


@pytest.mark.parametrize(
    ("systolic", "diastolic", "words"),
    [
        (141, 80, "Blood pressure 141/80: systolic above 140 mmHg."),
        (130, 91, "Blood pressure 130/91: diastolic above 90 mmHg."),
        (150, 95, "Blood pressure 150/95: systolic above 140 mmHg, diastolic above 90 mmHg."),
    ],
)
def test_above_the_limit_it_waits_for_a_prescriber(
    systolic: int, diastolic: int, words: str
) -> None:
    (hold,) = holds(systolic, diastolic)
    assert hold.text == f"{words} A prescriber weighs it before the dose"
    assert (hold.id, hold.fact) == ("weigh.blood_pressure", f"{systolic}/{diastolic}")
    assert hold.claims == ("choice.esketamine-pressure-before",)


def test_on_the_limit_it_does_not() -> None:
    assert holds(140, 90) == ()


def test_without_a_pressure_there_is_nothing_to_weigh_and_the_start_is_held_for_that() -> None:
    seen = chart(resolve(log((-20, CHECK_IN)), at(0)).log, at(0))
    assert "weigh.blood_pressure" not in {hold.id for hold in held(POLICY, seen, ()).open}
    assert "systolic" in {hold.id for hold in held(POLICY, seen, ()).open}


DECISION = PrescriberDecision(
    decision="go_on",
    weighed=(Weighed(hold="weigh.blood_pressure", fact="150/95", text="Blood pressure 150/95"),),
    reason="At home 148/94 for a year; the last three doses rose by 12",
)


def test_a_decision_opens_the_start_for_the_reading_that_was_weighed() -> None:
    assert holds(150, 95, (-2, DECISION)) == ()


def test_another_reading_is_weighed_anew() -> None:
    (hold,) = holds(150, 95, (-3, DECISION), (-1, seated(156, 95)))
    assert hold.fact == "156/95"


def test_only_an_absolute_pressure_can_be_weighed() -> None:
    wrong = {"any_of": [limit("heart_rate", 90)], "claims": ["S2.44"]}
    with pytest.raises(ValidationError, match="an absolute limit of a blood pressure is needed"):
        starting.WeighedPressure.model_validate(wrong)
