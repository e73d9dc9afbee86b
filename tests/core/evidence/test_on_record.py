"""A number in words is carried by a claim that has it on record, in this unit or a like one."""

from datetime import date
from typing import Any

import pytest

from mooring.core.evidence import Claim, EvidenceBase, Source, Version
from mooring.core.evidence.in_words import in_words
from mooring.core.evidence.on_record import carries

FOUND = {"statement": "Said.", "source": "S9", "locator": "line 1", "status": "source-only"}
SOURCE: dict[str, Any] = {
    "id": "S9",
    "title": "A",
    "author": "B",
    "kind": "founding",
    "read": "full text",
    "n": 24,
}


def carried(words: str, *quantities: dict[str, Any], **fields: Any) -> bool:
    claim = Claim.model_validate(FOUND | {"id": "S9.01", "quantities": quantities} | fields)
    base = EvidenceBase(
        Version(version="1", day=date(2026, 1, 1)),
        {"S9": Source.model_validate(SOURCE)},
        {"S9.01": claim},
        {},
        {},
    )
    (told,) = in_words(words)
    return carries(base, claim, told)


@pytest.mark.parametrize(
    ("words", "right", "wrong"),
    [
        ("two thirds", {"value": 65, "unit": "%"}, {"value": 63, "unit": "%"}),
        ("half", {"value": 0.5, "unit": "as a fraction"}, {"value": 0.6, "unit": "as a fraction"}),
        ("more than half", {"value": 71, "unit": "%"}, {"value": 41, "unit": "%"}),
        ("half", {"of": "median", "value": 18, "unit": "days"}, {"value": 18, "unit": "days"}),
        ("one in five", {"value": 20, "unit": "%"}, {"value": 5, "unit": "%"}),
        (
            "three of ten",
            {"numerator": 3, "denominator": 10, "per": "people"},
            {"numerator": 3, "denominator": 11, "per": "people"},
        ),
        ("two hours", {"value": 120, "unit": "min"}, {"value": 2, "unit": "min"}),
        ("forty minutes", {"value": 40, "unit": "min"}, {"value": 40, "unit": "mg"}),
        ("two hours", {"low": 1, "high": 2, "unit": "h"}, {"low": 1, "high": 3, "unit": "h"}),
        ("twice a week", {"value": 2, "unit": "doses a week"}, {"value": 2, "unit": "doses"}),
        ("one week", {"value": 2, "unit": "doses a week"}, {"value": 2, "unit": "a day"}),
        (
            "six points",
            {"value": 5, "unit": "points", "bound": "more than"},
            {"value": 5, "unit": "%"},
        ),
        ("ten people", {"value": 3, "unit": "%", "of": "10 people"}, {"value": 3, "unit": "%"}),
        (
            "ten people",
            {"value": 3, "unit": "%", "arm": "ten people"},
            {"value": 3, "unit": "%"},
        ),
    ],
)
def test_a_recorded_number_carries_it(
    words: str, right: dict[str, Any], wrong: dict[str, Any]
) -> None:
    assert carried(words, right)
    assert not carried(words, wrong)


@pytest.mark.parametrize(
    "fields",
    [
        {"n": 12},
        {"population": "twelve veterans"},
        {"time_point": "after 12 doses"},
        {"comparator": "a dozen others"},
    ],
)
def test_what_else_is_recorded_carries_it_too(fields: dict[str, Any]) -> None:
    assert carried("twelve people", **fields)
    assert not carried("thirteen people", **fields)


def test_the_size_of_the_study_carries_it() -> None:
    assert carried("twenty-four people")
