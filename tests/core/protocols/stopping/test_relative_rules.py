"""A change from baseline in any measure, upward and downward, says so in its own words."""

from typing import Any

import pytest

from mooring.core.protocols.stopping import policy as stopping
from mooring.core.protocols.stopping.evaluate import alerts
from mooring.core.session.chart import chart
from mooring.core.session.entries import Reading
from mooring.core.session.standing import resolve
from tests.core.session.building import at, started


def policy(measure: str, comparator: str, value: int) -> stopping.StopPolicy:
    limit = {"value": value, "unit": "x", "claims": ["S2.44"]}
    change: dict[str, Any] = {
        "kind": "threshold", "measure": measure, "comparator": comparator, "limit": limit,
        "reference": "change_from_baseline",
    }  # fmt: skip
    rule = {"id": "changed", "level": "call", "title": "Changed", "any_of": [change]}
    written = stopping.load("emory_s2", "1").model_dump()
    return stopping.StopPolicy.model_validate({**written, "rules": [rule], "repeat": None})


@pytest.mark.parametrize(
    ("change", "reading", "words"),
    [
        (
            ("heart_rate", "at_least", 40),
            Reading(heart_rate=112),
            "Heart rate 112 is +40 over baseline 72",
        ),
        (
            ("heart_rate", "at_most", -20),
            Reading(heart_rate=50),
            "Heart rate 50 is −22 from baseline 72",
        ),
        (
            ("systolic", "at_most", -30),
            Reading(systolic=85, diastolic=60),
            "85/60 is −35 from baseline 120/78",
        ),
        (("spo2", "at_most", -4), Reading(spo2=93), "SpO2 93 is −4 from baseline 97"),
    ],
)
def test_a_change_is_said_with_its_sign_and_the_baseline(
    change: tuple[str, str, int], reading: Reading, words: str
) -> None:
    seen = chart(resolve(started((10, reading)), at(10)).log, at(10))
    (alert,) = alerts(policy(*change), seen)
    assert alert.detail == words


def test_what_has_not_changed_enough_says_nothing() -> None:
    seen = chart(resolve(started((10, Reading(heart_rate=111))), at(10)).log, at(10))
    assert alerts(policy("heart_rate", "at_least", 40), seen) == ()
