"""A scale's file must fit together before anyone is scored by it."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from mooring.core import evidence
from mooring.core.measures import MEASURES, SKELETONS, SummedMeasure
from mooring.core.outcomes import DEFINITIONS

OPTIONS = [{"value": 0, "text": "no", "loinc": ""}, {"value": 1, "text": "yes", "loinc": ""}]
BANDS = [
    {"from": 0, "label": "low", "claims": ["phq-9.bands"]},
    {"from": 1, "label": "high", "claims": ["phq-9.bands"]},
]
TWO_ITEMS = [{"id": "a.1", "text": "x", "loinc": ""}, {"id": "a.2", "text": "y", "loinc": ""}]


def small(**changes: Any) -> SummedMeasure:
    words = ("title", "short_title", "language", "licence", "notice", "loinc_notice")
    file: dict[str, Any] = {
        **dict.fromkeys((*words, "loinc", "total_loinc", "instruction"), "x"),
        "id": "a",
        "recall_days": 7,
        "claims": ["phq-9.scoring"],
        "options": OPTIONS,
        "items": TWO_ITEMS,
        "bands": BANDS,
    }
    return SummedMeasure.model_validate({**file, **changes})


def test_no_scale_asks_for_the_experience() -> None:
    """D32 and D33: depression and suicidality are asked for, and outcomes rest on the first."""
    assert set(MEASURES) == {"phq9"}
    assert set(SKELETONS) == {"cssrs_screener"}
    assert {one.measure for one in DEFINITIONS.values()} == {"phq9"}
    experience = re.compile(r"dissociat|trip|mystical|strange|far away", re.IGNORECASE)
    asked = [item.text for item in MEASURES["phq9"].items]
    assert not [text for text in asked if experience.search(text)]


def test_a_small_scale_is_scored_like_a_large_one() -> None:
    assert small().score({"a.1": 1, "a.2": 1}).total == 2
    assert small().maximum == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"items": [TWO_ITEMS[0], TWO_ITEMS[0]]}, "two have the same id"),
        ({"bands": [BANDS[1]]}, "begin at 0 and rise"),
        ({"bands": [BANDS[0], BANDS[0]]}, "begin at 0 and rise"),
        (
            {
                "alerts": [
                    {
                        "item": "a.3",
                        "above": 0,
                        "text": "x",
                        "declined_text": "y",
                        "claims": ["phq-9.item-9"],
                    }
                ]
            },
            "no item is called a.3",
        ),
        ({"claims": ["phq-9.nothing"]}, "no claim 'phq-9.nothing'"),
        ({"claims": []}, "claims"),
        ({"extra": 1}, "extra"),
    ],
)
def test_what_does_not_fit_together_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        small(**changes)


def test_every_scale_that_ships_has_a_licence_and_its_own_folder() -> None:
    assert MEASURES
    for name, measure in MEASURES.items():
        assert measure.id == name
        assert measure.licence


def test_the_bands_of_the_phq9_are_those_of_the_claim() -> None:
    edges = [quantity.value for quantity in evidence.load().claim("phq-9.bands").quantities]
    assert [band.lowest for band in MEASURES["phq9"].bands][1:] == edges


def test_no_scale_without_permission_is_shipped() -> None:
    # MADRS: permission refused; C-SSRS, MoCA and BPI need a licence.
    shipped = {path.name for path in Path(__file__).parents[3].glob("mooring/core/measures/*/")}
    assert not shipped & {"madrs", "cssrs", "moca", "bpi"}
