"""Entries are checked when they are made; what does not fit is refused with what would be right."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from mooring.core.session.entries import CONTENT, Reading, minutes_between
from tests.core.session.building import ZERO


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"systolic": 120}, "diastolic: a blood pressure needs both values, for example 120/78"),
        ({"diastolic": 78}, "systolic: a blood pressure needs both values, for example 120/78"),
        ({"systolic": 78, "diastolic": 120}, "systolic: 78 must be higher than the diastolic 120"),
        ({"systolic": 80, "diastolic": 80}, "systolic: 80 must be higher than the diastolic 80"),
        ({}, "reading: enter at least one of blood pressure, heart rate, SpO2"),
        ({"position": "seated"}, "reading: enter at least one of blood pressure, heart rate"),
    ],
)
def test_a_reading_that_measures_nothing_whole_is_refused(
    values: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ValidationError, match=reason):
        Reading(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"systolic": 120, "diastolic": 78},
        {"heart_rate": 72},
        {"spo2": 97},
        {"respiratory_rate": 14},
    ],
)
def test_one_vital_sign_is_a_reading(values: dict[str, int]) -> None:
    assert Reading(**values)


def test_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="sytolic"):
        CONTENT.validate_python({"kind": "reading", "sytolic": 120, "spo2": 97})


def test_minutes_between_two_moments_keep_their_parts_and_their_sign() -> None:
    later = ZERO + timedelta(days=1, minutes=2, seconds=30)
    assert minutes_between(ZERO, later) == Decimal("1442.5")
    assert minutes_between(later, ZERO) == Decimal("-1442.5")


def test_a_night_on_which_the_clocks_change_is_measured_in_elapsed_minutes() -> None:
    chicago = ZoneInfo("America/Chicago")
    before = ZERO.replace(month=3, day=8, hour=7, minute=30).astimezone(chicago)
    after = ZERO.replace(month=3, day=8, hour=8, minute=30).astimezone(chicago)
    assert minutes_between(before, after) == 60
