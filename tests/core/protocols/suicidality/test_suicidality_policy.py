"""The suicidality policy by its cases, its skip logic and its clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from pydantic import ValidationError

from mooring.core.datafiles import DataFileError
from mooring.core.measures import SKELETONS, Skeleton, load_pack
from mooring.core.protocols.suicidality import (
    SuicidalityCase,
    SuicidalityPolicy,
    Tier,
    also_with,
    cases,
    holders,
    load,
    names,
    triage,
)

POLICY = load("suicidality_triage")
CASES = cases("suicidality_triage")
SCREENER = SKELETONS["cssrs_screener"]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: SuicidalityCase) -> None:
    if case.refused is not None:
        with pytest.raises(ValueError, match=case.refused):
            case.triaged(POLICY)
        return
    if case.answers:
        found = case.triaged(POLICY)
        assert (found.tier, found.at_least) == (case.tier, case.at_least)
    else:
        assert case.stands(POLICY).tier is case.tier


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_path_of_case(case: SuicidalityCase) -> None:
    path = case.path(POLICY)
    hours = None if path.called_within is None else int(path.called_within.value)
    expected = (case.task_within_hours, case.start, case.group, case.home)
    assert (hours, path.start, path.group, path.home) == expected


def test_policies_are_found_by_name() -> None:
    assert names() == ["suicidality_triage"]


def every_way() -> list[dict[str, bool | None]]:
    """Every way through the screener, each question answered yes, no or declined."""
    found = []
    for values in product([True, False, None], repeat=len(SCREENER.items)):
        full = dict(zip([item.id for item in SCREENER.items], values, strict=True))
        asked = {item.id for item in SCREENER.asked(full)}
        found.append({item: value for item, value in full.items() if item in asked})
    return found


def test_declining_never_lowers_what_a_yes_would_reach_and_is_never_none() -> None:
    order = [Tier.NONE, Tier.LOW, Tier.MODERATE, Tier.HIGH]
    for answers in every_way():
        found = triage(POLICY, answers)
        if None in answers.values():
            assert found.tier is not Tier.NONE
            assert found.at_least or found.tier in (Tier.HIGH, Tier.UNKNOWN)
        else:
            assert found.tier in order
            assert not found.at_least


def test_intent_plan_or_recent_act_is_high_whatever_else_is_answered() -> None:
    for answers in every_way():
        severe = answers.get("cssrs.4") or answers.get("cssrs.5") or answers.get("cssrs.6.recent")
        assert (triage(POLICY, answers).tier is Tier.HIGH) == bool(severe)


def test_words_of_a_tier_say_when_it_could_be_higher() -> None:
    answers = {"cssrs.1": True, "cssrs.2": False, "cssrs.6": None}
    assert triage(POLICY, answers).in_words == "at least low"
    assert triage(POLICY, {**answers, "cssrs.6": False}).in_words == "low"


def test_unknown_question_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"cssrs\.9: the C-SSRS screener has no such question"):
        triage(POLICY, {"cssrs.9": True})


def test_no_text_of_the_screener_is_shipped() -> None:
    folder = Path(__file__).parents[4] / "mooring/core/measures/cssrs_screener"
    assert [path.name for path in folder.iterdir()] == ["skeleton.toml"]
    assert all(len(item.about.split()) <= 6 and "?" not in item.about for item in SCREENER.items)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rules": POLICY.rules[::-1]}, "from the highest"),
        ({"paths": POLICY.paths[:-1]}, "one for each tier"),
        (
            {"rules": [POLICY.rules[0].model_copy(update={"when": (("cssrs.7",),)})]},
            "no question is called",
        ),
    ],
)
def test_policy_that_does_not_fit_together_is_refused(change: dict, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        SuicidalityPolicy.model_validate(POLICY.model_dump() | change)


def test_case_has_a_tier_or_is_refused_and_not_both() -> None:
    facts = {"id": "x", "title": "x", "group": "open", "home": "open"}
    with pytest.raises(ValidationError, match="a case has a tier or is refused"):
        SuicidalityCase.model_validate(facts)


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ([{"id": "a", "about": "x", "loinc": ""}] * 2, "stands twice"),
        (
            [{"id": "a", "about": "x", "loinc": "", "asked_after_yes_to": "b"}],
            "waits for a question that is not before it",
        ),
    ],
)
def test_skeleton_out_of_order_is_refused(items: list, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Skeleton.model_validate(SCREENER.model_dump() | {"items": items})


PACK = """
measure = "{measure}"
language = "en"
licensed_to = "Harbour Clinic"
licence = "No. 17 of the holder"
obtained_on = 2026-01-05
notice = "All rights are the holder's."
[items]
{items}
"""


def pack(tmp_path: Path, ids: list[str], measure: str = "cssrs_screener") -> Path:
    path = tmp_path / "cssrs_screener.toml"
    lines = "\n".join(f'"{name}" = "Text of {name}"' for name in ids)
    path.write_text(PACK.format(measure=measure, items=lines))
    return path


IDS = [item.id for item in SCREENER.items]


def test_licensed_text_fits_question_by_question(tmp_path: Path) -> None:
    found = load_pack(pack(tmp_path, IDS), SCREENER)
    assert found.items["cssrs.6.recent"] == "Text of cssrs.6.recent"
    assert found.licence == "No. 17 of the holder"


@pytest.mark.parametrize(
    ("ids", "measure", "says"),
    [
        (IDS[1:], "cssrs_screener", r"items\.cssrs\.1 has no text"),
        ([*IDS, "cssrs.8"], "cssrs_screener", r"items\.cssrs\.8 is no question"),
        (IDS, "asq", "cssrs_screener is needed"),
    ],
)
def test_text_that_does_not_fit_is_refused_by_name(tmp_path, ids, measure, says) -> None:
    with pytest.raises(DataFileError, match=says):
        load_pack(pack(tmp_path, ids, measure), SCREENER)


@pytest.mark.parametrize(
    ("minutes", "more"), [(-1, 0), (0, 1), (29, 1), (30, 2), (59, 2), (60, 3), (600, 3)]
)
def test_one_more_person_every_half_hour_from_the_due_time_on(minutes: int, more: int) -> None:
    now = NOON + timedelta(minutes=minutes)
    assert also_with(NOON, timedelta(minutes=30), 3, now) == more


def test_owner_who_left_is_replaced_by_the_next_even_before_it_is_due() -> None:
    assert holders("a", True, ["b", "c"], 1) == ("a", "b")
    assert holders("a", False, ["b", "c"], 0) == ("b",)
    assert holders("a", False, ["b", "c"], 2) == ("b", "c")
    assert holders("a", False, [], 0) == ()
